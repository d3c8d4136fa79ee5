"""Words on the screen: plain text only, wrapped without being cut."""

import re

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mnclinic.ui.theme import restyle, theme
from mnclinic.ui.tokens import TextStyle, Type

_LONGEST_UNBROKEN = 28
_UNBROKEN = re.compile(rf"\S{{{_LONGEST_UNBROKEN}}}(?=\S)")
_NARROWEST_WRAP_PX = 80
_WIDEST_WISH_PX = 480
_TALLEST_PX = 1_000_000


class Text(QLabel):
    """A piece of text in one style of the type scale and one tint.

    Never reads markup, so a patient called `<b>` is shown as typed. A wrapping text claims the
    height it needs at its width, which keeps it whole inside nested layouts and scroll areas, and
    breaks a word that has no break of its own.

    Args:
        text: What to show.
        style: A step of `Type`.
        tint: "" (text), "muted", "faint", "accent", "on_rail", or a `Tone`.
        wrap: Break into lines; otherwise one line as wide as it needs.
        selectable: The mouse can select and copy it.
        parent: The usual Qt parent.
    """

    def __init__(
        self,
        text: str = "",
        style: TextStyle = Type.BODY,
        *,
        tint: str = "",
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._style = style
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tint", tint)
        self.setFont(theme().font(style))
        if wrap:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`; `whole_text` gives it back as it came."""
        self._whole = text
        super().setText(_UNBROKEN.sub(lambda run: run.group() + "\u200b", text) if self.wordWrap() else text)
        self._claim_height()

    def whole_text(self) -> str:
        """The text as it was given, without the break marks put into long words."""
        return self._whole

    def set_tint(self, tint: str) -> None:
        """Change the tint."""
        self.setProperty("tint", tint)
        restyle(self)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            font = theme().font(self._style)
            if font.pixelSize() != self.font().pixelSize():
                self.setFont(font)
                self._claim_height()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._claim_height()

    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return super().heightForWidth(width)
        # QLabel's own answer never falls below the height claimed before, so a text that got room
        # again would keep its tall box.
        if not self.text():
            return 0
        margins = self.contentsMargins()
        inside = max(1, width - margins.left() - margins.right())
        flags = int(self.alignment()) | int(Qt.TextFlag.TextWordWrap)
        box = self.fontMetrics().boundingRect(QRect(0, 0, inside, _TALLEST_PX), flags, self.text())
        return box.height() + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        if not self.wordWrap():
            return super().sizeHint()
        # Qt would guess a shape of its own for wrapped text and so ask for lines that are not needed.
        lines = self.text().splitlines() or [""]
        widest = max(self.fontMetrics().horizontalAdvance(line) for line in lines) + 2
        width = min(widest, theme().px(_WIDEST_WISH_PX))
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self.wordWrap():
            hint.setWidth(min(hint.width(), _NARROWEST_WRAP_PX))
        return hint

    def _claim_height(self) -> None:
        if self.wordWrap() and self.width() > 0:
            needed = self.heightForWidth(self.width())
            if needed != self.minimumHeight():
                self.setMinimumHeight(needed)
