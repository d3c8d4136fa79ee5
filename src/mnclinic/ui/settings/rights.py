"""Who may do what, as the services enforce it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from mnclinic.security.roles import (
    ACT_WORDS,
    MATRIX,
    ROLE_WORDS,
    SUBJECTS,
    Act,
    Role,
    may,
    would_broken_glass_help,
)
from mnclinic.ui.elements import Card, column, label
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.language import spoken
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.words import plain

GLASS_COLUMN = len(Role) + 1


class Mark(QWidget):
    """Whether a role may do an act: a tick or a stroke, and the whole sentence for a screen reader."""

    def __init__(self, words: str, *, is_allowed: bool) -> None:
        """Mark one cell; `words` say who may or may not do what."""
        super().__init__()
        self._is_allowed = is_allowed
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square of the text's height."""
        return QSize(theme().px(20), theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shape at the left, under the column's title."""
        side, c = theme().px(16), colours()
        place = QRect(0, (self.height() - side) // 2, side, side)
        shape, ink = ("check", c.accent_text) if self._is_allowed else ("minus", c.text_faint)
        paint_icon(QPainter(self), place, shape, ink)


class RightsCard(Card):
    """The matrix of rights by subject: a line for each act, a column for each role.

    Where the columns do not fit, as with large text, each act says in words who may do it.
    """

    def __init__(self) -> None:
        """Make the table and its words."""
        super().__init__(
            self.tr("Who may do what"),
            self.tr(
                "Enforced under every screen and command. Broken glass: who may do it as well, for a while, "
                "in an emergency."
            ),
        )
        self.table = self._table()
        self.lines = self._lines()
        self.lines.hide()
        self.add(self.table, self.lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns where they fit, words where they do not."""
        super().resizeEvent(event)
        grid = self.table.layout()
        room = self.width() - 2 * Space.CARD
        fits = grid is None or grid.minimumSize().width() <= room
        self.table.setVisible(fits)
        self.lines.setVisible(not fits)

    def _table(self) -> QWidget:
        holder = QWidget()
        # The table must not keep the window from getting narrower: it gives way to words instead.
        holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.MEDIUM)
        grid.setVerticalSpacing(Space.TIGHT)
        grid.setColumnStretch(0, 1)
        for number, role in enumerate(Role, start=1):
            grid.addWidget(label(plain(role.value), Type.COLUMN, "muted"), 0, number)
        grid.addWidget(label(self.tr("Broken glass"), Type.COLUMN, "muted"), 0, GLASS_COLUMN)
        line = 1
        for subject, acts in SUBJECTS.items():
            heading = label(spoken(subject), Type.STRONG)
            heading.setContentsMargins(0, Space.MEDIUM, 0, 0)
            grid.addWidget(heading, line, 0, 1, GLASS_COLUMN + 1)
            for act in acts:
                line += 1
                grid.addWidget(label(act_words(act), Type.SMALL, wraps=True), line, 0)
                for number, role in enumerate(Role, start=1):
                    grid.addWidget(self._mark(role, act), line, number, Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(label(glass_words(act), Type.SMALL, wraps=True), line, GLASS_COLUMN)
            line += 1
        return holder

    def _mark(self, role: Role, act: Act) -> Mark:
        is_allowed = role in MATRIX[act]
        who, what = spoken(ROLE_WORDS[role]).capitalize(), spoken(ACT_WORDS[act])
        words = self.tr("{who} may {what}") if is_allowed else self.tr("{who} may not {what}")
        return Mark(words.format(who=who, what=what), is_allowed=is_allowed)

    def _lines(self) -> QWidget:
        holder = QWidget()
        body = column(holder, gap=Space.TIGHT)
        for subject, acts in SUBJECTS.items():
            heading = label(spoken(subject), Type.STRONG, wraps=True)
            heading.setContentsMargins(0, Space.MEDIUM, 0, 0)
            body.addWidget(heading)
            for act in acts:
                who = ", ".join(plain(role.value) for role in Role if may(role, act))
                body.addWidget(label(f"{act_words(act)}: {who}.", Type.SMALL, wraps=True))
                if glass := glass_words(act):
                    words = self.tr("With broken glass also: {who}.").format(who=glass)
                    body.addWidget(label(words, Type.SMALL, "muted", wraps=True))
        return holder


def act_words(act: Act) -> str:
    """An act as the table names it."""
    words = spoken(ACT_WORDS[act])
    return words[0].upper() + words[1:]


def glass_words(act: Act) -> str:
    """Who may do an act only after breaking the glass; empty for nobody."""
    return ", ".join(plain(role.value) for role in Role if would_broken_glass_help(role, act))
