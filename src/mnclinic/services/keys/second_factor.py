"""A key file besides the password for one's signature: given, replaced or taken away. The key stays."""

from dataclasses import dataclass
from pathlib import Path

from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.factor import make_factor, write_factor
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.slots import change_factor
from mnclinic.services.credentials import device_secret_of, read_own_factor
from mnclinic.services.key_changes import (
    SECOND_FACTOR_REMOVED,
    SECOND_FACTOR_SET,
    account_act,
    keep,
    with_own_password,
)
from mnclinic.services.secret_page import taken_away_on_failure
from mnclinic.services.session import OpenClinic


@dataclass(frozen=True)
class SecondFactorSet:
    """What signing takes from now on besides the password: the file written, or None for nothing.

    The personal recovery code ended with the change, so that it does not lead past the key file.
    """

    key_file: Path | None


def set_second_factor(
    clinic: OpenClinic, password: str, new_factor: Path | None, *, factor: Path | None = None
) -> SecondFactorSet:
    """Write a new key file that signing will take, or (None) let the password alone sign again.

    Args:
        clinic: Open in the person's name.
        password: The person's own, typed for this act.
        new_factor: Where to write the key file: a stick of the person's own. Nothing is overwritten.
        factor: The present key file, where there is one.

    Raises:
        NotPermitted: there is no signature key, or the present key file is missing.
        InvalidInput, WrongCredentials, StoreUnavailable and kin. Nothing was changed.
    """
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    person, vault = clinic.person, clinic.facts.vault
    if new_factor is not None and new_factor.exists():
        what = "This file is there already. Name a new one, so that no other key file is overwritten."
        raise InvalidInput(f"{what} Nothing was changed.", [Problem("key_file_out", what)])
    present = read_own_factor(vault, person.staff_id, factor)
    with with_own_password(clinic, password) as (key_file, _), clinic.work() as work:
        made = None if new_factor is None else make_factor(vault, person.staff_id)
        changed = change_factor(
            key_file,
            person.user,
            password,
            device_secret=device_secret_of(key_file),
            factor=present,
            new_factor=None if made is None else made.secret,
        )
        if made is not None and new_factor is not None:
            write_factor(new_factor, made)
        action = SECOND_FACTOR_REMOVED if made is None else SECOND_FACTOR_SET
        with taken_away_on_failure(new_factor, clinic.folder, changed):
            work.log.record(account_act(action, person.staff_id))
            keep(clinic, work, changed, retire_previous=True)
    return SecondFactorSet(new_factor)
