"""The options of the commands about follow-up contacts."""

import argparse
from collections.abc import Callable
from typing import Any

from mnclinic.cli.numbers import whole_number
from mnclinic.domain.follow_up import Channel, ContactOutcome

Command = Callable[..., argparse.ArgumentParser]


def add_follow_up_commands(
    command: Command,
    deeds: Any,  # noqa: ANN401 - argparse names the class nowhere
) -> None:
    """Add `follow-up list`, `follow-up show` and `follow-up record`; and `whom-to-call`."""
    whom = command("whom-to-call", "Say which numbers sheets to take home and letters print, or set them.")
    whom.add_argument("--phone", default=None, metavar="TEXT", help='such as "512-555-0100"; "" for none')
    whom.add_argument("--after-hours", default=None, metavar="TEXT")
    listed = command("list", "List whom to call today, the longest over first.", deeds)
    listed.add_argument(
        "--all", action="store_true", default=False, help="also what is planned later, made or given up"
    )
    show = command("show", "Show one contact with its script; the look is entered.", deeds)
    record = command("record", "Write one try at a contact down.", deeds)
    for one in (show, record):
        one.add_argument("visit", metavar="VISIT")
        one.add_argument("step", metavar="CONTACT", help="as follow-up list names it, such as call+48")
    record.add_argument("--outcome", required=True, choices=[one.value for one in ContactOutcome])
    record.add_argument("--channel", choices=[one.value for one in Channel], default=Channel.TELEPHONE.value)
    record.add_argument(
        "--yes",
        type=whole_number,
        action="append",
        default=[],
        metavar="NUMBER",
        help="a question of the script that was answered with yes; may be given again",
    )
    record.add_argument("--no", type=whole_number, action="append", default=[], metavar="NUMBER")
    record.add_argument(
        "--rest-no", action="store_true", default=False, help="every other question was answered with no"
    )
    record.add_argument("--note", default="", metavar="TEXT")
