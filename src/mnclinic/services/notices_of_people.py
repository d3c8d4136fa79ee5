"""What Today says of passwords, codes and keys of people: one's own, and the directors' to everybody."""

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.domain.instants import read_instant, zone_of
from mnclinic.domain.plain_days import plain_moment
from mnclinic.models import LogEntry, RecoveryOpening, RegisteredKey, Staff, instant_text
from mnclinic.security.keyfile import UserSlot
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role
from mnclinic.services.key_standing import unconfirmed_in_force
from mnclinic.services.late_entries import FAILED_LOG_IN
from mnclinic.services.notice import TOLD_FOR, Notice, day_at, moment_at
from mnclinic.services.second_person import PASSWORD_RESET, SHEET, UNKNOWN, Hands, may_confirm, waits_until
from mnclinic.services.second_person_rows import hands_in, opening_waits_until
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.add_user import SIGNING_ROLES

_ASK_THEM = " Ask in person whether that was wanted; if not, sign nothing and tell everybody here."


def of_ones_own(clinic: OpenClinic) -> Iterator[Notice]:
    """What somebody lacks among their own password, code and signature key."""
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    slot = load_key_file(clinic.folder).keyfile.slot_of(clinic.person.user)
    if slot is None:
        return
    if slot.is_temporary and clinic.has_password_of_set_up:
        anew = "; your signature key is made anew then" if clinic.person.role in SIGNING_ROLES else ""
        yield Notice(
            "password_of_set_up",
            f"Your first password was made by whoever set the clinic up: choose your own{anew}.",
            "settings/account",
        )
    elif slot.is_temporary:
        yield Notice(
            "password_temporary",
            "Your password was given to you by somebody else. Choose your own before anything else.",
            "settings/account",
        )
        return
    if clinic.person.role in SIGNING_ROLES and slot.signature is None:
        yield Notice(
            "no_signature_key",
            "You have no signature key, so you cannot sign. Make one.",
            "settings/account",
        )
    if slot.is_temporary:
        # A recovery code is made with one's own password alone.
        pass
    elif not slot.has_recovery_code or (slot.signature is not None and not slot.signature.has_recovery_code):
        yield Notice(
            "no_recovery_code",
            "You have no personal recovery code"
            + (" that leads to your signature key" if slot.has_recovery_code else "")
            + f". Make one: {_what_a_lost_code_costs(clinic, slot)}",
            "settings/account",
        )
    if clinic.person.role == Role.DIRECTOR and slot.signature is not None and slot.signature.factor is None:
        yield Notice(
            "second_factor_recommended",
            "Your signature takes the password alone. A key file on a stick of your own is recommended for "
            "directors.",
            "settings/account",
        )


def _what_a_lost_code_costs(clinic: OpenClinic, slot: UserSlot) -> str:
    if slot.signature is not None:
        return "without it a forgotten password costs you your signature key."
    another = "another" if clinic.person.role == Role.ADMINISTRATOR else "an"
    return f"without it {another} administrator has to reset a forgotten password."


def failed_log_ins(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """Wrong passwords for this person's name, typed since the log-in before this one."""
    own = clinic.person.staff_id
    log_ins = session.scalars(
        select(LogEntry.entry)
        .where(LogEntry.object_id == own, LogEntry.action == "login")
        .order_by(LogEntry.seq.desc())
        .limit(2)
    ).all()
    before = json.loads(log_ins[1]) if len(log_ins) > 1 else None
    wrong = (
        session.scalar(
            select(func.count())
            .select_from(LogEntry)
            .where(
                LogEntry.object_id == own,
                LogEntry.action == FAILED_LOG_IN,
                LogEntry.seq > (before["seq"] if before else 0),
            )
        )
        or 0
    )
    if not wrong:
        return
    since = ""
    if before is not None:
        at = read_instant(before["ts"])
        place = zone_of(clinic.clock)
        since = f" since you logged in on {plain_moment(at.astimezone(place))}" if at else ""
    typed = "1 wrong password was" if wrong == 1 else f"{wrong} wrong passwords were"
    yield Notice(
        "failed_log_ins",
        f"{typed} typed for your name{since}. If that was not you, tell an administrator.",
        "",
    )


def of_directors(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """Whoever can give every password could act as the director: everybody is told, so that she hears."""
    hands = hands_in(session)
    directors = session.scalars(
        select(Staff).where(Staff.is_active, Staff.role == Role.DIRECTOR.value).order_by(Staff.name)
    ).all()
    for director in directors:
        begins = waits_until(hands, director.id)
        is_to_wait = begins is not None and clinic.clock.now() < begins
        is_alone = is_to_wait and not may_confirm(hands, director.id)
        passed_at = hands.without_factor_at.get(director.id)
        if passed_at is not None and clinic.clock.now() - passed_at < TOLD_FOR:
            by = hands.without_factor_by[director.id]
            name = "that name" if by == director.id else f"the name of {_giver(session, by or UNKNOWN)}"
            yield _of_passed_key_file(clinic, director, passed_at, name, begins if is_alone else None)
        given_at = hands.given_at.get(director.id)
        if given_at is None or clinic.clock.now() - given_at >= TOLD_FOR:
            continue
        is_own = director.id == clinic.person.staff_id
        by = _giver(session, hands.given[director.id][-1][1])
        whom = "you" if is_own else f"{director.name}, a medical director,"
        said = f"On {day_at(given_at, clinic)} {by} gave {whom} a new password."
        if begins is not None and is_alone:
            said += (
                f" From {moment_at(begins, clinic)} on a signature key can be made in that name with nobody "
                "else's word."
            )
        asked = " If you did not ask for it, sign nothing and tell everybody here." if is_own else _ASK_THEM
        yield Notice("directors_password_given", said + asked, "")
    yield from _of_unconfirmed_keys(clinic, session)
    yield from _openings_that_wait(clinic, session, hands)


def _openings_that_wait(clinic: OpenClinic, session: Session, hands: Hands) -> Iterator[Notice]:
    """Whoever could refuse to confirm an opening was reset since, or left: everybody is told of it."""
    waiting = select(RecoveryOpening).where(
        RecoveryOpening.confirmed_at.is_(None), RecoveryOpening.nobody_else.is_(False)
    )
    for opening in session.scalars(waiting.order_by(RecoveryOpening.id)).all():
        begins = opening_waits_until(session, hands, opening.administrator)
        if begins is None or clinic.clock.now() >= begins:
            continue
        made = session.get_one(Staff, opening.administrator).name
        yield Notice(
            "recovered",
            f"{made} was made administrator with the recovery sheet, and since then everybody whose word "
            "would be a second person's was given another password or left. Anybody's word confirms it from "
            f"{moment_at(begins, clinic)} on. Ask in person whether all that was wanted; if not, confirm "
            "nothing and tell everybody here.",
            "",
        )


def _of_passed_key_file(
    clinic: OpenClinic, director: Staff, passed_at: datetime, name: str, begins: datetime | None
) -> Notice:
    """The key that took a key file was ended without it: whoever knows the password could have done that."""
    is_own = director.id == clinic.person.staff_id
    which = "your signature key" if is_own else f"the signature key of {director.name}, a medical director,"
    said = (
        f"On {day_at(passed_at, clinic)} {which} was ended in {name} without the key file that it "
        "took besides the password."
    )
    if begins is not None:
        said += f" From {moment_at(begins, clinic)} on another can be made with nobody else's word."
    asked = " If you did not want that, sign nothing and tell everybody here." if is_own else _ASK_THEM
    return Notice("directors_key_file_passed", said + asked, "")


def _of_unconfirmed_keys(clinic: OpenClinic, session: Session) -> Iterator[Notice]:
    """For as long as such a key is in force, to everybody."""
    for one in unconfirmed_in_force(session):
        made_at = session.get_one(RegisteredKey, one.key).enrolled_at
        yield Notice(
            "directors_key_unconfirmed",
            f"On {day_at(made_at, clinic)} a signature key of {one.name} was made and nobody else confirmed "
            f"it, which the log says for ever. Ask in person whether that was so, and compare the key "
            f"{one.key[:16]} with the fingerprint sheet signed in ink.",
            "",
        )


def _giver(session: Session, hand: str) -> str:
    if hand == SHEET:
        return "whoever holds the recovery sheet"
    person = session.get(Staff, hand)
    return person.name if person is not None else "somebody whose entry is missing from the log"


def of_keys(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """A director's new signature key, to everybody, because an older fingerprint sheet speaks of another."""
    enrolled = session.scalars(
        select(RegisteredKey.enrolled_at)
        .join(Staff, Staff.id == RegisteredKey.staff_id)
        .where(RegisteredKey.purpose == "signature", Staff.role == Role.DIRECTOR.value)
        .order_by(RegisteredKey.enrolled_at)
    ).all()
    if len(enrolled) > 1 and clinic.clock.now() - enrolled[-1] < TOLD_FOR:
        yield Notice(
            "directors_key_replaced",
            f"A director's signature key was made on {day_at(enrolled[-1], clinic)}. "
            "What was signed before stays valid. Hand out the new fingerprint sheet.",
            "settings/recovery",
        )


def keys_after_a_reset(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """Whoever gave somebody a password could have made the new signature key, so it is told."""
    resets = (
        select(LogEntry.object_id, func.max(LogEntry.at).label("at"))
        .where(LogEntry.action == PASSWORD_RESET)
        .group_by(LogEntry.object_id)
        .subquery()
    )
    made = session.execute(
        select(Staff.id, Staff.name, func.max(RegisteredKey.enrolled_at).label("at"), resets.c.at)
        .join(Staff, Staff.id == RegisteredKey.staff_id)
        .join(resets, resets.c.object_id == Staff.id)
        .where(RegisteredKey.purpose == "signature")
        .group_by(Staff.id)
    )
    for staff_id, name, made_at, reset_at in made:
        if instant_text(made_at) < reset_at or clinic.clock.now() - made_at >= TOLD_FOR:
            continue
        day = day_at(made_at, clinic)
        if staff_id == clinic.person.staff_id:
            yield Notice(
                "signature_key_after_reset",
                f"Your signature key was made on {day}, after your password had been reset. "
                "If that was not you, tell the director.",
                "settings/account",
            )
        elif clinic.person.role == Role.DIRECTOR:
            yield Notice(
                "signature_key_after_reset",
                f"The signature key of {name} was made on {day}, after an administrator had reset the "
                "password. Ask whether that was so.",
                "settings/people",
            )
