"""Two people read a tube's label back: who may, what refuses, and what stays in record and log."""

from dataclasses import replace
from datetime import date

import pytest

from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted, WrongCredentials
from mnclinic.services.read_back_label import LabelRead, LabelReadBack, read_back_label
from mnclinic.services.save_visit import save_visit
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person
from tests.services.reading import actions_since, entries_since, log_size, problems_found

LABEL = LabelRead("Testerman", "Ada", date(1990, 4, 23))
LIND = SecondPerson("lind", PASSWORDS["lind"])


def drawn(opened: OpenClinic) -> str:
    """A draft with a PRP kit in it."""
    visit_id = start_visit(opened, add_person(opened), "microneedling_face", "reyes")
    view = show_visit(opened, visit_id)
    save_visit(opened, visit_id, view.edition, view.document | {"prp": {"kit_lot": "K-1"}})
    return visit_id


def read(
    opened: OpenClinic, visit_id: str, label: LabelRead = LABEL, second: SecondPerson = LIND
) -> LabelReadBack:
    return read_back_label(opened, visit_id, None, label, second)


def test_both_confirm_in_the_log_each_with_their_own_key_and_the_check_is_ok(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    visit_id = drawn(reyes)
    size = log_size(reyes)
    done = read(reyes, visit_id)
    assert actions_since(reyes, size) == ["visit.read_back", "visit.read_back"]
    first, second = entries_since(reyes, size)
    assert first["actor"]["uid"] != second["actor"]["uid"]
    assert first["actor"]["key"] != second["actor"]["key"]
    assert [first["obj"][name] for name in ("t", "id")] == ["visit", visit_id]
    assert second["obj"]["id"] == visit_id
    prp = show_visit(reyes, visit_id).document["prp"]
    assert prp["tube_label"] == {"last_name": "Testerman", "first_name": "Ada", "born_on": "1990-04-23"}
    assert [(one["by"], one["by_own_password"]) for one in prp["read_back"]] == [(["reyes", "lind"], True)]
    assert read(reyes, visit_id).count == done.count + 1
    assert problems_found(clinic.as_user("okafor")) == []


@pytest.mark.parametrize(
    "label",
    [
        replace(LABEL, last_name="Sampleton"),
        replace(LABEL, first_name="Eda"),
        replace(LABEL, born_on=date(1990, 4, 24)),
    ],
)
def test_a_label_of_somebody_else_is_refused_and_nothing_is_stored(
    clinic: SmallClinic, label: LabelRead
) -> None:
    reyes = clinic.as_user("reyes")
    visit_id = drawn(reyes)
    with pytest.raises(ActionRefused) as told:
        read(reyes, visit_id, label)
    assert told.value.refusals[0].code == "prp_identity_mismatch"
    assert show_visit(reyes, visit_id).document["prp"] == {"kit_lot": "K-1"}


def test_the_second_person_is_another_one_who_works_on_visits_and_knows_their_password(
    clinic: SmallClinic,
) -> None:
    reyes = clinic.as_user("reyes")
    visit_id = drawn(reyes)
    for user in ("reyes", "desk", "inspector"):
        with pytest.raises(InvalidInput) as told:
            read(reyes, visit_id, second=SecondPerson(user, PASSWORDS[user]))
        assert [one.where for one in told.value.problems] == ["second_user"]
    with pytest.raises(WrongCredentials):
        read(reyes, visit_id, second=SecondPerson("lind", "somebody else's password"))
    with pytest.raises(NotPermitted):
        read(clinic.as_user("inspector"), visit_id)
    assert "read_back" not in show_visit(reyes, visit_id).document["prp"]


def test_without_prp_there_is_nothing_to_read_back(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    visit_id = start_visit(reyes, add_person(reyes), "microneedling_face", "reyes")
    with pytest.raises(InvalidInput) as told:
        read(reyes, visit_id)
    assert [one.where for one in told.value.problems] == ["prp"]


def test_what_two_confirmed_is_not_written_nor_changed_by_hand(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    visit_id = drawn(reyes)
    read(reyes, visit_id)
    view = show_visit(reyes, visit_id)
    prp = view.document["prp"]
    confirmed = prp["read_back"]
    for changed in ([], [confirmed[0] | {"by": ["reyes", "okafor"]}], [*confirmed, confirmed[0]]):
        with pytest.raises(InvalidInput) as told:
            save_visit(reyes, visit_id, view.edition, view.document | {"prp": prp | {"read_back": changed}})
        assert [one.where for one in told.value.problems] == ["prp.read_back"]
    save_visit(reyes, visit_id, view.edition, view.document | {"prp": prp | {"colour": "straw"}})
    assert show_visit(reyes, visit_id).document["prp"]["read_back"] == confirmed


def test_a_label_that_was_written_down_otherwise_is_looked_at_again(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    visit_id = drawn(reyes)
    view = show_visit(reyes, visit_id)
    label = {"last_name": "Testermann", "first_name": "Ada", "born_on": "1990-04-23"}
    prp = view.document["prp"] | {"tube_label": label}
    save_visit(reyes, visit_id, view.edition, view.document | {"prp": prp})
    with pytest.raises(ActionRefused) as told:
        read(reyes, visit_id)
    assert [one.code for one in told.value.refusals] == ["prp_label_differs"]
