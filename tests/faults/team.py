"""The small clinic's people, logged in and ready to work: who does what in every measurement."""

import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from mnclinic.errors import ClinicError
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.slots import open_signature_key, unlock
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import OpenClinic, Signer, signer
from mnclinic.services.set_up_clinic import set_up_clinic
from tests.services.clinic_builder import MONDAY, PASSWORDS, StoppedClock, request

NOON = MONDAY.replace(hour=12)


@dataclass
class Team:
    """One folder, one clock, and a log-in for each person who is asked for."""

    folder: Path
    clock: StoppedClock
    clinics: dict[str, OpenClinic] = field(default_factory=dict)
    signers: dict[str, Signer] = field(default_factory=dict)
    keys: ExitStack = field(default_factory=ExitStack)

    @property
    def desk(self) -> Path:
        """Where the clinic's people keep files that are no part of the clinic."""
        return self.folder.parent

    def as_user(self, user: str) -> OpenClinic:
        """The clinic in somebody's name, opened once."""
        if user not in self.clinics:
            self.clinics[user] = open_clinic(self.folder, user, PASSWORDS[user], clock=self.clock)
        return self.clinics[user]

    def signer(self, user: str) -> Signer:
        """Somebody's open signature key."""
        if user not in self.signers:
            self.signers[user] = self.keys.enter_context(signer(self.as_user(user), PASSWORDS[user]))
        return self.signers[user]

    def leave_alone(self, user: str) -> None:
        """Everybody but one logs off; who is needed again logs in again."""
        self.keys.close()
        self.signers = {}
        for other in [one for one in self.clinics if one != user]:
            self.clinics.pop(other).close()

    def close(self) -> None:
        """Everybody logs off."""
        self.keys.close()
        for clinic in self.clinics.values():
            clinic.close()
        self.clinics, self.signers = {}, {}


def team(folder: Path, *, minutes: int = 0) -> Team:
    """A team at noon of the small clinic's Monday, or so many minutes later."""
    return Team(folder, StoppedClock(NOON + timedelta(minutes=minutes)))


def build_small_clinic(folder: Path) -> None:
    """Set the small clinic up, and derive everybody's keys once."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    set_up_clinic(request(), folder, clock=StoppedClock(MONDAY), cost=FLOOR_COST)
    derive_ahead(folder)


def copy_of(folder: Path, to: Path) -> Path:
    """A fresh copy of a closed clinic's folder."""
    shutil.rmtree(to.parent, ignore_errors=True)
    to.parent.mkdir(parents=True)
    shutil.copytree(folder, to)
    return to


def derive_ahead(folder: Path) -> None:
    """Open everybody's keys once in this process, so that its children need not."""
    key_file = load_key_file(folder).keyfile
    for user, password in PASSWORDS.items():
        with suppress(ClinicError):
            unlock(key_file, user, password).forget()
            with open_signature_key(key_file, user, password):
                pass
