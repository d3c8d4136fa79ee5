"""The sheet on which somebody writes down what the director orders by telephone."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mnclinic.domain.finding import Finding, PassedBy
from mnclinic.domain.typed_values import read_time
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.show_visit import VisitView
from mnclinic.services.telephone_order import NewTelephoneOrder, TelephoneOrderTaken, take_telephone_order
from mnclinic.ui.ask_sheet import TICKED, AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named

if TYPE_CHECKING:
    from mnclinic.services.session import OpenClinic

PASSES = "pass."
"""Begins the name of an entry that says what the order lets pass."""


def orderable(view: VisitView) -> dict[str, Finding]:
    """What an order by telephone could let pass in this visit, each code once."""
    if not view.order_givers or view.state not in {VisitState.DRAFT, VisitState.DEFERRED}:
        return {}
    return {
        finding.code: finding
        for finding in view.verdict.refused
        if finding.passed_by is PassedBy.DIRECTOR and not finding.is_absolute
    }


def may_take(view: VisitView, role: Role) -> bool:
    """Whether the sheet has anything to ask of this person."""
    return may(role, Act.TAKE_TELEPHONE_ORDER) and bool(orderable(view))


class TelephoneOrders(QObject):
    """Takes an order for the visit that is shown."""

    done = Signal()
    """The visit stands otherwise now: it is to be looked at again."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Open sheets over the window that `page` is in."""
        super().__init__(page)
        self._desk = desk
        self._page = page

    def take(self, view: VisitView) -> None:
        """Ask who ordered what in which words, and when it was read back."""
        now = self._desk.clinic.clock.now()
        lets_pass = self.tr("The order lets this pass:")
        sheet = AskSheet(
            self._page.window(),
            name="telephone_order",
            title=self.tr("Order by telephone, visit {number}").format(number=view.number),
            facts=[
                self.tr(
                    "Write the words down as they are said, read them back, and have the director confirm "
                    "them. The order stands as unsigned at the top of the director's queue till it is signed."
                )
            ],
            entries=[
                Entry(
                    "director",
                    self.tr("Who orders"),
                    Kind.CHOICE,
                    options=tuple((one.words, one.code) for one in view.order_givers),
                ),
                Entry("words", self.tr("The exact words")),
                Entry(
                    "ordered_at",
                    self.tr("Ordered at"),
                    help_text=self.tr("Written such as 14:05."),
                    value=f"{now:%H:%M}",
                ),
                Entry(
                    "read_back_at",
                    self.tr("Read back and confirmed at"),
                    help_text=self.tr(
                        "Leave it empty as long as nobody read it back: it does not count then."
                    ),
                    is_optional=True,
                ),
                *(
                    Entry(f"{PASSES}{code}", lets_pass, Kind.TICK, spoken(finding.message))
                    for code, finding in orderable(view).items()
                ),
            ],
            action=self.tr("Enter the order"),
            asks_password=False,
        )

        def act(values: Mapping[str, str]) -> None:
            def job(clinic: "OpenClinic") -> TelephoneOrderTaken:
                order = order_of(values, datetime.fromisoformat(view.document["started_at"]))
                return take_telephone_order(clinic, view.visit_id, view.edition, order)

            def taken(order: TelephoneOrderTaken) -> None:
                sheet.accept()
                self._desk.told.emit(
                    self.tr("Order entered in {number}; the director still signs it").format(
                        number=order.number
                    )
                )
                self.done.emit()

            self._desk.act(job, owner=sheet, done=taken, failed=sheet.show_refusal)

        sheet.confirmed.connect(act)
        open_named(sheet, "visit.telephone_order", visit=view.visit_id)


def order_of(values: Mapping[str, str], visit_at: datetime) -> NewTelephoneOrder:
    """The order that was typed: times of day on the visit's own day, at its offset.

    Raises InvalidInput for a time that cannot be read.
    """
    times: dict[str, datetime | None] = {}
    problems = []
    for name in ("ordered_at", "read_back_at"):
        reading = read_time(values[name])
        if reading.problem:
            problems.append(Problem(name, reading.problem))
        hour, minute = map(int, reading.value.split(":")) if reading.is_read else (0, 0)
        at = visit_at.replace(hour=hour, minute=minute, second=0, microsecond=0)
        times[name] = at if reading.is_read else None
    ordered_at = times["ordered_at"]
    if problems or ordered_at is None:
        raise InvalidInput("The order was not entered, and nothing was changed. Correct the times.", problems)
    return NewTelephoneOrder(
        director=values["director"],
        codes=tuple(
            name.removeprefix(PASSES)
            for name, value in values.items()
            if name.startswith(PASSES) and value == TICKED
        ),
        words=values["words"],
        ordered_at=ordered_at,
        read_back_at=times["read_back_at"],
    )
