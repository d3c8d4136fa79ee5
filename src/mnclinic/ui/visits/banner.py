"""Whose visit it is, above whatever is worked on."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.gate import age_on
from mnclinic.domain.visit_life import VisitState
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import (
    LARGE_TEXT,
    STATE_LOOK,
    Chip,
    Fold,
    OneLine,
    button,
    column,
    label,
    row,
    shrink,
)
from mnclinic.ui.lock.timer import TimerButton
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.patients.banner import LOW_SHARE, TALLEST_SHARE, Alert, PersonAlerts
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words, service_words


class VisitBanner(QFrame):
    """The patient, the visit's number and state, allergies and holds, the timer, the way to the history."""

    def __init__(self, desk: Desk, way_to_history: Callable[[], str | None]) -> None:
        """Name nobody yet."""
        super().__init__()
        self.setObjectName("card")
        is_large = theme().text_scale >= LARGE_TEXT
        whole = column(self, gap=Space.SMALL)
        whole.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        line = row(gap=Space.LARGE)
        whole.addLayout(line)
        self.fold: Fold | None = None
        """Shows what is folded away where the text is large: the timer and the way to the history."""
        back = button(self.tr("Back"), "visit.back", kind="quiet", shape="arrow-left")
        back.clicked.connect(lambda _checked=False: desk.wanted.emit("today", None))
        line.addWidget(back)
        words = column(gap=Space.HAIR)
        line.addLayout(words, 1)
        self._state = Chip(STATE_LOOK[VisitState.DRAFT])
        timer = TimerButton(desk.person.user)
        history = history_button(desk, "visit.history", way_to_history)
        if is_large:
            # A form has half of the window at least: beside large words the rest is folded away.
            whole.setContentsMargins(Space.SMALL, Space.TIGHT, Space.SMALL, Space.TIGHT)
            whole.setSpacing(Space.TIGHT)
            line.setSpacing(Space.SMALL)
            shrink(back)
            name, facts = OneLine(Type.STRONG), OneLine(Type.SMALL, "muted")
            words.addWidget(name)
            words.addWidget(facts)
            self._say_name: Callable[[str], None] = name.say
            self._say_facts: Callable[[str], None] = facts.say
            extra = QWidget()
            extra_line = row(extra, gap=Space.MEDIUM)
            extra_line.addWidget(timer)
            extra_line.addWidget(history)
            extra_line.addStretch(1)
            self.fold = Fold("", "visit.more", extra)
            self.fold.setAccessibleName(self.tr("Timer and history"))
            self.fold.setToolTip(self.fold.accessibleName())
            shrink(self.fold)
            line.addWidget(self._state)
            line.addWidget(self.fold)
            whole.addWidget(extra)
        else:
            wide, small = label("", Type.HEADING, wraps=True), label("", Type.SMALL, "muted", wraps=True)
            words.addWidget(wide)
            words.addWidget(small)
            self._say_name, self._say_facts = wide.setText, small.setText
            for one in (timer, self._state, history):
                line.addWidget(one)
        self._alerts = PersonAlerts(LOW_SHARE if is_large else TALLEST_SHARE)
        whole.addLayout(self._below(0 if is_large else back.sizeHint().width() + Space.LARGE))

    def _below(self, left: int) -> QBoxLayout:
        """Under the name, over the whole width that is left: nobody may miss the last of many."""
        below = row(gap=0)
        below.addSpacing(left)
        below.addWidget(self._alerts, 1)
        return below

    def show_nobody(self, *, is_opening: bool) -> None:
        """Name nobody: another visit is being read, or could not be. The one before is gone either way."""
        self._say_name(self.tr("Opening the visit …") if is_opening else "")
        self._say_facts("")
        self._state.hide()
        self._alerts.hide()

    def show_visit(self, view: VisitView, today: date) -> None:
        """Name the patient of this visit, and its day where that is not today; the age is as of today."""
        self._say_name(f"{view.patient} · {service_words(view.document['service'])}")
        age = self.tr("age {n}").format(n=age_on(view.born_on, today)) if view.born_on else "?"
        said = [
            view.number,
            view.record_number,
            self.tr("born {day} · {age}").format(day=day_words(view.born_on) or "?", age=age),
        ]
        day = datetime.fromisoformat(view.document["started_at"]).date()
        if day != today:
            # Last: where the text is large the end of the line is cut.
            said.append(self.tr("visit of {day}").format(day=day_words(day)))
        self._say_facts(" · ".join(said))
        is_misfiled = any(one.kind is AmendmentKind.WRONG_PATIENT for one in view.amendments)
        wrong = Alert(self.tr("Filed to the wrong patient"), "octagon-x", Tone.STOP)
        self._alerts.show_person(view.banner, [wrong] if is_misfiled else [])
        self._alerts.show()
        self._state.show_look(STATE_LOOK[view.state])
        self._state.show()
