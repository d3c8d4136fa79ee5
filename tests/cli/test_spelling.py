"""Arguments however a system spells them: accents apart, and bytes that are no letters."""

import unicodedata
from pathlib import Path

from tests.cli.running import Shell
from tests.services.clinic_builder import SmallClinic

APART = unicodedata.normalize("NFD", "Désmayo aquí, por teléfono")
STRAY = "torn \udcff here"
"""What Python makes of an argument whose bytes are no UTF-8."""


def test_accents_apart_are_letters_like_any_other(clinic: SmallClinic, shell: Shell) -> None:
    desk, owner = shell.as_user(clinic, "desk"), shell.as_user(clinic, "owner")
    assert desk("user", "break-glass", "--reason", APART).status == 0
    assert owner("check").json["verdict"] == "OK"


def test_bytes_that_are_no_letters_are_refused_with_a_sentence(clinic: SmallClinic, shell: Shell) -> None:
    said = shell.as_user(clinic, "desk")("user", "break-glass", "--reason", STRAY)
    assert said.status == 64
    assert "bytes that are no letters. Nothing was done." in said.message
    assert said.json["error"]["problems"][0]["where"] == "reason"


def test_files_and_folders_whose_names_are_no_letters_end_in_a_sentence(
    clinic: SmallClinic, shell: Shell, tmp_path: Path
) -> None:
    roster = tmp_path / f"{STRAY}.csv"
    roster.write_text("Last name,First name\nBrought,Ada\n", encoding="utf-8")
    assert shell.as_user(clinic, "desk")("import", "patients", roster).json["added"] == 1
    owner = shell.as_user(clinic, "owner")
    (tmp_path / STRAY).mkdir()
    refused = owner("backup", "--to", tmp_path / STRAY)
    assert (refused.status, "the log cannot hold" in refused.message) == (64, True)
    (tmp_path / APART).mkdir()
    assert owner("backup", "--to", tmp_path / APART).status == 0
    assert owner("check").json["verdict"] == "OK"
