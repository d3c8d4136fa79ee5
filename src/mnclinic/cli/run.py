"""Run one command and end with the right status."""

import argparse
import importlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from mnclinic.cli.answer import OUR_DEFECT, STORE_TROUBLE, WRONG_USE, Answer, deliver, failure
from mnclinic.cli.parser import WrongUse, parse
from mnclinic.domain.instants import Clock
from mnclinic.errors import ClinicError

COMMANDS = {
    ("demo", None): "clinic:demo",
    ("init", None): "clinic:init",
    ("today", None): "clinic:today",
    ("queue", None): "clinic:queue",
    ("check", None): "clinic:check",
    ("log", None): "log:read",
    ("schema", None): "clinic:schema",
    ("import", "patients"): "roster:import_patients",
    ("visit", "record"): "visits:record",
    ("sign", None): "visits:sign",
    ("user", "add"): "users:add",
    ("user", "list"): "users:list_all",
    ("user", "disable"): "users:disable",
    ("user", "extend"): "users:extend",
    ("user", "reset"): "users:reset",
    ("user", "password"): "users:password",
    ("user", "break-glass"): "glass:break_glass",
    ("key", "list"): "keys:list_all",
    ("key", "sheet"): "keys:sheet",
    ("key", "code"): "keys:code",
    ("key", "rotate"): "keys:rotate",
    ("key", "enroll"): "keys:enroll",
    ("key", "revoke"): "keys:revoke",
    ("key", "device"): "keys:device",
    ("backup", None): "backups:make",
    ("backup", "list"): "backups:list_all",
    ("backup", "verify"): "backups:verify",
    ("backup", "pin"): "backups:pin",
    ("backup", "plan"): "backups:plan",
    ("restore", None): "restore:restore",
    ("bundle", "make"): "bundle:make",
    ("bundle", "verify"): "bundle:verify",
}
"""Each command's module (imported only when it is asked for) and function in `mnclinic.cli`."""

EMPTY: Mapping[str, Mapping[str, object]] = {
    "demo": {"data_dir": None, "fingerprint": None, "users": []},
    "today": {"visits": [], "closed": None, "notices": []},
    "queue": {"glasses": [], "visits": []},
    "user break-glass": {"glass": None, "until": None, "seen": False},
    "import": {"rows": 0, "added": 0, "duplicates": 0, "refused": 0, "problems": []},
    "visit": {"visit": None, "state": None, "refusals": [], "warnings": []},
    "sign": {"visit": None, "state": None, "signature": None},
    "bundle make": {
        "file": None,
        "visits": 0,
        "patients": 0,
        "entries_about": None,
        "sha512": None,
        "fingerprint": None,
        "passphrase": None,
    },
    "bundle verify": {"verdict": None, "findings": []},
    "check": {"verdict": None, "findings": [], "counts": {}, "continued": None},
    "backup": {"backup": None, "verdict": None, "findings": [], "removed": []},
    "backup list": {"backups": [], "notices": []},
    "backup verify": {"verdict": None, "findings": []},
    "backup pin": {"backup": None},
    "backup plan": {"plan": None},
    "restore": {
        "data_dir": None,
        "backup": None,
        "verdict": None,
        "findings": [],
        "counts": {},
        "steps": [],
        "record": None,
    },
    "user add": {"user": None, "role": None, "temporary": None},
    "user list": {"users": []},
    "user disable": {"user": None, "handed_over": [], "database_key_changed": False, "why_not": None},
    "user extend": {"user": None, "access_until": None},
    "user reset": {"user": None, "signature_key_ended": None, "temporary": None},
    "user password": {"user": None, "signature_key": None, "by": None},
    "key list": {"fingerprint": None, "keys": []},
    "key sheet": {"read_back_at": None, "file": None},
    "key code": {"file": None},
    "key rotate": {"epoch": None},
    "key enroll": {
        "key": None,
        "fingerprint": None,
        "replaced": None,
        "confirmed_by": None,
        "key_file": None,
        "file": None,
    },
    "key revoke": {"user": None, "key": None, "reason": None},
    "key device": {"on": None, "bound": []},
    "log": {"entries": [], "rows": 0, "has_older": False, "sittings": []},
}
"""A command's own keys when it fails, so that a script finds them."""


def parse_or_tell(argv: Sequence[str]) -> argparse.Namespace | int:
    """The parsed arguments, or the exit status after the wrong use was told."""
    try:
        return parse(argv)
    except WrongUse as error:
        told = {"error": {"code": "wrong_use", "message": error.sentence}}
        return deliver(Answer(told, [error.sentence, error.usage], WRONG_USE), as_json="--json" in argv)


def run(options: argparse.Namespace, *, data_dir: Path, clock: Clock) -> int:
    """Run the command that the arguments name; returns the exit status.

    Known trouble ends in its own status with a sentence. Anything else is our defect: status 70, never
    a verdict, and what is shown holds no data of the clinic.
    """
    from mnclinic.cli.request import Request

    command = options.command
    as_json = getattr(options, "json", False)
    kind = getattr(options, "kind", None)
    module, function = COMMANDS[command, kind].split(":")
    own_keys = EMPTY.get(f"{command} {kind}", EMPTY.get(command, {}))
    try:
        handler = getattr(importlib.import_module(f"mnclinic.cli.{module}"), function)
        answer: Answer = handler(Request(options, data_dir, clock))
    except ClinicError as error:
        answer = failure(error, **own_keys)
    except KeyboardInterrupt:
        sentence = "Stopped before it was finished. Nothing half-done was kept."
        told = {**own_keys, "error": {"code": "interrupted", "message": sentence}}
        answer = Answer(told, [sentence], STORE_TROUBLE)
    except Exception as error:
        answer = _defect(error, own_keys)
    try:
        return deliver(answer, as_json=as_json)
    except BrokenPipeError:
        # Whoever read the answer has gone; what was done is done.
        sys.stderr.close()
        return answer.status


def _defect(error: BaseException, own_keys: Mapping[str, object]) -> Answer:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "unknown"
    sentence = (
        "Something went wrong inside the program. Nothing half-done was kept. "
        f"Please report it with this reference: {type(error).__name__} at {where}."
    )
    return Answer({**own_keys, "error": {"code": "defect", "message": sentence}}, [sentence], OUR_DEFECT)
