"""The form of an open visit: its six lights, the ways to its steps, the step in front, and the foot below."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QWidget

from mnclinic.domain.finding import STANDING, Light
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import (
    LARGE_TEXT,
    LightButton,
    LightsLine,
    button,
    column,
    flow,
    padded,
    row,
)
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.foot import FormFoot
from mnclinic.ui.forms.strip import ChangedElsewhere
from mnclinic.ui.keys import keyed
from mnclinic.ui.lock.place import set_cursor
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space
from mnclinic.ui.visits.care import CareStep
from mnclinic.ui.visits.consent import ConsentStep
from mnclinic.ui.visits.exam import ExamStep
from mnclinic.ui.visits.field_words import value_of, words_of
from mnclinic.ui.visits.findings import key_of
from mnclinic.ui.visits.photos import PhotosStep
from mnclinic.ui.visits.screening import ScreeningStep
from mnclinic.ui.visits.steps import IdentityStep, SignStep, Step
from mnclinic.ui.visits.treatment import TreatmentStep

STEP_OF_LIGHT = {
    Light.IDENTITY: "identity",
    Light.HISTORY: "screening",
    Light.EXAM: "exam",
    Light.CONSENT: "consent",
    Light.AUTHORITY: "sign",
    Light.SUPPLIES: "treatment",
}
WAY_SIDES_PX = 10
"""Beside the words of the way to a step."""
LEAST_SHARE_OF_STEP = 0.5
"""Of the window's height, where the text is large and the fixed parts would take it."""


class VisitWorkspace(QWidget):
    """The steps of one visit, bound to what is being edited, and the ways from one to another."""

    def __init__(
        self, within: QStackedWidget, page: QWidget, desk: Desk, editing: Editing, now: Callable[[], datetime]
    ) -> None:
        """Put it into `within`, as a part of `page`, and make every step; `now` tells the time."""
        super().__init__()
        # From the outside in: all that a widget holds is styled anew wherever the widget is put.
        within.addWidget(self)
        self._view: VisitView | None = None
        self._is_large = theme().text_scale >= LARGE_TEXT
        self.sign = SignStep(editing)
        self.exam = ExamStep(editing, desk)
        self.consent = ConsentStep(editing, now, desk)
        self.care = CareStep(editing, now, desk)
        self.treatment = TreatmentStep(editing, now, desk)
        self.photos = PhotosStep(editing, now, desk)
        self.steps: dict[str, Step] = {
            "identity": IdentityStep(editing),
            "screening": ScreeningStep(editing),
            "exam": self.exam,
            "consent": self.consent,
            "care": self.care,
            "treatment": self.treatment,
            "photos": self.photos,
            "sign": self.sign,
        }
        self.sign.findings.leads_to = lambda key: bool(self.step_of(key))
        self.stack = QStackedWidget()
        self.strip = ChangedElsewhere(
            editing,
            lambda key: words_of(key, self._view),
            lambda one, theirs: value_of(one, self._view, theirs=theirs) if self._view else "",
        )
        self.foot = FormFoot(editing, page)
        self._fill()

    def _fill(self) -> None:
        lines = column(self, gap=Space.TIGHT if self._is_large else Space.MEDIUM)
        every_light = QWidget()
        lights = flow(is_even=True)
        every_light.setLayout(lights)
        self.lights: dict[Light, LightButton] = {}
        for light in Light:
            made = LightButton(light)
            made.clicked.connect(lambda _checked=False, one=light: self.mend(one))
            self.lights[light] = made
            lights.addWidget(made)
        self._lights_line = LightsLine()
        self._lights_line.toggled.connect(every_light.setVisible)
        # Shown before it has a parent it would be a window of its own for a moment.
        if self._is_large:
            every_light.hide()
        else:
            lines.addWidget(every_light)
        ways = self._made_ways()
        if self._is_large:
            # Above the step in one line: the ways to the steps, how the lights stand, undo and redo.
            line = row(gap=Space.SMALL)
            line.addWidget(ways)
            line.addWidget(self._lights_line, 1)
            self.foot.make_low(line)
            lines.addLayout(line)
            lines.addWidget(every_light)
            lines.addWidget(self.strip)
            lines.addWidget(self.stack, 1)
        else:
            lines.addWidget(self.strip)
            both = row(gap=Space.LARGE)
            both.addWidget(ways)
            both.addWidget(self.stack, 1)
            lines.addLayout(both, 1)
        for step in self.steps.values():
            self.stack.addWidget(step)
        lines.addWidget(self.foot)

    def _made_ways(self) -> QWidget:
        ways = QWidget()
        is_large = self._is_large
        list_ = row(ways, gap=0) if is_large else column(ways, gap=Space.TIGHT)
        self._group = QButtonGroup(self)
        words = {
            "identity": self.tr("1  Identity"),
            "screening": self.tr("2  Screening"),
            "exam": self.tr("3  Exam and order"),
            "consent": self.tr("4  Consent"),
            "care": self.tr("5  Preparation and products"),
            "treatment": self.tr("6  Treatment"),
            "photos": self.tr("7  Photographs"),
            "sign": self.tr("8  Review and sign"),
        }
        self.ways: dict[str, QPushButton] = {}
        for name in self.steps:
            way = button(words[name], f"visit.step.{name}", kind="quiet")
            way.setCheckable(True)
            # The chosen one is as wide as it was, so that the step beside does not move.
            way.setStyleSheet(f"QPushButton {{ text-align: left; }} {padded(WAY_SIDES_PX)}")
            if is_large:
                # The step itself says its name; the number leads there.
                way.setText(words[name].split()[0])
                way.setToolTip(words[name])
            way.clicked.connect(lambda _checked=False, one=name: self.enter(one))
            keyed(
                self,
                words[name].replace("  ", ". "),
                f"Alt+{len(self.ways) + 1}",
                partial(self.enter, name),
            )
            self._group.addButton(way)
            self.ways[name] = way
            list_.addWidget(way)
        keyed(self, self.tr("Next step"), "Ctrl+PgDown", partial(self.turn, 1))
        keyed(self, self.tr("Step before"), "Ctrl+PgUp", partial(self.turn, -1))
        if not is_large:
            list_.addStretch(1)
        return ways

    def keep_height(self, window_px: int) -> None:
        """Another height of the window: where the text is large, a step keeps half of it."""
        if self._is_large:
            self.stack.setMinimumHeight(round(window_px * LEAST_SHARE_OF_STEP))

    @property
    def in_front(self) -> str:
        """The step that is shown."""
        return next(name for name, step in self.steps.items() if step is self.stack.currentWidget())

    def start_anew(self) -> None:
        """Another visit is being read: nothing of the one before is named."""
        self._view = None
        self.consent.start_anew()

    def show_visit(self, view: VisitView) -> None:
        """Show what is being edited of this visit, and what the gate says of it."""
        self._view = view
        for light, made in self.lights.items():
            made.show_state(view.verdict.light(light))
        self._lights_line.show_states({light: view.verdict.light(light) for light in Light})
        for step in self.steps.values():
            step.show_visit(view)

    def show_state(self) -> None:
        """Show what is being edited now, under the gate's last word."""
        for step in self.steps.values():
            step.show_state()

    def go(self, name: str) -> Step:
        """Bring a step to the front."""
        self.ways[name].setChecked(True)
        for one, way in self.ways.items():
            way.setProperty("kind", "" if one == name else "quiet")
            way.style().unpolish(way)
            way.style().polish(way)
        self.stack.setCurrentWidget(self.steps[name])
        return self.steps[name]

    def enter(self, name: str) -> None:
        """Bring a step to the front, with the keyboard in it."""
        step = self.go(name)
        # Its heading is seen with its first field.
        step.scroller.verticalScrollBar().setValue(0)
        step.enter()
        self.keep_seen(step)

    def turn(self, by: int) -> None:
        """To the step after the one in front, or before it."""
        names = list(self.steps)
        at = self.stack.currentIndex() + by
        if 0 <= at < len(names):
            self.enter(names[at])

    def mend(self, light: Light) -> None:
        """Open the step of a light; where all that stands of it is mended in another one, the field there."""
        view, own = self._view, STEP_OF_LIGHT[light]
        found = view.verdict.findings if view is not None else ()
        fields = [key_of(one) for one in found if one.light is light and one.outcome in STANDING]
        steps = [self.step_of(key) for key in fields]
        if steps and not {own, ""} & set(steps):
            self.lead_to(fields[0])
        else:
            self.enter(own)

    def step_of(self, key: str) -> str:
        """The step that a field stands in; empty where none has it."""
        return next((name for name, step in self.steps.items() if step.widget_of(key) is not None), "")

    def lead_to(self, key: str, cursor: int | None = None) -> bool:
        """Put the keyboard into a field, wherever it is; false where no step has it."""
        found = next(
            ((name, one) for name, step in self.steps.items() if (one := step.widget_of(key)) is not None),
            None,
        )
        if found is None:
            return False
        name, widget = found
        self.go(name)
        widget.setFocus()
        self.steps[name].scroller.keep_in_sight(widget)
        if cursor is not None:
            set_cursor(widget, cursor)
        return True

    def keep_seen(self, step: Step) -> None:
        """What has the keyboard in a step that came to the front is in sight once all has its place."""
        holder: QWidget | None = self.window().focusWidget()
        if holder is not None and step.isAncestorOf(holder):
            step.scroller.keep_in_sight(holder)
