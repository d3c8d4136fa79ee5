"""The screen goes back from the patient to the staff: whoever is logged in types their password."""

from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.key_changes import with_own_password
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, unwatched


def hand_back(clinic: OpenClinic, password: str, watch: Watch = unwatched) -> None:
    """Say whether this is the password of the person who handed the screen over.

    Raises:
        WrongCredentials: it is not. It counts like one at the log-in.
        TooManyTries: it was not looked at.
        Stopped: the watch wanted no more, so nobody answers whether it is.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    with with_own_password(clinic, password, watch):
        # To have it opened is all that is asked.
        return
