"""Break the glass: say why and for how long, knowing what it means."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from mnclinic.errors import InvalidInput
from mnclinic.security.roles import Act, Role, may, would_broken_glass_help
from mnclinic.services.break_glass import (
    LONGEST_MINUTES,
    LONGEST_REASON,
    SHORTEST_MINUTES,
    USUAL_MINUTES,
    break_glass,
    present_glass,
)
from mnclinic.services.session import Glass
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Card, Field, StillChoice, button, column, label, row
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.settings.rights import act_words
from mnclinic.ui.sheet_size import widest
from mnclinic.ui.tokens import Space, Type

MINUTES = (SHORTEST_MINUTES, 15, 30, USUAL_MINUTES, 120, LONGEST_MINUTES)


class GlassCard(Card):
    """What breaking the glass gives this person, and the way to do it. Hidden from whom it gives nothing."""

    def __init__(self, desk: Desk) -> None:
        """Make the card for one person."""
        super().__init__(self.tr("In an emergency: break the glass"))
        self._desk = desk
        role = Role(desk.person.role)
        gains = [act for act in Act if would_broken_glass_help(role, act)]
        if not gains or not may(role, Act.BREAK_GLASS):
            self.hide()
        self.subtitle.setText(
            self.tr(
                "For a while you may also: {acts}. Every entry says so, and the director sees it."
            ).format(acts=", ".join(act_words(act).lower() for act in gains))
        )
        self.subtitle.show()
        self.state = label("", Type.STRONG, wraps=True)
        self.state.setObjectName("glass.state")
        self.open_button = button(
            self.tr("Break the glass …"), "glass.open", kind="danger", shape="shield-alert", pressed=self.ask
        )
        actions = row()
        actions.addWidget(self.open_button)
        actions.addStretch(1)
        self.body.addWidget(self.state)
        self.body.addLayout(actions)
        self._show(None)
        self.refresh()

    def refresh(self) -> None:
        """Look whether the glass is broken."""
        self._desk.ask(present_glass, owner=self, done=self._show, failed=lambda _: self._show(None))

    def _show(self, glass: Glass | None) -> None:
        until = self._desk.local(glass.until) if glass is not None else None
        words = self.tr("The glass is broken until {time}.").format(time=f"{until:%H:%M}") if until else ""
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.open_button.setEnabled(glass is None)

    def ask(self) -> None:
        """Ask why and for how long."""
        sheet = GlassSheet(self.window())
        sheet.confirmed.connect(lambda reason, minutes: self._break(sheet, reason, minutes))
        open_named(sheet, "rights.glass")

    def _break(self, sheet: "GlassSheet", reason: str, minutes: int) -> None:
        def done(glass: Glass) -> None:
            sheet.accept()
            self._show(glass)

        self._desk.act(
            lambda clinic: break_glass(clinic, reason, minutes),
            owner=sheet,
            done=done,
            failed=sheet.show_trouble,
        )


class GlassSheet(QDialog):
    """Asks why and for how long."""

    confirmed = Signal(str, int)
    """A reason and a number of minutes were given."""

    def __init__(self, parent: QWidget) -> None:
        """Make the sheet."""
        super().__init__(parent)
        self.setObjectName("glass_sheet")
        self.setWindowTitle(self.tr("Break the glass"))
        self.setModal(True)
        self.setMinimumWidth(widest(parent, 480))
        lines = column(self, gap=Space.MEDIUM, margin=Space.PAGE)
        lines.addWidget(label(self.tr("Break the glass"), Type.TITLE))
        lines.addWidget(
            label(
                self.tr("The director is shown the reason, your name and the time. Nothing is signed."),
                tint="muted",
                wraps=True,
            )
        )
        self.reason = QLineEdit()
        self.reason.setObjectName("glass.reason")
        self.reason.setMaxLength(LONGEST_REASON)
        self._field = Field(self.tr("What happened?"), self.reason)
        lines.addWidget(self._field)
        self.minutes = StillChoice()
        self.minutes.setObjectName("glass.minutes")
        for minutes in MINUTES:
            self.minutes.addItem(self.tr("{count} minutes").format(count=minutes), minutes)
        self.minutes.setCurrentIndex(MINUTES.index(USUAL_MINUTES))
        lines.addWidget(Field(self.tr("For how long?"), self.minutes))
        actions = row()
        actions.addStretch(1)
        actions.addWidget(button(self.tr("Cancel"), "glass.cancel", pressed=self.reject))
        actions.addWidget(button(self.tr("Break it"), "glass.confirm", kind="danger", pressed=self._press))
        lines.addLayout(actions)

    def _press(self) -> None:
        self._field.show_problem("")
        self.confirmed.emit(self.reason.text(), int(self.minutes.currentData()))

    def show_trouble(self, error: Exception) -> None:
        """Say why it was not broken; what was typed stays."""
        problems = error.problems if isinstance(error, InvalidInput) else ()
        self._field.show_problem(" ".join(one.what for one in problems) or sentence_of(error))
        self.reason.setFocus()
        if (layout := self.layout()) is not None:
            # A window does not grow by itself when words wrap to more lines.
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))
