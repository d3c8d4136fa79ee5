"""Lists over tables that grow come out of an index in their order: nothing is sorted at each look."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from mnclinic.domain.log_topic import Topic
from mnclinic.services import find_visits
from mnclinic.services.approve_document import list_documents
from mnclinic.services.break_glass import list_glasses
from mnclinic.services.check_store import check_store
from mnclinic.services.find_anything import find_anything
from mnclinic.services.find_patients import find_patients, show_patient
from mnclinic.services.in_force import in_force_on
from mnclinic.services.list_backups import list_backups
from mnclinic.services.list_day import list_day
from mnclinic.services.list_supplies import list_supplies
from mnclinic.services.list_visits import review_queue, todays_visits, visits_of
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.log_records import RecordRef
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.notices import notices
from mnclinic.services.read_day_sheet import preview_pasted
from mnclinic.services.read_log import older_entries, open_log, who_looked
from mnclinic.services.record_visit import record_visit
from mnclinic.services.rule_versions import find_rules
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.users.list_users import list_users
from tests.services.clinic_builder import SmallClinic, document

SORTS = "USE TEMP B-TREE FOR"
STAYS_SMALL = {"staff", "licence", "key_register", "device", "lot", "approved_document"}
"""Tables with a row for each of the people, the things and the texts of one clinic."""

MAY_SORT = {
    r"FROM log_entry WHERE log_entry\.action IN \(": "acts about people and keys: few a year",
    r"LIMIT :limit OFFSET :offset\) JOIN": "one stretch of the roster",
    r"AS MATERIALIZED .* MATCH :match.* LIMIT 2000\)": "2,000 hits at most, in the list's order",
    r"FROM visit_revision JOIN visit ON .* visit\.state = \?": "the check of the store, which reads it all",
    r"FROM visit_supply ORDER BY": "the check of the store, which reads it all",
    r"FROM break_glass ORDER BY": "each row is an emergency, and the director sees every one",
    r"FROM log_entry WHERE .*is_clock_back": "what a clock that was set back claims to be of a period",
    r"FROM adverse_event WHERE adverse_event\.visit_id = \?": "the events of one visit",
}
"""What is sorted all the same, each with its reason. Nothing else is let off."""


@contextmanager
def plans() -> Iterator[dict[str, str]]:
    """How the engine would run each ordered question that is asked in the block."""
    found: dict[str, str] = {}
    asking: list[str] = []

    def before(
        connection: Connection, _cursor: object, statement: str, parameters: Sequence[object], *_more: object
    ) -> None:
        if asking or "ORDER BY" not in statement or not statement.lstrip().startswith("SELECT"):
            return
        asking.append(statement)
        given = parameters if isinstance(parameters, dict) else tuple(parameters)
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given).all()
        found[" ".join(statement.split())] = " | ".join(row[3] for row in rows)
        asking.pop()

    event.listen(Engine, "before_cursor_execute", before)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", before)


def sorted_anew(found: dict[str, str]) -> list[str]:
    """The questions over growing tables that are sorted, or read every visit, and are not let off."""
    return [
        f"{statement[statement.index(' FROM ') :]}\n   {plan}"
        for statement, plan in found.items()
        if (SORTS in plan or re.search(r"SCAN (planned_)?visit\b", plan))
        and re.findall(r" FROM (\w+)", statement)[-1] not in STAYS_SMALL
        and not any(re.search(pattern, statement) for pattern in MAY_SORT)
    ]


def test_no_list_over_a_table_that_grows_is_sorted_at_each_look(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_visits, "MOST_PEOPLE", 0)
    day = date(2026, 11, 23)
    with clinic.signing("reyes") as (reyes, by):
        number = record_visit(reyes, document(), by, shown="window").number
    director, owner = clinic.as_user("okafor"), clinic.as_user("owner")
    (patient,) = find_patients(director, "").rows
    looks: tuple[Callable[[], object], ...] = (
        lambda: find_patients(director, "ada"),
        lambda: find_patients(director, ""),
        lambda: find_anything(director, "visit ada"),
        lambda: find_anything(director, "ada 11/23"),
        lambda: show_patient(director, patient.ref),
        lambda: visits_of(director, patient.ref),
        lambda: todays_visits(director, day),
        lambda: list_day(director, day),
        lambda: preview_pasted(director, "9:30 ada\n2026-11-25, 10:00, Ada Testerman"),
        lambda: review_queue(director),
        lambda: show_visit(director, number),
        lambda: list_supplies(director),
        lambda: list_documents(director),
        lambda: find_rules(director, "policy", None, None),
        lambda: in_force_on(director, day),
        lambda: list_glasses(director),
        lambda: notices(director),
        lambda: list_users(owner),
        lambda: list_backups(owner),
        lambda: notices(owner),
        lambda: older_entries(owner, open_log(owner, LogFilter(day, day), page_size=5)),
        lambda: open_log(owner, LogFilter(day, day, "reyes", patient.ref, Topic.SIGN)),
        lambda: open_log(owner, LogFilter(record=RecordRef("visit", number))),
        lambda: who_looked(owner, patient.ref),
        lambda: check_store(owner),
        lambda: make_bundle(owner, MakeBundle(day, day, tmp_path / "evidence.zip", plain=True)),
        lambda: clinic.as_user("desk"),
    )
    with plans() as found:
        for look in looks:
            look()
    assert len(found) > 25, "the questions were seen"
    assert sorted_anew(found) == []
    for pattern in MAY_SORT:
        assert any(re.search(pattern, one) and SORTS in plan for one, plan in found.items()), pattern


@pytest.mark.parametrize("index", ["ix_visit_queue", "ix_visit_patient_ref_visit_on"])
def test_a_list_that_lost_its_index_is_found(clinic: SmallClinic, index: str) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    director = clinic.as_user("okafor")
    with director.store.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP INDEX {index}")
    with plans() as found:
        lists(director)
    assert sorted_anew(found) != []


def lists(clinic: OpenClinic) -> None:
    """The lists of visits."""
    todays_visits(clinic, date(2026, 11, 23))
    review_queue(clinic)
    visits_of(clinic, find_patients(clinic, "").rows[0].ref)
