"""The strip over every page while the person's own glass is broken: until when, and the way to end it."""

from PySide6.QtCore import QTimer

from mnclinic.security.roles import Act, Role, may
from mnclinic.services.break_glass import GlassRow, give_back_glass, present_glass
from mnclinic.services.session import Glass
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Banner, button
from mnclinic.ui.tokens import Tone

LOOK_AGAIN_MS = 15_000
"""A glass ends by itself; the strip goes at most this long after it."""


class GlassStrip(Banner):
    """Says who has wider rights and until when. Hidden as long as there is nothing to say."""

    def __init__(self, desk: Desk) -> None:
        """Make the strip for one person's stay, and look whether a glass is broken already."""
        super().__init__(Tone.STOP, "shield-alert")
        self.make_low()
        self._desk = desk
        self.give_back = button(
            self.tr("Give it back"), "glass.give_back", kind="quiet", pressed=self._give_back
        )
        self.action_row.addWidget(self.give_back)
        self.timer = QTimer(self, interval=LOOK_AGAIN_MS)
        self.timer.timeout.connect(self.look)
        if may(Role(desk.person.role), Act.BREAK_GLASS):
            desk.changed.connect(self.look)
            self.look()

    def look(self) -> None:
        """Ask whether the glass is broken. Nobody waits for it, so it keeps no screen from locking."""
        self._desk.ask(
            present_glass, owner=self, done=self._show, failed=lambda _: self._show(None), is_wanted=False
        )

    def _show(self, glass: Glass | None) -> None:
        if glass is None:
            self.timer.stop()
            self.say("")
            return
        if not self.timer.isActive():
            self.timer.start()
        self.say(
            self.tr(
                "{name} broke the glass: wider rights until {time}. Every entry says so, and the director "
                "sees it."
            ).format(name=self._desk.person.name, time=f"{self._desk.local(glass.until):%H:%M}")
        )
        self.give_back.setAccessibleDescription(self.accessibleName())

    def _give_back(self) -> None:
        def done(_given: GlassRow) -> None:
            self._show(None)
            self._desk.told.emit(self.tr("The glass was given back. The director sees it."))

        self._desk.act(
            give_back_glass,
            owner=self,
            done=done,
            failed=lambda error: self.say(sentence_of(error)),
        )
