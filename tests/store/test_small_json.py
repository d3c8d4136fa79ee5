"""Small files that lie openly on the disk: whatever stands in their place, nobody waits for it."""

import os
from pathlib import Path

import pytest

from mnclinic.store.small_json import read_small_object


@pytest.mark.skipif(os.name == "nt", reason="a pipe is no file there")
def test_a_pipe_in_its_place_is_taken_for_nothing_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "copied.json")
    assert read_small_object(tmp_path / "copied.json") == {}


def test_a_folder_in_its_place_is_taken_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "copied.json").mkdir()
    assert read_small_object(tmp_path / "copied.json") == {}


def test_an_object_is_read(tmp_path: Path) -> None:
    (tmp_path / "copied.json").write_text('{"folders": ["a"]}', encoding="utf-8")
    assert read_small_object(tmp_path / "copied.json") == {"folders": ["a"]}
