"""Reading the log on the real store: filters, pages, what is entered of it, what a spoilt entry says."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from mnclinic.audit.signing import entry_signing_bytes
from mnclinic.audit.tree import leaf_hash
from mnclinic.domain.log_topic import Topic
from mnclinic.errors import InvalidInput, StoreUnavailable
from mnclinic.models import LogEntry
from mnclinic.services import log_filter, log_rows, read_log
from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.find_patients import show_patient
from mnclinic.services.log_filter import LogFilter, _arms, resolve
from mnclinic.services.log_records import RecordRef
from mnclinic.services.log_rows import LogRow
from mnclinic.services.merge_records import merge_records, unmerge_records
from mnclinic.services.print_documents import print_chart
from mnclinic.services.read_log import (
    LogPage,
    export_log,
    newer_entries,
    newest_entries,
    older_entries,
    open_log,
    people_of_log,
    who_looked,
)
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.sitting import PAUSE
from mnclinic.services.standing import Standing
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person, document
from tests.services.conftest import Work
from tests.services.reading import actions_since, entries_since, log_size, problems_found
from tests.store.raw import with_database_key

TODAY = MONDAY.date()
HOSTILE = "=cmd|'/c calc'!A1"
AMONG_A_PATIENTS = [
    "CORRELATED SCALAR SUBQUERY 1",
    "SEARCH other USING COVERING INDEX ix_log_entry_subject_seq (subject=? AND seq=? AND rowid=?)",
]


def _recorded(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    show_visit(clinic.as_user("desk"), "V-000001")


@pytest.fixture
def recorded(clinic_after: Callable[[Work], SmallClinic]) -> SmallClinic:
    """V-000001 of Ada Testerman recorded by T. Reyes, looked at by the desk."""
    return clinic_after(_recorded)


def said(page: LogPage) -> list[str]:
    return [row.sentence for row in page.rows]


def pages(clinic: OpenClinic, first: LogPage) -> Iterator[LogPage]:
    page = first
    yield page
    while page.has_older:
        page = older_entries(clinic, page)
        yield page


def test_the_history_of_merged_records_is_that_of_both_whichever_number_is_asked_for(
    recorded: SmallClinic,
) -> None:
    desk, okafor = recorded.as_user("desk"), recorded.as_user("okafor")
    kept, other = "P-000001", "P-000002"
    twice = add_patient(desk, NewPatient("Testerman", "Ada A.", "1987-04-23", phone="555-0199"))
    assert twice.record_number == other
    show_patient(desk, twice.ref)
    alone = said(open_log(okafor, LogFilter(patient=kept)))
    assert not any(other in sentence for sentence in alone)
    merge_records(desk, twice.ref, kept, "She was added twice.")
    pages_of = {number: open_log(okafor, LogFilter(patient=number)) for number in (kept, other)}
    for number, page in pages_of.items():
        sentences = said(page)
        assert any("V-000001" in sentence for sentence in sentences), number
        assert any("added" in sentence and other in sentence for sentence in sentences), number
        looks = who_looked(okafor, number)
        assert any(other in one for sitting in looks.sittings for one in sitting.sentences)
        assert any("V-000001" in one for sitting in looks.sittings for one in sitting.sentences)
    assert pages_of[kept].title == "History of Ada Testerman (P-000001, P-000002)"
    assert pages_of[other].title == "History of Ada A. Testerman (P-000002, P-000001)"
    unmerge_records(desk, other, "They are sisters.")
    apart = open_log(okafor, LogFilter(patient=other))
    assert apart.title == "History of Ada A. Testerman (P-000002)"
    assert not any("V-000001" in sentence for sentence in said(apart))


def test_the_log_reads_as_sentences_newest_first_and_every_entry_of_a_clinic_holds(
    recorded: SmallClinic,
) -> None:
    owner = recorded.as_user("owner")
    page = open_log(owner, LogFilter(), page_size=1000)
    assert said(page)[:4] == [
        "M. Castellan read the log",
        "M. Castellan logged in",
        "R. Frontley opened visit V-000001 of Ada Testerman (P-000001): history, consent, treatment",
        "R. Frontley logged in",
    ]
    assert [row.seq for row in page.rows] == list(range(log_size(owner), 0, -1))
    assert {row.standing for row in page.rows} == {Standing.HOLDS}
    assert page.rows[2].at is not None
    assert page.rows[2].at.utcoffset() == timedelta(hours=-6)
    assert (page.title, page.has_older, page.has_newer) == ("Log", False, False)


def test_pages_follow_one_another_without_a_gap_in_both_directions_and_are_one_reading(
    recorded: SmallClinic,
) -> None:
    owner = recorded.as_user("owner")
    size = log_size(owner)
    walked = list(pages(owner, open_log(owner, LogFilter(), page_size=7)))
    numbers = [row.seq for page in walked for row in page.rows]
    assert numbers == list(range(size + 1, 0, -1))
    back = walked[-1]
    for page in reversed(walked[1:-1]):
        back = newer_entries(owner, back)
        assert [row.seq for row in back.rows][-7:] == [row.seq for row in page.rows]
        assert back.has_newer
    assert actions_since(owner, size) == ["log.viewed"]
    add_person(owner, "Later")
    assert said(newest_entries(owner, back))[0] == "M. Castellan added Ada Later (P-000002) to the roster"
    last = newer_entries(owner, walked[0])
    assert (len(last.rows), last.has_newer) == (1, False)
    assert newer_entries(owner, last) == last


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (LogFilter(kind=Topic.SIGN, person="reyes"), ["visit.performed"]),
        (
            LogFilter(person="Reyes", patient="P-000001", kind=Topic.CHANGE),
            ["visit.drawn", "visit.started", "patient.added"],
        ),
        (LogFilter(patient="P-000001", kind=Topic.VIEW), ["log.viewed", "visit.viewed"]),
        (LogFilter(record=RecordRef("visit", "V-000001"), kind=Topic.VIEW), ["visit.viewed"]),
        (LogFilter(record=RecordRef("device", "SP-01")), ["device.added"]),
        (LogFilter(record=RecordRef("lot", "cartridge:LOT-1")), ["lot.added"]),
        (LogFilter(record=RecordRef("protocol", "face")), ["protocol.approved", "protocol.added"]),
        (LogFilter(record=RecordRef("person", "desk")), ["login", "staff.added", "key.enrolled"]),
        (LogFilter(kind=Topic.BACKUP), []),
    ],
)
def test_a_filter_finds_exactly_what_it_names(
    recorded: SmallClinic, wanted: LogFilter, expected: list[str]
) -> None:
    owner = recorded.as_user("owner")
    found = [row.action for row in open_log(owner, wanted).rows]
    assert [one for one in found if one in expected] == found
    assert set(found) == set(expected)


@pytest.mark.parametrize("few", [-1, log_filter.FEW_ACTS])
def test_every_filter_agrees_with_reading_the_whole_log(
    recorded: SmallClinic, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """Each filter alone and with others, in small pages, against the rows of the unfiltered log."""
    monkeypatch.setattr(log_filter, "FEW_ACTS", few)
    owner = recorded.as_user("owner")
    reyes = next(one for one in people_of_log(owner) if one.name.startswith("T. Reyes"))
    everything = [row for page in pages(owner, open_log(owner, LogFilter())) for row in page.rows]
    ada = next(row.patient_ref for row in everything if row.patient_ref)
    for person in (None, reyes.staff_id):
        for patient in (None, ada):
            for kind in (None, *Topic):
                for first, last in ((None, None), (TODAY, TODAY), (None, TODAY - timedelta(days=1))):
                    wanted = LogFilter(first, last, person, patient, kind)
                    opened = open_log(owner, wanted, page_size=3)
                    limit = everything[0].seq
                    numbers = [row.seq for page in pages(owner, opened) for row in page.rows]
                    assert [number for number in numbers if number <= limit] == [
                        row.seq
                        for row in everything
                        if (person is None or row.actor == person)
                        and (patient is None or row.patient_ref == patient)
                        and (kind is None or row.topic is kind)
                        and (row.at is not None)
                        and (first is None or row.at.date() >= first)
                        and (last is None or row.at.date() <= last)
                    ], wanted


def test_a_period_is_by_the_clinics_days_and_holds_both_of_its_ends(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    for days, hour in ((1, 0), (1, 23), (2, 12)):
        clinic.clock.at = (MONDAY + timedelta(days=days)).replace(hour=hour, minute=30)
        add_person(desk, f"Day{days}at{hour}")
    owner = clinic.as_user("owner")
    tuesday = TODAY + timedelta(days=1)
    page = open_log(owner, LogFilter(first=tuesday, last=tuesday))
    assert [one.partition("added ")[2] for one in said(page)] == [
        "Ada Day1at23 (P-000002) to the roster",
        "Ada Day1at0 (P-000001) to the roster",
    ]


def test_a_day_of_the_other_half_of_the_year_is_by_the_clocks_of_then(clinic: SmallClinic) -> None:
    summer, winter = timezone(timedelta(hours=-5)), timezone(timedelta(hours=-6))
    for at in (
        datetime(2027, 6, 30, 23, 30, tzinfo=summer),
        datetime(2027, 7, 1, 0, 30, tzinfo=summer),
        # Clocks were set back at two in the morning.
        datetime(2027, 11, 6, 23, 30, tzinfo=summer),
        datetime(2027, 11, 7, 0, 30, tzinfo=summer),
        datetime(2027, 11, 7, 12, 0, tzinfo=winter),
        datetime(2027, 12, 31, 23, 30, tzinfo=winter),
        datetime(2028, 1, 1, 0, 30, tzinfo=winter),
    ):
        clinic.clock.at = at
        add_person(clinic.as_user("desk"), f"At{at:%m%dx%H}")
    for zone in (winter, summer):
        clinic.clock.at = datetime(2028, 2, 1, 9, 0, tzinfo=zone)
        owner = clinic.as_user("owner")
        for day, wanted in {
            date(2027, 6, 30): ["At0630x23"],
            date(2027, 7, 1): ["At0701x00"],
            date(2027, 11, 6): ["At1106x23"],
            date(2027, 11, 7): ["At1107x12", "At1107x00"],
            date(2027, 12, 31): ["At1231x23"],
            date(2028, 1, 1): ["At0101x00"],
        }.items():
            page = open_log(owner, LogFilter(first=day, last=day))
            assert [one.split()[4] for one in said(page) if "roster" in one] == wanted, (day, zone)


def test_an_act_under_a_clock_set_back_is_found_where_it_was_done_and_where_it_claims_to_be(
    clinic: SmallClinic,
) -> None:
    desk = clinic.as_user("desk")
    add_person(desk, "Before")
    clinic.clock.at = MONDAY - timedelta(days=40)
    add_person(desk, "Backdated")
    clinic.clock.at = MONDAY + timedelta(hours=2)
    add_person(desk, "After")
    owner = clinic.as_user("owner")
    words = (
        "R. Frontley added Ada Backdated (P-000002) to the roster (the computer's clock had been set back)"
    )
    assert words in said(open_log(owner, LogFilter(first=TODAY, last=TODAY)))
    claimed = TODAY - timedelta(days=40)
    found = open_log(owner, LogFilter(first=claimed, last=claimed))
    assert said(found) == [words]
    assert found.rows[0].standing is Standing.HOLDS
    # In the open log it stands in the order in which it was done.
    names = [one.split()[4] for one in said(open_log(owner, LogFilter(person="desk"))) if "roster" in one]
    assert names == ["After", "Backdated", "Before"]


def test_a_clock_that_once_ran_ahead_hides_nothing_from_a_period(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    clinic.clock.at = MONDAY + timedelta(days=4000)
    add_person(desk, "Ahead")
    clinic.clock.at = MONDAY + timedelta(days=1)
    for number in range(5):
        add_person(desk, f"Since{number}")
    owner = clinic.as_user("owner")
    tuesday = TODAY + timedelta(days=1)
    opened = open_log(owner, LogFilter(first=tuesday, last=tuesday, kind=Topic.CHANGE), page_size=2)
    names = [one.split()[4] for page in pages(owner, opened) for one in said(page) if "roster" in one]
    assert names == ["Since4", "Since3", "Since2", "Since1", "Since0"]


@pytest.mark.parametrize(
    "wanted",
    [
        LogFilter(),
        LogFilter(person="reyes"),
        LogFilter(kind=Topic.VIEW),
        LogFilter(kind=Topic.VIEW, person="reyes"),
        LogFilter(patient="P-000001"),
        LogFilter(patient="P-000001", person="reyes", kind=Topic.VIEW),
        LogFilter(record=RecordRef("visit", "V-000001")),
        LogFilter(record=RecordRef("visit", "V-000001"), person="reyes", kind=Topic.SIGN),
        LogFilter(TODAY, TODAY),
        LogFilter(TODAY, TODAY, "reyes", "P-000001", Topic.SIGN),
    ],
)
@pytest.mark.parametrize("way", [{"before": 50}, {"after": 50}])
@pytest.mark.parametrize("few", [-1, log_filter.FEW_ACTS])
def test_no_filter_walks_the_whole_log_or_sorts_it(
    recorded: SmallClinic, monkeypatch: pytest.MonkeyPatch, wanted: LogFilter, way: dict[str, int], few: int
) -> None:
    monkeypatch.setattr(log_filter, "FEW_ACTS", few)
    owner = recorded.as_user("owner")
    with owner.store.reading() as session:
        asked = resolve(session, wanted, recorded.clock.now())
        for arm, number in _arms(session, asked, **way):
            ordered = arm.order_by(number.desc()).limit(100)
            sql = str(ordered.compile(session.get_bind(), compile_kwargs={"literal_binds": True}))
            plan = [row[3] for row in session.execute(text(f"EXPLAIN QUERY PLAN {sql}"))]
            assert plan[0].startswith("SEARCH log_entry USING "), plan
            # Only what a clock that was set back claims is sorted, and found by the index of those alone. Few
            # acts are each looked for among a patient's, in that index alone too.
            assert plan[1:] in ([], AMONG_A_PATIENTS) or "ix_log_entry_clock_back" in plan[0], plan


def test_reading_is_entered_before_anything_is_shown_and_names_no_patient_for_ever(
    recorded: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = recorded.as_user("owner")
    size = log_size(owner)
    seen: list[list[str]] = []
    rows_of = log_rows.rows_of

    def looked_up(session: Session, numbers: Sequence[int], vault: str) -> tuple[LogRow, ...]:
        seen.append(actions_since(owner, size))
        return rows_of(session, numbers, vault)

    monkeypatch.setattr(read_log, "rows_of", looked_up)
    wanted = LogFilter(TODAY, TODAY, "reyes", "P-000001", Topic.SIGN, RecordRef("visit", "V-000001"))
    opened = open_log(owner, wanted)
    assert seen == [["log.viewed"]]
    (entry,) = entries_since(owner, size)
    reyes = next(one.staff_id for one in people_of_log(owner) if one.name.startswith("T. Reyes"))
    assert entry["cat"] == [
        "log", "from:2026-11-23", "to:2026-11-23", f"person:{reyes}", "kind:sign", "object:visit",
    ]  # fmt: skip
    assert entry["subj"] == opened.asked.patient_ref
    assert entry["kind"] == "R"
    assert "Testerman" not in str(entry)
    assert "V-000001" not in str(entry)
    assert opened.title == "History of visit V-000001"
    assert said(open_log(owner, LogFilter(kind=Topic.VIEW)))[1] == (
        "M. Castellan read the log: about Ada Testerman (P-000001), from 2026-11-23, to 2026-11-23, "
        "acts of T. Reyes, RN, kind: signed or decided, history of visit V-000001"
    )
    assert problems_found(owner) == []


def test_all_that_a_filter_names_and_that_is_not_there_is_told_at_once_and_nothing_is_entered(
    recorded: SmallClinic,
) -> None:
    owner = recorded.as_user("owner")
    size = log_size(owner)
    wanted = LogFilter(TODAY, TODAY - timedelta(days=1), "nobody", "P-9", None, RecordRef("visit", "V-9"))
    with pytest.raises(InvalidInput, match="Nothing was changed") as refused:
        open_log(owner, wanted)
    assert [one.where for one in refused.value.problems] == ["person", "patient", "to", "object"]
    for size_asked in (0, 1001):
        with pytest.raises(InvalidInput, match="1 to 1,000"):
            open_log(owner, LogFilter(), page_size=size_asked)
    for odd in (RecordRef("unicorn", "x"), RecordRef("device", "SP-99"), RecordRef("person", "nobody")):
        with pytest.raises(InvalidInput):
            open_log(owner, LogFilter(record=odd))
    assert log_size(owner) == size


SPOILT = {
    "the entry's words": (
        "UPDATE log_entry SET entry = CAST(replace(CAST(entry AS TEXT), 'RN', 'RN') || ' ' AS BLOB) "
        "WHERE seq = :seq",
        Standing.ALTERED,
        Standing.LINK_BROKEN,
    ),
    "whose act it was": (
        "UPDATE log_entry SET entry = CAST(replace(CAST(entry AS TEXT), "
        "(SELECT id FROM staff WHERE user = 'reyes'), (SELECT id FROM staff WHERE user = 'lind')) AS BLOB) "
        "WHERE seq = :seq",
        Standing.SIGNATURE_BROKEN,
        Standing.LINK_BROKEN,
    ),
    "its signature": (
        "UPDATE log_entry SET signature = zeroblob(64) WHERE seq = :seq",
        Standing.SIGNATURE_BROKEN,
        Standing.HOLDS,
    ),
    "a signature of another entry": (
        "UPDATE log_entry SET signature = (SELECT signature FROM log_entry WHERE seq = :seq - 1) "
        "WHERE seq = :seq",
        Standing.SIGNATURE_BROKEN,
        Standing.HOLDS,
    ),
    "the entry before it": (
        "DELETE FROM log_entry WHERE seq = :seq - 1",
        Standing.LINK_BROKEN,
        Standing.HOLDS,
    ),
    "what it is searched as": (
        "UPDATE log_entry SET kind = 'Q' WHERE seq = :seq",
        Standing.ALTERED,
        Standing.HOLDS,
    ),
    "its stored hash": (
        "UPDATE log_entry SET leaf = zeroblob(32) WHERE seq = :seq",
        Standing.ALTERED,
        Standing.HOLDS,
    ),
    "a detail that it never had": (
        'INSERT INTO log_detail SELECT :seq, CAST(\'{"reason":"planted"}\' AS BLOB)',
        Standing.ALTERED,
        Standing.HOLDS,
    ),
    "no JSON at all": (
        "UPDATE log_entry SET entry = x'ff00' WHERE seq = :seq",
        Standing.ALTERED,
        Standing.LINK_BROKEN,
    ),
    "another version of the format": (
        "UPDATE log_entry SET entry = CAST(replace(CAST(entry AS TEXT), '\"v\":1,', '\"v\":0,') AS BLOB) "
        "WHERE seq = :seq",
        Standing.SIGNATURE_BROKEN,
        Standing.LINK_BROKEN,
    ),
}


def spoil(recorded: SmallClinic, statement: str) -> int:
    """Change the entry of the performer's signature behind the program's back; its number."""
    recorded.close()
    with with_database_key(recorded) as connection:
        find = "SELECT seq FROM log_entry WHERE action = 'visit.performed'"
        place = int(connection.exec_driver_sql(find).scalar_one())
        assert connection.exec_driver_sql(statement, {"seq": place}).rowcount == 1
    return place


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_spoilt_entry_says_so_in_the_list_and_the_others_hold(recorded: SmallClinic, spoilt: str) -> None:
    statement, own, following = SPOILT[spoilt]
    place = spoil(recorded, statement)
    owner = recorded.as_user("owner")
    page = open_log(owner, LogFilter(), page_size=1000)
    standing = {row.seq: row.standing for row in page.rows}
    assert (standing[place], standing[place + 1]) == (own, following)
    assert {one for seq, one in standing.items() if seq not in {place, place + 1}} == {Standing.HOLDS}
    row = next(row for row in page.rows if row.seq == place)
    assert bool(row.findings) == (own is not Standing.HOLDS)
    assert row.sentence
    # A period is still found around it.
    assert open_log(owner, LogFilter(TODAY, TODAY)).rows


def test_an_entry_in_another_version_shows_what_can_be_read_and_is_no_accusation(
    recorded: SmallClinic,
) -> None:
    reyes = recorded.as_user("reyes")
    with with_database_key(recorded) as connection:
        find = "SELECT seq, entry FROM log_entry WHERE action = 'visit.performed'"
        place, data = connection.exec_driver_sql(find).one()
        other = data.replace(b'"v":1,', b'"v":0,')
        signature = reyes.session_key.sign(entry_signing_bytes(leaf_hash(other)))
        change = "UPDATE log_entry SET entry = :entry, signature = :signature WHERE seq = :seq"
        connection.exec_driver_sql(change, {"seq": place, "entry": other, "signature": signature})
    page = open_log(recorded.as_user("owner"), LogFilter(), page_size=1000)
    row = next(row for row in page.rows if row.seq == place)
    assert row.standing.value == "not checked (older format)"
    assert row.findings == ("This entry is in a form that this version of mnclinic cannot check.",)
    assert row.at is not None
    assert row.who != "The program"


def test_an_entry_in_another_version_that_no_registered_key_signed_is_a_forgery_everywhere(
    recorded: SmallClinic, tmp_path: Path
) -> None:
    place = spoil(recorded, SPOILT["another version of the format"][0])
    owner = recorded.as_user("owner")
    row = next(row for row in open_log(owner, LogFilter(), page_size=1000).rows if row.seq == place)
    assert row.standing is Standing.SIGNATURE_BROKEN
    assert row.findings == ("It is in another form, and no registered key signed it.",)
    assert row.sentence == "This entry cannot be read."
    export_log(owner, LogFilter(), tmp_path / "log.csv")
    assert "not checked" not in (tmp_path / "log.csv").read_text("utf-8")


def test_a_detail_that_is_missing_is_told_and_nobody_could_erase_it_here(recorded: SmallClinic) -> None:
    with recorded.signing("okafor") as (okafor, by):
        from mnclinic.services.review_visit import return_visit

        visit = show_visit(okafor, "V-000001", opened=False)
        return_visit(okafor, visit.visit_id, visit.edition, by, "Ada asked for more words.", shown="window")
    wanted = LogFilter(record=RecordRef("visit", "V-000001"), kind=Topic.SIGN)
    owner = recorded.as_user("owner")
    assert said(open_log(owner, wanted))[0].endswith("to its performer: Ada asked for more words.")
    owner.close()
    with with_database_key(recorded) as connection:
        connection.execute(text("DELETE FROM log_detail"))
    row = open_log(recorded.as_user("owner"), wanted).rows[0]
    assert row.sentence.endswith("to its performer: its detail is missing")
    assert (row.standing, row.findings) == (Standing.ALTERED, ("Its detail is missing.",))


def test_who_looked_at_a_chart_is_told_by_person_and_sitting(recorded: SmallClinic, tmp_path: Path) -> None:
    desk, lind = recorded.as_user("desk"), recorded.as_user("lind")
    show_patient(desk, "P-000001")
    show_visit(lind, "V-000001")
    recorded.clock.at += PAUSE / 2
    show_visit(desk, "V-000001")
    print_chart(desk, "V-000001", tmp_path / "chart.pdf")
    recorded.clock.at += PAUSE * 2
    show_visit(desk, "V-000001")
    owner = recorded.as_user("owner")
    looked = who_looked(owner, "P-000001")
    assert looked.title == "Who looked at the chart of Ada Testerman (P-000001)"
    assert [(one.who, one.looks) for one in looked.sittings] == [
        ("M. Castellan", 1),
        ("R. Frontley", 1),
        ("R. Frontley", 4),
        ("G. Lind, NP", 1),
    ]
    desk_sitting = looked.sittings[2]
    assert desk_sitting.sentences == (
        "R. Frontley opened visit V-000001 of Ada Testerman (P-000001): history, consent, treatment",
        "R. Frontley opened the record of Ada Testerman (P-000001): personal details, consent, treatment",
        "R. Frontley printed visit V-000001 of Ada Testerman (P-000001)",
    )
    assert desk_sitting.first_at is not None
    assert desk_sitting.last_at is not None
    assert PAUSE / 2 <= desk_sitting.last_at - desk_sitting.first_at < PAUSE
    assert {one.standing for one in looked.sittings} == {Standing.HOLDS}
    assert (looked.has_older, actions_since(owner, log_size(owner) - 1)) == (False, ["log.viewed"])


def test_the_worst_standing_of_a_sitting_is_the_sittings_and_more_than_fit_is_told(
    recorded: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = recorded.as_user("owner")
    seq = log_size(owner) - 1
    assert actions_since(owner, seq - 1)[0] == "visit.viewed"
    owner.close()
    with with_database_key(recorded) as connection:
        connection.execute(text(f"UPDATE log_entry SET signature = zeroblob(64) WHERE seq = {seq}"))  # noqa: S608 - a number
    owner = recorded.as_user("owner")
    assert [one.standing for one in who_looked(owner, "P-000001").sittings] == [
        Standing.HOLDS,
        Standing.SIGNATURE_BROKEN,
    ]
    monkeypatch.setattr(read_log, "MOST_SITTINGS", 1)
    looked = who_looked(owner, "P-000001")
    assert (len(looked.sittings), looked.has_older) == (1, True)


def test_the_table_runs_nothing_in_a_spreadsheet_and_is_entered_with_its_number(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    owner = clinic.as_user("owner")
    add_person(owner, HOSTILE)
    size = log_size(owner)
    written = export_log(owner, LogFilter(person="owner", kind=Topic.CHANGE), tmp_path / "log.csv")
    rows = list(csv.reader(io.StringIO(written.file.read_text(encoding="utf-8"))))
    assert rows[0] == ["entry", "at", "who", "role", "kind", "what", "signature", "wrong", "leaf"]
    assert (len(rows) - 1, written.rows, written.broken, written.is_cut) == (
        written.rows,
        len(rows) - 1,
        0,
        False,
    )
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert rows[1][5].startswith(f"M. Castellan added Ada {HOSTILE} (P-000001)")
    (entry,) = entries_since(owner, size)
    assert (entry["action"], entry["kind"]) == ("log.exported", "E")
    assert said(open_log(owner, LogFilter(kind=Topic.EXPORT)))[0].endswith(f"{written.rows} of them")
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []
    cut = export_log(owner, LogFilter(), tmp_path / "cut.csv", limit=5)
    assert (cut.rows, cut.is_cut) == (5, True)
    assert problems_found(owner) == []


def test_a_table_that_cannot_be_written_is_told_and_not_entered_as_exported(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    owner = clinic.as_user("owner")
    size = log_size(owner)
    with pytest.raises(StoreUnavailable):
        export_log(owner, LogFilter(), tmp_path / ("l" * 300))
    assert log_size(owner) == size


def test_the_log_is_read_beside_a_writer_and_holds_nobody_up(recorded: SmallClinic) -> None:
    owner, desk = recorded.as_user("owner"), recorded.as_user("desk")
    page = open_log(owner, LogFilter(), page_size=5)
    with desk.work() as work:
        work.session.execute(text("SELECT 1"))
        older_entries(owner, page)


def test_the_columns_that_are_searched_are_written_from_the_entry_itself(recorded: SmallClinic) -> None:
    with Session(recorded.as_user("owner").store.engine) as session:
        row = session.query(LogEntry).filter_by(action="visit.viewed").one()
        assert (row.kind, row.object_kind, row.is_clock_back) == ("R", "visit_view", False)
        assert f'"ts":"{row.at}"'.encode() in row.entry
        assert f'"uid":"{row.actor}"'.encode() in row.entry


def test_a_page_of_the_wrong_kind_is_never_made_up(recorded: SmallClinic) -> None:
    owner = recorded.as_user("owner")
    empty = open_log(owner, LogFilter(kind=Topic.BACKUP))
    assert (empty.rows, older_entries(owner, empty), newer_entries(owner, empty)) == ((), empty, empty)
    assert replace(empty, rows=()) == empty
    assert open_log(owner, LogFilter(first=date(2000, 1, 1), last=date(2000, 1, 2))).rows == ()
    assert open_log(owner, LogFilter(first=date(2090, 1, 1))).rows == ()
