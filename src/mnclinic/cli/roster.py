"""`import patients`."""

from mnclinic.cli.answer import Answer
from mnclinic.cli.empty import EMPTY
from mnclinic.cli.request import Request
from mnclinic.errors import InvalidInput
from mnclinic.services.import_patients import import_patients as bring_in
from mnclinic.services.import_patients import undo_import


def import_patients(request: Request) -> Answer:
    """Import a roster file, or undo an import."""
    options = request.options
    if (options.file is None) == (options.undo is None):
        raise InvalidInput("Name a file to import, or an import with --undo. Nothing was done.")
    if options.undo is not None:
        with request.clinic() as (clinic, _):
            removed = undo_import(clinic, options.undo)
        return Answer(
            {**EMPTY["import patients"], "removed": removed, "error": None},
            [f"The import was undone: {removed} people left the roster."],
        )
    with request.clinic() as (clinic, _):
        done = bring_in(clinic, options.file, date_order=options.date_order, dry_run=options.dry_run)
    problems = [{"line": one.line, "reason": one.reason} for one in done.problems]
    verb = "would be added" if options.dry_run else "added"
    lines = [
        f"{done.rows} rows: {done.added} {verb}, {done.duplicates} possible duplicates, "
        f"{done.refused} refused",
        f"Read as {done.encoding}" + (f", dates as {done.date_order}" if done.date_order else ""),
    ]
    if done.unknown_columns:
        lines.append(f"Columns not read: {', '.join(done.unknown_columns)}")
    lines += [f"  line {one.line}: {one.reason}" for one in done.problems]
    if done.import_id:
        lines.append(f"To take it all back: mnclinic import patients --undo {done.import_id}")
    return Answer(
        {
            "rows": done.rows,
            "added": done.added,
            "duplicates": done.duplicates,
            "refused": done.refused,
            "problems": problems,
            "notes": [{"line": one.line, "reason": one.reason} for one in done.notes],
            "unknown_columns": list(done.unknown_columns),
            "date_order": done.date_order,
            "encoding": done.encoding,
            "import": done.import_id,
            "dry_run": options.dry_run,
            "removed": 0,
            "error": None,
        },
        lines,
    )
