"""Live a year of the demo clinic, act by act, through the ordinary use-cases."""
# ruff: noqa: PLR2004 - the rhythm of an invented clinic; no number here means anything elsewhere

import heapq
import json
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

from mnclinic.domain.amendment import AmendmentKind, Correction, json_text
from mnclinic.domain.credentials import BLS
from mnclinic.domain.photo_poses import Pose
from mnclinic.domain.photos import TakenWhen
from mnclinic.domain.policy import policy_from_json, protocol_from_json
from mnclinic.domain.treatment import Area
from mnclinic.errors import Stopped
from mnclinic.resource_files import resource_path
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.security.slots import unlock
from mnclinic.services.access_time import access_of_days
from mnclinic.services.add_patient import NewPatient, add_patient_in
from mnclinic.services.amend_visit import NewAmendment, amend_visit
from mnclinic.services.approve_document import add_document_in
from mnclinic.services.change_medical_history import NewHistory, add_medical_history
from mnclinic.services.demo.calls import CallStory
from mnclinic.services.demo.consents import complete_consent, demo_consent_texts, digests_of
from mnclinic.services.demo.events import EventStory
from mnclinic.services.demo.faces import CALM, FRONT, LEFT, RED, DemoFace, photograph_later, photograph_visit
from mnclinic.services.demo.people import STAFF, demo_patients
from mnclinic.services.demo.planned_day import plan_demo_day
from mnclinic.services.demo.supplies import keep_supplies, read_the_label
from mnclinic.services.demo.visits import answer, blood, clean_document, lines, reason
from mnclinic.services.open_clinic import open_clinic, person_of
from mnclinic.services.perform_visit import defer_visit
from mnclinic.services.record_visit import VisitRecorded, record_visit
from mnclinic.services.review_visit import approve_visit, return_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.see_amendment import see_amendment
from mnclinic.services.session import OpenClinic, Signer, signer
from mnclinic.services.set_up_clinic import (
    NewLicence,
    NewPerson,
    SetUpClinic,
    set_up_clinic,
)
from mnclinic.services.shipped_drafts import whole_document
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.telephone_order import NewTelephoneOrder, take_telephone_order
from mnclinic.services.void_visit import void_visit
from mnclinic.services.whom_to_call import change_whom_to_call
from mnclinic.store.backup_files import Watch, go_on, unwatched

CENTRAL = timezone(timedelta(hours=-6))
SETTING_UP = "setting the clinic up"
ADDING, LIVING = "adding the people", "going through the visits"
DAYS_BACK = 400
APPROVED_FOR_AN_AMENDMENT = 9
"""Of so many approved visits one is amended."""
PHOTOGRAPHED = ((range(30, 120), 3), (range(1, 12), 2))
"""Of the visits so many days before the demo's day, so many."""
INSPECTION_DAYS = 14
"""How long the demo's inspector may look, from the demo's day on."""
CLINIC_NAME = "Sampleton Skin Studio (demo)"
WHOM_TO_CALL = ("(512) 555-0100", "(512) 555-0199")
HISTORIES = (
    NewHistory("allergy", "penicillin", since="2011", source="record"),
    NewHistory("allergy", "latex", since="2019-05"),
    NewHistory("condition", words="Migraine", note="Seldom."),
)
"""What is written into the health histories of a few people."""
SERVICES = ("microneedling_face", "microneedling_face", "microneedling_face", "microneedling_prp")


@dataclass(frozen=True)
class DemoBuilt:
    """A demo clinic stands. `users` are its log-ins, passwords included."""

    folder: Path
    fingerprint: str
    users: tuple[dict[str, str], ...]
    patients: int
    visits: int


class SimulatedClock:
    """The demo's time, set by its story."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._start, self._ticks = at, 0

    def now(self) -> datetime:
        """The story's present; each reading is a little later, as in life."""
        self.at += timedelta(milliseconds=7)
        return self.at

    def monotonic_ms(self) -> int:
        """As long as the story went on: it has no other clock."""
        self._ticks = max(self._ticks + 7, (self.at - self._start) // timedelta(milliseconds=1))
        return self._ticks


@dataclass(frozen=True)
class _Role:
    clinic: OpenClinic
    signs: Signer | None

    @property
    def signer(self) -> Signer:
        """The open signature key of somebody who signs."""
        if self.signs is None:
            raise AssertionError("this role of the story signs nothing")
        return self.signs


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
    request = _request(day)
    go_on(watch, SETTING_UP)
    ready = set_up_clinic(request, folder, clock=clock, cost=FLOOR_COST, durable=False)
    story = _Story(chance, clock, day, patients=patients, visits=visits, watch=watch)
    owner = open_clinic(folder, "owner", _password("owner"), clock=clock, durable=False)
    try:
        with _everybody(owner) as roles:
            story.tell(roles)
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


def _password(user: str) -> str:
    return next(one.password for one in STAFF if one.user == user)


def draft(name: str) -> dict[str, Any]:
    """A shipped draft document by its path under `resources/drafts`."""
    document = json.loads(resource_path(f"drafts/{name}").read_text(encoding="utf-8"))
    return dict(whole_document(document))


def example_device() -> dict[str, Any]:
    """The handpiece that the demo treats with, as its label states it."""
    text = resource_path("examples/device-sp-01.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _sampled(policy: dict[str, Any], percent: int) -> dict[str, Any]:
    review: dict[str, Any] = policy["review"]
    return review | {"sample_percent": review["sample_percent"] | {"value": percent}}


def _request(day: date) -> SetUpClinic:
    opened = day - timedelta(days=DAYS_BACK)
    effective = {"effective_on": opened.isoformat()}
    policy = draft("policies/tx.json")
    policy["parameters"]["telephone_orders"] = policy["parameters"]["telephone_orders"] | {
        "value": "yes",
        "source": "Demo clinic: the director allows orders by telephone, read back and signed within days",
    }
    # Nobody can choose what a draw takes, not even a seed: so this story's policies draw none or all.
    policy_1 = policy | effective | {"version": 1, "review": _sampled(policy, 0)}
    # A new nurse: for the last three weeks the director looks at everything.
    policy_2 = policy | {
        "version": 2,
        "effective_on": (day - timedelta(days=21)).isoformat(),
        "review": _sampled(policy, 100),
    }
    documents: list[tuple[str, dict[str, Any]]] = [("policy", policy_1), ("policy", policy_2)]
    documents += [
        ("protocol", draft(f"protocols/{name}.json") | effective | {"version": 1})
        for name in ("face-mechanical", "face-prp")
    ]
    documents += [("consent_text", text) for text in demo_consent_texts(opened)]
    documents.append(
        (
            "authorisation",
            {
                "format": "mnclinic.authorisation/1",
                "id": "prp-topical",
                "version": 1,
                "flag": "off_label_topical",
                "service": "microneedling_prp",
                "patient": None,
                "valid_from": opened.isoformat(),
                "valid_to": (day + timedelta(days=365)).isoformat(),
                "director": "Dr I. Okafor",
                "note": "Demo authorisation.",
            },
        )
    )
    access_from, access_until = access_of_days(
        day, day + timedelta(days=INSPECTION_DAYS - 1), datetime.combine(day, time(8), CENTRAL)
    )
    return SetUpClinic(
        name=CLINIC_NAME,
        people=tuple(
            NewPerson(
                user=one.user,
                name=one.name,
                role=one.role,
                credential=one.credential,
                password=one.password,
                depth_ceiling_mm=one.depth_ceiling_mm,
                licences=(
                    NewLicence(
                        kind=one.credential,
                        number=f"DEMO-{one.user.upper()}",
                        state="TX",
                        valid_from=opened - timedelta(days=300),
                        expires_on=day + timedelta(days=one.licence_ends_in_days),
                    ),
                    NewLicence(
                        kind=BLS,
                        number=f"DEMO-BLS-{one.user.upper()}",
                        state="Example Heart School",
                        valid_from=opened - timedelta(days=300),
                        expires_on=day + timedelta(days=one.bls_ends_in_days),
                    ),
                )
                if one.licence_ends_in_days is not None
                else (),
                access_from=access_from if one.role == "inspector" else None,
                access_until=access_until if one.role == "inspector" else None,
            )
            for one in STAFF
        ),
        documents=tuple(documents),
        devices=(example_device(),),
        lots=(
            _lot("cartridge", "DEMO-C1", "cartridge, 14 needles", day + timedelta(days=300), "2.50"),
            _lot("cartridge", "DEMO-C0", "cartridge, 14 needles", day - timedelta(days=12), "2.50"),
            _lot("topical", "DEMO-G1", "hydrogel", day + timedelta(days=200), None),
            _lot("prp_kit", "DEMO-K1", "PRP kit", day + timedelta(days=150), None),
        ),
        approve=True,
        demo_day=day,
    )


def _lot(kind: str, lot: str, name: str, expires_on: date, needle_length_mm: str | None) -> dict[str, Any]:
    return {
        "kind": kind,
        "lot": lot,
        "name": name,
        "expires_on": expires_on.isoformat(),
        "needle_length_mm": needle_length_mm,
    }


@contextmanager
def _everybody(owner: OpenClinic) -> Iterator[dict[str, _Role]]:
    """Every member of staff logged in over one open store, with the signature keys of those who sign."""
    with ExitStack() as stack:
        roles = {}
        for one in STAFF:
            unlocked = unlock(owner.key_file, one.user, one.password)
            clinic = replace(
                owner, person=person_of(owner.store, unlocked.user_id), session_key=unlocked.session
            )
            opened = stack.enter_context(signer(clinic, one.password)) if one.credential else None
            roles[one.user] = _Role(clinic, opened)
        yield roles


def _allows_photographs(document: dict[str, Any]) -> bool:
    return any(one.get("level", "none") != "none" for one in document["consent"]["addenda"])


class _Story:
    """What happens, in the order of time."""

    def __init__(
        self,
        chance: random.Random,
        clock: SimulatedClock,
        day: date,
        *,
        patients: int,
        visits: int,
        watch: Watch,
    ) -> None:
        self._chance = chance
        self._clock = clock
        self._day = day
        self._patients = patients
        self._visits = visits
        self._watch = watch
        self._record_numbers: list[tuple[str, str, int]] = []
        self._new: dict[str, NewPatient] = {}
        """What was entered of each person, by their reference."""
        self._later: list[tuple[datetime, int, Callable[[], object]]] = []
        self._order = 0
        self._busy: dict[str, date] = {}
        self._policy = policy_from_json(draft("policies/tx.json"))
        self._protocols = {
            protocol.service: protocol
            for protocol in (
                protocol_from_json(draft(f"protocols/{name}.json") | {"version": 1})
                for name in ("face-mechanical", "face-prp")
            )
        }
        self._digests = digests_of(day - timedelta(days=DAYS_BACK))
        self.visit_count = 0
        self._approved = 0
        self._photographed: Counter[range] = Counter()

    def tell(self, roles: dict[str, _Role]) -> None:
        """Everything, from the first patient to this morning."""
        self._roles = roles
        director = roles["okafor"]
        self._calls = CallStory(roles["desk"].clinic, self._day, self._at)
        self._events = EventStory(
            roles["lind"].clinic, director.clinic, director.signer, self._day, CENTRAL, self._at
        )
        change_whom_to_call(self._roles["owner"].clinic, *WHOM_TO_CALL)
        read_the_label(self._roles["reyes"].clinic, example_device())
        self._add_patients()
        todays = min(self._visits, 13)
        self._plan_past(self._visits - todays)
        while self._later:
            at, _, act = heapq.heappop(self._later)
            self._clock.at = max(self._clock.at, at)
            act()
        if self._patients:
            self._this_morning(todays)
        self._draft_protocol()
        protocol = self._protocols["microneedling_face"].protocol_id
        keep_supplies(self._roles["okafor"].clinic, self._roles["desk"].clinic, protocol)
        expected = [ref for ref, _, _ in reversed(self._record_numbers)]
        plan_demo_day(self._roles["desk"].clinic, expected, self._day)

    def _at(self, at: datetime, act: Callable[[], object]) -> None:
        self._order += 1
        heapq.heappush(self._later, (at, self._order, act))

    def _add_patients(self) -> None:
        desk = self._roles["desk"].clinic
        people = demo_patients(self._chance, self._patients, self._day)
        with desk.work() as work:
            for done, new in enumerate(people):
                go_on(self._watch, ADDING, done, len(people))
                patient = add_patient_in(desk, work, new)
                self._new[patient.ref] = new
                self._record_numbers.append((patient.ref, patient.record_number, new.fitzpatrick or 3))
            work.commit(checkpoint=True)
        # What raises no question, so that the demo's visits stay what they are meant to show.
        for (ref, _, _), known in zip(self._record_numbers[::5], HISTORIES, strict=False):
            add_medical_history(desk, ref, known)

    def _plan_past(self, count: int) -> None:
        span = DAYS_BACK - 20
        for number in range(count):
            days_ago = span - number * (span - 1) // max(count, 1)
            on = self._day - timedelta(days=max(1, days_ago))
            started_at = datetime.combine(
                on, time(9 + self._chance.randint(0, 7), 15 * self._chance.randint(0, 3)), CENTRAL
            )
            self._at(
                started_at + timedelta(minutes=80),
                partial(self._past_visit, number, started_at, count),
            )

    def _past_visit(self, number: int, started_at: datetime, count: int) -> None:
        """A visit of an earlier day. The last ones get the states that the queue is to show."""
        left = count - number
        patient = self._free_patient(started_at.date())
        service = self._chance.choice(SERVICES)
        performer = self._chance.choice(("reyes", "reyes", "lind"))
        if left in {3, 8, 15}:
            service = "microneedling_face"
        document = self._clean(patient, service, performer, started_at)
        if number % 17 == 5:
            answer(document, "topical_retinoid", last_on=started_at.date() - timedelta(days=3))
            reason(document, "topical_retinoid", "Last used three days ago, skin calm on inspection.")
        if number % 41 == 11:
            answer(document, "isotretinoin_stopped", last_on=started_at.date() - timedelta(days=100))
        is_photographed = self._is_to_be_photographed(document, started_at)
        if is_photographed:
            self._photograph(document, patient, performer)
        recorded = self._record(document, performer)
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
        self.visit_count += 1
        go_on(self._watch, LIVING, self.visit_count, self._visits)

    def _is_to_be_photographed(self, document: dict[str, Any], started_at: datetime) -> bool:
        """A few visits are, some weeks back and of the last days, of people who allow it in the chart."""
        days_ago = (self._day - started_at.date()).days
        when = next((one for one in PHOTOGRAPHED if days_ago in one[0]), None)
        if when is None or self._photographed[when[0]] >= when[1] or not _allows_photographs(document):
            return False
        self._photographed[when[0]] += 1
        return True

    def _photograph(self, document: dict[str, Any], patient: tuple[str, str, int], performer: str) -> None:
        """Take pictures before and after, in the visit, and name them in its document."""
        clinic, visit_id, _ = self._open_visit(document, performer)
        times = (datetime.fromisoformat(document["started_at"]), datetime.fromisoformat(document["ended_at"]))
        document["visit"] = visit_id
        document["photos"] = [*photograph_visit(clinic, DemoFace(*patient), visit_id, times)]

    def _photograph_later(
        self, recorded: VisitRecorded, patient: tuple[str, str, int], performer: str, started_at: datetime
    ) -> None:
        at = started_at + timedelta(days=28, hours=1)
        if at.date() < self._day:
            clinic = self._roles[performer].clinic
            self._at(at, photograph_later(clinic, DemoFace(*patient), recorded.visit_id, at))

    def _review_later(self, recorded: VisitRecorded, number: int, started_at: datetime) -> None:
        due = started_at + timedelta(days=self._chance.randint(1, 4), hours=9)
        last = datetime.combine(self._day - timedelta(days=1), time(17), CENTRAL)
        if number % 29 == 3:
            self._at(min(due, last), lambda: self._send_back_and_answer(recorded, min(due, last)))
        else:
            self._at(min(due, last), lambda: self._approve(recorded))

    def _approve(self, recorded: VisitRecorded) -> None:
        director = self._roles["okafor"]
        approve_visit(director.clinic, recorded.visit_id, None, director.signer, shown="window")
        self._approved += 1
        if self._approved % APPROVED_FOR_AN_AMENDMENT == 1:
            self._amend(recorded)

    def _amend(self, recorded: VisitRecorded) -> None:
        """The performer adds to what was signed, or corrects it; the director sees two of three of these."""
        director = self._roles["okafor"]
        view = show_visit(director.clinic, recorded.visit_id, opened=False)
        performer = self._roles[view.document["performer"]]
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
        director = self._roles["okafor"]
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
        document = self._document_of(recorded)
        document["visit"] = recorded.visit_id
        for line in document["lines"]:
            line["note"] = "redness faded within the hour"
        self._record(document, document["performer"])
        self._at(at + timedelta(hours=4), lambda: self._approve(recorded))

    def _give_up(self, recorded: VisitRecorded) -> None:
        clinic = self._roles["lind"].clinic
        edition = show_visit(clinic, recorded.visit_id, opened=False).edition
        void_visit(clinic, recorded.visit_id, edition, "The patient chose not to come back.")

    def _this_morning(self, count: int) -> None:
        """Today: one visit in every state of readiness."""
        self._clock.at = max(self._clock.at, datetime.combine(self._day, time(10, 30), CENTRAL))
        scenes: list[Callable[[datetime], None]] = [
            self._ready_to_sign,
            self._nothing_done,
            self._consent_open,
            self._history_open,
            self._deferred,
            self._expired_lot,
            self._expired_licence,
            self._too_deep,
            self._done_today,
            self._off_label_today,
            self._voided,
            self._warning_without_reason,
            self._by_telephone,
        ]
        for number in range(count):
            started_at = datetime.combine(self._day, time(8), CENTRAL) + timedelta(minutes=10 * number)
            scenes[number % len(scenes)](started_at)
            self.visit_count += 1
            go_on(self._watch, LIVING, self.visit_count, self._visits)

    def _open_visit(self, document: dict[str, Any], performer: str = "reyes") -> tuple[OpenClinic, str, int]:
        clinic = self._roles[performer].clinic
        ref = next(
            ref for ref, number, _ in self._record_numbers if number == document["patient"]["record_number"]
        )
        visit_id = start_visit(clinic, ref, document["service"], document["performer"])
        saved = save_visit(clinic, visit_id, 1, document)
        return clinic, saved.visit_id, saved.edition

    def _ready_to_sign(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        clinic, visit_id, edition = self._open_visit(document)
        if _allows_photographs(document):
            number = document["patient"]["record_number"]
            patient = next(one for one in self._record_numbers if one[1] == number)
            pose, face = Pose(FRONT, TakenWhen.BEFORE), DemoFace(*patient)
            # An older one too, so that its outline lies over the pose that is still to be taken.
            face.take(clinic, pose, RED, started_at - timedelta(days=84))
            face.take(clinic, Pose(LEFT, TakenWhen.BEFORE), RED, started_at - timedelta(days=84))
            taken = face.take(clinic, pose, CALM, started_at, visit_id)
            save_visit(clinic, visit_id, edition, document | {"photos": [taken]})

    def _nothing_done(self, started_at: datetime) -> None:
        whole = self._clean_today(started_at)
        self._open_visit(
            {key: whole[key] for key in ("format", "patient", "service", "performer", "started_at")}
        )

    def _consent_open(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        del document["consent"], document["lines"], document["ended_at"]
        del document["aftercare_sheet"], document["aftercare"]
        self._open_visit(document)

    def _history_open(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        del document["screening"][4:], document["lines"], document["ended_at"]
        del document["aftercare_sheet"], document["aftercare"]
        self._open_visit(document)

    def _deferred(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        answer(document, "isotretinoin_stopped", last_on=self._day - timedelta(days=161))
        defer_visit(*self._open_visit(document))

    def _expired_lot(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        document["cartridge"] = {"lot": "DEMO-C0"}
        self._open_visit(document)

    def _expired_licence(self, started_at: datetime) -> None:
        self._open_visit(self._clean_today(started_at, performer="lapsley"), performer="lapsley")

    def _too_deep(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        document["lines"] = lines(
            self._chance, self._protocols["microneedling_face"], (Area.PERIORBITAL,), ceiling_mm=1.0
        )
        document["lines"][0]["depth_mm"] = "1.25"
        self._open_visit(document)

    def _done_today(self, started_at: datetime) -> None:
        recorded = self._record(self._clean_today(started_at), "reyes")
        self._events.this_morning(recorded.visit_id)

    def _off_label_today(self, started_at: datetime) -> None:
        patient = self._free_patient(self._day)
        self._record(self._clean(patient, "microneedling_prp", "lind", started_at), "lind")

    def _voided(self, started_at: datetime) -> None:
        clinic, visit_id, edition = self._open_visit(self._clean_today(started_at))
        void_visit(clinic, visit_id, edition, "Opened for the wrong person of the same name.")

    def _warning_without_reason(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        answer(document, "topical_retinoid", last_on=self._day - timedelta(days=2))
        self._open_visit(document)

    def _by_telephone(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        answer(document, "isotretinoin_stopped", last_on=self._day - timedelta(days=170))
        clinic, visit_id, edition = self._open_visit(document)
        defer_visit(clinic, visit_id, edition)
        ordered_at = clinic.clock.now() - timedelta(minutes=3)
        order = NewTelephoneOrder(
            director="okafor",
            codes=("isotretinoin_stopped",),
            words="Thirteen days short, low dose: go ahead, cheeks and chin alone.",
            ordered_at=ordered_at,
            read_back_at=ordered_at + timedelta(minutes=1),
        )
        take_telephone_order(clinic, visit_id, None, order)

    def _clean_today(self, started_at: datetime, performer: str = "reyes") -> dict[str, Any]:
        return self._clean(self._free_patient(self._day), "microneedling_face", performer, started_at)

    def _clean(
        self, patient: tuple[str, str, int], service: str, performer: str, started_at: datetime
    ) -> dict[str, Any]:
        ref, record_number, phototype = patient
        protocol = self._protocols[service]
        document = clean_document(
            self._chance,
            record_number=record_number,
            phototype=phototype,
            performer=performer,
            started_at=started_at,
            policy=self._policy,
            protocol=protocol,
            ceiling_mm=1.5,
        )
        if service == "microneedling_prp":
            kit_expires_on = self._day + timedelta(days=150)
            document["prp"] = blood(self._new[ref], performer, started_at, kit_expires_on)
        complete_consent(document, self._digests)
        return document

    def _free_patient(self, on: date) -> tuple[str, str, int]:
        """Somebody whose last session is long enough ago for a clean visit."""
        start = self._chance.randrange(len(self._record_numbers))
        for step in range(len(self._record_numbers)):
            patient = self._record_numbers[(start + step) % len(self._record_numbers)]
            last = self._busy.get(patient[0])
            if last is None or (on - last).days >= 28:
                break
        else:
            patient = min(self._record_numbers, key=lambda one: self._busy.get(one[0], date.min))
        self._busy[patient[0]] = on
        return patient

    def _record(self, document: dict[str, Any], performer: str) -> VisitRecorded:
        role = self._roles[performer]
        return record_visit(role.clinic, document, role.signer, shown="window")

    def _document_of(self, recorded: VisitRecorded) -> dict[str, Any]:
        return show_visit(self._roles["reyes"].clinic, recorded.visit_id, opened=False).document

    def _draft_protocol(self) -> None:
        """A new version of the face protocol that waits for the director's signature."""
        clinic = self._roles["lind"].clinic
        waiting = draft("protocols/face-mechanical.json") | {
            "version": 2,
            "effective_on": self._day.isoformat(),
            "name": "Face, mechanical needling (draft for review)",
        }
        with clinic.work() as work:
            add_document_in(work, "protocol", waiting, now=clinic.clock.now())
            work.commit(checkpoint=True)
