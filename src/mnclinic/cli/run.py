"""Run one command and end with the right status."""

import argparse
import importlib
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from mnclinic.cli.answer import OUR_DEFECT, STORE_TROUBLE, WRONG_USE, Answer, deliver, failure, written_out
from mnclinic.cli.empty import EMPTY
from mnclinic.cli.parser import WrongUse, parse
from mnclinic.domain.instants import Clock
from mnclinic.errors import ClinicError, InvalidInput, Problem

COMMANDS = {
    ("demo", None): "clinic:demo",
    ("init", None): "clinic:init",
    ("today", None): "clinic:today",
    ("plan", "add"): "plan:add",
    ("plan", "import"): "plan:bring_in",
    ("plan", "arrived"): "plan:arrived",
    ("plan", "start"): "plan:start",
    ("plan", "cancel"): "plan:cancel",
    ("queue", None): "clinic:queue",
    ("policy", "list"): "rules:list_rules",
    ("policy", "draft"): "rules:draft_rules",
    ("policy", "export"): "rules:export_rules",
    ("policy", "diff"): "rules:diff_rules",
    ("policy", "approve"): "rules:approve_rules",
    ("policy", "retention"): "duties:retention",
    ("policy", "meeting"): "duties:meeting",
    ("protocol", "list"): "rules:list_rules",
    ("protocol", "draft"): "rules:draft_rules",
    ("protocol", "export"): "rules:export_rules",
    ("protocol", "diff"): "rules:diff_rules",
    ("protocol", "approve"): "rules:approve_rules",
    ("consent-text", "list"): "rules:list_rules",
    ("consent-text", "draft"): "rules:draft_rules",
    ("consent-text", "export"): "rules:export_rules",
    ("consent-text", "diff"): "rules:diff_rules",
    ("consent-text", "approve"): "rules:approve_rules",
    ("authorisation", "list"): "authorisations:list_all",
    ("authorisation", "draft"): "authorisations:draft",
    ("authorisation", "approve"): "authorisations:approve",
    ("in-force", None): "rules:in_force",
    ("whom-to-call", None): "take_home:numbers",
    ("check", None): "clinic:check",
    ("log", None): "log:read",
    ("schema", None): "clinic:schema",
    ("import", "patients"): "roster:import_patients",
    ("patient", "show"): "patients:show",
    ("patient", "add"): "patients:add",
    ("patient", "chart"): "amendments:patient_chart",
    ("patient", "edit"): "patients:edit",
    ("patient", "merge"): "patients:merge",
    ("patient", "unmerge"): "patients:unmerge",
    ("patient", "standing"): "patients:standing",
    ("patient", "history"): "patients:history",
    ("patient", "consent"): "consents:withdrawal",
    ("patient", "files"): "consents:files",
    ("visit", "consent"): "consents:printing",
    ("patient", "hold"): "patients:hold",
    ("photo", "add"): "photos:add",
    ("photo", "list"): "photos:list_all",
    ("photo", "export"): "photos:export",
    ("visit", "record"): "visits:record",
    ("visit", "amend"): "amendments:amend",
    ("visit", "amendments"): "amendments:list_of_visit",
    ("visit", "refile"): "amendments:refile",
    ("visit", "chart"): "amendments:chart",
    ("visit", "aftercare"): "take_home:aftercare",
    ("visit", "receipt"): "take_home:receipt",
    ("visit", "telephone-order"): "visits:telephone_order",
    ("visit", "read-back"): "visits:read_back",
    ("sign", None): "visits:sign",
    ("event", "add"): "events:add",
    ("event", "list"): "events:list_all",
    ("event", "show"): "events:show",
    ("event", "acknowledge"): "events:acknowledge",
    ("event", "note"): "events:note",
    ("event", "close"): "events:close",
    ("event", "worksheet"): "events:worksheet",
    ("follow-up", "list"): "follow_ups:list_all",
    ("follow-up", "show"): "follow_ups:show",
    ("follow-up", "record"): "follow_ups:record",
    ("recall", None): "supplies:recall",
    ("touched", None): "supplies:touched",
    ("recalls", "open"): "recalls:open_one",
    ("recalls", "list"): "recalls:list_all",
    ("recalls", "show"): "recalls:show",
    ("recalls", "contact"): "recalls:contact",
    ("recalls", "close"): "recalls:close",
    ("recalls", "notice"): "recalls:notice",
    ("recalls", "print"): "recalls:print_one",
    ("back-trace", None): "back_trace:back_trace",
    ("supply", "list"): "supplies:list_lots",
    ("supply", "add"): "supplies:add",
    ("supply", "scan"): "supplies:scan",
    ("supply", "quarantine"): "supplies:change_lot",
    ("supply", "recall"): "supplies:change_lot",
    ("supply", "release"): "supplies:change_lot",
    ("supply", "receive"): "supplies:move",
    ("supply", "discard"): "supplies:move",
    ("supply", "count"): "supplies:move",
    ("supply", "low"): "supplies:low",
    ("paper", "print"): "paper:print_sheets",
    ("paper", "list"): "paper:list_sheets",
    ("paper", "return"): "paper:bring_back",
    ("paper", "spoil"): "paper:spoil",
    ("device", "list"): "devices:list_devices",
    ("device", "drafts"): "devices:drafts",
    ("device", "show"): "devices:show",
    ("device", "add"): "devices:add",
    ("device", "change"): "devices:change",
    ("device", "confirm"): "devices:confirm",
    ("device", "service"): "devices:service",
    ("device", "quarantine"): "devices:change_state",
    ("device", "release"): "devices:change_state",
    ("user", "add"): "users:add",
    ("user", "list"): "users:list_all",
    ("user", "disable"): "users:disable",
    ("user", "extend"): "users:extend",
    ("user", "papers"): "papers:list_all",
    ("user", "paper"): "papers:enter",
    ("user", "end-paper"): "papers:end",
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


def parse_or_tell(argv: Sequence[str]) -> argparse.Namespace | int:
    """The parsed arguments, or the exit status after the wrong use was told."""
    try:
        return parse(argv)
    except SystemExit as end:
        # A help text or the version.
        return written_out(int(end.code or 0))
    except WrongUse as error:
        told = {**_own_keys(argv), "error": {"code": "wrong_use", "message": error.sentence}}
        return deliver(Answer(told, [error.sentence, error.usage], WRONG_USE), as_json="--json" in argv)


def tell_interrupted(argv: Sequence[str]) -> int:
    """Tell whoever stopped the program before its command began, as that would have; its exit status."""
    return deliver(_interrupted(_own_keys(argv)), as_json="--json" in argv)


def _interrupted(own_keys: Mapping[str, object]) -> Answer:
    sentence = "Stopped before it was finished. Nothing half-done was kept."
    told = {**own_keys, "error": {"code": "interrupted", "message": sentence}}
    return Answer(told, [sentence], STORE_TROUBLE)


def _own_keys(argv: Sequence[str]) -> Mapping[str, object]:
    """The keys of the command that was probably meant, as far as its words can be told."""
    words = [word for word in argv if not word.startswith("-")]
    for at, word in enumerate(words):
        if any(word == command for command, _ in COMMANDS):
            both = (f"{word} {kind}" for kind in words[at + 1 :])
            return EMPTY.get(next((one for one in both if one in EMPTY), word), {})
    return {}


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
    own_keys = EMPTY.get(command if kind is None else f"{command} {kind}", {})
    try:
        _spell(options)
        _refuse_unusable_names(options, data_dir)
        handler = getattr(importlib.import_module(f"mnclinic.cli.{module}"), function)
        answer: Answer = handler(Request(options, data_dir, clock))
    except ClinicError as error:
        answer = failure(error, **own_keys)
    except KeyboardInterrupt:
        answer = _interrupted(own_keys)
    except Exception as error:
        answer = _defect(error, own_keys)
    return deliver(answer, as_json=as_json)


def _spell(options: argparse.Namespace) -> None:
    """Spell every text of the arguments with its letters put together; some systems hand accents over apart.

    Names of files stay as they are: a disk may know them by that spelling alone.

    Raises InvalidInput for bytes that are no letters.
    """
    problems = []
    for name, given in list(vars(options).items()):
        if isinstance(given, list):
            setattr(options, name, [_composed(one) for one in given])
        else:
            setattr(options, name, _composed(given))
        if any(_is_no_text(one) for one in (given if isinstance(given, list) else [given])):
            problems.append(Problem(name, "This holds bytes that are no letters."))
    if problems:
        said = "What was typed holds bytes that are no letters. Nothing was done. Type it anew and try again."
        raise InvalidInput(said, problems)


def _composed(given: object) -> object:
    return unicodedata.normalize("NFC", given) if isinstance(given, str) else given


def _is_no_text(given: object) -> bool:
    return isinstance(given, str) and given.encode("utf-8", "replace").decode() != given


def _refuse_unusable_names(options: argparse.Namespace, data_dir: Path) -> None:
    """Refuse folders by a name that no disk can hold, before whatever would stumble over it."""
    from mnclinic.services.out_place import refuse_unusable_folder

    named = {name: getattr(options, name, None) for name in ("backup", "to", "folder")}
    for where, path in {"data_dir": data_dir, **named}.items():
        if isinstance(path, Path):
            refuse_unusable_folder(path, where=where)


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
