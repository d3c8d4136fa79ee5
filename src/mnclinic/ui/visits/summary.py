"""A visit to read: exceptions first, then what was done, then who signed."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mnclinic.domain.finding import Finding, Outcome
from mnclinic.services.show_visit import VisitView
from mnclinic.services.standing import Standing
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Card, Chip, ChipLook, column, facts_grid, label, row
from mnclinic.ui.log.ways import way_button
from mnclinic.ui.signature_pad import SignaturePad
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import REVIEW_REASONS, day_words, instant_words, plain, standing_look

OUTCOME_LOOK = {
    Outcome.REFUSED: ChipLook("Stop", "octagon-x", Tone.STOP),
    Outcome.WARNED: ChipLook("Needs a reason", "triangle-alert", Tone.SOON),
    Outcome.REASON_GIVEN: ChipLook("Reason given", "message-square-warning", Tone.SOON),
    Outcome.RELEASED: ChipLook("Released", "stamp", Tone.DIRECTOR),
    Outcome.AUTHORISED: ChipLook("Authorised", "shield-check", Tone.DIRECTOR),
}

DEPTH_PLACE = 2
MEANINGS = {
    "performed": "Performed",
    "approved": "Reviewed and approved",
    "returned": "Returned with a question",
    "released": "Released for treatment",
}


def finding_row(finding: Finding) -> QWidget:
    """One finding: what became of it, what it says, and the reason."""
    line = QWidget()
    parts = row(line, gap=Space.MEDIUM)
    chip = Chip(OUTCOME_LOOK[finding.outcome])
    parts.addWidget(chip)
    words = column(gap=Space.HAIR)
    words.addWidget(label(finding.message, Type.BODY, wraps=True))
    if finding.reason:
        words.addWidget(label(finding.reason, Type.SMALL, "muted", wraps=True))
    parts.addLayout(words, 1)
    return line


def lines_grid(view: VisitView) -> QWidget:
    """The treated areas as a plain table of words."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Space.PAGE)
    grid.setVerticalSpacing(Space.SMALL)
    for number, title in enumerate(("Area", "Side", "Depth", "Passes", "Endpoint", "Note")):
        grid.addWidget(label(title, Type.COLUMN, "muted"), 0, number)
    for number, line in enumerate(view.document.get("lines", ()), start=1):
        cells = (
            plain(line["area"]),
            line["side"],
            f"{line['depth_mm']} mm",
            str(line["passes"]),
            plain(line["endpoint"]),
            line.get("note", ""),
        )
        for place, words in enumerate(cells):
            grid.addWidget(label(words, Type.STRONG if place == DEPTH_PLACE else Type.BODY), number, place)
    grid.setColumnStretch(5, 1)
    return holder


def _exceptions(view: VisitView, desk: Desk) -> Card:
    """What a reader has to see before anything else."""
    reasons = ", ".join(REVIEW_REASONS.get(word, plain(word)) for word in view.review_reasons)
    exceptions = Card("What to look at", (reasons and f"Sent for review: {reasons}.") or "")
    if view.standing is not Standing.HOLDS:
        line = QWidget()
        parts = row(line, gap=Space.MEDIUM)
        parts.addWidget(Chip(standing_look(view.standing)))
        said = " ".join((*view.wrong, "Do not rely on this record: run the check under Inspection."))
        parts.addWidget(label(said, Type.STRONG, wraps=True), 1)
        exceptions.add(line)
    if view.solo_statement:
        exceptions.add(label(view.solo_statement, Type.STRONG, wraps=True))
    for event in view.events:
        look = ChipLook(f"Adverse event, grade {event.grade}", "heart-pulse", Tone.STOP)
        line = QWidget()
        parts = row(line, gap=Space.MEDIUM)
        parts.addWidget(Chip(look))
        parts.addWidget(
            label(f"{event.event} · noted {day_words(event.noted_on)}. {event.note}", wraps=True), 1
        )
        name = f"visit.event_history.{event.event_id}"
        parts.addWidget(way_button(desk, name, f"adverse_event:{event.event_id}"))
        exceptions.add(line)
    for finding in view.verdict.findings:
        exceptions.add(finding_row(finding))
    if view.reason:
        exceptions.add(label(f"{plain(view.state.value)}: {view.reason}", Type.STRONG, wraps=True))
    if not (view.verdict.findings or view.events or view.reason) and view.standing is Standing.HOLDS:
        exceptions.add(label("Nothing stands out: every light is ready.", tint="muted"))
    return exceptions


def summary_cards(view: VisitView, desk: Desk) -> list[Card]:
    """The cards that show a visit, exceptions first."""
    cards = [_exceptions(view, desk)]
    document = view.document
    treated = Card("Treatment", f"{view.protocol_words} · {view.policy_words}")
    if document.get("lines"):
        treated.add(lines_grid(view))
    else:
        treated.add(label("No treated area is recorded.", tint="muted"))
    cartridge = document.get("cartridge", {})
    treated.add(
        facts_grid(
            [
                ("Device", document.get("device", "")),
                ("Cartridge", _cartridge(cartridge)),
                ("Topicals", ", ".join(one["name"] for one in document.get("topicals", ()))),
                ("Started", _instant(document.get("started_at"))),
                ("Ended", _instant(document.get("ended_at"))),
            ]
        )
    )
    cards.append(treated)

    basis = Card("Exam, order and consent")
    exam, order = document.get("exam"), document.get("order")
    consent = document.get("consent")
    basis.add(
        facts_grid(
            [
                (
                    "Exam",
                    f"{exam['examined_on']} by {exam['examiner']}, {plain(exam['modality']).lower()}: "
                    f"{plain(exam['result']).lower()}"
                    if exam
                    else "",
                ),
                (
                    "Order",
                    f"{order['ordered_on']} by {order['ordered_by']}, to {order['valid_to']}"
                    if order
                    else "",
                ),
                (
                    "Consent",
                    f"{plain(consent['form'])} v{consent['version']} ({consent['language']}), "
                    f"signed {_instant(consent['signed_at'])}"
                    if consent
                    else "",
                ),
            ]
        )
    )
    if consent:
        pad = SignaturePad()
        pad.show_strokes(consent["signature"]["strokes"], locked=True)
        pad.setFocusPolicy(pad.focusPolicy().NoFocus)
        pad.setMaximumWidth(360)
        pad.setAccessibleName("The patient's signature")
        basis.add(pad)
    cards.append(basis)

    if view.signatures:
        signed = Card("Signatures", f"Record {view.record_sha256[:16]}… · revision {view.revision}")
        for signature in view.signatures:
            words = column(gap=Space.HAIR)
            words.addWidget(
                label(
                    f"{MEANINGS[signature.meaning]} by {signature.name}, {signature.credential}"
                    + (f" (licence {signature.licence})" if signature.licence else ""),
                    Type.STRONG,
                    wraps=True,
                )
            )
            words.addWidget(
                label(
                    f"{instant_words(signature.signed_at)} · revision {signature.revision} · "
                    f"key {signature.key[:16]}…",
                    Type.SMALL,
                    "muted",
                )
            )
            if signature.reason:
                words.addWidget(label(signature.reason, wraps=True))
            if signature.said:
                words.addWidget(label(signature.said, Type.STRONG, wraps=True))
            holder = QWidget()
            beside = row(holder, gap=Space.MEDIUM)
            beside.addLayout(words, 1)
            beside.addWidget(Chip(standing_look(signature.standing)), 0, Qt.AlignmentFlag.AlignTop)
            signed.add(holder)
        cards.append(signed)
    return cards


def _instant(text: str | None) -> str:
    return instant_words(datetime.fromisoformat(text)) if text else ""


def _cartridge(cartridge: dict[str, str]) -> str:
    if not cartridge:
        return ""
    parts = [f"lot {cartridge['lot']}"]
    if cartridge.get("expires_on"):
        parts.append(f"expires {cartridge['expires_on']}")
    return ", ".join(parts)
