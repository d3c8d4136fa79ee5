"""Pictures that something went wrong with, brought to the importer's end: kept to the byte, or refused.

No case may crash it, leave a process, a file or an open handle behind, change the original or hold memory.
"""

import gc
import os
import shutil
from collections.abc import Callable, Sequence
from multiprocessing import active_children
from pathlib import Path

from sqlalchemy import select

from mnclinic.errors import InvalidInput
from mnclinic.models import Photo
from mnclinic.security.attachment_seal import open_attachment
from mnclinic.services.check_store import check_store
from mnclinic.services.photos import NewPhoto, keep_photo
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import ATTACHMENTS
from tests.faults.figures import Figures
from tests.interchange.pictures.making import JPEG
from tests.interchange.pictures.mutating import mutated
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person, small_clinic
from tests.services.photographing import choose

CRASHES, LEFT, CHANGED, GROWN = "crashes", "left behind", "originals changed", "memory that grew"
WARMED_UP_AFTER = 20
"""Cases after which everything is loaded that a case can need."""
MOST_GROWTH_BYTES = 24_000_000
"""Of a whole lot: less than two of its pictures decoded, so one that is held in every case is found."""
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096

Bring = Callable[[OpenClinic, str, bytes], object]


def keep(clinic: OpenClinic, patient: str, content: bytes) -> object:
    """What the command and the window do with a picture."""
    return keep_photo(
        clinic, patient, NewPhoto("Left cheek", "before", content, MONDAY, taken_because="Said so.")
    )


def bring(numbers: Sequence[int], scratch: Path, brings: Bring = keep) -> Figures:
    """Bring so many pictures, each made of its number alone, into one clinic; then check all of it."""
    figures = Figures()
    place = scratch / f"pictures-{numbers[0] if numbers else 0}"
    made = small_clinic(place / "clinic")
    try:
        clinic, patient = _ready(made)
        brings(clinic, patient, JPEG)
        before: tuple[int, int] | None = None
        for done, number in enumerate(numbers):
            if done == WARMED_UP_AFTER:
                before = _held()
            _one(figures, clinic, patient, number, brings)
        if before is not None:
            _compare(figures, before, _held())
        figures.counts["kept"] += len(_rows(clinic)) - 1
        for found in check_store(clinic).findings:
            figures.find("found by the check", f"{found.where}: {found.what}")
    finally:
        made.close()
        shutil.rmtree(place, ignore_errors=True)
    return figures


def _ready(made: SmallClinic) -> tuple[OpenClinic, str]:
    nurse = made.as_user("reyes")
    patient = add_person(nurse)
    choose(nurse, patient, "chart")
    return nurse, patient


def _one(figures: Figures, clinic: OpenClinic, patient: str, number: int, brings: Bring) -> None:
    (content,) = mutated(1, seed=number, first=number)
    original = bytes(bytearray(content))
    files = _files(clinic)
    try:
        brings(clinic, patient, content)
    except InvalidInput as refused:
        figures.counts["refused"] += 1
        if not refused.problems:
            figures.find("no reason", f"picture {number}")
        if _files(clinic) != files:
            figures.find(LEFT, f"picture {number}: a file of one that was refused")
    except Exception as error:
        figures.find(CRASHES, f"picture {number}: {type(error).__name__}")
    else:
        row = _rows(clinic)[-1]
        (new,) = _files(clinic) - files or {""}
        sealed = (clinic.folder / ATTACHMENTS / row.file).read_bytes()
        if new != row.file or open_attachment(row.id, row.seal_key, sealed) != original:
            figures.find(CHANGED, f"picture {number}: what was kept is not what was brought")
    if content != original:
        figures.find(CHANGED, f"picture {number}: what was brought is another now")
    if active_children():
        figures.find(LEFT, f"picture {number}: a process")


def _rows(clinic: OpenClinic) -> Sequence[Photo]:
    with clinic.store.reading() as session:
        rows = session.scalars(select(Photo).order_by(Photo.kept_at)).all()
        session.expunge_all()
    return rows


def _files(clinic: OpenClinic) -> set[str]:
    folder = clinic.folder / ATTACHMENTS
    return {one.name for one in folder.iterdir()} if folder.is_dir() else set()


def _held() -> tuple[int, int]:
    """Open handles and bytes of memory of this process; noughts where the system does not say."""
    gc.collect()
    handles = Path("/proc/self/fd")
    if not handles.is_dir():
        return 0, 0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return len([*handles.iterdir()]), pages * PAGE_BYTES


def _compare(figures: Figures, before: tuple[int, int], after: tuple[int, int]) -> None:
    if after[0] > before[0]:
        figures.find(LEFT, f"{after[0] - before[0]} open handles")
    grown = after[1] - before[1]
    figures.counts["most memory grown, kB"] = max(grown, 0) // 1000
    if grown > MOST_GROWTH_BYTES:
        figures.find(GROWN, f"{grown // 1000} kB over a lot")
