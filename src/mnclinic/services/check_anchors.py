"""Hold the log against every checkpoint that is known, and against what it says of its own losses."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.tree import PassingTree
from mnclinic.domain.instants import read_instant
from mnclinic.models import Checkpoint, LogDetail, LogEntry, RegisteredKey
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.anchors import RESTORED, Fit, Judged, judge
from mnclinic.services.check_actors import LOG_IN
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_program_rules import is_by_todays_rules
from mnclinic.services.check_rows import StoreFinding, Weight
from mnclinic.services.check_second_persons import BY_FIRST_RULE, hands_before
from mnclinic.services.history import (
    KIND,
    OBJECT_ID,
    Found,
    Gap,
    History,
    Source,
    are_missing,
    confirmations,
    history_of,
    missing,
)
from mnclinic.services.key_register import NOBODY_ELSE
from mnclinic.services.second_person_rows import is_loss_confirmed
from mnclinic.store.head_file import HEAD_NAME

WHERE: Mapping[Source, str] = {
    "head_file": HEAD_NAME,
    "keyring": "keyring",
    "given": "checkpoint that was given",
}


NOT_READ = "it could not be read, so the log was not held against what lies there"


@dataclass(frozen=True)
class Outside:
    """A checkpoint that does not lie in the database. `note` is None where there is none."""

    source: Source
    note: bytes | None
    is_unread: bool = False
    """Whether something may lie there and could not be read now."""


@dataclass(frozen=True)
class Checked:
    """The log as the check has recomputed it."""

    vault: str
    public: bytes
    tree: PassingTree
    logged: Logged
    not_compared: list[int] | None = None
    """Takes the sizes beyond what could be read of the log; None where all of it was."""

    def is_beyond(self, judged: Judged) -> bool:
        """Whether a checkpoint is of entries that are there and cannot be read; then it is told of once."""
        if self.not_compared is None or judged.known is None or judged.known.size <= self.tree.size:
            return False
        self.not_compared.append(judged.known.size)
        return True

    def judge(self, note: bytes, source: Source) -> Judged:
        """How a checkpoint fits."""
        return judge(
            note,
            source,
            vault=self.vault,
            public=self.public,
            size=self.tree.size,
            root_of=self.tree.root_at,
        )


def stored_checkpoints(session: Session, log: Checked, counts: dict[str, int]) -> Iterator[StoreFinding]:
    """Every checkpoint in the database was cut for this log."""
    rows = session.scalars(select(Checkpoint).order_by(Checkpoint.size)).all()
    counts["checkpoints"] = len(rows)
    for row in rows:
        where = f"checkpoint of {row.size} entries"
        if f"\n{row.size}\n".encode() not in row.note:
            yield StoreFinding(where, "its note is of another size")
        judged = log.judge(row.note, "head_file")
        if judged.fit is not Fit.HOLDS and not log.is_beyond(judged):
            yield StoreFinding(where, _what(judged, log.tree.size))


def outside_checkpoints(
    session: Session, log: Checked, outside: tuple[Outside, ...], counts: dict[str, int]
) -> Iterator[StoreFinding]:
    """The checkpoints outside, and what the log says was found missing, lost and answered for."""
    history = _history(session, log.logged)
    counts["anchors outside the database"] = 0
    is_head_whole = True
    for one in outside:
        judged = log.judge(one.note, one.source) if one.note is not None else None
        if one.source == "head_file":
            is_head_whole = judged is not None and judged.known is not None
        if judged is not None and judged.fit is Fit.HOLDS:
            counts["anchors outside the database"] += 1
        if one.is_unread:
            yield StoreFinding(WHERE[one.source], NOT_READ, "explained")
        else:
            yield from _of_outside(one.source, judged, log, history)
    yield from _of_history(session, log, history)
    for lost in history.heads_lost if is_head_whole else ():
        what = f"it was {lost.how} at a log-in (log entry {lost.seq}) and was made anew"
        yield StoreFinding(HEAD_NAME, what, "explained")


def _of_outside(
    source: Source, judged: Judged | None, log: Checked, history: History
) -> Iterator[StoreFinding]:
    where = WHERE[source]
    if judged is None:
        if source == "head_file":
            yield StoreFinding(where, "the head file is missing", "explained")
    elif judged.fit is Fit.HOLDS:
        return
    elif judged.known is None:
        # Under the clinic's own name in a keyring only this clinic keeps something.
        what = _what(judged, log.tree.size)
        yield StoreFinding(where, what, "unreadable" if source == "given" else "altered")
    elif log.is_beyond(judged):
        return
    elif source == "given":
        yield _of_given(where, judged, log, history)
    elif not (history.explains(judged.known) or history.has_found(judged.known)):
        yield StoreFinding(where, _what(judged, log.tree.size))


def _of_history(session: Session, log: Checked, history: History) -> Iterator[StoreFinding]:
    for found in history.unresolved:
        is_explained = found.is_restored and _was_restored(session, log.logged, found, history)
        weight: Weight = "explained" if is_explained else "altered"
        yield StoreFinding(WHERE[found.known.source], _of_found(found), weight)
    for gap in history.gaps:
        yield _of_gap(session, log.logged, gap)
    for seq in history.unreadable:
        yield StoreFinding(f"log entry {seq}", "what it said about lost entries was taken away or changed")


def _what(judged: Judged, size: int) -> str:
    known = judged.known
    if judged.fit is Fit.BEHIND and known is not None:
        return f"{are_missing(size, known.size)} from the log"
    if judged.fit is Fit.OTHER and known is not None:
        return f"the log's first {known.size} entries are not those it was cut for"
    if judged.fit is Fit.DAMAGED:
        return "it is no checkpoint"
    return "it is not this installation's"


def _of_found(found: Found) -> str:
    if found.known.size <= found.there.size:
        return f"the log's first {found.known.size} entries are not those it was cut for"
    why = f": the clinic was restored from a backup of {found.shared} entries" if found.is_restored else ""
    return f"{are_missing(found.shared, found.known.size)} from the log{why}"


def _of_given(where: str, judged: Judged, log: Checked, history: History) -> StoreFinding:
    if judged.known is None:
        raise ValueError("a checkpoint of nobody's was sorted out before")
    size = judged.known.size
    if history.explains(judged.known):
        return StoreFinding(
            where, f"it knows of {size} entries, some of which were declared lost", "explained"
        )
    what = _what(judged, log.tree.size)
    if log.logged.acts({RESTORED}):
        what += (
            ". This clinic was restored from a backup: if the checkpoint is of what was lost then, two "
            "people say so with --continue-after-loss"
        )
    return StoreFinding(where, what)


def _of_gap(session: Session, logged: Logged, gap: Gap) -> StoreFinding:
    where = f"log entry {gap.seq}"
    lost = missing(gap.shared, gap.until)
    (entry,) = (one for one in logged.of(KIND, OBJECT_ID) if one["seq"] == gap.seq)
    if not _is_by(session, entry, gap.by) or not may(
        Role(entry["actor"]["role"]), RoleAct.CONTINUE_AFTER_LOSS
    ):
        return StoreFinding(where, "whoever said here that entries are lost had no right to say it")
    hands = hands_before(session)(gap.seq)
    if not is_loss_confirmed(session, hands, gap.by, gap.second):
        if not is_by_todays_rules(session, gap.seq) and is_loss_confirmed(
            session, hands.by_first_rule(), gap.by, gap.second
        ):
            return StoreFinding(where, f"{lost} were lost; {BY_FIRST_RULE}", "explained")
        return StoreFinding(
            where,
            "it says that nobody else could confirm the loss, and somebody could"
            if gap.second is None
            else "whoever confirmed that entries are lost could not be a second person",
        )
    if gap.second is None and entry["why"] == NOBODY_ELSE:
        return StoreFinding(
            where, f"{lost} were lost; one person signed for it, and there was nobody else", "explained"
        )
    if gap.second is not None and gap.second != gap.by:
        for other in confirmations(logged.of(KIND, OBJECT_ID)):
            if other["seq"] == gap.seq + 1 and _is_by(session, other, gap.second):
                return StoreFinding(where, f"{lost} were lost; two people signed for it", "explained")
    return StoreFinding(where, "the clinic went on after a loss without a second person's word")


def _is_by(session: Session, entry: Mapping[str, Any], staff_id: str) -> bool:
    """Whether an entry is in this person's name and signed with their own key."""
    key = session.get(RegisteredKey, entry["actor"]["key"])
    return entry["actor"]["uid"] == staff_id and key is not None and key.staff_id == staff_id


def _was_restored(session: Session, logged: Logged, found: Found, history: History) -> bool:
    """Whether the restoration that is said to explain what was found is entered as the program enters one.

    By somebody who may, who logged in behind the entries of the backup, about a backup that it describes. The
    restored log cannot know that backup: it is entered when it is made, behind what is in it. So whoever has
    the right and their own key can write all of this, and the clinic stays open for reading alone until two
    people have said what was lost.
    """
    after = max((gap.seq for gap in history.gaps if gap.seq < found.seq), default=0)
    return any(
        after < entry["seq"] < found.seq
        and entry["obj"]["rev"] == found.shared
        and _may_restore(session, entry)
        and _describes_its_backup(session, entry)
        and _is_behind_a_log_in(session, entry)
        for entry in logged.acts({RESTORED})
    )


def _may_restore(session: Session, entry: Mapping[str, Any]) -> bool:
    actor = entry["actor"]
    if actor["uid"] is None or not _is_by(session, entry, actor["uid"]):
        return False
    try:
        return may(Role(actor["role"]), RoleAct.MAKE_BACKUP)
    except ValueError:
        return False


def _describes_its_backup(session: Session, entry: Mapping[str, Any]) -> bool:
    """Whether it says of the backup when it was made, its manifest and how long its log is."""
    thing = entry["obj"]
    detail = session.scalar(select(LogDetail.detail).where(LogDetail.seq == entry["seq"]))
    said = json.loads(detail or b"{}")
    return (
        (said.get("backup"), said.get("log_size")) == (thing["id"], thing["rev"])
        and read_instant(said.get("made_at")) is not None
        and re.fullmatch("[0-9a-f]{64}", str(said.get("manifest_sha256"))) is not None
    )


def _is_behind_a_log_in(session: Session, entry: Mapping[str, Any]) -> bool:
    """Whether nothing but what a log-in enters stands between the entries of the backup and this one."""
    actor = entry["actor"]["uid"]
    between = session.execute(
        select(LogEntry.action, LogEntry.actor).where(
            LogEntry.seq > entry["obj"]["rev"], LogEntry.seq < entry["seq"]
        )
    ).all()
    return any(row.action == LOG_IN and row.actor == actor for row in between) and all(
        row.actor in {None, actor} for row in between
    )


def _history(session: Session, logged: Logged) -> History:
    entries = logged.of(KIND, OBJECT_ID)
    numbers = [entry["seq"] for entry in entries]
    rows = session.execute(select(LogDetail.seq, LogDetail.detail).where(LogDetail.seq.in_(numbers)))
    details = {row.seq: row.detail for row in rows}
    return history_of((entry, details.get(entry["seq"])) for entry in entries)
