"""Small files that lie openly on the disk: whatever stands in their place, nobody waits for it."""

import os
from pathlib import Path

import pytest

from mnclinic.store.small_json import read_small_object, replace_small_file


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


@pytest.mark.skipif(os.name == "nt", reason="making a link takes a right there that few have")
def test_a_link_where_it_is_written_first_is_not_written_through(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    (tmp_path / "plan.json.new").symlink_to(precious)
    replace_small_file(tmp_path / "plan.json", '{"every_h": 24}')
    assert precious.read_bytes() == b"precious"
    assert read_small_object(tmp_path / "plan.json") == {"every_h": 24}
    assert not (tmp_path / "plan.json").is_symlink()
    assert (tmp_path / "plan.json").stat().st_mode & 0o077 == 0
