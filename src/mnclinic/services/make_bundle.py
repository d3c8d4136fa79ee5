"""An audit bundle: the visits of a period with the whole log, or one person's with what proves it whole."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.audit.subject_map import MapFacts, SubjectMap
from mnclinic.bundles.check_maker import BUNDLE_MADE, CLAIMED
from mnclinic.bundles.content import (
    OF_OTHERS,
    PROOFS,
    RECALLS_FORMAT,
    RECALLS_PATIENT_FORMAT,
    BundleContent,
)
from mnclinic.bundles.encryption import refuse_recipient
from mnclinic.bundles.write import Sealing, bundle_members, write_bundle
from mnclinic.documents.visit_photos import Pictures
from mnclinic.domain.instants import now_here
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import (
    ApprovedDocument,
    Checkpoint,
    Clinic,
    LogDetail,
    LogEntry,
    LogSubject,
    Patient,
    Visit,
)
from mnclinic.security.passphrases import make_passphrase
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.signing_keys import SessionKey
from mnclinic.services.bundle_events import add_events
from mnclinic.services.bundle_follow_ups import add_follow_ups, claimed_of_follow_ups
from mnclinic.services.bundle_log import add_keys, add_revocations, add_slice, add_whole_log
from mnclinic.services.bundle_pages import Claimed, DrawnPages, Payload, add_visits, draw_page, draw_pages
from mnclinic.services.bundle_period import Period, day_text, frozen_visits, withheld
from mnclinic.services.bundle_recalls import add_recalls, claimed_of_recalls
from mnclinic.services.bundle_scans import add_scans
from mnclinic.services.bundle_tables import add_tables
from mnclinic.services.one_person import records_of, refs_of
from mnclinic.services.out_place import refuse_place, told_what_is_entered
from mnclinic.services.printed_photos import allowed_pictures, are_allowed
from mnclinic.services.session import OpenClinic
from mnclinic.services.subject_map_entry import enter_subject_map, people_so_far
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.log_writer import Act
from mnclinic.store.unit_of_work import UnitOfWork

DECLARATION = "data/declarations/solo-physician.json"
ENTERED = "entering it in the log"
"""The step from which a bundle can be stopped no more: what is entered stays, so the file has to follow."""
CLOSING = "closing the bundle"
FOLDER_OF_KIND = {"policy": "policies", "protocol": "protocols", "consent_text": "consent_texts"}


@dataclass(frozen=True)
class MakeBundle:
    """What the bundle is to hold and how it is to be closed.

    `patient` is a record number or reference: then every entry of the log about this person is inside and
    nobody else's, and the days may be left open. Of a person with several records there is one bundle each,
    beside one another: a proof that nothing was left out is about one record. Of `plain`, `passphrase` and
    `recipient` (an age public key) at most one is given; with none a passphrase is made and returned once.
    """

    first: date | None
    last: date | None
    out: Path
    plain: bool = False
    passphrase: str | None = None
    recipient: str | None = None
    patient: str | None = None

    @property
    def period(self) -> Period:
        """The days whose records it is to hold."""
        return Period(self.first, self.last)


@dataclass(frozen=True)
class BundleMade:
    """A bundle was written. `passphrase` is shown once and kept nowhere.

    `entries_about` is how many entries of the log speak of the record that it is about; None for a period's.
    `also` are the bundles of the person's other records, under the same passphrase.
    """

    file: Path
    visits: int
    patients: int
    sha512: str
    fingerprint: str
    passphrase: str | None
    entries_about: int | None = None
    also: tuple["BundleMade", ...] = ()


@dataclass(frozen=True)
class _Made:
    """What a bundle says of its making, which is entered, and the key that signed the entry.

    `claimed` are the documents that the entry holds the hashes of.
    """

    said: dict[str, Any]
    key: SessionKey
    claimed: tuple[Claimed, ...]


def make_bundle(clinic: OpenClinic, request: MakeBundle, *, watch: Watch = unwatched) -> BundleMade:
    """Write a period's frozen visits, signatures and what came after, the whole log and the keys, sealed.

    For one person the log is a slice of it that proves itself. What takes long, the drawing of the pages,
    comes first; then the making is entered in the log, then the map of people, and the bundle holds the log
    up to and with those entries. So a page names the checkpoint before them, which the log inside goes on
    from.

    Others go on reading and writing meanwhile, but for the moment of entering.

    Args:
        clinic: Open in the name of somebody who may make bundles.
        request: What it is to hold, and where it goes.
        watch: Told how far it is; may stop it up to the step `ENTERED`, and is no longer asked after it.

    Raises:
        InvalidInput: the period runs backwards or is left open, nobody has that record number, the recipient
            is no age key, or no file can be where it is to go: nothing was written or entered. Or it holds
            more than a bundle can: then the sentence says what is entered.
        ActionRefused: no visit lies in the period.
        Stopped: the watch wanted no more. Nothing was written or entered.
        StoreUnavailable and kin: the file could not be written; the sentence says what is entered.
    """
    clinic.require(RoleAct.MAKE_BUNDLE)
    _check_period(request)
    wanted = _one_for_each_record(clinic, request)
    for number, one in enumerate(wanted):
        # Nobody was asked about the names that are made here.
        refuse_place(one.out, overwrites=not number)
    if request.recipient is not None:
        refuse_recipient(request.recipient)
    # Of all of them before the first is entered: who stops it keeps none of them.
    drawn = [_drawn_pages(clinic, one, watch) for one in wanted]
    go_on(watch, ENTERED)
    made = _make_one(clinic, wanted[0], drawn[0], watch)
    closed_with = made.passphrase or request.passphrase
    also = tuple(
        _make_one(clinic, replace(one, passphrase=closed_with), pages, watch)
        for one, pages in zip(wanted[1:], drawn[1:], strict=True)
    )
    return replace(made, also=also)


def _one_for_each_record(clinic: OpenClinic, request: MakeBundle) -> list[MakeBundle]:
    """The bundles that are asked for: of the record that the person is read under, then of the others."""
    with clinic.store.reading() as session:
        named = _patient(session, request)
        records = records_of(session, named) if named is not None else ()
        if len(records) < 2:  # noqa: PLR2004 - one record, or a period's bundle
            return [request]
        out = request.out
        return [
            replace(
                request,
                patient=one.ref,
                out=out if not number else out.with_name(f"{out.stem}-{one.record_number}{out.suffix}"),
            )
            for number, one in enumerate(records)
        ]


def _drawn_pages(clinic: OpenClinic, request: MakeBundle, watch: Watch) -> DrawnPages:
    """Draw the pages of what the bundle is going to hold. Nothing is entered or written."""
    # Of a period's everybody's would be more than a bundle holds: there each is named by its hash alone.
    pictures = _pictures(clinic, request, watch) if request.patient is not None else {}
    with clinic.store.reading() as session:
        patient = _patient(session, request)
        visits = frozen_visits(session, request.period, patient)
        if not visits and patient is None:
            raise ActionRefused(
                [Refusal("nothing_in_period", "No recorded visit lies in that period. Nothing was written.")]
            )
        payload = Payload(visits=visits, note=_newest_checkpoint(session)[1])
        add_visits(session, payload, clinic.facts.vault, pictures, watch)
        # Not only for the pages: what cannot be read any more is told before anything is entered.
        _add_afterwards(session, payload, request, patient)
        planned = claimed_of_follow_ups(session, visits, now_here(clinic.clock))
    return replace(draw_pages(payload, clinic.facts, watch, pictures), planned=planned)


def _pictures(clinic: OpenClinic, request: MakeBundle, watch: Watch) -> Pictures:
    """What the pages of a person's bundle may show, as far as they allow it and its maker may see it."""
    with clinic.store.reading() as session:
        patient = _patient(session, request)
        refs = refs_of(session, patient.ref) if patient is not None else ()
    return allowed_pictures(clinic, refs, watch=watch)


def _make_one(clinic: OpenClinic, request: MakeBundle, drawn: DrawnPages, watch: Watch) -> BundleMade:
    """Enter it and write it. The watch is told, and stops nothing any more."""
    so_far = people_so_far(clinic.store)
    with clinic.work() as work:
        patient = _patient(work.session, request)
        visits = frozen_visits(work.session, request.period, patient)
        made = _entered(clinic, work, request, patient, visits, planned=drawn.planned)
        facts, people = enter_subject_map(work, clinic.facts.vault, so_far)
        # One person's is gathered at exactly this position, which the map counts: that is little to read.
        payload = None
        if patient is not None:
            payload = _slice(
                clinic,
                work,
                request,
                patient=patient,
                visits=visits,
                facts=facts,
                people=people,
                drawn=drawn,
            )
        work.commit(checkpoint=True)
    watch(CLOSING, 0, 0)
    with told_what_is_entered(
        "The log says already that this bundle was made; no record was changed.",
        "Make it again, to another place where this one was in the way.",
    ):
        return _written(clinic, request, payload, drawn, made)


def _entered(
    clinic: OpenClinic,
    work: UnitOfWork,
    request: MakeBundle,
    patient: Patient | None,
    visits: Sequence[Visit],
    *,
    planned: Claimed | None,
) -> _Made:
    """Enter the making. The entry holds the claims of the bundle that nothing else proves."""
    # This key seals the file: one that is made anew meanwhile signed no entry of the making.
    key = clinic.session_key
    recalls = claimed_of_recalls(work.session, period=request.period, visits=visits, patient=patient)
    detail = {
        "clinic": clinic.facts.name,
        "encrypted": not request.plain,
        "format": RECALLS_FORMAT if patient is None else RECALLS_PATIENT_FORMAT,
        "from": day_text(request.first),
        "is_demo": clinic.facts.is_demo,
        "made_by": clinic.person.name,
        "planned_sha256": sha256_hex(planned.content) if planned is not None else None,
        "recalls_sha256": sha256_hex(recalls.content) if recalls is not None else None,
        "to": day_text(request.last),
        "visits": len(visits),
    }
    subject = None if patient is None else patient.ref
    work.log.record(Act(BUNDLE_MADE, "E", subject=subject, categories=("disclosure",), detail=detail))
    work.log.flush()
    newest = work.session.scalars(select(LogEntry.entry).order_by(LogEntry.seq.desc()).limit(1)).one()
    entry = json.loads(newest)
    made = {
        "entry": entry["seq"],
        "staff": entry["actor"]["uid"],
        "key": entry["actor"]["key"],
        "detail": detail,
    }
    return _Made(
        {"made_at": entry["ts"], "program": entry["app"], "made": made},
        key,
        tuple(one for one in (planned, recalls) if one is not None),
    )


def _written(
    clinic: OpenClinic,
    request: MakeBundle,
    payload: Payload | None,
    drawn: DrawnPages,
    made: _Made,
) -> BundleMade:
    """Gather what is not gathered yet, close the bundle and write it. The making is entered by now."""
    if payload is None:
        with clinic.store.reading() as session:
            # Asked again: another window may have written between that commit and this position.
            payload = _whole(clinic, session, request, frozen_visits(session, request.period, None))
    payload.members |= {one.name: one.content for one in made.claimed}
    content = _content(clinic, payload, drawn, made.said)
    passphrase = request.passphrase
    if passphrase is None and request.recipient is None and not request.plain:
        passphrase = make_passphrase()
    key = clinic.installation_key
    members = bundle_members(content, public=key.public, sign=key.sign, sign_as_maker=made.key.sign)
    written = write_bundle(members, request.out, Sealing(passphrase, request.recipient))
    return BundleMade(
        file=written.path,
        visits=content.visits,
        patients=content.patients,
        sha512=written.sha512,
        fingerprint=content.fingerprint,
        passphrase=passphrase if request.passphrase is None else None,
        entries_about=payload.scope["patient"]["entries"] if "patient" in payload.scope else None,
    )


def _check_period(request: MakeBundle) -> None:
    first, last = request.first, request.last
    if request.patient is None and (first is None or last is None):
        raise InvalidInput(
            "A bundle of the whole clinic needs a first and a last day. Nothing was written.",
            [Problem("from" if first is None else "to", "Give a day.")],
        )
    if first is not None and last is not None and first > last:
        raise InvalidInput(
            "The period ends before it begins. Nothing was written.",
            [Problem("from", "The first day lies after the last one.")],
        )


def _patient(session: Session, request: MakeBundle) -> Patient | None:
    if request.patient is None:
        return None
    named = request.patient.strip()
    found = session.scalar(select(Patient).where(or_(Patient.record_number == named, Patient.ref == named)))
    if found is None:
        raise InvalidInput(
            "Nobody on the roster has that record number. Nothing was written.",
            [Problem("patient", "Give the record number as the roster shows it, such as P-000123.")],
        )
    return found


def _whole(clinic: OpenClinic, session: Session, request: MakeBundle, visits: Sequence[Visit]) -> Payload:
    size, note = _newest_checkpoint(session)
    payload = Payload(visits=visits, note=note)
    add_whole_log(session, payload.members, size, note)
    scans = _add_rest(clinic, session, payload, size, None, pictures={})
    after = _add_afterwards(session, payload, request, None, size)
    payload.scope = {
        "format": RECALLS_FORMAT,
        "log_size": size,
        "withheld": [*withheld(session, request.period, None, LogDetail.seq <= size), *scans, *after],
    }
    return payload


def _newest_checkpoint(session: Session) -> tuple[int, bytes]:
    """Its size, and its signed note."""
    size, note = session.execute(
        select(Checkpoint.size, Checkpoint.note).order_by(Checkpoint.size.desc()).limit(1)
    ).one()
    return size, note


def _slice(
    clinic: OpenClinic,
    work: UnitOfWork,
    request: MakeBundle,
    *,
    patient: Patient,
    visits: Sequence[Visit],
    facts: MapFacts,
    people: SubjectMap,
    drawn: DrawnPages,
) -> Payload:
    session = work.session
    work.log.flush()
    size = facts.size + 1
    payload = Payload(visits=visits, note=work.log.cut_checkpoint())
    # It may have been taken back while they were drawn: then the pages are drawn anew, without them.
    pictures = drawn.pictures if are_allowed(session, refs_of(session, patient.ref)) else {}
    scans = _add_rest(clinic, session, payload, size, patient, pictures=pictures)
    after = _add_afterwards(session, payload, request, patient, size)
    about, held = add_slice(
        session,
        payload.members,
        vault=clinic.facts.vault,
        patient=patient.ref,
        note=payload.note,
        facts=facts,
        people=people,
        # The pages name the last one: whoever has only this bundle can see that its log goes on from there.
        heads=_heads_named(payload.members) | {drawn.head},
    )
    payload.scope = {
        "format": RECALLS_PATIENT_FORMAT,
        "patient": {"ref": patient.ref, "entries": about, "withheld_entries": size - held},
        "log_size": size,
        "withheld": [
            *withheld(session, request.period, patient, LogDetail.seq.in_(_entries_in(payload.members))),
            {"what": OF_OTHERS, "count": size - held},
            *scans,
            *after,
            *_of_other_records(session, patient),
        ],
    }
    return payload


def _of_other_records(session: Session, patient: Patient) -> list[dict[str, Any]]:
    """How many of those entries are about the same person, under another record."""
    others = [one for one in records_of(session, patient) if one.ref != patient.ref]
    return [
        {
            "what": f"of these, about record {one.record_number} of the same person, in its own bundle",
            "count": session.scalar(select(LogSubject.count).where(LogSubject.subject == one.ref)) or 0,
        }
        for one in others
    ]


def _add_rest(
    clinic: OpenClinic,
    session: Session,
    payload: Payload,
    size: int,
    patient: Patient | None,
    *,
    pictures: Pictures,
) -> list[dict[str, Any]]:
    """Add keys, rules, visits and scans; what of the scans is withheld."""
    payload.fingerprint = add_keys(session, payload.members, clinic.installation_key.public)
    add_revocations(session, payload.members, size)
    _add_approved(session, payload.members)
    _add_declaration(session, payload.members)
    add_visits(session, payload, clinic.facts.vault, pictures)
    return add_scans(session, payload.members, clinic.folder, payload.records, patient)


def _add_afterwards(
    session: Session, payload: Payload, request: MakeBundle, patient: Patient | None, size: int = sys.maxsize
) -> list[dict[str, Any]]:
    """Add what came after the treatments, as the log's first `size` entries speak of it; what is withheld."""
    period, visits = request.period, payload.visits
    members, pages = payload.members, payload.pages
    return [
        *add_events(session, members, pages, period=period, visits=visits, patient=patient, size=size),
        *add_recalls(session, members, period=period, visits=visits, patient=patient, size=size),
        *add_follow_ups(session, members, period=period, visits=visits, patient=patient, size=size),
    ]


def _entries_in(members: dict[str, bytes]) -> list[int]:
    """The numbers of the log's entries that a slice holds."""
    return [int(json.loads(line)["seq"]) for line in members[PROOFS].splitlines()]


def _heads_named(members: dict[str, bytes]) -> set[int]:
    """The sizes of the log under which the signatures in the bundle were made."""
    signed = (data for name, data in members.items() if name.removesuffix(".json") + ".sig" in members)
    return {int(json.loads(data)["tree"]["size"]) for data in signed if data.startswith(b"{")}


def _content(clinic: OpenClinic, payload: Payload, drawn: DrawnPages, made: dict[str, Any]) -> BundleContent:
    facts, members, visits = clinic.facts, payload.members, payload.visits
    for name, page in payload.pages.items():
        members[name] = drawn.page(name, page) or draw_page(page, facts, payload.note)
    patients = {record["patient"]["ref"] for record in payload.records}
    claims = {claim: made["made"]["detail"][claim] for claim in CLAIMED}
    first, last = claims["from"], claims["to"]
    members["data/scope.json"] = canonical_bytes(
        {
            **payload.scope,
            **claims,
            **made,
            "vault": facts.vault,
            "visits": len(visits),
            "patients": len(patients),
        }
    )
    add_tables(members, visits, payload.records)
    about = payload.scope.get("patient")
    info = (
        ("Source-Organization", facts.name),
        ("Bagging-Date", made["made_at"][:10]),
        ("External-Identifier", f"{facts.vault}:{payload.scope['log_size']}"),
        ("Internal-Sender-Description", "DEMO: invented people" if facts.is_demo else "Audit bundle"),
        ("Mnclinic-Bundle-Format", payload.scope["format"]),
        ("Mnclinic-Period", f"{first or 'the beginning'} to {last or 'the day of making'}"),
        *((("Mnclinic-Patient", about["ref"]),) if about else ()),
        ("Mnclinic-Visits", str(len(visits))),
        ("Mnclinic-Director-Fingerprint", payload.fingerprint),
        *((("Mnclinic-Solo-Physician", "declared"),) if DECLARATION in members else ()),
        ("Payload-Oxum", f"{sum(map(len, members.values()))}.{len(members)}"),
    )
    return BundleContent(
        members, info, facts.name, facts.is_demo, payload.fingerprint, len(visits), len(patients)
    )


def _add_approved(session: Session, members: dict[str, bytes]) -> None:
    rows = session.scalars(select(ApprovedDocument).where(ApprovedDocument.approval.is_not(None))).all()
    for row in rows:
        folder = FOLDER_OF_KIND.get(row.kind)
        if folder is None or row.approval is None or row.approval_signature is None:
            continue
        name = f"data/{folder}/{row.document_id}-v{row.version}-{row.language}".rstrip("-")
        members[f"{name}.json"] = row.document
        members[f"{name}.approval.json"] = row.approval
        members[f"{name}.approval.sig"] = row.approval_signature


def _add_declaration(session: Session, members: dict[str, bytes]) -> None:
    row = session.get_one(Clinic, 1)
    if row.solo_declaration is not None and row.solo_signature is not None:
        members[DECLARATION] = row.solo_declaration
        members["data/declarations/solo-physician.sig"] = row.solo_signature
