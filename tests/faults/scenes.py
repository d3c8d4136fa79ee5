"""The folder before an operation, what it looks like when the operation is done, and which of the two stands.

A picture is every row of every table, the log's own tables left out: those are compared by the check.
"""

import hashlib
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from mnclinic.errors import ClinicError
from mnclinic.services.check_store import check_store
from mnclinic.services.open_clinic import clinic_is_here, open_clinic
from tests.faults.figures import Figures
from tests.faults.judgement import FALSE_ALARM, HALF, LOST, NOT_OPENED, half_states
from tests.faults.operation import Operation
from tests.faults.team import Team, team
from tests.faults.warmth import carried_out_here
from tests.services.clinic_builder import let_go

LOG_TABLES = frozenset(
    {"log_entry", "log_detail", "log_node", "log_subject", "checkpoint", "alembic_version"}
)
NEITHER = "the tables are neither as before nor as after it"
LEFT_BEHIND = "half files left where people look"

Picture = dict[str, list[Any]]
"""Rows and their digest by table."""


class NotAScene(Exception):
    """An operation that is not done, or leaves something wrong, although no disk failed."""


@dataclass(frozen=True)
class Scene:
    """An operation, the folder that it starts from, and how the tables look before and after it."""

    operation: Operation
    folder: Path
    before: Picture | None
    after: Picture
    names: frozenset[str]
    """Files beside the clinic's folder, before or after."""

    @property
    def clinic(self) -> Path:
        """The clinic's own folder inside."""
        return self.folder / "clinic"


def picture_of(session: Session) -> Picture:
    """Every table's rows, as a count and a digest."""
    names = session.scalars(
        text("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    ).all()
    picture: Picture = {}
    for name in names:
        if name in LOG_TABLES:
            continue
        rows = sorted(repr(tuple(row)) for row in session.execute(text(f'SELECT * FROM "{name}"')))  # noqa: S608 - the name comes from the schema itself
        picture[name] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]]
    return picture


def build_scene(operation: Operation, template: Path, folder: Path) -> Scene:
    """Prepare the folder, take its picture, and carry the operation out once on a whole disk."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if not operation.starts_empty or operation.prepare is not None:
        shutil.copytree(template, folder / "clinic")
    trial = folder.with_name(f"{folder.name}-trial")

    def rehearse() -> tuple[Picture | None, Picture]:
        if operation.prepare is not None:
            _prepare(operation, folder / "clinic")
        shutil.rmtree(trial, ignore_errors=True)
        shutil.copytree(folder, trial)
        before = (
            None if operation.starts_empty or operation.starts_old else _picture(operation, trial / "clinic")
        )
        shutil.rmtree(trial)
        shutil.copytree(folder, trial)
        _carry_out(operation, trial / "clinic")
        return before, _picture(operation, trial / "clinic")

    before, after = carried_out_here(rehearse, folder.parent)
    names = frozenset(path.name for place in (folder, trial) for path in place.iterdir())
    scene = Scene(operation, folder, before, after, names)
    # The judge's own way is gone once here too, so that its many repetitions find it trodden.
    figures, state = carried_out_here(lambda: judge(scene, trial, acknowledged=True), folder.parent)
    if figures.findings or state != "done":
        raise NotAScene(f"{operation.name} is not done on a whole disk: {state} {figures.findings}")
    shutil.rmtree(trial)
    return scene


def _prepare(operation: Operation, folder: Path) -> None:
    people = team(folder)
    if operation.prepare is not None:
        operation.prepare(people)
    people.close()


def _carry_out(operation: Operation, folder: Path) -> None:
    people = team(folder, minutes=30)
    operation.ready(people)
    operation.run(people)
    people.close()


def _picture(operation: Operation, folder: Path) -> Picture:
    clock = team(folder, minutes=60).clock
    clinic = open_clinic(folder, operation.log_in, operation.log_in_password, clock=clock)
    try:
        with Session(clinic.store.engine) as session:
            return picture_of(session)
    finally:
        let_go(clinic)


def state_of(scene: Scene, picture: Picture) -> str:
    """Whether the tables stand as "before" the operation, as after it ("done"), or as "half" of it."""
    notes = scene.operation.notes_in
    if scene.before is not None and picture == scene.before and scene.before != scene.after:
        return "before"
    counts = {name: count for name, (count, _) in picture.items() if name not in notes}
    if counts == {name: count for name, (count, _) in scene.after.items() if name not in notes}:
        return "done"
    return "half"


def judge(scene: Scene, folder: Path, *, acknowledged: bool, minutes: int = 60) -> tuple[Figures, str]:
    """What stands in `folder` after a fault, as the program itself opens it.

    Returns the figures and "before", "done", "half", "nothing" (no clinic) or "closed" (not opened).
    """
    figures = Figures()
    operation = scene.operation
    name = operation.name
    clinic_folder = folder / "clinic"
    if operation.starts_empty and not acknowledged and not clinic_is_here(clinic_folder):
        return figures, "nothing"
    clock = team(clinic_folder, minutes=minutes).clock
    try:
        clinic = open_clinic(clinic_folder, operation.log_in, operation.log_in_password, clock=clock)
    except ClinicError as error:
        figures.find(NOT_OPENED, f"{name}: {error.code}: {error.sentence}")
        return figures, "closed"
    try:
        with Session(clinic.store.engine) as session:
            state = state_of(scene, picture_of(session))
            for sentence in half_states(session):
                figures.find(HALF, f"{name}: {sentence}")
        if state == "half":
            figures.find(HALF, f"{name}: {NEITHER}")
        if acknowledged and state == "before":
            figures.find(LOST, f"{name} was acknowledged")
        if acknowledged and operation.proof is not None and not operation.proof(folder):
            figures.find(LOST, f"{name} was acknowledged")
        if operation.holds is not None and (wrong := operation.holds(folder)) is not None:
            figures.find(HALF, f"{name}: {wrong}")
        checked = check_store(clinic)
        if checked.verdict not in {"OK", "EXPLAINED"}:
            for one in checked.findings:
                figures.find(FALSE_ALARM, f"{name}: {one.where}: {one.what}")
    finally:
        # Nobody goes on in this folder, and a log-off keeps silent about whatever goes wrong with it.
        let_go(clinic)
    for path in folder.iterdir():
        if path.is_file() and path.name in scene.names and not _is_whole(path):
            figures.find(HALF, f"{name}: {path.name} is not whole")
    return figures, state


def left_behind(scene: Scene, folder: Path) -> list[str]:
    """Files beside the clinic that neither the start nor the end of the operation has."""
    return sorted(path.name for path in folder.iterdir() if path.name not in scene.names)


def _is_whole(path: Path) -> bool:
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return data.startswith(b"%PDF") and data.rstrip().endswith(b"%%EOF")
    if path.suffix == ".zip":
        try:
            with zipfile.ZipFile(path) as container:
                return container.testzip() is None
        except zipfile.BadZipFile:
            return False
    return True


def fresh_copy(scene: Scene, to: Path) -> Path:
    """The scene's folder, copied for one try."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(scene.folder, to)
    return to


def people_at(folder: Path, *, minutes: int = 30) -> Team:
    """The team that carries an operation out in a copied scene."""
    return team(folder / "clinic", minutes=minutes)
