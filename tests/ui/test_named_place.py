"""A file that is named by typing lies where somebody finds it; one that cannot be read hides nothing else."""

from pathlib import Path

import pytest

from mnclinic.errors import InvalidInput, Problem
from mnclinic.ui.named_place import UNREADABLE, place_of, with_file
from tests.pipes import pipe_to


def test_a_name_without_a_folder_lies_at_home_and_a_stranger_s_home_is_a_name_as_any_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert place_of(" ~/bundles/one.zip ") == tmp_path / "bundles" / "one.zip"
    assert place_of("one.zip") == tmp_path / "one.zip"
    assert place_of(str(tmp_path / "one.zip")) == tmp_path / "one.zip"
    assert place_of("~nobody-of-this-pc/one.zip") == tmp_path / "~nobody-of-this-pc" / "one.zip"


def test_why_a_file_cannot_be_read_is_told_with_all_else_that_is_wrong(tmp_path: Path) -> None:
    def refuses(content: bytes) -> bytes:
        raise InvalidInput(
            "Nothing was kept.", [Problem("file", "It is empty."), Problem("title", "Say it.")]
        )

    for named in (str(tmp_path / "none.pdf"), str(tmp_path), "~nobody-of-this-pc/x.pdf", "a\0b"):
        with pytest.raises(InvalidInput) as refused:
            with_file(named, "file", refuses)
        assert refused.value.sentence == "Nothing was kept."
        told = [(one.where, one.what) for one in refused.value.problems]
        assert told == [("title", "Say it."), ("file", UNREADABLE)]
    with pipe_to(tmp_path / "pipe") as pipe, pytest.raises(InvalidInput):
        with_file(str(pipe), "file", refuses)
    file = tmp_path / "one.pdf"
    file.write_bytes(b"%PDF")
    assert with_file(str(file), "file", bytes) == b"%PDF"
