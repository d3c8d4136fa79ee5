"""The words of the commands about lots and devices."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from mnclinic.cli.numbers import whole_number
from mnclinic.cli.paper_options import Command
from mnclinic.domain.device_care import CareKind
from mnclinic.domain.supplies import LotKind

CARE_WORDS = ", ".join(CareKind)
KINDS = [one.value for one in LotKind]


def add_supply_commands(
    command: Command, parser_class: type[argparse.ArgumentParser], day: Callable[[str], date]
) -> None:
    """`supply` and `device`; `day` reads a day."""
    looked = command("recall", "Tell everybody whom a lot, a serial number, a device or a performer touched.")
    printed = "as printed on the box or the handpiece, or a UDI, a user, or days as 2026-11-01..2026-11-20"
    looked.add_argument("named", metavar="LOT_OR_SERIAL", help=printed)
    touched = command("touched", "Tell everything that ever touched one patient.")
    touched.add_argument("patient", metavar="RECORD")
    traced = command("back-trace", "Count what visits with adverse events had in common.")
    traced.add_argument("event", nargs="?", default="", metavar="EVENT", help="only what its visit had")
    traced.add_argument("--from", type=day, default=None, dest="first", metavar="DATE", help="else a year")
    traced.add_argument("--to", type=day, default=None, metavar="DATE", help="else today")
    deeds = _group(command("supply", "Keep the register of lots."), parser_class)
    command("list", "List every lot and whether it may be used.", deeds)
    add = command("add", "Add a lot, typed or scanned.", deeds)
    add.add_argument("of", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    add.add_argument("--lot", default="", metavar="LOT", help="as it is printed on the box")
    scanned = "what the scanner types; several codes of one item go together"
    add.add_argument("--scan", nargs="+", default=[], metavar="CODE", help=scanned)
    add.add_argument("--name", required=True, metavar="NAME", help="what it is called, as hydrogel")
    expiry = "its last day; else as the code says"
    add.add_argument("--expires", type=day, default=None, metavar="DATE", help=expiry)
    add.add_argument("--needle-mm", default="", metavar="MM", help="of a cartridge, from its label")
    scan = command("scan", "Find the lot that a code names, and say whether it may be used.", deeds)
    scan.add_argument("codes", nargs="+", metavar="CODE", help=scanned)
    scan.add_argument("--of", choices=KINDS, default=None, metavar="KIND", help=", ".join(KINDS))
    for name, words in (
        ("quarantine", "Nobody may use a lot until it is released."),
        ("recall", "The maker or an authority called a lot back."),
        ("release", "Put a lot back into use."),
    ):
        deed = command(name, words, deeds)
        deed.add_argument("of", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
        deed.add_argument("lot", metavar="LOT")
        deed.add_argument("--reason", required=True, metavar="TEXT")
    for name, words in (
        ("receive", "So many of a lot came in."),
        ("discard", "So many of a lot were thrown away."),
        ("count", "So many of a lot lie there."),
    ):
        deed = command(name, words, deeds)
        deed.add_argument("of", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
        deed.add_argument("lot", metavar="LOT")
        deed.add_argument("quantity", type=whole_number, metavar="COUNT")
        deed.add_argument("--reason", required=name == "discard", default="", metavar="TEXT")
    low = command("low", "Say below how many a stock is low, or set it.", deeds)
    low.add_argument("of", nargs="?", default=None, choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    low.add_argument("least", nargs="?", default=None, type=whole_number, metavar="COUNT")
    _add_paper_commands(command, parser_class)
    _add_device_commands(command, parser_class, day)


def _add_device_commands(
    command: Command, parser_class: type[argparse.ArgumentParser], day: Callable[[str], date]
) -> None:
    deeds = _group(command("device", "Keep the register of devices."), parser_class)
    command("list", "List every device and whether it may be used.", deeds)
    command("drafts", "List the cleared devices that are drafted.", deeds)
    add = command("add", "Add a device. Nobody may treat with it until it is confirmed.", deeds)
    add.add_argument(
        "file",
        nargs="?",
        default=None,
        type=Path,
        metavar="FILE.json",
        help="see: mnclinic schema device_entry",
    )
    add.add_argument(
        "--draft", default=None, metavar="NAME", help="instead of a file; see: mnclinic device drafts"
    )
    add.add_argument("--device", default="", metavar="DEVICE", help="what visits are to call it")
    for name in ("model", "maker", "serial", "udi"):
        add.add_argument(f"--{name}", default="", metavar=name.upper(), help="as its label says")
    change = command("change", "Correct what the register says of a device.", deeds)
    change.add_argument("device", metavar="DEVICE")
    change.add_argument(
        "file", type=Path, metavar="FILE.json", help="all of it; see: mnclinic schema device_entry"
    )
    change.add_argument("--reason", required=True, metavar="TEXT")
    show = command("show", "Say everything that the register has of a device.", deeds)
    show.add_argument("device", metavar="DEVICE")
    confirm = command("confirm", "Hold a device's numbers against its label, which you have in hand.", deeds)
    confirm.add_argument("device", metavar="DEVICE")
    confirm.add_argument("--serial", required=True, metavar="SERIAL", help="as the label says")
    for option, name, words in (
        ("--max-mm", "max_depth_mm", "the mechanical maximum on the label"),
        ("--label-mm", "label_depth_mm", "the depth that the label evaluated, where it names one"),
        ("--minimum-age", "minimum_age", "in years, as the label says"),
    ):
        confirm.add_argument(option, dest=name, default="", metavar="NUMBER", help=words)
    service = command("service", "Enter what was done to a device, a quarantined one too.", deeds)
    service.add_argument("device", metavar="DEVICE")
    service.add_argument("what", choices=[one.value for one in CareKind], metavar="WHAT", help=CARE_WORDS)
    service.add_argument("--by", required=True, metavar="NAME", help="who did it")
    service.add_argument("--on", type=day, default=None, metavar="DATE", help="today, unless it is given")
    service.add_argument(
        "--failed", action="store_true", default=False, help="it did not pass; that quarantines it"
    )
    service.add_argument("--note", default="", metavar="TEXT")
    for name, words in (
        ("quarantine", "Nobody may treat with a device until it is released."),
        ("release", "Put a device back into use."),
    ):
        deed = command(name, words, deeds)
        deed.add_argument("device", metavar="DEVICE")
        deed.add_argument("--reason", required=True, metavar="TEXT")


def _add_paper_commands(command: Command, parser_class: type[argparse.ArgumentParser]) -> None:
    deeds = _group(command("paper", "Numbered sheets for the day the PC is down."), parser_class)
    make = command("print", "Print sheets of a protocol in force, each under its number.", deeds)
    make.add_argument("protocol", metavar="PROTOCOL", help="as face-mechanical")
    make.add_argument("--count", type=whole_number, default=1, metavar="COUNT")
    make.add_argument("--language", choices=("en", "es"), default="en")
    make.add_argument("--out", type=Path, required=True, metavar="OUT.pdf")
    shown = command("list", "List the sheets, those that are out first.", deeds)
    shown.add_argument("--out-only", action="store_true", default=False, help="those alone that are out")
    back = command("return", "A sheet was entered as a visit: keep its scan.", deeds)
    back.add_argument("number", metavar="NUMBER", help="as PB-000001")
    back.add_argument("--visit", required=True, metavar="VISIT")
    back.add_argument("--scan", type=Path, required=True, metavar="FILE", help="PDF, PNG or JPEG")
    lost = command("spoil", "A sheet will not come back.", deeds)
    lost.add_argument("number", metavar="NUMBER")
    lost.add_argument("--reason", required=True, metavar="TEXT")


def _group(parser: argparse.ArgumentParser, parser_class: Any) -> Any:  # noqa: ANN401 - argparse's are private
    return parser.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=parser_class)
