"""A roster file brought in: every row accounted for, nobody twice, the whole taken back."""

import unicodedata
from pathlib import Path

import pytest

from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted
from mnclinic.services.check_store import check_store
from mnclinic.services.find_patients import find_patients, show_patient
from mnclinic.services.import_patients import import_patients, undo_import
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import SmallClinic

ROSTER = """Client Name,Birthday,Mobile Phone,Allergies
"Roadworth, Ada",4/23/1990,(512) 555-0101,=cmd|' /C calc'!A0
"Núñez, Inés",2/29/1988,512.555.0102,"latex
(itching)"
"Nunez, Ines",2/29/1988,512-555-0102,
"Mockridge, Bo",2/30/1991,,
,1/31/1990,,

"Sampleton, Cy",,,
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def test_every_row_is_added_a_possible_duplicate_or_refused_with_its_line(
    clinic: SmallClinic, roster: Path
) -> None:
    desk = clinic.as_user("desk")
    done = import_patients(desk, roster, date_order=None, dry_run=False)
    assert (done.rows, done.added, done.duplicates, done.refused) == (6, 3, 1, 2)
    assert [one.line for one in done.problems] == [5, 6, 7]
    assert "line 3" in done.problems[0].reason


def test_a_formula_and_a_line_break_stay_text_and_nothing_missing_is_invented(
    clinic: SmallClinic, roster: Path
) -> None:
    desk = clinic.as_user("desk")
    import_patients(desk, roster, date_order=None, dry_run=False)
    found = {row.last_name: show_patient(desk, row.ref) for row in find_patients(desk, "").rows}
    assert found["Roadworth"].allergies == "=cmd|' /C calc'!A0"
    assert found["Núñez"].allergies == "latex\n(itching)"
    assert (found["Sampleton"].born_on, found["Sampleton"].phone) == (None, "")


def test_a_dry_run_stores_nothing(clinic: SmallClinic, roster: Path) -> None:
    desk = clinic.as_user("desk")
    done = import_patients(desk, roster, date_order=None, dry_run=True)
    assert (done.added, done.import_id) == (3, None)
    assert find_patients(desk, "").total == 0


def test_the_same_file_twice_adds_nobody_twice(clinic: SmallClinic, roster: Path) -> None:
    desk = clinic.as_user("desk")
    import_patients(desk, roster, date_order=None, dry_run=False)
    again = import_patients(desk, roster, date_order=None, dry_run=False)
    assert (again.rows, again.added, again.duplicates, again.refused) == (6, 0, 4, 2)
    assert find_patients(desk, "").total == 3


def test_undo_takes_the_whole_import_back_and_the_store_still_checks(
    clinic: SmallClinic, roster: Path
) -> None:
    desk = clinic.as_user("desk")
    done = import_patients(desk, roster, date_order=None, dry_run=False)
    assert done.import_id is not None
    assert undo_import(desk, done.import_id) == 3
    assert find_patients(desk, "").total == 0
    assert check_store(clinic.as_user("owner")).findings == ()
    with pytest.raises(InvalidInput):
        undo_import(desk, done.import_id)


def test_a_file_whose_name_is_written_as_macs_write_it_is_an_import_like_any_other(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    path = tmp_path / unicodedata.normalize("NFD", "rostér.csv")
    path.write_text(ROSTER, encoding="utf-8")
    desk = clinic.as_user("desk")
    import_patients(desk, path, date_order=None, dry_run=False)
    assert check_store(desk).findings == ()


def test_an_import_whose_people_have_visits_is_not_undone(clinic: SmallClinic, roster: Path) -> None:
    desk = clinic.as_user("desk")
    done = import_patients(desk, roster, date_order=None, dry_run=False)
    assert done.import_id is not None
    start_visit(desk, find_patients(desk, "roadworth").rows[0].ref, "microneedling_face", "reyes")
    with pytest.raises(ActionRefused):
        undo_import(desk, done.import_id)
    assert find_patients(desk, "").total == 3


def test_dates_whose_order_nothing_proves_need_to_be_told(clinic: SmallClinic, tmp_path: Path) -> None:
    path = tmp_path / "unproved.csv"
    path.write_text("Name,Birthday\nAda Roadworth,3/4/1990\n", encoding="utf-8")
    desk = clinic.as_user("desk")
    with pytest.raises(InvalidInput) as asked:
        import_patients(desk, path, date_order=None, dry_run=True)
    assert "--date-order" in asked.value.sentence
    assert import_patients(desk, path, date_order="dmy", dry_run=True).added == 1


def test_an_inspector_imports_nobody(clinic: SmallClinic, roster: Path) -> None:
    with pytest.raises(NotPermitted):
        import_patients(clinic.as_user("inspector"), roster, date_order=None, dry_run=False)


@pytest.mark.parametrize("query", ["%", "_", "'", '"', "\0", "x" * 100_000, "roadw' OR 1=1 --", "(", "*"])
def test_patterns_and_quotes_in_a_search_are_just_text(clinic: SmallClinic, roster: Path, query: str) -> None:
    desk = clinic.as_user("desk")
    import_patients(desk, roster, date_order=None, dry_run=False)
    assert find_patients(desk, query).total in {0, 3}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("nunez", "Núñez"),
        ("ines núñ", "Núñez"),
        ("5550101", "Roadworth"),
        ("1990-04", "Roadworth"),
        ("p-000003", "Sampleton"),
    ],
)
def test_people_are_found_by_what_is_known_of_them(
    clinic: SmallClinic, roster: Path, query: str, name: str
) -> None:
    desk = clinic.as_user("desk")
    import_patients(desk, roster, date_order=None, dry_run=False)
    assert [row.last_name for row in find_patients(desk, query).rows] == [name]
