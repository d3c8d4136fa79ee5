"""What is done with the lines of a day, and how each of it is taken back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from mnclinic.domain.planned_life import PlanState
from mnclinic.errors import ActionRefused, InvalidInput, StaleVisit
from mnclinic.services.list_day import DayLine, PlannedRow
from mnclinic.services.mark_planned import (
    cancel_planned,
    enter_planned_again,
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


@dataclass(frozen=True)
class _Way:
    """How an act is taken back: of which planned visit, and by what."""

    plan_id: str
    """The planned visit, or the sheet that it came with."""

    plans: frozenset[str]
    """Every planned visit that it is about."""

    job_at: Callable[[int], Job]
    """What takes it back, where the line stands at this edition."""

    before: int = 0
    """The line's edition before the act; 0 where it takes back what was added."""

    edition: int = 0
    """Its edition after the act."""


@dataclass(frozen=True)
class _AtEdition:
    """What an act on a line answered, and the edition that it named."""

    value: Any
    before: int


WayBack = Callable[[Any, int], _Way]
"""How an act is taken back, by what it answered and the edition that it named."""


@dataclass(eq=False)
class _Undo:
    words: str
    way: _Way
    edition: int
    is_under_way: bool = field(default=False)


class DayActs(QObject):
    """One person's acts on the day; the newest is taken back first. It lives as long as the window's stay."""

    failed = Signal(object)
    """An act was refused. Carries the exception; nothing was changed."""

    begun = Signal()
    """An act was asked for: what was said of an earlier one counts no more."""

    entered = Signal(str)
    """A line was added. Carries its key, so that the list can show it."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Act for one person."""
        super().__init__(parent)
        self._desk = desk
        self._undone: list[_Undo] = []
        self._asked: dict[str, tuple[str, int]] = {}
        """By planned visit, the act that was asked for last and the edition that the list showed then."""
        self._made: dict[tuple[str, int], int] = {}
        """By line and edition, the edition that an own act made of it. Jobs alone read and write it."""

    def _on(self, planned: PlannedRow, act: Callable[[OpenClinic, str, int], Any]) -> Job:
        """An act on a line as it is shown, or as the own acts left it that the list does not show yet.

        Jobs run one after the other, so an act that is asked for before the list is read anew goes on from
        the one before it; what somebody else changed meanwhile is refused all the same.
        """
        self._asked.pop(planned.plan_id, None)

        def job(clinic: OpenClinic) -> _AtEdition:
            edition = planned.edition
            while (planned.plan_id, edition) in self._made:
                edition = self._made[planned.plan_id, edition]
            value = act(clinic, planned.plan_id, edition)
            self._note(planned.plan_id, edition, value)
            return _AtEdition(value, edition)

        return job

    def _is_asked(self, planned: PlannedRow, act: str) -> bool:
        """Whether it was the last that was asked for, of the line as it is shown: a key was hit twice.

        Its job may have run since. What the list does not show yet nobody asks for once more.
        """
        return self._asked.get(planned.plan_id) == (act, planned.edition)

    def _once(self, planned: PlannedRow, act: str, job: Job) -> Job:
        """A job that a key which is hit twice asks for once; after a refusal it may be asked for again."""
        asked = self._asked[planned.plan_id] = (act, planned.edition)

        def run(clinic: OpenClinic) -> Any:
            try:
                return job(clinic)
            except BaseException:
                if self._asked.get(planned.plan_id) == asked:
                    del self._asked[planned.plan_id]
                raise

        return run

    def _note(self, plan_id: str, before: int, value: Any) -> None:
        if isinstance(value, PlanChanged) and value.edition > before:
            self._made[plan_id, before] = value.edition

    def arrive(self, line: DayLine) -> None:
        """The person is here."""
        planned = line.planned
        if planned is not None and not self._is_asked(planned, "arrive"):
            self._do(
                self._once(planned, "arrive", self._on(planned, mark_arrived)),
                self.tr("{patient} has arrived").format(patient=line.patient),
                _back(planned, take_arrival_back),
            )

    def not_arrived(self, line: DayLine) -> None:
        """The mark was a mistake."""
        if (planned := line.planned) is not None:
            self._do(
                self._on(planned, take_arrival_back),
                self.tr("{patient} is expected as before").format(patient=line.patient),
                _back(planned, mark_arrived),
            )

    def no_show(self, line: DayLine) -> None:
        """The person did not come."""
        planned = line.planned
        if planned is not None and not self._is_asked(planned, "no_show"):
            self._do(
                self._once(planned, "no_show", self._on(planned, mark_no_show)),
                self.tr("{patient} did not come").format(patient=line.patient),
                _back(planned, put_planned_back),
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
                self._on(planned, lambda clinic, plan_id, at: cancel_planned(clinic, plan_id, at, reason)),
                self.tr("{patient}: cancelled").format(patient=line.patient),
                _back(planned, put_planned_back),
                owner=owner,
                then=lambda _done: done(),
                failed=failed,
            )

    def put_back(self, line: DayLine) -> None:
        """It takes place after all."""
        planned = line.planned
        if planned is None:
            return
        reason = planned.reason

        def cancel_again(clinic: OpenClinic, plan_id: str, edition: int) -> PlanChanged:
            return cancel_planned(clinic, plan_id, edition, reason)

        was_cancelled = planned.state is PlanState.CANCELLED
        self._do(
            self._on(planned, put_planned_back),
            self.tr("{patient} is expected again").format(patient=line.patient),
            _back(planned, cancel_again if was_cancelled else mark_no_show),
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
            self._on(planned, lambda clinic, plan_id, at: change_planned(clinic, plan_id, at, wanted)),
            self.tr("{patient}: changed").format(patient=line.patient),
            _back(planned, lambda clinic, plan_id, edition: change_planned(clinic, plan_id, edition, before)),
            owner=owner,
            then=lambda _done: done(),
            failed=failed,
        )

    def take_back(self, line: DayLine) -> None:
        """It was entered by mistake, and leaves the list."""
        planned = line.planned
        if planned is not None and not self._is_asked(planned, "take_back"):
            plan_id = planned.plan_id
            off = self._on(planned, lambda clinic, _plan_id, _edition: take_back_planned(clinic, plan_id))
            self._do(
                self._once(planned, "take_back", off),
                self.tr("{patient} was taken off the list").format(patient=line.patient),
                lambda _taken, before: _Way(
                    plan_id,
                    frozenset({plan_id}),
                    lambda _edition: lambda clinic: enter_planned_again(clinic, plan_id, None),
                    before,
                ),
            )

    def plan(self, wanted: NewPlanned, words: str, then: Callable[[], None]) -> None:
        """Add one line."""

        def done(made: VisitsPlanned) -> None:
            then()
            self.entered.emit(made.plans[0].plan_id)

        self._do(
            lambda clinic: plan_visits(clinic, [wanted]),
            self.tr("{patient} is on the list").format(patient=words),
            lambda made, _before: _off_the_list(made.plans[0].plan_id, made.plans),
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
            lambda made, _before: _off_the_list(str(made.batch), made.plans),
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
            lambda made, _before: _off_the_list(made.plan_id, (made,)),
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
        """Open the visit. It is voided on its own page, with a reason, if that was a mistake.

        What was done with the line before cannot be taken back from then on, and is offered no more.
        """
        planned = line.planned
        if planned is None or self._is_asked(planned, "start"):
            return

        def started(answer: _AtEdition) -> None:
            self._forget(planned.plan_id)
            done(answer.value)

        self.begun.emit()
        job = self._on(planned, lambda *at: start_planned(*at, service=service, performer=performer))
        once = self._once(planned, "start", job)
        self._desk.act(once, owner=owner, done=started, failed=failed)

    def undo_newest(self) -> None:
        """Take the newest act back that was not taken back yet."""
        for undo in reversed(self._undone):
            if not undo.is_under_way:
                self._take(undo)
                return
        self._desk.tell(self.tr("There is nothing to undo here."))

    def _forget(self, plan_id: str) -> None:
        left = [one for one in self._undone if plan_id not in one.way.plans]
        if len(left) < len(self._undone):
            self._undone = left
            self._desk.undo_over.emit()

    def _do(
        self,
        job: Job,
        words: str,
        way_back: WayBack,
        *,
        owner: QObject | None = None,
        then: Callable[[Any], None] = lambda _done: None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do it, and offer to take it back."""

        def done(answer: Any) -> None:
            at = answer if isinstance(answer, _AtEdition) else _AtEdition(answer, 0)
            then(at.value)
            way = way_back(at.value, at.before)
            undo = _Undo(words, way, way.edition)
            self._undone = [*self._undone, undo][-MOST_UNDONE:]
            self._desk.tell(words, partial(self._take, undo))

        self.begun.emit()
        self._desk.act(job, owner=owner or self, done=done, failed=failed or self.failed.emit)

    def _take(self, undo: _Undo) -> None:
        """Take an act back, by the key or by its toast, whichever comes first."""
        if undo.is_under_way or undo not in self._undone:
            return
        undo.is_under_way = True
        for plan_id in undo.way.plans:
            self._asked.pop(plan_id, None)
        self.begun.emit()
        self._desk.undo_over.emit()

        def done(value: Any) -> None:
            self._undone.remove(undo)
            if isinstance(value, PlanChanged):
                self._stand_at(undo, value.edition)
            self._desk.tell(self.tr("Undone: {what}").format(what=undo.words))

        def failed(error: Exception) -> None:
            undo.is_under_way = False
            # A refusal stays one however often it is tried; after trouble the act can be taken back still.
            if isinstance(error, ActionRefused | StaleVisit | InvalidInput):
                self._undone.remove(undo)
            self.failed.emit(error)

        take = undo.way.job_at(undo.edition)

        def job(clinic: OpenClinic) -> Any:
            value = take(clinic)
            self._note(undo.way.plan_id, undo.edition, value)
            return value

        self._desk.act(job, owner=self, done=done, failed=failed)

    def _stand_at(self, undone: _Undo, edition: int) -> None:
        """The line is again as it was before that act, but at a later edition: older acts name that one."""
        for older in self._undone:
            if older.way.plan_id == undone.way.plan_id and older.edition == undone.way.before:
                older.edition = edition


def _back(planned: PlannedRow, undo: Callable[[OpenClinic, str, int], PlanChanged]) -> WayBack:
    """How an act on a planned visit is taken back by another act on it."""
    plan_id = planned.plan_id

    def job_at(edition: int) -> Job:
        return lambda clinic: undo(clinic, plan_id, edition)

    return lambda done, before: _Way(plan_id, frozenset({plan_id}), job_at, before, done.edition)


def _off_the_list(named: str, made: Iterable[PlanChanged]) -> _Way:
    """How what was added is taken back; `named` is a planned visit or a whole sheet."""
    plans = frozenset(one.plan_id for one in made)
    return _Way(named, plans, lambda _edition: lambda clinic: take_back_planned(clinic, named))
