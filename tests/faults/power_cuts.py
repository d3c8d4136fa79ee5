"""Power cuts, simulated: the disks that a cut could have left, each opened and compared.

A child works under the shim, which records every change of a file or a name. From the record a disk is put
together as after a cut at some moment: what was synced is there; of what was written after a file's last
sync any part may be there, in any order, torn at 512 bytes; a name is certain only once its folder was
synced. The acknowledgements stand in the same record, so it is known what must not be lost.
"""

import json
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from mnclinic.store import engine
from tests.faults.acts import ACTS, Act, Fact
from tests.faults.figures import Figures
from tests.faults.judgement import Expected, look
from tests.faults.processes import answer_of, put_in
from tests.faults.shim import Event, Kind, Shim, read_trace
from tests.faults.team import copy_of, team

SECTOR_BYTES = 512
ACTS_A_TRACE = 10
IMAGES_A_TRACE = 25

# --- what a disk holds ------------------------------------------------------------------------


@dataclass
class Content:
    """A file's bytes as last synced, and the changes since: (offset, bytes) or (length, None) to cut."""

    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        """Everything written so far is safe."""
        self.durable = bytes(_applied(self.durable, self.pending))
        self.pending = []


def _applied(start: bytes, changes: Sequence[tuple[int, bytes | None]]) -> bytearray:
    data = bytearray(start)
    for at, written in changes:
        if written is None:
            del data[at:]
            data.extend(bytes(at - len(data)))
        else:
            if len(data) < at + len(written):
                data.extend(bytes(at + len(written) - len(data)))
            data[at : at + len(written)] = written
    return data


@dataclass
class Disk:
    """Files by number, the names that are certain, and the changes of names that are not yet."""

    content: dict[int, Content] = field(default_factory=dict)
    names: dict[str, int | None] = field(default_factory=dict)
    """Durable names; None stands for a folder."""
    pending: list[tuple[str, str, str | int | None]] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path, called: Path) -> "Disk":
        """The disk before the record begins, from a copy of the folder: everything on it is safe."""
        disk = cls()
        disk.names[str(called)] = None
        for number, path in enumerate(sorted(folder.rglob("*")), start=1):
            name = str(called / path.relative_to(folder))
            if path.is_dir():
                disk.names[name] = None
            else:
                # The record counts its files from 1 upwards; these have numbers of their own.
                disk.names[name] = -number
                disk.content[-number] = Content(path.read_bytes())
        return disk

    def now(self) -> dict[str, int | None]:
        """The names as running programs see them."""
        return _renamed(self.names, self.pending)

    def take(self, event: Event) -> None:
        """Let one recorded event happen."""
        path = event.one.decode("utf-8", "surrogateescape")
        match event.kind:
            case Kind.CREATE:
                self.content[event.file] = Content()
                self.pending.append(("set", path, event.file))
            case Kind.OPEN if not event.argument:
                self._same_file(path, event.file)
            case Kind.WRITE:
                self.content[event.file].pending.append((event.argument, event.one))
            case Kind.TRUNCATE:
                self.content[event.file].pending.append((event.argument, None))
            case Kind.ALLOCATE:
                content = self.content[event.file]
                if len(_applied(content.durable, content.pending)) < event.argument:
                    content.pending.append((event.argument, None))
            case Kind.SYNC:
                self.content[event.file].sync()
            case Kind.RENAME:
                self.pending.append(("move", path, event.two.decode("utf-8", "surrogateescape")))
            case Kind.LINK:
                linked = self.now().get(path)
                self.pending.append(("set", event.two.decode("utf-8", "surrogateescape"), linked))
            case Kind.MKDIR:
                self.pending.append(("set", path, None))
            case Kind.UNLINK | Kind.RMDIR:
                self.pending.append(("drop", path, None))
            case _:
                pass

    def sync_folder(self, folder: str) -> None:
        """The names in one folder are certain now; a folder's own name is its parent's business."""
        mine = [change for change in self.pending if _touches(change, folder)]
        self.names = _renamed(self.names, mine)
        self.pending = [change for change in self.pending if not _touches(change, folder)]

    def _same_file(self, path: str, file: int) -> None:
        """A file opened without being made: the number in the record is the one that has this name."""
        if file in self.content:
            return
        known = self.now().get(path)
        if known is not None:
            self.content[file] = self.content[known]
            self.names = {name: file if one == known else one for name, one in self.names.items()}
            self.pending = [
                (deed, name, file if deed == "set" and what == known else what)
                for deed, name, what in self.pending
            ]
        else:
            self.content[file] = Content()

    def after_a_cut(self, chance: random.Random, mood: str) -> tuple[dict[str, int | None], dict[int, bytes]]:
        """Names and bytes that may be there after the power went: what is unsafe is decided by chance."""
        changes = [change for change in self.pending if mood == "all" or chance.random() < _KEPT[mood]]
        names = _renamed(self.names, changes)
        return names, {file: _torn(content, chance, mood) for file, content in self.content.items()}


_KEPT = {"none": 0.0, "some": 0.5, "most": 0.9, "all": 1.0}


def _touches(change: tuple[str, str, str | int | None], folder: str) -> bool:
    deed, path, what = change
    return path.rpartition("/")[0] == folder or (deed == "move" and str(what).rpartition("/")[0] == folder)


def _renamed(
    names: dict[str, int | None], changes: Sequence[tuple[str, str, str | int | None]]
) -> dict[str, int | None]:
    names = dict(names)
    for deed, path, what in changes:
        if deed == "set":
            names[path] = what if isinstance(what, int) else None
        elif deed == "drop":
            names.pop(path, None)
        elif path in names:
            names[str(what)] = names.pop(path)
            for inner in [name for name in names if name.startswith(path + "/")]:
                names[str(what) + inner[len(path) :]] = names.pop(inner)
    return names


def _torn(content: Content, chance: random.Random, mood: str) -> bytes:
    """A file after the cut: of each unsynced write some sectors, in an order of the disk's own."""
    if not content.pending or mood == "none":
        return content.durable
    kept: list[tuple[int, bytes | None]] = []
    for at, written in content.pending:
        if written is None:
            if chance.random() < _KEPT[mood]:
                kept.append((at, None))
        elif mood == "all":
            kept.append((at, written))
        else:
            kept += [piece for piece in _sectors(at, written) if chance.random() < _KEPT[mood]]
    if mood == "some":
        chance.shuffle(kept)
    return bytes(_applied(content.durable, kept))


def _sectors(at: int, written: bytes) -> list[tuple[int, bytes | None]]:
    pieces: list[tuple[int, bytes | None]] = []
    start = 0
    while start < len(written):
        stop = start + SECTOR_BYTES - (at + start) % SECTOR_BYTES
        pieces.append((at + start, written[start:stop]))
        start = stop
    return pieces


def write_image(names: dict[str, int | None], content: dict[int, bytes], old: Path, new: Path) -> None:
    """Lay the disk out below `new`, with the names below `old`. Names without a folder are lost."""
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name in sorted(names, key=lambda one: (one.count("/"), one)):
        if not name.startswith(f"{old}/"):
            continue
        path, file = new / name[len(str(old)) + 1 :], names[name]
        if not path.parent.is_dir():
            continue
        if file is None:
            path.mkdir(exist_ok=True)
        elif not path.is_dir():
            path.write_bytes(content.get(file, b""))


# --- the record -------------------------------------------------------------------------------


def replay(disk: Disk, events: Sequence[Event]) -> list[str]:
    """Let the recorded events happen to the disk; returns the marks among them."""
    marks = []
    folders: dict[int, str] = {}
    for event in events:
        if event.kind is Kind.MARK:
            marks.append(event.one.decode())
        elif event.kind is Kind.OPEN and event.argument:
            folders[event.file] = event.one.decode("utf-8", "surrogateescape").rstrip("/")
        elif event.kind is Kind.SYNC_FOLDER:
            disk.sync_folder(folders[event.file])
        else:
            disk.take(event)
    return marks


def lay_out(start: Path, live: Path, events: Sequence[Event], chance: random.Random, to: Path) -> list[str]:
    """Cut the power at a random moment, lay one possible disk out below `to`, return the marks before it.

    Args:
        start: A copy of the folder as it was when the record began.
        live: The folder that the record speaks of.
        events: The record.
        chance: Decides the moment and what of the unsafe is there.
        to: Where the image goes.
    """
    # The end is where names are changed and acknowledged, so a third of the cuts fall there.
    first = len(events) * 9 // 10 if chance.random() < 1 / 3 else 0
    until = chance.randint(first, len(events))
    disk = Disk.of(start, live)
    marks = replay(disk, events[:until])
    names, content = disk.after_a_cut(chance, chance.choice(tuple(_KEPT)))
    write_image(names, content, live, to)
    return marks


# --- a clinic at work -------------------------------------------------------------------------

Plant = Callable[[], object]


def cut_run(
    template: Path,
    scratch: Path,
    *,
    first: int,
    count: int,
    acts: Sequence[Act] = ACTS,
    plant: Plant | None = None,
) -> Figures:
    """Look at `count` disks, the first being number `first`; 25 come from one recorded stretch of work."""
    figures = Figures()
    events: list[Event] = []
    live, start, trace = scratch / "live" / "clinic", scratch / "start", scratch / "trace"
    for number in range(first, first + count):
        chance = random.Random(f"image {number}")
        if number == first or number % IMAGES_A_TRACE == 0:
            copy_of(template, live)
            shutil.rmtree(start, ignore_errors=True)
            shutil.copytree(live.parent, start)
            answer_of(partial(_work, live, trace, number // IMAGES_A_TRACE, acts, plant))
            events = list(read_trace(trace))
            figures.counts["recorded changes"] += len(events)
        marks = lay_out(start, live.parent, events, chance, scratch / "image")
        expected = expected_of(marks, live.parent, scratch / "image")
        found = answer_of(partial(_look, scratch / "image" / "clinic", expected))
        figures.counts["images"] += 1
        figures.counts["acknowledged acts"] += len(expected.acknowledged)
        for one in found["findings"]:
            kind, _, sentence = one.partition(": ")
            figures.find(kind, f"image {number}: {sentence}")
    return figures


def expected_of(marks: Sequence[str], live: Path, at: Path) -> Expected:
    """What has to be found in an image laid out `at`, from the marks before the cut."""
    expected = Expected()
    for mark in marks:
        said: dict[str, Any] = json.loads(mark)
        expected.under_way = said["begun"]
        if said["done"]:
            kind, name, state = said["done"]
            name = name.replace(str(live), str(at), 1) if kind == "file" else name
            expected.acknowledged.append(Fact(kind, name, state))
    return expected


def _work(folder: Path, trace: Path, seed: int, acts: Sequence[Act], plant: Plant | None) -> None:
    if plant is not None:
        plant()
    shim, people, chance = Shim(), team(folder), random.Random(f"work {seed}")
    shim.watch(folder.parent)
    shim.trace_to(trace)
    shim.switch(on=True)
    for user in ("reyes", "okafor"):
        people.signer(user)
    people.as_user("owner")
    weights = [act.weight for act in acts]
    for _ in range(ACTS_A_TRACE):
        act = chance.choices(acts, weights)[0]
        shim.mark(json.dumps({"begun": act.changes, "done": None}))
        fact = act.do(people, chance)
        shim.mark(json.dumps({"begun": None, "done": fact.as_json() if fact else None}))
    people.close()
    shim.switch(on=False)


def _look(folder: Path, expected: Expected) -> dict[str, Any]:
    return look(folder, expected, team(folder, minutes=90).clock).figures.as_json()


# --- planted faults, which the measurement has to see ------------------------------------------


def commits_without_sync() -> None:
    """Plant: commits are acknowledged before they are on the disk."""
    settings = ("synchronous=off" if one.startswith("synchronous") else one for one in engine.SETTINGS)
    put_in(engine, SETTINGS=tuple(settings))
