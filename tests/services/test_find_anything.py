"""One box answers with people, visits, lots and serial numbers."""

import pytest

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
