"""The line of the day that is current: who it is, its six lights, and what can be done."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QWidget

from mnclinic.domain.finding import Light
from mnclinic.services.list_day import DayLine
from mnclinic.ui.elements import LARGE_TEXT, Card, LightButton, button, column, flow, label, row
from mnclinic.ui.keys import native_keys
from mnclinic.ui.theme import theme
from mnclinic.ui.today.line_acts import LineAct
from mnclinic.ui.today.looks import light_sentence, line_facts
from mnclinic.ui.tokens import Space, Type

SHAPES: Mapping[str, str] = {
    "open": "arrow-right",
    "start": "arrow-right",
    "arrive": "user-check",
    "not_arrived": "undo-2",
    "put_back": "undo-2",
    "change": "square-pen",
}
"""The acts with a button of their own; the others are behind More."""


class ChosenLine(Card):
    """It is hidden while no line is current."""

    asked = Signal(str, object)
    """A button was pressed: the act's name, and the line."""

    more_wanted = Signal(object, object)
    """The menu of all acts is wanted: the line, and the button that it belongs to."""

    light_wanted = Signal(object, object)
    """A light is to be mended: the line, and the light."""

    def __init__(self, acts: Sequence[LineAct]) -> None:
        """Make it empty; `acts` are all that there are."""
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._line: DayLine | None = None
        is_large = theme().text_scale >= LARGE_TEXT
        self.body.setSpacing(Space.SMALL)
        self.body.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, Space.SMALL)
        top = QBoxLayout(QBoxLayout.Direction.TopToBottom if is_large else QBoxLayout.Direction.LeftToRight)
        top.setSpacing(Space.SMALL)
        names = column(gap=Space.HAIR)
        self._name = label("", Type.HEADING, wraps=True)
        self._name.setObjectName("today.chosen.name")
        self._facts = label("", Type.SMALL, "muted", wraps=True)
        self._facts.setObjectName("today.chosen.facts")
        names.addWidget(self._name)
        names.addWidget(self._facts)
        top.addLayout(names, 1)
        ways = flow() if is_large else row()
        self._buttons: dict[str, QPushButton] = {}
        for act in acts:
            if act.name in SHAPES:
                self._buttons[act.name] = self._made_button(act)
        self._more = button(self.tr("More"), "today.act.more", kind="quiet", shape="chevron-down")
        self._more.clicked.connect(lambda _checked=False: self.more_wanted.emit(self._line, self._more))
        for made in (*self._buttons.values(), self._more):
            ways.addWidget(made)
        top.addLayout(ways)
        if not is_large:
            top.setAlignment(ways, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(top)
        self._lights = QWidget()
        lights = flow(is_even=True)
        self._lights.setLayout(lights)
        self.lights: dict[Light, LightButton] = {}
        for light in Light:
            shown = LightButton(light)
            shown.setObjectName(f"today.light.{light.value}")
            shown.clicked.connect(lambda _checked=False, one=light: self.light_wanted.emit(self._line, one))
            self.lights[light] = shown
            lights.addWidget(shown)
        self.add(self._lights)

    def _made_button(self, act: LineAct) -> QPushButton:
        made = button(
            act.words,
            f"today.act.{act.name}",
            shape=SHAPES[act.name],
            pressed=lambda: self.asked.emit(act.name, self._line),
        )
        if act.keys:
            made.setToolTip(f"{act.words} ({native_keys(act.keys[0])})")
        return made

    def show_line(self, line: DayLine | None, acts: Sequence[LineAct]) -> None:
        """Show a line with what can be done with it now; None hides the card."""
        self._line = line
        self.setVisible(line is not None)
        if line is None:
            return
        self._name.setText(line.patient)
        self._facts.setText(line_facts(line))
        self._lights.setVisible(line.lights is not None)
        for light, state in (line.lights or {}).items():
            said = light_sentence(light, state, is_begun=line.is_begun)
            self.lights[light].show_state(state, is_begun=line.is_begun)
            self.lights[light].setAccessibleName(said)
            self.lights[light].setToolTip(said)
        names = {act.name for act in acts}
        for name, made in self._buttons.items():
            made.setVisible(name in names)
        self._more.setVisible(bool(names - self._buttons.keys()))
