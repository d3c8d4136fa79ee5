"""The options of the commands about signed visits."""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from mnclinic.cli.numbers import whole_number

Command = Callable[..., argparse.ArgumentParser]


def add_amendment_commands(command: Command, deeds: Any, instant: Callable[[str], datetime]) -> None:  # noqa: ANN401 - argparse names the class nowhere
    """Add `visit amend`, `visit amendments`, `visit refile` and `visit chart`."""
    amend = command("amend", "Sign an amendment of a signed visit: its performer, or the director.", deeds)
    amend.add_argument("visit", metavar="VISIT")
    kind = amend.add_mutually_exclusive_group(required=True)
    kind.add_argument("--addendum", default=None, metavar="TEXT", help="add this to the record")
    kind.add_argument("--late-entry", default=None, metavar="TEXT", help="what happened, with --at")
    kind.add_argument("--correct", default=None, metavar="FIELD", help="as lines[0].depth_mm, with --to")
    kind.add_argument("--wrong-patient", action="store_true", default=False, help="it is somebody else's")
    amend.add_argument("--to", default=None, metavar="VALUE", help="what is right")
    amend.add_argument("--to-nothing", action="store_true", default=False, help="the field is left empty")
    amend.add_argument("--right", default="", metavar="RECORD", help="whose it is, where that is known")
    amend.add_argument("--at", type=instant, default=None, metavar="INSTANT", help="when it happened")
    amend.add_argument("--reason", default="", metavar="TEXT")
    amend.add_argument("--key-file", type=Path, default=None, metavar="FILE", help="of a second factor")
    listed = command("amendments", "List what was signed about a visit later.", deeds)
    listed.add_argument("visit", metavar="VISIT")
    listed.add_argument(
        "--seen", type=whole_number, default=None, metavar="NUMBER", help="mark it as seen, as director"
    )
    refile = command("refile", "Begin a visit for the right patient from a misfiled one.", deeds)
    refile.add_argument("visit", metavar="VISIT")
    chart = command("chart", "Write a signed visit as a PDF, with its amendments; that is entered.", deeds)
    chart.add_argument("visit", metavar="VISIT")
    chart.add_argument("--out", type=Path, required=True, metavar="CHART.pdf")
    for name, words, languages in (
        (
            "aftercare",
            "Write the aftercare sheet that was given as a PDF; that is entered.",
            ["en", "es", "both"],
        ),
        ("receipt", "Write what was done, for the patient, as a PDF; that is entered.", ["en", "es"]),
    ):
        page = command(name, words, deeds)
        page.add_argument("visit", metavar="VISIT")
        page.add_argument("--language", choices=languages, default="en")
        page.add_argument("--out", type=Path, required=True, metavar="PAGE.pdf")
