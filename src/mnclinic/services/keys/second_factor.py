"""A key file besides the password for one's signature: given, replaced or taken away.

Giving one makes the signature key anew, with the word of the one before: an older copy of the key file, such
as a backup's, opens with the password alone, and what comes out of it has to be worth nothing.
"""

from dataclasses import dataclass
from pathlib import Path

from mnclinic.errors import ClinicReadOnly, NotPermitted
from mnclinic.security.factor import make_factor, write_factor
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.signing_keys import key_id
from mnclinic.security.slots import drop_factor
from mnclinic.services.credentials import device_secret_of, read_own_factor
from mnclinic.services.key_changes import account_act, keep, with_own_password
from mnclinic.services.key_register import directors_key, keys_in_force
from mnclinic.services.keys.own_keys_anew import KeyChange, refuse_unregistered, signature_key_anew
from mnclinic.services.second_person import SECOND_FACTOR_REMOVED, SECOND_FACTOR_SET
from mnclinic.services.secret_page import refuse_key_file_place, taken_away_on_failure
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, unwatched
from mnclinic.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SecondFactorSet:
    """What signing takes from now on besides the password: the file written, or None for nothing.

    With a file the signature key is another from now on, `signature_key`, which the recovery code does not
    lead to; None where the key stayed, and the recovery code opens nothing in this clinic any more.
    `fingerprint` is the clinic's afterwards: another one where a director's key was made anew.
    `had_recovery_code`: whether there is a code of which the above is to be told.
    """

    key_file: Path | None
    signature_key: str | None
    fingerprint: str
    had_recovery_code: bool


def set_second_factor(
    clinic: OpenClinic,
    password: str,
    new_factor: Path | None,
    *,
    factor: Path | None = None,
    watch: Watch = unwatched,
) -> SecondFactorSet:
    """Write a new key file that signing will take, or (None) let the password alone sign again.

    With a new key file the signature key is made anew, in force from now; the one until now gives its word
    for it and ends. What that signed stays valid. Without one the key stays as it is.

    Args:
        clinic: Open in the person's name.
        password: The person's own, typed for this act.
        new_factor: Where to write the key file: a stick of the person's own. Nothing is overwritten.
        factor: The present key file, where there is one.
        watch: Told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        NotPermitted: there is no signature key, or the present key file is missing.
        ClinicReadOnly: nothing can be stored, such as after an opening with the recovery sheet that
            nobody confirmed.
        KeyFileDamaged: the key in the key file is not the registered one.
        InvalidInput, WrongCredentials, Stopped, StoreUnavailable and kin. Nothing was changed.
    """
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    person, vault = clinic.person, clinic.facts.vault
    if new_factor is not None and clinic.read_only is not None:
        raise ClinicReadOnly(clinic.read_only)
    refuse_key_file_place(clinic, new_factor)
    present = read_own_factor(vault, person.staff_id, factor)
    with with_own_password(clinic, password, watch) as (key_file, unlocked), clinic.work() as work:
        slot = key_file.slot_of(person.user)
        had_code = slot is not None and slot.has_recovery_code
        if new_factor is None:
            changed, key = _without(clinic, work, key_file, password, present), None
        else:
            made = make_factor(vault, person.staff_id)
            change = KeyChange(key_file, key_file, unlocked, password, password, present, made.secret)
            changed, key = _with_key_anew(clinic, work, change)
            write_factor(new_factor, made)
        fingerprint = directors_key(work.session)
        with taken_away_on_failure(new_factor, clinic.folder, changed):
            keep(clinic, work, changed, retire_previous=True, watch=watch)
    clinic.go_on_with(None, key, fingerprint)
    return SecondFactorSet(new_factor, key, fingerprint, had_code)


def _without(
    clinic: OpenClinic, work: UnitOfWork, key_file: KeyFile, password: str, present: bytes | None
) -> KeyFile:
    own = keys_in_force(work.session, clinic.person.staff_id, "signature")
    slot = key_file.slot_of(clinic.person.user)
    if own and slot is not None and slot.signature is not None:
        # An older copy of the key file put back here holds the key that the password alone opened.
        refuse_unregistered(key_id(slot.signature.public), (own[0].key,))
    changed = drop_factor(
        key_file, clinic.person.user, password, device_secret=device_secret_of(key_file), factor=present
    )
    work.log.record(account_act(SECOND_FACTOR_REMOVED, clinic.person.staff_id))
    return changed


def _with_key_anew(clinic: OpenClinic, work: UnitOfWork, change: KeyChange) -> tuple[KeyFile, str]:
    changed, key = signature_key_anew(clinic, work, change)
    if key is None:
        raise NotPermitted(
            f"There is no signing key for {clinic.person.user}, so it takes no key file. "
            "Nothing was changed. Make a signature key first."
        )
    # After the new key: from here on the log expects a key that takes the file.
    work.log.record(account_act(SECOND_FACTOR_SET, clinic.person.staff_id))
    return changed, key
