"""The words of the commands about scans and consents."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from mnclinic.domain.attachments import AttachmentKind
from mnclinic.domain.withdrawal import WithdrawnHow

Command = Callable[..., argparse.ArgumentParser]
"""Makes the parser of one command: its word, what it does, and the group that it belongs to."""


def add_person_papers(command: Command, deeds: Any, day: Callable[[str], date]) -> None:  # noqa: ANN401
    """`patient consent` and `patient files`; `day` reads a day."""
    consent = command(
        "consent", "List a person's consents and what each is on a day, or write a withdrawal down.", deeds
    )
    consent.add_argument("patient", metavar="NUMBER")
    consent.add_argument("--withdraw", action="store_true", default=False, help="as of now")
    consent.add_argument("--form", default="", metavar="FORM", help="this form alone; else every consent")
    consent.add_argument("--by", default="", metavar="NAME", help="who withdraws it")
    hows = [one.value for one in WithdrawnHow]
    consent.add_argument("--how", choices=hows, default="spoken", metavar="HOW", help=", ".join(hows))
    consent.add_argument("--note", default="", metavar="TEXT")
    as_of = "what each consent is on that day; today unless given"
    consent.add_argument("--on", type=day, default=None, metavar="DATE", help=as_of)
    files = command("files", "List a person's scans and files, keep one, or copy one out.", deeds)
    files.add_argument("patient", metavar="NUMBER")
    files.add_argument("--add", type=Path, default=None, metavar="FILE", help="a whole PDF, PNG or JPEG")
    kinds = [one.value for one in AttachmentKind]
    files.add_argument("--as", choices=kinds, default="consent", dest="as_kind", metavar="KIND")
    files.add_argument("--title", default="", metavar="TEXT")
    files.add_argument("--dated-on", type=day, default=None, metavar="DATE", help="on the paper; else today")
    files.add_argument("--note", default="", metavar="TEXT")
    files.add_argument("--copy", default=None, metavar="ID", help="write this one out, not encrypted")
    files.add_argument("--out", type=Path, default=None, metavar="FILE")


def add_visit_papers(command: Command, deeds: Any) -> None:  # noqa: ANN401 - argparse keeps its class private
    """`visit consent`."""
    consent = command("consent", "Print a visit's consent, a form to sign, or the sheet before it.", deeds)
    consent.add_argument("visit", metavar="VISIT")
    pages = consent.add_mutually_exclusive_group(required=True)
    signed = "as it was signed"
    pages.add_argument("--print", type=Path, default=None, dest="print_to", metavar="OUT.pdf", help=signed)
    pages.add_argument("--form", type=Path, default=None, metavar="OUT.pdf", help="to be signed on paper")
    pages.add_argument("--precare", type=Path, default=None, metavar="OUT.pdf", help="about preparing")
    consent.add_argument("--language", choices=("en", "es"), default="en", help="of a form or a sheet")
