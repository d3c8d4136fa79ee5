"""What is done with the lines of a day, and how each of it is taken back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from mnclinic.services.list_day import DayLine
from mnclinic.services.mark_planned import (
    cancel_planned,
    mark_arrived,
    mark_no_show,
    put_planned_back,
    start_planned,
    take_arrival_back,
)
from mnclinic.services.plan_visits import (
    NewPlanned,
    VisitsPlanned,
    change_planned,
    plan_visits,
    take_back_planned,
    walk_in,
)
from mnclinic.services.planned_rows import PlanChanged
from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk

MOST_UNDONE = 50

Job = Callable[[OpenClinic], Any]


@dataclass
class _Undo:
    words: str
    job: Job
    is_taken: bool = field(default=False)


class DayActs(QObject):
    """One person's acts on the day; the newest is taken back first. It lives as long as the window's stay."""

    failed = Signal(object)
    """An act was refused. Carries the exception; nothing was changed."""

    entered = Signal(str)
    """A line was added. Carries its key, so that the list can show it."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Act for one person."""
        super().__init__(parent)
        self._desk = desk
        self._undone: list[_Undo] = []

    def arrive(self, line: DayLine) -> None:
        """The person is here."""
        if (planned := line.planned) is not None:
            self._do(
                lambda clinic: mark_arrived(clinic, planned.plan_id, planned.edition),
                self.tr("{patient} has arrived").format(patient=line.patient),
                lambda done: lambda clinic: take_arrival_back(clinic, done.plan_id, done.edition),
            )

    def not_arrived(self, line: DayLine) -> None:
        """The mark was a mistake."""
        if (planned := line.planned) is not None:
            self._do(
                lambda clinic: take_arrival_back(clinic, planned.plan_id, planned.edition),
                self.tr("{patient} is expected as before").format(patient=line.patient),
                lambda done: lambda clinic: mark_arrived(clinic, done.plan_id, done.edition),
            )

    def no_show(self, line: DayLine) -> None:
        """The person did not come."""
        if (planned := line.planned) is not None:
            self._do(
                lambda clinic: mark_no_show(clinic, planned.plan_id, planned.edition),
                self.tr("{patient} did not come").format(patient=line.patient),
                self._put_back,
            )

    def cancel(
        self,
        line: DayLine,
        reason: str,
        owner: QObject,
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """It will not take place."""
        if (planned := line.planned) is not None:
            self._do(
                lambda clinic: cancel_planned(clinic, planned.plan_id, planned.edition, reason),
                self.tr("{patient}: cancelled").format(patient=line.patient),
                self._put_back,
                owner=owner,
                then=lambda _done: done(),
                failed=failed,
            )

    def put_back(self, line: DayLine) -> None:
        """It takes place after all. Cancelling again would need its reason, so this is not taken back."""
        if (planned := line.planned) is not None:
            self._do(
                lambda clinic: put_planned_back(clinic, planned.plan_id, planned.edition),
                self.tr("{patient} is expected again").format(patient=line.patient),
                None,
            )

    def change(
        self,
        line: DayLine,
        wanted: NewPlanned,
        owner: QObject,
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Another time, day, service, performer or note."""
        planned = line.planned
        if planned is None:
            return
        before = NewPlanned(
            planned.patient_ref,
            planned.planned_on,
            planned.at_time,
            planned.service,
            planned.performer,
            planned.note,
        )
        self._do(
            lambda clinic: change_planned(clinic, planned.plan_id, planned.edition, wanted),
            self.tr("{patient}: changed").format(patient=line.patient),
            lambda now: lambda clinic: change_planned(clinic, now.plan_id, now.edition, before),
            owner=owner,
            then=lambda _done: done(),
            failed=failed,
        )

    def take_back(self, line: DayLine) -> None:
        """It was entered by mistake, and leaves the list."""
        if (planned := line.planned) is not None:
            self._do(
                lambda clinic: take_back_planned(clinic, planned.plan_id),
                self.tr("{patient} was taken off the list").format(patient=line.patient),
                None,
            )

    def plan(self, wanted: NewPlanned, words: str, then: Callable[[], None]) -> None:
        """Add one line."""

        def done(made: VisitsPlanned) -> None:
            then()
            self.entered.emit(made.plans[0].plan_id)

        self._do(
            lambda clinic: plan_visits(clinic, [wanted]),
            self.tr("{patient} is on the list").format(patient=words),
            lambda made: lambda clinic: take_back_planned(clinic, made.plans[0].plan_id),
            then=done,
        )

    def plan_sheet(
        self,
        wanted: tuple[NewPlanned, ...],
        owner: QObject,
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Add a whole sheet, which one step takes back."""
        self._do(
            lambda clinic: plan_visits(clinic, wanted, as_batch=True),
            self.tr("{count} planned visits are on the list").format(count=len(wanted)),
            lambda made: lambda clinic: take_back_planned(clinic, str(made.batch)),
            owner=owner,
            then=lambda _made: done(),
            failed=failed,
        )

    def walk_in(self, wanted: NewPlanned, words: str, then: Callable[[], None]) -> None:
        """Somebody came without being expected."""

        def done(made: PlanChanged) -> None:
            then()
            self.entered.emit(made.plan_id)

        self._do(
            lambda clinic: walk_in(
                clinic, wanted.patient_ref, service=wanted.service, performer=wanted.performer
            ),
            self.tr("{patient} has come in").format(patient=words),
            lambda made: lambda clinic: take_back_planned(clinic, made.plan_id),
            then=done,
        )

    def start(
        self,
        line: DayLine,
        owner: QObject,
        done: Callable[[str], None],
        failed: Callable[[Exception], None],
        *,
        service: str = "",
        performer: str = "",
    ) -> None:
        """Open the visit. It is voided on its own page, with a reason, if that was a mistake."""
        if (planned := line.planned) is not None:
            self._desk.act(
                lambda clinic: start_planned(
                    clinic, planned.plan_id, planned.edition, service=service, performer=performer
                ),
                owner=owner,
                done=done,
                failed=failed,
            )

    def undo_newest(self) -> None:
        """Take the newest act back that was not taken back yet."""
        while self._undone:
            newest = self._undone.pop()
            if not newest.is_taken:
                self._take(newest)
                return
        self._desk.tell(self.tr("There is nothing to undo here."))

    def _put_back(self, done: PlanChanged) -> Job:
        return lambda clinic: put_planned_back(clinic, done.plan_id, done.edition)

    def _do(
        self,
        job: Job,
        words: str,
        undo_of: Callable[[Any], Job] | None,
        *,
        owner: QObject | None = None,
        then: Callable[[Any], None] = lambda _done: None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        def done(value: Any) -> None:
            then(value)
            if undo_of is None:
                self._desk.tell(words)
                return
            undo = _Undo(words, undo_of(value))
            self._undone = [*self._undone, undo][-MOST_UNDONE:]
            self._desk.tell(words, partial(self._take, undo))

        self._desk.act(job, owner=owner or self, done=done, failed=failed or self.failed.emit)

    def _take(self, undo: _Undo) -> None:
        if undo.is_taken:
            return
        undo.is_taken = True
        self._desk.act(
            undo.job,
            owner=self,
            done=lambda _done: self._desk.tell(self.tr("Undone: {what}").format(what=undo.words)),
            failed=self.failed.emit,
        )
