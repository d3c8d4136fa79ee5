"""Change the database key at a window: the password is typed for it, and unproven copies are proven first."""

from dataclasses import dataclass

from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.key_changes import with_own_password
from mnclinic.services.prove_copies import CopiesProven, Proving
from mnclinic.services.rotate_database_key import Rotated, rotate_database_key
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, unwatched


@dataclass(frozen=True)
class KeyChanged:
    """The database is under another key; what came of the copies that were to be proven before."""

    rotated: Rotated
    copies: CopiesProven


def change_database_key(
    clinic: OpenClinic, password: str, reason: str, *, watch: Watch = unwatched
) -> KeyChanged:
    """`rotate_database_key` for whoever is logged in since a while, as a command's log-in does it.

    Args:
        clinic: Open in an administrator's name, and open nowhere else.
        password: The administrator's own, typed for this act.
        reason: Why, for the log; no patient's data.
        watch: Told how far it is; may stop it up to the step `rotate_database_key.IN_PLACE`.

    Raises:
        WrongPassword: it is not theirs. It counts like one at the log-in. TooManyTries: it was not looked at.
        Stopped and the rest: as `rotate_database_key`.
    """
    clinic.require(RoleAct.ROTATE_DATABASE_KEY)
    with with_own_password(clinic, password, watch):
        # To have it opened is all that is asked: the change itself needs nobody's password.
        pass
    proving = Proving(clinic, password, watch)
    rotated = rotate_database_key(clinic, reason, before=proving, watch=watch)
    return KeyChanged(rotated, proving.copies)
