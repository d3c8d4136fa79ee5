"""What a correction brings to light: the gate's findings for the new value, by what the record pins.

What happened has to be in the record, also where it should never have happened. So nothing here refuses: it
is signed, entered with what was found, and stands first in the director's queue.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind, Correction, NoSuchField, corrected
from mnclinic.domain.finding import STANDING, Finding, PassedBy
from mnclinic.domain.gate import VisitFacts, device_facts_from_json, judge
from mnclinic.domain.visit_document import VisitDocument, read_visit_document
from mnclinic.errors import ILL_WRITTEN
from mnclinic.models import VisitAmendment, VisitRevision
from mnclinic.services.amendment_rows import corrections_in, rows_of
from mnclinic.services.freeze_visit import finding_json
from mnclinic.services.gather_facts import AskedAbout, Gathered, gather_all
from mnclinic.services.supply_rows import as_printed

Named = tuple[str, int]
"""An amendment: its visit's id, and its position among the visit's."""

_WEIGHT = {PassedBy.NOBODY: 0, PassedBy.DIRECTOR: 1, PassedBy.PERFORMER: 2}
NOTHING_FOUND = 3


@dataclass(frozen=True)
class Judged:
    """One correction to be judged: the frozen record, and its document before and after it."""

    visit_id: str
    record: Mapping[str, Any]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def found_by(session: Session, corrections: Sequence[Judged]) -> list[tuple[Finding, ...]]:
    """What the gate finds after each correction and did not find before it, gravest first.

    Judged by the policy and protocol, the label, the lot and the performer's ceiling that the record pins.
    """
    pairs = zip(corrections, _gathered(session, corrections), strict=True)
    return [_new_findings(one.record, before, after) for one, (before, after) in pairs]


def _gathered(session: Session, corrections: Sequence[Judged]) -> list[tuple[Gathered, Gathered]]:
    """The facts before and after each, in as many questions as about one."""
    asked = [
        AskedAbout(
            read_visit_document(document),
            str(one.record["patient"]["ref"]),
            _day(one.record["patient"]["born_on"]),
            one.visit_id,
        )
        for one in corrections
        for document in (one.before, one.after)
    ]
    gathered = gather_all(session, asked)
    return list(zip(gathered[::2], gathered[1::2], strict=True))


def found_by_stored(session: Session, rows: Iterable[VisitAmendment]) -> dict[Named, tuple[Finding, ...]]:
    """The same of amendments as they are stored; one that found nothing, or cannot be read, is left out."""
    wanted = [row for row in rows if row.kind == AmendmentKind.CORRECTION.value]
    if not wanted:
        return {}
    visits = {row.visit_id for row in wanted}
    every: dict[str, list[VisitAmendment]] = {}
    for row in session.scalars(
        select(VisitAmendment)
        .where(VisitAmendment.visit_id.in_(visits))
        .order_by(VisitAmendment.visit_id, VisitAmendment.position)
    ):
        every.setdefault(row.visit_id, []).append(row)
    named = {(row.visit_id, row.revision) for row in wanted}
    records = {
        (one.visit_id, one.revision): one.record
        for one in session.scalars(
            select(VisitRevision).where(tuple_(VisitRevision.visit_id, VisitRevision.revision).in_(named))
        )
    }
    read: dict[Named, Judged] = {}
    for row in wanted:
        record = records.get((row.visit_id, row.revision))
        one = _read(row, record, every[row.visit_id]) if record is not None else None
        if one is not None:
            read[row.visit_id, row.position] = one
    found: dict[Named, tuple[Finding, ...]] = {}
    for (named_by, one), (before, after) in zip(
        read.items(), _gathered(session, list(read.values())), strict=True
    ):
        with suppress(*ILL_WRITTEN):
            found[named_by] = _new_findings(one.record, before, after)
    return {named_by: findings for named_by, findings in found.items() if findings}


def found_in_visit(session: Session, visit_id: str) -> dict[int, list[dict[str, Any]]]:
    """The same of every amendment of one visit by its position, as a record writes findings."""
    found = found_by_stored(session, rows_of(session, visit_id))
    return {position: [finding_json(one) for one in those] for (_, position), those in found.items()}


def weight(findings: Iterable[Finding]) -> int:
    """0 where nobody may pass one of these, then for the director, then a warning; last where none stands."""
    return min((_WEIGHT[one.passed_by] for one in findings if one.outcome in STANDING), default=NOTHING_FOUND)


def _read(row: VisitAmendment, record: bytes, every: Sequence[VisitAmendment]) -> Judged | None:
    # What is ill written the check names; the queue is read all the same.
    try:
        said = json.loads(record)
        earlier = [one for one in every if one.position < row.position]
        before = corrected(said["document"], corrections_in(earlier, row.revision))
        after = corrected(before, corrections_in([row], row.revision))
        read_visit_document(before), read_visit_document(after), _day(said["patient"]["born_on"])
    except (*ILL_WRITTEN, NoSuchField):
        return None
    return Judged(row.visit_id, said, before, after)


def judged_anew(visit_id: str, record: bytes, before: Mapping[str, Any], correction: Correction) -> Judged:
    """A correction that somebody is about to sign, of a document with the corrections before it."""
    return Judged(visit_id, json.loads(record), before, corrected(before, [correction]))


def _new_findings(record: Mapping[str, Any], before: Gathered, after: Gathered) -> tuple[Finding, ...]:
    known = {_which(one) for one in judge(_as_pinned(before.facts, record)).findings}
    new = [one for one in judge(_as_pinned(after.facts, record)).findings if _which(one) not in known]
    return tuple(sorted(new, key=lambda one: weight([one])))


def _which(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.where, finding.message


def _as_pinned(facts: VisitFacts, record: Mapping[str, Any]) -> VisitFacts:
    """The facts with what the record pins in place of what the registers say today."""
    pinned = record["pinned"]
    signed = read_visit_document(record["document"])
    device, lot, performer = pinned["device"], pinned["cartridge"], pinned["performer"]
    if device is not None and facts.document.device == signed.device:
        facts = replace(facts, device=device_facts_from_json(device, is_quarantined=False))
    if lot is not None and facts.lot is not None and _lot(facts.document) == _lot(signed):
        length = Decimal(lot["needle_length_mm"]) if lot["needle_length_mm"] else None
        as_it_was = replace(
            facts.lot,
            expires_on=date.fromisoformat(lot["expires_on"]),
            needle_length_mm=length,
            state=lot["state"],
        )
        facts = replace(facts, lot=as_it_was)
    if performer is not None and facts.performer is not None:
        ceiling = Decimal(performer["depth_ceiling_mm"]) if performer["depth_ceiling_mm"] else None
        as_they_stood = replace(facts.performer, credential=performer["credential"], depth_ceiling_mm=ceiling)
        facts = replace(facts, performer=as_they_stood)
    return facts


def _lot(document: VisitDocument) -> str:
    return as_printed(document.cartridge.lot) if document.cartridge else ""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
