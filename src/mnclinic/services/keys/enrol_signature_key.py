"""A person makes a signature key for themselves; a director's takes a second person's word."""

from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.instants import zone_of
from mnclinic.domain.plain_days import plain_moment
from mnclinic.errors import ClinicReadOnly, NotPermitted
from mnclinic.models import RegisteredKey, Staff
from mnclinic.security.factor import make_factor, write_factor
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role
from mnclinic.security.signing_keys import SignatureKey
from mnclinic.security.slots import Unlocked, open_signature_key
from mnclinic.security.slots import enrol_signature_key as enrol_slot
from mnclinic.services.credentials import CHANGING, device_secret_of, read_own_factor
from mnclinic.services.key_changes import account_act, keep, with_own_password
from mnclinic.services.key_register import NOBODY_ELSE, Enrolment, directors_key, keys_in_force
from mnclinic.services.keys.own_keys_anew import refuse_unregistered
from mnclinic.services.open_clinic import unconfirmed_recovery
from mnclinic.services.second_log_in import SecondPerson, second_log_in
from mnclinic.services.second_person import SECOND_FACTOR_SET, may_confirm, waits_until
from mnclinic.services.second_person_rows import hands_in, refuse_unregistered_log_in
from mnclinic.services.secret_page import refuse_key_file_place, taken_away_on_failure
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.add_user import SIGNING_ROLES
from mnclinic.store.backup_files import Watch, go_on, unwatched


@dataclass(frozen=True)
class SignatureKeyEnrolled:
    """A new signature key counts. `fingerprint` is the clinic's afterwards; `confirmed_by` a user name."""

    key: str
    fingerprint: str
    replaced: str | None
    confirmed_by: str | None
    key_file: Path | None
    is_unconfirmed: bool = False
    """A director's key that nobody else could confirm."""


def enrol_signature_key(
    clinic: OpenClinic,
    password: str,
    *,
    second: SecondPerson | None = None,
    new_factor: Path | None = None,
    factor: Path | None = None,
    watch: Watch = unwatched,
) -> SignatureKeyEnrolled:
    """Make a new signature key, in public view. One that was in force is revoked; what it signed stays valid.

    A director's key decides what counts in this clinic, so a second person confirms it in the same act,
    with a word in the register: somebody who was here before the key was needed, and behind whom there is
    not the hand that gave the director her password (`services.second_person`). Where there is no such
    person, the log says so, and the check, Today and every bundle say it with it for as long as the key is in
    force; where somebody else could be acting as her, the key waits three days after the last password was
    given, so that everybody reads of it on Today before.

    The key that is in force until now gives its word for the next one, so renewing takes everything that
    signing takes: also the key file, where one is enrolled. Who lost that has a leader revoke the key first.

    The new key also vouches for the installation, so that the chain holds from its fingerprint as it still
    does from the old one.

    Args:
        clinic: Open in the person's name.
        password: The person's own, typed for this act.
        second: Who confirms a director's key.
        new_factor: Where to write a new key file that signing will take besides the password. Without one
            the present key file stays the one that signing takes.
        factor: The person's present key file, where a second factor is enrolled.
        watch: Told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        NotPermitted: the role signs nothing, the key file is missing that signing takes, the second person
            is missing or not acceptable, or there is none and the three days are not over.
        ClinicReadOnly: nothing can be stored, such as after an opening with the recovery sheet that
            nobody confirmed.
        InvalidInput: the key file's place is taken. WrongCredentials: either password is not right.
        Stopped, StoreUnavailable and kin. Nothing was changed.
    """
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    person = clinic.person
    if person.role not in SIGNING_ROLES:
        raise NotPermitted(
            "Only providers and directors sign, so no signature key was made. Nothing was changed."
        )
    if clinic.read_only is not None:
        raise ClinicReadOnly(clinic.read_only)
    refuse_key_file_place(clinic, new_factor)
    present_factor = read_own_factor(clinic.facts.vault, person.staff_id, factor)
    is_directors = person.role == Role.DIRECTOR
    with (
        with_own_password(clinic, password, watch) as (key_file, unlocked),
        second_log_in(
            clinic.folder, key_file, second if is_directors else None, clock=clinic.clock
        ) as confirming,
        clinic.work() as work,
    ):
        go_on(watch, CHANGING)
        if (unconfirmed := unconfirmed_recovery(work.session)) is not None:
            # It was opened with the sheet after this log-in.
            raise ClinicReadOnly(unconfirmed)
        if is_directors:
            _refuse_unless_confirmed(work.session, clinic, confirming)
        made = None if new_factor is None else make_factor(clinic.facts.vault, person.staff_id)
        secret = device_secret_of(key_file)
        earlier = keys_in_force(work.session, person.staff_id, "signature")
        with ExitStack() as open_keys:
            opening = key_before(key_file, person.user, password, secret, present_factor) if earlier else None
            before = None if opening is None else open_keys.enter_context(opening)
            if before is not None:
                refuse_unregistered(before.key_id, {one.key for one in earlier})
            kept = present_factor if before is not None and _takes_key_file(key_file, person.user) else None
            changed, key = enrol_slot(
                key_file,
                unlocked,
                password,
                device_secret=secret,
                new_factor=kept if made is None else made.secret,
            )
            open_keys.enter_context(key)
            register = Enrolment(work, clinic.facts.vault, clinic.clock.now())
            document = register.enrol(
                key,
                "signature",
                person,
                person.staff_id,
                vouched_by=[clinic.installation_key, *([] if before is None else [before])],
                why=NOBODY_ELSE if is_directors and confirming is None else None,
            )
            for one in earlier:
                register.revoke(one.key, "replaced", by=person.staff_id, signer=clinic.session_key)
            if is_directors:
                installation = work.session.get_one(RegisteredKey, clinic.installation_key.key_id)
                register.vouch(installation.key, installation.document, key)
            if made is not None:
                work.log.record(account_act(SECOND_FACTOR_SET, person.staff_id))
        if confirming is not None:
            register.vouch(key.key_id, document, confirming.session)
        fingerprint = directors_key(work.session)
        if made is not None and new_factor is not None:
            write_factor(new_factor, made)
        with taken_away_on_failure(new_factor, clinic.folder, changed):
            keep(clinic, work, changed, retire_previous=True, watch=watch)
    clinic.person = replace(person, signature_key=key.key_id)
    clinic.facts = replace(clinic.facts, fingerprint=fingerprint)
    return SignatureKeyEnrolled(
        key=key.key_id,
        fingerprint=fingerprint,
        replaced=earlier[0].key if earlier else None,
        confirmed_by=None if confirming is None else confirming.user,
        key_file=new_factor,
        is_unconfirmed=is_directors and confirming is None,
    )


def key_before(
    key_file: KeyFile, user: str, password: str, secret: bytes | None, factor: bytes | None
) -> AbstractContextManager[SignatureKey] | None:
    """The key that is in force until now, to be opened as for a signature; None where the file has none."""
    slot = key_file.slot_of(user)
    if slot is None or slot.signature is None:
        return None
    return open_signature_key(key_file, user, password, device_secret=secret, factor=factor)


def _takes_key_file(key_file: KeyFile, user: str) -> bool:
    slot = key_file.slot_of(user)
    return slot is not None and slot.signature is not None and slot.signature.factor is not None


def who_may_confirm(session: Session, director: str) -> tuple[Staff, ...]:
    """Who may be the second person for a new signature key of the director with this staff id, by name."""
    ids = may_confirm(hands_in(session), director)
    return tuple(
        one
        for one in session.scalars(select(Staff).where(Staff.is_active).order_by(Staff.name))
        if one.id in ids
    )


def _refuse_unless_confirmed(session: Session, clinic: OpenClinic, confirming: Unlocked | None) -> None:
    acceptable = who_may_confirm(session, clinic.person.staff_id)
    if confirming is None and not acceptable:
        _refuse_too_early(session, clinic)
        return
    if confirming is None or confirming.user_id not in {one.id for one in acceptable}:
        who = ", ".join(one.name for one in acceptable) or "nobody at present"
        why = (
            "A director's new signature key is confirmed by a second person, with their own user name and "
            "password."
            if confirming is None
            else f"{confirming.user} cannot confirm a director's new signature key: not oneself, no "
            "inspector, nobody whose password somebody else made, nobody who came after the key was lost, "
            "not whoever gave the director's password, nor anybody whose password went through the same "
            "hands."
        )
        raise NotPermitted(f"{why} Nothing was changed. Who may: {who}.")
    refuse_unregistered_log_in(session, confirming)


def _refuse_too_early(session: Session, clinic: OpenClinic) -> None:
    begins, now = waits_until(hands_in(session), clinic.person.staff_id), clinic.clock.now()
    if begins is not None and now < begins:
        raise NotPermitted(
            "Nobody else can confirm this key, because every password went through the same hands. A "
            "director's key that nobody confirms waits three days after the last password was given, and "
            "after a key that took a key file was ended without it, while everybody reads of it on Today: "
            f"until {plain_moment(begins.astimezone(zone_of(clinic.clock)))}. "
            "Nothing was changed. Until then other work goes on; what takes the director's signature waits."
        )
