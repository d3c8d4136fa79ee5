"""Live a year of the demo clinic, act by act, through the ordinary use-cases."""

import heapq
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from mnclinic.errors import Stopped
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services.approve_document import add_document_in
from mnclinic.services.demo.calls import CallStory
from mnclinic.services.demo.cast import SimulatedClock, everybody, password_of
from mnclinic.services.demo.clinic import CENTRAL, DAYS_BACK, draft, example_device, set_up_of
from mnclinic.services.demo.events import EventStory
from mnclinic.services.demo.morning import MorningStory
from mnclinic.services.demo.past import PastStory
from mnclinic.services.demo.people import STAFF
from mnclinic.services.demo.planned_day import plan_demo_day
from mnclinic.services.demo.practice import Practice
from mnclinic.services.demo.supplies import keep_supplies, read_the_label
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import OpenClinic
from mnclinic.services.set_up_clinic import set_up_clinic
from mnclinic.services.whom_to_call import change_whom_to_call
from mnclinic.store.backup_files import Watch, go_on, unwatched

SETTING_UP = "setting the clinic up"
LIVING = "going through the visits"
WHOM_TO_CALL = ("(512) 555-0100", "(512) 555-0199")
SEEN_TODAY = 13
"""So many of the visits, where there are as many, are of the demo's day."""


@dataclass(frozen=True)
class DemoBuilt:
    """A demo clinic stands. `users` are its log-ins, passwords included."""

    folder: Path
    fingerprint: str
    users: tuple[dict[str, str], ...]
    patients: int
    visits: int


def build_demo(
    folder: Path,
    *,
    patients: int,
    visits: int,
    seed: int,
    day: date,
    watch: Watch = unwatched,
) -> DemoBuilt:
    """Build a demo clinic in an empty folder.

    Same seed and day give the same people, visits and states; keys, salts and nonces are always new.
    `watch` is told how many visits there are, and may stop it.

    Raises:
        ClinicExists: the folder already holds a clinic.
        Stopped: the watch wanted no more. The folder is as it was.
    """
    there = frozenset(folder.iterdir()) if folder.is_dir() else None
    try:
        return _built(folder, patients=patients, visits=visits, seed=seed, day=day, watch=watch)
    except Stopped:
        _clear(folder, there)
        raise


def _built(folder: Path, *, patients: int, visits: int, seed: int, day: date, watch: Watch) -> DemoBuilt:
    chance = random.Random(f"{seed}/{day.isoformat()}")  # noqa: S311 - invents people, no secrets
    clock = SimulatedClock(datetime.combine(day - timedelta(days=DAYS_BACK), time(8), CENTRAL))
    request = set_up_of(day)
    go_on(watch, SETTING_UP)
    ready = set_up_clinic(request, folder, clock=clock, cost=FLOOR_COST, durable=False)
    story = _Story(clock, visits, watch)
    owner = open_clinic(folder, "owner", password_of("owner"), clock=clock, durable=False)
    try:
        with everybody(owner) as roles:
            story.tell(Practice(chance, day, roles), patients)
    finally:
        owner.close()
    return DemoBuilt(
        folder=folder,
        fingerprint=ready.fingerprint,
        users=tuple(
            {"user": one.user, "name": one.name, "role": one.role, "password": one.password} for one in STAFF
        ),
        patients=patients,
        visits=story.visit_count,
    )


def _clear(folder: Path, there: frozenset[Path] | None) -> None:
    """Remove what was built. `there` is what lay in the folder before; None where there was no folder."""
    for made in folder.iterdir() if folder.is_dir() else ():
        if there is None or made not in there:
            shutil.rmtree(made) if made.is_dir() else made.unlink()
    if there is None and folder.is_dir():
        folder.rmdir()


class _Story:
    """What happens, in the order of time."""

    def __init__(self, clock: SimulatedClock, visits: int, watch: Watch) -> None:
        self._clock = clock
        self._visits = visits
        self._watch = watch
        self._later: list[tuple[datetime, int, Callable[[], object]]] = []
        self._order = 0
        self.visit_count = 0

    def tell(self, practice: Practice, patients: int) -> None:
        """Everything, from the first patient to this morning."""
        day, roles = practice.day, practice.roles
        desk, director = roles["desk"].clinic, roles["okafor"]
        calls = CallStory(desk, day, self._at)
        provider = roles["lind"].clinic
        events = EventStory(provider, director.clinic, director.signer, day, CENTRAL, self._at)
        change_whom_to_call(roles["owner"].clinic, *WHOM_TO_CALL)
        read_the_label(roles["reyes"].clinic, example_device())
        practice.add_patients(patients, self._watch)
        todays = min(self._visits, SEEN_TODAY)
        PastStory(practice, calls, events, self._at, self._seen).plan(self._visits - todays)
        while self._later:
            at, _, act = heapq.heappop(self._later)
            self._clock.at = max(self._clock.at, at)
            act()
        if patients:
            self._clock.at = max(self._clock.at, datetime.combine(day, time(10, 30), CENTRAL))
            MorningStory(practice, events, self._seen).tell(todays)
        _draft_protocol(provider, day)
        keep_supplies(director.clinic, desk, practice.protocols["microneedling_face"].protocol_id)
        plan_demo_day(desk, [ref for ref, _, _ in reversed(practice.patients)], day)

    def _at(self, at: datetime, act: Callable[[], object]) -> None:
        self._order += 1
        heapq.heappush(self._later, (at, self._order, act))

    def _seen(self) -> None:
        self.visit_count += 1
        go_on(self._watch, LIVING, self.visit_count, self._visits)


def _draft_protocol(clinic: OpenClinic, day: date) -> None:
    """A new version of the face protocol that waits for the director's signature."""
    waiting = draft("protocols/face-mechanical.json") | {
        "version": 2,
        "effective_on": day.isoformat(),
        "name": "Face, mechanical needling (draft for review)",
    }
    with clinic.work() as work:
        add_document_in(work, "protocol", waiting, now=clinic.clock.now())
        work.commit(checkpoint=True)
