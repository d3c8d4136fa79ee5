"""When the window locks by itself."""

from mnclinic.security.roles import Act
from mnclinic.services.settings import LONGEST_IDLE_MIN, SHORTEST_IDLE_MIN, change_setting, setting
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Card, Field, StillNumber, button, flow, label
from mnclinic.ui.log.ways import way_button
from mnclinic.ui.settings.section import Section
from mnclinic.ui.tokens import Space, Type

IDLE = "idle_lock_min"


class LockSection(Section):
    """The minutes without a touch after which the window locks."""

    def __init__(self, desk: Desk) -> None:
        """Make the section."""
        super().__init__(desk)
        self._shown: int | None = None
        card = Card(
            self.tr("Lock"),
            self.tr(
                "The window also locks with Ctrl+L, and when this PC is locked, sleeps or changes its user. "
                "What was typed is kept, encrypted, and is there again after the log-in."
            ),
        )
        self.minutes = StillNumber()
        self.minutes.setObjectName("settings.idle_lock_min")
        self.minutes.setRange(SHORTEST_IDLE_MIN, LONGEST_IDLE_MIN)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.lineEdit().setTextMargins(Space.SMALL, 0, 0, 0)
        self.minutes.setEnabled(self.may(Act.CHANGE_SETTINGS))
        card.add(Field(self.tr("Lock after this long without a touch"), self.minutes))
        self.save = button(
            self.tr("Save"), "settings.idle_lock_save", kind="primary", shape="save", pressed=self._save
        )
        self.save.setVisible(self.may(Act.CHANGE_SETTINGS))
        line = flow()
        line.addWidget(self.save)
        line.addWidget(way_button(desk, "settings.idle_lock_history", f"setting:{IDLE}"))
        card.body.addLayout(line)
        if not self.may(Act.CHANGE_SETTINGS):
            card.add(
                label(self.tr("The medical director or an administrator can change it."), Type.SMALL, "muted")
            )
        self.body.addWidget(card)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Look at what is set."""
        self.look_up(lambda clinic: int(setting(clinic, IDLE)), self._show)

    def _show(self, minutes: int) -> None:
        # What somebody is choosing stays while lists refresh.
        if minutes != self._shown:
            self._shown = minutes
            self.minutes.setValue(minutes)

    def _save(self) -> None:
        minutes = self.minutes.value()
        self.act(
            lambda clinic: change_setting(clinic, IDLE, minutes),
            lambda _value: self.say(self.tr("Saved. It holds from now on.")),
        )
