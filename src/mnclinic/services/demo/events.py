"""The adverse events of a demo clinic: one told this morning, others that are followed up or have ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from mnclinic.domain.adverse_events import QUICK_PICKS, Account, EventKind, StepKind, ToldHow
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.close_event import close_event
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.record_adverse_event import record_adverse_event
from mnclinic.services.session import OpenClinic, Signer

NOTED_AFTER, ENDED_AFTER = timedelta(days=3), timedelta(days=4)
ORDER = "Bland moisturiser alone; see the patient if it is not better in two days."
Later = Callable[[datetime, Callable[[], object]], None]


@dataclass(frozen=True)
class EventStory:
    """Who writes events down and who signs them, the demo's day and place, and what has an act done later."""

    provider: OpenClinic
    director: OpenClinic
    signer: Signer
    day: date
    zone: tzinfo
    later: Later

    def mild(self, visit_id: str, treated_on: date) -> None:
        """Redness that stays longer than it should, and is gone some days later."""
        self._follow(visit_id, treated_on, EventKind.REDNESS, "redness for more than 72 hours")

    def moderate(self, visit_id: str, treated_on: date) -> None:
        """Bumps that are followed up, and cold sores that the patient tells of this morning."""
        self._follow(visit_id, treated_on, EventKind.OTHER, "raised red bumps on both cheeks")
        told_at = self._at(self.day, time(8, 20))
        self.later(told_at, lambda: self._told(visit_id, self.day, EventKind.HERPES, ""))

    def this_morning(self, visit_id: str) -> None:
        """Somebody who fainted while treated, seen by the director at once, and called about a bruise."""
        fainted = self._told(
            visit_id, self.day, EventKind.FAINTING, "", how=ToldHow.DURING_VISIT, by="The performer"
        )
        laid_down = "Laid down with the legs up; well after five minutes."
        acknowledge_event(self.director, fainted, laid_down, self.signer, shown="window")
        self._told(visit_id, self.day, EventKind.BRUISE_OR_CRUST, "")

    def _at(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone)

    def _follow(self, visit_id: str, treated_on: date, kind: EventKind, words: str) -> None:
        noted_on = min(treated_on + NOTED_AFTER, self.day)

        def tell() -> None:
            event_id = self._told(visit_id, noted_on, kind, words)
            self._go_on(event_id, kind, noted_on)

        self.later(self._at(noted_on, time(8, 5)), tell)

    def _told(
        self,
        visit_id: str,
        noted_on: date,
        kind: EventKind,
        words: str,
        *,
        how: ToldHow = ToldHow.TELEPHONE,
        by: str = "The patient",
    ) -> str:
        pick = QUICK_PICKS[kind]
        return record_adverse_event(
            self.provider,
            visit_id,
            event=words,
            grade=pick.grade,
            noted_on=noted_on,
            note="Called the patient; photo requested; follow-up in 48 hours.",
            account=Account(
                kind=kind.value,
                onset_at=self._onset(noted_on, how),
                is_expected=None,
                told_how=how.value,
                told_by=by,
                treatment="Cool compresses.",
            ),
        ).event_id

    def _onset(self, noted_on: date, how: ToldHow) -> datetime:
        """Early that morning; of what happened in a visit, now."""
        is_now = how is ToldHow.DURING_VISIT or noted_on == self.day
        return self.provider.clock.now() if is_now else self._at(noted_on, time(7, 30))

    def _go_on(self, event_id: str, kind: EventKind, noted_on: date) -> None:
        told = NewStep(StepKind.TOLD, "By telephone.")
        better = NewStep(StepKind.NOTE, "Less red, no pain.", grade=1)
        self.later(self._at(noted_on, time(8, 15)), lambda: follow_event(self.provider, event_id, told))
        self.later(
            self._at(noted_on, time(9, 10)),
            lambda: acknowledge_event(self.director, event_id, ORDER, self.signer, shown="window"),
        )
        self.later(self._at(noted_on, time(9, 50)), lambda: follow_event(self.provider, event_id, better))
        ended_on = noted_on + ENDED_AFTER
        if kind is EventKind.REDNESS and ended_on < self.day:
            gone = "Gone without a trace."
            self.later(
                self._at(ended_on, time(9)),
                lambda: close_event(self.director, event_id, "recovered", gone),
            )
