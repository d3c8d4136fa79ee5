"""Whoever stops the program before a command has begun gets a sentence and never a trace of its inside."""

import json
import signal
import sys
from collections.abc import Iterator

import pytest

from mnclinic import __main__ as program
from mnclinic import bootstrap
from mnclinic.cli.answer import STORE_TROUBLE
from mnclinic.cli.empty import EMPTY

TOLD = "Stopped before it was finished. Nothing half-done was kept."


@pytest.fixture(autouse=True)
def _interrupted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def interrupted(_words: object) -> int:
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(bootstrap, "start", interrupted)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_while_the_program_is_being_read_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["mnclinic", "today"])
    assert program.main() == STORE_TROUBLE
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", f"{TOLD}\n")


@pytest.mark.parametrize("command", ["today", "key rotate"])
def test_with_json_it_is_the_document_of_the_command_with_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["mnclinic", "--data-dir", "D", *command.split(), "--json"])
    assert program.main() == STORE_TROUBLE
    told = capsys.readouterr()
    assert json.loads(told.out) == {**EMPTY[command], "error": {"code": "interrupted", "message": TOLD}}
    assert told.err == f"{TOLD}\n"


def test_a_second_interrupt_is_not_heard_while_that_is_told() -> None:
    program.main()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
