"""One bit is flipped in a file of the clinic or of a backup: the program says so, and names the place.

Each flip is judged by what a person would do: open the clinic and let it, or the backup, be checked.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mnclinic.errors import ClinicError
from mnclinic.services.check_backup import check_backup
from mnclinic.services.check_store import check_store
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_manifest import MANIFEST_NAME
from tests.faults import acts
from tests.faults.figures import Figures
from tests.faults.processes import answer_of
from tests.faults.team import copy_of, team
from tests.faults.warmth import carried_out_here
from tests.services.clinic_builder import PASSWORDS

MISSED = "flips that nobody noticed"
MISPLACED = "flips noticed at another place"
CRASHED = "crashes"
KEPT_OUT = "people kept out by a flip in what is no evidence"
PAGE_BYTES = 4096
HEADER_BYTES = 100
HEADER_SHARE = 1 / 20
FLIPS_A_CHILD = 250

CLINIC, STICK = "clinic", "stick"
DATABASE, KEY_FILE, HEAD, BOX = "clinic.db", "clinic.keys", "clinic.head", "prelogin.box"


@dataclass(frozen=True)
class Target:
    """A file to damage, how often it is chosen, and whether what was said names the right place."""

    name: str
    """Its path below the scene; `*` stands for the backup's name."""
    weight: float
    look: Callable[[Path], list[str]]
    """What the program says of the scene's folders; empty when it finds nothing wrong."""
    names_place: Callable[[list[str], int], bool]
    """Whether what was said names the byte's place."""
    is_evidence: bool = True
    """Otherwise a flip may pass, but it keeps nobody out and crashes nothing."""


def look_at_clinic(folder: Path) -> list[str]:
    """Open and check as the director; every sentence and finding."""
    try:
        clinic = _opened(folder)
    except ClinicError as error:
        return [f"{error.code}: {error.sentence}"]
    try:
        said = [clinic.warning] if clinic.warning else []
        return said + [f"{one.where}: {one.what}" for one in check_store(clinic).findings]
    except ClinicError as error:
        return [f"{error.code}: {error.sentence}"]
    finally:
        clinic.close()


def look_at_backup(folder: Path) -> list[str]:
    """Check the backup from the clinic that made it; every sentence and finding."""
    (backup,) = (folder / STICK).iterdir()
    clinic = _opened(folder)
    try:
        checked = check_backup(clinic, backup)
    except ClinicError as error:
        return [f"{error.code}: {error.sentence}"]
    finally:
        clinic.close()
    # What the verdict does not say nobody would notice.
    return [] if checked.verdict == "OK" else [f"{one.where}: {one.what}" for one in checked.findings]


def log_in_only(folder: Path) -> list[str]:
    """Log in as the director; what keeps her out."""
    try:
        _opened(folder).close()
    except ClinicError as error:
        return [f"{error.code}: {error.sentence}"]
    return []


def _opened(folder: Path) -> OpenClinic:
    clock = team(folder / CLINIC, minutes=60).clock
    return open_clinic(folder / CLINIC, "okafor", PASSWORDS["okafor"], clock=clock)


def _names_page(said: list[str], at: int) -> bool:
    page = at // PAGE_BYTES + 1
    return any(f"page {page}" in one or one.startswith(("database_", "database: ")) for one in said)


def _names(*words: str) -> Callable[[list[str], int], bool]:
    return lambda said, _at: any(word in one for one in said for word in words)


TARGETS: tuple[Target, ...] = (
    Target(f"{CLINIC}/{DATABASE}", 12, look_at_clinic, _names_page),
    Target(f"{CLINIC}/{KEY_FILE}", 4, look_at_clinic, _names("key file")),
    Target(f"{CLINIC}/{HEAD}", 1, look_at_clinic, _names(HEAD)),
    Target(f"{STICK}/*/{DATABASE}", 4, look_at_backup, _names(DATABASE)),
    Target(f"{STICK}/*/{KEY_FILE}", 1, look_at_backup, _names(KEY_FILE)),
    Target(f"{STICK}/*/{HEAD}", 0.5, look_at_backup, _names(HEAD)),
    Target(f"{STICK}/*/{MANIFEST_NAME}", 1.5, look_at_backup, _names("manifest")),
    Target(f"{CLINIC}/{BOX}", 1, log_in_only, _names(""), is_evidence=False),
)


def build_scene(template: Path, folder: Path) -> Path:
    """A clinic with some work in it, closed, and a backup of it beside."""
    copy_of(template, folder / CLINIC)
    carried_out_here(partial(_some_work, folder / CLINIC), folder)
    # The way that each flip goes is gone once here.
    carried_out_here(lambda: [look(folder) for look in (look_at_clinic, look_at_backup)], folder)
    return folder


def _some_work(folder: Path) -> None:
    people, chance = team(folder), random.Random(5)
    for _ in range(3):
        acts.record(people, chance)
    acts.review(people, chance)
    acts.draft(people, chance)
    acts.bring_in(people, chance)
    acts.make_backup(people, chance)
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
        (name,) = (one for one in whole if one.match(target.name))
        folder = scratch / "flipped"
        lay_down(whole, folder)
        data = bytearray(whole[name])
        # Salt and header are 1 byte in 4,000 and read by other code: they get a share of their own.
        reach = HEADER_BYTES if chance.random() < HEADER_SHARE else len(data)
        at, bit = chance.randrange(min(reach, len(data))), chance.randrange(8)
        data[at] ^= 1 << bit
        (folder / name).write_bytes(data)
        place = f"{target.name}, byte {at}, bit {bit}"
        figures.counts[f"flips in {target.name}"] += 1
        try:
            said = target.look(folder)
        except Exception as error:
            figures.find(CRASHED, f"{place}: {type(error).__name__}: {error}")
            continue
        if not target.is_evidence:
            if said:
                figures.find(KEPT_OUT, f"{place}: {said[0]}")
            figures.counts["flips that keep nobody out"] += not said
        elif not said:
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
    return (Target(f"{CLINIC}/{name}", 1, lambda _folder: [], _names(name)),)
