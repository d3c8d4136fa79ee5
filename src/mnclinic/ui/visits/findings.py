"""What the gate found in an open visit: beside the fields, and in lists with the performer's reasons."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSpacerItem, QWidget

from mnclinic.domain.finding import STANDING, Finding, Outcome
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.elements import Chip, button, clear, column, label, row
from mnclinic.ui.forms.controls import KEY, LineControl
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import restyle
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.visits.forms import ALONE, FIELD_OF_PLACE
from mnclinic.ui.visits.parts import read_reason, reason_key
from mnclinic.ui.visits.summary import OUTCOME_LOOK

ASKS_REASON = frozenset({Outcome.WARNED, Outcome.REASON_GIVEN})

BY_DIRECTOR = frozenset({Outcome.RELEASED, Outcome.AUTHORISED, Outcome.TELEPHONED})

_FIELDS = frozenset(field.key for field in ALONE)


def key_of(finding: Finding) -> str:
    """Where a finding is mended, as the form calls it: a field, a part, or a cell of a row."""
    where = FIELD_OF_PLACE.get(finding.where, finding.where)
    return where.replace("[", ".").replace("]", "")


def field_of(finding: Finding) -> str:
    """The field beside which a finding stands; empty where there is none."""
    key = FIELD_OF_PLACE.get(finding.where, finding.where)
    return key if key in _FIELDS else ""


def stands_beside(finding: Finding) -> bool:
    """Whether a finding is told beside its field: a refusal that somebody's entry led to."""
    return finding.outcome is Outcome.REFUSED and not finding.is_undone and bool(field_of(finding))


def beside_fields(findings: Iterable[Finding]) -> dict[str, list[str]]:
    """The sentences that stand beside each field."""
    told: dict[str, list[str]] = {}
    for finding in findings:
        if stands_beside(finding):
            told.setdefault(field_of(finding), []).append(spoken(finding.message))
    return told


def against_line(view: VisitView, number: int) -> dict[str, Sequence[str]]:
    """What the gate found in a treatment line of the document, by the line's field."""
    start = f"lines[{number}]."
    told: dict[str, list[str]] = {}
    for finding in view.verdict.findings:
        if finding.where.startswith(start) and finding.outcome is not Outcome.AUTHORISED:
            told.setdefault(finding.where.removeprefix(start), []).append(spoken(finding.message))
    return dict(told)


class _FindingRow(QWidget):
    """One finding; the field for a reason stays the same while its words change."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self._editing = editing
        self._parts = row(self, gap=Space.MEDIUM)
        self._chip: Chip | None = None
        words = column(gap=Space.TIGHT)
        self._above_chip, self._above_words = QSpacerItem(0, 0), QSpacerItem(0, 0)
        words.addItem(self._above_words)
        self._message = label("", wraps=True)
        self._passed = label("", Type.SMALL, "muted", wraps=True)
        self._reason: LineControl | None = None
        self._problem = label("", Type.SMALL, "stop", wraps=True)
        self._words = words
        self.way: QPushButton | None = None
        """Leads to where the finding is mended, where there is such a place."""
        for one in (self._message, self._passed, self._problem):
            words.addWidget(one)
        self._parts.addLayout(words, 1)
        # Beside a way, which is higher, the words stay beside the status.
        words.addStretch(1)

    @property
    def asks(self) -> QWidget | None:
        """The field of the reason, while that is asked for and not written."""
        return self._reason if self._reason is not None and not self._reason.text().strip() else None

    def show_finding(self, finding: Finding, *, asks_reason: bool, leads_to: str) -> None:
        look = OUTCOME_LOOK[finding.outcome]
        if self._chip is None:
            self._chip = Chip(look)
            beside = column(gap=0)
            beside.addItem(self._above_chip)
            beside.addWidget(self._chip)
            beside.addStretch(1)
            self._parts.insertLayout(0, beside)
        else:
            self._chip.show_look(look)
        self._message.setText(spoken(finding.message))
        is_passed = finding.outcome in BY_DIRECTOR
        self._passed.setText(spoken(finding.reason) if is_passed else "")
        self._passed.setVisible(is_passed)
        if asks_reason:
            self._show_reason(finding.code)
        self._problem.setVisible(bool(self._problem.text()))
        if leads_to and self.way is None:
            self.way = button(
                self.tr("Go there"),
                f"visit.finding.{finding.code}",
                kind="quiet",
                shape="arrow-right",
                pressed=partial(self._editing.led_to.emit, leads_to),
            )
            self._parts.addWidget(self.way, 0, Qt.AlignmentFlag.AlignTop)
            # The words of all three stand on one line.
            middle = self.way.sizeHint().height() // 2
            self._above_chip.changeSize(0, max(0, middle - self._chip.sizeHint().height() // 2))
            self._above_words.changeSize(0, max(0, middle - self._message.fontMetrics().height() // 2))
            self._parts.invalidate()
        if self.way is not None:
            self.way.setAccessibleName(self.tr("Go there: {what}").format(what=spoken(finding.message)))
            self.way.setVisible(bool(leads_to))

    def _show_reason(self, code: str) -> None:
        key = reason_key(code)
        if self._reason is None:
            field = LineControl(hint=self.tr("Reason to go on, in your own words"))
            field.setObjectName(f"reason.{code}")
            field.setProperty(KEY, key)
            field.setAccessibleName(self.tr("Reason to go on"))
            field.typed.connect(lambda text: self._typed(key, text))
            field.left.connect(lambda: self._editing.leave(key, field.text()))
            self._words.insertWidget(3, field)
            self._reason = field
        self._reason.show_text(self._editing.text(key))
        said = read_reason(self._editing.text(key)).problem
        self._problem.setText(spoken(said))
        if bool(self._reason.property("problem")) != bool(said):
            self._reason.setProperty("problem", bool(said))
            restyle(self._reason)

    def _typed(self, key: str, text: str) -> None:
        self._editing.type_in(key, text, self.tr("reason to go on"))
        reading = read_reason(text)
        if reading.is_told_at_once:
            self._problem.setText(spoken(reading.problem))
            self._problem.show()


class FindingList(QWidget):
    """The findings of one light or of all, each warning with a field for the performer's reason."""

    def __init__(self, editing: Editing) -> None:
        """Make an empty list."""
        super().__init__()
        self._editing = editing
        self._lines = column(self, gap=Space.MEDIUM)
        self._shown: tuple[tuple[str, str, bool], ...] = ()
        self._rows: list[_FindingRow] = []
        self.leads_to: Callable[[str], bool] = lambda _key: False
        """Whether there is a field of this key that a finding can lead to; at first there is none."""

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these findings. As long as they are the same ones, what is being typed stays."""
        asked: set[str] = set()
        plan = []
        for finding in findings:
            asks = finding.outcome in ASKS_REASON and finding.code not in asked
            if asks:
                asked.add(finding.code)
            plan.append((finding.code, finding.where, asks))
        if tuple(plan) != self._shown:
            self._shown = tuple(plan)
            clear(self._lines)
            self._rows = [_FindingRow(self._editing) for _ in plan]
            for one in self._rows:
                self._lines.addWidget(one)
        for one, finding, (_, _, asks) in zip(self._rows, findings, plan, strict=True):
            key = key_of(finding) if finding.outcome in STANDING else ""
            one.show_finding(finding, asks_reason=asks, leads_to=key if self.leads_to(key) else "")
        self.setVisible(bool(plan))

    def first_to_do(self) -> QWidget | None:
        """The first reason to be written, else the first way to where something is mended."""
        reasons = [one.asks for one in self._rows if one.asks is not None]
        ways = [one.way for one in self._rows if one.way is not None and not one.way.isHidden()]
        return next(iter((*reasons, *ways)), None)


def of_lines(view: VisitView, whole_rows: Sequence[int]) -> Mapping[int, dict[str, Sequence[str]]]:
    """What the gate found in each row on the screen, of which only the whole ones are in the document."""
    return {row_number: against_line(view, number) for number, row_number in enumerate(whole_rows)}
