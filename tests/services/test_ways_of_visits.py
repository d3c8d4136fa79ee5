"""The database itself lets a visit go only the ways that visits go, and change only what they change there.

Each statement is given to the encrypted store with its key, past the program.
"""

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from mnclinic.domain.visit_life import VisitState
from mnclinic.models import Visit
from mnclinic.services.record_visit import record_visit
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.conftest import Work
from tests.store.raw import connection_past_the_program, without_triggers

TYPED = "document edition lights performer revision saved_at service visit_on"
SIGNED_NOW = f"{TYPED} due_at performed_at reason review_reasons score"
ENDED = "edition reason saved_at"
WAYS: dict[tuple[str, str], str] = {
    ("draft", "draft"): TYPED,
    ("draft", "deferred"): TYPED,
    ("draft", "in_review"): SIGNED_NOW,
    ("draft", "complete_not_drawn"): SIGNED_NOW,
    ("draft", "voided"): ENDED,
    ("deferred", "deferred"): TYPED,
    ("deferred", "draft"): TYPED,
    ("deferred", "in_review"): SIGNED_NOW,
    ("deferred", "complete_not_drawn"): SIGNED_NOW,
    ("deferred", "voided"): ENDED,
    ("returned", "returned"): TYPED,
    ("returned", "in_review"): SIGNED_NOW,
    ("performed", "performed"): "",
    ("performed", "in_review"): f"{ENDED} due_at review_reasons score",
    ("performed", "complete_not_drawn"): f"{ENDED} due_at review_reasons score",
    ("in_review", "in_review"): "due_at review_reasons score",
    ("in_review", "signed"): f"{ENDED} due_at score",
    ("in_review", "returned"): f"{ENDED} due_at score",
    ("signed", "signed"): "",
    ("complete_not_drawn", "complete_not_drawn"): "",
    ("voided", "voided"): "",
}
"""By the only ways there are, which columns may change on each."""
STATES = [one.value for one in VisitState]
NEVER = {
    "id": "'other'",
    "number": "'V-000009'",
    "patient_ref": "(SELECT ref FROM patient WHERE ref <> visit.patient_ref)",
    "rowid": "77",
}
OTHER = {
    "document": "CAST('{}' AS BLOB)",
    "edition": "edition + 1",
    "revision": "revision + 1",
    "score": "score + 1",
    "visit_on": "'2026-01-01'",
    **dict.fromkeys(("saved_at", "performed_at", "due_at"), "'2026-01-01T10:00:00.000Z'"),
    **dict.fromkeys(("lights", "performer", "service", "reason", "review_reasons"), "'other'"),
}
"""Of each column, a value that it could hold and does not."""
KEPT = "keeps what was signed"


def _with_a_performed_visit_and_a_draft(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="command")
    desk = clinic.as_user("desk")
    start_visit(desk, add_person(desk, "Zweitson"), "microneedling_face", "reyes")


@pytest.fixture
def raw(clinic_after: Callable[[Work], SmallClinic]) -> Iterator[Connection]:
    """The store with one performed visit, V-000001, and a draft, past the program and with every guard."""
    with connection_past_the_program(clinic_after(_with_a_performed_visit_and_a_draft)) as connection:
        yield connection


CHANGING = "{0} visit SET {1} WHERE number = 'V-000001'"


def _put(raw: Connection, state: str) -> None:
    with without_triggers(raw):
        raw.exec_driver_sql("UPDATE visit SET state = ? WHERE number = 'V-000001'", (state,))


def _tried(raw: Connection, change: str, kind: str = "UPDATE") -> None:
    with raw.begin_nested() as attempt:
        raw.exec_driver_sql(CHANGING.format(kind, change))
        attempt.rollback()


def test_every_column_of_a_visit_has_its_rule() -> None:
    assert {one.name for one in Visit.__table__.columns} == {*NEVER, *OTHER, "state"} - {"rowid"}


@pytest.mark.parametrize("before", STATES)
def test_a_visit_becomes_only_what_visits_become(raw: Connection, before: str) -> None:
    _put(raw, before)
    for after in [*STATES, "lost", ""]:
        raw.exec_driver_sql("PRAGMA ignore_check_constraints=on")
        if (before, after) in WAYS:
            _tried(raw, f"state = '{after}'")
            continue
        for change in (f"state = '{after}'", f"state = '{after}', document = CAST('{{}}' AS BLOB)"):
            for kind in ("UPDATE", "UPDATE OR REPLACE", "UPDATE OR IGNORE"):
                with pytest.raises(DBAPIError, match="goes only the ways"):
                    _tried(raw, change, kind)


@pytest.mark.parametrize(
    ("way", "free"), WAYS.items(), ids=lambda one: "-".join(one) if isinstance(one, tuple) else ""
)
def test_on_each_way_only_its_own_columns_change(raw: Connection, way: tuple[str, str], free: str) -> None:
    before, after = way
    _put(raw, before)
    for column, value in OTHER.items():
        change = f"state = '{after}', {column} = {value}"
        if column in free.split():
            _tried(raw, change)
            continue
        with pytest.raises(DBAPIError, match=KEPT):
            _tried(raw, change)


@pytest.mark.parametrize("state", STATES)
def test_a_visit_stays_the_one_that_was_begun_whatever_its_state(raw: Connection, state: str) -> None:
    _put(raw, state)
    for (column, value), kind in product(NEVER.items(), ("UPDATE", "UPDATE OR REPLACE")):
        with pytest.raises(DBAPIError, match="stays the one that was begun"):
            _tried(raw, f"{column} = {value}", kind)


@pytest.mark.parametrize("state", ["draft", "deferred", "returned"])
def test_edition_and_revision_never_count_down(raw: Connection, state: str) -> None:
    _put(raw, state)
    for change in ("edition = edition - 1", "revision = revision - 1", "revision = revision + 2"):
        with pytest.raises(DBAPIError, match=KEPT):
            _tried(raw, change)


def test_a_visit_that_waits_for_the_director_is_not_changed_by_way_of_a_draft(raw: Connection) -> None:
    """The three statements that once did it."""
    _put(raw, "in_review")
    with pytest.raises(DBAPIError, match="goes only the ways"):
        _tried(raw, "state = 'draft'")
    with pytest.raises(DBAPIError, match=KEPT):
        _tried(raw, "document = CAST('{}' AS BLOB)")


REPLACED = (
    *("visit", "visit_revision", "visit_signature", "treatment_line", "visit_supply"),
    *("visit_release", "visit_amendment", "amendment_seen"),
)


ALL = "SELECT * FROM {0}"
REPLACING = (
    "REPLACE INTO {0} SELECT * FROM {0} ORDER BY rowid LIMIT 1",
    "INSERT OR REPLACE INTO {0} SELECT * FROM {0} ORDER BY rowid LIMIT 1",
    "INSERT OR REPLACE INTO {0} SELECT * FROM {0}",
)


@pytest.mark.parametrize("recursive", ["on", "off"])
@pytest.mark.parametrize("table", REPLACED[:5])
def test_no_row_is_put_in_the_place_of_one_that_is_signed(
    raw: Connection, table: str, recursive: str
) -> None:
    raw.exec_driver_sql(f"PRAGMA recursive_triggers={recursive}")
    before = raw.exec_driver_sql(ALL.format(table)).all()
    assert before
    for statement in REPLACING:
        with pytest.raises(DBAPIError, match="keeps what was written"), raw.begin_nested():
            raw.exec_driver_sql(statement.format(table))
    assert raw.exec_driver_sql(ALL.format(table)).all() == before


OVER_ONE = "INSERT OR REPLACE INTO visit (rowid, {0}) SELECT rowid, {1} FROM visit WHERE number = 'V-000001'"


def test_no_visit_is_put_in_the_place_of_another_in_the_file_or_by_its_number(raw: Connection) -> None:
    raw.exec_driver_sql("PRAGMA recursive_triggers=off")
    before = raw.exec_driver_sql(ALL.format("visit")).all()
    columns = [one[1] for one in raw.exec_driver_sql("PRAGMA table_info(visit)")]
    for others in ({"id": "'x'"}, {"id": "'x'", "number": "'V-000009'"}):
        values = ", ".join(others.get(one, one) for one in columns)
        with pytest.raises(DBAPIError, match="keeps what was written"), raw.begin_nested():
            raw.exec_driver_sql(OVER_ONE.format(", ".join(columns), values))
    assert raw.exec_driver_sql(ALL.format("visit")).all() == before


def test_each_of_those_rows_has_that_guard(raw: Connection) -> None:
    names = raw.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
    assert {f"{table}_not_replaced" for table in REPLACED} <= set(names)


ANOTHER_SUPPLY = (
    "INSERT INTO visit_supply (visit_id, revision, kind, lot, serial, patient_ref) "
    "SELECT visit_id, revision, kind, 'LOT-8', serial, {0} FROM visit_supply LIMIT 1"
)


def test_no_supply_is_written_down_as_somebody_elses(raw: Connection) -> None:
    """A look-back takes from this row whose the visit is."""
    other = "(SELECT ref FROM patient WHERE ref <> patient_ref LIMIT 1)"
    for whose in ("''", "'nobody'", other):
        with pytest.raises(DBAPIError, match="of whom its visit is of"), raw.begin_nested():
            raw.exec_driver_sql(ANOTHER_SUPPLY.format(whose))
    raw.exec_driver_sql(ANOTHER_SUPPLY.format("patient_ref"))
