"""Hold keys, ways back and settings against what the log entered and who signed it."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.keyregister import DIRECTOR
from mnclinic.audit.signing import revocation_signing_bytes, verify, vouch_signing_bytes
from mnclinic.domain.instants import read_instant
from mnclinic.models import (
    ApprovedDocument,
    EventStep,
    KeyRevocation,
    KeyVouch,
    RecoveryOpening,
    RecoverySheet,
    RegisteredKey,
    Setting,
    Staff,
    VisitAmendment,
    VisitSignature,
    instant_text,
)
from mnclinic.security.keyfile import KeyFile
from mnclinic.services.check_logged import Logged, names
from mnclinic.services.check_program_rules import newer_rules_from
from mnclinic.services.check_rows import ILL_WRITTEN, NOT_OURS, StoreFinding
from mnclinic.services.check_second_persons import BY_FIRST_RULE, hands_before
from mnclinic.services.key_file_rows import is_newest_entered
from mnclinic.services.key_register import NOBODY_ELSE, vouch_bytes
from mnclinic.services.key_standing import NOT_CONFIRMED, unconfirmed_in_force
from mnclinic.services.recovery_sheet_rows import is_sheet_shut_out, opening_bytes, recovery_sheet_bytes
from mnclinic.services.second_person import Hands, alone_from, may_confirm
from mnclinic.services.settings import setting_bytes

SHEET_SHUT_OUT = (
    "the one in force does not open this clinic, because the key file is, or was, an older copy, or the "
    "power went while a sheet was made: make a new recovery sheet"
)

NOT_OF_ENROLMENT = "the words for it in its row are not those that its enrolment writes there"


def vouches(
    session: Session, keys: Mapping[str, bytes], logged: Logged, directors: frozenset[str]
) -> Iterator[StoreFinding]:
    """The chain of trust: the director vouches for the installation, the installation for every other key."""
    rows = session.scalars(select(RegisteredKey)).all()
    added: dict[str, list[KeyVouch]] = {}
    for word in session.scalars(select(KeyVouch)):
        added.setdefault(word.key, []).append(word)
    installation = {row.key for row in rows if row.purpose == "installation"}
    by_key = {row.key: row for row in rows}
    before, newer_rules_at = hands_before(session), newer_rules_from(session)

    def judged(row: RegisteredKey) -> Iterator[StoreFinding]:
        where = f"key {row.key[:16]}"
        own = [(one["key"], base64.b64decode(one["signature"])) for one in json.loads(row.vouches)]
        words = own + [(word.voucher, word.signature) for word in added.get(row.key, ())]
        holding = {
            voucher
            for voucher, signature in words
            if voucher in keys and verify(keys[voucher], signature, vouch_signing_bytes(row.document))
        }
        wanted = directors if row.purpose == "installation" else installation
        if not wanted & holding:
            yield StoreFinding(where, "nobody whose word counts vouches for it")
        if len(holding) != len({voucher for voucher, _ in words}):
            yield StoreFinding(where, "the signature of somebody who vouches for it does not hold")
        out_of_time = _out_of_time(row, added.get(row.key, ()), [voucher for voucher, _ in own], logged)
        yield from _wrong_words(where, [voucher for voucher, _ in own], out_of_time)
        if not _are_of_enrolment(row, [by_key.get(voucher) for voucher, _ in own]):
            yield StoreFinding(where, NOT_OF_ENROLMENT)
        holding -= out_of_time
        if not logged.holds("key", row.key, row.document):
            yield StoreFinding(where, "it was never entered in the log")
        elif len(logged.of("key", row.key)) > 1:
            # Its row and its entry are one commit, so no accident takes away the one alone.
            yield StoreFinding(where, "it was enrolled a second time: the register had lost it")
        elif _is_later_directors(row, rows, logged):
            is_by_todays = newer_rules_at is not None and logged.of("key", row.key)[0]["seq"] > newer_rules_at
            what = _wrong_with_confirmation(
                row, holding, by_key, logged, before, is_by_todays_rules=is_by_todays
            )
            if what is not None:
                yield StoreFinding(where, what, "explained" if what == BY_FIRST_RULE else "altered")

    yield from _row_by_row(rows, judged)
    for gone in logged.ids("key") - {row.key for row in rows}:
        yield StoreFinding(f"key {gone[:16]}", "the log entered it and the register has lost it")
    yield from _later_words(added, logged)
    for one in unconfirmed_in_force(session):
        yield StoreFinding(
            f"key {one.key[:16]}", f"the director's key of {one.name}: {NOT_CONFIRMED}", "explained"
        )


Row = TypeVar("Row", RegisteredKey, KeyRevocation)


def _row_by_row(
    rows: Iterable[Row], judged: Callable[[Row], Iterator[StoreFinding]]
) -> Iterator[StoreFinding]:
    """What is found of each row; one that cannot be read is named, and the others are judged too."""
    for row in rows:
        try:
            yield from judged(row)
        except ILL_WRITTEN:
            yield StoreFinding(f"key {row.key[:16]}", NOT_OURS, table=row.__tablename__)


def _is_later_directors(row: RegisteredKey, rows: Iterable[RegisteredKey], logged: Logged) -> bool:
    def is_directors(one: RegisteredKey) -> bool:
        return one.purpose == "signature" and _role(one) == DIRECTOR

    entered = [
        (logged.of("key", one.key)[0]["seq"], one.key)
        for one in rows
        if is_directors(one) and logged.of("key", one.key)
    ]
    return is_directors(row) and min(entered)[1] != row.key


def _role(row: RegisteredKey) -> str | None:
    """Whose key it is; None where its document is not readable, which is said of its own row."""
    try:
        return str(json.loads(row.document)["holder"]["role"])
    except ILL_WRITTEN:
        return None


def _wrong_with_confirmation(
    row: RegisteredKey,
    holding: set[str],
    by_key: Mapping[str, RegisteredKey],
    logged: Logged,
    before: Callable[[int], Hands],
    *,
    is_by_todays_rules: bool,
) -> str | None:
    """What is wrong with how a director's later key was confirmed: by the rule that the act had to keep."""
    entry = logged.of("key", row.key)[0]
    vouchers = [by_key[one] for one in holding]
    if any(_is_key_before(one, row, entry["seq"], logged) for one in vouchers):
        return None
    seconds = {one.staff_id for one in vouchers if one.purpose == "session"} - {row.staff_id, None}
    says_nobody = NOBODY_ELSE in (entry["why"] or "").split(",")
    if not seconds and not says_nobody:
        return "no second person confirmed this new key of a director"
    hands = before(entry["seq"])
    acceptable = may_confirm(hands, row.staff_id or "")
    if says_nobody and acceptable:
        return "its entry says that nobody else could confirm it, and somebody could"
    begins = alone_from(hands, row.staff_id or "") if says_nobody else None
    made_at = read_instant(entry["ts"])
    if begins is not None and (made_at is None or made_at < begins):
        return "nobody confirmed this new key of a director, and it was made before the three days were over"
    if not says_nobody and not seconds & acceptable:
        by_first_rule = hands.by_first_rule()
        if not is_by_todays_rules and seconds & may_confirm(by_first_rule, row.staff_id or ""):
            return BY_FIRST_RULE
        return "whoever confirmed this new key of a director could not be a second person"
    return None


def _is_key_before(one: RegisteredKey, row: RegisteredKey, seq: int, logged: Logged) -> bool:
    """Whether a key was the same director's and in force when she made the next one with its word."""
    if (one.purpose, one.staff_id) != ("signature", row.staff_id) or one.key == row.key:
        return False
    ends = [entry["seq"] for entry in logged.of("key_revocation", one.key)]
    entered = logged.of("key", one.key)
    return bool(entered) and entered[0]["seq"] < seq and all(end > seq for end in ends)


def _wrong_words(where: str, own: list[str], out_of_time: set[str]) -> Iterator[StoreFinding]:
    if len(own) != len(set(own)):
        yield StoreFinding(where, "a word for it stands in its row more than once")
    if out_of_time:
        yield StoreFinding(where, "a key that was entered later, or had ended, vouches for it")


def _are_of_enrolment(row: RegisteredKey, own: list[RegisteredKey | None]) -> bool:
    """Whether a row holds the words that enrolment writes there, and no other: those lie in `key_vouch`.

    The director's of the set-up for the installation; the installation's for every other key, and behind it
    the one of the same person's signature key before it.
    """
    first = own[0] if own else None
    if first is None:
        return False
    if row.purpose == "installation":
        return len(own) == 1 and (first.purpose, _role(first)) == ("signature", DIRECTOR)
    if first.purpose != "installation" or own[2:]:
        return False
    return all(
        one is not None
        and (row.purpose, one.purpose, one.staff_id) == ("signature", "signature", row.staff_id)
        and one.key != row.key
        for one in own[1:]
    )


def _out_of_time(
    row: RegisteredKey, added: Iterable[KeyVouch], own: Iterable[str], logged: Logged
) -> set[str]:
    """Keys that cannot have given their word when it was entered: not there yet, or ended before.

    Set-up enters its keys together, in no order that says anything; the rules begin behind it.
    """
    rules_from = min(
        (entry["seq"] for vault in logged.ids("key_file") for entry in logged.of("key_file", vault)),
        default=None,
    )
    given = [(voucher, entry["seq"]) for voucher in own for entry in logged.of("key", row.key)[:1]]
    given += [
        (word.voucher, entry["seq"])
        for word in added
        for entry in logged.of("key_vouch", row.key)
        if names(entry, vouch_bytes(word))
    ]

    def was_in_force(key: str, at: int) -> bool:
        entered, ended = logged.of("key", key), logged.of("key_revocation", key)
        return bool(entered) and entered[0]["seq"] < at and all(one["seq"] > at for one in ended)

    return {
        voucher
        for voucher, at in given
        if rules_from is not None and at > rules_from and not was_in_force(voucher, at)
    }


def _later_words(added: Mapping[str, list[KeyVouch]], logged: Logged) -> Iterator[StoreFinding]:
    for key, words in added.items():
        for word in words:
            if not logged.holds("key_vouch", key, vouch_bytes(word)):
                what = "a word for it was never entered in the log"
                yield StoreFinding(f"key {key[:16]}", what, table="key_vouch")
    for key in sorted(logged.ids("key_vouch")):
        kept = [vouch_bytes(word) for word in added.get(key, ())]
        for entry in logged.of("key_vouch", key):
            if not any(names(entry, content) for content in kept):
                what = "a word for it that the log entered is missing"
                yield StoreFinding(f"key {key[:16]}", what, table="key_vouch", seq=entry["seq"])


def revocations(session: Session, keys: Mapping[str, bytes], logged: Logged) -> Iterator[StoreFinding]:
    """A key counts up to the log entry that ended it. What it signed later is named, one by one."""
    rows = session.scalars(select(KeyRevocation)).all()
    ended: dict[str, int] = {}

    def judged(row: KeyRevocation) -> Iterator[StoreFinding]:
        where = f"key {row.key[:16]}"
        document = json.loads(row.document)
        signer = keys.get(row.signer_key)
        if signer is None or not verify(signer, row.signature, revocation_signing_bytes(row.document)):
            what = "the signature under its revocation does not hold"
            yield StoreFinding(where, what, table="key_revocation")
        said = (document["key"], document["reason"], document["revoked_by"], document["revoked_at"])
        if said != (row.key, row.reason, row.revoked_by, instant_text(row.revoked_at)):
            what = "its revocation in the table is not the signed one"
            yield StoreFinding(where, what, table="key_revocation")
        if not logged.holds("key_revocation", row.key, row.document):
            yield StoreFinding(where, "its revocation was never entered in the log", table="key_revocation")

    yield from _row_by_row(rows, judged)
    for key in sorted(logged.ids("key_revocation")):
        ended[key] = logged.of("key_revocation", key)[0]["seq"]
        if key not in {row.key for row in rows}:
            what = "the log entered its revocation, which is missing"
            yield StoreFinding(f"key {key[:16]}", what, table="key_revocation", seq=ended[key])
    yield from _used_after_the_end(session, logged, ended)


def _used_after_the_end(session: Session, logged: Logged, ended: Mapping[str, int]) -> Iterator[StoreFinding]:
    for key, seq in ended.items():
        last = logged.last_by.get(key, 0)
        if last > seq:
            yield StoreFinding(f"log entry {last}", "it is signed with a key that had been revoked")
    signed = [("signature", row.visit_id, row.record) for row in session.scalars(select(VisitSignature))]
    signed += [("amendment", row.visit_id, row.record) for row in session.scalars(select(VisitAmendment))]
    signed += [
        ("event_step", row.id, row.record)
        for row in session.scalars(select(EventStep).where(EventStep.record.is_not(None)))
        if row.record is not None
    ]
    signed += [
        ("approval", f"{row.kind}:{row.document_id}", row.approval)
        for row in session.scalars(select(ApprovedDocument))
        if row.approval is not None
    ]
    for kind, object_id, record in signed:
        document = json.loads(record)
        end = ended.get(document["signer"]["key"])
        if end is None:
            continue
        for word in logged.named(kind, object_id):
            if word.seq > end and word.names(record):
                yield StoreFinding(_called(kind, document), "it was made with a key that had been revoked")


def _called(kind: str, document: Mapping[str, Any]) -> str:
    if kind == "event_step":
        return f"event step {document['step'][:8]}"
    return f"{kind} on {document.get('number') or document['document'] + ' ' + document['id']}"


def ways_back(session: Session, logged: Logged, key_file: KeyFile | None) -> Iterator[StoreFinding]:
    """Recovery sheets and openings with them are those that were entered, and none is missing.

    The sheet in force is the one that opens the key file, where that is the one which the log names last.
    """
    if key_file is not None and is_newest_entered(session, key_file) and is_sheet_shut_out(session, key_file):
        yield StoreFinding("recovery sheet", SHEET_SHUT_OUT, "explained")
    sheets = session.scalars(select(RecoverySheet)).all()
    openings = session.scalars(select(RecoveryOpening)).all()
    rows = [("recovery_sheet", row.key, recovery_sheet_bytes(row)) for row in sheets]
    rows += [("recovery_opening", str(row.id), opening_bytes(row)) for row in openings]
    for kind, object_id, content in rows:
        if not logged.ends_with(kind, object_id, content):
            yield StoreFinding(f"{kind.replace('_', ' ')} {object_id[:16]}", "it is not what the log entered")
    for kind in ("recovery_sheet", "recovery_opening"):
        for object_id in sorted(logged.ids(kind) - {one for of, one, _ in rows if of == kind}):
            yield StoreFinding(
                f"{kind.replace('_', ' ')} {object_id[:16]}",
                "the log entered it and it is not there any more",
            )


def settings(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each setting is the one that was entered last."""
    rows = {row.name: row for row in session.scalars(select(Setting))}
    for name in sorted(logged.ids("setting") | rows.keys()):
        row = rows.get(name)
        if row is None or not logged.ends_with("setting", name, _content_of(row)):
            yield StoreFinding(f"setting {name}", "it is not what the log entered")


def _content_of(row: Setting) -> bytes:
    """What the log would name; nothing that it ever named where the value says nothing."""
    try:
        return setting_bytes(row.name, row.value)
    except ILL_WRITTEN:
        return b""


def access(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Nobody whose access ended works on: no key of theirs is in force, and no entry is theirs."""
    ended = set(session.scalars(select(KeyRevocation.key)))
    for row in session.scalars(
        select(RegisteredKey).join(Staff, Staff.id == RegisteredKey.staff_id).where(~Staff.is_active)
    ):
        if row.key not in ended and logged.of("key", row.key):
            yield StoreFinding(f"key {row.key[:16]}", "it is in force though its holder left")
