"""How long records are kept, by the policy in force: of one person, and of the clinic.

A day says from when on the policy does not ask for a record any more. Nothing is ever deleted here, and a
legal hold stands above every day.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.credentials import PaperKind, kind_of
from mnclinic.domain.instants import zone_of
from mnclinic.domain.plain_days import plain_day
from mnclinic.domain.retention import (
    AUDIT_LOG,
    EXPOSURE,
    HIPAA,
    TRAINING,
    Kept,
    KeptKind,
    Why,
    kept_after,
    kept_kinds,
    kept_person,
)
from mnclinic.models import ApprovedDocument, Licence, LogEntry, Patient, Staff, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.effective_days import force_on, rules_same
from mnclinic.services.session import OpenClinic

ONE_DAY = timedelta(days=1)
Json = Mapping[str, Any]

# Straight to the driver: it goes over the whole roster.
_ROSTER = (
    "SELECT ref, merged_into, born_on, added_at, hold_reason <> '' AS is_held, "
    "(SELECT max(visit_on) FROM visit WHERE patient_ref = patient.ref) AS last_on FROM patient"
)


@dataclass(frozen=True)
class KeptRecord:
    """A record of the clinic whose last day can be told: its kind (a parameter's code), what it is."""

    code: str
    words: str
    kept: Kept


@dataclass(frozen=True)
class KeptPeople:
    """Of everybody on the roster: how many there are, are held, have passed their day, have no day.

    `first` is the first day on which the records of somebody else pass theirs.
    """

    count: int
    held: int
    passed: int
    without_day: int
    first: date | None


@dataclass(frozen=True)
class KeptRecords:
    """What the policy in force on `day` says about keeping records. Without one `kinds` is empty."""

    day: date
    policy: str
    kinds: tuple[KeptKind, ...]
    people: KeptPeople
    records: tuple[KeptRecord, ...]


def kept_records(clinic: OpenClinic) -> KeptRecords:
    """How long each kind of record is kept today, and what of the clinic's own records that means."""
    clinic.require(RoleAct.VIEW_TODAY)
    now = clinic.clock.now()
    with clinic.store.reading() as session:
        in_force = policy_on(session, now.date())
        policy = json.loads(in_force.document) if in_force is not None else None
        return KeptRecords(
            day=now.date(),
            policy=f"{in_force.name} · v{in_force.version}" if in_force is not None else "",
            kinds=tuple(kept_kinds(policy, now.date())) if policy is not None else (),
            people=_people(session, policy, now.date(), zone_of(clinic.clock)),
            records=tuple(_records(session, policy, now.date(), zone_of(clinic.clock))),
        )


def policy_on(session: Session, day: date) -> ApprovedDocument | None:
    """The policy that is in force on a day, by what is signed."""
    signed = session.scalars(
        select(ApprovedDocument).where(
            ApprovedDocument.kind == "policy", ApprovedDocument.approval.is_not(None)
        )
    ).all()
    force = force_on(signed, day)
    return next((row for row in signed if force[row.id] == "in_force"), None)


def kept_of_person(session: Session, records: Sequence[Patient], today: date, zone: tzinfo | None) -> Kept:
    """Until when a person's records are kept: all of them, of which the first is the one they are read under.

    A legal hold stands above every day.
    """
    held = next((one for one in records if one.hold_reason), None)
    if held is not None:
        since = plain_day(held.held_at.astimezone(zone).date()) if held.held_at is not None else "?"
        return Kept(None, (Why(f"A legal hold stands since {since}, above every rule. It is kept."),))
    in_force = policy_on(session, today)
    policy = json.loads(in_force.document) if in_force is not None else None
    days = [
        day
        for one in records
        for day in session.scalars(
            select(Visit.visit_on)
            .where(Visit.patient_ref == one.ref)
            .order_by(Visit.visit_on.desc())
            .limit(1)
        )
    ]
    made_on = max(one.added_at.astimezone(zone).date() for one in records)
    return kept_person(policy, records[0].born_on, max(days, default=made_on), was_here=bool(days))


def _people(session: Session, policy: Json | None, today: date, zone: tzinfo | None) -> KeptPeople:
    rows = session.connection().exec_driver_sql(_ROSTER).all()
    heads = {row.ref: row.merged_into for row in rows}
    last: dict[str, date] = {}
    made: dict[str, date] = {}
    held = set()
    for row in rows:
        head = _head(row.ref, heads)
        if row.last_on:
            last[head] = max(date.fromisoformat(row.last_on), last.get(head, date.min))
        made_on = datetime.fromisoformat(row.added_at).astimezone(zone).date()
        made[head] = max(made_on, made.get(head, date.min))
        if row.is_held:
            held.add(head)
    born = {row.ref: date.fromisoformat(row.born_on) if row.born_on else None for row in rows}
    passed = without_day = 0
    first: date | None = None
    for head in made.keys() - held:
        kept = kept_person(policy, born[head], last.get(head, made[head]), was_here=head in last)
        if kept.until is None:
            without_day += 1
        elif kept.is_over(today):
            passed += 1
        elif first is None or kept.until < first:
            first = kept.until
    return KeptPeople(len(made), len(held), passed, without_day, first)


def _head(ref: str, heads: Mapping[str, str | None]) -> str:
    seen = {ref}
    while (up := heads.get(ref)) is not None and up in heads and up not in seen:
        seen.add(up)
        ref = up
    return ref


def _records(session: Session, policy: Json | None, today: date, zone: tzinfo | None) -> Iterator[KeptRecord]:
    """What of the clinic's own records has begun to age: retired rules, trainings, who left, the log."""
    for row, ended_on in _retired(session, today):
        words = f"{row.name} · v{row.version} {row.language}".rstrip()
        yield KeptRecord(HIPAA, words, kept_after(policy, HIPAA, ended_on))
    people = {one.id: one for one in session.scalars(select(Staff))}
    for paper in session.scalars(select(Licence).order_by(Licence.id)):
        if kind_of(paper.kind) is PaperKind.TRAINING and paper.staff_id in people:
            words = f"{people[paper.staff_id].name}: {paper.kind} {paper.number}"
            yield KeptRecord(TRAINING, words, kept_after(policy, TRAINING, paper.valid_from))
    for one in sorted(people.values(), key=lambda person: person.name):
        if one.left_at is not None:
            left_on = one.left_at.astimezone(zone).date()
            yield KeptRecord(EXPOSURE, one.name, kept_after(policy, EXPOSURE, left_on))
    oldest = session.scalar(select(LogEntry.at).order_by(LogEntry.seq).limit(1))
    if oldest:
        began_on = datetime.fromisoformat(oldest).astimezone(zone).date()
        yield KeptRecord(AUDIT_LOG, f"since {plain_day(began_on)}", kept_after(policy, AUDIT_LOG, began_on))


def _retired(session: Session, today: date) -> Iterator[tuple[ApprovedDocument, date]]:
    """Each version that counts no more, and the last day on which it did."""
    signed = session.scalars(
        select(ApprovedDocument)
        .where(ApprovedDocument.approval.is_not(None), ApprovedDocument.kind != "authorisation")
        .order_by(ApprovedDocument.id)
    ).all()
    force = force_on(signed, today)
    for row in signed:
        if force[row.id] != "retired":
            continue
        later = [
            one.effective_on
            for one in signed
            if rules_same(one) == rules_same(row)
            and (one.effective_on, one.version) > (row.effective_on, row.version)
        ]
        yield row, max(min(later) - ONE_DAY, row.effective_on)
