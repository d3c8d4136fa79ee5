"""`log`: sentences, JSON that fits its schema, a table in a file, and who looked at a chart."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from mnclinic.cli import log
from mnclinic.services.read_documents import schema_names, schema_of
from mnclinic.services.record_visit import record_visit
from mnclinic.services.show_visit import show_visit
from tests.cli.running import Said, Shell
from tests.services.clinic_builder import SmallClinic, document
from tests.services.conftest import Work
from tests.store.raw import with_database_key

OPENED = "R. Frontley opened visit V-000001 of Ada Testerman (P-000001): history, consent, treatment"


def _recorded(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    show_visit(clinic.as_user("desk"), "V-000001")
    clinic.close()


@pytest.fixture
def recorded(clinic_after: Callable[[Work], SmallClinic]) -> SmallClinic:
    """V-000001 recorded by T. Reyes and looked at by the desk."""
    return clinic_after(_recorded)


def fits(said: Said) -> Said:
    assert said.status == 0, said.err
    assert [one.message for one in Draft202012Validator(schema_of("log")).iter_errors(said.json)] == []
    return said


def test_the_schema_of_the_answer_is_published() -> None:
    assert "log" in schema_names()


def test_the_log_is_filtered_like_on_the_screen_and_fits_its_schema(
    shell: Shell, recorded: SmallClinic
) -> None:
    owner = shell.as_user(recorded, "owner")
    everything = fits(owner("log", "--limit", 1000)).json
    assert everything["entries"][0]["sentence"] == "M. Castellan read the log"
    assert everything["rows"] == len(everything["entries"]) == everything["entries"][0]["seq"]
    assert (everything["broken"], everything["has_older"]) == (0, False)
    assert {one["signature"] for one in everything["entries"]} == {"holds"}
    looked = fits(owner("log", "--kind", "view", "--patient", "P-000001", "--person", "desk")).json
    assert [one["sentence"] for one in looked["entries"]] == [OPENED]
    assert looked["title"] == "History of Ada Testerman (P-000001)"
    history = fits(owner("log", "--object", "visit:V-000001", "--kind", "sign")).json
    assert [one["action"] for one in history["entries"]] == ["visit.performed"]
    cut = fits(owner("log", "--limit", 3)).json
    assert (cut["rows"], cut["has_older"]) == (3, True)
    assert fits(owner("log", "--from", "2026-11-24")).json["rows"] == 0
    assert fits(owner("log", "--to", "2026-11-22")).json["rows"] == 0
    assert fits(owner("log", "--from", "2026-11-23", "--to", "2026-11-23", "--limit", 5)).json["rows"] == 5


def test_what_is_left_out_of_the_last_page_is_told_as_older(
    shell: Shell, recorded: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = shell.as_user(recorded, "owner")
    before = fits(owner("log", "--limit", 1000)).json["rows"]
    monkeypatch.setattr(log, "LARGEST_PAGE", before)
    cut = fits(owner("log", "--limit", before + 1)).json
    assert cut["entries"][-1]["seq"] > 1
    assert (cut["rows"], cut["has_older"]) == (before + 1, True)
    whole = fits(owner("log", "--limit", 1000)).json
    assert (whole["entries"][-1]["seq"], whole["has_older"]) == (1, False)


def test_people_read_lines_with_what_is_wrong_in_front(shell: Shell, recorded: SmallClinic) -> None:
    with with_database_key(recorded) as connection:
        connection.exec_driver_sql(
            "UPDATE log_entry SET signature = zeroblob(64) WHERE action = 'visit.performed'"
        )
    said = shell.run(
        "log", "--object", "visit:V-000001", "--limit", 3, "--data-dir", recorded.folder,
        "--user", "owner", "--password-file", "-", typed="walnut compass quiet garden\n",
    )  # fmt: skip
    assert said.status == 0
    lines = said.out.splitlines()
    assert len(lines) == 4
    assert (
        "  R. Frontley opened visit V-000001 of Ada Testerman (P-000001): history, consent, treatment  #"
        in lines[0]
    )
    assert "  [signature does not hold] T. Reyes, RN signed visit V-000001" in lines[2]
    assert lines[3].startswith("There are older ones")
    assert fits(shell.as_user(recorded, "owner")("log", "--kind", "sign")).json["broken"] == 1


def test_the_table_is_written_and_that_is_an_export(
    shell: Shell, recorded: SmallClinic, tmp_path: Path
) -> None:
    owner = shell.as_user(recorded, "owner")
    out = tmp_path / "log.csv"
    said = fits(owner("log", "--patient", "P-000001", "--csv", out)).json
    rows = list(csv.reader(io.StringIO(out.read_text(encoding="utf-8"))))
    assert (said["file"], said["rows"]) == (str(out), len(rows) - 1)
    assert (
        rows[1][5]
        == "R. Frontley opened visit V-000001 of Ada Testerman (P-000001): history, consent, treatment"
    )
    (entry,) = fits(owner("log", "--kind", "export")).json["entries"]
    assert entry["sentence"].startswith("M. Castellan exported entries of the log: about Ada Testerman")


def test_who_looked_at_a_chart(shell: Shell, recorded: SmallClinic) -> None:
    said = fits(shell.as_user(recorded, "inspector")("log", "--patient", "P-000001", "--looks")).json
    assert [(one["who"], one["looks"]) for one in said["sittings"]] == [("Inspector", 1), ("R. Frontley", 1)]


@pytest.mark.parametrize(
    ("user", "words", "status"),
    [
        ("desk", (), 6),
        ("reyes", ("--patient", "P-000001"), 6),
        ("owner", ("--patient", "P-9"), 64),
        ("owner", ("--person", "nobody"), 64),
        ("owner", ("--object", "unicorn:1"), 64),
        ("owner", ("--object", "visit"), 64),
        ("owner", ("--object", "visit:V-9"), 64),
        ("owner", ("--limit", 0), 64),
        ("owner", ("--limit", 200_000), 64),
        ("owner", ("--looks",), 64),
        ("owner", ("--looks", "--patient", "P-000001", "--kind", "view"), 64),
        ("owner", ("--from", "2026-12-01", "--to", "2026-11-01"), 64),
        ("owner", ("--csv", "/not there/log.csv"), 64),
    ],
)
def test_what_cannot_be_read_ends_in_the_right_status_with_the_commands_own_keys(
    shell: Shell, recorded: SmallClinic, user: str, words: tuple[object, ...], status: int
) -> None:
    said = shell.as_user(recorded, user)("log", *words)
    assert said.status == status, said.out
    assert (said.json["entries"], said.json["sittings"]) == ([], [])
    assert said.message


@pytest.mark.parametrize(
    "words", [("--kind", "nonsense"), ("--from", "yesterday"), ("--csv", "x", "--looks")]
)
def test_words_that_mean_nothing_are_told_before_the_clinic_is_opened(
    shell: Shell, recorded: SmallClinic, words: tuple[str, ...]
) -> None:
    assert shell.as_user(recorded, "owner")("log", *words).status == 64


def test_a_number_that_is_none_is_told_in_words(shell: Shell, recorded: SmallClinic) -> None:
    said = shell.as_user(recorded, "owner")("log", "--limit", "abc")
    assert (said.status, said.json["error"]["code"]) == (64, "wrong_use")
    assert said.message == "Argument --limit: 'abc' is not a whole number. Nothing was done."


@pytest.mark.parametrize(
    "words",
    [
        ("event", "add", "V-000001", "--kind", "redness", "--grade", "abc"),
        ("event", "note", "x", "--grade", "abc"),
        ("follow-up", "record", "V-000001", "call+48", "--outcome", "well", "--yes", "abc"),
        ("paper", "print", "face-mechanical", "--out", "x.pdf", "--count", "abc"),
    ],
)
def test_what_is_no_number_is_told_in_words(
    shell: Shell, clinic: SmallClinic, words: tuple[str, ...]
) -> None:
    said = shell.as_user(clinic, "reyes")(*words)
    assert (said.status, said.json["error"]["code"]) == (64, "wrong_use")
    assert "'abc' is not a whole number" in said.message


@pytest.mark.parametrize("limit", [-1, 0, 100_001, 2_000_000])
def test_a_number_of_entries_that_nobody_can_ask_for_is_told_in_one_true_sentence(
    shell: Shell, recorded: SmallClinic, limit: int
) -> None:
    owner = shell.as_user(recorded, "owner")
    assert owner("log", "--limit", limit).message == "Ask for 1 to 100,000 entries. Nothing was read."
    assert "Ask for 1 to 100,000 entries." in owner("log", "--limit", limit, "--csv", "x.csv").message
    of_person = owner("patient", "show", "P-000001", "--limit", limit)
    assert of_person.message == "A page of the timeline has 1 to 500 rows. Nothing was changed."
