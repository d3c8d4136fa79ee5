"""The visits of the demo's earlier days, and what was done about them later."""
# ruff: noqa: PLR2004 - the rhythm of an invented clinic; no number here means anything elsewhere

from collections import Counter
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from mnclinic.domain.amendment import AmendmentKind, Correction, json_text
from mnclinic.services.amend_visit import NewAmendment, amend_visit
from mnclinic.services.demo.calls import CallStory
from mnclinic.services.demo.clinic import CENTRAL, DAYS_BACK
from mnclinic.services.demo.events import EventStory, Later
from mnclinic.services.demo.faces import DemoFace, photograph_later, photograph_visit
from mnclinic.services.demo.practice import DemoPatient, Practice, allows_photographs
from mnclinic.services.demo.visits import answer, reason
from mnclinic.services.record_visit import VisitRecorded
from mnclinic.services.review_visit import approve_visit, return_visit
from mnclinic.services.see_amendment import see_amendment
from mnclinic.services.show_visit import show_visit
from mnclinic.services.void_visit import void_visit

APPROVED_FOR_AN_AMENDMENT = 9
"""Of so many approved visits one is amended."""
PHOTOGRAPHED = ((range(30, 120), 3), (range(1, 12), 2))
"""Of the visits so many days before the demo's day, so many."""
SERVICES = ("microneedling_face", "microneedling_face", "microneedling_face", "microneedling_prp")


class PastStory:
    """Has visits recorded on earlier days, sent back, answered, approved, amended and photographed."""

    def __init__(
        self,
        practice: Practice,
        calls: CallStory,
        events: EventStory,
        later: Later,
        seen: Callable[[], None],
    ) -> None:
        """`later` has something done at a moment of the story; `seen` is told of each visit."""
        self._practice = practice
        self._day = practice.day
        self._chance = practice.chance
        self._calls = calls
        self._events = events
        self._at = later
        self._seen = seen
        self._approved = 0
        self._photographed: Counter[range] = Counter()

    def plan(self, count: int) -> None:
        """Have so many visits recorded, spread over the time that the clinic is open."""
        span = DAYS_BACK - 20
        for number in range(count):
            days_ago = span - number * (span - 1) // max(count, 1)
            on = self._day - timedelta(days=max(1, days_ago))
            started_at = datetime.combine(
                on,
                time(9 + self._chance.randint(0, 7), 15 * self._chance.randint(0, 3)),
                CENTRAL,
            )
            self._at(
                started_at + timedelta(minutes=80),
                partial(self._past_visit, number, started_at, count),
            )

    def _past_visit(self, number: int, started_at: datetime, count: int) -> None:
        """A visit of an earlier day. The last ones get the states that the queue is to show."""
        left = count - number
        patient = self._practice.free_patient(started_at.date())
        service = self._chance.choice(SERVICES)
        performer = self._chance.choice(("reyes", "reyes", "lind"))
        if left in {3, 8, 15}:
            service = "microneedling_face"
        document = self._practice.clean(patient, service, performer, started_at)
        if number % 17 == 5:
            answer(document, "topical_retinoid", last_on=started_at.date() - timedelta(days=3))
            reason(document, "topical_retinoid", "Last used three days ago, skin calm on inspection.")
        if number % 41 == 11:
            answer(document, "isotretinoin_stopped", last_on=started_at.date() - timedelta(days=100))
        is_photographed = self._is_to_be_photographed(document, started_at)
        if is_photographed:
            self._photograph(document, patient, performer)
        recorded = self._practice.record(document, performer)
        if is_photographed:
            self._photograph_later(recorded, patient, performer, started_at)
        if recorded.state == "in_review" and left > 10:
            self._review_later(recorded, number, started_at)
        if recorded.state != "deferred":
            self._calls.plan(recorded.visit_id, number)
        if recorded.state != "deferred" and number % 97 == 50:
            self._events.mild(recorded.visit_id, started_at.date())
        if left == 8:
            self._events.moderate(recorded.visit_id, started_at.date())
        if recorded.state == "deferred" and left > 60:
            self._at(started_at + timedelta(days=9), lambda: self._give_up(recorded))
        if left in {3, 4} and recorded.state == "in_review":
            self._at(started_at + timedelta(hours=3), lambda: self._send_back(recorded))
        self._seen()

    def _is_to_be_photographed(self, document: dict[str, Any], started_at: datetime) -> bool:
        """A few visits are, some weeks back and of the last days, of people who allow it in the chart."""
        days_ago = (self._day - started_at.date()).days
        when = next((one for one in PHOTOGRAPHED if days_ago in one[0]), None)
        if when is None or self._photographed[when[0]] >= when[1] or not allows_photographs(document):
            return False
        self._photographed[when[0]] += 1
        return True

    def _photograph(self, document: dict[str, Any], patient: DemoPatient, performer: str) -> None:
        """Take pictures before and after, in the visit, and name them in its document."""
        clinic, visit_id, _ = self._practice.open_visit(document, performer)
        times = (datetime.fromisoformat(document["started_at"]), datetime.fromisoformat(document["ended_at"]))
        document["visit"] = visit_id
        document["photos"] = [*photograph_visit(clinic, DemoFace(*patient), visit_id, times)]

    def _photograph_later(
        self, recorded: VisitRecorded, patient: DemoPatient, performer: str, started_at: datetime
    ) -> None:
        at = started_at + timedelta(days=28, hours=1)
        if at.date() < self._day:
            clinic = self._practice.roles[performer].clinic
            self._at(at, photograph_later(clinic, DemoFace(*patient), recorded.visit_id, at))

    def _review_later(self, recorded: VisitRecorded, number: int, started_at: datetime) -> None:
        due = started_at + timedelta(days=self._chance.randint(1, 4), hours=9)
        last = datetime.combine(self._day - timedelta(days=1), time(17), CENTRAL)
        if number % 29 == 3:
            self._at(min(due, last), lambda: self._send_back_and_answer(recorded, min(due, last)))
        else:
            self._at(min(due, last), lambda: self._approve(recorded))

    def _approve(self, recorded: VisitRecorded) -> None:
        director = self._practice.roles["okafor"]
        approve_visit(director.clinic, recorded.visit_id, None, director.signer, shown="window")
        self._approved += 1
        if self._approved % APPROVED_FOR_AN_AMENDMENT == 1:
            self._amend(recorded)

    def _amend(self, recorded: VisitRecorded) -> None:
        """The performer adds to what was signed, or corrects it; the director sees two of three of these."""
        director = self._practice.roles["okafor"]
        view = show_visit(director.clinic, recorded.visit_id, opened=False)
        performer = self._practice.roles[view.document["performer"]]
        new = NewAmendment(AmendmentKind.ADDENDUM, "The redness was gone when the patient left.")
        number = self._approved // APPROVED_FOR_AN_AMENDMENT
        if number % 2 and view.document.get("lines"):
            old = view.document["lines"][0]["passes"]
            right = Correction("lines[0].passes", json_text(old), json_text(old % 9 + 1))
            kind, why = AmendmentKind.CORRECTION, "One pass was not counted."
            new = NewAmendment(kind, reason=why, correction=right)
        amend_visit(performer.clinic, view.visit_id, new, performer.signer, shown="window")
        if number % 3:
            see_amendment(director.clinic, view.visit_id, 1)

    def _send_back(self, recorded: VisitRecorded) -> None:
        director = self._practice.roles["okafor"]
        return_visit(
            director.clinic,
            recorded.visit_id,
            None,
            director.signer,
            "Please add how long the redness lasted before the patient left.",
            shown="window",
        )

    def _send_back_and_answer(self, recorded: VisitRecorded, at: datetime) -> None:
        self._send_back(recorded)
        self._at(at + timedelta(hours=2), lambda: self._answer(recorded, at))

    def _answer(self, recorded: VisitRecorded, at: datetime) -> None:
        document = self._practice.document_of(recorded)
        document["visit"] = recorded.visit_id
        for line in document["lines"]:
            line["note"] = "redness faded within the hour"
        self._practice.record(document, document["performer"])
        self._at(at + timedelta(hours=4), lambda: self._approve(recorded))

    def _give_up(self, recorded: VisitRecorded) -> None:
        clinic = self._practice.roles["lind"].clinic
        edition = show_visit(clinic, recorded.visit_id, opened=False).edition
        void_visit(clinic, recorded.visit_id, edition, "The patient chose not to come back.")
