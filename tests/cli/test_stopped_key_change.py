"""Ctrl+C while the database key is changed stops nothing any more once the new database goes in place."""

import signal
from collections.abc import Iterator

import pytest

from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.services import rotate_database_key as service
from mnclinic.services.check_store import check_store
from tests.cli.running import Shell
from tests.services.clinic_builder import SmallClinic


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Ctrl+C reaches the tests also where they were started in the background, which turns it off."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupt_after(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Somebody presses Ctrl+C at the end of this part of the change."""
    real = getattr(service, name)

    def pressed(*given: object, **named: object) -> object:
        done = real(*given, **named)
        signal.raise_signal(signal.SIGINT)
        return done

    monkeypatch.setattr(service, name, pressed)


@pytest.mark.parametrize("after", ["save_key_file", "put_in_place", "finish_rotation"])
def test_from_the_rename_on_the_change_goes_to_its_end_and_says_so(
    shell: Shell, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    with monkeypatch.context() as patch:
        interrupt_after(patch, after)
        said = shell.as_user(clinic, "owner")("key", "rotate", "--reason", "yearly")
    assert (said.status, said.json["epoch"]) == (0, 2), said
    key_file = load_key_file(clinic.folder).keyfile
    assert (key_file.epoch, key_file.next) == (2, None)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert check_store(clinic.as_user("owner")).verdict == "OK"


def test_whoever_presses_it_while_an_access_ends_hears_that_the_key_was_changed(
    shell: Shell, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        interrupt_after(patch, "finish_rotation")
        said = shell.as_user(clinic, "owner")("user", "disable", "lind", "--reason", "left")
    assert (said.status, said.json["database_key_changed"], said.json["why_not"]) == (0, True, None)
