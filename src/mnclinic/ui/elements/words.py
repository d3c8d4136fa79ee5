"""Words in the steps of the type scale, and buttons."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from mnclinic.ui.icons import icon
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, TextStyle, Type


def label(text: str, style: TextStyle = Type.BODY, tint: str = "", *, wraps: bool = False) -> QLabel:
    """Words in one step of the type scale; `tint` is muted, faint, accent or stop."""
    made = QLabel(text)
    made.setFont(theme().font(style))
    made.setTextFormat(Qt.TextFormat.PlainText)
    if tint:
        made.setProperty("tint", tint)
    if wraps:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def button(
    text: str,
    name: str,
    *,
    kind: str = "",
    shape: str = "",
    pressed: Callable[[], None] | None = None,
) -> QPushButton:
    """A button of a kind (primary, quiet, danger or plain) with an icon's shape in front of its words."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(text.replace("&", ""))
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if kind:
        made.setProperty("kind", kind)
    if shape:
        ink = {"primary": "on_accent", "danger": "on_danger", "quiet": "accent_text"}.get(kind, "text")
        made.setIcon(icon(shape, ink))
        made.setIconSize(QSize(theme().px(Size.ICON) + 6, theme().px(Size.ICON)))
    if pressed is not None:
        made.clicked.connect(lambda _checked=False: pressed())
    return made


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun: 1 patient, 2 patients."""
    return f"{count:,} {one if count == 1 else many}"
