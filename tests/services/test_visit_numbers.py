"""Visits are numbered as they are begun, without reading all the others."""

from sqlalchemy import Connection, Engine, event

from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import SmallClinic, add_person
from tests.store.raw import with_database_key


def numbers_of_two_more(clinic: SmallClinic) -> list[str]:
    nurse = clinic.as_user("reyes")
    person = add_person(nurse, "Numbered")
    return [show_visit(nurse, start_visit(nurse, person, "face", "reyes")).number for _ in range(2)]


def test_visits_are_numbered_in_the_order_in_which_they_are_begun(clinic: SmallClinic) -> None:
    assert numbers_of_two_more(clinic) == ["V-000001", "V-000002"]


def test_visits_are_counted_where_their_numbers_no_longer_sort_as_text(clinic: SmallClinic) -> None:
    numbers_of_two_more(clinic)
    with with_database_key(clinic) as connection:
        connection.exec_driver_sql("UPDATE visit SET number = 'V-999999' WHERE number = 'V-000002'")
    assert numbers_of_two_more(clinic) == ["V-000003", "V-000004"]


def test_a_new_visit_does_not_count_the_visits_before_it(clinic: SmallClinic) -> None:
    asked: list[str] = []

    def hear(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        numbers_of_two_more(clinic)
    finally:
        event.remove(Engine, "before_cursor_execute", hear)
    assert "SELECT max(number) FROM visit" in asked
    assert not [one for one in asked if "count(" in one and one.endswith("FROM visit")]
