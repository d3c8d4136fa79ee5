"""`follow-up`: the list in words, the script that is read, and what is wrong told beside its option."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.running import Shell
from tests.services.clinic_builder import SmallClinic, known_clinic
from tests.services.follow_ups import DOCUMENTS, treated


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[SmallClinic]:
    """A clinic whose director approved a call script with two questions."""
    made = known_clinic(tmp_path / "scripted", documents=DOCUMENTS)
    yield made
    made.let_go()


def test_a_call_is_listed_read_out_tried_and_made(shell: Shell, scripted: SmallClinic) -> None:
    visit = treated(scripted)
    shell.clock.at += timedelta(hours=49)
    desk = shell.as_user(scripted, "desk")
    listed = desk("follow-up", "list").json["contacts"]
    assert [(one["visit"], one["step"], one["state"]) for one in listed] == [(visit, "call+48", "due")]
    script = desk("follow-up", "show", visit, "call+48").json["script"]
    assert [one["words"] for one in script["parts"][1]["questions"]] == [
        "Is it spreading?",
        "Is there fever?",
    ]
    record = ("follow-up", "record", visit, "call+48", "--outcome")
    assert desk(*record, "no_answer").json["contact"]["state"] == "due"
    refused = desk(*record, "well", "--yes", 2, "--rest-no")
    assert [one["where"] for one in refused.json["error"]["problems"]] == ["outcome"]
    made = desk(*record, "well", "--rest-no").json["contact"]
    assert (made["state"], made["tries"][1]["answers"]) == (
        *("done",),
        [{"question": 1, "yes": False}, {"question": 2, "yes": False}],
    )
    assert desk("follow-up", "list").json["contacts"] == []


def test_the_list_and_the_script_are_said_in_words(shell: Shell, scripted: SmallClinic) -> None:
    treated(scripted)
    shell.clock.at += timedelta(hours=72)
    place = ("--data-dir", scripted.folder, "--user", "desk", "--password-file", "-")
    typed = "paper crane morning train\n"
    shell.as_user(scripted, "desk")
    listed = shell.run("follow-up", "list", *place, typed=typed)
    assert "V-000001  call+48  2026-11-25 10:00  OVER  Testerman, Ada" in listed.out
    words = ("follow-up", "record", "V-000001", "call+48", "--outcome", "wrong", "--yes", 1)
    wrong = shell.run(*words, *place, typed=typed)
    assert "mnclinic event add V-000001 --told follow_up" in wrong.out
