"""Whether a clinic can be made in a folder, asked before anything is made."""

import os
from pathlib import Path

from mnclinic.errors import ClinicError
from mnclinic.security.device import DeviceSecret
from mnclinic.services.set_up_clinic import assert_free
from mnclinic.store.folder_check import refuse_unsuitable


def has_keyring() -> bool:
    """Whether this PC has a keyring that log-ins may be bound to. May take a moment; nothing is stored."""
    return DeviceSecret("").offer()


def folder_problem(folder: Path) -> str:
    """The sentence that stands against making a clinic in this folder; empty if nothing does."""
    try:
        assert_free(folder)
        refuse_unsuitable(folder)
    except ClinicError as error:
        return error.sentence
    nearest = folder
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        return (
            "This folder cannot be written. Nothing was made. Check that you may write there, or choose "
            "another folder."
        )
    return ""
