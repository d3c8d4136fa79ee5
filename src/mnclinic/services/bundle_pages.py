"""The records that a bundle holds and the pages that show them, which take longest to draw.

They are drawn before the making is entered in the log: whoever stops it meanwhile leaves nothing behind. So a
page names the newest checkpoint of that time, and the log in the bundle goes on from there.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.note import parse_checkpoint
from mnclinic.documents.event_record import event_record_pdf
from mnclinic.documents.visit_photos import Pictures
from mnclinic.documents.visit_record import visit_record_pdf
from mnclinic.errors import DatabaseDamaged
from mnclinic.models import Visit, VisitRevision, VisitSignature
from mnclinic.services.amendment_rows import amendments_of, rows_of, to_be_printed
from mnclinic.services.judge_correction import found_in_visit
from mnclinic.services.print_documents import staff_names
from mnclinic.services.session import ClinicFacts
from mnclinic.services.signature_standing import public_keys, standing_of, wrong_with_record
from mnclinic.store.backup_files import Watch, go_on, unwatched

READING, DRAWING = "reading the records", "drawing the pages"


@dataclass
class Payload:
    """What was gathered at one position of the log, and the pages that are still to be drawn from it."""

    members: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    visits: Sequence[Visit] = ()
    fingerprint: str = ""
    note: bytes = b""
    scope: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Claimed:
    """A document whose hash the entry of the making holds: its place in the bundle and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class DrawnPages:
    """Pages under the checkpoint of the log's first `head` entries, by name: what each shows, and its PDF."""

    head: int
    pages: dict[str, tuple[dict[str, Any], bytes]]
    pictures: Pictures = field(default_factory=dict)
    """The photographs that they show, as the person allowed it when they were drawn."""
    planned: Claimed | None = None
    """The contacts that are planned after the treatments, as they stood when the pages were drawn."""

    def page(self, name: str, page: dict[str, Any]) -> bytes | None:
        """The PDF that shows exactly this; None where somebody signed something since it was drawn."""
        shows, pdf = self.pages.get(name, ({}, b""))
        return pdf if shows == page else None


def draw_pages(payload: Payload, facts: ClinicFacts, watch: Watch, pictures: Pictures) -> DrawnPages:
    """Draw every page of what was gathered; `pictures` are those it was gathered with. Raises Stopped."""
    of = len(payload.pages)
    drawn = {}
    for done, (name, page) in enumerate(payload.pages.items()):
        go_on(watch, DRAWING, done, of)
        drawn[name] = page, draw_page(page, facts, payload.note)
    return DrawnPages(parse_checkpoint(payload.note).size, drawn, pictures)


def draw_page(page: dict[str, Any], facts: ClinicFacts, note: bytes) -> bytes:
    """One revision, or one adverse event, as a PDF, with the signed checkpoint `note` in its foot."""
    if "event" in page:
        return event_record_pdf(**page, clinic_name=facts.name, is_demo=facts.is_demo, checkpoint=note)
    head = parse_checkpoint(note)
    return visit_record_pdf(
        **page,
        clinic_name=facts.name,
        is_demo=facts.is_demo,
        checkpoint={"size": head.size, "root": head.root.hex()},
        signed_checkpoint=note,
    )


def add_visits(
    session: Session, payload: Payload, vault: str, pictures: Pictures, watch: Watch = unwatched
) -> None:
    """Add the frozen revisions of the visits and their signatures, and what their pages show.

    `pictures` are the photographs that the pages may show.

    Raises:
        DatabaseDamaged: a record cannot be read. Nothing was written.
        Stopped: the watch wanted no more.
    """
    people = staff_names(session)
    keys = public_keys(session)
    for done, visit in enumerate(payload.visits):
        go_on(watch, READING, done, len(payload.visits))
        signatures = session.scalars(
            select(VisitSignature).where(VisitSignature.visit_id == visit.id).order_by(VisitSignature.id)
        ).all()
        revisions = session.scalars(
            select(VisitRevision).where(VisitRevision.visit_id == visit.id).order_by(VisitRevision.revision)
        ).all()
        amended = amendments_of(session, visit.id, vault)
        found = found_in_visit(session, visit.id) if amended else {}
        folder = f"data/visits/{visit.id}"
        for row in revisions:
            record = _read(row.record, visit)
            payload.records.append(record)
            payload.members[f"{folder}/r{row.revision}.json"] = row.record
            here = [one for one in signatures if one.revision == row.revision]
            held = [standing_of(one, row.record, keys, vault).said for one in here]
            payload.pages[f"{folder}/r{row.revision}.pdf"] = {
                "record": record,
                "signatures": [_read(one.record, visit) for one in here],
                "sha256": row.sha256,
                "people": people,
                "standings": [*held, *wrong_with_record(row), *(one.said for one in amended if one.said)],
                "amendments": to_be_printed(session, visit.id, row.revision, vault, found),
                "pictures": _named(record, pictures),
            }
        for number, one in enumerate(signatures, start=1):
            payload.members[f"{folder}/signature-{number}.json"] = one.record
            payload.members[f"{folder}/signature-{number}.sig"] = one.signature
        for later in rows_of(session, visit.id) if amended else ():
            payload.members[f"{folder}/amendment-{later.position}.json"] = later.record
            payload.members[f"{folder}/amendment-{later.position}.sig"] = later.signature


def _named(record: dict[str, Any], pictures: Pictures) -> Pictures:
    """Of the pictures those that a record names."""
    named = [one.get("sha256") for one in record["document"].get("photos", ())]
    return {one: pictures[one] for one in named if one in pictures}


def _read(document: bytes, visit: Visit) -> dict[str, Any]:
    try:
        read: dict[str, Any] = json.loads(document)
    except ValueError:
        raise DatabaseDamaged(
            f"A record of visit {visit.number} cannot be read any more, so no bundle was written: the "
            "database was changed by another hand. Nothing else was changed. Check the store; it names what "
            "was changed."
        ) from None
    return read
