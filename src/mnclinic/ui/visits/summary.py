"""A visit to read: exceptions first, then what was done, then who signed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mnclinic.domain.finding import Finding, Outcome
from mnclinic.services.show_visit import VisitView
from mnclinic.services.standing import Standing
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import LARGE_TEXT, Card, Chip, ChipLook, column, facts_grid, label, row
from mnclinic.ui.forms.builder import facts_of, said
from mnclinic.ui.forms.fields import QT_TRANSLATE_NOOP
from mnclinic.ui.language import spoken
from mnclinic.ui.log.ways import way_button
from mnclinic.ui.long_words import breakable
from mnclinic.ui.signature_pad import SignaturePad
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.visits.care_summary import care_card, photos_card
from mnclinic.ui.visits.exam_fields import EXAM_BESIDES, ORDER_BESIDES, OUTSIDE
from mnclinic.ui.visits.forms import (
    BLEEDINGS,
    IDENTITY,
    LINES,
    NOTE,
    PATTERNS,
    SUPERVISOR,
    WANTED,
    choices_of,
    state_of,
)
from mnclinic.ui.visits.parts import clock_of
from mnclinic.ui.words import (
    TELEPHONED,
    day_words,
    instant_words,
    plain,
    review_words,
    side_words,
    standing_look,
)

OUTCOME_LOOK = {
    Outcome.REFUSED: ChipLook("Stop", "octagon-x", Tone.STOP),
    Outcome.WARNED: ChipLook("Needs a reason", "triangle-alert", Tone.SOON),
    Outcome.REASON_GIVEN: ChipLook("Reason given", "message-square-warning", Tone.SOON),
    Outcome.RELEASED: ChipLook("Released", "stamp", Tone.DIRECTOR),
    Outcome.AUTHORISED: ChipLook("Authorised", "shield-check", Tone.DIRECTOR),
    Outcome.TELEPHONED: TELEPHONED,
}

DEPTH_PLACE, NOTE_PLACE = 2, 5
WHO_AND_WHAT = QT_TRANSLATE_NOOP("forms", "Identity, treatment wanted, note")
MEANINGS = {
    "performed": "Performed",
    "approved": "Reviewed and approved",
    "returned": "Returned with a question",
    "released": "Released for treatment",
}


def name_of(view: VisitView, user: str) -> str:
    """Somebody of the staff in the printed name; who works here no more is called by the log-in's name."""
    return dict(view.care.people).get(user, user)


def finding_row(finding: Finding) -> QWidget:
    """One finding: what became of it, what it says, and the reason."""
    line = QWidget()
    parts = row(line, gap=Space.MEDIUM)
    chip = Chip(OUTCOME_LOOK[finding.outcome])
    parts.addWidget(chip)
    words = column(gap=Space.HAIR)
    words.addWidget(label(spoken(finding.message), Type.BODY, wraps=True))
    if finding.reason:
        words.addWidget(label(breakable(spoken(finding.reason)), Type.SMALL, "muted", wraps=True))
    parts.addLayout(words, 1)
    return line


def lines_grid(view: VisitView) -> QWidget:
    """The treated areas as a plain table of words, or a few words each where the text is large."""
    holder = QWidget()
    if theme().text_scale >= LARGE_TEXT:
        lines = column(holder, gap=Space.SMALL)
        for line in view.document.get("lines", ()):
            lines.addWidget(label(line_words(line), Type.STRONG, wraps=True))
            if line.get("note"):
                lines.addWidget(label(breakable(line["note"]), wraps=True))
        return holder
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Space.PAGE)
    grid.setVerticalSpacing(Space.SMALL)
    note = next(field for field in LINES.besides if field.key == "note")
    for number, field in enumerate((*LINES.fields, note)):
        grid.addWidget(label(said(field.words), Type.COLUMN, "muted"), 0, number)
    for number, line in enumerate(view.document.get("lines", ()), start=1):
        cells = (
            plain(line["area"]),
            side_words(line["side"]),
            f"{line['depth_mm']} mm",
            str(line["passes"]),
            plain(line["endpoint"]),
            "; ".join(one for one in (line_besides(line), breakable(line.get("note", ""))) if one),
        )
        for place, words in enumerate(cells):
            style = Type.STRONG if place == DEPTH_PLACE else Type.BODY
            grid.addWidget(label(words, style, wraps=place == NOTE_PLACE), number, place)
    grid.setColumnStretch(NOTE_PLACE, 1)
    return holder


def line_words(line: dict[str, Any]) -> str:
    """One treated area in a line: where, how deep, how often, and what was seen."""
    where = f"{plain(line['area'])}, {side_words(line['side'])}"
    words = f"{where}: {line['depth_mm']} mm × {line['passes']}, {plain(line['endpoint'])}"
    besides = line_besides(line)
    return f"{words}; {besides}" if besides else words


def line_besides(line: dict[str, Any]) -> str:
    """What a line holds beside its columns: speed, pattern, bleeding, pain and times, each with its unit."""
    words = []
    if "speed_rpm" in line:
        words.append(spoken("{speed} rpm").format(speed=line["speed_rpm"]))
    options = {one.code: one.words for one in PATTERNS}
    if "pattern" in line:
        words.append(said(options[line["pattern"]]).lower())
    options = {one.code: one.words for one in BLEEDINGS}
    if "bleeding" in line:
        seen = said(options[line["bleeding"]])
        is_none = line["bleeding"] == "none"
        words.append(seen.lower() if is_none else spoken("bleeding: {seen}").format(seen=seen.lower()))
    if "tolerance" in line:
        words.append(spoken("pain {pain} of 10").format(pain=line["tolerance"]))
    if "started_at" in line:
        words.append(spoken("begun {clock}").format(clock=clock_of(line["started_at"])))
    if "ended_at" in line:
        words.append(spoken("done {clock}").format(clock=clock_of(line["ended_at"])))
    return ", ".join(words)


def _exceptions(view: VisitView, desk: Desk) -> Card:
    """What a reader has to see before anything else."""
    reasons = review_words(view.review_reasons)
    sent = spoken("Sent for review: {reasons}.").format(reasons=reasons) if reasons else ""
    exceptions = Card(spoken("What to look at"), sent)
    if view.standing is not Standing.HOLDS:
        line = QWidget()
        parts = row(line, gap=Space.MEDIUM)
        parts.addWidget(Chip(standing_look(view.standing)))
        warning = spoken("Do not rely on this record: run the check under Inspection.")
        said = " ".join((*map(spoken, view.wrong), warning))
        parts.addWidget(label(said, Type.STRONG, wraps=True), 1)
        exceptions.add(line)
    if view.solo_statement:
        exceptions.add(label(spoken(view.solo_statement), Type.STRONG, wraps=True))
    if view.late_entered_at is not None:
        said = spoken("Late entry: entered {at}, after the visit.")
        at = instant_words(desk.local(view.late_entered_at))
        exceptions.add(label(said.format(at=at), Type.STRONG, wraps=True))
    for event in view.events:
        look = ChipLook(
            spoken("Adverse event, grade {grade}").format(grade=event.grade), "heart-pulse", Tone.STOP
        )
        line = QWidget()
        parts = row(line, gap=Space.MEDIUM)
        parts.addWidget(Chip(look))
        parts.addWidget(
            label(
                spoken("{event} · noted {day}. {note}").format(
                    event=spoken(event.event), day=day_words(event.noted_on), note=event.note
                ),
                wraps=True,
            ),
            1,
        )
        name = f"visit.event_history.{event.event_id}"
        parts.addWidget(way_button(desk, name, f"adverse_event:{event.event_id}"))
        exceptions.add(line)
    for finding in view.verdict.findings:
        exceptions.add(finding_row(finding))
    if view.reason:
        exceptions.add(label(f"{plain(view.state.value)}: {view.reason}", Type.STRONG, wraps=True))
    stands_out = view.verdict.findings or view.events or view.reason or view.late_entered_at
    if not stands_out and view.standing is Standing.HOLDS:
        exceptions.add(label(spoken("Nothing stands out: every light is ready."), tint="muted", wraps=True))
    return exceptions


def summary_cards(view: VisitView, desk: Desk) -> list[Card]:
    """The cards that show a visit, exceptions first."""
    cards = [_exceptions(view, desk)]
    document = view.document
    treated = Card(spoken("Treatment"), f"{spoken(view.protocol_words)} · {spoken(view.policy_words)}")
    if document.get("lines"):
        treated.add(lines_grid(view))
    else:
        treated.add(label(spoken("No treated area is recorded."), tint="muted"))
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
    cards += [card for card in (care_card(view), photos_card(view)) if card is not None]

    filled_in = Card(said(WHO_AND_WHAT))
    supervision = (SUPERVISOR,) if document.get("supervised_by") else ()
    fields = (*IDENTITY, *WANTED, *supervision, NOTE)
    filled_in.add(facts_grid(facts_of(fields, state_of(view), choices_of(view))))
    cards.append(filled_in)

    basis = Card(spoken("Exam, order and consent"))
    exam, order = document.get("exam"), document.get("order")
    consent = document.get("consent")
    basis.add(
        facts_grid(
            [
                (
                    "Exam",
                    spoken("{day} by {name}, {how}: {result}").format(
                        day=exam["examined_on"],
                        name=name_of(view, exam["examiner"]),
                        how=plain(exam["modality"]).lower(),
                        result=plain(exam["result"]).lower(),
                    )
                    if exam
                    else "",
                ),
                (
                    "Order",
                    spoken("{day} by {name}, to {valid_to}").format(
                        day=order["ordered_on"],
                        name=name_of(view, order["ordered_by"]),
                        valid_to=order["valid_to"],
                    )
                    if order
                    else "",
                ),
                *(("Order by telephone", _telephoned(one)) for one in document.get("telephone_orders", ())),
                (
                    "Consent",
                    spoken("{form} v{version} ({language}), signed {at}").format(
                        form=plain(consent["form"]),
                        version=consent["version"],
                        language=consent["language"],
                        at=_instant(consent["signed_at"]),
                    )
                    if consent
                    else "",
                ),
            ]
        )
    )
    state = state_of(view)
    besides = [field for field in (*EXAM_BESIDES, *OUTSIDE, *ORDER_BESIDES) if state.get(field.key)]
    if besides:
        basis.add(facts_grid(facts_of(besides, state, choices_of(view))))
    strokes = ((consent or {}).get("signature") or {}).get("strokes")
    if strokes:
        pad = SignaturePad()
        pad.show_strokes(strokes, locked=True)
        pad.setFocusPolicy(pad.focusPolicy().NoFocus)
        pad.setMaximumWidth(360)
        pad.setAccessibleName(spoken("Signature of whoever consents"))
        basis.add(pad)
    cards.append(basis)

    if view.signatures:
        signed = Card(
            spoken("Signatures"),
            spoken("Record {hash}… · revision {revision}").format(
                hash=view.record_sha256[:16], revision=view.revision
            ),
        )
        for signature in view.signatures:
            words = column(gap=Space.HAIR)
            words.addWidget(
                label(
                    spoken("{what} by {name}, {credential}").format(
                        what=spoken(MEANINGS[signature.meaning]),
                        name=signature.name,
                        credential=signature.credential,
                    )
                    + (
                        spoken(" (licence {number})").format(number=signature.licence)
                        if signature.licence
                        else ""
                    ),
                    Type.STRONG,
                    wraps=True,
                )
            )
            words.addWidget(
                label(
                    spoken("{at} · revision {revision} · key {key}…").format(
                        at=instant_words(signature.signed_at),
                        revision=signature.revision,
                        key=signature.key[:16],
                    ),
                    Type.SMALL,
                    "muted",
                    wraps=True,
                )
            )
            if signature.reason:
                words.addWidget(label(signature.reason, wraps=True))
            if signature.said:
                words.addWidget(label(spoken(signature.said), Type.STRONG, wraps=True))
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
    if not cartridge.get("expires_on"):
        return spoken("lot {lot}").format(lot=cartridge["lot"])
    return spoken("lot {lot}, expires {day}").format(lot=cartridge["lot"], day=cartridge["expires_on"])


def _telephoned(order: Mapping[str, Any]) -> str:
    """An order by telephone: two names, both moments, the exact words."""
    return spoken("{director}, {at}; taken by {taker}, read back {read_back}: {words}").format(
        director=order["director"],
        at=_instant(order["ordered_at"]),
        taker=order["taken_by"],
        read_back=_instant(order["read_back_at"]),
        words=order["words"],
    )
