"""One box answers with people, visits, lots and serial numbers."""

import pytest

from mnclinic.services import find_visits
from mnclinic.services.find_anything import find_anything, recent_people
from mnclinic.services.find_patients import show_patient
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import signer
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person, document


@pytest.fixture
def filled(clinic: SmallClinic) -> SmallClinic:
    """A clinic with a person, and a visit of hers."""
    add_person(clinic.as_user("desk"))
    reyes = clinic.as_user("reyes")
    with signer(reyes, PASSWORDS["reyes"]) as by:
        record_visit(reyes, document(), by, shown="window")
    return clinic


@pytest.mark.parametrize("typed", ["V-000001", "v-0000", "01", " 000001 "])
def test_a_visit_is_found_by_its_number_or_the_beginning_of_it(filled: SmallClinic, typed: str) -> None:
    found = find_anything(filled.as_user("desk"), typed)
    assert [one.number for one in found.visits] == ["V-000001"]
    assert found.visits[0].patient == "Testerman, Ada"


@pytest.mark.parametrize(("typed", "kind"), [("lot-1", "lot"), ("sp-01", "device")])
def test_a_lot_and_a_device_are_found_by_any_part_of_their_label(
    filled: SmallClinic, typed: str, kind: str
) -> None:
    assert kind in [one.kind for one in find_anything(filled.as_user("reyes"), typed).things]


def test_with_nothing_typed_the_people_opened_last_come_newest_first(filled: SmallClinic) -> None:
    desk = filled.as_user("desk")
    first, second = add_person(desk, "Earlier"), add_person(desk, "Later")
    for ref in (first, second):
        show_patient(desk, ref)
    assert [one.ref for one in find_anything(desk, "  ").people] == [second, first]
    assert recent_people(filled.as_user("reyes")) == (), "each has their own"


def test_one_letter_is_too_little_and_patterns_are_just_text(filled: SmallClinic) -> None:
    desk = filled.as_user("desk")
    for typed in ("t", "%%", "V-%", "\0\0", "'; --"):
        found = find_anything(desk, typed)
        assert (found.people, found.visits, found.things) == ((), (), ())


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("ada 11/23", ["V-000001"]),
        ("11/23 testerman", ["V-000001"]),
        ("ada 23 nov", ["V-000001"]),
        ("ada nov 23", ["V-000001"]),
        ("ada 23.11.", ["V-000001"]),
        ("ada testermna 11/23/2026", ["V-000001"]),
        ("ada 2026-11-23", ["V-000001"]),
        ("visit ada", ["V-000001"]),
        ("visita test", ["V-000001"]),
        ("ada 11/22", []),
        ("otto 11/23", []),
        ("visit otto", []),
        ("visit", []),
        ("ada", []),
    ],
)
def test_a_visit_is_found_by_whose_it_was_and_its_day(
    filled: SmallClinic, typed: str, numbers: list[str]
) -> None:
    assert [one.number for one in find_anything(filled.as_user("desk"), typed).visits] == numbers


@pytest.mark.parametrize("most_people", [60, 0], ids=["a rare name", "a name that many have"])
def test_of_several_visits_the_newest_come_first_and_no_more_than_a_few(
    filled: SmallClinic, monkeypatch: pytest.MonkeyPatch, most_people: int
) -> None:
    monkeypatch.setattr(find_visits, "MOST_PEOPLE", most_people)
    desk = filled.as_user("desk")
    with desk.store.engine.begin() as connection:
        columns = [row.name for row in connection.exec_driver_sql("PRAGMA table_info(visit)")]
        own = {
            "id": "'copy-' || value",
            "number": "printf('V-%06d', value)",
            "visit_on": "'2026-11-' || value",
        }
        copied = ", ".join(own.get(one, f"visit.{one}") for one in columns)
        connection.exec_driver_sql(
            f"INSERT INTO visit ({', '.join(columns)}) SELECT {copied} "  # noqa: S608 - our own words
            "FROM visit, json_each('[10, 12, 14, 11, 13, 15, 16, 17]') WHERE visit.number = 'V-000001'"
        )
    found = [one.number for one in find_anything(desk, "visit testerman").visits]
    assert found == ["V-000001", *(f"V-0000{day}" for day in (17, 16, 15, 14, 13))]
