"""What was signed about a visit later, read before the care: the old value struck through beside the new."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from mnclinic.domain.amendment import AmendmentKind, Correction
from mnclinic.domain.finding import Finding, PassedBy
from mnclinic.services.amendment_rows import AmendmentView
from mnclinic.services.show_visit import VisitView
from mnclinic.services.standing import Standing
from mnclinic.ui.elements import Card, Chip, ChipLook, button, column, flow, label, row
from mnclinic.ui.language import spoken
from mnclinic.ui.long_words import breakable
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.visits.amending import kinds_for
from mnclinic.ui.visits.document_words import value_words
from mnclinic.ui.visits.field_words import words_of
from mnclinic.ui.words import instant_words, standing_look

LONGEST_IN_LINE = 40
"""Characters of a value up to which the old and the new one stand in one line."""

LOOKS = {
    AmendmentKind.ADDENDUM: ChipLook("Addendum", "plus", Tone.INFO),
    AmendmentKind.CORRECTION: ChipLook("Correction", "pen-line", Tone.SOON),
    AmendmentKind.LATE_ENTRY: ChipLook("Late entry", "file-clock", Tone.SOON),
    AmendmentKind.WRONG_PATIENT: ChipLook("Wrong patient", "user-round", Tone.STOP),
}

FOUND_LOOKS = {
    PassedBy.NOBODY: ChipLook("Nobody may pass this", "octagon-x", Tone.STOP),
    PassedBy.DIRECTOR: ChipLook("The director decides", "signature", Tone.SOON),
    PassedBy.PERFORMER: ChipLook("Unusual", "info", Tone.INFO),
}
"""What a corrected value brings to light, by who may pass such a thing."""


def _way(kind: AmendmentKind) -> str:
    match kind:
        case AmendmentKind.ADDENDUM:
            return spoken("Add to the record …")
        case AmendmentKind.CORRECTION:
            return spoken("Correct a field …")
        case AmendmentKind.LATE_ENTRY:
            return spoken("Enter late …")
        case AmendmentKind.WRONG_PATIENT:
            return spoken("Wrong patient …")


def amendments_card(
    view: VisitView,
    *,
    amend: Callable[[AmendmentKind], None],
    see: Callable[[int], None] | None,
    begin_rightly: Callable[[], None] | None,
) -> Card | None:
    """The card with every amendment and the ways to sign another; None where there is neither.

    `see` is what the director does to mark one as seen, `begin_rightly` begins the right patient's visit.
    """
    kinds = kinds_for(view)
    if not view.amendments and not kinds:
        return None
    card = Card(
        spoken("Amendments"),
        spoken("What was signed stays as it is. Each amendment is a signed record of its own."),
    )
    for one in view.amendments:
        card.add(_amendment(view, one, see))
    if view.amendments and begin_rightly is not None:
        right = next(one for one in view.amendments if one.right_record_number)
        words = spoken("Begin the right patient's visit, {record}").format(record=right.right_record_number)
        begin = button(words, "visit.file_rightly", shape="file-pen-line", pressed=begin_rightly)
        holder = QWidget()
        line = row(holder)
        line.addWidget(begin)
        line.addStretch(1)
        card.add(holder)
    if kinds:
        ways = QWidget()
        side_by_side = flow()
        ways.setLayout(side_by_side)
        for kind in kinds:
            made = button(_way(kind), f"visit.amend.{kind.value}", shape=LOOKS[kind].shape)
            made.clicked.connect(lambda _checked=False, which=kind: amend(which))
            side_by_side.addWidget(made)
        card.add(ways)
    return card


def _amendment(view: VisitView, one: AmendmentView, see: Callable[[int], None] | None) -> QWidget:
    holder = QWidget()
    line = row(holder, gap=Space.MEDIUM)
    line.addWidget(Chip(LOOKS[one.kind]), 0, Qt.AlignmentFlag.AlignTop)
    words = column(gap=Space.HAIR)
    if one.correction is not None:
        words.addWidget(_correction(view, one.correction))
    if one.kind is AmendmentKind.WRONG_PATIENT:
        whose = (
            spoken("It belongs to {name}, {record}.").format(
                name=breakable(one.right_name), record=one.right_record_number
            )
            if one.right_record_number
            else spoken("Whose visit it is was not known.")
        )
        words.addWidget(label(whose, Type.STRONG, wraps=True))
    if one.text:
        words.addWidget(label(breakable(one.text), wraps=True))
    if one.happened_at is not None:
        at = spoken("It happened {at}").format(at=instant_words(one.happened_at))
        words.addWidget(label(at, Type.STRONG, wraps=True))
    for finding in one.findings:
        words.addWidget(found_line(finding))
    if one.reason:
        reason = spoken("Reason: {reason}").format(reason=breakable(one.reason))
        words.addWidget(label(reason, wraps=True))
    signed = spoken("{count}. Signed {at} by {name}, {credential} (licence {licence})").format(
        count=one.position,
        at=instant_words(one.signed_at),
        name=one.name,
        credential=one.credential,
        licence=one.licence,
    )
    words.addWidget(label(signed, Type.SMALL, "muted", wraps=True))
    if one.revision != view.revision:
        about = spoken("It amends revision {revision}").format(revision=one.revision)
        words.addWidget(label(about, Type.SMALL, "muted", wraps=True))
    seen = spoken("No director has seen it yet")
    if one.seen_at is not None:
        seen = spoken("Seen by {name}, {at}").format(name=one.seen_by, at=instant_words(one.seen_at))
    words.addWidget(label(seen, Type.SMALL, "muted", wraps=True))
    if one.said:
        words.addWidget(label(spoken(one.said), Type.STRONG, wraps=True))
    line.addLayout(words, 1)
    if one.standing is not Standing.HOLDS:
        line.addWidget(Chip(standing_look(one.standing)), 0, Qt.AlignmentFlag.AlignTop)
    if see is not None and one.seen_at is None:
        mark = button(spoken("I have seen this"), f"visit.amendment_seen.{one.position}", shape="eye")
        mark.clicked.connect(lambda _checked=False, position=one.position: see(position))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    return holder


def found_line(finding: Finding) -> QWidget:
    """What a corrected value brings to light, with who may pass such a thing."""
    holder = QWidget()
    line = row(holder, gap=Space.SMALL)
    line.addWidget(Chip(FOUND_LOOKS[finding.passed_by]), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(spoken(finding.message), wraps=True), 1)
    return holder


def _correction(view: VisitView, correction: Correction) -> QWidget:
    """Field, old value under its line, new value: read in this order by whoever listens, too."""
    empty = spoken("left empty")
    was, held = (value_words(correction.path, one) or empty for one in (correction.old, correction.new))
    is_long = max(len(was), len(held)) > LONGEST_IN_LINE
    holder = QWidget()
    line: QLayout = column(gap=Space.HAIR) if is_long else flow()
    holder.setLayout(line)
    line.addWidget(label(f"{words_of(correction.path, view)}:", wraps=is_long))
    old = label(breakable(was) if is_long else was, tint="muted", wraps=is_long)
    if correction.old is not None:
        font = old.font()
        font.setStrikeOut(True)
        old.setFont(font)
    old.setAccessibleName(spoken("As signed: {value}").format(value=was))
    line.addWidget(old)
    new = label(breakable(held) if is_long else held, Type.STRONG, wraps=is_long)
    new.setAccessibleName(spoken("Corrected: {value}").format(value=held))
    line.addWidget(label("→", tint="muted"))
    line.addWidget(new)
    return holder
