"""One bit is flipped in a file of the clinic: the program says so, and names the place.

Each flip is judged by what a person would do: open the clinic and let it be checked.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mnclinic.errors import ClinicError
from mnclinic.services.check_store import check_store
from mnclinic.services.open_clinic import open_clinic
from tests.faults import acts
from tests.faults.figures import Figures
from tests.faults.processes import answer_of
from tests.faults.team import copy_of, team
from tests.services.clinic_builder import PASSWORDS

MISSED = "flips that nobody noticed"
MISPLACED = "flips noticed at another place"
CRASHED = "crashes"
PAGE_BYTES = 4096
HEADER_BYTES = 100
HEADER_SHARE = 1 / 20
FLIPS_A_CHILD = 250

DATABASE, KEY_FILE, HEAD = "clinic.db", "clinic.keys", "clinic.head"


@dataclass(frozen=True)
class Target:
    """A file to damage, how often it is chosen, and whether what was said names the right place."""

    name: str
    weight: int
    look: Callable[[Path], list[str]]
    """What the program says of the folder; empty when it finds nothing wrong."""
    names_place: Callable[[list[str], int], bool]
    """Whether what was said names the byte's place."""


def look_at_clinic(folder: Path) -> list[str]:
    """Open and check as the director; every sentence and finding."""
    clock = team(folder, minutes=60).clock
    try:
        clinic = open_clinic(folder, "okafor", PASSWORDS["okafor"], clock=clock)
    except ClinicError as error:
        return [f"{error.code}: {error.sentence}"]
    try:
        said = [clinic.warning] if clinic.warning else []
        return said + [f"{one.where}: {one.what}" for one in check_store(clinic).findings]
    except ClinicError as error:
        return [f"{error.code}: {error.sentence}"]
    finally:
        clinic.close()


def _names_page(said: list[str], at: int) -> bool:
    page = at // PAGE_BYTES + 1
    return any(f"page {page}" in one or one.startswith(("database_", "database: ")) for one in said)


def _names(word: str) -> Callable[[list[str], int], bool]:
    return lambda said, _at: any(word in one for one in said)


TARGETS: tuple[Target, ...] = (
    Target(DATABASE, 14, look_at_clinic, _names_page),
    Target(KEY_FILE, 4, look_at_clinic, _names("key file")),
    Target(HEAD, 1, look_at_clinic, _names(HEAD)),
)


def build_scene(template: Path, folder: Path) -> Path:
    """A clinic with some work in it, closed."""
    copy_of(template, folder)
    answer_of(partial(_some_work, folder))
    return folder


def _some_work(folder: Path) -> None:
    people, chance = team(folder), random.Random(5)
    for _ in range(3):
        acts.record(people, chance)
    acts.review(people, chance)
    acts.draft(people, chance)
    acts.bring_in(people, chance)
    people.close()


def flip_run(
    scene: Path, scratch: Path, *, first: int, count: int, targets: tuple[Target, ...] = TARGETS
) -> Figures:
    """Flip bits number `first` and so on, one at a time, each in an otherwise whole folder."""
    figures = Figures()
    for start in range(first, first + count, FLIPS_A_CHILD):
        numbers = range(start, min(start + FLIPS_A_CHILD, first + count))
        figures.add(Figures.from_json(answer_of(partial(_flip, scene, scratch, numbers, targets))))
    return figures


def _flip(scene: Path, scratch: Path, numbers: range, targets: tuple[Target, ...]) -> dict[str, Any]:
    figures = Figures()
    whole = {path.relative_to(scene): path.read_bytes() for path in scene.rglob("*") if path.is_file()}
    for number in numbers:
        chance = random.Random(f"flip {number}")
        target = chance.choices(targets, [one.weight for one in targets])[0]
        folder = scratch / "flipped"
        lay_down(whole, folder)
        data = bytearray(whole[Path(target.name)])
        # Salt and header are 1 byte in 4,000 and read by other code: they get a share of their own.
        reach = HEADER_BYTES if chance.random() < HEADER_SHARE else len(data)
        at, bit = chance.randrange(min(reach, len(data))), chance.randrange(8)
        data[at] ^= 1 << bit
        (folder / target.name).write_bytes(data)
        place = f"{target.name}, byte {at}, bit {bit}"
        figures.counts[f"flips in {target.name}"] += 1
        try:
            said = target.look(folder)
        except Exception as error:
            figures.find(CRASHED, f"{place}: {type(error).__name__}: {error}")
            continue
        if not said:
            figures.find(MISSED, place)
        elif not target.names_place(said, at):
            figures.find(MISPLACED, f"{place}: {said[0]}")
        else:
            figures.counts["flips detected and placed"] += 1
    return figures.as_json()


def lay_down(whole: dict[Path, bytes], folder: Path) -> None:
    """Make the folder hold exactly these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder) not in whole:
            path.unlink()
    for name, data in whole.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


# --- planted faults, which the measurement has to see ------------------------------------------


def unguarded(name: str) -> tuple[Target, ...]:
    """Plant: nobody looks at the file, so that every flip in it goes unnoticed."""
    return (Target(name, 1, lambda _folder: [], _names(name)),)
