"""The demo clinic: a function of seed and day, with every state of the work in it."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import AdverseEvent, ApprovedDocument, Licence, Lot, Patient, Visit
from mnclinic.services.demo.build import build_demo
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import OpenClinic
from tests.cli.running import Shell
from tests.services.clinic_builder import MONDAY, StoppedClock
from tests.services.reading import problems_found

DAY = date(2026, 11, 23)
SMALL = ("--patients", "12", "--visits", "20", "--day", "2026-11-23")


def password_of(users: list[dict[str, str]], user: str) -> str:
    return next(one["password"] for one in users if one["user"] == user)


def opened(folder: Path, users: list[dict[str, str]], user: str = "owner") -> OpenClinic:
    return open_clinic(folder, user, password_of(users, user), clock=StoppedClock(MONDAY))


def story(clinic: OpenClinic) -> dict[str, Any]:
    """People, states and documents, keys and random references aside."""
    with Session(clinic.store.engine) as session:
        people = [
            (row.record_number, row.last_name, row.first_name, row.born_on, row.phone, row.notes)
            for row in session.scalars(select(Patient).order_by(Patient.record_number))
        ]
        visits = [
            (row.number, row.state, row.visit_on, row.revision, json.loads(row.document))
            for row in session.scalars(select(Visit).order_by(Visit.number))
        ]
    return {"people": people, "visits": visits}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[dict[str, str]], OpenClinic]]:
    """A small demo, open as its administrator."""
    folder = tmp_path_factory.mktemp("demo") / "clinic"
    built = build_demo(folder, patients=40, visits=90, seed=7, day=DAY)
    users = [dict(one) for one in built.users]
    clinic = opened(folder, users)
    yield folder, users, clinic
    clinic.close()


def test_no_open_visit_of_the_demo_begins_after_the_moment_at_which_it_opens(
    demo: tuple[Path, list[dict[str, str]], OpenClinic],
) -> None:
    _, _, clinic = demo
    with Session(clinic.store.engine) as session:
        begun = [json.loads(row.document)["started_at"] for row in session.scalars(select(Visit))]
    assert max(map(datetime.fromisoformat, begun)) < clinic.clock.now()


def test_the_demo_command_names_its_folder_its_fingerprint_and_its_log_ins(
    shell: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    said = shell.run("demo", "--no-window", "--data-dir", folder, *SMALL, "--json")
    assert said.status == 0
    assert said.json["data_dir"] == str(folder)
    assert len(said.json["fingerprint"]) == 64
    assert {"user", "name", "role", "password"} <= set(said.json["users"][0])
    users = said.json["users"]
    assert {one["role"] for one in users} == {
        "director",
        "provider",
        "front_desk",
        "administrator",
        "inspector",
    }
    today = shell.at(folder, "reyes", password_of(users, "reyes"))("today")
    assert today.json["day"] == "2026-11-23", "a demo lives on its own day, whatever day it is"
    assert today.json["visits"]
    again = shell.run("demo", "--no-window", "--data-dir", folder, *SMALL, "--json")
    assert (again.status, again.json["error"]["code"]) == (7, "clinic_exists")


def test_the_same_seed_and_day_tell_the_same_story_under_other_keys(
    demo: tuple[Path, list[dict[str, str]], OpenClinic], tmp_path: Path
) -> None:
    build_demo(tmp_path / "same", patients=40, visits=90, seed=7, day=DAY)
    clinic = opened(tmp_path / "same", demo[1])
    try:
        assert story(clinic) == story(demo[2])
        assert clinic.facts.vault != demo[2].facts.vault
        assert clinic.facts.fingerprint != demo[2].facts.fingerprint
    finally:
        clinic.close()


@pytest.mark.parametrize(("seed", "day"), [(8, DAY), (7, date(2026, 11, 24))])
def test_another_seed_or_day_tells_another_story(tmp_path: Path, seed: int, day: date) -> None:
    stories = []
    for number, (one_seed, one_day) in enumerate(((7, DAY), (seed, day))):
        built = build_demo(tmp_path / str(number), patients=3, visits=4, seed=one_seed, day=one_day)
        clinic = opened(built.folder, [dict(one) for one in built.users])
        stories.append(story(clinic))
        clinic.close()
    assert stories[0] != stories[1]


def test_every_state_of_the_work_is_in_it(demo: tuple[Path, list[dict[str, str]], OpenClinic]) -> None:
    with Session(demo[2].store.engine) as session:
        states = set(session.scalars(select(Visit.state)))
        assert states >= {"draft", "deferred", "in_review", "returned", "signed"}
        lights = set("".join(session.scalars(select(Visit.lights).where(Visit.visit_on == DAY))))
        assert lights == {"p", "w", "f", "n"}
        assert session.scalars(select(Licence).where(Licence.expires_on < DAY)).first()
        assert session.scalars(select(Lot).where(Lot.expires_on < DAY)).first()
        assert session.scalars(select(AdverseEvent)).first()
        assert session.query(Patient).count() == 40
        assert session.query(Visit).count() == 90
    assert demo[2].facts.is_demo


def test_who_was_treated_in_the_demo_was_given_the_clinics_own_aftercare_sheet(
    demo: tuple[Path, list[dict[str, str]], OpenClinic],
) -> None:
    with Session(demo[2].store.engine) as session:
        approved = {
            f"{row.document_id}-{row.language} v{row.version}": row.sha256
            for row in session.scalars(
                select(ApprovedDocument).where(ApprovedDocument.document_id == "microneedling-aftercare")
            )
        }
        documents = [json.loads(one) for one in session.scalars(select(Visit.document))]
    treated = [one for one in documents if one.get("lines")]
    assert {one["aftercare_sheet"] for one in treated} == set(approved)
    for one in treated:
        assert one["aftercare"]["text_sha256"] == approved[one["aftercare_sheet"]]


def test_the_demos_own_records_are_whole(demo: tuple[Path, list[dict[str, str]], OpenClinic]) -> None:
    assert problems_found(demo[2]) == []


@pytest.mark.parametrize(("patients", "visits"), [(0, 0), (1, 3), (3, 1)])
def test_a_tiny_demo_can_be_built(tmp_path: Path, patients: int, visits: int) -> None:
    built = build_demo(tmp_path / "tiny", patients=patients, visits=visits, seed=1, day=DAY)
    assert built.patients == patients
    clinic = opened(built.folder, [dict(one) for one in built.users])
    try:
        assert problems_found(clinic) == []
    finally:
        clinic.close()
