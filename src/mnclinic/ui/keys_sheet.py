"""The sheet that says what the keys of the current screen do, and the menu that shows them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QGridLayout, QMenu, QWidget

from mnclinic.ui.elements import LARGE_TEXT, Scroller, button, column, label, row
from mnclinic.ui.keys import KeyGroup, acts_within, line_of, page_keys
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Type

WIDTH = 620
HEIGHT = 560
ROOM_BESIDE_PX = 80


class KeysSheet(QDialog):
    """Read, never typed into. Esc or Enter closes it."""

    def __init__(self, parent: QWidget, groups: Sequence[KeyGroup]) -> None:
        """Show these keys."""
        super().__init__(parent)
        self.setObjectName("keys_sheet")
        self.setWindowTitle(self.tr("Keys"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.groups = tuple(groups)
        room = parent.window().size()
        self.resize(
            min(theme().px(WIDTH), room.width() - ROOM_BESIDE_PX),
            min(theme().px(HEIGHT), room.height() - ROOM_BESIDE_PX),
        )
        lines = column(self, gap=Space.MEDIUM, margin=Space.LARGE)
        lines.addWidget(label(self.tr("Keys"), Type.TITLE))
        inner = QWidget()
        listed = column(inner, gap=Space.SMALL)
        for group in self.groups:
            listed.addWidget(label(group.title, Type.HEADING, wraps=True))
            listed.addWidget(_grid(group))
            listed.addSpacing(Space.SMALL)
        listed.addStretch(1)
        scroller = Scroller(inner)
        scroller.setAccessibleName(self.tr("Keys"))
        # The arrows and page keys scroll it: nothing in it takes the keyboard.
        scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        lines.addWidget(scroller, 1)
        foot = row()
        foot.addStretch(1)
        close = button(self.tr("Close"), "keys_sheet.close", kind="primary", pressed=self.accept)
        close.setDefault(True)
        foot.addWidget(close)
        lines.addLayout(foot)
        close.setFocus()


def _grid(group: KeyGroup) -> QWidget:
    """Keys to the left, what they do to the right; under one another where the text is large."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Space.LARGE)
    grid.setVerticalSpacing(Space.TIGHT)
    is_large = theme().text_scale >= LARGE_TEXT
    for at, line in enumerate(group.lines):
        keys = label(line.keys, Type.LABEL, "accent")
        words = label(line.words, Type.BODY, wraps=True)
        # Whoever listens hears both at once.
        words.setAccessibleName(f"{line.words}: {line.keys}")
        grid.addWidget(keys, 2 * at if is_large else at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, 2 * at + 1 if is_large else at, 0 if is_large else 1)
    if not is_large:
        grid.setColumnMinimumWidth(0, theme().px(150))
        grid.setColumnStretch(1, 1)
    return made


def screen_keys(page: QWidget, everywhere: Iterable[QAction], title: str) -> tuple[KeyGroup, ...]:
    """The keys of a page, then those that work on every page, under `title`."""
    lines = tuple(line_of(one) for one in everywhere if one.isEnabled())
    return (*page_keys(page), KeyGroup(title, lines))


def fill_menu(menu: QMenu, page: QWidget, parts: Sequence[Sequence[QAction]]) -> None:
    """What can be done now, each with its keys: the page's acts, then `parts` with a line between them."""
    menu.clear()
    for part in (tuple(acts_within(page)), *parts):
        if part:
            menu.addSeparator()
            menu.addActions(list(part))
