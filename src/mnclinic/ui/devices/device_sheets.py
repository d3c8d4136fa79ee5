"""Sheets about a device: its facts, typed or scanned from the label, and the label held against them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mnclinic.domain.device_care import CareKind
from mnclinic.domain.devices import TYPED, typed_device, typed_values
from mnclinic.domain.scanned_codes import read_scanned
from mnclinic.errors import InvalidInput
from mnclinic.services.device_register import NOT_ADDED, DeviceDraft
from mnclinic.services.list_supplies import DeviceRow
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.elements import Field
from mnclinic.ui.language import spoken
from mnclinic.ui.scan_line import SEPARATOR_SHOWN, ReadAtTab, is_separator


class DeviceSheet(AskSheet):
    """Every fact of a device. A draft fills what is publicly known, a scan its UDI and serial number."""

    def __init__(
        self,
        parent: QWidget,
        *,
        drafts: Sequence[DeviceDraft],
        this_year: int,
        device: DeviceRow | None = None,
    ) -> None:
        """Make the sheet: to add a device, or to correct `device`."""
        held = typed_values({**device.facts, "serial": device.serial}) if device else {}
        self._device, self._drafts = device, {one.name: one for one in drafts}
        self._this_year = this_year
        super().__init__(
            parent,
            name="change_facts" if device else "add_device",
            title=spoken("Correct device {device}").format(device=device.device)
            if device
            else spoken("Add a device"),
            facts=[
                spoken("Take every number from the label in hand. Leave empty what the label does not say."),
                spoken("Nobody may treat with it until somebody has confirmed it from the label."),
            ],
            entries=_entries(drafts, held, is_new=device is None),
            action=spoken("Correct it") if device else spoken("Add it"),
            asks_password=False,
        )
        udi = self._line("udi")
        ReadAtTab(udi, lambda: self.read_code(udi.text()))
        choice = self._fields.get("draft")
        if isinstance(choice, Field) and isinstance(choice.control, QComboBox):
            choice.control.currentIndexChanged.connect(lambda _number: self._fill(self.value("draft")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The end of a scan reads the code; it does not add the device."""
        scan = self._line("udi")
        if scan.hasFocus() and is_separator(event):
            scan.insert(SEPARATOR_SHOWN)
        elif scan.hasFocus() and scan.text().strip() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.read_code(scan.text())
        else:
            super().keyPressEvent(event)

    def read_code(self, code: str) -> None:
        """Read the label's code: it stays as the UDI, and fills the serial number where it has one."""
        reading = read_scanned([code], this_year=self._this_year)
        field = cast("Field", self._fields["udi"])
        field.show_problem("\n".join(spoken(one) for one in reading.problems))
        if reading.item is None:
            self._line("udi").selectAll()
            return
        if reading.item.serial:
            self._line("serial").setText(reading.item.serial)
        self._line("clearance" if reading.item.serial else "serial").setFocus()

    def entry(self, values: Mapping[str, str]) -> dict[str, Any] | None:
        """The facts that were typed; None where one cannot be read, which is told beside its field."""
        made, problems = typed_device({name: values.get(name, "") for name in TYPED})
        if problems:
            self.show_refusal(InvalidInput(NOT_ADDED, problems))
            return None
        if self._device is not None:
            made["device"] = self._device.device
        return made

    def _fill(self, name: str) -> None:
        draft = self._drafts.get(name)
        if draft is None:
            return
        for key, text in typed_values(draft.facts).items():
            field = cast("Field", self._fields[key])
            if isinstance(field.control, QComboBox):
                field.control.setCurrentIndex(max(0, field.control.findData(text)))
            else:
                cast("QLineEdit", field.control).setText(text)

    def _line(self, name: str) -> QLineEdit:
        return cast("QLineEdit", cast("Field", self._fields[name]).control)


def _entries(drafts: Sequence[DeviceDraft], held: Mapping[str, str], *, is_new: bool) -> list[Entry]:
    def line(name: str, words: str, help_text: str = "", *, is_optional: bool = True) -> Entry:
        return Entry(name, words, help_text=help_text, is_optional=is_optional, value=held.get(name, ""))

    entries = []
    if is_new:
        nothing = (spoken("No draft: type it all"), "")
        named = [(f"{one.title} ({one.facts['clearance']})", one.name) for one in drafts]
        words = spoken("Only what is publicly known. It is no label.")
        options = (nothing, *named)
        entries += [
            Entry("draft", spoken("Begin from a draft"), Kind.CHOICE, help_text=words, options=options),
            line("device", spoken("What visits call it"), spoken("For example SP-01."), is_optional=False),
        ]
    entries += [
        line("udi", spoken("UDI: scan the label here"), spoken("Bar code or square code, GS1 or HIBC.")),
        line("model", spoken("Model"), is_optional=False),
        line("maker", spoken("Maker"), is_optional=False),
        line("serial", spoken("Serial number"), is_optional=False),
        line("clearance", spoken("Clearance number"), spoken("For example DEN160029, K202243.")),
        Entry(
            "device_class",
            spoken("How it works"),
            Kind.CHOICE,
            options=(
                (spoken("Not known"), ""),
                (spoken("Mechanical"), "mechanical"),
                (spoken("Radiofrequency"), "radiofrequency"),
            ),
            value=held.get("device_class", ""),
        ),
        line("max_depth_mm", spoken("Mechanical maximum in mm")),
        line("depth_step_mm", spoken("Depth in steps of, in mm")),
        line("label_depth_mm", spoken("Deepest that the label evaluated, in mm")),
        line("speed", spoken("Speed"), spoken("In the label's words.")),
        line("minimum_age", spoken("Minimum age in years")),
        line(
            "indications",
            spoken("Cleared for, with phototypes"),
            spoken("For example: facial acne scars I-VI; neck wrinkles II-IV."),
        ),
        line(
            "topicals_on_label",
            spoken("Topicals that the label names"),
            spoken("What may be put on needled skin, commas between. The label names none: write none."),
        ),
        line("service_every_days", spoken("Days between services")),
        line("cleaning_every_days", spoken("Days between cleanings")),
        line("calibration_every_days", spoken("Days between calibrations")),
        line("source", spoken("Where these facts come from")),
    ]
    if not is_new:
        entries.append(Entry("reason", spoken("Why?"), help_text=spoken("It stands in the log.")))
    return entries


def confirm_sheet(parent: QWidget, device: DeviceRow) -> AskSheet:
    """Asks what the label in hand says; the register's own numbers are not shown, so that they are read."""
    return AskSheet(
        parent,
        name="confirm_device",
        title=spoken("Confirm device {device} from its label").format(device=device.device),
        facts=[
            f"{device.model}, {device.maker}",
            spoken("Take the device in hand and type what its label says. An empty field: it says nothing."),
            spoken("It stands in the log in your name."),
        ],
        entries=[
            Entry("serial", spoken("Serial number")),
            Entry("max_depth_mm", spoken("Mechanical maximum in mm"), is_optional=True),
            Entry("label_depth_mm", spoken("Deepest that the label evaluated, in mm"), is_optional=True),
            Entry("minimum_age", spoken("Minimum age in years"), is_optional=True),
        ],
        action=spoken("The label says so"),
        asks_password=False,
    )


def care_words(kind: CareKind) -> str:
    """What was done to a device. A code alone would not do: a visit has a service too, which is another."""
    return {
        CareKind.SERVICE: spoken("Servicing"),
        CareKind.CLEANING: spoken("Cleaning"),
        CareKind.CALIBRATION: spoken("Calibration"),
        CareKind.REPAIR: spoken("Repair"),
    }[kind]


def service_sheet(parent: QWidget, device: DeviceRow, *, today: date, who: str) -> AskSheet:
    """Asks what was done to a device, when and by whom."""
    return AskSheet(
        parent,
        name="enter_service",
        title=spoken("Enter what was done to device {device}").format(device=device.device),
        facts=[
            f"{device.model}, {device.maker} · {device.serial}",
            *(spoken(one.sentence()) for one in device.overdue),
        ],
        entries=[
            Entry(
                "kind",
                spoken("What was done"),
                Kind.CHOICE,
                options=tuple((care_words(one), one.value) for one in CareKind),
                value=device.overdue[0].kind.value if device.overdue else CareKind.CLEANING.value,
            ),
            Entry("done_on", spoken("On which day"), Kind.DAY, value=today.isoformat()),
            Entry("done_by", spoken("Who did it"), value=who),
            Entry(
                "failed",
                spoken("It did not pass"),
                Kind.TICK,
                help_text=spoken("Then the device is quarantined at once."),
            ),
            Entry("note", spoken("Note"), is_optional=True),
        ],
        action=spoken("Enter it"),
        asks_password=False,
    )
