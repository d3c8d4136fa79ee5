"""Read the log: page by page under a filter, who looked at a chart, and as a table for elsewhere.

Reading it is an act itself: one entry for each opening, made before anything is shown. The pages that
follow hang on that opening.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.log_topic import Topic
from mnclinic.errors import InvalidInput, Problem
from mnclinic.interchange.csv_out import Value, csv_bytes
from mnclinic.models import Staff
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.log_filter import LogFilter, Resolved, newer_than, newest_first, resolve
from mnclinic.services.log_rows import LogRow, rows_of
from mnclinic.services.log_sentences import TOPIC_WORDS
from mnclinic.services.out_place import refuse_place, told_what_is_entered
from mnclinic.services.session import OpenClinic
from mnclinic.services.sitting import PAUSE
from mnclinic.services.standing import Standing, worst_of
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.durability import settle_name
from mnclinic.store.log_writer import Act
from mnclinic.store.trouble import told_plainly

PAGE = 100
LARGEST_PAGE = 1000
LARGEST_TABLE = 100_000
EXPORT_READ = "reading the entries"
EXPORT_ENTERED = "entering it in the log"
"""The step from which the writing of a table can be stopped no more."""
MOST_SITTINGS = 200

_CHUNK = 500
_LOOKS = (Topic.VIEW, Topic.PRINT, Topic.EXPORT)


@dataclass(frozen=True)
class LogPage:
    """One page of the log, newest first. Hand it to `older_entries` or `newer_entries` for the next one."""

    rows: tuple[LogRow, ...]
    has_older: bool
    has_newer: bool
    asked: Resolved
    page_size: int

    @property
    def title(self) -> str:
        """What is shown: the log, or the history of something."""
        return self.asked.title


@dataclass(frozen=True)
class Sitting:
    """What one person did with one chart in one sitting. Times carry the offset of the place."""

    who: str
    role: str
    first_at: datetime | None
    last_at: datetime | None
    looks: int
    sentences: tuple[str, ...]
    """What was done, each thing once, in order."""
    first_seq: int
    last_seq: int
    standing: Standing
    """The worst of its entries'."""


@dataclass(frozen=True)
class WhoLooked:
    """Everybody who looked at a chart, the newest sitting first. `has_older`: there were more than fit."""

    title: str
    record_number: str
    sittings: tuple[Sitting, ...]
    has_older: bool


@dataclass(frozen=True)
class LogWritten:
    """A table of entries that was written. `is_cut`: there were more under the filter than was asked for."""

    file: Path
    rows: int
    broken: int
    is_cut: bool


@dataclass(frozen=True)
class LogPerson:
    """Somebody whose acts can be asked for."""

    staff_id: str
    name: str


def open_log(clinic: OpenClinic, wanted: LogFilter, *, page_size: int = PAGE) -> LogPage:
    """Enter that the log is read, with what was asked, then give the newest page.

    Raises InvalidInput for a filter that names nobody or nothing, or a page outside 1 to 1,000 entries.
    """
    clinic.require(RoleAct.VIEW_LOG)
    _refuse_size(page_size, LARGEST_PAGE)
    with clinic.work() as work:
        asked = resolve(work.session, wanted, clinic.clock.now())
        work.log.record(_reading(asked, "log.viewed", "R"))
        work.commit()
    with clinic.store.reading() as session:
        return _page(clinic, session, asked, page_size, before=None)


def older_entries(clinic: OpenClinic, page: LogPage) -> LogPage:
    """The page before this one in time."""
    clinic.require(RoleAct.VIEW_LOG)
    if not page.rows:
        return page
    with clinic.store.reading() as session:
        return _page(clinic, session, page.asked, page.page_size, before=page.rows[-1].seq)


def newer_entries(clinic: OpenClinic, page: LogPage) -> LogPage:
    """The page after this one in time."""
    clinic.require(RoleAct.VIEW_LOG)
    if not page.rows:
        return page
    with clinic.store.reading() as session:
        numbers = newer_than(session, page.asked, page.page_size + 1, after=page.rows[0].seq)
        if not numbers:
            return replace(page, has_newer=False)
        has_newer = len(numbers) > page.page_size
        rows = rows_of(session, numbers[-page.page_size :], clinic.facts.vault)
        return replace(page, rows=rows, has_older=True, has_newer=has_newer)


def newest_entries(clinic: OpenClinic, page: LogPage) -> LogPage:
    """The newest page of the same opening, with what was entered since."""
    clinic.require(RoleAct.VIEW_LOG)
    with clinic.store.reading() as session:
        return _page(clinic, session, page.asked, page.page_size, before=None)


def who_looked(clinic: OpenClinic, patient: str) -> WhoLooked:
    """Who looked at, printed or exported a patient's chart, by person and sitting. That is entered too.

    `patient` is a reference or a record number. A bundle is of a period and stands in the log as a whole,
    not under the patients in it.

    Raises InvalidInput when there is no such patient.
    """
    clinic.require(RoleAct.VIEW_LOG)
    with clinic.work() as work:
        asked = resolve(work.session, LogFilter(patient=patient), clinic.clock.now())
        work.log.record(_reading(asked, "log.viewed", "R", question="who_looked"))
        work.commit()
    groups: list[list[LogRow]] = []
    has_older = False
    with clinic.store.reading() as session:
        latest: dict[tuple[str | None, str], list[LogRow]] = {}
        for row in _all_rows(clinic, session, asked):
            if row.topic not in _LOOKS:
                continue
            group = latest.get((row.actor, row.run))
            if group is None or not _is_one_sitting(row, group[-1]):
                if len(groups) == MOST_SITTINGS:
                    has_older = True
                    break
                group = latest[row.actor, row.run] = []
                groups.append(group)
            group.append(row)
    return WhoLooked(
        title=asked.title.replace("History of", "Who looked at the chart of", 1),
        record_number=asked.record_number or "",
        sittings=tuple(_sitting(group) for group in groups),
        has_older=has_older,
    )


def export_log(
    clinic: OpenClinic,
    wanted: LogFilter,
    out: Path,
    *,
    limit: int = LARGEST_TABLE,
    watch: Watch = unwatched,
) -> LogWritten:
    """Write the newest `limit` entries under a filter as CSV, and enter that, before the file gets its name.

    Others go on reading and writing meanwhile. `watch` is told how far it is, and may stop it up to the step
    `EXPORT_ENTERED`.

    Raises:
        Stopped: the watch wanted no more. Nothing was written or entered.
        InvalidInput: a filter that names nobody or nothing, a limit outside 1 to 100,000, or a place where
            no file can be. Nothing was entered.
        StoreUnavailable and kin: the file could not be written. Nothing stands at `out` that was not there.
    """
    clinic.require(RoleAct.VIEW_LOG)
    _refuse_size(limit, LARGEST_TABLE)
    refuse_place(out, overwrites=True, where="csv")
    temporary = out.with_name(out.name + ".part")
    with clinic.store.reading() as session:
        asked = resolve(session, wanted, clinic.clock.now())
        rows: list[LogRow] = []
        is_cut = False
        newest = 0
        for row in _all_rows(clinic, session, asked):
            if len(rows) == limit:
                is_cut = True
                break
            if not rows:
                newest = row.seq
            rows.append(row)
            # By the place in the log: how many entries a filter finds is known only at its end.
            go_on(watch, EXPORT_READ, *max((len(rows), limit), (newest - row.seq, newest), key=_share))
    with told_plainly():
        try:
            with temporary.open("wb") as file:
                file.write(table_of(rows))
                file.flush()
                os.fsync(file.fileno())
            go_on(watch, EXPORT_ENTERED)
            with clinic.work() as work:
                work.log.record(_reading(asked, "log.exported", "E", rows=len(rows)))
                work.commit(checkpoint=True)
            with (
                told_what_is_entered(
                    "The log says already that it was written out.", "Write it again to another place."
                ),
                told_plainly(),
            ):
                temporary.replace(out)
            settle_name(out)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    broken = sum(row.standing is not Standing.HOLDS for row in rows)
    return LogWritten(out, len(rows), broken, is_cut)


def _share(part: tuple[int, int]) -> float:
    done, of = part
    return done / of


def people_of_log(clinic: OpenClinic) -> tuple[LogPerson, ...]:
    """Everybody whose acts can be asked for, by name; those who left too."""
    clinic.require(RoleAct.VIEW_LOG)
    with clinic.store.reading() as session:
        rows = session.execute(select(Staff.id, Staff.name, Staff.credential).order_by(Staff.name))
        return tuple(
            LogPerson(row.id, f"{row.name}, {row.credential}" if row.credential else row.name) for row in rows
        )


def table_of(rows: list[LogRow]) -> bytes:
    """Entries as CSV that a spreadsheet shows and never runs."""
    return csv_bytes(
        ("entry", "at", "who", "role", "kind", "what", "signature", "wrong", "leaf"),
        (_cells(row) for row in rows),
    )


def _cells(row: LogRow) -> tuple[Value, ...]:
    return (
        row.seq,
        row.at.isoformat(timespec="milliseconds") if row.at else "",
        row.who,
        row.role,
        TOPIC_WORDS[row.topic] if row.topic else "",
        row.sentence,
        row.standing.value,
        " ".join(row.findings),
        row.leaf,
    )


def _refuse_size(size: int, largest: int) -> None:
    if not 1 <= size <= largest:
        said = f"Ask for 1 to {largest:,} entries."
        raise InvalidInput(f"The log was not read. Nothing was changed. {said}", [Problem("limit", said)])


def _reading(asked: Resolved, action: str, kind: str, **also: object) -> Act:
    """The entry about a reading. What may name a patient stands in the part that can be erased."""
    wanted = asked.wanted
    codes = {
        "from": wanted.first.isoformat() if wanted.first else None,
        "to": wanted.last.isoformat() if wanted.last else None,
        "person": asked.staff_id,
        "kind": wanted.kind.value if wanted.kind else None,
    }
    record = wanted.record
    permanent = [f"{name}:{code}" for name, code in codes.items() if code is not None]
    if record is not None:
        permanent.append(f"object:{record.kind}")
    thing = f"{record.kind}:{asked.record_id}" if record is not None else None
    detail = {name: code for name, code in (codes | {"object": thing} | also).items() if code is not None}
    return Act(
        action,
        kind,
        subject=asked.patient_ref,
        categories=("log", *permanent),
        detail=detail or {"all": True},
    )


def _page(
    clinic: OpenClinic, session: Session, asked: Resolved, page_size: int, *, before: int | None
) -> LogPage:
    numbers = newest_first(session, asked, page_size + 1, before=before)
    rows = rows_of(session, numbers[:page_size], clinic.facts.vault)
    return LogPage(rows, len(numbers) > page_size, before is not None, asked, page_size)


def _all_rows(clinic: OpenClinic, session: Session, asked: Resolved) -> Iterator[LogRow]:
    before: int | None = None
    while True:
        numbers = newest_first(session, asked, _CHUNK, before=before)
        yield from rows_of(session, numbers, clinic.facts.vault)
        if len(numbers) < _CHUNK:
            return
        before = numbers[-1]


def _is_one_sitting(row: LogRow, later: LogRow) -> bool:
    if row.at is None or later.at is None:
        return False
    return abs(later.at - row.at) <= PAUSE


def _sitting(newest_first: list[LogRow]) -> Sitting:
    rows = newest_first[::-1]
    return Sitting(
        who=rows[-1].who,
        role=rows[-1].role,
        first_at=rows[0].at,
        last_at=rows[-1].at,
        looks=len(rows),
        sentences=tuple(dict.fromkeys(row.sentence for row in rows)),
        first_seq=rows[0].seq,
        last_seq=rows[-1].seq,
        standing=worst_of([row.standing for row in rows]),
    )
