"""What the gate found in an open visit: beside the fields, and in lists with the performer's reasons."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mnclinic.domain.finding import Finding, Outcome
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.elements import Chip, clear, column, label, row
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
        self._message = label("", wraps=True)
        self._passed = label("", Type.SMALL, "muted", wraps=True)
        self._reason: LineControl | None = None
        self._problem = label("", Type.SMALL, "stop", wraps=True)
        self._words = words
        for one in (self._message, self._passed, self._problem):
            words.addWidget(one)
        self._parts.addLayout(words, 1)

    def show_finding(self, finding: Finding, *, asks_reason: bool) -> None:
        look = OUTCOME_LOOK[finding.outcome]
        if self._chip is None:
            self._chip = Chip(look)
            self._parts.insertWidget(0, self._chip, 0, Qt.AlignmentFlag.AlignTop)
        else:
            self._chip.show_look(look)
        self._message.setText(spoken(finding.message))
        is_passed = finding.outcome in BY_DIRECTOR
        self._passed.setText(spoken(finding.reason) if is_passed else "")
        self._passed.setVisible(is_passed)
        if asks_reason:
            self._show_reason(finding.code)
        self._problem.setVisible(bool(self._problem.text()))

    def _show_reason(self, code: str) -> None:
        key = reason_key(code)
        if self._reason is None:
            field = LineControl(hint=self.tr("Reason to go on, in your own words"))
            field.setObjectName(f"reason.{code}")
            field.setProperty(KEY, key)
            field.setAccessibleName(self.tr("Reason to go on"))
            field.typed.connect(lambda text: self._typed(key, text))
            field.left.connect(lambda: self._editing.leave(key, field.text()))
            self._words.insertWidget(2, field)
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
            one.show_finding(finding, asks_reason=asks)
        self.setVisible(bool(plan))


def of_lines(view: VisitView, whole_rows: Sequence[int]) -> Mapping[int, dict[str, Sequence[str]]]:
    """What the gate found in each row on the screen, of which only the whole ones are in the document."""
    return {row_number: against_line(view, number) for number, row_number in enumerate(whole_rows)}
