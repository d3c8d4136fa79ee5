"""The lots: how many there are, until when they may be used, and what takes one out of use."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from mnclinic.domain.supplies import LotState
from mnclinic.domain.typed_values import whole_within
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.roles import Act
from mnclinic.services.add_lot import add_lot
from mnclinic.services.change_lot import quarantine_lot, release_lot
from mnclinic.services.list_supplies import LotRow
from mnclinic.services.recall_rows import RecallRow
from mnclinic.services.session import OpenClinic
from mnclinic.services.settings import change_setting, setting
from mnclinic.services.stock import MOST_AT_ONCE, NOT_MOVED, count_lot, discard_lot, receive_lot
from mnclinic.ui.desk import Desk
from mnclinic.ui.devices.looks import FEW_LOTS, LOTS
from mnclinic.ui.devices.register_card import RegisterCard
from mnclinic.ui.devices.sheets import AddLotSheet, reason_sheet, stock_sheet
from mnclinic.ui.elements import LARGE_TEXT, RowTable, button
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.recall.recall_sheets import open_sheet_of, open_typed, opened_words
from mnclinic.ui.theme import theme
from mnclinic.ui.words import day_words, plain

NO_NUMBER = -1
"""Stands for what cannot be read as a number; every count refuses it."""


class LotCard(RegisterCard):
    """The register of lots."""

    def __init__(self, desk: Desk) -> None:
        """Make the card for one person."""
        columns = FEW_LOTS if theme().text_scale >= LARGE_TEXT else LOTS
        super().__init__(self.tr("Lots"), desk, RowTable("devices.lots", columns, self.tr("Lots")))
        self.add_lot = button(self.tr("Add a lot …"), "devices.add_lot", shape="plus", pressed=self.ask_add)
        self.count = button(
            self.tr("Count …"), "devices.count", shape="clipboard-list", pressed=self.ask_count
        )
        self.stop = button(self.tr("Quarantine …"), "devices.stop_lot", shape="ban", pressed=self.ask_stop)
        self.recall = button(
            self.tr("Recall …"), "devices.recall", shape="triangle-alert", pressed=self.ask_recall
        )
        self.free = button(
            self.tr("Release …"), "devices.free_lot", shape="circle-check", pressed=self.ask_free
        )
        self.touched = button(
            self.tr("Whom it touched"), "devices.lot_touched", shape="users", pressed=self._look_back
        )
        history = history_button(desk, "devices.lot_history", self.key)
        self.hold_acts((self.add_lot, self.count, self.stop, self.recall, self.free, self.touched, history))

    def current(self) -> LotRow | None:
        """The lot whose line is current."""
        lot: LotRow | None = self.table.current()
        return lot

    def key(self) -> str | None:
        """How the log and the box for everything call it."""
        lot = self.current()
        return key_of(lot) if lot else None

    def show_rows(self, lots: Sequence[LotRow]) -> None:
        """Show the register."""
        self.table.show_rows(lots)

    def show_ways(self) -> None:
        """Show what this person may do about the current lot."""
        lot, stops = self.current(), self.may(Act.TAKE_OUT_OF_USE)
        for way, is_allowed, can in (
            (self.add_lot, self.may(Act.ADD_LOT), True),
            (self.count, self.may(Act.KEEP_SUPPLIES), lot is not None),
            (self.stop, stops, lot is not None and lot.state == LotState.IN_USE),
            (self.recall, stops, lot is not None),
            (self.free, self.may(Act.PUT_BACK_INTO_USE), lot is not None and lot.state != LotState.IN_USE),
        ):
            self.show_way(way, is_allowed=is_allowed, can=can)
        self.touched.setVisible(self.may(Act.VIEW_PATIENT))
        self.touched.setEnabled(lot is not None)

    def _look_back(self) -> None:
        lot = self.current()
        if lot is not None:
            self._desk.wanted.emit("recall", lot.lot)

    def sheets(self) -> Mapping[tuple[str, str | None], tuple[QWidget, Callable[[], None]]]:
        """By a sheet's name and deed, the button that opens it and how."""
        return {
            ("devices.add_lot", None): (self.add_lot, self.ask_add),
            ("devices.lot", "count"): (self.count, self.ask_count),
            ("devices.lot", "stop_lot"): (self.stop, self.ask_stop),
            ("devices.lot", "recall"): (self.recall, self.ask_recall),
            ("devices.lot", "free_lot"): (self.free, self.ask_free),
        }

    def ask_add(self) -> None:
        """Ask for a new lot."""
        sheet = AddLotSheet(self.window(), this_year=self._desk.clinic.clock.now().year)

        def act(values: Mapping[str, str]) -> None:
            new = sheet.new_lot(values)
            told = self.tr("Added: lot {lot}.").format(lot=new.lot)
            self.do(sheet, lambda clinic: add_lot(clinic, new), told)

        sheet.confirmed.connect(act)
        open_named(sheet, "devices.add_lot")

    def ask_count(self) -> None:
        """Ask how many came in, went or lie there."""
        lot = self.current()
        if lot is None:
            return
        sheet = stock_sheet(self.window(), lot, sets_low=self.may(Act.CHANGE_SETTINGS))
        counted = self.tr("Counted: lot {lot}.").format(lot=lot.lot)
        marked = self.tr("Changed: from how many on the stock is low.")

        def act(values: Mapping[str, str]) -> None:
            read = whole_within(0, MOST_AT_ONCE)(values["quantity"])
            deeds: Mapping[str, Callable[..., object]] = {
                "received": receive_lot,
                "discarded": discard_lot,
                "counted": count_lot,
            }
            if values["what"] == "low" and not read.is_read:
                sheet.show_refusal(InvalidInput(NOT_MOVED, [Problem("quantity", read.problem)]))
                return
            # What is no number is refused as one that cannot be, together with all else that is wrong.
            count, reason = int(read.value) if read.is_read else NO_NUMBER, values["reason"]
            if values["what"] == "low":
                self.do(sheet, lambda clinic: _mark_low(clinic, lot.kind, count), marked)
                return
            deed = deeds[values["what"]]
            self.do(
                sheet, lambda clinic: deed(clinic, lot.kind, lot.lot, quantity=count, reason=reason), counted
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "devices.lot", key=key_of(lot), deed="count")

    def ask_stop(self) -> None:
        """Ask why nobody may use it."""
        facts = self.tr("Nobody may use it until a director or administrator releases it.")
        self._ask_state("stop_lot", self.tr("Quarantine lot {lot}"), facts, self.tr("Quarantine it"))

    def ask_recall(self) -> None:
        """Ask who called it back, and for the notice: that opens a recall, which is shown then."""
        lot = self.current()
        if lot is None:
            return
        sheet = open_sheet_of(self.window(), lot.kind, lot.lot)

        def opened(row: RecallRow) -> None:
            sheet.accept()
            self._desk.tell(opened_words(row))
            self._desk.wanted.emit("recalls", row.recall_id)

        sheet.confirmed.connect(
            lambda values: self._desk.act(
                lambda clinic: open_typed(clinic, values),
                owner=sheet,
                done=opened,
                failed=sheet.show_refusal,
            )
        )
        open_named(sheet, "devices.lot", key=key_of(lot), deed="recall")

    def ask_free(self) -> None:
        """Ask why it may be used again."""
        facts = self.tr("It may be used again, up to its last day.")
        self._ask_state("free_lot", self.tr("Release lot {lot}"), facts, self.tr("Release it"))

    def _ask_state(self, name: str, title: str, fact: str, action: str) -> None:
        lot = self.current()
        if lot is None:
            return
        deed = {"stop_lot": quarantine_lot, "free_lot": release_lot}[name]
        facts = [f"{plain(lot.kind)} · {lot.name} · {day_words(lot.expires_on)}", fact]
        sheet = reason_sheet(
            self.window(), name="change_lot", title=title.format(lot=lot.lot), facts=facts, action=action
        )
        told = self.tr("Changed: lot {lot}.").format(lot=lot.lot)
        sheet.confirmed.connect(
            lambda values: self.do(
                sheet, lambda clinic: deed(clinic, lot.kind, lot.lot, reason=values["reason"]), told
            )
        )
        open_named(sheet, "devices.lot", key=key_of(lot), deed=name)


def key_of(lot: LotRow) -> str:
    """How the log and the box for everything call a lot."""
    return f"lot:{lot.kind}:{lot.lot}"


def _mark_low(clinic: OpenClinic, kind: str, least: int) -> None:
    """Keep below how many of a kind the stock is low; the other kinds stay."""
    change_setting(clinic, "low_stock", {**setting(clinic, "low_stock"), kind: least})
