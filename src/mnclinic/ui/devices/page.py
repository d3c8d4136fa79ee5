"""Devices and lots: what the clinic works with, and what may not be used."""

from PySide6.QtWidgets import QWidget

from mnclinic.services.list_supplies import DeviceRow, LotRow, Supplies, list_supplies
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    ChipLook,
    Column,
    PageHeader,
    RowTable,
    counted,
    page_lines,
    row,
)
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Tone
from mnclinic.ui.words import day_words, plain


def device_look(device: DeviceRow) -> ChipLook:
    """Whether a device may be used."""
    if device.is_quarantined:
        return ChipLook("Quarantined", "ban", Tone.STOP)
    return ChipLook("In use", "circle-check", Tone.COMPLETE)


def lot_look(lot: LotRow) -> ChipLook:
    """Whether a lot may be used."""
    if lot.is_expired:
        return ChipLook("Expired", "octagon-x", Tone.STOP)
    if lot.state != "in_use":
        return ChipLook(plain(lot.state), "ban", Tone.STOP)
    return ChipLook("In use", "circle-check", Tone.COMPLETE)


DEVICES = (
    Column("Device", lambda one: one.device, 2),
    Column("Model", lambda one: f"{one.model}, {one.maker}", 5),
    Column("Serial", lambda one: one.serial, 3),
    Column("Deepest", lambda one: f"{one.facts['max_depth_mm']} mm", 2),
    Column("Label evaluated to", lambda one: f"{one.facts.get('label_depth_mm', '?')} mm", 3),
    Column("State", lambda one: device_look(one).word, 3, device_look),
)

LOTS = (
    Column("Lot", lambda one: one.lot, 3),
    Column("What", lambda one: one.name, 4),
    Column("Kind", lambda one: plain(one.kind), 2),
    Column("Expires", lambda one: day_words(one.expires_on), 3),
    Column("Needle length", lambda one: f"{one.needle_length_mm} mm" if one.needle_length_mm else "", 3),
    Column("State", lambda one: lot_look(one).word, 3, lot_look),
)
FEW_DEVICES = (Column("Device", lambda one: one.device, 4), DEVICES[2], DEVICES[5])
FEW_LOTS = (LOTS[0], LOTS[3], LOTS[5])
"""Where the text is large."""
LEAST_ROWS = 3


class DevicesPage(QWidget):
    """The register of devices and lots."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._wanted = ""
        lines = page_lines(self, self.tr("Devices and supplies"))
        self._header = PageHeader(self.tr("Devices and supplies"))
        lines.addWidget(self._header)
        self._banner = Banner()
        lines.addWidget(self._banner)
        is_large = theme().text_scale >= LARGE_TEXT
        devices, lots = (FEW_DEVICES, FEW_LOTS) if is_large else (DEVICES, LOTS)
        self.devices = RowTable("devices.devices", devices, self.tr("Devices"))
        self.lots = RowTable("devices.lots", lots, self.tr("Lots"))
        for title, table, share, name, of in (
            (self.tr("Devices"), self.devices, 2, "devices.device_history", self._way_of_device),
            (self.tr("Lots"), self.lots, 3, "devices.lot_history", self._way_of_lot),
        ):
            card = Card(title)
            table.setMinimumHeight(theme().px(LEAST_ROWS * Size.ROW))
            card.hold_table(table)
            ways = row()
            ways.setContentsMargins(0, 0, Space.MEDIUM, Space.MEDIUM)
            ways.addStretch(1)
            ways.addWidget(history_button(desk, name, of))
            card.body.addLayout(ways)
            lines.addWidget(card, share)

    def _way_of_device(self) -> str | None:
        device: DeviceRow | None = self.devices.current()
        return _key_of_device(device) if device else None

    def _way_of_lot(self) -> str | None:
        lot: LotRow | None = self.lots.current()
        return _key_of_lot(lot) if lot else None

    def show_page(self, what: object) -> None:
        """Look at the register anew, at one device or lot by its key (see `FoundThing`), or at the first."""
        self._wanted = str(what or "")
        self.refresh()
        (self.lots if self._wanted.startswith("lot:") else self.devices).setFocus()

    def refresh(self) -> None:
        """Something was stored: look again."""
        self._desk.ask(list_supplies, owner=self, done=self._show, failed=self._failed)

    def _show(self, supplies: Supplies) -> None:
        expired = sum(1 for one in supplies.lots if one.is_expired)
        words = ", ".join(
            (
                counted(len(supplies.devices), self.tr("device"), self.tr("devices")),
                counted(len(supplies.lots), self.tr("lot"), self.tr("lots")),
            )
        )
        if expired:
            lots = counted(expired, self.tr("expired lot"), self.tr("expired lots"))
            words += self.tr(" · the gate refuses {lots}").format(lots=lots)
        self._header.subtitle.setText(words)
        held = (self._way_of_device(), self._way_of_lot())
        self.devices.show_rows(supplies.devices)
        self.lots.show_rows(supplies.lots)
        # Who looks again after something was stored stays at the lines that were current.
        for key in (*held, self._wanted):
            self._go_to(supplies, key)
        self._wanted = ""

    def _go_to(self, supplies: Supplies, key: str | None) -> None:
        for table, keys in (
            (self.devices, [_key_of_device(one) for one in supplies.devices]),
            (self.lots, [_key_of_lot(one) for one in supplies.lots]),
        ):
            if key in keys:
                table.selectRow(keys.index(key))
                table.scrollTo(table.currentIndex())

    def _failed(self, error: Exception) -> None:
        self._banner.say(sentence_of(error), Tone.STOP, "circle-alert")


def _key_of_device(device: DeviceRow) -> str:
    return f"device:{device.device}"


def _key_of_lot(lot: LotRow) -> str:
    return f"lot:{lot.kind}:{lot.lot}"
