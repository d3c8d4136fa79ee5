"""Round the rows of areas: what rules the one that the keyboard is in, and its further fields."""

import itertools
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from mnclinic.domain.depth import usual_sentence
from mnclinic.domain.finding import Finding, Outcome, PassedBy
from mnclinic.domain.treatment import Area, Endpoint, Side, TreatmentLine
from mnclinic.services.show_visit import AreaChoice
from mnclinic.ui.elements import Chip, ChipLook, column, label, row
from mnclinic.ui.forms.fields import State
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import restyle
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.visits.forms import LINES
from mnclinic.ui.words import plain, side_words

WITHIN = ChipLook("Within the limit", "circle-check", Tone.COMPLETE)
NO_DEPTH = ChipLook("No depth yet", "circle-dashed", Tone.DRAFT)
OVER = ChipLook("Over the limit", "octagon-x", Tone.STOP)
DIRECTORS = ChipLook("Needs the director", "stamp", Tone.DIRECTOR)
UNUSUAL = ChipLook("Needs a reason", "triangle-alert", Tone.SOON)


def line_of_row(texts: State) -> TreatmentLine | None:
    """A row as the rule of depth takes it; None while its area or depth cannot be read."""
    read = {field.key: field.read(texts.get(field.key, "")) for field in LINES.fields}
    area, depth, passes = read["area"], read["depth_mm"], read["passes"]
    if not area.is_read or not depth.is_read:
        return None
    side = Side(read["side"].value) if read["side"].is_read else Side.MIDLINE
    # What was seen says nothing of how deep it may go.
    count = int(passes.value) if passes.is_read else 1
    return TreatmentLine(Area(area.value), side, Decimal(depth.value), count, Endpoint.ERYTHEMA)


def live_findings(texts: State, choice: AreaChoice | None) -> tuple[Finding, ...]:
    """What the gate's rule of depth says of a row as it is typed."""
    line = line_of_row(texts)
    return choice.findings_of(line) if choice is not None and line is not None else ()


def area_words(texts: State) -> str:
    """The place of a row by name: "Cheek, right side"; empty while no area is chosen."""
    if not texts.get("area"):
        return ""
    words = plain(texts["area"])
    return f"{words}, {side_words(texts['side']).lower()}" if texts.get("side") else words


def look_of(texts: State, findings: Sequence[Finding]) -> ChipLook:
    """How a row stands against its limits: the worst of what was found."""
    if any(one.outcome is Outcome.REFUSED and one.passed_by is PassedBy.NOBODY for one in findings):
        return OVER
    if any(one.outcome is Outcome.REFUSED for one in findings):
        return DIRECTORS
    if findings:
        return UNUSUAL
    return WITHIN if line_of_row(texts) is not None else NO_DEPTH


class LimitStrip(QFrame):
    """What rules the area that the keyboard is in, and how what is typed stands to it.

    It always has as many lines, so that nothing below it moves while somebody types.
    """

    def __init__(self) -> None:
        """Make it, hidden."""
        super().__init__()
        self.setObjectName("well")
        lines = column(self, gap=Space.TIGHT, margin=Space.MEDIUM)
        head = row(gap=Space.SMALL)
        self.title = label("", Type.STRONG, wraps=True)
        self.chip = Chip(NO_DEPTH)
        head.addWidget(self.title, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(head)
        self.limit = label("", Type.BODY, wraps=True)
        self.limit.setObjectName("treatment.limit")
        self.against = label("", Type.SMALL, "muted", wraps=True)
        self.against.setObjectName("treatment.against")
        lines.addWidget(self.limit)
        lines.addWidget(self.against)
        self.hide()

    def show_area(self, words: str, texts: State, choice: AreaChoice | None) -> None:
        """Show how a row stands against what rules it, as it is typed."""
        found = live_findings(texts, choice)
        self.title.setText(words or self.tr("No area chosen yet"))
        self.chip.show_look(look_of(texts, found))
        self.limit.setText(
            spoken(choice.sentence) if choice else self.tr("Choose an area: then its limit stands here.")
        )
        usual = spoken(usual_sentence(choice.limits)) if choice else ""
        # The hardest of them; below the row stands each.
        self.against.setText(spoken(found[0].message) if found else usual)
        tint = "stop" if found else "muted"
        if self.against.property("tint") != tint:
            self.against.setProperty("tint", tint)
            restyle(self.against)


class DetailsBox(QFrame):
    """The further fields of the area that the keyboard is in."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.setObjectName("well")
        lines = column(self, gap=Space.SMALL, margin=Space.MEDIUM)
        self.title = label("", Type.STRONG, wraps=True)
        lines.addWidget(self.title)
        self._details: QWidget | None = None
        self._holder = column(gap=0)
        lines.addLayout(self._holder)
        self.hide()

    def hold(self, words: str, details: QWidget, controls: Sequence[QWidget], after: QWidget) -> None:
        """Show those of another row; `words` name its area. The keyboard comes to them from `after`."""
        self.title.setText(
            self.tr("More of: {area} (F8)").format(area=words) if words else self.tr("More of this line (F8)")
        )
        if details is self._details:
            return
        if self._details is not None:
            self._details.hide()
        self._details = details
        if details.parentWidget() is not self:
            self._holder.addWidget(details)
            details.destroyed.connect(self._forget)
            # A widget that comes into the window later is put anywhere in the order of the keyboard.
            for one, other in itertools.pairwise([after, *controls]):
                QWidget.setTabOrder(one, other)
        details.show()

    def _forget(self) -> None:
        self._details = None
