"""Buttons: one primary act a page, secondary beside it, quiet ones inside, danger for what stops."""

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from mnclinic.ui.icons import icon
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size

Kind = Literal["primary", "secondary", "quiet", "danger"]
_GAP_PX = 7
_INK = {"primary": "on_accent", "secondary": "text", "quiet": "accent_text", "danger": "on_danger"}


class Button(QPushButton):
    """A button with words and, if named, an icon before them.

    Args:
        text: The verb the clinic uses.
        kind: How loud it is.
        icon_name: A Lucide name, or "" for none.
        name: The object name, "visit.sign" for instance.
        shortcut: Shown in the tooltip and working in the window, "Ctrl+N".
        parent: The usual Qt parent.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = "secondary",
        icon_name: str = "",
        *,
        name: str = "",
        shortcut: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: Kind = kind
        self.setProperty("kind", kind)
        self.setText(text)
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Enter presses the button that has the focus; Space alone is not what people expect.
        self.setAutoDefault(True)
        if icon_name:
            self.set_icon(icon_name)
        if shortcut:
            self.setShortcut(shortcut)
            self.setToolTip(f"{text} ({shortcut})")

    def setText(self, text: str) -> None:
        """Show `text` as it is: an ampersand is an ampersand, not a mnemonic."""
        super().setText(text.replace("&", "&&"))

    def text(self) -> str:
        """The text as it was given."""
        return super().text().replace("&&", "&")

    def set_icon(self, icon_name: str) -> None:
        """Put a Lucide icon before the words."""
        side = theme().px(Size.ICON)
        self.setIcon(icon(icon_name, _INK[self._kind]))
        self.setIconSize(QSize(side + _GAP_PX, side))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange:
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if self.isEnabled() else Qt.CursorShape.ArrowCursor
            )
        super().changeEvent(event)


class IconButton(QPushButton):
    """A square quiet button with an icon alone. `label` is its tooltip and its spoken name."""

    def __init__(self, icon_name: str, label: str, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setProperty("icon_only", "true")
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # Enter presses the button that has the focus; Space alone is not what people expect.
        self.setAutoDefault(True)
        self.set_face(icon_name, label)

    def set_face(self, icon_name: str, label: str) -> None:
        """Change icon and label."""
        side = theme().px(Size.ICON)
        self.setIcon(icon(icon_name, "text_muted"))
        self.setIconSize(QSize(side, side))
        self.setToolTip(label)
        self.setAccessibleName(label)


class PaintedButton(QAbstractButton):
    """What buttons with a look of their own start from: they override `paintEvent` and `sizeHint`.

    No style sheet reaches them. Enter and Space press them, screen readers call them buttons, and they
    are painted anew when the mouse comes and goes.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
