"""A page that holds a secret is under its name whole or not at all."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mnclinic.errors import InvalidInput, StoreUnavailable
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.services.answers import write_recovery_sheet
from mnclinic.services.back_up import back_up
from mnclinic.services.backup_plan import change_plan
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.secret_page import write_secret_page
from mnclinic.services.session import OpenClinic
from tests.services.clinic_builder import PASSWORDS, SmallClinic
from tests.services.reading import log_size

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


SECRETS: dict[str, tuple[str, Callable[[OpenClinic, str, Path], object]]] = {
    "the recovery sheet": ("owner", make_recovery_sheet),
    "a recovery card": ("desk", make_recovery_code),
    "a key file": ("reyes", set_second_factor),
    "a key file with a new key": (
        "lind",
        lambda one, own, out: enrol_signature_key(one, own, new_factor=out),
    ),
}


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_is_put_with_the_clinic_that_it_helps_to_open(
    clinic: SmallClinic, tmp_path: Path, secret: str
) -> None:
    user, write = SECRETS[secret]
    owner, own = clinic.as_user("owner"), PASSWORDS[user]
    chosen, elsewhere, link = tmp_path / "chosen", tmp_path / "elsewhere", tmp_path / "link"
    for folder in (chosen, elsewhere, clinic.folder / "backups"):
        folder.mkdir(exist_ok=True)
    link.symlink_to(clinic.folder)
    copy = back_up(owner, elsewhere).backup.folder
    change_plan(owner, folder=chosen)
    person = clinic.as_user(user)
    before, keys = log_size(owner), load_key_file(clinic.folder).keyfile.checksum
    for folder in (clinic.folder, clinic.folder / "backups", link, chosen, copy):
        with pytest.raises(InvalidInput, match=r"lies in the clinic's folder.*Nothing was changed"):
            write(person, own, folder / "secret")
        assert not (folder / "secret").exists()
    assert (log_size(owner), load_key_file(clinic.folder).keyfile.checksum) == (before, keys)
    write(person, own, tmp_path / "apart")
    assert (tmp_path / "apart").is_file()


@pytest.mark.parametrize("secret", SECRETS)
def test_nor_beside_backups_that_were_made_into_a_folder_of_no_plan(
    clinic: SmallClinic, tmp_path: Path, secret: str
) -> None:
    user, write = SECRETS[secret]
    stick = tmp_path / "stick"
    stick.mkdir()
    back_up(clinic.as_user("owner"), stick).backup.folder.rename(stick / "of monday")
    person = clinic.as_user(user)
    with pytest.raises(InvalidInput, match=r"among its backups.*Nothing was changed"):
        write(person, PASSWORDS[user], stick / "secret")
    assert [one.name for one in stick.iterdir()] == ["of monday"]
    # A folder of one's own that only lies above such a one is nobody's lock.
    (tmp_path / "papers").mkdir()
    write(person, PASSWORDS[user], tmp_path / "papers" / "secret")


@pytest.mark.parametrize("secret", SECRETS)
def test_backups_are_not_planned_into_a_folder_where_what_opens_them_lies(
    clinic: SmallClinic, tmp_path: Path, secret: str
) -> None:
    user, write = SECRETS[secret]
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "prices.pdf").write_bytes(PAGE)
    owner = clinic.as_user("owner")
    write(clinic.as_user(user), PASSWORDS[user], stick / "a paper")
    before = log_size(owner)
    with pytest.raises(InvalidInput, match=r"opens the backups: a paper\..*Nothing was changed"):
        change_plan(owner, folder=stick)
    assert log_size(owner) == before
    (stick / "a paper").unlink()
    assert change_plan(owner, folder=stick).folder == stick


def test_the_sheet_of_the_set_up_is_not_put_with_the_clinic_either(clinic: SmallClinic) -> None:
    with pytest.raises(InvalidInput, match="lies in the clinic's folder"):
        write_recovery_sheet(clinic.folder / "sheet.pdf", "Test Skin Studio", clinic.ready)
    assert not (clinic.folder / "sheet.pdf").exists()
