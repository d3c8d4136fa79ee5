"""Hold the log against the checkpoints that lie outside the database, at every start and in every check.

A checkpoint outside that knows of less is no news: a crash can part a commit from its head file. One that
knows of more, or of something else, opens the clinic for reading alone until people have answered for it.
Only sizes and roots are compared, a few look-ups each; the log itself is not read.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.note import NotACheckpoint, parse_checkpoint
from mnclinic.errors import ILL_WRITTEN, WitnessNotRead
from mnclinic.models import Checkpoint, LogEntry
from mnclinic.services.history import (
    Found,
    Head,
    History,
    Known,
    Source,
    found_act,
    head_lost_act,
    history_in,
)
from mnclinic.services.installation_standing import NOT_THE_CLINICS, public_of_clinic
from mnclinic.services.session import OpenClinic
from mnclinic.store.head_file import read_head
from mnclinic.store.log_tree import log_size_of, root_in
from mnclinic.store.log_writer import Act
from mnclinic.store.trouble import told_plainly

RESTORED = "clinic.restored"
"""The log's act of a restoration. Its object's revision is the size of the log that was restored."""

NO_ROOT = "0" * 64
"""Stands for a root that cannot be told."""

WHAT_TO_DO = (
    "Nothing was changed, and the clinic is open for reading alone. If there is a newer copy of this folder "
    "or a newer backup, close the clinic and bring that back. If the entries are lost for good, an "
    "administrator or the director says so together with a second person, and the clinic goes on: "
    'mnclinic check --continue-after-loss --reason "…" --second-user NAME.'
)

_HEAD_LOST = {
    "missing": "The file clinic.head, which lies beside the database as its witness, is missing.",
    "damaged": "The file clinic.head, which lies beside the database as its witness, is damaged or another "
    "clinic's.",
}
_HEAD_LOST_REST = (
    "Nothing else that is known speaks against the log. That is in the log now, and the file is written anew "
    "with the next signature or at closing. If you have a printed page or a bundle, hold the log against it: "
    "mnclinic check --checkpoint."
)


NOT_COMPARED = (
    "What the log and the register of keys say of the installation and of the log's history is not what "
    "mnclinic writes, so the log could not be held against what is known of it outside. Nothing was changed, "
    "and the clinic is open for reading alone. Look at all of it with: mnclinic check. Then restore a backup "
    "from before that, and ask for help if there is none."
)

_KEPT_THERE = (
    "It is left there as it is, and nothing new is kept in the keyring. If it is a stranger's, remove the "
    "entry from the keyring; if not, hold a printed page against the log: mnclinic check --checkpoint."
)


class Fit(Enum):
    """How a checkpoint outside the database fits the log."""

    HOLDS = "the log begins with it"
    BEHIND = "it knows of more entries than the log has"
    OTHER = "it knows of other entries than the log's"
    FOREIGN = "it is of another clinic"
    UNSIGNED = "this installation's signature is not on it, or does not hold"
    DAMAGED = "it is no checkpoint"


@dataclass(frozen=True)
class Judged:
    """A checkpoint from outside, judged. `known` is None unless it is this installation's."""

    fit: Fit
    known: Known | None = None


def judge(
    note: bytes, source: Source, *, vault: str, public: bytes, size: int, root_of: Callable[[int], bytes]
) -> Judged:
    """How a note fits a log of `size` entries.

    Args:
        note: The checkpoint's bytes, from anywhere.
        source: Where it was found.
        vault: The clinic whose log it is.
        public: Its installation's public key.
        size: Of the log.
        root_of: The root of the log's first so many entries. Raises KeyError when it cannot be told.
    """
    try:
        read = parse_checkpoint(note)
    except NotACheckpoint:
        return Judged(Fit.DAMAGED)
    if read.vault != vault:
        return Judged(Fit.FOREIGN)
    if not read.is_signed_by(public):
        return Judged(Fit.UNSIGNED)
    known = Known(source, read.size, read.root.hex())
    if read.size > size:
        return Judged(Fit.BEHIND, known)
    try:
        holds = root_of(read.size) == read.root
    except KeyError:
        holds = False
    return Judged(Fit.HOLDS if holds else Fit.OTHER, known)


@dataclass(frozen=True)
class Held:
    """What a log-in enters besides, and whether what lies outside is evidence for longer than that."""

    to_enter: tuple[Act, ...]
    is_in_question: bool


def hold_against_anchors(clinic: OpenClinic) -> Held:
    """Compare the log with the newest checkpoints known, before a log-in is entered.

    Where the log is behind or another one, the clinic is read-only and what lies outside stays as it is.
    A head file that a crash left behind is brought up. One that is missing or damaged stays so until the
    log-in is entered: nothing is written outside meanwhile, and the caller ends that. The next checkpoint
    makes it anew. Where what is to be compared is ill written, the clinic is read-only too.
    """
    try:
        return _held_against_anchors(clinic)
    except ILL_WRITTEN:
        clinic.read_only = " ".join(filter(None, (NOT_COMPARED, clinic.read_only)))
        clinic.store.witness.is_suspended = True
        return Held((), is_in_question=True)


def _held_against_anchors(clinic: OpenClinic) -> Held:
    # The witnesses first: whoever commits meanwhile is then ahead of them, never behind.
    with told_plainly():
        head = read_head(clinic.folder)
    notes: list[tuple[Source, bytes | None]] = [("head_file", head)]
    notes.append(("keyring", _second_note(clinic)))
    vault, own = clinic.facts.vault, clinic.installation_key.public
    with clinic.store.reading() as session:
        of_clinic = public_of_clinic(session)
        public = of_clinic or own
        connection = session.connection()
        size = log_size_of(connection)

        def judge_here(note: bytes, source: Source = "head_file") -> Judged:
            return judge(
                note,
                source,
                vault=vault,
                public=public,
                size=size,
                root_of=lambda at: root_in(connection, at),
            )

        judged = {source: judge_here(note, source) for source, note in notes if note is not None}
        history = history_in(session)
        fresh = tuple(_fresh(session, judged, history, size))
        newest = session.scalar(select(Checkpoint.note).order_by(Checkpoint.size.desc()).limit(1)) or b""
        of_newest = judge_here(newest)
    acts = [found_act(vault, one) for one in fresh]
    open_questions = (*history.unresolved, *fresh)
    if open_questions:
        clinic.read_only = sentence_of(open_questions)
    if of_clinic != own:
        clinic.read_only = " ".join(filter(None, (NOT_THE_CLINICS, clinic.read_only)))
    _tell_of_keyring(clinic, judged.get("keyring"))
    of_head = judged.get("head_file")
    if of_head is None or of_head.known is None:
        how = "missing" if of_head is None else "damaged"
        acts.append(head_lost_act(vault, how))
        clinic.store.witness.is_head_lost = True
        clinic.anchor_warning = " ".join(
            filter(None, (f"{_HEAD_LOST[how]} {_HEAD_LOST_REST}", clinic.anchor_warning))
        )
    elif _is_news(of_newest, of_head) and not open_questions and of_clinic == own:
        clinic.store.keep_head(newest, over_newer=True, seen=head)
    clinic.store.witness.is_suspended = True
    return Held(tuple(acts), bool(open_questions) or of_clinic != own)


def _second_note(clinic: OpenClinic) -> bytes | None:
    """What the second witness holds. One that cannot be read is told, and not written to until closing."""
    witness = clinic.store.witness
    try:
        return witness.second.read() if witness.second is not None else None
    except WitnessNotRead as error:
        clinic.anchor_warning = error.sentence
        witness.second = None
        return None


def _tell_of_keyring(clinic: OpenClinic, judged: Judged | None) -> None:
    """What lies in the keyring and is not this installation's is told and stays there: it may be evidence."""
    if judged is None or judged.known is not None:
        return
    clinic.anchor_warning = (
        f"This PC's keyring holds no checkpoint of this log: {judged.fit.value}. {_KEPT_THERE}"
    )
    clinic.store.witness.second = None


def _is_news(newest: Judged, of_head: Judged) -> bool:
    """Whether the newest stored checkpoint belongs in the head file's place."""
    if newest.fit is not Fit.HOLDS or newest.known is None or of_head.known is None:
        return False
    return of_head.fit is not Fit.HOLDS or newest.known.size > of_head.known.size


def sentence_of(found: tuple[Found, ...]) -> str:
    """Why the clinic is read-only, each thing once, and what ends it."""
    said = dict.fromkeys(one.sentence for one in found)
    return " ".join((*said, WHAT_TO_DO))


def why_behind(session: Session) -> str | None:
    """Why the clinic is read-only by what its log says of itself; None if it is not."""
    unresolved = history_in(session).unresolved
    return sentence_of(unresolved) if unresolved else None


def _fresh(session: Session, judged: dict[Source, Judged], history: History, size: int) -> Iterator[Found]:
    """What does not fit and is neither answered for nor entered already."""
    entered: set[tuple[int, str]] = set()
    for one in judged.values():
        known = one.known
        if one.fit not in {Fit.BEHIND, Fit.OTHER} or known is None or (known.size, known.root) in entered:
            continue
        if not history.explains(known) and not history.has_found(known):
            entered.add((known.size, known.root))
            yield found_now(session, one, history, size)


def found_now(session: Session, judged: Judged, history: History, size: int) -> Found:
    """What a checkpoint that does not fit says about this log: how much of it can still be the same."""
    if judged.known is None:
        raise ValueError("only this installation's own checkpoints say something about its log")
    connection = session.connection()
    last_gap = max((gap.seq for gap in history.gaps), default=0)
    restored = _restored_size(session, last_gap)
    if restored is None or restored >= judged.known.size:
        restored = None
    try:
        root = root_in(connection, size).hex()
    except KeyError:
        # Stored hashes were taken away too: the check of the store says so.
        root = NO_ROOT
    shared = restored if restored is not None else size if judged.fit is Fit.BEHIND else 0
    return Found(0, judged.known, Head(size, root), shared, restored is not None)


def _restored_size(session: Session, after: int) -> int | None:
    """The size of the log that was restored last, where that was entered after the entry `after`."""
    entry = session.scalar(
        select(LogEntry.entry)
        .where(LogEntry.action == RESTORED, LogEntry.seq > after)
        .order_by(LogEntry.seq.desc())
        .limit(1)
    )
    return None if entry is None else int(json.loads(entry)["obj"]["rev"])
