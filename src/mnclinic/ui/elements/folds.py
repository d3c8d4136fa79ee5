"""What steps aside where height is scarce, and comes back when somebody asks for it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from mnclinic.ui.icons import icon
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size


class Fold(QPushButton):
    """A button that shows and hides something. It begins folded; what is typed in there stays."""

    def __init__(self, words: str, name: str, *content: QWidget) -> None:
        """Fold `content` away; `words` say what it is, `name` is the button's object name."""
        super().__init__(words)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(theme().px(Size.ICON), theme().px(Size.ICON)))
        self.setProperty("kind", "quiet")
        self.setCheckable(True)
        self._content = content
        self.toggled.connect(self._turn)
        self._turn(False)

    def _turn(self, is_open: bool) -> None:
        self.setIcon(icon("chevron-up" if is_open else "chevron-down", "accent_text"))
        self.setAccessibleDescription(self.tr("Open") if is_open else self.tr("Folded"))
        for one in self._content:
            one.setVisible(is_open)
