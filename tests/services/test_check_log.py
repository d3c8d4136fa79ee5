"""The shorter way through the log's entries: it says nothing less, and nothing else, than the longer one."""

import json
from collections.abc import Generator, Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import text

from mnclinic.audit.canonical import canonical_bytes, parse_canonical
from mnclinic.audit.entry import BuiltEntry, build_entry
from mnclinic.audit.tree import leaf_hash
from mnclinic.services.check_log import Entry, LogReading
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.check_store import check_store
from mnclinic.services.find_patients import show_patient
from mnclinic.services.session import OpenClinic
from mnclinic.store import log_writer
from tests.services.clinic_builder import SmallClinic, add_person
from tests.services.reading import problems_found
from tests.store.raw import with_database_key, without_triggers

COLUMNS = (
    "entry = entry || x'20'",
    "entry = CAST(entry AS TEXT)",
    "leaf = zeroblob(32)",
    "signature = zeroblob(64)",
    "signature = zeroblob(63)",
    "signature = 'no signature'",
    "action = 'patient.viewed'",
    "subject = 'nobody'",
    "object_id = 'nothing'",
    "at = '2026-01-01T00:00:00.000Z'",
    "is_clock_back = 1 - is_clock_back",
    "actor = 'a stranger'",
    "kind = 'X'",
    "object_kind = 'thing'",
    "seq = seq + 1000",
)
DETAILS = ("detail = x'7b7d'", "detail = 'text'", "seq = seq + 1000")
FIELDS = {
    "vault": "0f1e2d3c-4b5a-4697-8877-665544332211",
    "seq": 39,
    "prev": "0" * 64,
    "ts": "2026-11-23T25:61:61.000Z",
    "hwm": "2027-11-23T15:00:00.000Z",
    "clk": "back",
    "dh": "0" * 64,
    "action": "visit.started",
    "why": "found",
    "subj": "0f1e2d3c-4b5a-4697-8877-665544332211",
    "ssq": 7,
    "sprev": "1" * 64,
    "inst": "0" * 64,
    "v": 2,
}


@pytest.fixture
def longer_way(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the entries that took the longer way."""
    took: list[int] = []
    real = LogReading._row  # noqa: SLF001 - what is counted

    def row(reading: LogReading, number: int, *about: object) -> Iterator[StoreFinding | str]:
        took.append(number)
        return real(reading, number, *about)  # type: ignore[arg-type] # as they came

    monkeypatch.setattr(LogReading, "_row", row)
    return took


def none_passes(
    _reading: LogReading, entries: Iterator[Entry], _details: Mapping[int, bytes]
) -> Generator[StoreFinding, None, Entry | None]:
    yield from ()
    return next(entries, None)


def said_on_the_longer_way(clinic: OpenClinic) -> list[str]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(LogReading, "_run", none_passes)
        return problems_found(clinic)


def test_nearly_every_entry_of_a_clinic_that_nobody_touched_takes_the_shorter_way(
    clinic: SmallClinic, longer_way: list[int]
) -> None:
    desk = clinic.as_user("desk")
    for number in range(30):
        add_person(desk, f"Sample{number}")
    assert problems_found(desk) == []
    on_both_ways = len(longer_way)
    assert said_on_the_longer_way(desk) == []
    entries = longer_way[on_both_ways:]
    assert entries == list(range(1, len(entries) + 1))
    assert not set(entries[-28:]) & set(longer_way[:on_both_ways])


def test_whatever_is_changed_in_an_entry_is_told_alike_on_both_ways(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    for name in ("Testerman", "Otherson", "Thirdson"):
        add_person(desk, name)
    with desk.store.reading() as session:
        connection = session.connection()
        seq = connection.scalar(text("SELECT max(seq) - 1 FROM log_entry"))
        of_detail = connection.scalar(text("SELECT max(seq) FROM log_detail"))
        stored = text("SELECT entry FROM log_entry WHERE seq = :seq")
        entry = parse_canonical(connection.scalar(stored, {"seq": seq}))
        assert isinstance(entry, dict)
    others = [canonical_bytes(entry | {field: value}) for field, value in FIELDS.items()]
    # With its own hash beside it, so that the field alone can tell.
    with_hash = [f"entry = x'{one.hex()}', leaf = x'{leaf_hash(one).hex()}'" for one in others]
    changes = [("log_entry", change, seq) for change in (*COLUMNS, *with_hash)]
    changes += [("log_detail", change, of_detail) for change in DETAILS]
    for table, change, at in changes:
        assert told_alike(desk, table, change, at), change
    assert problems_found(desk) == []


def told_alike(clinic: OpenClinic, table: str, change: str, seq: int) -> bool:
    """Whether both ways say the same of a changed row, and name the place; the change is undone."""
    with clinic.store.engine.begin() as connection, without_triggers(connection):
        where = {"seq": seq}
        row = connection.execute(text(f"SELECT * FROM {table} WHERE seq = :seq"), where).one()  # noqa: S608
        update = f"UPDATE {table} SET {change} WHERE seq = :seq"  # noqa: S608 - words of this very test
        assert connection.execute(text(update), where).rowcount == 1
    said, at_length = problems_found(clinic), said_on_the_longer_way(clinic)
    with clinic.store.engine.begin() as connection, without_triggers(connection):
        for name, value in row._mapping.items():  # noqa: SLF001 - a row's own public name for it
            back = f"UPDATE {table} SET {name} = :value WHERE seq IN (:seq, :seq + 1000)"  # noqa: S608
            connection.execute(text(back), where | {"value": value})
    return said == at_length and any(one.startswith(f"log entry {seq}: ") for one in said)


def in_a_later_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the log is written by a program whose entries say `v: 2`."""

    def built(**parts: Any) -> BuiltEntry:  # noqa: ANN401 - what an entry is built from
        data = canonical_bytes(json.loads(build_entry(**parts).data) | {"v": 2})
        return BuiltEntry(data, leaf_hash(data))

    monkeypatch.setattr(log_writer, "build_entry", built)


@pytest.mark.parametrize("is_followed", [False, True])
def test_people_of_whom_entries_of_a_later_version_speak_are_not_checked_and_nobody_is_accused(
    clinic: SmallClinic, is_followed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = clinic.as_user("desk")
    ada, ben = add_person(desk), add_person(desk, "Sampleton", first_name="Ben")
    with monkeypatch.context() as patched:
        in_a_later_version(patched)
        reyes = clinic.as_user("reyes")
        show_patient(reyes, ada)
        show_patient(reyes, ben)
        reyes.close()
    if is_followed:
        show_patient(clinic.as_user("okafor"), ada)
    checked = check_store(clinic.as_user("owner"))
    assert checked.verdict == "INCOMPLETE"
    assert {one.weight for one in checked.findings} == {"incomplete"}
    counted = [one for one in checked.findings if one.where == "log subjects"]
    assert len(counted) == (1 if is_followed else 2), "a later entry carries the count on"


def test_a_count_ahead_by_more_than_could_not_be_read_is_still_altered(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = add_person(clinic.as_user("desk"))
    with monkeypatch.context() as patched:
        in_a_later_version(patched)
        reyes = clinic.as_user("reyes")
        show_patient(reyes, ada)
        reyes.close()
    clinic.close()
    with with_database_key(clinic) as connection:
        connection.exec_driver_sql("UPDATE log_subject SET count = count + 9")
    checked = check_store(clinic.as_user("owner"))
    assert checked.verdict == "ALTERED"
    assert [one.where for one in checked.findings if one.weight == "altered"] == ["log subjects"]
