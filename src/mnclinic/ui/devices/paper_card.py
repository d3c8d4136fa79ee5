"""Numbered sheets for the day the PC is down: printed beforehand, and missed until they come back."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from mnclinic.domain.typed_values import whole_within
from mnclinic.security.roles import Act
from mnclinic.services.in_force import in_force_on
from mnclinic.services.paper_bridge import (
    MOST_AT_ONCE,
    PaperRow,
    list_paper_sheets,
    print_paper_sheets,
    return_paper_sheet,
    spoil_paper_sheet,
)
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.devices.looks import FEW_SHEETS, SHEETS
from mnclinic.ui.devices.register_card import RegisterCard
from mnclinic.ui.devices.sheets import reason_sheet
from mnclinic.ui.elements import LARGE_TEXT, RowTable, button
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.named_place import place_of, with_file
from mnclinic.ui.theme import theme

PaperShown = tuple[Sequence[PaperRow], Sequence[tuple[str, str]]]
"""The sheets, and the protocols in force as words and id."""


def paper_shown(clinic: OpenClinic) -> PaperShown:
    """What the card shows."""
    force = in_force_on(clinic)
    named = [(one.document.name, one.document.document_id) for one in force.protocols]
    return list_paper_sheets(clinic), named


class PaperCard(RegisterCard):
    """The sheets that were printed, those that are out first."""

    def __init__(self, desk: Desk) -> None:
        """Make the card for one person."""
        columns = FEW_SHEETS if theme().text_scale >= LARGE_TEXT else SHEETS
        words = self.tr("Paper sheets for a day without the program")
        super().__init__(words, desk, RowTable("devices.papers", columns, words))
        self._protocols: Sequence[tuple[str, str]] = ()
        self.print = button(
            self.tr("Print sheets …"), "devices.print_papers", shape="printer", pressed=self.ask_print
        )
        self.bring = button(
            self.tr("Bring back …"), "devices.return_paper", shape="corner-up-left", pressed=self.ask_return
        )
        self.spoil = button(
            self.tr("Spoiled or lost …"), "devices.spoil_paper", shape="ban", pressed=self.ask_spoil
        )
        history = history_button(desk, "devices.paper_history", self.key)
        self.hold_acts((self.print, self.bring, self.spoil, history))

    def current(self) -> PaperRow | None:
        """The sheet whose line is current."""
        sheet: PaperRow | None = self.table.current()
        return sheet

    def key(self) -> str | None:
        """How the log calls it."""
        sheet = self.current()
        return key_of(sheet) if sheet else None

    def show_shown(self, shown: PaperShown) -> None:
        """Show the sheets."""
        sheets, self._protocols = shown
        self.table.show_rows(sheets)
        self.show_ways()

    def show_ways(self) -> None:
        """Show what this person may do about the current sheet."""
        sheet, brings = self.current(), self.may(Act.EDIT_PATIENT)
        is_out = sheet is not None and sheet.is_out
        self.show_way(self.print, is_allowed=self.may(Act.PRINT_DOCUMENT), can=bool(self._protocols))
        self.show_way(self.bring, is_allowed=brings, can=is_out)
        self.show_way(self.spoil, is_allowed=brings, can=is_out)

    def sheets(self) -> Mapping[tuple[str, str | None], tuple[QWidget, Callable[[], None]]]:
        """By a sheet's name and deed, the button that opens it and how."""
        return {
            ("devices.print_papers", None): (self.print, self.ask_print),
            ("devices.paper", "return"): (self.bring, self.ask_return),
            ("devices.paper", "spoil"): (self.spoil, self.ask_spoil),
        }

    def ask_print(self) -> None:
        """Ask how many sheets of which protocol, and where to."""
        sheet = _print_sheet(self.window(), self._protocols)

        def act(values: Mapping[str, str]) -> None:
            read = whole_within(1, MOST_AT_ONCE)(values["count"])
            self.do(
                sheet,
                lambda clinic: print_paper_sheets(
                    clinic,
                    values["protocol"],
                    # What is no number is refused with all else that is wrong.
                    count=int(read.value) if read.is_read else 0,
                    language=values["language"],
                    out=place_of(values["out"]),
                ),
                self.tr("Printed. Each sheet has its own number, and is missed until it comes back."),
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "devices.print_papers")

    def ask_return(self) -> None:
        """Ask which visit a sheet was entered as, and for its scan."""
        held = self.current()
        if held is None:
            return
        sheet = _return_sheet(self.window(), held)
        told = self.tr("Brought back: {number}.").format(number=held.number)

        def done(row: PaperRow) -> None:
            sheet.accept()
            self._desk.tell(" ".join([told, *map(spoken, row.noted)]))

        def act(values: Mapping[str, str]) -> None:
            self._desk.act(
                lambda clinic: _bring(clinic, held.number, values),
                owner=sheet,
                done=done,
                failed=sheet.show_refusal,
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "devices.paper", key=key_of(held), deed="return")

    def ask_spoil(self) -> None:
        """Ask why a sheet will not come back."""
        held = self.current()
        if held is None:
            return
        sheet = reason_sheet(
            self.window(),
            name="spoil_paper",
            title=self.tr("Sheet {number} will not come back").format(number=held.number),
            facts=[self.tr("Its number is never used again.")],
            action=self.tr("Mark as spoiled"),
        )
        told = self.tr("Changed: {number}.").format(number=held.number)
        sheet.confirmed.connect(
            lambda values: self.do(
                sheet, lambda clinic: spoil_paper_sheet(clinic, held.number, reason=values["reason"]), told
            )
        )
        open_named(sheet, "devices.paper", key=key_of(held), deed="spoil")


def _bring(clinic: OpenClinic, number: str, values: Mapping[str, str]) -> PaperRow:
    def returned(scan: bytes) -> PaperRow:
        return return_paper_sheet(clinic, number, values["visit"], scan=scan)

    return with_file(values["scan"], "scan", returned)


def _print_sheet(parent: QWidget, protocols: Sequence[tuple[str, str]]) -> AskSheet:
    return AskSheet(
        parent,
        name="print_papers",
        title=spoken("Print sheets for a day without the program"),
        facts=[spoken("Keep them at the desk. Each is for one person and one session.")],
        entries=[
            Entry("protocol", spoken("Protocol"), Kind.CHOICE, options=tuple(protocols)),
            Entry(
                "language",
                spoken("Language"),
                Kind.CHOICE,
                options=((spoken("English"), "en"), (spoken("Spanish"), "es")),
            ),
            Entry("count", spoken("How many"), value="5"),
            Entry(
                "out", spoken("File"), Kind.NEW_FILE, help_text=spoken("Several get their number behind it.")
            ),
        ],
        action=spoken("Print"),
        asks_password=False,
    )


def _return_sheet(parent: QWidget, held: PaperRow) -> AskSheet:
    return AskSheet(
        parent,
        name="return_paper",
        title=spoken("Bring sheet {number} back").format(number=held.number),
        facts=[spoken("Enter the visit first, with the times that stand on the sheet: it is a late entry.")],
        entries=[
            Entry("visit", spoken("Number of the visit"), help_text=spoken("For example V-000123.")),
            Entry("scan", spoken("Scan of the sheet"), Kind.FILE, help_text=spoken("PDF, PNG or JPEG.")),
        ],
        action=spoken("Bring it back"),
        asks_password=False,
    )


def key_of(sheet: PaperRow) -> str:
    """How the log calls a sheet."""
    return f"paper_sheet:{sheet.number}"
