"""End somebody's signature key: lost, stolen, or no longer theirs to use."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.slots import drop_signature_key
from mnclinic.services.key_changes import keep, with_own_password
from mnclinic.services.key_register import Enrolment, directors_key, keys_in_force
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.find_user import staff_named
from mnclinic.store.backup_files import Watch, unwatched

EndReason = Literal["lost", "stolen", "left"]
"""Why somebody ends a signature key. A key is "replaced" only by the renewal that puts the next one there."""


@dataclass(frozen=True)
class KeyRevoked:
    """A signature key counts no more for anything that is signed from now on."""

    user: str
    key: str
    reason: str


def revoke_signature_key(
    clinic: OpenClinic, user: str, reason: EndReason, password: str, *, watch: Watch = unwatched
) -> KeyRevoked:
    """Revoke a person's signature key in the log and take it out of the key file.

    What it signed before stays valid. The person makes a new one with `enrol_signature_key`.

    Args:
        clinic: Open in a leader's name.
        user: Whose key ends; one's own may.
        reason: Printed with the revocation.
        password: One's own, typed for this act.
        watch: Told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        InvalidInput: there is no such user, or no such reason. ActionRefused: there is no key to revoke.
        NotPermitted, WrongCredentials, Stopped, StoreUnavailable and kin. Nothing was changed.
    """
    clinic.require(RoleAct.REVOKE_KEY)
    if reason not in get_args(EndReason):
        what = "A key that is ended is lost, stolen or left behind. Only making the next one replaces a key."
        raise InvalidInput(f"{what} Nothing was changed. Say which it is.", [Problem("reason", what)])
    with with_own_password(clinic, password, watch) as (key_file, unlocked), clinic.work() as work:
        row = staff_named(work.session, user, may_have_left=True)
        keys = keys_in_force(work.session, row.id, "signature")
        if not keys:
            raise ActionRefused(
                [
                    Refusal(
                        "no_signature_key",
                        f"{row.name} has no signature key in force. Nothing was changed.",
                    )
                ]
            )
        register = Enrolment(work, clinic.facts.vault, clinic.clock.now())
        for key in keys:
            register.revoke(key.key, reason, by=clinic.person.staff_id, signer=clinic.session_key)
        slot, changed = key_file.slot_of(row.user), key_file
        if slot is not None and slot.signature is not None:
            changed = drop_signature_key(key_file, unlocked.database_key, row.id)
        fingerprint = directors_key(work.session)
        keep(clinic, work, changed, retire_previous=True, watch=watch)
    clinic.facts = replace(clinic.facts, fingerprint=fingerprint)
    if row.id == clinic.person.staff_id:
        clinic.person = replace(clinic.person, signature_key=None)
    return KeyRevoked(row.user, keys[0].key, reason)
