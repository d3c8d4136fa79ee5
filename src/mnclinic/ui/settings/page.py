"""Settings: a list of sections at the left, the chosen one beside it."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from mnclinic.security.roles import Role
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import (
    LARGE_TEXT,
    PageHeader,
    Scroller,
    column,
    page_margin,
    row,
)
from mnclinic.ui.icons import icon
from mnclinic.ui.settings.glass import GlassCard
from mnclinic.ui.settings.rights import RightsCard
from mnclinic.ui.settings.section import Section
from mnclinic.ui.settings.ways import section_ways
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Type

LIST_WIDTH = 220
LIST_WIDTH_OF_LARGE_TEXT = 140
WIDEST = 920
ONLY_READ = frozenset({"rights", "clinic"})
"""Sections that are read to their end; the arrow keys scroll them."""


class SettingsPage(QWidget):
    """Hosts the sections; each is made at its first visit."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        lines = column(self, gap=Space.LARGE, margin=page_margin())
        self._header = PageHeader(self.tr("Settings"))
        lines.addWidget(self._header)
        self._ways = section_ways(Role(desk.person.role))
        self._made: dict[str, tuple[Section, QWidget]] = {}
        self.list = QListWidget()
        self.list.setObjectName("settings.sections")
        self.list.setAccessibleName(self.tr("Sections of the settings"))
        self.list.setFixedWidth(self._list_width())
        self.list.setWordWrap(True)
        self.list.setIconSize(QSize(theme().px(Size.ICON) + 6, theme().px(Size.ICON)))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for way in self._ways:
            line = QListWidgetItem(icon(way.shape, "text"), way.words)
            line.setSizeHint(QSize(0, self._line_height(way.words)))
            self.list.addItem(line)
        self._stack = QStackedWidget()
        both = row(gap=Space.PAGE)
        both.addWidget(self.list)
        both.addWidget(self._stack, 1)
        lines.addLayout(both, 1)
        self.list.currentRowChanged.connect(self._show)

    def _list_width(self) -> int:
        """As wide as its widest words; where the text is large these wrap, to leave room beside them."""
        metrics = QFontMetrics(theme().font(Type.BODY))
        widest = max(metrics.horizontalAdvance(way.words) for way in self._ways)
        needed = widest + theme().px(Size.ICON) + 9 * Space.SMALL
        if theme().text_scale >= LARGE_TEXT:
            return min(needed, theme().px(LIST_WIDTH_OF_LARGE_TEXT))
        return max(LIST_WIDTH, needed)

    def _line_height(self, words: str) -> int:
        """The height of a section's line, whose words may wrap."""
        room = self.list.width() - theme().px(Size.ICON) - 9 * Space.SMALL
        metrics = QFontMetrics(theme().font(Type.BODY))
        taken = metrics.boundingRect(QRect(0, 0, room, 1 << 20), Qt.TextFlag.TextWordWrap, words)
        return max(theme().px(Size.CONTROL + 2), taken.height() + 2 * Space.SMALL)

    def show_page(self, what: object) -> None:
        """Show the section named `what`, or the one shown last."""
        names = [way.name for way in self._ways]
        if isinstance(what, str) and what in names:
            self.list.setCurrentRow(names.index(what))
        elif self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        else:
            self.refresh()
        self.list.setFocus()

    def place(self) -> dict[str, Any]:
        """The section that is shown."""
        at = self.list.currentRow()
        return {"section": self._ways[at].name if at >= 0 else None}

    def return_to(self, place: dict[str, Any]) -> None:
        """Show that section again."""
        names = [way.name for way in self._ways]
        if place["section"] in names:
            self.list.setCurrentRow(names.index(place["section"]))

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Have the section that is shown open its sheet again (see `lock.place.Opens`)."""
        section = self.section()
        if section is not None and kind.partition(".")[0] == self._ways[self.list.currentRow()].name:
            section.open_sheet(kind, about)

    def refresh(self) -> None:
        """Something was stored: the section that is shown looks again."""
        if (section := self.section()) is not None:
            section.refresh()

    def section(self) -> Section | None:
        """The section that is shown."""
        at = self.list.currentRow()
        return self._made[self._ways[at].name][0] if at >= 0 and self._ways[at].name in self._made else None

    def _show(self, at: int) -> None:
        if at < 0:
            return
        # The toolkit makes the first line current when the keyboard comes to the list, and marks none.
        self.list.item(at).setSelected(True)
        way = self._ways[at]
        if way.name not in self._made:
            section = self._makers()[way.name](self._desk)
            section.setMaximumWidth(WIDEST)
            scroller = Scroller(section)
            scroller.setAccessibleName(way.words)
            if way.name in ONLY_READ:
                # Nothing at its end takes the keyboard and would pull it into view.
                scroller.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._made[way.name] = (section, scroller)
            self._stack.addWidget(scroller)
        section, host = self._made[way.name]
        self._stack.setCurrentWidget(host)
        self._header.subtitle.setText(way.words)
        section.refresh()

    @staticmethod
    def _makers() -> Mapping[str, Callable[[Desk], Section]]:
        from mnclinic.ui.account.section import AccountSection
        from mnclinic.ui.settings.backups import BackupsSection
        from mnclinic.ui.settings.clinic import ClinicSection
        from mnclinic.ui.settings.lock import LockSection
        from mnclinic.ui.settings.looks import LooksSection
        from mnclinic.ui.settings.people import PeopleSection
        from mnclinic.ui.settings.recovery import RecoverySection

        return {
            "account": AccountSection,
            "people": PeopleSection,
            "recovery": RecoverySection,
            "backups": BackupsSection,
            "lock": LockSection,
            "looks": LooksSection,
            "rights": RightsSection,
            "clinic": ClinicSection,
        }


class RightsSection(Section):
    """Hosts the table of rights, and the glass."""

    def __init__(self, desk: Desk) -> None:
        """Make the section."""
        super().__init__(desk)
        self.glass = GlassCard(desk)
        self.body.addWidget(self.glass)
        self.body.addWidget(RightsCard())
        self.body.addStretch(1)

    def open_sheet(self, kind: str, _about: Mapping[str, Any]) -> None:
        """Ask again why the glass is to be broken."""
        if kind == "rights.glass":
            self.open_where(self.glass.open_button, self.glass.ask)

    def refresh(self) -> None:
        """Look whether the glass is broken."""
        self.glass.refresh()
