"""The devices: what their labels say, whether anybody may treat with them, and what is done about that."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from mnclinic.security.roles import Act
from mnclinic.services.change_device import quarantine_device, release_device
from mnclinic.services.device_register import (
    add_device,
    change_device_facts,
    confirm_device,
    shipped_devices,
)
from mnclinic.services.enter_service import NewService, enter_service
from mnclinic.services.list_supplies import DeviceRow
from mnclinic.ui.ask_sheet import TICKED
from mnclinic.ui.desk import Desk
from mnclinic.ui.devices.device_sheets import DeviceSheet, confirm_sheet, service_sheet
from mnclinic.ui.devices.looks import DEVICES, FEW_DEVICES, device_facts
from mnclinic.ui.devices.register_card import RegisterCard
from mnclinic.ui.devices.sheets import reason_sheet
from mnclinic.ui.elements import LARGE_TEXT, RowTable, button, label
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Type


class DeviceCard(RegisterCard):
    """The register of devices."""

    def __init__(self, desk: Desk) -> None:
        """Make the card for one person."""
        columns = FEW_DEVICES if theme().text_scale >= LARGE_TEXT else DEVICES
        super().__init__(self.tr("Devices"), desk, RowTable("devices.devices", columns, self.tr("Devices")))
        self.facts = label("", Type.SMALL, "muted", wraps=True)
        self.add_device = button(
            self.tr("Add a device …"), "devices.add_device", shape="plus", pressed=self.ask_add
        )
        self.confirm = button(
            self.tr("Confirm from the label …"),
            "devices.confirm_device",
            shape="circle-check",
            pressed=self.ask_confirm,
        )
        self.correct = button(
            self.tr("Correct …"), "devices.change_device", shape="pen-line", pressed=self.ask_correct
        )
        self.service = button(
            self.tr("Enter what was done …"), "devices.service", shape="list-checks", pressed=self.ask_service
        )
        self.stop = button(self.tr("Quarantine …"), "devices.stop_device", shape="ban", pressed=self.ask_stop)
        self.free = button(
            self.tr("Release …"), "devices.free_device", shape="circle-check", pressed=self.ask_free
        )
        history = history_button(desk, "devices.device_history", self.key)
        self.hold_acts(
            (self.add_device, self.confirm, self.correct, self.service, self.stop, self.free, history),
            self.facts,
        )

    def current(self) -> DeviceRow | None:
        """The device whose line is current."""
        device: DeviceRow | None = self.table.current()
        return device

    def key(self) -> str | None:
        """How the log and the box for everything call it."""
        device = self.current()
        return key_of(device) if device else None

    def show_rows(self, devices: Sequence[DeviceRow]) -> None:
        """Show the register."""
        self.table.show_rows(devices)

    def show_ways(self) -> None:
        """Show what this person may do about the current device, and its facts."""
        device = self.current()
        adds, confirms = self.may(Act.ADD_DEVICE), self.may(Act.CONFIRM_DEVICE)
        for way, is_allowed, can in (
            (self.add_device, adds, True),
            (self.confirm, confirms, device is not None and not device.facts.get("confirmation")),
            (self.correct, adds, device is not None),
            (self.service, self.may(Act.KEEP_SUPPLIES), device is not None),
            (self.stop, self.may(Act.TAKE_OUT_OF_USE), device is not None and not device.is_quarantined),
            (self.free, self.may(Act.PUT_BACK_INTO_USE), device is not None and device.is_quarantined),
        ):
            self.show_way(way, is_allowed=is_allowed, can=can)
        self.facts.setText(" ".join(device_facts(device, self._desk.local)) if device else "")

    def sheets(self) -> Mapping[tuple[str, str | None], tuple[QWidget, Callable[[], None]]]:
        """By a sheet's name and deed, the button that opens it and how."""
        return {
            ("devices.add_device", None): (self.add_device, self.ask_add),
            ("devices.device", "confirm_device"): (self.confirm, self.ask_confirm),
            ("devices.device", "change_facts"): (self.correct, self.ask_correct),
            ("devices.device", "service"): (self.service, self.ask_service),
            ("devices.device", "stop_device"): (self.stop, self.ask_stop),
            ("devices.device", "free_device"): (self.free, self.ask_free),
        }

    def ask_add(self) -> None:
        """Ask for every fact of a new device."""
        sheet = self._facts_sheet(None)

        def act(values: Mapping[str, str]) -> None:
            entry = sheet.entry(values)
            if entry is not None:
                told = self.tr("Added: device {device}. It waits for somebody to confirm its label.")
                self.do(sheet, lambda clinic: add_device(clinic, entry), told.format(device=entry["device"]))

        sheet.confirmed.connect(act)
        open_named(sheet, "devices.add_device")

    def ask_correct(self) -> None:
        """Ask for what the register has wrong."""
        device = self.current()
        if device is None:
            return
        sheet = self._facts_sheet(device)

        def act(values: Mapping[str, str]) -> None:
            entry = sheet.entry(values)
            if entry is not None:
                self.do(
                    sheet,
                    lambda clinic: change_device_facts(clinic, device.device, entry, reason=values["reason"]),
                    self._told(device),
                )

        sheet.confirmed.connect(act)
        open_named(sheet, "devices.device", key=key_of(device), deed="change_facts")

    def ask_confirm(self) -> None:
        """Ask what the label in hand says."""
        device = self.current()
        if device is None:
            return
        sheet = confirm_sheet(self.window(), device)
        told = self.tr("Confirmed: device {device}.").format(device=device.device)
        sheet.confirmed.connect(
            lambda values: self.do(
                sheet, lambda clinic: confirm_device(clinic, device.device, read=values), told
            )
        )
        open_named(sheet, "devices.device", key=key_of(device), deed="confirm_device")

    def ask_service(self) -> None:
        """Ask what was done to it."""
        device = self.current()
        if device is None:
            return
        today = self._desk.clinic.clock.now().date()
        sheet = service_sheet(self.window(), device, today=today, who=self._desk.person.name)
        told = self.tr("Entered: device {device}.").format(device=device.device)

        def act(values: Mapping[str, str]) -> None:
            new = NewService(
                values["kind"],
                date.fromisoformat(values["done_on"]),
                values["done_by"],
                values["failed"] != TICKED,
                values["note"],
            )
            self.do(sheet, lambda clinic: enter_service(clinic, device.device, new), told)

        sheet.confirmed.connect(act)
        open_named(sheet, "devices.device", key=key_of(device), deed="service")

    def ask_stop(self) -> None:
        """Ask why nobody may treat with it."""
        fact = self.tr("Nobody may treat with it until a director or administrator releases it.")
        self._ask_state("stop_device", self.tr("Quarantine device {device}"), fact, self.tr("Quarantine it"))

    def ask_free(self) -> None:
        """Ask why it may be used again."""
        fact = self.tr("It may be used again.")
        self._ask_state("free_device", self.tr("Release device {device}"), fact, self.tr("Release it"))

    def _ask_state(self, name: str, title: str, fact: str, action: str) -> None:
        device = self.current()
        if device is None:
            return
        deed = {"stop_device": quarantine_device, "free_device": release_device}[name]
        facts = [f"{device.model}, {device.maker} · {device.serial}", fact]
        sheet = reason_sheet(
            self.window(),
            name="change_device",
            title=title.format(device=device.device),
            facts=facts,
            action=action,
        )
        sheet.confirmed.connect(
            lambda values: self.do(
                sheet,
                lambda clinic: deed(clinic, device.device, reason=values["reason"]),
                self._told(device),
            )
        )
        open_named(sheet, "devices.device", key=key_of(device), deed=name)

    def _facts_sheet(self, device: DeviceRow | None) -> DeviceSheet:
        year = self._desk.clinic.clock.now().year
        return DeviceSheet(self.window(), drafts=shipped_devices(), this_year=year, device=device)

    def _told(self, device: DeviceRow) -> str:
        return self.tr("Changed: device {device}.").format(device=device.device)


def key_of(device: DeviceRow) -> str:
    """How the log and the box for everything call a device."""
    return f"device:{device.device}"
