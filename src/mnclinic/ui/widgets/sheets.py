"""Sheets: the only things that float. For signing, confirming, and trouble that stops the work.

A sheet lies over the whole window as one of its children, so it can neither be lost behind it nor
outlive the lock. While it is open everything below is switched off, Tab stays inside it, Escape
cancels, and the focus goes back where it was.
"""

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import SCRIM_ALPHA, Radius, Size, Space, Tone, Type
from mnclinic.ui.widgets.busy import Spinner
from mnclinic.ui.widgets.buttons import Button, Kind
from mnclinic.ui.widgets.facts import KeyValueList
from mnclinic.ui.widgets.forms import FieldRow
from mnclinic.ui.widgets.password_field import PasswordField
from mnclinic.ui.widgets.surfaces import Scroller, height_at
from mnclinic.ui.widgets.text import Text

_WIDTH_PX = 500
_SHADOW_STEPS = 22
_SHADOW_DOWN_PX = 8


class Sheet(QWidget):
    """An in-window sheet. Fill `body`, put buttons into `buttons`, then `open_over(page)`."""

    cancelled = Signal()
    """Escape or the cancel button. The sheet is closed already. UI thread."""

    def __init__(self, title: str, shape: str = "", tone: Tone = Tone.INFO) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.setAccessibleName(title)
        self._below: list[QWidget] = []
        self._focus_before: QWidget | None = None
        self._panel = _Panel(self)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(Space.PAGE, Space.PAGE, Space.PAGE, Space.CARD)
        column.setSpacing(Space.LARGE)
        heading = QHBoxLayout()
        heading.setSpacing(Space.MEDIUM)
        if shape:
            heading.addWidget(_Shape(shape, tone), 0, Qt.AlignmentFlag.AlignTop)
        heading.addWidget(Text(title, Type.TITLE, wrap=True), 1)
        column.addLayout(heading)
        self._scroller = Scroller()
        self.body = self._scroller.body
        self._scroller.inside.installEventFilter(self)
        column.addWidget(self._scroller, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(Space.MEDIUM)
        self.buttons.addStretch(1)
        column.addLayout(self.buttons)
        self._first_focus: QWidget | None = None

    def set_first_focus(self, widget: QWidget) -> None:
        """Choose what has the focus when the sheet opens."""
        self._first_focus = widget

    def open_over(self, anchor: QWidget) -> None:
        """Open over the window that `anchor` is in."""
        host = anchor.window()
        self._focus_before = host.focusWidget()
        for child in host.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if child.isEnabled() and not child.isWindow():
                child.setEnabled(False)
                self._below.append(child)
        self.setParent(host)
        host.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        if self._first_focus is not None:
            self._first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Close without a word, and give the focus back."""
        self.hide()
        for widget in filter(shiboken6.isValid, self._below):
            widget.setEnabled(True)
        self._below = []
        host = self.parentWidget()
        if host is not None:
            host.removeEventFilter(self)
        before = self._focus_before
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_before = None
        self.deleteLater()

    def cancel(self) -> None:
        """Close and say so."""
        self.close_sheet()
        self.cancelled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_host = watched is self.parentWidget()
        if event.type() == (QEvent.Type.Resize if is_host else QEvent.Type.LayoutRequest):
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        stops = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
        ]
        if not stops:
            return True
        here = self.window().focusWidget()
        at = stops.index(here) if here in stops else (-1 if forwards else 0)
        reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forwards else -1)) % len(stops)].setFocus(reason)
        return True

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return handled

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        scrim = QColor(c.scrim)
        scrim.setAlpha(SCRIM_ALPHA)
        painter.fillRect(self.rect(), scrim)
        painter.setPen(Qt.PenStyle.NoPen)
        panel = QRectF(self._panel.geometry())
        shade = QColor(c.shadow)
        shade.setAlpha(4)
        painter.setBrush(shade)
        for step in range(_SHADOW_STEPS):
            painter.drawRoundedRect(
                panel.adjusted(-step, _SHADOW_DOWN_PX - step, step, _SHADOW_DOWN_PX + step),
                Radius.SHEET + step,
                Radius.SHEET + step,
            )

    def _place(self) -> None:
        host = self.parentWidget()
        panel_layout = self._panel.layout()
        if host is None or panel_layout is None:
            return
        if self.geometry() != host.rect():
            self.setGeometry(host.rect())
        width = min(theme().px(_WIDTH_PX), host.width() - 2 * Space.CARD)
        # What the panel needs without its scrolling part, and that part at its full height.
        body = height_at(self.body, width - 2 * Space.PAGE)
        rest = height_at(panel_layout, width) - self._scroller.sizeHint().height()
        height = min(max(0, rest) + body, host.height() - 2 * Space.CARD)
        left, top = (host.width() - width) // 2, max(Space.CARD, (host.height() - height) * 2 // 5)
        self._panel.setGeometry(left, top, width, height)
        self.update()


class _Panel(QWidget):
    """The white of the sheet."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        painter.setPen(QPen(QColor(c.line), 1))
        painter.setBrush(QColor(c.surface))
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, Radius.SHEET, Radius.SHEET)


class _Shape(QWidget):
    """The sheet's icon on a tinted disc."""

    def __init__(self, shape: str, tone: Tone) -> None:
        super().__init__()
        self._shape, self._tone = shape, tone
        self.setFixedSize(theme().px(36), theme().px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pair = colours().tones[self._tone]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(pair.background))
        middle = QRectF(self.rect()).center()
        painter.drawEllipse(QPointF(middle), self.width() / 2, self.height() / 2)
        inset = self.width() // 4
        paint_icon(painter, self.rect().adjusted(inset, inset, -inset, -inset), self._shape, pair.text)


class ConfirmSheet(Sheet):
    """Asks before an export, a recall or a key act. Lists facts; the safe button has the focus.

    For everything that can be taken back, act at once and offer Undo in a `Toast` instead.
    """

    confirmed = Signal()
    """The act was confirmed. The sheet is closed already. UI thread."""

    def __init__(
        self,
        title: str,
        sentence: str,
        action: str,
        *,
        facts: Sequence[tuple[str, str]] = (),
        kind: Kind = "primary",
        shape: str = "",
    ) -> None:
        super().__init__(title, shape, Tone.STOP if kind == "danger" else Tone.INFO)
        self.body.addWidget(Text(sentence, Type.BODY, wrap=True))
        if facts:
            self.body.addWidget(KeyValueList(facts))
        self.cancel_button = Button(self.tr("Cancel"), name="sheet.cancel")
        self.cancel_button.clicked.connect(self.cancel)
        self.confirm_button = Button(action, kind, name="sheet.confirm")
        self.confirm_button.clicked.connect(self._confirm)
        self.buttons.addWidget(self.cancel_button)
        self.buttons.addWidget(self.confirm_button)
        self.set_first_focus(self.cancel_button)

    def _confirm(self) -> None:
        self.close_sheet()
        self.confirmed.emit()


class NoticeSheet(Sheet):
    """Says one thing that a person has to read before going on: trouble with the store, mostly."""

    def __init__(
        self, title: str, sentences: Sequence[str], *, shape: str = "triangle-alert", tone: Tone = Tone.STOP
    ) -> None:
        super().__init__(title, shape, tone)
        for sentence in sentences:
            self.body.addWidget(Text(sentence, Type.BODY, wrap=True, selectable=True))
        self.setAccessibleDescription(" ".join(sentences))
        self.close_button = Button(self.tr("Close"), "primary", name="sheet.close")
        self.close_button.clicked.connect(self.cancel)
        self.buttons.addWidget(self.close_button)
        self.set_first_focus(self.close_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.cancel()
        else:
            super().keyPressEvent(event)


class PasswordPrompt(Sheet):
    """The sheet for signing: who signs, what exactly, with which meaning, and the password typed for it.

    It stays open after `confirmed`, busy, until it is told `close_sheet` (it worked) or
    `show_problem` (it did not). The password is handed on once and forgotten here.
    """

    confirmed = Signal(str)
    """A password was typed and the act confirmed. Carries the password. UI thread."""

    def __init__(
        self,
        title: str,
        *,
        signer: str,
        facts: Sequence[tuple[str, str]],
        statement: str,
        action: str,
        fingerprint: str = "",
        kind: Kind = "primary",
    ) -> None:
        """Make the sheet.

        Args:
            title: What is about to happen.
            signer: Name and credential of the person logged in; never anybody else's.
            facts: What is signed, in words: patient, visit, service and so on.
            statement: The sentence that becomes part of the signature.
            action: The verb on the button.
            fingerprint: The beginning of the record's SHA-256, shown small, or "".
            kind: The button's kind.
        """
        super().__init__(title, "signature", Tone.INFO)
        self.body.addWidget(KeyValueList([(self.tr("Signer"), signer), *facts]))
        self.body.addWidget(_Statement(statement))
        if fingerprint:
            words = self.tr("Record fingerprint {digits}").format(digits=fingerprint)
            self.body.addWidget(Text(words, Type.SMALL, tint="muted", wrap=True, selectable=True))
        self.extra = QVBoxLayout()
        self.extra.setSpacing(Space.LARGE)
        self.body.addLayout(self.extra)
        self._password = PasswordField(name="sheet.password")
        self._password.submitted.connect(self._confirm)
        self._field = FieldRow(self.tr("Your password, typed for this signature"), self._password)
        self.body.addWidget(self._field)
        self._spinner = Spinner()
        keep = self._spinner.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._spinner.setSizePolicy(keep)
        self._spinner.hide()
        self.cancel_button = Button(self.tr("Cancel"), name="sheet.cancel")
        self.cancel_button.clicked.connect(self.cancel)
        self.confirm_button = Button(action, kind, "pen-line", name="sheet.confirm")
        self.confirm_button.clicked.connect(self._confirm)
        for widget in (self._spinner, self.cancel_button, self.confirm_button):
            self.buttons.addWidget(widget)
        self.set_first_focus(self._password)

    def show_problem(self, sentence: str) -> None:
        """Say why it was not signed. The person may try again; the password has to be typed anew."""
        self.set_busy(False)
        self._password.forget()
        self._field.show_problem(sentence)
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, is_busy: bool) -> None:
        """Hold everything while the key is opened and the record is signed."""
        self._spinner.setVisible(is_busy)
        for widget in (self.cancel_button, self.confirm_button, self._password):
            widget.setEnabled(not is_busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.confirm_button.isEnabled():
            super().keyPressEvent(event)

    def _confirm(self) -> None:
        password = self._password.text()
        if not password:
            self._field.show_problem(self.tr("Type your password to sign."))
            self._password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._field.show_problem("")
        self._password.forget()
        self.set_busy(True)
        self.confirmed.emit(password)


class _Statement(QWidget):
    """The sentence that is signed, set apart by a bar at its left."""

    def __init__(self, statement: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, Space.SMALL, Space.MEDIUM, Space.SMALL)
        column.addWidget(Text(statement, Type.BODY, wrap=True))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = colours()
        painter.fillRect(self.rect(), QColor(c.page))
        painter.fillRect(self.rect().adjusted(0, 0, Size.ICON // 4 - self.width(), 0), QColor(c.accent))


def close_sheets(window: QWidget) -> None:
    """Close every sheet of a window, as the lock does. Nothing typed into one is kept."""
    for sheet in window.findChildren(Sheet):
        sheet.close_sheet()
