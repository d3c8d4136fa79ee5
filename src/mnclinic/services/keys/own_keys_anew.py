"""One's own keys made anew with the word of those before, because somebody else may have these.

A password, a recovery code or a key file that is replaced goes on opening what it opened in every older copy
of the key file, such as a backup's. What comes out of such a copy is worth nothing only once the keys
themselves are others and those before have ended in the log.
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from mnclinic.errors import ClinicReadOnly, KeyFileDamaged
from mnclinic.models import RegisteredKey
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.roles import Role
from mnclinic.security.signing_keys import SessionKey
from mnclinic.security.slots import (
    Unlocked,
    enrol_signature_key,
    open_signature_key,
    take_keys_over,
    unlock,
)
from mnclinic.services.credentials import device_secret_of
from mnclinic.services.key_changes import account_act
from mnclinic.services.key_register import Enrolment, directors_key, keys_in_force
from mnclinic.services.open_clinic import unconfirmed_recovery
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.add_user import SIGNING_ROLES
from mnclinic.store.log_writer import Scribe
from mnclinic.store.unit_of_work import UnitOfWork

KEYS_RENEWED = "account.keys_renewed"
"""The act in the log: somebody may know the password or code of before, so the keys are others now."""


@dataclass(frozen=True)
class KeyChange:
    """A change of one's keys under way: the key file before and after, what opens each, what was typed.

    `factor` is the secret of the present key file (32 bytes), `new_factor` that of the one which the next
    signature key takes; where it is None and the key takes one until now, that stays the one.
    """

    before: KeyFile
    after: KeyFile
    unlocked: Unlocked
    current: str = field(repr=False)
    new: str = field(repr=False)
    factor: bytes | None = field(repr=False)
    new_factor: bytes | None = field(default=None, repr=False)


def signature_key_anew(clinic: OpenClinic, work: UnitOfWork, change: KeyChange) -> tuple[KeyFile, str | None]:
    """A new signature key in force from now, with the word of the one until now, which ends.

    No second person is asked for, because that word is given. A director's key vouches for the
    installation too. Returns the key file and the new key's id; the file as it was and None for who has
    no signature key.

    Raises:
        ClinicReadOnly: an opening with the recovery sheet waits to be confirmed.
        KeyFileDamaged: the key in the file is not the registered one.
        NotPermitted, InvalidInput: about the key file, as `open_signature_key`.
    """
    person, session = clinic.person, work.session
    own = keys_in_force(session, person.staff_id, "signature")
    slot = change.before.slot_of(person.user)
    if person.role not in SIGNING_ROLES or not own or slot is None or slot.signature is None:
        return change.after, None
    if (unconfirmed := unconfirmed_recovery(session)) is not None:
        raise ClinicReadOnly(unconfirmed)
    secret = device_secret_of(change.before)
    kept = change.factor if slot.signature.factor is not None else None
    register = Enrolment(work, clinic.facts.vault, clinic.clock.now())
    with open_signature_key(
        change.before, person.user, change.current, device_secret=secret, factor=change.factor
    ) as old:
        refuse_unregistered(old.key_id, (own[0].key,))
        changed, key = enrol_signature_key(
            change.after,
            change.unlocked,
            change.new,
            device_secret=secret,
            new_factor=kept if change.new_factor is None else change.new_factor,
        )
        with key:
            register.enrol(
                key, "signature", person, person.staff_id, vouched_by=[clinic.installation_key, old]
            )
            if person.role == Role.DIRECTOR:
                installation = session.get_one(RegisteredKey, clinic.installation_key.key_id)
                register.vouch(installation.key, installation.document, key)
    for one in own:
        register.revoke(one.key, "replaced", by=person.staff_id, signer=clinic.session_key)
    return changed, key.key_id


def refuse_unregistered(key: str, registered: Collection[str]) -> None:
    """Raise KeyFileDamaged where the signature key in the key file is none of the person's in force."""
    if key not in registered:
        raise KeyFileDamaged(
            "The signature key in the key file is not the one registered for you. Nothing was changed. "
            "Do not sign here. If this PC went off while you made a key, have an administrator end your "
            "signature key and make a new one; else ask for help with this folder as it is."
        )


def session_key_anew(clinic: OpenClinic, work: UnitOfWork, key: SessionKey) -> Scribe:
    """Enter the new key for log entries and end those of before; returns who enters from now on.

    The last entry by the old key is that of the new one.
    """
    person = clinic.person
    before = keys_in_force(work.session, person.staff_id, "session")
    register = Enrolment(work, clinic.facts.vault, clinic.clock.now())
    register.enrol(key, "session", person, person.staff_id, vouched_by=[clinic.installation_key])
    by_new_key = replace(clinic.scribe, key=key.key_id, sign=key.sign)
    for one in before:
        register.revoke(one.key, "replaced", by=person.staff_id, signer=key, scribe=by_new_key)
    return by_new_key


@dataclass(frozen=True)
class KeysAnew:
    """A person's vault, session and signature keys made anew and entered, not stored yet."""

    changed: KeyFile
    session_key: SessionKey
    scribe: Scribe
    """Who enters what is entered from now on: the old key for entries has ended."""
    signature_key: str | None
    fingerprint: str

    def go_on(self, clinic: OpenClinic) -> None:
        """Let the open clinic go on with them, once they are stored."""
        clinic.go_on_with(self.session_key, self.signature_key, self.fingerprint)


def keys_anew(
    clinic: OpenClinic, work: UnitOfWork, key_file: KeyFile, password: str, factor: bytes | None
) -> KeysAnew:
    """All of one's own keys anew under the password that opens them now; a recovery code ends with them.

    Where storing them fails, the caller forgets `session_key`. Raises as `signature_key_anew`, and as
    `take_keys_over`.
    """
    user, secret = clinic.person.user, device_secret_of(key_file)
    unlocked = unlock(key_file, user, password, device_secret=secret)
    try:
        changed, session_key = take_keys_over(
            key_file, user, password, password, device_secret=secret, factor=factor
        )
        try:
            work.log.record(account_act(KEYS_RENEWED, clinic.person.staff_id))
            changed, signature_key = signature_key_anew(
                clinic, work, KeyChange(key_file, changed, unlocked, password, password, factor)
            )
            fingerprint = directors_key(work.session)
            scribe = session_key_anew(clinic, work, session_key)
        except BaseException:
            session_key.forget()
            raise
    finally:
        unlocked.forget()
    return KeysAnew(changed, session_key, scribe, signature_key, fingerprint)
