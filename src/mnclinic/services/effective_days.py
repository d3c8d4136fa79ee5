"""From which day to which a version is in force, and which days cannot stand beside one another."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mnclinic.errors import Refusal
from mnclinic.models import ApprovedDocument

REPLACED_KINDS = frozenset({"policy", "protocol", "consent_text"})
REPLACED = "replaced"
FURTHEST_AHEAD = timedelta(days=366)
"""How far ahead a version may begin."""


@dataclass(frozen=True)
class _Span:
    version: int
    name: str
    effective_on: date


def overlaps(row: ApprovedDocument, approved: Iterable[ApprovedDocument], today: date) -> tuple[Refusal, ...]:
    """Why this version cannot come into force on its day beside those that are signed already."""
    others = (one for one in approved if one.id != row.id)
    return overlaps_of(rules_same(row), row.effective_on, others, today)


def overlaps_of(
    same: tuple[str, ...], effective_on: date, approved: Iterable[ApprovedDocument], today: date
) -> tuple[Refusal, ...]:
    """Why what takes the place of `same` (see `rules_of`) cannot come into force on this day.

    A version is in force until the next one begins, so two of one day would both be in force, one that begins
    before a signed one would never end, and one of an earlier day would rewrite what was in force then. The
    first of its kind rewrites nothing: until she signs it nobody is treated, and what paper brings in from
    before is entered under the rules that she says held then. An authorisation adds to what holds, always.

    Nothing can be signed to begin before what is signed already, so a first day that was mistyped by years
    would leave the clinic without any change until then.
    """
    peers = [_Span(one.version, one.name, one.effective_on) for one in approved if rules_same(one) == same]
    found = []
    for peer in sorted(peers, key=lambda one: one.effective_on):
        day = peer.effective_on.isoformat()
        if peer.effective_on == effective_on:
            said = f"{peer.name} version {peer.version} is in force from {day} too. Write a later day."
            found.append(Refusal("effective_days_overlap", said))
        elif peer.effective_on > effective_on:
            said = f"{peer.name} version {peer.version} is signed and begins on {day}, which is later."
            found.append(Refusal("effective_days_overlap", said))
    if effective_on < today and (peers or same[0] == "authorisation"):
        said = (
            f"It would be in force from {effective_on.isoformat()}, which has passed, and change what "
            f"counted then. Write {today.isoformat()} or a later day."
        )
        found.append(Refusal("effective_day_passed", said))
    if effective_on > today + FURTHEST_AHEAD and same[0] in REPLACED_KINDS:
        last = (today + FURTHEST_AHEAD).isoformat()
        said = (
            f"It would begin on {effective_on.isoformat()}, and nothing could be changed before that day. "
            f"Write {last} or an earlier day."
        )
        found.append(Refusal("effective_day_too_far", said))
    return tuple(found)


def force_on(rows: Iterable[ApprovedDocument], day: date) -> dict[int, str]:
    """What each version is on a day, by its row's id: draft, replaced, coming, in_force or retired."""
    rows, found = tuple(rows), dict[int, str]()
    newest_of: dict[tuple[str, ...], int] = {}
    for row in rows:
        newest_of[_edited_as(row)] = max(row.version, newest_of.get(_edited_as(row), 0))
    newest: dict[tuple[str, ...], ApprovedDocument] = {}
    for row in rows:
        if row.approval is None:
            is_old = row.kind in REPLACED_KINDS and row.version < newest_of[_edited_as(row)]
            found[row.id] = REPLACED if is_old else "draft"
        elif row.effective_on > day:
            found[row.id] = "coming"
        else:
            found[row.id] = "retired"
            best = newest.get(rules_same(row))
            order = (row.effective_on, row.version)
            if best is None or (best.effective_on, best.version) < order:
                newest[rules_same(row)] = row
    for row in newest.values():
        if row.kind != "authorisation" or date.fromisoformat(json.loads(row.document)["valid_to"]) >= day:
            found[row.id] = "in_force"
    return found


def replaced_by(row: ApprovedDocument, rows: Iterable[ApprovedDocument]) -> int | None:
    """The newest version that takes the place of an unsigned draft; None of a signed row or an authorisation.

    Whoever edits a draft stores it whole under the next number: what was stored stays, and one draft counts.
    """
    if row.kind not in REPLACED_KINDS or row.approval is not None:
        return None
    same = (one.version for one in rows if _edited_as(one) == _edited_as(row))
    newest = max(same, default=row.version)
    return newest if newest > row.version else None


def _edited_as(row: ApprovedDocument) -> tuple[str, ...]:
    """What a draft is a newer wording of. One for another service is no wording of what it was begun from."""
    return (row.document_id, row.language, *rules_same(row))


def rules_same(row: ApprovedDocument) -> tuple[str, ...]:
    """What a version takes the place of: a policy of policies, a protocol of those for its service."""
    if row.kind == "protocol":
        return rules_of(row.kind, service=json.loads(row.document)["service"])
    if row.kind in REPLACED_KINDS:
        return rules_of(row.kind, form=row.document_id, language=row.language)
    return (row.kind, row.document_id, str(row.version))


def rules_of(kind: str, *, service: str = "", form: str = "", language: str = "") -> tuple[str, ...]:
    """The same of a policy, protocol or text for patients that is no version yet."""
    if kind == "protocol":
        return (kind, service)
    return (kind, form, language) if kind == "consent_text" else (kind,)
