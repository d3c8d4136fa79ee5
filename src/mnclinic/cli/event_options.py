"""The options of the commands about adverse events."""

import argparse
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mnclinic.cli.numbers import whole_number
from mnclinic.domain.adverse_events import EventKind, EventOutcome, Relatedness, Seriousness, ToldHow

Command = Callable[..., argparse.ArgumentParser]


def add_event_commands(
    command: Command,
    deeds: Any,  # noqa: ANN401 - argparse names the class nowhere
    instant: Callable[[str], datetime],
    day: Callable[[str], date],
) -> None:
    """Add `event` with add, list, show, acknowledge, note, close and worksheet."""
    add = command("add", "Write an adverse event down; the director's clock begins.", deeds)
    add.add_argument("visit", metavar="VISIT")
    kinds = [one.value for one in EventKind]
    add.add_argument("--kind", required=True, choices=kinds, dest="event_kind")
    add.add_argument("--words", default="", metavar="TEXT", help="what happened, where no kind says it")
    add.add_argument(
        "--grade", type=whole_number, default=None, metavar="1-5", help="otherwise the usual of its kind"
    )
    add.add_argument("--onset", type=instant, default=None, metavar="INSTANT", help="otherwise now")
    add.add_argument("--expected", choices=["yes", "no"], default=None, help="otherwise as usual")
    add.add_argument(
        "--related", choices=[one.value for one in Relatedness], default=Relatedness.POSSIBLE.value
    )
    serious = [one.value for one in Seriousness]
    add.add_argument("--serious", action="append", choices=serious, default=[], help="may be given again")
    add.add_argument("--treatment", default="", metavar="TEXT", help="what was done about it")
    add.add_argument("--told", choices=[one.value for one in ToldHow], default=ToldHow.TELEPHONE.value)
    add.add_argument("--by", default="The patient", metavar="TEXT", help="who told it")
    add.add_argument("--note", default="", metavar="TEXT")
    listed = command("list", "List adverse events that are not closed, the most urgent first.", deeds)
    listed.add_argument("--patient", default="", metavar="RECORD", help="all events of this person instead")
    show = command("show", "Show one adverse event with its steps; the look is entered.", deeds)
    acknowledge = command("acknowledge", "Sign as director that you know of an adverse event.", deeds)
    note = command("note", "Write down how an adverse event goes on.", deeds)
    close = command("close", "Close an adverse event, as director.", deeds)
    worksheet = command("worksheet", "Write a worksheet for Form FDA 3500 as a PDF; nothing is sent.", deeds)
    worksheet.add_argument("--out", type=Path, required=True, metavar="SHEET.pdf")
    for one in (show, acknowledge, note, close, worksheet):
        one.add_argument("event", metavar="EVENT")
    for one in (acknowledge, note, close):
        one.add_argument("--text", default="", metavar="TEXT")
    acknowledge.add_argument("--key-file", type=Path, default=None, metavar="FILE", help="of a second factor")
    note.add_argument(
        "--grade", type=whole_number, default=None, metavar="0-5", help="how it is now; 0: gone"
    )
    kind = note.add_mutually_exclusive_group()
    kind.add_argument("--director-told", action="store_true", default=False, help="she was told, and how")
    kind.add_argument("--report", default=None, metavar="NUMBER", help="it was reported, with --on")
    note.add_argument("--on", type=day, default=None, metavar="DATE", help="the day of the report")
    close.add_argument("--outcome", required=True, choices=[one.value for one in EventOutcome])
