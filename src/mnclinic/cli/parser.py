"""The words of the command line."""

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn, Protocol

from mnclinic import __version__
from mnclinic.cli.amendment_options import add_amendment_commands
from mnclinic.cli.event_options import add_event_commands
from mnclinic.cli.follow_up_options import add_follow_up_commands
from mnclinic.cli.numbers import whole_number
from mnclinic.cli.paper_options import add_person_papers, add_visit_papers
from mnclinic.cli.photo_options import add_photo_commands
from mnclinic.cli.recall_options import add_recall_commands
from mnclinic.cli.rule_options import RuleReaders, add_rule_commands
from mnclinic.cli.supply_options import add_supply_commands
from mnclinic.domain.credentials import PaperKind
from mnclinic.domain.log_topic import Topic
from mnclinic.domain.medical_history import BY_CODE, HistoryKind, HistorySource
from mnclinic.domain.person_details import CHANGEABLE, CONTACT_CODES, Standing
from mnclinic.security.roles import Role

WRONG_USE = 64
LARGEST_COUNT = 1_000_000
FIRST_YEAR, LAST_YEAR = 1980, 2100


WITHOUT_A_VALUE = re.compile(r"argument (?:-\w/)?(--[\w-]+): expected one argument")
"""What the library says where a word is missing, or looks like an option, such as -1,a."""


class WrongUse(Exception):
    """The words of a command do not fit. Carries the sentence and the usage line."""

    def __init__(self, sentence: str, usage: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.usage = usage


class _Command(Protocol):
    def __call__(
        self, name: str, words: str, group: "argparse._SubParsersAction[_Parser] | None" = None
    ) -> argparse.ArgumentParser: ...


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        sentence = message[0].upper() + message[1:]
        if lacking := WITHOUT_A_VALUE.fullmatch(message):
            name = lacking[1]
            sentence = f"After {name} a value is missing; one that begins with a dash is written {name}=VALUE"
        raise WrongUse(f"{sentence}. Nothing was done.", self.format_usage().strip())


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments; `command` is None when the window is wanted.

    Global options may stand before or after the command. Raises WrongUse.
    """
    return _parser().parse_args(argv)


def _parser() -> argparse.ArgumentParser:  # noqa: PLR0915 - a flat list of every word reads best
    shared = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    _add_shared(shared)
    parser = _Parser(
        prog="mnclinic",
        description="Offline clinic record for microneedling under a medical director. "
        "Without a command it opens the window.",
        epilog="Exit status: 0 done, VALID or OK; 1 ALTERED; 2 UNREADABLE; 3 VALID (KEY NOT CHECKED); "
        "4 INCOMPLETE; 5 refused by a rule; 6 wrong credentials or no right; 7 trouble with the store; "
        "64 wrong use or invalid input; 70 a defect of the program.",
        argument_default=argparse.SUPPRESS,
    )
    _add_shared(parser)
    parser.add_argument("--version", action="version", version=f"mnclinic {__version__}")
    # What a locked window hands to itself; nobody types it.
    parser.add_argument("--resume", help=argparse.SUPPRESS)
    # For whoever builds pages: every part of the window in every state, without a clinic.
    parser.add_argument("--gallery", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    commands.required = False

    def command(
        name: str, words: str, group: "argparse._SubParsersAction[_Parser] | None" = None
    ) -> argparse.ArgumentParser:
        return (group or commands).add_parser(
            name, help=words, description=words, parents=[shared], argument_default=argparse.SUPPRESS
        )

    demo = command("demo", "Build a demo clinic of invented people, print its log-ins and open it.")
    demo.add_argument("--patients", type=_count, default=300, metavar="N")
    demo.add_argument("--visits", type=_count, default=900, metavar="N")
    demo.add_argument("--seed", type=whole_number, default=7, metavar="S")
    demo.add_argument("--day", type=_day, default=None, metavar="DATE", help="the demo's today; YYYY-MM-DD")
    demo.add_argument("--no-window", action="store_true", default=False, help="build it without opening it")

    init = command(
        "init",
        "Set up a clinic from answers in a file, without questions. It takes no --password-file: each person "
        "gets a password of their own, made here and shown once, or read from the file named beside them.",
    )
    init.add_argument("answers", type=Path, metavar="ANSWERS.toml")
    init.add_argument("--recovery-sheet", type=Path, required=True, metavar="OUT.pdf")

    importing = command("import", "Bring a roster in.")
    kinds = importing.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=_Parser)
    patients = command("patients", "Import a CSV, TSV or XLSX roster, or undo an import.", kinds)
    patients.add_argument("file", type=Path, nargs="?", default=None, metavar="FILE")
    patients.add_argument("--dry-run", action="store_true", default=False)
    patients.add_argument("--date-order", choices=("mdy", "dmy", "ymd"), default=None)
    patients.add_argument("--undo", default=None, metavar="IMPORT", help="take a whole import back")

    _add_patient_commands(command)
    visit = command("visit", "Work with visits.")
    deeds = visit.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=_Parser)
    record = command("record", "Record a whole visit from one JSON document.", deeds)
    record.add_argument("file", type=Path, metavar="FILE.json")
    _add_key_file(record)
    telephone = command("telephone-order", "Enter what the director ordered by telephone.", deeds)
    telephone.add_argument("visit", metavar="VISIT")
    telephone.add_argument("--director", required=True, metavar="USER", help="who ordered")
    passes = "what it lets pass, as visit record names it"
    telephone.add_argument("--pass", nargs="+", required=True, dest="codes", metavar="CODE", help=passes)
    telephone.add_argument("--words", required=True, metavar="TEXT", help="the exact words")
    telephone.add_argument("--at", type=_instant, required=True, metavar="INSTANT", help="when it was given")
    telephone.add_argument(
        "--read-back-at", type=_instant, default=None, metavar="INSTANT", help="when it was read back"
    )

    read_back = command("read-back", "Read a tube's label back together with a second person.", deeds)
    read_back.add_argument("visit", metavar="VISIT")
    read_back.add_argument("--last-name", required=True, metavar="NAME", help="as the label says")
    read_back.add_argument("--first-name", required=True, metavar="NAME", help="as the label says")
    read_back.add_argument(
        "--born-on", type=_birth_day, required=True, metavar="DATE", help="as the label says"
    )
    read_back.add_argument("--second-user", required=True, metavar="USER", help="who reads it back too")
    read_back.add_argument("--second-password-file", required=True, metavar="FILE")

    add_visit_papers(command, deeds)
    add_amendment_commands(command, deeds, _instant)

    today = command("today", "List the visits of a day and what each still lacks.")
    today.add_argument("--day", type=_day, default=None, metavar="DATE")
    printing = "write the day's list as a PDF; that is entered"
    today.add_argument("--print", type=Path, default=None, dest="print_to", metavar="LIST.pdf", help=printing)
    closing = "close today: enter it, sign the log's head, and write the slip for the binder"
    today.add_argument("--close", type=Path, default=None, metavar="SLIP.pdf", help=closing)
    _add_plan_commands(command)
    add_rule_commands(command, RuleReaders(_day, _count, _add_key_file))
    add_supply_commands(command, _Parser, _day)
    event = command("event", "Write down, list, follow up or close adverse events.")
    deeds = event.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=_Parser)
    add_event_commands(command, deeds, _instant, _day)
    follow_up = command("follow-up", "List whom to call after a treatment, or write a call down.")
    deeds = follow_up.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=_Parser)
    add_follow_up_commands(command, deeds)
    recalls = command("recalls", "Open, follow up, print or close recalls.")
    deeds = recalls.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=_Parser)
    add_recall_commands(command, deeds)
    add_photo_commands(command, _Parser, _instant)
    command("queue", "List what waits for the director.")

    sign = command("sign", "Approve or return a visit as the director.")
    sign.add_argument("visit", metavar="VISIT")
    decision = sign.add_mutually_exclusive_group(required=True)
    decision.add_argument("--approve", action="store_true", default=False)
    decision.add_argument("--return", action="store_true", default=False, dest="send_back")
    decision.add_argument("--release", action="store_true", default=False, help="let a deferred visit go on")
    sign.add_argument("--reason", default="", metavar="TEXT")
    _add_key_file(sign)

    bundle = command("bundle", "Make or verify an audit bundle.")
    kinds = bundle.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=_Parser)
    make = command("make", "Write an audit bundle of the visits of a period, or of one person.", kinds)
    make.add_argument("--from", type=_day, default=None, dest="first", metavar="DATE")
    make.add_argument("--to", type=_day, default=None, dest="last", metavar="DATE")
    of_one = "record number; proves that nothing about this person was left out; the days may be left open"
    make.add_argument("--patient", default=None, metavar="NUMBER", help=of_one)
    make.add_argument("--out", type=Path, required=True, metavar="FILE")
    sealing = make.add_mutually_exclusive_group()
    sealing.add_argument("--plain", action="store_true", default=False, help="without encryption")
    sealing.add_argument("--passphrase-file", type=Path, default=None, metavar="P")
    sealing.add_argument("--recipient", default=None, metavar="AGE_KEY")
    verify = command("verify", "Check a bundle; needs no clinic.", kinds)
    verify.add_argument("file", type=Path, metavar="FILE")
    several = "the director's, from paper; may be given several times"
    verify.add_argument("--trust", action="append", default=None, metavar="FINGERPRINT", help=several)
    verify.add_argument("--passphrase-file", type=Path, default=None, metavar="P")
    before = "one received before: its log has to be the beginning of this one's"
    verify.add_argument("--older", type=Path, default=None, metavar="FILE", help=before)
    verify.add_argument("--older-passphrase-file", type=Path, default=None, metavar="P")

    _add_user_commands(command)
    _add_key_commands(command)
    _add_backup_commands(command)
    _add_log_command(command)
    check = command("check", "Check the whole store: pages, rows, log, signatures, anchors.")
    check.add_argument(
        "--checkpoint",
        default=None,
        metavar="FILE|TEXT",
        help="one from outside: a printed page's text, a file of it, a bundle or a backup",
    )
    by_eye = "tell the log's root at so many entries too, to compare with a printed page by eye"
    check.add_argument("--at", type=_log_size, default=None, dest="at_size", metavar="SIZE", help=by_eye)
    check.add_argument(
        "--passphrase-file", type=Path, default=None, metavar="P", help="of an encrypted bundle"
    )
    check.add_argument(
        "--continue-after-loss",
        action="store_true",
        default=False,
        help="as administrator or director, with a second person: missing entries are lost for good",
    )
    check.add_argument("--reason", default="", metavar="TEXT", help="what happened to them")
    check.add_argument("--second-user", default=None, metavar="USER", help="who confirms the loss")
    check.add_argument("--second-password-file", default=None, metavar="FILE")
    schema = command("schema", "Print the JSON Schema of a document.")
    schema.add_argument(
        "name",
        metavar="NAME",
        help="visit, policy, keys…; or of an answer with --json: answer_today, answer_user_add…, log",
    )
    return parser


def _add_patient_commands(command: "_Command") -> None:
    patient = command("patient", "Look at, add, change and merge the records of people.")
    deeds = patient.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=_Parser)
    show = command("show", "Open one person's record and timeline; that is entered in the log.", deeds)
    show.add_argument("patient", metavar="NUMBER")
    show.add_argument("--limit", type=whole_number, default=None, metavar="N", help="at most so many rows")
    show.add_argument("--older-than", type=_count, default=None, metavar="SEQ", help="the next page")
    add = command("add", "Put a person on the roster; who may be meant already is told.", deeds)
    _add_fields(add)
    chart = command("chart", "Write a person's whole chart as a PDF; that is entered.", deeds)
    chart.add_argument("patient", metavar="NUMBER")
    chart.add_argument("--out", type=Path, required=True, metavar="CHART.pdf")
    edit = command("edit", "Change details; the old and the new stand in the log.", deeds)
    edit.add_argument("patient", metavar="NUMBER")
    edit.add_argument("--revision", type=_count, default=None, metavar="N", help="only if it is still this")
    _add_fields(edit)
    merge = command("merge", "Have a record read under another one of the same person.", deeds)
    merge.add_argument("patient", metavar="NUMBER")
    merge.add_argument("--into", required=True, metavar="NUMBER", help="the record that is kept")
    merge.add_argument("--reason", required=True, metavar="TEXT")
    unmerge = command("unmerge", "Take a merge back.", deeds)
    unmerge.add_argument("patient", metavar="NUMBER", help="the record that was merged away")
    unmerge.add_argument("--reason", required=True, metavar="TEXT")
    standing = command("standing", "Mark a person as active, inactive or deceased.", deeds)
    standing.add_argument("patient", metavar="NUMBER")
    standing.add_argument("standing", choices=[one.value for one in Standing])
    standing.add_argument("--note", default="", metavar="TEXT", help="why; of a death, who told of it")
    standing.add_argument("--deceased-on", type=_day, default=None, metavar="DATE")
    history = command(
        "history", "Read a person's allergies, medicines and conditions, add one, or end one.", deeds
    )
    history.add_argument("patient", metavar="NUMBER")
    history.add_argument("--add", choices=[one.value for one in HistoryKind], default=None, metavar="KIND")
    history.add_argument(
        "--code", choices=sorted(BY_CODE), default="", metavar="PICK", help="as the list has it"
    )
    history.add_argument("--words", default="", metavar="TEXT", help="what the list does not have")
    history.add_argument("--since", default="", metavar="DATE", help="a year, a month or a day")
    sources = [one.value for one in HistorySource]
    history.add_argument(
        "--source", choices=sources, default="patient", metavar="WHO", help=", ".join(sources)
    )
    history.add_argument("--note", default="", metavar="TEXT")
    history.add_argument("--end", default=None, metavar="ID", help="this entry counts no more; it stays")
    history.add_argument("--on", type=_day, default=None, metavar="DATE", help="from this day; else today")
    history.add_argument("--reason", default="", metavar="TEXT", help="why it ended")
    add_person_papers(command, deeds, _day)
    hold = command("hold", "Put a legal hold on a person's records, or end it.", deeds)
    hold.add_argument("patient", metavar="NUMBER")
    hold.add_argument("--reason", required=True, metavar="TEXT")
    hold.add_argument("--off", action="store_true", default=False, help="end it")


def _add_fields(parser: argparse.ArgumentParser) -> None:
    for name in CHANGEABLE:
        option = f"--{name.replace('_', '-')}"
        match name:
            case "fitzpatrick":
                parser.add_argument(option, type=whole_number, default=None, metavar="1-6")
            case "contact":
                parser.add_argument(option, nargs="+", choices=CONTACT_CODES, default=None, metavar="WAY")
            case _:
                parser.add_argument(option, default=None, metavar="TEXT")


def _add_user_commands(command: "_Command") -> None:
    user = command("user", "Manage who may log in, and one's own password.")
    deeds = user.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=_Parser)
    add = command("add", "Add a person, with a first password that they change at once.", deeds)
    add.add_argument("name", metavar="USER")
    add.add_argument("--full-name", required=True, metavar="NAME")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])
    add.add_argument("--credential", default="", metavar="RN")
    add.add_argument("--depth-ceiling-mm", default=None, metavar="MM")
    add.add_argument(
        "--licence",
        nargs=5,
        action="append",
        default=[],
        metavar=("KIND", "NUMBER", "STATE", "FROM", "TO"),
        help="a licence, with its first and last day; may be given more than once",
    )
    add.add_argument("--until", type=_day, default=None, metavar="DATE", help="the last day of access")
    _add_new_password(add)
    command("list", "List the users, their keys and what each still lacks.", deeds)
    disable = command("disable", "End a person's access now and change the database key.", deeds)
    disable.add_argument("name", metavar="USER")
    disable.add_argument("--reason", required=True, metavar="TEXT")
    disable.add_argument("--hand-over-to", default=None, metavar="USER", help="who takes the open drafts")
    disable.add_argument(
        "--leave-no-director",
        action="store_true",
        default=False,
        help="meant, although it is the last medical director",
    )
    extend = command("extend", "Give a person whose access has a last day more time.", deeds)
    extend.add_argument("name", metavar="USER")
    extend.add_argument("--until", type=_day, required=True, metavar="DATE", help="the new last day")
    extend.add_argument("--reason", required=True, metavar="TEXT")
    _add_paper_commands(command, deeds)
    reset = command("reset", "Give a person a new password; their signature key ends.", deeds)
    reset.add_argument("name", metavar="USER")
    reset.add_argument("--reason", required=True, metavar="TEXT")
    _add_new_password(reset)
    password = command("password", "Choose a new password for yourself.", deeds)
    _add_new_password(password)
    password.add_argument(
        "--recovery-code-file", default=None, metavar="FILE", help="in place of the old one"
    )
    _add_key_file(password)
    _add_may_be_known(password)
    glass = command("break-glass", "Take wider rights for a while, in view of the director.", deeds)
    glass.add_argument("--reason", default="", metavar="TEXT")
    glass.add_argument("--minutes", type=whole_number, default=60, metavar="N")
    instead = glass.add_mutually_exclusive_group()
    instead.add_argument("--seen", default=None, metavar="ID", help="as the director: mark one as seen")
    instead.add_argument("--give-back", action="store_true", default=False, help="end it before its time")


def _add_paper_commands(command: "_Command", deeds: "argparse._SubParsersAction[_Parser]") -> None:
    papers = command("papers", "List licences, certificates, training and life support.", deeds)
    papers.add_argument("name", nargs="?", default=None, metavar="USER")
    paper = command("paper", "Enter a licence, certificate, training or life support.", deeds)
    paper.add_argument("name", metavar="USER")
    paper.add_argument("--what", required=True, choices=[one.value for one in PaperKind])
    paper.add_argument("--of", default="", metavar="RN", help="the licence's kind, or the training's name")
    paper.add_argument("--number", required=True, metavar="NUMBER")
    paper.add_argument("--issuer", required=True, metavar="TX", help="of a licence its US state")
    paper.add_argument("--from", type=_day, required=True, dest="first", metavar="DATE")
    paper.add_argument("--to", type=_day, required=True, dest="last", metavar="DATE", help="its last day")
    end = command("end-paper", "Let a paper end sooner: it was given up or withdrawn.", deeds)
    end.add_argument("name", metavar="USER")
    end.add_argument("--number", required=True, metavar="NUMBER")
    end.add_argument("--on", type=_day, required=True, dest="last", metavar="DATE", help="its last day")
    end.add_argument("--reason", required=True, metavar="TEXT")


def _add_key_commands(command: "_Command") -> None:
    key = command("key", "Manage keys, recovery sheet and personal recovery codes.")
    deeds = key.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=_Parser)
    command("list", "List the registered keys and which of them count.", deeds)
    sheet = command("sheet", "Make a new recovery sheet, or read the present one back.", deeds)
    what = sheet.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, default=None, metavar="OUT.pdf")
    what.add_argument(
        "--confirm", default=None, metavar="FILE", help="where the typed code stands; - is input"
    )
    code = command("code", "Make your personal recovery code anew.", deeds)
    code.add_argument("--out", type=Path, required=True, metavar="OUT.pdf")
    _add_key_file(code)
    _add_may_be_known(code)
    rotate = command("rotate", "Change the database key.", deeds)
    rotate.add_argument("--reason", required=True, metavar="TEXT")
    enroll = command("enroll", "Make a signature key for yourself.", deeds)
    enroll.add_argument("--out", type=Path, default=None, metavar="OUT.pdf", help="the fingerprint sheet")
    enroll.add_argument("--key-file-out", type=Path, default=None, metavar="FILE", help="a second factor")
    enroll.add_argument(
        "--second-factor",
        "--keep-key",
        dest="second_factor",
        action="store_true",
        default=False,
        help="give your key a key file, or (without --key-file-out) take it away; no second person is needed",
    )
    _add_key_file(enroll)
    enroll.add_argument("--second-user", default=None, metavar="USER", help="who confirms a director's key")
    enroll.add_argument("--second-password-file", default=None, metavar="FILE")
    revoke = command("revoke", "End a signature key; what it signed stays valid.", deeds)
    revoke.add_argument("name", metavar="USER")
    revoke.add_argument("--reason", required=True, choices=("lost", "stolen", "left"))
    device = command("device", "Bind passwords to this PC's keyring, or let them go.", deeds)
    device.add_argument("state", choices=("on", "off"))


def _add_backup_commands(command: "_Command") -> None:
    backup = command("backup", "Make a backup now, or manage the backups.")
    backup.add_argument("--to", type=Path, default=None, metavar="FOLDER")
    backup.add_argument(
        "--closed", action="store_true", default=False, help="copy the closed files; needs no password"
    )
    deeds = backup.add_subparsers(dest="kind", metavar="WHAT", parser_class=_Parser)
    deeds.required = False
    command("list", "List the backups and what checking them said.", deeds)
    verify = command("verify", "Open a backup and check everything in it.", deeds)
    verify.add_argument("backup", type=Path, metavar="BACKUP")
    pin = command("pin", "Keep a backup for ever.", deeds)
    pin.add_argument("backup", metavar="NAME")
    pin.add_argument("--off", action="store_true", default=False, help="let it be rotated out again")
    plan = command("plan", "Show or set where and how often backups are made and kept.", deeds)
    plan.add_argument("--folder", type=Path, default=None, metavar="FOLDER")
    plan.add_argument("--every-h", type=whole_number, default=None, metavar="HOURS")
    plan.add_argument("--at-close", choices=("yes", "no"), default=None)
    plan.add_argument("--keep", default=None, metavar="DAILY,WEEKLY,MONTHLY")
    plan.add_argument("--legal-hold", choices=("on", "off"), default=None)
    plan.add_argument("--reason", default="", metavar="TEXT")
    restore = command("restore", "Bring a clinic back from a backup, or try that out.")
    restore.add_argument("backup", type=Path, nargs="?", default=None, metavar="BACKUP")
    restore.add_argument("--sheet-file", default=None, metavar="FILE", help="the recovery sheet's code")
    restore.add_argument("--new-user", default=None, metavar="USER", help="the new administrator")
    restore.add_argument("--full-name", default=None, metavar="NAME")
    _add_new_password(restore, required=False)
    restore.add_argument(
        "--drill",
        type=Path,
        default=None,
        metavar="OUT.pdf",
        help="restore, check, print; with --sheet-file by the sheet",
    )
    restore.add_argument("--confirm", action="store_true", default=False, help="as a second person")
    restore.add_argument(
        "--even-if-altered", action="store_true", default=False, help="when no better backup is left"
    )


def _add_plan_commands(command: "_Command") -> None:
    plan = command("plan", "Plan visits, and say what became of them.")
    deeds = plan.add_subparsers(dest="kind", metavar="WHAT", required=True, parser_class=_Parser)
    add = command("add", "Plan one visit from a line as it is typed: 9:30 Ada Silva, face, reyes", deeds)
    add.add_argument("line", metavar="LINE")
    add.add_argument("--day", type=_day, default=None, metavar="DATE", help="today unless given")
    bring_in = command("import", "Bring in a day's list in CSV, TSV or XLSX, or take one back.", deeds)
    bring_in.add_argument("file", type=Path, nargs="?", default=None, metavar="FILE")
    bring_in.add_argument(
        "--day", type=_day, default=None, metavar="DATE", help="of lines that name none; today unless given"
    )
    bring_in.add_argument("--date-order", choices=("mdy", "dmy", "ymd"), default=None)
    bring_in.add_argument("--dry-run", action="store_true", default=False)
    bring_in.add_argument("--undo", default=None, metavar="BATCH", help="take a whole list back")
    arrived = command("arrived", "Mark that somebody has arrived.", deeds)
    arrived.add_argument("plan", metavar="PLAN", help="as mnclinic today lists it")
    arrived.add_argument("--take-back", action="store_true", default=False, help="it was a mistake")
    start = command("start", "Start the visit of somebody who is expected today.", deeds)
    start.add_argument("plan", metavar="PLAN")
    start.add_argument("--service", default="", metavar="SERVICE", help="where the plan leaves it open")
    start.add_argument("--performer", default="", metavar="USER", help="where the plan leaves it open")
    cancel = command("cancel", "Say that a planned visit does not take place.", deeds)
    cancel.add_argument("plan", metavar="PLAN")
    cancel.add_argument("--reason", default="", metavar="TEXT")
    cancel.add_argument("--no-show", action="store_true", default=False, help="the person did not come")
    cancel.add_argument("--put-back", action="store_true", default=False, help="it takes place after all")


def _add_log_command(command: "_Command") -> None:
    log = command("log", "Read the log as sentences, newest first; that is entered too.")
    log.add_argument("--from", type=_day, default=None, dest="first", metavar="DATE")
    log.add_argument("--to", type=_day, default=None, dest="last", metavar="DATE", help="this day included")
    log.add_argument("--person", default=None, metavar="USER", help="whose acts")
    log.add_argument("--patient", default=None, metavar="RECORD", help="about whom: a record number")
    log.add_argument("--kind", default=None, dest="topic", choices=[topic.value for topic in Topic])
    log.add_argument("--object", default=None, metavar="KIND:ID", help="one record, as visit:V-000417")
    log.add_argument("--limit", type=whole_number, default=None, metavar="N", help="at most so many entries")
    what = log.add_mutually_exclusive_group()
    what.add_argument("--csv", type=Path, default=None, metavar="FILE", help="write them as a table")
    what.add_argument("--looks", action="store_true", default=False, help="who looked at the patient's chart")


def _add_new_password(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--new-password-file", required=required, default=None, metavar="FILE")


def _add_key_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--key-file", type=Path, default=None, metavar="FILE", help="your second factor")


def _add_may_be_known(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--may-be-known",
        action="store_true",
        default=False,
        help="somebody else may know the password or code until now: make your keys anew too",
    )


def _add_shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-dir", type=Path, metavar="D", help="the clinic's folder")
    parser.add_argument("--user", metavar="NAME", help="who you are")
    parser.add_argument(
        "--password-file", metavar="FILE", help="where your password stands; - is standard input"
    )
    parser.add_argument(
        "--clock-reason", metavar="TEXT", help="why the computer's clock was set back; entered in the log"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")


def _count(text: str) -> int:
    count = whole_number(text)
    if not 0 <= count <= LARGEST_COUNT:
        raise argparse.ArgumentTypeError(f"a number from 0 to {LARGEST_COUNT} is expected")
    return count


def _log_size(text: str) -> int:
    """Any that a log could have: the check tells how many entries there are."""
    size = whole_number(text)
    if not 0 <= size <= sys.maxsize:
        raise argparse.ArgumentTypeError("a number of entries is expected, from 0 on")
    return size


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        said = f"{text!r} is no moment; write it with its offset, for example 2026-11-23T09:00:00-06:00"
        raise argparse.ArgumentTypeError(said)
    return instant


def _birth_day(text: str) -> date:
    """Of whoever is alive, however old: what it is held against is the patient's own."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as YYYY-MM-DD") from None


def _day(text: str) -> date:
    day = _birth_day(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text!r} lies outside {FIRST_YEAR} to {LAST_YEAR}")
    return day
