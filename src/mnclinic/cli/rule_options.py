"""The words of the commands about policies, protocols, texts, authorisations and the policy's duties."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mnclinic.cli.paper_options import Command
from mnclinic.domain.off_label_flags import FLAGS

SEVERAL = "where there are several"
TEXTS = "consent-text"


@dataclass(frozen=True)
class RuleReaders:
    """How days and version numbers are read, and the option of the second factor."""

    day: Callable[[str], date]
    count: Callable[[str], int]
    key_file: Callable[[argparse.ArgumentParser], None]


def add_rule_commands(command: Command, read: RuleReaders) -> None:
    """`policy`, `protocol`, `consent-text`, `authorisation` and `in-force`."""
    for name, words in (
        ("policy", "the clinic's policy"),
        ("protocol", "the clinic's protocols"),
        (TEXTS, "consent texts, their addenda and sheets about preparing"),
    ):
        group = command(name, f"Draft, compare and approve {words}.")
        deeds = group.add_subparsers(dest="kind", metavar="WHAT", required=True)
        command("list", "List every version, and the drafts that mnclinic ships.", deeds)
        _add_draft(command, deeds, read, name)
        export = command("export", "Write one version as JSON, for another clinic.", deeds)
        export.add_argument("--out", type=Path, required=True, metavar="FILE.json")
        diff = command("diff", "What changed between two versions, in words.", deeds)
        diff.add_argument("old", type=read.count, metavar="OLD", help="version number")
        diff.add_argument("new", type=read.count, metavar="NEW", help="version number")
        approve = command("approve", "Put a draft in force as the director, after printing it.", deeds)
        read.key_file(approve)
        for one in (export, approve):
            one.add_argument("version", type=read.count, metavar="VERSION", help="version number")
        for one in (export, diff, approve):
            one.add_argument("--id", default=None, dest="document_id", metavar="ID", help=SEVERAL)
            if name == TEXTS:
                one.add_argument("--language", choices=("en", "es"), default=None, help=SEVERAL)
        if name == "policy":
            _add_duties(command, deeds, read)
    _add_authorisations(command, read)
    in_force = command("in-force", "Which policy, protocols, texts, licences and director counted on a day.")
    in_force.add_argument("--on", type=read.day, default=None, metavar="DATE", help="today unless given")


def _add_draft(command: Command, deeds: Any, read: RuleReaders, name: str) -> None:  # noqa: ANN401
    draft = command("draft", "Add the next version as a draft, from a file or from a shipped one.", deeds)
    files, named = "FILE.json", f"as {name} list names them"
    if name == TEXTS:
        files = "FILE.json [FILE.json]"
        named += "; without -en or -es both languages at once"
    draft.add_argument(
        "files",
        type=Path,
        nargs="*",
        default=[],
        metavar=files,
        help="of a text one language each, or both at once",
    )
    draft.add_argument("--preset", default=None, metavar="NAME", help=named)
    begins = "first day on which it counts; else as it says itself"
    draft.add_argument("--from", type=read.day, default=None, dest="first", metavar="DATE", help=begins)
    draft.add_argument("--dry-run", action="store_true", default=False, help="only check it")


def _add_duties(command: Command, deeds: Any, read: RuleReaders) -> None:  # noqa: ANN401
    command("retention", "How long each kind of record is kept by the policy in force.", deeds)
    meeting = command("meeting", "List or enter the director's visits to the clinic and its drills.", deeds)
    what = meeting.add_mutually_exclusive_group()
    what.add_argument("--director-visit", type=read.day, default=None, metavar="DATE", help="as the director")
    what.add_argument("--drill", type=read.day, default=None, metavar="DATE", help="an emergency drill")
    meeting.add_argument("--note", default="", metavar="TEXT", help="what was done; no patient's name")
    meeting.add_argument("--take-back", default=None, metavar="REASON", help="it was entered by mistake")


def _add_authorisations(command: Command, read: RuleReaders) -> None:
    group = command("authorisation", "Draft and sign the director's authorisations of off-label use.")
    deeds = group.add_subparsers(dest="kind", metavar="WHAT", required=True)
    command("list", "List every authorisation, signed or not.", deeds)
    draft = command("draft", "Add one as a draft, as the director.", deeds)
    draft.add_argument("flag", choices=FLAGS, metavar="FLAG", help=", ".join(FLAGS))
    draft.add_argument("--service", required=True, metavar="SERVICE")
    draft.add_argument(
        "--product", action="append", default=[], metavar="NAME", help="of a topical, each; else PRP"
    )
    draft.add_argument("--patient", default="", metavar="NUMBER", help="for this one alone; else for all")
    draft.add_argument("--from", type=read.day, required=True, dest="first", metavar="DATE")
    draft.add_argument("--to", type=read.day, required=True, dest="last", metavar="DATE", help="its last day")
    draft.add_argument("--note", default="", metavar="TEXT", help="what is authorised and why")
    approve = command("approve", "Sign one as the director, after printing it.", deeds)
    approve.add_argument("document_id", metavar="ID")
    approve.add_argument("version", type=read.count, metavar="VERSION", help="version number")
    read.key_file(approve)
