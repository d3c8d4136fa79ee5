"""Hold rows that never change against the one entry that speaks of each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models.base import Table
from mnclinic.services.check_columns import is_moment_of
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import ILL_WRITTEN, NOT_OURS, StoreFinding

AT_ONCE = 500


@dataclass(frozen=True)
class KeptRows:
    """A table of such rows, and how it is told of.

    `kind` is what the log calls one. A finding calls one `where`, by its id, and the table `all_of_them`.
    `by` and `at` name the columns of who wrote it down and when, and `wrote` says that these are not what was
    entered. `action`, given a row, is the act that enters it, where that depends on the row.
    """

    table: type[Table]
    kind: str
    where: Callable[[str], str]
    all_of_them: str
    content: Callable[[Any], bytes]
    by: str = "recorded_by"
    at: str = "recorded_at"
    wrote: str = "who entered it, or when, is not what the log says"
    id: str = "id"
    action: Callable[[Any], str | None] | None = None


def _nothing(_row: Any, _seq: int) -> Iterable[str]:  # noqa: ANN401 - a row of whichever table
    return ()


def rows(
    session: Session,
    logged: Logged,
    kept: KeptRows,
    besides: Callable[[Any, int], Iterable[str]] = _nothing,
) -> Iterator[StoreFinding]:
    """Each row is what its entry says, whoever made that wrote it, then, and none is missing.

    `besides` says what else is wrong with a row, of which the entry's number is given, 0 where there is none.
    A row that nobody could have written so does not hide the next ones.
    """
    there: set[str] = set()
    for row in session.scalars(select(kept.table).execution_options(yield_per=AT_ONCE)):
        row_id = getattr(row, kept.id)
        there.add(row_id)
        where = kept.where(row_id)
        try:
            newest = logged.newest_named(kept.kind, row_id)
            seq = 0 if newest is None else newest.seq
            if wrong := _wrong(logged, row, newest, kept):
                yield StoreFinding(where, wrong, seq=seq or None)
            yield from (StoreFinding(where, what) for what in besides(row, seq))
        except ILL_WRITTEN:
            yield StoreFinding(where, NOT_OURS)
    for gone in sorted(logged.ids(kept.kind) - there):
        yield StoreFinding(kept.all_of_them, f"{gone[:8]} was entered in the log and is not there any more")


def _wrong(logged: Logged, row: Table, newest: Named | None, kept: KeptRows) -> str:
    if newest is None:
        return "it was never entered in the log"
    if not newest.names(kept.content(row)) or (kept.action is not None and newest.action != kept.action(row)):
        return "it is not what the log entered"
    entry, by_and_at = logged.entry(newest.seq), attrgetter(kept.by, kept.at)
    by, at = by_and_at(row)
    if entry["actor"]["uid"] != by or not is_moment_of(entry, at):
        return kept.wrote
    return ""
