"""Whose visit it is, above whatever is worked on."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QFrame

from mnclinic.domain.gate import age_on
from mnclinic.domain.visit_life import VisitState
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import LARGE_TEXT, STATE_LOOK, Chip, button, column, flow, label, row
from mnclinic.ui.lock.timer import TimerButton
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.patients.banner import PersonAlerts
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Type
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
        back = button(self.tr("Back"), "visit.back", kind="quiet", shape="arrow-left")
        back.clicked.connect(lambda _checked=False: desk.wanted.emit("today", None))
        line.addWidget(back)
        words = column(gap=Space.HAIR)
        self._name = label("", Type.HEADING, wraps=True)
        self._facts = label("", Type.SMALL, "muted", wraps=True)
        words.addWidget(self._name)
        words.addWidget(self._facts)
        line.addLayout(words, 1)
        self._state = Chip(STATE_LOOK[VisitState.DRAFT])
        timer = TimerButton(desk.person.user)
        history = history_button(desk, "visit.history", way_to_history)
        # Beside a large name these have no room: they go below it.
        ways = flow(gap=Space.MEDIUM) if is_large else row(gap=Space.LARGE)
        (whole if is_large else line).addLayout(ways)
        for one in (timer, self._state, history):
            ways.addWidget(one)
        # Over the whole width: nobody may miss the last of many.
        self._alerts = PersonAlerts()
        whole.addWidget(self._alerts)

    def show_visit(self, view: VisitView, today: date) -> None:
        """Name the patient of this visit; the age is as of today."""
        self._name.setText(f"{view.patient} · {service_words(view.document['service'])}")
        age = self.tr("age {n}").format(n=age_on(view.born_on, today)) if view.born_on else "?"
        self._facts.setText(
            f"{view.number} · {view.record_number} · "
            + self.tr("born {day} · {age}").format(day=day_words(view.born_on) or "?", age=age)
        )
        self._alerts.show_person(view.banner)
        self._state.show_look(STATE_LOOK[view.state])
