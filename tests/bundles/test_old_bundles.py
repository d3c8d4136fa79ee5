"""Bundles that earlier programs made are judged as they were then; a later form never takes their place."""

import gzip
from pathlib import Path

import pytest

from mnclinic.bundles.check_events import NOT_IN_THIS_FORM
from tests.bundles.test_solo import told_by_all

FOLDER = Path(__file__).parent.parent / "old_bundles"
_OF_SMALL = "78ea8c3038993ed7aa12b37598f5a172a417bcbb6c0d8e9a02a12d59127ab20b"
_OF_RECALLED = "5951bd77ff941a97035bab50295eb590847a601110fbacd7b79649c6605e3e0b"
FINGERPRINT_OF = {
    "bundle-1": "4c1361639f666856fdf1d4d82c0d76123231fe51c00d429230c7720a58646e6a",
    "bundle-7": _OF_SMALL,
    "bundle-8": _OF_SMALL,
    "bundle-9": _OF_RECALLED,
    "bundle-10": _OF_RECALLED,
}
"""Of a demo clinic's period, made before maps of people were entered in logs; and of clinics of the tests a
period and a person, sealed by their maker: without the adverse event that the log speaks of, and with one,
but without its recall and its follow-up contact."""
HOLDS = {
    "bundle-1": (6, 4, 93),
    "bundle-7": (1, 1, 39),
    "bundle-8": (1, 1, 22),
    "bundle-9": (1, 1, 48),
    "bundle-10": (1, 1, 24),
}
"""Visits, patients and entries."""
NO_EVENTS = f"The log speaks of 1 adverse event. {NOT_IN_THIS_FORM}"


@pytest.mark.parametrize("name", FINGERPRINT_OF)
def test_an_old_bundle_is_valid_for_all_three_verifiers(tmp_path: Path, name: str) -> None:
    data = gzip.decompress((FOLDER / f"{name}.zip.gz").read_bytes())
    told = told_by_all(data, tmp_path, FINGERPRINT_OF[name])
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    assert (told["visits"], told["patients"], told["entries"]) == HOLDS[name]
    assert (NO_EVENTS in [one["what"] for one in told["notes"]]) == (name in {"bundle-7", "bundle-8"})


def test_every_old_bundle_is_opened_here() -> None:
    assert {path.name.removesuffix(".zip.gz") for path in FOLDER.iterdir()} == set(FINGERPRINT_OF)
