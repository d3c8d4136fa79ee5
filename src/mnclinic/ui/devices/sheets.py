"""Sheets over the register: a lot is added, typed or scanned; a lot or device is stopped or released."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mnclinic.domain.scanned_codes import ScannedItem, read_scanned
from mnclinic.domain.supplies import LotKind
from mnclinic.domain.typed_values import read_day
from mnclinic.errors import InvalidInput
from mnclinic.services.add_lot import NewLot
from mnclinic.services.list_supplies import LotRow
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.elements import Field
from mnclinic.ui.language import spoken
from mnclinic.ui.scan_line import SEPARATOR_SHOWN, ReadAtTab, is_separator
from mnclinic.ui.words import plain


class AddLotSheet(AskSheet):
    """A lot as it stands on the box. Codes that are scanned into the first field fill the others."""

    def __init__(self, parent: QWidget, *, this_year: int) -> None:
        """Make the sheet; `this_year` says which century the two digits of a code mean."""
        super().__init__(
            parent,
            name="add_lot",
            title=spoken("Add a lot"),
            facts=[spoken("Scan every code of one box, or type what stands on it.")],
            entries=[
                Entry(
                    "scan",
                    spoken("Scan here"),
                    help_text=spoken("Bar code or square code, GS1 or HIBC."),
                    is_optional=True,
                ),
                Entry(
                    "kind",
                    spoken("What it is of"),
                    Kind.CHOICE,
                    options=tuple((plain(one.value), one.value) for one in LotKind),
                    value=LotKind.CARTRIDGE.value,
                ),
                Entry("name", spoken("What it is called"), help_text=spoken("As visits name it: hydrogel.")),
                Entry("lot", spoken("Lot, as it is printed")),
                Entry("expires_on", spoken("Last day of use"), help_text=spoken("For example 2027-05-31.")),
                Entry(
                    "needle_length_mm",
                    spoken("Needle length in mm"),
                    help_text=spoken("Of a cartridge, from its label."),
                    is_optional=True,
                ),
            ],
            action=spoken("Add it"),
            asks_password=False,
        )
        self._this_year = this_year
        self._codes: tuple[str, ...] = ()
        scan = self._line("scan")
        ReadAtTab(scan, lambda: self.read_code(scan.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The end of a scan reads the code; it does not add the lot."""
        scan = self._line("scan")
        if scan.hasFocus() and is_separator(event):
            scan.insert(SEPARATOR_SHOWN)
        elif scan.hasFocus() and scan.text().strip() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.read_code(scan.text())
        else:
            super().keyPressEvent(event)

    def new_lot(self, values: Mapping[str, str]) -> NewLot:
        """The lot from what was typed; without a day where that cannot be read, and so refused."""
        read = read_day(values["expires_on"])
        return NewLot(
            kind=values["kind"],
            lot=values["lot"],
            name=values["name"],
            expires_on=date.fromisoformat(read.value) if read.is_read else None,
            needle_length_mm=values["needle_length_mm"],
        )

    def show_refusal(self, error: Exception) -> None:
        """Say of a day that cannot be read why, with all else that is wrong."""
        said = read_day(self.value("expires_on")).problem
        if isinstance(error, InvalidInput) and said:
            told = [replace(one, what=said) if one.where == "expires_on" else one for one in error.problems]
            error = InvalidInput(error.sentence, told)
        super().show_refusal(error)

    def read_code(self, code: str) -> None:
        """Read one more code of the same box into the fields, or tell beside the first why not."""
        codes = (*self._codes, code)
        reading = read_scanned(codes, this_year=self._this_year)
        self._field("scan").show_problem("\n".join(spoken(one) for one in reading.problems))
        if reading.item is None:
            self._line("scan").setText(code)
            self._line("scan").selectAll()
            return
        self._codes = codes
        self._line("scan").clear()
        self._fill(reading.item)

    def _fill(self, item: ScannedItem) -> None:
        known = {"lot": item.lot, "expires_on": item.expires_on.isoformat() if item.expires_on else ""}
        for name, value in known.items():
            if value:
                self._line(name).setText(value)
                self._field(name).show_problem("")
        missing = [name for name in ("name", "lot", "expires_on") if not self.value(name)]
        wanted = missing[0] if missing else "needle_length_mm"
        (self._line("scan") if {"lot", "expires_on"} & set(missing) else self._line(wanted)).setFocus()

    def _field(self, name: str) -> Field:
        return cast("Field", self._fields[name])

    def _line(self, name: str) -> QLineEdit:
        return cast("QLineEdit", self._field(name).control)


def reason_sheet(parent: QWidget, *, name: str, title: str, facts: Sequence[str], action: str) -> AskSheet:
    """Asks why a lot or device is stopped or released."""
    return AskSheet(
        parent,
        name=name,
        title=title,
        facts=facts,
        entries=[Entry("reason", spoken("Why?"), help_text=spoken("It stands in the log."))],
        action=action,
        kind="danger",
        asks_password=False,
    )


def stock_sheet(parent: QWidget, lot: LotRow, *, sets_low: bool) -> AskSheet:
    """Asks how many of a lot came in, were thrown away or lie there.

    With `sets_low` it also asks below how many of its kind the stock is low.
    """
    low = ((spoken("Fewer than so many of this kind are too few"), "low"),) if sets_low else ()
    known = spoken("Nobody has counted it yet.")
    if lot.stock is not None:
        known = spoken("In: {received}. Used: {used}. Discarded: {discarded}. Left: {left}.").format(
            received=lot.stock.received,
            used=lot.stock.used,
            discarded=lot.stock.discarded,
            left=lot.stock.on_hand,
        )
    return AskSheet(
        parent,
        name="move_lot",
        title=spoken("Count of lot {lot}").format(lot=lot.lot),
        facts=[f"{plain(lot.kind)} · {lot.name}", known],
        entries=[
            Entry(
                "what",
                spoken("What happened"),
                Kind.CHOICE,
                options=(
                    (spoken("So many came in"), "received"),
                    (spoken("So many were thrown away"), "discarded"),
                    (spoken("So many lie there"), "counted"),
                    *low,
                ),
                value="received",
            ),
            Entry("quantity", spoken("How many")),
            Entry("reason", spoken("Why?"), help_text=spoken("Needed where some went."), is_optional=True),
        ],
        action=spoken("Enter it"),
        asks_password=False,
    )
