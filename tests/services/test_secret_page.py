"""A page that holds a secret is under its name whole or not at all."""

import os
from pathlib import Path

import pytest

from mnclinic.errors import InvalidInput, StoreUnavailable
from mnclinic.services.secret_page import write_secret_page

PAGE = b"%PDF-1.7 a page %%EOF"


def broken(*_words: object, **_more: object) -> None:
    raise OSError(5, "Input/output error")


def test_a_page_is_its_owners_alone_and_never_written_over_another(tmp_path: Path) -> None:
    page = tmp_path / "code.pdf"
    write_secret_page(page, PAGE)
    assert page.read_bytes() == PAGE
    assert page.stat().st_mode & 0o077 == 0
    with pytest.raises(InvalidInput, match="there already"):
        write_secret_page(page, b"another")
    assert page.read_bytes() == PAGE
    assert list(tmp_path.iterdir()) == [page]


def test_a_disk_that_fails_and_lets_nobody_clean_up_leaves_no_half_page_under_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "code.pdf"

    def breaks_for_good(_descriptor: int) -> None:
        monkeypatch.setattr(Path, "unlink", broken)
        broken()

    monkeypatch.setattr(os, "fsync", breaks_for_good)
    with pytest.raises(StoreUnavailable):
        write_secret_page(page, PAGE)
    assert not page.exists()
    monkeypatch.undo()
    write_secret_page(page, PAGE)
    assert list(tmp_path.iterdir()) == [page]
