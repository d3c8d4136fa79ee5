"""The words of `photo`."""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from mnclinic.domain.photos import PhotoUse, TakenWhen

Command = Callable[..., argparse.ArgumentParser]
"""Makes the parser of one command: its word, what it does, and the group that it belongs to."""


def add_photo_commands(
    command: Command, parser_class: type[argparse.ArgumentParser], instant: Callable[[str], datetime]
) -> None:
    """`photo add`, `list` and `export`; `instant` reads a moment."""
    photo = command("photo", "Keep photographs of a person, as far as they agreed to it.")
    deeds: Any = photo.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=parser_class)
    add = command("add", "Keep a JPEG, PNG, HEIC or WebP as it is, sealed.", deeds)
    add.add_argument("patient", metavar="NUMBER")
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--view", required=True, metavar="TEXT", help="what is seen, as the protocol says it")
    whens = [one.value for one in TakenWhen]
    add.add_argument("--when", choices=whens, required=True, metavar="WHEN", help=", ".join(whens))
    noted = "when it was taken; else as the camera noted it"
    add.add_argument("--taken-at", type=instant, default=None, metavar="INSTANT", help=noted)
    add.add_argument(
        "--taken-because", default="", metavar="TEXT", help="how the moment of --taken-at is known"
    )
    add.add_argument("--visit", default=None, metavar="VISIT", help="the visit that it is of")
    listing = command("list", "List the photographs of a person; none is shown.", deeds)
    listing.add_argument("patient", metavar="NUMBER")
    export = command("export", "Write one as a JPEG without place and camera, not encrypted.", deeds)
    export.add_argument("patient", metavar="NUMBER")
    export.add_argument("photo", metavar="ID")
    uses = [one.value for one in PhotoUse]
    wanted = f"what for: {', '.join(uses)}"
    export.add_argument("--for", choices=uses, required=True, dest="use", metavar="USE", help=wanted)
    export.add_argument("--out", type=Path, required=True, metavar="OUT.jpg")
