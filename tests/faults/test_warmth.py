"""What the forking process pays for once leaves nothing open, and each operation is done on a whole disk."""

from pathlib import Path

import pytest

from tests.faults.operation import Operation
from tests.faults.scenes import NotAScene, build_scene
from tests.faults.team import build_small_clinic
from tests.faults.warmth import StillOpen, carried_out_here


def test_a_file_left_open_in_the_process_that_forks_is_noticed(tmp_path: Path) -> None:
    left = (tmp_path / "left").open("wb")
    with left, pytest.raises(StillOpen, match="left"):
        carried_out_here(lambda: None, tmp_path)
    assert carried_out_here(lambda: 7, tmp_path) == 7


def test_an_operation_that_is_not_done_on_a_whole_disk_is_no_scene(tmp_path: Path) -> None:
    template = tmp_path / "template" / "clinic"
    carried_out_here(lambda: build_small_clinic(template), tmp_path)

    idle = Operation("idle", lambda people: people.as_user("desk"), proof=lambda _folder: False)
    with pytest.raises(NotAScene, match="is not done on a whole disk"):
        build_scene(idle, template, tmp_path / "scene")
