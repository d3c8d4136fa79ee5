"""What a person has to log in and to sign with, for the person alone."""

from dataclasses import dataclass
from pathlib import Path

from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.add_user import SIGNING_ROLES


@dataclass(frozen=True)
class OwnAccount:
    """How it stands with a person's own keys.

    `recovery_reaches_signature` is False when the recovery code was made before the signature key, which
    it then does not open. `key_file_name` is the name that the key file was given when it was made, None
    without a second factor.
    """

    user: str
    may_sign: bool
    is_temporary: bool
    has_recovery_code: bool
    recovery_reaches_signature: bool
    has_signature_key: bool
    key_file_name: str | None
    is_device_bound: bool


def own_account(clinic: OpenClinic) -> OwnAccount:
    """The person's own account as the key file has it now.

    Raises KeyFileDamaged and kin.
    """
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    slot = load_key_file(clinic.folder).keyfile.slot_of(clinic.person.user)
    signature = slot.signature if slot is not None else None
    return OwnAccount(
        user=clinic.person.user,
        may_sign=clinic.person.role in SIGNING_ROLES,
        is_temporary=slot is not None and slot.is_temporary,
        has_recovery_code=slot is not None and slot.has_recovery_code,
        recovery_reaches_signature=signature is None or signature.has_recovery_code,
        has_signature_key=signature is not None,
        key_file_name=key_file_name(clinic),
        is_device_bound=slot is not None and slot.is_device_bound,
    )


def key_file_name(clinic: OpenClinic) -> str | None:
    """The name of the key file that the person signs with; None without a second factor.

    Reads what is in memory alone, so that a screen may ask it while it opens.

    Raises NotPermitted when the person's time is over.
    """
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    slot = clinic.key_file.slot_of(clinic.person.user)
    factor = slot.signature.factor if slot is not None and slot.signature is not None else None
    return f"mnclinic-signing-{factor[:8]}.key" if factor else None


def find_key_file(name: str, places: tuple[Path, ...]) -> Path | None:
    """The first file of this name at the top of one of these places, such as sticks that are plugged in."""
    for place in places:
        try:
            if (place / name).is_file():
                return place / name
        except OSError:
            continue
    return None
