"""Devices and lots: what the clinic works with, and what may not be used."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from mnclinic.domain.supplies import LotState
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.list_supplies import Supplies, list_supplies
from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.devices import device_card, lot_card, paper_card
from mnclinic.ui.devices.device_card import DeviceCard
from mnclinic.ui.devices.lot_card import LotCard
from mnclinic.ui.devices.paper_card import PaperCard, PaperShown, paper_shown
from mnclinic.ui.elements import Banner, PageHeader, Scroller, button, column, counted, page_margin
from mnclinic.ui.keys import keyed
from mnclinic.ui.tokens import Space, Tone

PAPERS = "papers"


class DevicesPage(QWidget):
    """The register of devices and lots."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._wanted = ""
        # More cards than a low screen has room for, at any size of text.
        inner = QWidget()
        scroller = Scroller(inner)
        scroller.setAccessibleName(self.tr("Devices and supplies"))
        column(self, gap=0, margin=0).addWidget(scroller)
        lines = column(inner, gap=Space.LARGE, margin=page_margin())
        self.look_back = button(
            self.tr("Recall and look-back"),
            "devices.look_back",
            shape="search",
            pressed=lambda: self._desk.wanted.emit("recall", None),
        )
        self._header = PageHeader(self.tr("Devices and supplies"), [self.look_back])
        lines.addWidget(self._header)
        # Shown before it has a parent it would be a window of its own for a moment, and take the keyboard.
        self.look_back.setVisible(may(Role(desk.person.role), Act.VIEW_PATIENT))
        self._banner = Banner()
        lines.addWidget(self._banner)
        self.device_card, self.lot_card = DeviceCard(desk), LotCard(desk)
        self.paper_card = PaperCard(desk)
        for card in (self.device_card, self.lot_card, self.paper_card):
            lines.addWidget(card)
        # On a high screen what is left stands below the last card.
        lines.addStretch(1)
        self.devices, self.lots = self.device_card.table, self.lot_card.table
        self.papers = self.paper_card.table
        if self.lot_card.may(Act.ADD_LOT):
            keyed(self, self.tr("Add a lot"), "Ctrl+Shift+L", self.lot_card.ask_add)
        self._show_ways()

    def _show_ways(self) -> None:
        self.device_card.show_ways()
        self.lot_card.show_ways()
        self.paper_card.show_ways()

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet about what is current again (see `lock.place.Opens`)."""
        ways = {**self.device_card.sheets(), **self.lot_card.sheets(), **self.paper_card.sheets()}
        named = kind, about.get("deed")
        wanted = about.get("key")
        if named not in ways:
            return
        way, ask = ways[named]

        def done(shown: tuple[Supplies, PaperShown]) -> None:
            supplies, papers = shown
            self._show(supplies)
            self.paper_card.show_shown(papers)
            self._go_to(supplies, wanted)
            self.paper_card.table.select(lambda one: paper_card.key_of(one) == wanted)
            self._show_ways()
            held = {None, self.device_card.key(), self.lot_card.key(), self.paper_card.key()}
            if not way.isHidden() and way.isEnabled() and wanted in held:
                ask()

        self._desk.ask(_all_shown, owner=self, done=done, failed=self._failed)

    def show_page(self, what: object) -> None:
        """Look at the register anew, at one device or lot by its key (see `FoundThing`), or at the first.

        `papers` looks at the sheets for a day without the program.
        """
        self._wanted = str(what or "")
        self.refresh()
        is_lot = self._wanted.startswith("lot:")
        (self.papers if self._wanted == PAPERS else self.lots if is_lot else self.devices).setFocus()

    def refresh(self) -> None:
        """Something was stored: look again."""
        self._desk.ask(_all_shown, owner=self, done=self._show_all, failed=self._failed)

    def _show_all(self, shown: tuple[Supplies, PaperShown]) -> None:
        held = self.paper_card.key()
        self._show(shown[0])
        self.paper_card.show_shown(shown[1])
        self.paper_card.table.select(lambda one: paper_card.key_of(one) == held)

    def _show(self, supplies: Supplies) -> None:
        refused = sum(1 for one in supplies.lots if one.is_expired or one.state != LotState.IN_USE)
        words = ", ".join(
            (
                counted(len(supplies.devices), self.tr("device"), self.tr("devices")),
                counted(len(supplies.lots), self.tr("lot"), self.tr("lots")),
            )
        )
        if refused:
            lots = counted(refused, self.tr("lot"), self.tr("lots"))
            words += self.tr(" · the gate refuses {lots}").format(lots=lots)
        self._header.subtitle.setText(words)
        held = (self.device_card.key(), self.lot_card.key())
        self.device_card.show_rows(supplies.devices)
        self.lot_card.show_rows(supplies.lots)
        # Who looks again after something was stored stays at the lines that were current.
        for key in (*held, self._wanted):
            self._go_to(supplies, key)
        self._wanted = ""
        self._show_ways()

    def _go_to(self, supplies: Supplies, key: str | None) -> None:
        for table, keys in (
            (self.devices, [device_card.key_of(one) for one in supplies.devices]),
            (self.lots, [lot_card.key_of(one) for one in supplies.lots]),
        ):
            if key in keys:
                table.selectRow(keys.index(key))
                table.scrollTo(table.currentIndex())

    def _failed(self, error: Exception) -> None:
        self._banner.say(sentence_of(error), Tone.STOP, "circle-alert")


def _all_shown(clinic: OpenClinic) -> tuple[Supplies, PaperShown]:
    return list_supplies(clinic), paper_shown(clinic)
