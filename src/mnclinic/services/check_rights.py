"""Hold who used wider rights, and who judged their own treatments, against the log and the declaration."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import sha256_hex
from mnclinic.audit.signing import record_signing_bytes, verify
from mnclinic.domain.names import is_same_person
from mnclinic.models import BreakGlass, Clinic, VisitRevision, VisitSignature
from mnclinic.services.break_glass import (
    GIVEN_BACK,
    LONGEST_MINUTES,
    SEEN,
    SHORTEST_MINUTES,
    glass_as_broken,
    glass_bytes,
)
from mnclinic.services.check_columns import APART, is_moment_of
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import ILL_WRITTEN, StoreFinding


def glasses(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Broken glasses are those that were entered, and none is missing."""
    rows = session.scalars(select(BreakGlass)).all()
    for row in rows:
        if not logged.ends_with("break_glass", row.id, glass_bytes(row)):
            yield StoreFinding(f"broken glass {row.id[:8]}", "it is not what the log entered")
        elif not _ends_in_time(row, logged.of("break_glass", row.id)):
            yield StoreFinding(
                f"broken glass {row.id[:8]}", "it lasts longer than any glass that can be broken"
            )
        elif not _is_as_broken(row, logged.named("break_glass", row.id)[0]):
            yield StoreFinding(
                f"broken glass {row.id[:8]}",
                "its person, reason or beginning is not what the log entered when it was broken",
            )
        elif not _is_seen_as_entered(row, logged.of("break_glass", row.id)):
            yield StoreFinding(
                f"broken glass {row.id[:8]}", "who saw that it was broken, or when, is not what the log says"
            )
    for gone in sorted(logged.ids("break_glass") - {row.id for row in rows}):
        yield StoreFinding(f"broken glass {gone[:8]}", "the log entered it and it is not there any more")


def _is_as_broken(row: BreakGlass, first: Named) -> bool:
    """Whether the first entry has this reason. Giving back moved the end, and glasses last whole minutes."""
    ends = [row.opened_at + timedelta(minutes=n) for n in range(SHORTEST_MINUTES, LONGEST_MINUTES + 1)]
    return any(first.names(glass_as_broken(row, until)) for until in (row.until, *ends))


def _is_seen_as_entered(row: BreakGlass, entries: Sequence[Mapping[str, Any]]) -> bool:
    seen = next((entry for entry in entries if entry["action"] == SEEN), None)
    if seen is None or row.seen_at is None:
        return seen is None and (row.seen_at, row.seen_by) == (None, None)
    return row.seen_by == seen["actor"]["uid"] and is_moment_of(seen, row.seen_at)


def _ends_in_time(row: BreakGlass, entries: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a glass was broken when its entry says, and ends with its time or when it was given back."""
    entered = {entry["action"]: datetime.fromisoformat(entry["ts"]) for entry in entries}
    broken_at, given_back_at = entered.get("glass.broken"), entered.get(GIVEN_BACK)
    if broken_at is None or abs(row.opened_at - broken_at) > APART:
        return False
    if given_back_at is not None:
        # The clock may have been set ahead meanwhile, so the moment is held against that entry's.
        return abs(row.until - given_back_at) <= APART
    return row.until - row.opened_at <= timedelta(minutes=LONGEST_MINUTES)


def declaration(session: Session, keys: Mapping[str, bytes], logged: Logged) -> Iterator[StoreFinding]:
    """The clinic is declared a solo-physician one exactly where its director signed that."""
    row = session.get_one(Clinic, 1)
    where = "solo-physician declaration"
    if row.solo_declaration is None:
        if row.is_solo or row.solo_signature is not None or logged.ids("declaration"):
            yield StoreFinding(where, "the director's signed declaration is missing")
        return
    try:
        declared = json.loads(row.solo_declaration)
        public = keys.get(declared["signer"]["key"])
        vault = declared["vault"]
    except ILL_WRITTEN:
        yield StoreFinding(where, "what stands there is not what mnclinic writes")
        return
    if public is None or not verify(
        public, row.solo_signature or b"", record_signing_bytes(row.solo_declaration)
    ):
        yield StoreFinding(where, "the signature does not belong to it")
    if vault != row.vault or not row.is_solo:
        yield StoreFinding(where, "it is not this clinic's")
    if not logged.holds("declaration", "solo_physician", row.solo_declaration):
        yield StoreFinding(where, "it was never entered in the log")


def own_judgements(session: Session) -> Iterator[StoreFinding]:
    """Nobody judged a treatment that they performed, unless the record carries the clinic's declaration."""
    row = session.get_one(Clinic, 1)
    declared = sha256_hex(row.solo_declaration) if row.solo_declaration else None
    pinned: dict[tuple[str, int], tuple[str, tuple[str, str] | None, bool]] = {}
    for one in session.scalars(select(VisitRevision).execution_options(yield_per=500)):
        record = json.loads(one.record)
        solo = record.get("solo_physician")
        who = record["pinned"]["performer"]
        performer = (who["staff"], who["name"]) if who is not None else None
        pinned[one.visit_id, one.revision] = (record["number"], performer, solo is not None)
        if solo is not None and solo["declaration_sha256"] != declared:
            where = f"visit {record['number']} revision {one.revision}"
            yield StoreFinding(where, "it names a solo-physician declaration that is not this clinic's")
    performers: dict[str, dict[str, str]] = {}
    for signature in session.scalars(
        select(VisitSignature).order_by(VisitSignature.id).execution_options(yield_per=500)
    ):
        signer = json.loads(signature.record)["signer"]
        if signature.meaning == "performed":
            performers.setdefault(signature.visit_id, {})[signature.signer] = signer["name"]
            continue
        number, performer, is_declared = pinned[signature.visit_id, signature.revision]
        known = dict(performers.get(signature.visit_id, {}))
        if performer is not None:
            known[performer[0]] = performer[1]
        is_own = signature.signer in known or any(
            is_same_person(name, signer["name"]) for name in known.values()
        )
        if is_own and not is_declared:
            yield StoreFinding(
                f"signature on {number} revision {signature.revision} ({signature.meaning})",
                "whoever performed this treatment decided on it, and no declaration allows that here",
            )
