"""Whoever stops the program before a command has begun gets a sentence and never a trace of its inside."""

import pytest

from mnclinic import __main__ as program
from mnclinic import bootstrap
from mnclinic.cli.answer import STORE_TROUBLE


def test_an_interrupt_while_the_program_is_being_read_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_words: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "start", interrupted)
    assert program.main() == STORE_TROUBLE
    assert capsys.readouterr().err == "Stopped before it was finished. Nothing half-done was kept.\n"
