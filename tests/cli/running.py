"""Run the command line in this process, with a stopped clock, and read what it said."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from mnclinic import bootstrap
from mnclinic.cli.run import COMMANDS
from mnclinic.services.read_documents import schema_of
from tests.services.clinic_builder import MONDAY, PASSWORDS, SmallClinic, StoppedClock

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"


@dataclass(frozen=True)
class Said:
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one JSON document on standard output."""
        return dict(json.loads(self.out))

    @property
    def message(self) -> str:
        """The failure's sentence."""
        return str(self.json["error"]["message"])


def command_in(words: list[str]) -> str | None:
    """The command among these words, as `cli.empty` names it; None where there is none."""
    known = {command if kind is None else f"{command} {kind}" for command, kind in COMMANDS}
    plain = [word for word in words if not word.startswith("-")]
    for at, word in enumerate(plain):
        if word in {name.split()[0] for name in known}:
            both = (f"{word} {kind}" for kind in plain[at + 1 :])
            return next((one for one in both if one in known), word if word in known else None)
    return None


def schema_for(command: str) -> str:
    """The name of the schema of a command's answer."""
    return "log" if command == "log" else "answer_" + command.replace(" ", "_").replace("-", "_")


def assert_fits(said: Said, words: list[str]) -> None:
    """Whatever a command answers with --json is what its published schema says."""
    command = command_in(words)
    if command is None or command == "schema":
        return
    schema = schema_of(schema_for(command))
    wrong = [
        f"{one.instance_path}: {one.message}" for one in Draft202012Validator(schema).iter_errors(said.json)
    ]
    assert wrong == [], command


class Shell:
    """Somebody at a prompt, with a password to type into standard input."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self.clock = StoppedClock(MONDAY.replace(hour=18))
        monkeypatch.setattr(bootstrap, "SystemClock", lambda: self.clock)

    def run(self, *words: object, typed: str = "") -> Said:
        """Run one command; `typed` is what stands on standard input."""
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        self._capsys.readouterr()
        status = bootstrap.start([str(word) for word in words])
        said = self._capsys.readouterr()
        answered = Said(status, said.out, said.err)
        if "--json" in words:
            assert_fits(answered, [str(word) for word in words])
        return answered

    def at(self, folder: Path, user: str, password: str) -> Callable[..., Said]:
        """`run` with --json in somebody's name."""

        def run(*words: object) -> Said:
            return self.run(
                *words,
                "--json",
                "--data-dir",
                folder,
                "--user",
                user,
                "--password-file",
                "-",
                typed=f"{password}\n",
            )

        return run

    def as_user(self, clinic: SmallClinic, user: str) -> Callable[..., Said]:
        """`at` for the small clinic."""
        self.clock.at = max(self.clock.at, clinic.clock.at)
        return self.at(clinic.folder, user, PASSWORDS[user])
