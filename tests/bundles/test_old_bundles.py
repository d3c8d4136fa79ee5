"""Bundles that earlier programs made are judged as they were then; a later form never takes their place."""

import gzip
from pathlib import Path

import pytest

from tests.bundles.test_solo import told_by_all

FOLDER = Path(__file__).parent.parent / "old_bundles"
FINGERPRINT_OF = {"bundle-1": "4c1361639f666856fdf1d4d82c0d76123231fe51c00d429230c7720a58646e6a"}
"""`bundle-1` is of a demo clinic's period, made before maps of people were entered in logs."""


@pytest.mark.parametrize("name", FINGERPRINT_OF)
def test_an_old_bundle_is_valid_for_all_three_verifiers(tmp_path: Path, name: str) -> None:
    data = gzip.decompress((FOLDER / f"{name}.zip.gz").read_bytes())
    told = told_by_all(data, tmp_path, FINGERPRINT_OF[name])
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    assert (told["visits"], told["patients"], told["entries"]) == (6, 4, 93)


def test_every_old_bundle_is_opened_here() -> None:
    assert {path.name.removesuffix(".zip.gz") for path in FOLDER.iterdir()} == set(FINGERPRINT_OF)
