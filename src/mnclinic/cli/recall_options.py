"""The options of `recalls`."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mnclinic.domain.recall_case import KINDS, ContactHow, ContactOutcome

PAPERS = ("call-list", "letters", "report")
Command = Callable[..., argparse.ArgumentParser]


def add_recall_commands(command: Command, deeds: Any) -> None:  # noqa: ANN401 - argparse names the class nowhere
    """`recalls open`, `list`, `show`, `contact`, `close`, `print` and `notice`."""
    opened = command("open", "Open a recall: its list is made, and the lot or device is out of use.", deeds)
    opened.add_argument("of", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    opened.add_argument("named", metavar="LOT_OR_DEVICE", help="as printed")
    opened.add_argument("--reason", required=True, metavar="TEXT", help="who called it back, and why")
    opened.add_argument("--notice", type=Path, default=None, metavar="FILE", help="a PDF, PNG or JPEG")
    opened.add_argument("--drill", action="store_true", default=False, help="an exercise; nothing changes")
    never = "no register and no signed visit names it, and that is what is written down"
    opened.add_argument("--never-here", action="store_true", default=False, help=never)
    command("list", "List recalls and drills with their counts, newest first.", deeds)
    show = command("show", "Show one recall with its people and who was told.", deeds)
    contact = command("contact", "Write down that somebody was told, or was tried.", deeds)
    close = command("close", "Sign as director that a recall has ended.", deeds)
    printed = command("print", "Write a paper of a recall as a PDF file.", deeds)
    notice = command("notice", "Write the notice of a recall out as it was brought.", deeds)
    for one in (show, contact, close, printed, notice):
        one.add_argument("recall", metavar="RECALL")
    contact.add_argument("patient", metavar="RECORD")
    contact.add_argument("--how", required=True, choices=[one.value for one in ContactHow])
    contact.add_argument("--outcome", required=True, choices=[one.value for one in ContactOutcome])
    contact.add_argument("--text", default="", metavar="TEXT")
    close.add_argument("--text", default="", metavar="TEXT", help="about whoever was not reached")
    close.add_argument("--key-file", type=Path, default=None, metavar="FILE", help="of a second factor")
    printed.add_argument("what", choices=PAPERS, metavar="WHAT", help=", ".join(PAPERS))
    printed.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    notice.add_argument("--out", type=Path, required=True, metavar="FILE")
