"""Broken pictures go through the importer to its end, and whatever went wrong there would be found."""

import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.session import OpenClinic
from mnclinic.store.attachment_files import write_attachment
from tests.faults.picture_fuzz import CHANGED, CRASHES, GROWN, LEFT, Bring, bring, keep
from tests.interchange.pictures.making import JPEG

held: list[object] = []


def crashes(_clinic: OpenClinic, _patient: str, _content: bytes) -> object:
    raise KeyError


def keeps_another(clinic: OpenClinic, patient: str, content: bytes) -> object:
    del content
    return keep(clinic, patient, JPEG)


def leaves_a_file(clinic: OpenClinic, _patient: str, content: bytes) -> object:
    write_attachment(clinic.folder, content)
    raise InvalidInput("No.", [Problem("file", "No.")])


def leaves_a_process(_clinic: OpenClinic, _patient: str, _content: bytes) -> object:
    process: BaseProcess = get_context("spawn").Process(target=time.sleep, args=(600,), daemon=True)
    process.start()
    held.append(process)
    raise InvalidInput("No.", [Problem("file", "No.")])


def holds_memory(_clinic: OpenClinic, _patient: str, _content: bytes) -> object:
    held.append(b"\x01" * 2_000_000)
    raise InvalidInput("No.", [Problem("file", "No.")])


@pytest.mark.parametrize(
    ("does", "kind", "count"),
    [
        (crashes, CRASHES, 2),
        (keeps_another, CHANGED, 3),
        (leaves_a_file, LEFT, 2),
        (leaves_a_process, LEFT, 1),
        (holds_memory, GROWN, 40),
    ],
)
def test_whatever_goes_wrong_at_the_importer_is_found(
    tmp_path: Path, does: Bring, kind: str, count: int
) -> None:
    try:
        found = bring(range(1, count + 1), tmp_path, _after_the_first(does)).findings
    finally:
        for one in held:
            if isinstance(one, BaseProcess):
                one.kill()
                one.join()
        held.clear()
    assert any(one.startswith(f"{kind}: ") for one in found), found


def _after_the_first(does: Bring) -> Callable[[OpenClinic, str, bytes], object]:
    """The first picture is a whole one, with which everything is loaded."""
    seen: list[bytes] = []

    def brings(clinic: OpenClinic, patient: str, content: bytes) -> object:
        seen.append(content)
        return keep(clinic, patient, content) if len(seen) == 1 else does(clinic, patient, content)

    return brings


def test_broken_pictures_are_kept_to_the_byte_or_refused_and_leave_nothing_behind(tmp_path: Path) -> None:
    figures = bring(range(30, 46), tmp_path)
    assert figures.findings == []
    assert figures.counts["kept"] + figures.counts["refused"] == 16
    assert figures.counts["kept"] > 0
    assert figures.counts["refused"] > 0
