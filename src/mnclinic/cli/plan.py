"""`plan add`, `plan import`, `plan arrived`, `plan start` and `plan cancel`."""

from collections.abc import Callable
from typing import Any

from mnclinic.cli.answer import Answer, counted
from mnclinic.cli.empty import EMPTY
from mnclinic.cli.request import Request
from mnclinic.domain.planned_life import PlanState
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.list_day import PlannedRow
from mnclinic.services.mark_planned import (
    cancel_planned,
    mark_arrived,
    mark_no_show,
    put_planned_back,
    start_planned,
    take_arrival_back,
)
from mnclinic.services.plan_visits import plan_visits, take_back_planned
from mnclinic.services.planned_rows import PlanChanged
from mnclinic.services.read_day_sheet import SheetLine, SheetPreview, preview_day_file, preview_pasted
from mnclinic.services.session import OpenClinic

SHORT = 8
"""So many characters of an id are shown, and name a planned visit."""


def planned_json(row: PlannedRow) -> dict[str, Any]:
    """A planned visit, as the schemas have it."""
    return {
        "id": row.plan_id,
        "day": row.planned_on.isoformat(),
        "time": row.at_time or None,
        "patient": row.patient,
        "record_number": row.record_number,
        "service": row.service or None,
        "performer": row.performer or None,
        "note": row.note,
        "state": row.state.value,
        "reason": row.reason,
        "walk_in": row.is_walk_in,
        "visit": row.visit_id,
        "needs": list(row.needs),
    }


def planned_line(row: PlannedRow) -> str:
    """A planned visit in a line."""
    rest = "; ".join(one for one in (row.service, row.performer, row.note, row.reason, *row.needs) if one)
    return f"{row.plan_id[:SHORT]}  {row.at_time or '     '}  {row.state.value:<11} {row.patient:<32} {rest}"


def add(request: Request) -> Answer:
    """Plan one visit from a typed line."""
    options = request.options
    with request.clinic() as (clinic, _):
        preview = preview_pasted(clinic, options.line, options.day)
        if len(preview.lines) != 1:
            raise InvalidInput(
                "Write one line: a time, a person, and what else is known, with commas between. Nothing was "
                "planned."
            )
        (line,) = preview.lines
        ref = line.chosen or line.likely
        if line.refused or ref is None:
            raise InvalidInput("The visit was not planned. Correct the line.", _problems(line))
        done = plan_visits(clinic, [line.as_planned(ref)])
    (plan,) = done.plans
    lines = [f"Planned as {plan.plan_id[:SHORT]} for {line.planned_on} {line.at_time}".rstrip()]
    lines += [f"  {one}" for one in line.warnings]
    return Answer(
        {"plan": plan.plan_id, "warnings": list(line.warnings), "error": None},
        lines,
    )


def _problems(line: SheetLine) -> list[Problem]:
    found = [Problem(f"line {line.line}", one) for one in line.refused]
    if not found:
        numbers = ", ".join(one.record_number for one in line.people)
        found.append(
            Problem(f"line {line.line}", f"{line.asks} Write the record number into the line: {numbers}.")
        )
    return found


def bring_in(request: Request) -> Answer:
    """Bring a day sheet in, say what would be done, or take one back."""
    options = request.options
    if (options.file is None) == (options.undo is None):
        raise InvalidInput("Name a file to bring in, or a sheet with --undo. Nothing was done.")
    if options.undo is not None:
        with request.clinic() as (clinic, _):
            taken = take_back_planned(clinic, options.undo)
        return Answer(
            {**EMPTY["plan import"], "taken_back": taken, "error": None},
            [f"Taken back: {counted(taken, 'planned visit')}."],
        )
    with request.clinic() as (clinic, _):
        preview = preview_day_file(clinic, options.file, options.day, date_order=options.date_order)
        if not preview.lines:
            raise InvalidInput("The list has no line. Nothing was planned.")
        batch = None
        if preview.ready and not options.dry_run:
            batch = plan_visits(clinic, preview.ready, as_batch=True).batch
    return _account(preview, batch, is_dry=options.dry_run)


def _account(preview: SheetPreview, batch: str | None, *, is_dry: bool) -> Answer:
    there = sum(line.is_there and not line.refused for line in preview.lines)
    asked = sum(bool(line.asks) and not line.refused for line in preview.lines)
    refused = sum(bool(line.refused) for line in preview.lines)
    problems = [
        {"line": line.line, "reason": one}
        for line in preview.lines
        for one in (*line.refused, *((line.asks,) if line.asks and not line.refused else ()), *line.warnings)
    ]
    ready = len(preview.ready)
    verb = "would be planned" if is_dry else "planned"
    lines = [
        f"{counted(len(preview.lines), 'line')}: {ready} {verb}, {there} on the list already, {asked} to be "
        f"asked about, {refused} refused"
    ]
    if preview.unknown_columns:
        lines.append(f"Columns not read: {', '.join(preview.unknown_columns)}")
    lines += [f"  line {one['line']}: {one['reason']}" for one in problems]
    if batch:
        lines.append(f"To take it all back: mnclinic plan import --undo {batch}")
    return Answer(
        {
            "lines": len(preview.lines),
            "planned": ready,
            "there_already": there,
            "asked": asked,
            "refused": refused,
            "problems": problems,
            "unknown_columns": list(preview.unknown_columns),
            "date_order": preview.date_order,
            "batch": batch,
            "dry_run": is_dry,
            "taken_back": 0,
            "error": None,
        },
        lines,
    )


def arrived(request: Request) -> Answer:
    """Mark that somebody has arrived, or take that back."""
    act = take_arrival_back if request.options.take_back else mark_arrived
    return _marked(request, lambda clinic: act(clinic, request.options.plan, None))


def cancel(request: Request) -> Answer:
    """Say that a planned visit will not take place, or that it will after all."""
    options = request.options
    if sum((bool(options.reason), options.no_show, options.put_back)) != 1:
        raise InvalidInput("Give a --reason, or one of --no-show and --put-back. Nothing was changed.")
    if options.no_show:
        return _marked(request, lambda clinic: mark_no_show(clinic, options.plan, None))
    if options.put_back:
        return _marked(request, lambda clinic: put_planned_back(clinic, options.plan, None))
    return _marked(request, lambda clinic: cancel_planned(clinic, options.plan, None, options.reason))


def _marked(request: Request, act: Callable[[OpenClinic], PlanChanged]) -> Answer:
    with request.clinic() as (clinic, _):
        done = act(clinic)
    return Answer(
        {"plan": done.plan_id, "state": done.state.value, "error": None},
        [f"{done.plan_id[:SHORT]}: {done.state.value.replace('_', ' ')}"],
    )


def start(request: Request) -> Answer:
    """Open the visit of somebody who is expected today."""
    options = request.options
    with request.clinic() as (clinic, _):
        visit = start_planned(
            clinic, options.plan, None, service=options.service, performer=options.performer
        )
    return Answer(
        {"visit": visit, "state": PlanState.STARTED.value, "error": None}, [f"Started as visit {visit}"]
    )
