"""What is there before anybody is signed in: the lock screen, and the welcome."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from mnclinic.ui.icons import paint_icon
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Size, Space, Tone, Type
from mnclinic.ui.widgets.banner import Banner, DemoStrip
from mnclinic.ui.widgets.busy import Spinner
from mnclinic.ui.widgets.buttons import Button, PaintedButton
from mnclinic.ui.widgets.forms import FieldRow
from mnclinic.ui.widgets.password_field import PasswordField
from mnclinic.ui.widgets.surfaces import Card, Rule, Scroller
from mnclinic.ui.widgets.text import Text

_CARD_PX = 420
_WELCOME_PX = 560
_DOT_PX = 26
_LONGEST_USER_NAME = 80


@dataclass(frozen=True)
class DemoLogIn:
    """An invented person that a demo offers: user name, password, name and role in words."""

    user: str
    password: str
    name: str
    role: str


class _Backdrop(QWidget):
    """The dark ground of the lock screen with a faint grid of points, like a cartridge's needles."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        ground = QLinearGradient(QPointF(0, 0), QPointF(self.width(), self.height()))
        ground.setColorAt(0, QColor(c.rail_hover))
        ground.setColorAt(1, QColor(c.rail))
        painter.fillRect(self.rect(), ground)
        dot = QColor(c.rail_text)
        dot.setAlpha(26)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dot)
        for row, y in enumerate(range(_DOT_PX // 2, self.height(), _DOT_PX)):
            shift = _DOT_PX // 2 if row % 2 else 0
            for x in range(_DOT_PX // 2 + shift, self.width(), _DOT_PX):
                painter.drawEllipse(QPointF(x, y), 1.2, 1.2)


class _Mark(QWidget):
    """The program's mark: five needles over a line of skin."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme().px(44), theme().px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = colours()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent))
        box = QRectF(self.rect())
        painter.drawRoundedRect(box, box.width() * 0.28, box.width() * 0.28)
        pen = QPen(QColor(c.on_accent), box.width() * 0.055)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        step = box.width() * 0.13
        for place in range(-2, 3):
            x = box.center().x() + place * step
            foot = box.height() * (0.60 - 0.055 * abs(place))
            painter.drawLine(QPointF(x, box.height() * 0.26), QPointF(x, foot))
        painter.drawLine(
            QPointF(box.width() * 0.22, box.height() * 0.74), QPointF(box.width() * 0.78, box.height() * 0.74)
        )


def _centred(over: QWidget, width_px: int, demo_text: str = "") -> tuple[Card, QVBoxLayout]:
    """Put a card of a fixed width into the middle of a page; the page scrolls when it is too low."""
    outer = QVBoxLayout(over)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    if demo_text:
        outer.addWidget(DemoStrip(demo_text))
    scroller = Scroller()
    outer.addWidget(scroller, 1)
    row = QHBoxLayout()
    scroller.body.setContentsMargins(Space.CARD, Space.CARD, Space.CARD, Space.CARD)
    scroller.body.setSpacing(0)
    scroller.body.addStretch(2)
    scroller.body.addLayout(row)
    scroller.body.addStretch(3)
    row.addStretch(1)
    card = Card(padding=Space.PAGE + Space.TIGHT)
    card.setFixedWidth(theme().px(width_px))
    row.addWidget(card)
    row.addStretch(1)
    card.body.setSpacing(Space.LARGE)
    return card, card.body


class LoginPage(_Backdrop):
    """The lock screen. It never says which of the two, name or password, was wrong."""

    submitted = Signal(str, str)
    """User name and password were given. UI thread. The page is busy until it is told otherwise."""

    def __init__(
        self,
        clinic: str,
        *,
        user: str = "",
        demo_log_ins: Sequence[DemoLogIn] = (),
        demo_text: str = "",
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make the lock screen.

        Args:
            clinic: The clinic's name.
            user: Fills the user name, after a lock; the password has the focus then.
            demo_log_ins: Shown under the form, and filled in when one is pressed.
            demo_text: The words of the demo strip, or "".
            note: A quiet sentence above the form: "Locked after 5 minutes without a touch."
            parent: The usual Qt parent.
        """
        super().__init__(parent)
        self.setObjectName("login")
        card, body = _centred(self, _CARD_PX, demo_text)
        heading = QVBoxLayout()
        heading.setSpacing(Space.TIGHT)
        heading.addWidget(_Mark())
        heading.addSpacing(Space.SMALL)
        heading.addWidget(Text(clinic, Type.TITLE, wrap=True))
        heading.addWidget(Text(note or self.tr("Sign in to go on."), Type.BODY, tint="muted", wrap=True))
        body.addLayout(heading)
        self._banner = Banner("stop", name="login.problem")
        body.addWidget(self._banner)
        self._user = QLineEdit(user)
        self._user.setObjectName("login.user")
        self._user.setMaxLength(_LONGEST_USER_NAME)
        self._user_field = FieldRow(self.tr("User name"), self._user)
        self._password = PasswordField(name="login.password")
        self._password_field = FieldRow(self.tr("Password"), self._password)
        body.addWidget(self._user_field)
        body.addWidget(self._password_field)
        self._unlock = Button(self.tr("Unlock"), "primary", "lock-open", name="login.unlock")
        self._unlock.clicked.connect(self._submit)
        self._user.returnPressed.connect(self._submit)
        self._password.submitted.connect(self._submit)
        body.addWidget(self._unlock)
        waiting = QHBoxLayout(self._unlock)
        self._spinner = Spinner(18)
        self._spinner.hide()
        waiting.addStretch(1)
        waiting.addWidget(self._spinner)
        if demo_log_ins:
            self._add_demo_log_ins(card, demo_log_ins)
        self.setFocusProxy(self._password.line if user else self._user)

    def show_problem(self, sentence: str) -> None:
        """Say why it did not open; the password is emptied, the user name stays."""
        self.set_busy(False)
        self._password.forget()
        self._banner.say(sentence)
        self._password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, is_busy: bool) -> None:
        """Hold the form while the keys are derived."""
        self._spinner.setVisible(is_busy)
        self._unlock.setText(self.tr("Opening the clinic …") if is_busy else self.tr("Unlock"))
        for widget in (self._user, self._password, self._unlock):
            widget.setEnabled(not is_busy)
        for choice in self.findChildren(_DemoChoice):
            choice.setEnabled(not is_busy)

    def is_busy(self) -> bool:
        """Whether the form is held."""
        return not self._unlock.isEnabled()

    def problem(self) -> str:
        """The sentence shown above the form, or ""."""
        return self._banner.text()

    def _submit(self) -> None:
        user, password = self._user.text().strip(), self._password.text()
        self._user_field.show_problem("" if user else self.tr("Type your user name."))
        self._password_field.show_problem("" if password else self.tr("Type your password."))
        if not user or not password:
            (self._user if not user else self._password.line).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._banner.say("")
        self._password.forget()
        self.set_busy(True)
        self.submitted.emit(user, password)

    def _add_demo_log_ins(self, card: Card, log_ins: Sequence[DemoLogIn]) -> None:
        card.body.addWidget(Rule())
        box = QVBoxLayout()
        box.setSpacing(Space.TIGHT)
        box.addWidget(Text(self.tr("Invented people to sign in as"), Type.LABEL, tint="muted"))
        for log_in in log_ins:
            choice = _DemoChoice(log_in)
            choice.clicked.connect(self._fill)
            box.addWidget(choice)
        card.body.addLayout(box)

    def _fill(self) -> None:
        choice = self.sender()
        if isinstance(choice, _DemoChoice):
            self._user.setText(choice.log_in.user)
            self._password.set_text(choice.log_in.password)
            self._banner.say("")
            self._unlock.setFocus(Qt.FocusReason.OtherFocusReason)


class _DemoChoice(PaintedButton):
    """One invented person: name at the left, role at the right."""

    def __init__(self, log_in: DemoLogIn) -> None:
        super().__init__()
        self.log_in = log_in
        self.setObjectName(f"login.demo.{log_in.user}")
        self.setAccessibleName(f"{log_in.name}, {log_in.role}")
        self.setToolTip(
            self.tr("User name {user}, password {password}").format(
                user=log_in.user, password=log_in.password
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(Size.TARGET))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme().px(Size.TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, t = colours(), theme()
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.surface_pressed if self.isDown() else c.surface_hover))
            painter.drawRoundedRect(QRectF(self.rect()), Radius.CONTROL, Radius.CONTROL)
        side = t.px(Size.ICON)
        mark = QRectF(Space.SMALL, (self.height() - side) / 2, side, side).toRect()
        paint_icon(painter, mark, "circle-user", c.text_muted)
        words = self.rect().adjusted(mark.right() + Space.SMALL, 0, -Space.SMALL, 0)
        painter.setFont(t.font(Type.SMALL))
        painter.setPen(QColor(c.text_muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, self.log_in.role)
        room = words.width() - painter.fontMetrics().horizontalAdvance(self.log_in.role) - Space.MEDIUM
        painter.setFont(t.font(Type.LABEL))
        painter.setPen(QColor(c.text if self.isEnabled() else c.text_faint))
        name = painter.fontMetrics().elidedText(self.log_in.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, name)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(c.accent_text), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, Radius.CONTROL, Radius.CONTROL)


class WelcomePage(_Backdrop):
    """There is no clinic in this folder yet: what can be done about it."""

    demo_requested = Signal()
    """Open a demo clinic of invented people. UI thread."""
    set_up_requested = Signal()
    """Set up a clinic. UI thread."""
    folder_requested = Signal()
    """Choose another folder. UI thread."""

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        _card, body = _centred(self, _WELCOME_PX)
        heading = QVBoxLayout()
        heading.setSpacing(Space.TIGHT)
        heading.addWidget(_Mark())
        heading.addSpacing(Space.SMALL)
        heading.addWidget(Text(self.tr("Welcome to mnclinic"), Type.TITLE, wrap=True))
        heading.addWidget(
            Text(self.tr("There is no clinic in this folder yet:"), Type.BODY, tint="muted", wrap=True)
        )
        heading.addWidget(Text(folder, Type.LABEL, wrap=True, selectable=True))
        body.addLayout(heading)
        self._banner = Banner("stop", name="welcome.problem")
        body.addWidget(self._banner)
        self._choices = [
            _WelcomeChoice(
                "flask-conical",
                self.tr("Open a demo clinic"),
                self.tr("Look round with invented people. Nothing in it is real."),
                "welcome.demo",
                is_primary=True,
            ),
            _WelcomeChoice(
                "building-2",
                self.tr("Set up your clinic"),
                self.tr(
                    "For now this is done with a file of answers and the command mnclinic init. "
                    "The handbook shows how."
                ),
                "welcome.set_up",
            ),
            _WelcomeChoice(
                "folder-open",
                self.tr("Choose another folder"),
                self.tr("Your clinic is on this PC, but somewhere else."),
                "welcome.folder",
            ),
        ]
        wishes = (self.demo_requested, self.set_up_requested, self.folder_requested)
        for choice, wish in zip(self._choices, wishes, strict=True):
            choice.clicked.connect(wish)
            body.addWidget(choice)
        self._waiting = QWidget()
        waiting = QHBoxLayout(self._waiting)
        waiting.setContentsMargins(0, 0, 0, 0)
        waiting.setSpacing(Space.SMALL)
        waiting.addWidget(Spinner(18))
        self._waiting_words = Text("", Type.SMALL, tint="muted", wrap=True)
        waiting.addWidget(self._waiting_words, 1)
        self._waiting.hide()
        body.addWidget(self._waiting)
        self.setFocusProxy(self._choices[0])

    def set_busy(self, words: str) -> None:
        """Hold the choices while something is built; "" lets them go."""
        self._waiting_words.setText(words)
        self._waiting.setVisible(bool(words))
        for choice in self._choices:
            choice.setEnabled(not words)

    def show_problem(self, sentence: str) -> None:
        """Say what went wrong."""
        self.set_busy("")
        self._banner.say(sentence)


class _WelcomeChoice(PaintedButton):
    """A wide button: shape, words, a sentence."""

    def __init__(self, shape: str, title: str, sentence: str, name: str, *, is_primary: bool = False) -> None:
        super().__init__()
        self._shape, self._is_primary = shape, is_primary
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(
            Space.LARGE + theme().px(36) + Space.LARGE, Space.LARGE, Space.PAGE + Space.LARGE, Space.LARGE
        )
        self._column.setSpacing(Space.HAIR)
        for words in (
            Text(title, Type.STRONG, wrap=True),
            Text(sentence, Type.SMALL, tint="muted", wrap=True),
        ):
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(words)

    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._column.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c, t = colours(), theme()
        has_ring = self.hasFocus()
        painter.setBrush(QColor(c.surface_hover if self.underMouse() and self.isEnabled() else c.surface))
        painter.setPen(QPen(QColor(c.accent_text if has_ring else c.control_line), 2 if has_ring else 1))
        edge = 1.0 if has_ring else 0.5
        box = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.drawRoundedRect(box, Radius.CARD, Radius.CARD)
        side = t.px(36)
        disc = QRectF(Space.LARGE, (self.height() - side) / 2, side, side)
        pair = c.tones[Tone.INFO]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent if self._is_primary else pair.background))
        painter.drawEllipse(disc)
        inset = side // 4
        ink = c.on_accent if self._is_primary else pair.text
        paint_icon(painter, disc.toRect().adjusted(inset, inset, -inset, -inset), self._shape, ink)
        arrow = self.rect().adjusted(self.width() - Space.PAGE - Space.MEDIUM, 0, -Space.MEDIUM, 0)
        arrow.setWidth(t.px(Size.ICON))
        paint_icon(painter, arrow, "chevron-right", c.text_muted)
