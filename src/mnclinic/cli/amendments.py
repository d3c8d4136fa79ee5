"""`visit amend`, `visit amendments`, `visit refile` and `visit chart`."""

from datetime import tzinfo
from typing import Any

from mnclinic.cli.answer import Answer, counted, say
from mnclinic.cli.findings import finding_line, found_json
from mnclinic.cli.proving import telling
from mnclinic.cli.request import Request
from mnclinic.domain.amendment import AmendmentKind, words_of_path, words_of_value
from mnclinic.domain.instants import zone_of
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.amend_visit import NewAmendment, amend_visit
from mnclinic.services.amendment_rows import AmendmentView
from mnclinic.services.file_rightly import file_rightly
from mnclinic.services.print_documents import print_chart
from mnclinic.services.print_patient_chart import print_patient_chart
from mnclinic.services.see_amendment import see_amendment
from mnclinic.services.session import signer
from mnclinic.services.show_visit import VisitView, show_visit
from mnclinic.services.typed_correction import as_it_stands, typed_correction


def amend(request: Request) -> Answer:
    """Sign one amendment of a signed visit, after printing what is amended."""
    options = request.options
    with request.clinic() as (clinic, password):
        clinic.require(RoleAct.AMEND_VISIT)
        view = show_visit(clinic, options.visit)
        new = _wanted(request, view, zone_of(clinic.clock))
        say(f"{view.number} of {view.patient}, revision {view.revision}, record {view.record_sha256[:16]}")
        if new.correction is not None:
            say(f"  {_change(new.correction.path, new.correction.old, new.correction.new)}")
        with signer(clinic, password, factor=options.key_file) as by:
            done = amend_visit(clinic, view.visit_id, new, by, shown="command", count=len(view.amendments))
    return Answer(
        {
            "visit": done.visit_id,
            "number": done.number,
            "amendment": done.position,
            "kind": done.kind.value,
            "sha256": done.sha256,
            "findings": [found_json(one) for one in done.findings],
            "error": None,
        },
        [
            f"{done.number}: amendment {done.position} signed ({done.kind.value.replace('_', ' ')})",
            *(f"  {finding_line(one)}" for one in done.findings),
        ],
    )


def _wanted(request: Request, view: VisitView, zone: tzinfo) -> NewAmendment:
    options = request.options
    if options.addendum is not None:
        return NewAmendment(AmendmentKind.ADDENDUM, options.addendum, options.reason, options.at)
    if options.late_entry is not None:
        return NewAmendment(AmendmentKind.LATE_ENTRY, options.late_entry, options.reason, options.at)
    if options.wrong_patient:
        kind = AmendmentKind.WRONG_PATIENT
        return NewAmendment(kind, "", options.reason, options.at, right_patient=options.right)
    if options.to is None and not options.to_nothing:
        raise InvalidInput(
            "A correction says what is right. Nothing was signed. Give it with --to, or --to-nothing.",
            [Problem("to", "What is right is missing.")],
        )
    document = as_it_stands(view.document, view.amendments, view.revision)
    new = None if options.to_nothing else options.to
    correction = typed_correction(document, options.correct, new, zone)
    return NewAmendment(
        AmendmentKind.CORRECTION, reason=options.reason, happened_at=options.at, correction=correction
    )


def list_of_visit(request: Request) -> Answer:
    """List the amendments of a visit; the look is entered. With --seen mark one as seen first."""
    options = request.options
    with request.clinic() as (clinic, _):
        if options.seen is not None:
            clinic.require(RoleAct.SEE_AMENDMENT)
            show_visit(clinic, options.visit)
            see_amendment(clinic, options.visit, options.seen)
        view = show_visit(clinic, options.visit)
    lines = [f"{view.number} of {view.patient}: {counted(len(view.amendments), 'amendment')}"]
    for one in view.amendments:
        lines += amendment_lines(one)
    return Answer(
        {
            "visit": view.visit_id,
            "number": view.number,
            "amendments": [_json(one) for one in view.amendments],
            "error": None,
        },
        lines,
    )


def refile(request: Request) -> Answer:
    """Begin a visit for the right patient from one that was filed to the wrong one."""
    with request.clinic() as (clinic, _):
        view = show_visit(clinic, file_rightly(clinic, request.options.visit), opened=False)
    return Answer(
        {"visit": view.visit_id, "number": view.number, "state": view.state.value, "error": None},
        [f"{view.number}: draft for {view.patient}, of {view.document['started_at'][:10]}"],
    )


def chart(request: Request) -> Answer:
    """Write the newest signed or deferred revision of a visit as a PDF, with its amendments."""
    options = request.options
    with request.clinic() as (clinic, _):
        printed = print_chart(clinic, options.visit, options.out)
    return Answer(
        {"visit": options.visit, "file": str(printed.file), "error": None},
        [f"Written to {printed.file}; it is not encrypted."],
    )


def patient_chart(request: Request) -> Answer:
    """Write every signed or deferred visit of a person as one PDF."""
    options = request.options
    with request.clinic() as (clinic, _):
        printed = print_patient_chart(clinic, options.patient, options.out, watch=telling(request.clock))
    return Answer(
        {"patient": options.patient, "file": str(printed.file), "error": None},
        [f"Written to {printed.file}; it is not encrypted."],
    )


def _change(path: str, old: str | None, new: str | None) -> str:
    before, after = (words_of_value(one) if one is not None else "(nothing)" for one in (old, new))
    return f"{words_of_path(path)}: {before} -> {after}"


def amendment_lines(one: AmendmentView) -> list[str]:
    """One amendment as it is read before anything is decided on its visit."""
    lines = [
        f"  {one.position}. {one.kind.value.replace('_', ' ')}, {one.signed_at:%Y-%m-%d %H:%M} by {one.name}"
    ]
    if one.correction is not None:
        lines.append(f"     {_change(one.correction.path, one.correction.old, one.correction.new)}")
    lines += [f"     {one.text}"] if one.text else []
    lines += [f"     it happened {one.happened_at:%Y-%m-%d %H:%M}"] if one.happened_at else []
    lines += [f"     belongs to {one.right_record_number}"] if one.right_record_number else []
    lines += [f"     reason: {one.reason}"] if one.reason else []
    lines += [f"     {finding_line(found)}" for found in one.findings]
    lines.append(f"     seen by {one.seen_by}" if one.seen_by else "     no director has seen it yet")
    lines += [f"     DOES NOT HOLD: {one.said}"] if one.said else []
    return lines


def _json(one: AmendmentView) -> dict[str, Any]:
    correction = one.correction
    return {
        "amendment": one.position,
        "kind": one.kind.value,
        "revision": one.revision,
        "text": one.text,
        "reason": one.reason,
        "happened_at": one.happened_at.isoformat() if one.happened_at else None,
        "field": correction.path if correction else None,
        "old": words_of_value(correction.old) if correction and correction.old is not None else None,
        "new": words_of_value(correction.new) if correction and correction.new is not None else None,
        "right_patient": one.right_record_number or None,
        "signed_by": one.name,
        "signed_at": one.signed_at.isoformat(),
        "sha256": one.sha256,
        "seen_by": one.seen_by or None,
        "seen_at": one.seen_at.isoformat() if one.seen_at else None,
        "standing": one.standing.value,
        "findings": [found_json(found) for found in one.findings],
    }
