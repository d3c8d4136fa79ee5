"""`visit record`, `visit telephone-order`, `visit read-back` and `sign`."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from mnclinic.cli.amendments import amendment_lines
from mnclinic.cli.answer import REFUSED, Answer, say
from mnclinic.cli.request import Request, read_secret
from mnclinic.domain.derived_doses import derived_of_anaesthetic
from mnclinic.domain.finding import Finding
from mnclinic.domain.policy import AnaestheticRule
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import ActionRefused, InvalidInput, Refusal
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.read_back_label import LabelRead, read_back_label
from mnclinic.services.read_documents import read_json_file
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit, release_visit, return_visit
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.show_visit import VisitView, show_visit
from mnclinic.services.standing import Standing
from mnclinic.services.telephone_order import NewTelephoneOrder, take_telephone_order

NOT_SHOWN = Refusal(
    "not_shown",
    "What is decided on was not shown to the end, because nothing reads standard error any more. Nothing was "
    "signed. Run the command again without cutting its output short.",
)


def record(request: Request) -> Answer:
    """Record a whole visit from one JSON document."""
    document = read_json_file(request.options.file)
    if not isinstance(document, dict):
        raise InvalidInput(
            "The file holds no visit document. Nothing was stored. See: mnclinic schema visit."
        )
    with (
        request.clinic() as (clinic, password),
        _told_who_knows(clinic),
        signer(clinic, password, factor=request.options.key_file) as by,
    ):
        recorded = record_visit(clinic, document, by, shown="command")
    refusals = [{"code": one.code, "message": one.message} for one in recorded.refusals]
    warnings = [_warning(finding) for finding in recorded.verdict.warnings]
    answer: dict[str, Any] = {
        "visit": recorded.visit_id,
        "number": recorded.number,
        "state": recorded.state,
        "refusals": refusals,
        "warnings": warnings,
        "earliest_on": None,
        "error": None,
    }
    lines = [f"{recorded.number}: {recorded.state}"]
    lines += [f"  refused: {one['message']}" for one in refusals]
    told = {one["code"] for one in refusals}
    lines += [f"  warning: {one['message']}" for one in warnings if one["code"] not in told]
    if not refusals:
        return Answer(answer, lines)
    earliest_on = recorded.verdict.earliest_on
    answer["earliest_on"] = earliest_on.isoformat() if earliest_on else None
    answer["error"] = {
        "code": "refused",
        "message": f"The gate refused {recorded.number}. It is kept as deferred, without treatment lines.",
    }
    return Answer(answer, lines, REFUSED)


def telephone_order(request: Request) -> Answer:
    """Enter what the director ordered by telephone, in the name of who took it."""
    options = request.options
    order = NewTelephoneOrder(
        director=options.director,
        codes=tuple(options.codes),
        words=options.words,
        ordered_at=options.at,
        read_back_at=options.read_back_at,
    )
    with request.clinic() as (clinic, _):
        taken = take_telephone_order(clinic, options.visit, None, order)
    standing = [{"code": one.code, "message": one.message} for one in taken.standing]
    return Answer(
        {
            "visit": taken.visit_id,
            "number": taken.number,
            "state": taken.state,
            "passed": list(taken.passed),
            "standing": standing,
            "error": None,
        },
        [
            f"{taken.number}: {taken.state}. The order is not signed by the director yet.",
            *(f"  still refused: {one['message']}" for one in standing),
        ],
    )


def read_back(request: Request) -> Answer:
    """Enter that two people read a tube's label back, the second with their own password."""
    options = request.options
    label = LabelRead(options.last_name, options.first_name, options.born_on)
    second = SecondPerson(options.second_user, read_secret(options.second_password_file))
    with request.clinic() as (clinic, _):
        done = read_back_label(clinic, options.visit, None, label, second)
    at = done.at.isoformat(timespec="seconds")
    return Answer(
        {"visit": done.visit_id, "number": done.number, "at": at, "count": done.count, "error": None},
        [f"{done.number}: the label was read back at {at} by both, {done.count} times in all."],
    )


@contextmanager
def _told_who_knows(clinic: OpenClinic) -> Iterator[None]:
    """Before a signature: that its password is known to somebody else."""
    if clinic.has_password_of_set_up:
        say(
            "Whoever set the clinic up knows the password that you sign with. Choose your own first: "
            "mnclinic user password"
        )
    yield


def _warning(finding: Finding) -> dict[str, str]:
    message = f"{finding.message} {finding.reason}".strip()
    return {"code": finding.code, "message": message, "outcome": finding.outcome.value}


def sign(request: Request) -> Answer:
    """Approve, return or release one visit as the director, after printing what is decided on."""
    options = request.options
    if options.send_back and not options.reason.strip():
        raise InvalidInput("A return needs a reason. Nothing was done. Give one with --reason.")
    act = RoleAct.APPROVE_VISIT if options.approve else RoleAct.RETURN_VISIT
    with request.clinic() as (clinic, password), _told_who_knows(clinic):
        # Before anything of the visit is shown to somebody who may not decide on it.
        clinic.require(RoleAct.RELEASE_VISIT if options.release else act)
        view = show_visit(clinic, options.visit)
        if not all([say(line) for line in review_text(view)]):
            raise ActionRefused([NOT_SHOWN])
        with signer(clinic, password, factor=options.key_file) as by:
            if options.approve:
                done = approve_visit(clinic, view.visit_id, view.edition, by, shown="command")
            elif options.release:
                done = release_visit(
                    clinic,
                    view.visit_id,
                    view.edition,
                    by,
                    options.reason,
                    shown="command",
                    seen=view.verdict,
                )
            else:
                done = return_visit(clinic, view.visit_id, view.edition, by, options.reason, shown="command")
    return Answer(
        {
            "visit": done.visit_id,
            "number": done.number,
            "state": done.state,
            "signature": done.signature,
            "error": None,
        },
        [f"{done.number}: {done.state}"],
    )


LINE_BESIDES = (
    ("speed_rpm", "rpm"),
    ("pattern", "pattern"),
    ("bleeding", "bleeding"),
    ("tolerance", "pain of 10:"),
    ("started_at", "from"),
    ("ended_at", "to"),
    ("note", "note:"),
)


def care_text(document: Mapping[str, Any]) -> list[str]:
    """Numbing, PRP and asepsis of a visit, with what follows from them."""
    read = read_visit_document(document)
    lines = []
    if read.anaesthetic is not None:
        derived = derived_of_anaesthetic(read.anaesthetic, AnaestheticRule())
        lines.append(f"  {read.anaesthetic.name}: {' '.join(one.words for one in derived)}".rstrip(": "))
    if read.prp_kit is not None:
        prp = read.prp_kit
        spins = [f"{one.rpm} rpm, {one.g_force:,.0f} x g, {one.minutes} min" for one in prp.spins]
        told = "; ".join(spins) or "no spin"
        lines.append(f"  PRP kit {prp.lot}: {told}; label read back {len(prp.read_back)} times")
    if read.asepsis:
        lines.append(f"  {len(read.asepsis)} steps of asepsis confirmed")
    return lines


def review_text(view: VisitView) -> list[str]:
    """What the director reads before deciding: exceptions first, then the treatment."""
    lines = [
        f"{view.number}  {view.patient}  {view.record_number}  {view.document['started_at']}",
        f"  {view.protocol_words}; {view.policy_words}",
    ]
    if view.standing is not Standing.HOLDS:
        lines.append(f"  [{view.standing.value}] {' '.join(view.wrong)}")
    if view.solo_statement:
        lines.append(f"  {view.solo_statement}")
    if view.late_entered_at is not None:
        lines.append(f"  Late entry: entered {view.late_entered_at.isoformat(timespec='seconds')}.")
    if view.amendments:
        lines.append("  Amended since it was signed; what stands below is what was signed:")
    lines += [line for one in view.amendments for line in amendment_lines(one)]
    lines += [
        f"  [{finding.outcome}] {finding.message} {finding.reason}" for finding in view.verdict.findings
    ]
    lines += [f"  [adverse event, grade {event.grade}] {event.event}" for event in view.events]
    lines += [
        f"  {line['area']} {line['side']}: {line['depth_mm']} mm x {line['passes']}, {line['endpoint']}"
        + "".join(f", {words} {line[key]}" for key, words in LINE_BESIDES if key in line)
        for line in view.document.get("lines", ())
    ]
    lines += care_text(view.document)
    lines += [f"  Note: {view.document['note']}"] if view.document.get("note") else []
    lines += [
        f"  {signature.meaning} by {signature.name}, {signature.credential}, "
        f"{signature.signed_at.isoformat(timespec='seconds')}: {signature.standing.value}"
        for signature in view.signatures
    ]
    if view.state is not VisitState.IN_REVIEW:
        lines.append(f"  State: {view.state}")
    return lines
