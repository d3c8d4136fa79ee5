"""The demo's own day: one visit in every state of readiness."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from mnclinic.domain.photo_poses import Pose
from mnclinic.domain.photos import TakenWhen
from mnclinic.domain.treatment import Area
from mnclinic.services.demo.clinic import CENTRAL
from mnclinic.services.demo.events import EventStory
from mnclinic.services.demo.faces import CALM, FRONT, LEFT, RED, DemoFace
from mnclinic.services.demo.practice import Practice, allows_photographs
from mnclinic.services.demo.visits import answer, lines
from mnclinic.services.perform_visit import defer_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.telephone_order import NewTelephoneOrder, take_telephone_order
from mnclinic.services.void_visit import void_visit


class MorningStory:
    """Opens the visits of the day itself."""

    def __init__(self, practice: Practice, events: EventStory, seen: Callable[[], None]) -> None:
        """`seen` is told of each visit."""
        self._practice = practice
        self._day = practice.day
        self._chance = practice.chance
        self._events = events
        self._seen = seen

    def tell(self, count: int) -> None:
        """So many visits, ten minutes apart; after the last scene it begins with the first again."""
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
            self._seen()

    def _ready_to_sign(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        clinic, visit_id, edition = self._practice.open_visit(document)
        if allows_photographs(document):
            number = document["patient"]["record_number"]
            patient = next(one for one in self._practice.patients if one[1] == number)
            pose, face = Pose(FRONT, TakenWhen.BEFORE), DemoFace(*patient)
            # An older one too, so that its outline lies over the pose that is still to be taken.
            face.take(clinic, pose, RED, started_at - timedelta(days=84))
            face.take(clinic, Pose(LEFT, TakenWhen.BEFORE), RED, started_at - timedelta(days=84))
            taken = face.take(clinic, pose, CALM, started_at, visit_id)
            save_visit(clinic, visit_id, edition, document | {"photos": [taken]})

    def _nothing_done(self, started_at: datetime) -> None:
        whole = self._clean_today(started_at)
        self._practice.open_visit(
            {key: whole[key] for key in ("format", "patient", "service", "performer", "started_at")}
        )

    def _consent_open(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        del document["consent"], document["lines"], document["ended_at"]
        del document["aftercare_sheet"], document["aftercare"]
        self._practice.open_visit(document)

    def _history_open(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        del document["screening"][4:], document["lines"], document["ended_at"]
        del document["aftercare_sheet"], document["aftercare"]
        self._practice.open_visit(document)

    def _deferred(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        answer(document, "isotretinoin_stopped", last_on=self._day - timedelta(days=161))
        defer_visit(*self._practice.open_visit(document))

    def _expired_lot(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        document["cartridge"] = {"lot": "DEMO-C0"}
        self._practice.open_visit(document)

    def _expired_licence(self, started_at: datetime) -> None:
        self._practice.open_visit(self._clean_today(started_at, performer="lapsley"), performer="lapsley")

    def _too_deep(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        document["lines"] = lines(
            self._chance,
            self._practice.protocols["microneedling_face"],
            (Area.PERIORBITAL,),
            ceiling_mm=1.0,
        )
        document["lines"][0]["depth_mm"] = "1.25"
        self._practice.open_visit(document)

    def _done_today(self, started_at: datetime) -> None:
        recorded = self._practice.record(self._clean_today(started_at), "reyes")
        self._events.this_morning(recorded.visit_id)

    def _off_label_today(self, started_at: datetime) -> None:
        patient = self._practice.free_patient(self._day)
        self._practice.record(self._practice.clean(patient, "microneedling_prp", "lind", started_at), "lind")

    def _voided(self, started_at: datetime) -> None:
        clinic, visit_id, edition = self._practice.open_visit(self._clean_today(started_at))
        void_visit(clinic, visit_id, edition, "Opened for the wrong person of the same name.")

    def _warning_without_reason(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        answer(document, "topical_retinoid", last_on=self._day - timedelta(days=2))
        self._practice.open_visit(document)

    def _by_telephone(self, started_at: datetime) -> None:
        document = self._clean_today(started_at)
        answer(document, "isotretinoin_stopped", last_on=self._day - timedelta(days=170))
        clinic, visit_id, edition = self._practice.open_visit(document)
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
        return self._practice.clean(
            self._practice.free_patient(self._day), "microneedling_face", performer, started_at
        )
