"""A small clinic on a real encrypted store, built by its migrations, for tests of use-cases."""

import pickle
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from mnclinic.domain.finding import Verdict
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import OpenClinic, Signer, signer
from mnclinic.services.set_up_clinic import (
    ClinicReady,
    NewLicence,
    NewPerson,
    SetUpClinic,
    set_up_clinic,
)
from mnclinic.services.show_visit import show_visit
from mnclinic.store.engine import close_engine

CENTRAL = timezone(timedelta(hours=-6))
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=CENTRAL)

PASSWORDS = {
    "okafor": "amber lantern seven rivers",
    "lind": "copper kettle north window",
    "reyes": "willow bridge nine pebbles",
    "desk": "paper crane morning train",
    "owner": "walnut compass quiet garden",
    "inspector": "harbor candle twelve stairs",
}


@dataclass
class StoppedClock:
    """A clock that a test moves. Each reading is a millisecond later, so that order shows."""

    at: datetime = MONDAY
    ticks: int = 0
    is_set_by_hand: bool = False
    """The wall clock alone moves when a test moves it; else the time since the start passes as well."""
    _read_at: datetime | None = None

    def now(self) -> datetime:
        """The test's present."""
        self.at += timedelta(milliseconds=1)
        return self.at

    def monotonic_ms(self) -> int:
        """Counts readings, and how far the test moved the clock ahead between them."""
        passed = self.at - (self._read_at or self.at)
        self._read_at = self.at
        ahead = 0 if self.is_set_by_hand else max(passed // timedelta(milliseconds=1), 0)
        self.ticks += 1 + ahead
        return self.ticks


def _number(value: int, unit: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "source": "test", "confidence": "test"}


def _item(item: str, klass: str, passed_by: str, window_days: int | None = None) -> dict[str, Any]:
    return {
        "item": item,
        "question": f"{item}?",
        "topic": item.replace("_", " ").capitalize(),
        "class": klass,
        "passed_by": passed_by,
        "window_days": window_days,
        "shows_earliest": True,
        "advice": "",
        "source": "test",
        "confidence": "test",
    }


def policy(**changes: object) -> dict[str, Any]:
    """A small policy: one item of each class."""
    document = {
        "format": "mnclinic.policy/1",
        "id": "clinic-policy",
        "version": 1,
        "name": "Test policy",
        "effective_on": "2026-01-05",
        "exam_credentials": ["MD", "NP"],
        "parameters": {
            "exam_valid_days": _number(365, "days"),
            "consent_valid_days": _number(365, "days"),
            "late_entry_after_h": _number(24, "hours"),
        },
        "review": {
            "sample_percent": _number(100, "percent"),
            "always": ["prp"],
            "due_days": _number(7, "days"),
        },
        "screening": [
            _item("pregnancy", "absolute", "nobody"),
            _item("isotretinoin_stopped", "relative", "director", 183),
            _item("topical_retinoid", "precaution", "performer", 5),
        ],
    }
    return document | changes


def protocol(**changes: object) -> dict[str, Any]:
    """A small protocol for the face."""
    document = {
        "format": "mnclinic.protocol/1",
        "id": "face",
        "version": 1,
        "name": "Face",
        "service": "microneedling_face",
        "effective_on": "2026-01-05",
        "devices": ["SP-01"],
        "performer_credentials": ["MD", "NP", "RN"],
        "areas": [
            {
                "area": "cheek",
                "soft_min_mm": "0.50",
                "soft_max_mm": "1.50",
                "acknowledge_above_mm": "1.50",
                "hard_max_mm": "2.00",
                "pass_count_max": 6,
            }
        ],
        "interval_warn_days": _number(28, "days"),
        "interval_block_days": _number(14, "days"),
        "topicals": ["hydrogel"],
        "consent_form": "microneedling",
    }
    return document | changes


CONSENT = {
    "format": "mnclinic.consent-text/1",
    "form": "microneedling",
    "version": 4,
    "language": "en",
    "effective_on": "2026-01-05",
    "title": "Consent to microneedling",
    "sections": [{"heading": "What is done", "text": "Fine needles are moved over the skin."}],
}

DEVICE = {
    "device": "SP-01",
    "model": "Test pen",
    "maker": "Example Devices",
    "serial": "S-1",
    "label_read_by": "reyes",
    "clearance": "TEST",
    "max_depth_mm": "2.50",
    "label_depth_mm": "1.50",
    "minimum_age": 22,
    "indications": [{"indication": "facial_acne_scars", "phototypes": [1, 2, 3, 4, 5, 6]}],
}


def request(**changes: object) -> SetUpClinic:
    """What the small clinic is set up from."""
    licence = NewLicence("TX", "L-1", "TX", date(2026, 1, 1), date(2027, 1, 1))

    def person(user: str, name: str, role: str, credential: str, ceiling: str | None = None) -> NewPerson:
        return NewPerson(
            user, name, role, credential, PASSWORDS[user], ceiling, (licence,) if credential else ()
        )

    values: dict[str, Any] = {
        "name": "Test Skin Studio",
        "people": (
            person("okafor", "Dr I. Okafor", "director", "MD"),
            person("lind", "G. Lind", "provider", "NP"),
            person("reyes", "T. Reyes", "provider", "RN", "2.00"),
            person("desk", "R. Frontley", "front_desk", ""),
            person("owner", "M. Castellan", "administrator", ""),
            person("inspector", "Inspector", "inspector", ""),
        ),
        "documents": (("policy", policy()), ("protocol", protocol()), ("consent_text", CONSENT)),
        "devices": (DEVICE,),
        "lots": (
            {
                "kind": "cartridge",
                "lot": "LOT-1",
                "name": "cartridge",
                "expires_on": "2027-05-31",
                "needle_length_mm": "2.50",
            },
        ),
        "approve": True,
    }
    values |= changes
    people = [one.user for one in values["people"]]
    if "reyes" not in people:
        values["devices"] = tuple(one | {"label_read_by": people[0]} for one in values["devices"])
    return SetUpClinic(**values)


@dataclass
class SmallClinic:
    """A clinic in a temporary folder, and its people's ways in."""

    folder: Path
    ready: ClinicReady
    clock: StoppedClock
    opened: list[OpenClinic] = field(default_factory=list)

    def as_user(self, user: str) -> OpenClinic:
        """The clinic, open in somebody's name; closed at the end of the test."""
        clinic = open_clinic(self.folder, user, PASSWORDS[user], clock=self.clock)
        self.opened.append(clinic)
        return clinic

    @contextmanager
    def signing(self, user: str) -> Iterator[tuple[OpenClinic, Signer]]:
        """The clinic in somebody's name, with the signature key open."""
        clinic = self.as_user(user)
        with signer(clinic, PASSWORDS[user]) as by:
            yield clinic, by

    def copied_to(self, folder: Path) -> "SmallClinic":
        """The same clinic in a copy of its folder, with nobody logged in and a clock of its own."""
        shutil.copytree(self.folder, folder)
        return self.copied_as(folder, self.clock.at)

    def copied_as(self, folder: Path, at: datetime) -> "SmallClinic":
        """The clinic whose folder was copied to this one, at that moment."""
        return replace(self, folder=folder, clock=StoppedClock(at), opened=[])

    def close(self) -> None:
        """Close every log-in."""
        for clinic in self.opened:
            clinic.close()

    def let_go(self) -> None:
        """End every log-in as a program that is killed does: nothing is entered in the log any more.

        Nobody looks into the folder of a test that is over, and a log-off takes a third of a log-in's time.
        """
        for clinic in self.opened:
            let_go(clinic)


def let_go(clinic: OpenClinic) -> None:
    """Forget a log-in's keys and let its database go, with no entry that the person left."""
    if clinic.is_closed:
        return
    clinic.is_closed = True
    clinic.session_key.forget()
    clinic.installation_key.forget()
    close_engine(clinic.store.engine)
    if clinic.folder_use is not None:
        clinic.folder_use.release()


def small_clinic(folder: Path, **changes: object) -> SmallClinic:
    """Set the small clinic up."""
    clock = StoppedClock()
    ready = set_up_clinic(request(**changes), folder, clock=clock, cost=FLOOR_COST)
    return SmallClinic(folder, ready, clock)


_SET_UP: dict[bytes, tuple[SmallClinic, dict[Path, tuple[int, bytes | None]]]] = {}
"""By what was asked for: the clinic, and its folders and files with their rights, as they stood then."""


def known_clinic(folder: Path, **changes: object) -> SmallClinic:
    """The small clinic as it was set up once in this process, with the same keys for every test.

    Setting one up takes half a second, and as long again to derive its people's keys for the first time.
    What needs another clinic beside it takes `small_clinic`.
    """
    asked = pickle.dumps(request(**changes))
    if asked not in _SET_UP:
        made = small_clinic(folder, **changes)
        _SET_UP[asked] = made.copied_as(folder, made.clock.at), _contents_of(folder)
        return made
    known, contents = _SET_UP[asked]
    for place, (rights, data) in contents.items():
        path = folder / place
        if data is None:
            path.mkdir(parents=True)
        else:
            path.write_bytes(data)
        path.chmod(rights)
    return known.copied_as(folder, known.clock.at)


def _contents_of(folder: Path) -> dict[Path, tuple[int, bytes | None]]:
    places = [folder, *sorted(folder.rglob("*"))]
    return {
        path.relative_to(folder): (
            stat.S_IMODE(path.stat().st_mode),
            path.read_bytes() if path.is_file() else None,
        )
        for path in places
    }


def add_person(clinic: OpenClinic, last_name: str = "Testerman", **changes: object) -> str:
    """Add a plainly invented patient and return the reference."""
    values: dict[str, Any] = {"last_name": last_name, "first_name": "Ada", "born_on": "1990-04-23"} | changes
    return add_patient(clinic, NewPatient(**values)).ref


def seen_by(clinic: OpenClinic, visit: str) -> Verdict:
    """What stands against a visit as somebody is shown it now."""
    return show_visit(clinic, visit, opened=False).verdict


DOCUMENT: dict[str, Any] = {
    "format": "mnclinic.visit/1",
    "patient": {"last_name": "Testerman", "first_name": "Ada", "born_on": "1990-04-23"},
    "service": "microneedling_face",
    "indication": "facial_acne_scars",
    "performer": "reyes",
    "started_at": "2026-11-23T09:00:00-06:00",
    "ended_at": "2026-11-23T10:00:00-06:00",
    "identity": {"confirmed_by": "name_and_birth_date"},
    "fitzpatrick": {"type": 2, "method": "clinician", "assessed_on": "2026-11-23"},
    "exam": {"examiner": "lind", "examined_on": "2026-09-02", "modality": "in_person", "result": "approved"},
    "order": {"ordered_by": "lind", "ordered_on": "2026-09-02", "valid_to": "2027-03-02"},
    "consent": {
        "form": "microneedling",
        "version": 4,
        "language": "en",
        "signed_at": "2026-11-23T08:50:00-06:00",
        "signed_by": "patient",
        "signature": {"kind": "drawn", "strokes": [[[1000, 5000], [2000, 4000], [3000, 5200]]]},
        "witness": "desk",
    },
    "screening": [
        {"item": "pregnancy", "answer": "no"},
        {"item": "isotretinoin_stopped", "answer": "no"},
        {"item": "topical_retinoid", "answer": "no"},
    ],
    "device": "SP-01",
    "cartridge": {"lot": "LOT-1"},
    "lines": [
        {"area": "cheek", "side": "right", "depth_mm": "1.25", "passes": 4, "endpoint": "pinpoint_bleeding"}
    ],
}


def document(**changes: object) -> dict[str, Any]:
    """A whole visit document against which nothing stands, with changes."""
    return deepcopy(DOCUMENT) | changes
