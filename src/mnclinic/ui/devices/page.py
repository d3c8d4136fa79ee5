"""Devices and lots: what the clinic works with, and what may not be used."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from mnclinic.domain.supplies import LotState
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.add_lot import add_lot
from mnclinic.services.change_device import quarantine_device, release_device
from mnclinic.services.change_lot import quarantine_lot, recall_lot, release_lot
from mnclinic.services.list_supplies import DeviceRow, LotRow, Supplies, list_supplies
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import AskSheet
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.devices.sheets import AddLotSheet, reason_sheet
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    ChipLook,
    Column,
    PageHeader,
    RowTable,
    button,
    counted,
    flow,
    page_lines,
    row,
)
from mnclinic.ui.keys import keyed
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Tone
from mnclinic.ui.words import day_words, plain


def device_look(device: DeviceRow) -> ChipLook:
    """Whether a device may be used."""
    if device.is_quarantined:
        return ChipLook("Quarantined", "ban", Tone.STOP)
    if not device.is_confirmed:
        return ChipLook("Not confirmed", "ban", Tone.STOP)
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
    Column("Deepest", lambda one: f"{one.facts.get('max_depth_mm', '?')} mm", 2),
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
            holder = QWidget()
            ways = flow()
            holder.setLayout(ways)
            for one in self._acts_of(table):
                ways.addWidget(one)
            ways.addWidget(history_button(desk, name, of))
            edge = row()
            edge.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.MEDIUM)
            edge.addWidget(holder, 1)
            card.body.addLayout(edge)
            lines.addWidget(card, share)
        for table in (self.devices, self.lots):
            table.chosen.connect(lambda _row: self._show_ways())
        if self._may(Act.ADD_LOT):
            keyed(self, self.tr("Add a lot"), "Ctrl+Shift+L", self._ask_add)
        self._show_ways()

    def _acts_of(self, table: RowTable) -> tuple[QPushButton, ...]:
        """The ways to change what is current in a table."""
        if table is self.devices:
            self.stop_device = button(
                self.tr("Quarantine …"), "devices.stop_device", shape="ban", pressed=self._ask_stop_device
            )
            self.free_device = button(
                self.tr("Release …"),
                "devices.free_device",
                shape="circle-check",
                pressed=self._ask_free_device,
            )
            return self.stop_device, self.free_device
        self.add_lot = button(self.tr("Add a lot …"), "devices.add_lot", shape="plus", pressed=self._ask_add)
        self.stop_lot = button(
            self.tr("Quarantine …"), "devices.stop_lot", shape="ban", pressed=self._ask_stop_lot
        )
        self.recall = button(
            self.tr("Recall …"), "devices.recall", shape="triangle-alert", pressed=self._ask_recall
        )
        self.free_lot = button(
            self.tr("Release …"), "devices.free_lot", shape="circle-check", pressed=self._ask_free_lot
        )
        return self.add_lot, self.stop_lot, self.recall, self.free_lot

    def _may(self, act: Act) -> bool:
        return may(Role(self._desk.person.role), act)

    def _show_ways(self) -> None:
        stops, frees = self._may(Act.TAKE_OUT_OF_USE), self._may(Act.PUT_BACK_INTO_USE)
        device: DeviceRow | None = self.devices.current()
        lot: LotRow | None = self.lots.current()
        self.add_lot.setVisible(self._may(Act.ADD_LOT))
        for one, is_allowed, can in (
            (self.stop_device, stops, device is not None and not device.is_quarantined),
            (self.free_device, frees, device is not None and device.is_quarantined),
            (self.stop_lot, stops, lot is not None and lot.state == LotState.IN_USE),
            (self.recall, stops, lot is not None and lot.state != LotState.RECALLED),
            (self.free_lot, frees, lot is not None and lot.state != LotState.IN_USE),
        ):
            one.setVisible(is_allowed)
            one.setEnabled(can and self._desk.clinic.read_only is None)

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet about what is current again (see `lock.place.Opens`)."""
        ways = {
            ("devices.add_lot", None): (self.add_lot, self._ask_add),
            ("devices.lot", "stop_lot"): (self.stop_lot, self._ask_stop_lot),
            ("devices.lot", "recall"): (self.recall, self._ask_recall),
            ("devices.lot", "free_lot"): (self.free_lot, self._ask_free_lot),
            ("devices.device", "stop_device"): (self.stop_device, self._ask_stop_device),
            ("devices.device", "free_device"): (self.free_device, self._ask_free_device),
        }
        named = kind, about.get("deed")
        wanted = about.get("key")
        if named not in ways:
            return
        way, ask = ways[named]

        def done(supplies: Supplies) -> None:
            self._show(supplies)
            self._go_to(supplies, wanted)
            self._show_ways()
            if not way.isHidden() and way.isEnabled() and wanted in {None, *self._current_keys()}:
                ask()

        self._desk.ask(list_supplies, owner=self, done=done, failed=self._failed)

    def _current_keys(self) -> set[str | None]:
        return {self._way_of_device(), self._way_of_lot()}

    def _ask_add(self) -> None:
        sheet = AddLotSheet(self.window(), this_year=self._desk.clinic.clock.now().year)

        def act(values: Mapping[str, str]) -> None:
            new = sheet.new_lot(values)
            if new is not None:
                told = self.tr("Added: lot {lot}.").format(lot=new.lot)
                self._do(sheet, lambda clinic: add_lot(clinic, new), told)

        sheet.confirmed.connect(act)
        open_named(sheet, "devices.add_lot")

    def _ask_stop_lot(self) -> None:
        facts = self.tr("Nobody may use it until a director or administrator releases it.")
        self._ask_lot("stop_lot", self.tr("Quarantine lot {lot}"), facts, self.tr("Quarantine it"))

    def _ask_recall(self) -> None:
        facts = self.tr("The maker or an authority called it back. Nobody may use it.")
        self._ask_lot("recall", self.tr("Recall lot {lot}"), facts, self.tr("Mark as recalled"))

    def _ask_free_lot(self) -> None:
        facts = self.tr("It may be used again, up to its last day.")
        self._ask_lot("free_lot", self.tr("Release lot {lot}"), facts, self.tr("Release it"))

    def _ask_lot(self, name: str, title: str, fact: str, action: str) -> None:
        lot: LotRow | None = self.lots.current()
        if lot is None:
            return
        deed = {"stop_lot": quarantine_lot, "recall": recall_lot, "free_lot": release_lot}[name]
        facts = [f"{plain(lot.kind)} · {lot.name} · {day_words(lot.expires_on)}", fact]
        sheet = self._sheet("change_lot", title.format(lot=lot.lot), facts, action)
        told = self.tr("Changed: lot {lot}.").format(lot=lot.lot)
        sheet.confirmed.connect(
            lambda values: self._do(
                sheet, lambda clinic: deed(clinic, lot.kind, lot.lot, reason=values["reason"]), told
            )
        )
        open_named(sheet, "devices.lot", key=_key_of_lot(lot), deed=name)

    def _ask_stop_device(self) -> None:
        fact = self.tr("Nobody may treat with it until a director or administrator releases it.")
        self._ask_device("stop_device", self.tr("Quarantine device {device}"), fact, self.tr("Quarantine it"))

    def _ask_free_device(self) -> None:
        fact = self.tr("It may be used again.")
        self._ask_device("free_device", self.tr("Release device {device}"), fact, self.tr("Release it"))

    def _ask_device(self, name: str, title: str, fact: str, action: str) -> None:
        device: DeviceRow | None = self.devices.current()
        if device is None:
            return
        deed = {"stop_device": quarantine_device, "free_device": release_device}[name]
        facts = [f"{device.model}, {device.maker} · {device.serial}", fact]
        sheet = self._sheet("change_device", title.format(device=device.device), facts, action)
        told = self.tr("Changed: device {device}.").format(device=device.device)
        sheet.confirmed.connect(
            lambda values: self._do(
                sheet, lambda clinic: deed(clinic, device.device, reason=values["reason"]), told
            )
        )
        open_named(sheet, "devices.device", key=_key_of_device(device), deed=name)

    def _sheet(self, name: str, title: str, facts: Sequence[str], action: str) -> AskSheet:
        return reason_sheet(self.window(), name=name, title=title, facts=facts, action=action)

    def _do(self, sheet: AskSheet, job: Callable[[OpenClinic], object], told: str) -> None:
        def done(_row: object) -> None:
            sheet.accept()
            self._desk.tell(told)

        self._desk.act(job, owner=sheet, done=done, failed=sheet.show_refusal)

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
        self._show_ways()

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
