"""`demo`, `init`, `today`, `queue`, `check` and `schema`."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mnclinic.cli.answer import VERDICT_STATUS, Answer, counted, say
from mnclinic.cli.findings import finding_line, found_json
from mnclinic.cli.glass import glass_json, glass_line
from mnclinic.cli.plan import planned_json, planned_line
from mnclinic.cli.request import Request, read_secret
from mnclinic.domain.instants import now_here
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import DatabaseDamaged, InvalidInput, Problem
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.check_store import StoreChecked
from mnclinic.services.close_day import close_day
from mnclinic.services.daily_check import LastCheck, last_check
from mnclinic.services.list_day import list_day
from mnclinic.services.list_visits import VisitRow, review_queue
from mnclinic.services.notices import notices
from mnclinic.services.open_recalls import OpenRecall
from mnclinic.services.out_place import refuse_place, refuse_with_the_lock
from mnclinic.services.print_day_list import print_day_list
from mnclinic.services.session import OpenClinic
from mnclinic.services.standing import Standing

TELL_EACH_PERCENT = 10
NOT_ONE_FOR_ALL = (
    "A new clinic takes no password from --password-file: everybody in it, the director too, would have the "
    "same one. Nothing was done. Leave the option out, and a password is made for each person and shown "
    "once; or name a password_file of their own beside a person in the answers."
)
FIRST_PASSWORDS_LOST = (
    "The clinic was set up, but the first passwords could not be written out whole, and they are shown only "
    "once. Nobody has worked in it yet: delete the folder {folder} and the sheet {sheet}, look whether the "
    "place that the answer goes to is full, then set it up again."
)


def demo_folder(options: argparse.Namespace) -> Path:
    """The demo's folder: the one named, or a new one that the operating system may clear away."""
    named = getattr(options, "data_dir", None)
    return named or Path(tempfile.mkdtemp(prefix="mnclinic-demo-"))


def demo(request: Request) -> Answer:
    """Build a demo clinic and print its log-ins."""
    from mnclinic.services.demo.build import build_demo

    options = request.options
    built = build_demo(
        request.data_dir,
        patients=options.patients,
        visits=options.visits,
        seed=options.seed,
        day=options.day,
        watch=_tell_progress,
    )
    lines = [
        f"Demo clinic in {built.folder}: {counted(built.patients, 'invented patient')}, "
        f"{counted(built.visits, 'visit')}.",
        f"Director's fingerprint: {built.fingerprint}",
        "Log in as:",
    ]
    lines += [
        f"  {one['user']:<10} {one['password']:<30} {one['name']} ({one['role'].replace('_', ' ')})"
        for one in built.users
    ]
    return Answer(
        {
            "data_dir": str(built.folder),
            "fingerprint": built.fingerprint,
            "users": list(built.users),
            "patients": built.patients,
            "visits": built.visits,
            "error": None,
        },
        lines,
    )


def _tell_progress(step: str, done: int, of: int) -> bool:
    from mnclinic.services.demo.build import LIVING

    if step == LIVING and (done % 100 == 0 or done == of):
        say(f"Building the demo clinic: {done} of {of} visits")
    return True


def init(request: Request) -> Answer:
    """Set up a clinic from a file of answers."""
    from mnclinic.services.answers import clinic_from_answers, set_up_with_sheet
    from mnclinic.services.set_up_clinic import assert_free

    if getattr(request.options, "password_file", None) is not None:
        raise InvalidInput(NOT_ONE_FOR_ALL, [Problem("password_file", "Leave it out here.")])
    sheet: Path = request.options.recovery_sheet
    refuse_place(sheet, overwrites=False, where="recovery_sheet")
    refuse_with_the_lock(sheet, request.data_dir, where="recovery_sheet")
    assert_free(request.data_dir)
    set_up, passwords = clinic_from_answers(request.options.answers, now=now_here(request.clock))
    from mnclinic.security.kdf import calibrate

    ready = set_up_with_sheet(set_up, request.data_dir, sheet, clock=request.clock, cost=calibrate())
    users = [
        {
            "user": person.user,
            "name": person.name,
            "role": person.role,
            "password": passwords.get(person.user),
        }
        for person in set_up.people
    ]
    lines = [
        f"The clinic stands in {request.data_dir}.",
        f"Director's fingerprint: {ready.fingerprint}",
        f"Print the recovery sheet {sheet} now, keep it under lock, and delete the file.",
    ]
    lines += [f"  {one['user']:<10} {one['password'] or 'password from its file'}" for one in users]
    return Answer(
        {
            "data_dir": str(request.data_dir),
            "fingerprint": ready.fingerprint,
            "users": users,
            "recovery_sheet": str(sheet),
            "error": None,
        },
        lines,
        if_lost=FIRST_PASSWORDS_LOST.format(folder=request.data_dir, sheet=sheet) if passwords else "",
    )


def today(request: Request) -> Answer:
    """The visits of a day and what each still lacks."""
    slip, closed = request.options.close, None
    if slip is not None and request.options.day is not None:
        raise InvalidInput(
            "Only today can be closed. Nothing was closed. Leave --day out.",
            [Problem("day", "Leave it out when closing.")],
        )
    if slip is not None:
        refuse_place(slip, overwrites=False, where="close")
    with request.clinic() as (clinic, _):
        if slip is not None:
            closed = close_day(clinic, slip)
        found = list_day(clinic, request.options.day)
        printed = None
        if request.options.print_to is not None:
            refuse_place(request.options.print_to, overwrites=False, where="print")
            printed = print_day_list(clinic, request.options.day, request.options.print_to).file
        said = notices(clinic)
        last = last_check(clinic)
    visits = [line.visit for line in found.lines if line.visit is not None]
    planned = [line.planned for line in found.lines if line.planned is not None]
    rows = [_visit_json(row) for row in visits]
    lines = [
        f"{found.day.isoformat()}: {counted(len(rows), 'visit')}; {found.waiting_for_director} "
        f"{'waits' if found.waiting_for_director == 1 else 'wait'} for the director"
    ]
    lines += [f"! {one.sentence}" for one in said]
    lines += _last_check_lines(last)
    lines += [planned_line(row) for row in planned]
    lines += [_visit_line(row) for row in visits]
    if closed is not None:
        lines.append(
            f"Closed. Slip: {closed.file} (log of {closed.log_size} entries, root {closed.root[:16]}); "
            f"{counted(closed.still_open, 'visit is', 'visits are')} still open"
        )
    if printed is not None:
        lines.append(f"List: {printed}. It names patients: keep it from others' eyes.")
    if found.open_before:
        lines += ["Still open from earlier days:", *(_visit_line(row) for row in found.open_before)]
    return Answer(
        {
            "day": found.day.isoformat(),
            "planned": [planned_json(row) for row in planned],
            "visits": rows,
            "open_before": [_visit_json(row) for row in found.open_before],
            "waiting_for_director": found.waiting_for_director,
            "notices": [
                {"code": one.code, "sentence": one.sentence, "page": one.page, "is_pressing": one.is_pressing}
                for one in said
            ],
            "last_check": None
            if last is None
            else {
                "verdict": last.verdict,
                "at": last.at.isoformat(),
                "findings": list(last.findings),
                "more": last.more,
                "unchecked_since": None if last.unchecked_since is None else last.unchecked_since.isoformat(),
            },
            "closed": None
            if closed is None
            else {
                "file": str(closed.file),
                "log_size": closed.log_size,
                "root": closed.root,
                "still_open": closed.still_open,
            },
            "printed": str(printed) if printed is not None else None,
            "error": None,
        },
        lines,
    )


def _last_check_lines(last: LastCheck | None) -> list[str]:
    """What the window's Today says of the newest check, with what it found."""
    if last is None:
        return []
    when = f"{last.at:%Y-%m-%d %H:%M}"
    if last.verdict is None:
        since = last.unchecked_since
        words = "never checked to the end" if since is None else f"not checked since {since:%Y-%m-%d %H:%M}"
        begun = f"The check begun {when} was not finished. " if last.is_begun else ""
        return [f"! The records were {words}. {begun}Run mnclinic check."]
    if last.verdict == "OK":
        return [f"Records checked {when}: OK, everything is as it was entered."]
    if last.verdict == "EXPLAINED":
        return [f"Records checked {when}: EXPLAINED. What was found is accounted for in the log."]
    lines = [
        f"! Records checked {when}: {last.verdict}. Delete and change nothing. Show the director and the "
        "owner what was found."
    ]
    lines += [f"    {one}" for one in last.findings]
    if last.more:
        lines.append(f"    and {last.more} more: mnclinic check tells them all")
    return lines


def queue(request: Request) -> Answer:
    """What waits for the director, exceptions first."""
    with request.clinic() as (clinic, _):
        found = review_queue(clinic)
    rows = [
        _visit_json(row) | {"due_at": row.due_at.isoformat() if row.due_at else None, "score": row.score}
        for row in found.visits
    ]
    lines = [glass_line(row) for row in found.glasses]
    top = len(lines)
    telephoned = [row for row in found.releases if row.state is not VisitState.DEFERRED]
    lines += [
        f"{counted(len(rows), 'visit waits', 'visits wait')} for sign-off; "
        f"{counted(len(found.releases) - len(telephoned), 'is', 'are')} deferred"
    ]
    lines += [f"telephone order, not signed  {_visit_line(row)}" for row in telephoned]
    lines += [f"{row.score:>4}  {_visit_line(row)}" for row in found.visits]
    for one in found.amendments:
        amended = f"amended, not seen  {one.number}  {one.kind.value.replace('_', ' ')}, {one.signed_by}"
        told = [amended, *(f"    {finding_line(finding)}" for finding in one.findings)]
        # What should never have happened is read before all that waits.
        at = top if one.findings else len(lines)
        lines[at:at] = told
        top += len(told) if one.findings else 0
    lines += [f"recall to close  {_recall_line(one)}" for one in found.recalls]
    amendments = [
        {
            "visit": one.visit_id,
            "number": one.number,
            "amendment": one.position,
            "kind": one.kind.value,
            "patient": one.patient,
            "signed_by": one.signed_by,
            "signed_at": one.signed_at.isoformat(),
            "findings": [found_json(finding) for finding in one.findings],
        }
        for one in found.amendments
    ]
    return Answer(
        {
            "glasses": [glass_json(row) for row in found.glasses],
            "visits": rows,
            "releases": [_visit_json(row) for row in found.releases],
            "amendments": amendments,
            "recalls": [_recall_json(one) for one in found.recalls],
            "error": None,
        },
        lines,
    )


def _recall_line(one: OpenRecall) -> str:
    drill = "  DRILL" if one.is_drill else ""
    people = counted(one.people, "person", "people")
    said = f"{one.recall_id[:8]}  {one.kind} {one.named}"
    return f"{said}  {one.people - one.unreached} of {people} reached{drill}"


def _recall_json(one: OpenRecall) -> dict[str, Any]:
    return {
        "id": one.recall_id,
        "kind": one.kind,
        "named": one.named,
        "is_drill": one.is_drill,
        "people": one.people,
        "reached": one.people - one.unreached,
    }


def _visit_json(row: VisitRow) -> dict[str, Any]:
    return {
        "id": row.visit_id,
        "number": row.number,
        "patient": row.patient,
        "record_number": row.record_number,
        "service": row.service,
        "performer": row.performer,
        "visit_on": row.visit_on.isoformat(),
        "state": row.state.value,
        "reasons": reasons(row),
        "lights": {light.value: state.value for light, state in row.lights.items()},
        "signatures": row.standing.value,
    }


def reasons(row: VisitRow) -> list[str]:
    """Why the visit is where it is: what sent it to review, or which lights are not green."""
    if row.state in {VisitState.DRAFT, VisitState.DEFERRED}:
        return [f"{light.value}: {state.value}" for light, state in row.lights.items() if state != "passed"]
    if row.state in {VisitState.RETURNED, VisitState.VOIDED}:
        return [row.reason]
    return list(row.reasons)


def _visit_line(row: VisitRow) -> str:
    wrong = [] if row.standing is Standing.HOLDS else [row.standing.value.upper()]
    return f"{row.number}  {row.state.value:<18} {row.patient:<32} {'; '.join([*wrong, *reasons(row)])}"


def check(request: Request) -> Answer:
    """Check the whole store. A database that the right key cannot open is a verdict of its own."""
    from mnclinic.services.daily_check import check_and_enter
    from mnclinic.services.given_checkpoint import given_checkpoint

    options = request.options
    secret = options.passphrase_file
    given = None
    if options.checkpoint is not None:
        given = given_checkpoint(
            options.checkpoint, passphrase=read_secret(secret, "passphrase") if secret else None
        )
    continued = None
    try:
        with request.clinic() as (clinic, _):
            if options.continue_after_loss:
                continued = _continue(request, clinic, given)
            checked, is_entered = check_and_enter(
                clinic, given=given, at_size=options.at_size, watch=_tell_checking()
            )
    except DatabaseDamaged as error:
        damaged = StoreFinding("database", error.sentence, "unreadable")
        return Answer(
            {
                "verdict": "UNREADABLE",
                "findings": [_finding_json(damaged)],
                "counts": {},
                "root": None,
                "entered": False,
                "continued": None,
                "error": None,
            },
            ["UNREADABLE", f"  database: {error.sentence}"],
            VERDICT_STATUS["UNREADABLE"],
        )
    lines = [checked.verdict, *(_finding_line(one) for one in checked.findings)]
    if options.at_size is not None:
        lines.append(_root_line(options.at_size, checked))
    lines += [f"  {words}: {count}" for words, count in checked.counts.items()]
    if not is_entered:
        lines.append("This result is not entered in the log: nothing can be stored in the clinic at present.")
    return Answer(
        {
            "verdict": checked.verdict,
            "findings": [_finding_json(one) for one in checked.findings],
            "counts": dict(checked.counts),
            "root": checked.root,
            "entered": is_entered,
            "continued": continued,
            "error": None,
        },
        lines,
        VERDICT_STATUS[checked.verdict],
    )


def _tell_checking() -> Callable[[str, int, int], bool]:
    """Says on standard error how far a check is, where somebody watches."""
    if not sys.stderr.isatty():
        return lambda _step, _done, _of: True
    told = [0]

    def tell(_step: str, done: int, of: int) -> bool:
        percent = 100 * done // of
        if percent >= told[0] + TELL_EACH_PERCENT:
            told[0] = percent
            say(f"Checking: {percent} %. Ctrl+C stops it; nothing that is stored is changed.")
        return True

    return tell


def _continue(request: Request, clinic: OpenClinic, given: bytes | None) -> dict[str, Any]:
    from mnclinic.services.continue_after_loss import continue_after_loss
    from mnclinic.services.second_log_in import SecondPerson

    options = request.options
    second = None
    if options.second_user is not None:
        if options.second_password_file is None:
            raise InvalidInput(
                "The second person's password is missing. Nothing was done. "
                "Name it with --second-password-file."
            )
        second = SecondPerson(options.second_user, read_secret(options.second_password_file))
    done = continue_after_loss(clinic, options.reason, second, given=given)
    return {"lost": done.lost, "confirmed_by": done.confirmed_by}


def _finding_json(one: StoreFinding) -> dict[str, Any]:
    return {
        "where": one.where,
        "what": one.what,
        "explained": one.weight == "explained",
        "table": one.table,
        "seq": one.seq,
    }


def _root_line(size: int, checked: StoreChecked) -> str:
    if checked.root is not None:
        return f"Root of the log's first {size} entries: {checked.root}"
    return (
        f"The log has {checked.counts.get('log entries', 0)} entries, so it has no root at {size}. If a "
        "printed page of this clinic says so many, entries are missing: keep the page, and give its code "
        "with --checkpoint."
    )


def _finding_line(one: StoreFinding) -> str:
    said = f"{one.where}: {one.what}"
    return f"  (explained) {said}" if one.weight == "explained" else f"  {said}"


def schema(request: Request) -> Answer:
    """Print a JSON Schema. With or without --json the schema itself is the answer."""
    from mnclinic.services.read_documents import schema_of

    document = schema_of(request.options.name)
    return Answer(document, [json.dumps(document, ensure_ascii=False, indent=2)])
