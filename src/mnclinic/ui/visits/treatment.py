"""The treatment of an open visit: device and supplies, one line per treated area, times and a note."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from mnclinic.domain.depth import next_setting
from mnclinic.domain.finding import Light
from mnclinic.domain.treatment import Area, Side
from mnclinic.domain.typed_values import MOST_LINES
from mnclinic.services.show_visit import AreaChoice, VisitView
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import LARGE_TEXT, Banner, Card, ChipLook, beside, button, column, flow, label, row
from mnclinic.ui.forms.builder import FieldSet, said, shown_value
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.fields import State
from mnclinic.ui.forms.grid import Grid
from mnclinic.ui.keys import keyed
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.visits.area_map import MAP_PX, MapOfAreas, ZoneState
from mnclinic.ui.visits.area_panel import (
    DIRECTORS,
    NO_DEPTH,
    OVER,
    UNUSUAL,
    DetailsBox,
    LimitStrip,
    area_words,
    line_of_row,
    live_findings,
    look_of,
)
from mnclinic.ui.visits.findings import FindingList, of_lines, stands_beside
from mnclinic.ui.visits.forms import LINES, NOTE, SUPPLIES, TIMES, choices_of
from mnclinic.ui.visits.scan import ScanField
from mnclinic.ui.visits.steps import Step
from mnclinic.ui.words import plain

PLACE = ("area", "side")
SETTINGS = ("depth_mm", "passes", "speed_rpm", "pattern")
"""What of a line may come from the last visit, beside its place: how the device was set and led.

What was seen is of this treatment alone, and so are its times."""
DEEPEST_SHADE_MM = Decimal("2.5")
"""From this depth on a zone of the map is shaded as strongly as it can be."""
CARRIED_LOOK = ChipLook("Carried", "history", Tone.SOON)
WIDEST = 16_777_215
"""As wide as the toolkit knows."""
BESIDE_PX = 820
"""From this width of the step on the map stands beside the rows."""
STEPPED = {"passes": 1, "tolerance": 1}
"""Whole numbers that Up and Down count on."""


_BESIDES = frozenset(field.key for field in LINES.besides)


def _carried(line: dict[str, Any]) -> State:
    """A row as last time, with the mark of what nobody confirmed yet."""
    texts = {name: str(line[name]) for name in (*PLACE, *SETTINGS) if name in line}
    return texts | {LINES.carried: ",".join(name for name in SETTINGS if name in texts)}


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
        self._make_areas(editing)
        times = self.card(self.tr("Times"), "", FieldSet(TIMES, editing))
        ended = row()
        ended.addWidget(
            button(self.tr("Treatment ended now"), "visit.ended", shape="timer", pressed=self._end)
        )
        ended.addStretch(1)
        times.body.addLayout(ended)
        self.card(self.tr("Notes"), "", FieldSet((NOTE,), editing, columns=1))
        self.body.addStretch(1)

    def _make_areas(self, editing: Editing) -> None:
        """The card of the treated areas: what rules them, the rows, and the map beside."""
        card = Card(
            self.tr("Treated areas"),
            self.tr(
                "One line for each area. Depth is the deepest setting used. A table copied elsewhere can be "
                "pasted into a cell."
            ),
        )
        self.grid = Grid(LINES, editing, most=MOST_LINES, row_words=self._row_words)
        self.grid.moved.connect(lambda _number, _field: self._show_area())
        self.grid.stepped.connect(self._step_cell)
        editing.changed.connect(self._show_area)
        self.limit = LimitStrip()
        self.details = DetailsBox()
        self.map = MapOfAreas()
        self.map.map.chosen.connect(self._choose_zone)
        self._refused = Banner(Tone.SOON, "circle-alert")
        self.grid.refused.connect(self._refused.say)
        self.left_out = label("", Type.STRONG, "stop", wraps=True)
        self.left_out.setObjectName("treatment.left_out")
        card.add(self.left_out, self.limit)
        rows = column(gap=Space.MEDIUM)
        self.nothing = label(
            self.tr(
                "No area is entered yet. Press one on the map, add one here, or begin with what was done "
                "last time."
            ),
            Type.BODY,
            "muted",
            wraps=True,
        )
        self.nothing.setObjectName("treatment.nothing")
        rows.addWidget(self.nothing)
        rows.addWidget(self.grid)
        rows.addWidget(self._refused)
        actions = flow()
        self.add_line = button(self.tr("Add an area"), "visit.add_line", shape="plus", pressed=self._add)
        self.as_last_time = button(
            self.tr("As last time"), "visit.as_last_time", shape="history", pressed=self._as_last_time
        )
        self.as_last_time.setToolTip(
            self.tr(
                "Areas, depth, passes, speed and pattern of the last visit, each marked as carried until you "
                "confirm it or type it anew. What is seen today is entered today. (F6)"
            )
        )
        self.confirm_all = button(
            self.tr("Confirm all that is carried"),
            "visit.confirm_carried",
            kind="carried",
            shape="check-check",
            pressed=self.confirm_carried,
        )
        self.confirm_all.setToolTip(self.tr("All of it was done like this today. (F9)"))
        for one in (self.add_line, self.as_last_time, self.confirm_all):
            actions.addWidget(one)
        rows.addLayout(actions)
        rows.addWidget(self.details)
        rows.addStretch(1)
        self._both = beside()
        self._both.addLayout(rows, 1)
        self._both.addWidget(self.map, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(self._both)
        self._last_key = keyed(self, self.tr("Areas as last time"), "F6", self._as_last_time)
        self._carried_key = keyed(self, self.tr("Confirm all that is carried"), "F9", self.confirm_carried)
        keyed(self, self.tr("Further fields of this area, and back"), "F8", self._turn_to_details)
        self.body.addWidget(card)

    def fill(self, view: VisitView) -> None:
        """Show the lines, and what the gate found in them and in the supplies."""
        self.scan.show_visit(view)
        self.grid.offer(choices_of(view))
        barred = "; ".join(f"{plain(one.area.value)} ({spoken(one.topic)})" for one in view.barred)
        self.left_out.setText(self.tr("Leave out today: {areas}.").format(areas=barred) if barred else "")
        self.left_out.setVisible(bool(barred))
        found = dict(of_lines(view, LINES.whole_rows(self.editing.state)))
        for number, texts in enumerate(LINES.rows(self.editing.state)):
            # The gate judges what is in the visit; a row that is not yet is held to the same rule of depth.
            if number not in found and (live := live_findings(texts, self._choice(texts["area"]))):
                found[number] = {"depth_mm": [one.message for one in live]}
        self.grid.show_state(
            lambda number: found.get(number, {}),
            lambda number: self._changes(view, number),
            lambda number: {"depth_mm": self._last_depth(view, number)},
        )
        rows = LINES.rows(self.editing.state)
        self.as_last_time.setVisible(bool(view.last_lines) and all(map(LINES.is_empty, rows)))
        self.confirm_all.setVisible(bool(self.grid.carried_rows()))
        self._last_key.setEnabled(not self.as_last_time.isHidden())
        self._carried_key.setEnabled(not self.confirm_all.isHidden())
        self._show_area()
        self.findings.show_findings(
            [
                finding
                for finding in view.verdict.findings
                if finding.light is Light.SUPPLIES
                and not finding.code.endswith("_missing")
                and not stands_beside(finding)
            ]
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the step is narrow the map stands below the rows."""
        super().resizeEvent(event)
        is_wide = self.width() >= BESIDE_PX and theme().text_scale < LARGE_TEXT
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(way)
        self.map.setMaximumWidth(theme().px(MAP_PX) if is_wide else WIDEST)

    def _row_words(self, number: int) -> str:
        area = self.editing.text(LINES.key(number, "area"))
        return plain(area).lower() if area else ""

    def _add(self) -> None:
        self._refused.say("")
        self.grid.add()

    def _as_last_time(self) -> None:
        view = self.view
        if view is None or not all(map(LINES.is_empty, LINES.rows(self.editing.state))):
            return
        barred = {one.area.value for one in view.barred}
        rows = [_carried(line) for line in view.last_lines if line["area"] not in barred]
        if rows:
            self.grid.bring(rows, self.tr("areas as last time"))
            self.grid.focus(0, "depth_mm")

    def confirm_carried(self) -> None:
        """Take all that was carried as done today."""
        self.grid.confirm(self.grid.carried_rows())

    def carried_words(self) -> list[str]:
        """Each row with something carried that nobody confirmed: its area, and what it is."""
        told = []
        for number in self.grid.carried_rows():
            texts = LINES.rows(self.editing.state)[number]
            cells = [
                f"{said(field.words)} {shown_value(field, texts[field.key])}"
                for field in LINES.every_field
                if field.key in LINES.carried_cells(texts)
            ]
            told.append(f"{area_words(texts)}: {', '.join(cells)}")
        return told

    def _last_of(self, view: VisitView, number: int) -> dict[str, Any] | None:
        """The line of last time in the place of a row; None where there was none, or more than one."""
        place = [self.editing.text(LINES.key(number, name)) for name in PLACE]
        same = [line for line in view.last_lines if [line[name] for name in PLACE] == place]
        return same[0] if len(same) == 1 else None

    def _last_depth(self, view: VisitView, number: int) -> str:
        """What the empty depth of a row says: how deep the same place was treated last time."""
        last = self._last_of(view, number)
        return self.tr("was {depth}").format(depth=last["depth_mm"]) if last else ""

    def _changes(self, view: VisitView, number: int) -> str:
        """What of a row is set otherwise than last time, as it was and as it is."""
        last = self._last_of(view, number)
        if last is None:
            return ""
        told = []
        for field in LINES.every_field:
            old, new = str(last.get(field.key, "")), self.editing.text(LINES.key(number, field.key))
            if field.key in SETTINGS and old and new and old != new:
                words = shown_value(field, old), shown_value(field, new)
                told.append(f"{said(field.words)} {words[0]} → {words[1]}")
        return self.tr("Since last time: {changes}").format(changes="; ".join(told)) if told else ""

    def _show_area(self) -> None:
        """Show what rules the area that the keyboard is in, as it is typed."""
        view, rows = self.view, LINES.rows(self.editing.state)
        is_any = view is not None and bool(rows) and bool(self.grid.shown)
        self.nothing.setVisible(not rows)
        self.limit.setVisible(is_any)
        self.details.setVisible(is_any)
        if view is not None:
            self.map.show_states(partial(self._zone_state, rows))
        if view is None or not rows or not self.grid.shown:
            return
        number = min(self.grid.current, len(rows) - 1, len(self.grid.shown) - 1)
        texts = rows[number]
        words = area_words(texts)
        self.limit.show_area(words, texts, self._choice(texts["area"]))
        details = self.grid.details_of(number)
        cells = self.grid.shown[number].cells
        controls = [cells[field.key] for field in LINES.besides]
        self.details.hold(words, details, controls, self.confirm_all)

    def _choice(self, area: str) -> AreaChoice | None:
        areas = self.view.areas if self.view is not None else ()
        return next((one for one in areas if one.area.value == area), None)

    def _zone_state(self, rows: Sequence[State], area: Area, side: Side) -> ZoneState:
        """What a zone of the map shows of the rows."""
        choice = self._choice(area.value)
        barred = [one for one in self.view.barred if one.area is area] if self.view is not None else []
        alike = {side.value, Side.BOTH.value, Side.MIDLINE.value, ""}
        mine = tuple(
            number
            for number, texts in enumerate(rows)
            if texts["area"] == area.value and (side is Side.MIDLINE or texts["side"] in alike)
        )
        if not mine:
            if barred:
                told = self.tr("left out today ({why})").format(why=spoken(barred[0].topic))
                return ZoneState(told=told, look=ChipLook("Left out", "ban", Tone.STOP))
            told = self.tr("not treated") if choice else self.tr("not in the protocol")
            return ZoneState(told=told, is_offered=choice is not None)
        depths = [(one.depth_mm, number) for number in mine if (one := line_of_row(rows[number])) is not None]
        depth, number = max(depths, default=(None, mine[0]))
        texts = rows[number]
        look = look_of(texts, live_findings(texts, choice))
        shown = look if look in {OVER, DIRECTORS, UNUSUAL, NO_DEPTH} else None
        if any(LINES.carried_cells(rows[one]) for one in mine):
            shown = CARRIED_LOOK
        words = [f"{depth} mm" if depth is not None else "", spoken(shown.word) if shown else ""]
        return ZoneState(
            rows=mine,
            words=str(depth) if depth is not None else "",
            told=", ".join(one for one in words if one),
            shade=float(depth / DEEPEST_SHADE_MM) if depth is not None else 0.0,
            look=shown,
            is_current=self.grid.current in mine,
        )

    def _choose_zone(self, area: str, side: str) -> None:
        """To the row of a zone, from one to the next where there are several; else a row for it."""
        rows = LINES.rows(self.editing.state)
        mine = self._zone_state(rows, Area(area), Side(side)).rows
        if mine:
            after = [number for number in mine if number > self.grid.current]
            self.grid.focus(after[0] if after else mine[0], "depth_mm")
            return
        words = self.tr("{area} added").format(area=area_words({"area": area, "side": side}))
        self.grid.add_with({"area": area, "side": side}, words, "depth_mm")

    def _turn_to_details(self) -> None:
        """From a cell to the further fields of its area, and from there back."""
        if not self.grid.shown or not LINES.besides:
            return
        number = min(self.grid.current, len(self.grid.shown) - 1)
        cells, first = self.grid.shown[number].cells, LINES.besides[0].key
        is_there = any(one.hasFocus() for name, one in cells.items() if name in _BESIDES)
        self.grid.focus(number, "depth_mm" if is_there else first)

    def _step_cell(self, number: int, field: str, by: int) -> None:
        """Up or Down in a number: the device's next setting, or one more or less."""
        key = LINES.key(number, field)
        one = next(one for one in LINES.every_field if one.key == field)
        area = self.editing.text(LINES.key(number, "area"))
        areas = self.view.areas if self.view is not None else ()
        steps = {choice.area.value: choice.step_mm for choice in areas}
        step = steps.get(area) if field == "depth_mm" else STEPPED.get(field)
        reading = one.read(self.editing.text(key))
        if step is None or reading.problem:
            return
        text = str(next_setting(Decimal(reading.value or 0), Decimal(step), by))
        if one.read(text).is_read:
            self.grid.put_into(number, one, one.read(text).value)

    def _end(self) -> None:
        if self.view is None:
            return
        # As the clock in the room showed it on the visit's own day.
        began = datetime.fromisoformat(self.view.document["started_at"])
        now = self._now().astimezone(began.tzinfo)
        if began.date() < now.date():
            # Of a visit that is entered from paper nothing ends now: its end is typed.
            if (field := self.widget_of("ended_at")) is not None:
                field.setFocus()
            return
        self.editing.put({"ended_at": f"{now:%H:%M}"}, self.tr("when the treatment ended"), "ended_at")

    def widget_of(self, key: str) -> QWidget | None:
        """The control of a field or of a cell."""
        name, _, rest = key.partition(".")
        number, _, field = rest.partition(".")
        if name == LINES.name:
            return (self.grid.reach(int(number), field) if field else None) or self.add_line
        return super().widget_of(key)
