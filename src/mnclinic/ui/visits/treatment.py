"""The treatment of an open visit: device and supplies, one line per treated area, times and a note."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from mnclinic.domain.finding import Light
from mnclinic.domain.typed_values import MOST_LINES
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Banner, Card, button, label, row
from mnclinic.ui.forms.builder import FieldSet
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.grid import Grid
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Tone, Type
from mnclinic.ui.visits.findings import FindingList, of_lines, stands_beside
from mnclinic.ui.visits.forms import LINES, NOTE, SUPPLIES, TIMES, choices_of
from mnclinic.ui.visits.scan import ScanField
from mnclinic.ui.visits.steps import Step
from mnclinic.ui.words import plain

CARRIED = ("area", "side", "passes")
"""What of a line may come from the last visit. Depth and endpoint are of this treatment alone."""


class TreatmentStep(Step):
    """Device, cartridge, topicals, one line per treated area, times, and anything else."""

    def __init__(self, editing: Editing, now: Callable[[], datetime], desk: Desk) -> None:
        """Make the step; `now` tells when the treatment ended."""
        super().__init__(editing)
        self._now = now
        supplies = self.card(self.tr("Device and supplies"), "", FieldSet(SUPPLIES, editing))
        self.scan = ScanField(editing, desk)
        supplies.add(self.scan)
        self.findings = FindingList(editing)
        supplies.add(self.findings)
        card = Card(
            self.tr("Treated areas"),
            self.tr(
                "One line for each area. Depth is the deepest setting used. A table copied elsewhere can be "
                "pasted into a cell."
            ),
        )
        self.grid = Grid(LINES, editing, most=MOST_LINES, row_words=self._row_words)
        self._refused = Banner(Tone.SOON, "circle-alert")
        self.grid.refused.connect(self._refused.say)
        self.left_out = label("", Type.STRONG, "stop", wraps=True)
        self.left_out.setObjectName("treatment.left_out")
        card.add(self.left_out, self.grid, self._refused)
        actions = row()
        self.add_line = button(self.tr("Add an area"), "visit.add_line", shape="plus", pressed=self._add)
        self.as_last_time = button(
            self.tr("Same areas as last time"),
            "visit.as_last_time",
            shape="history",
            pressed=self._as_last_time,
        )
        self.as_last_time.setToolTip(
            self.tr(
                "Area, side and passes of the last visit. Depth and endpoint are today's, and typed anew."
            )
        )
        actions.addWidget(self.add_line)
        actions.addWidget(self.as_last_time)
        actions.addStretch(1)
        card.body.addLayout(actions)
        self.body.addWidget(card)
        times = self.card(self.tr("Times"), "", FieldSet(TIMES, editing))
        ended = row()
        ended.addWidget(
            button(self.tr("Treatment ended now"), "visit.ended", shape="timer", pressed=self._end)
        )
        ended.addStretch(1)
        times.body.addLayout(ended)
        self.card(self.tr("Notes"), "", FieldSet((NOTE,), editing, columns=1))
        self.body.addStretch(1)

    def fill(self, view: VisitView) -> None:
        """Show the lines, and what the gate found in them and in the supplies."""
        self.scan.show_visit(view)
        self.grid.offer(choices_of(view))
        barred = "; ".join(f"{plain(one.area.value)} ({spoken(one.topic)})" for one in view.barred)
        self.left_out.setText(self.tr("Leave out today: {areas}.").format(areas=barred) if barred else "")
        self.left_out.setVisible(bool(barred))
        found = of_lines(view, LINES.whole_rows(self.editing.state))
        sentences = {choice.area.value: choice.sentence for choice in view.areas}
        self.grid.show_state(
            lambda number: found.get(number, {}),
            lambda number: sentences.get(self.editing.text(LINES.key(number, "area")), ""),
            lambda number: {"depth_mm": self._last_depth(view, number)},
        )
        self.as_last_time.setVisible(bool(view.last_lines) and not LINES.count(self.editing.state))
        self.findings.show_findings(
            [
                finding
                for finding in view.verdict.findings
                if finding.light is Light.SUPPLIES
                and not finding.code.endswith("_missing")
                and not stands_beside(finding)
            ]
        )

    def _row_words(self, number: int) -> str:
        area = self.editing.text(LINES.key(number, "area"))
        return plain(area).lower() if area else ""

    def _add(self) -> None:
        self._refused.say("")
        self.grid.add()

    def _as_last_time(self) -> None:
        if self.view is None:
            return
        rows = [{name: str(line[name]) for name in CARRIED} for line in self.view.last_lines]
        self.grid.bring(rows, self.tr("areas of last time"))

    def _last_depth(self, view: VisitView, number: int) -> str:
        """What the empty depth of a row says: how deep the same place was treated last time."""
        place = [self.editing.text(LINES.key(number, name)) for name in ("area", "side")]
        depths = [line["depth_mm"] for line in view.last_lines if [line["area"], line["side"]] == place]
        return self.tr("was {depth}").format(depth=depths[0]) if len(depths) == 1 else ""

    def _end(self) -> None:
        if self.view is None:
            return
        # As the clock in the room showed it on the visit's own day.
        began = datetime.fromisoformat(self.view.document["started_at"])
        now = self._now().astimezone(began.tzinfo)
        self.editing.put({"ended_at": f"{now:%H:%M}"}, self.tr("when the treatment ended"), "ended_at")

    def widget_of(self, key: str) -> QWidget | None:
        """The control of a field or of a cell."""
        name, _, rest = key.partition(".")
        number, _, field = rest.partition(".")
        if name == LINES.name:
            if field and int(number) < len(self.grid.shown):
                return self.grid.shown[int(number)].cells[field]
            return self.add_line
        return super().widget_of(key)
