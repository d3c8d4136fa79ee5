"""The keyring's secret: kept where a keyring is, and no trouble where none is.

The keyrings here are real backends of the package `keyring`, holding their secrets in memory or failing as
platforms do.
"""

import subprocess
import sys

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.backends.chainer import ChainerBackend
from keyring.errors import KeyringError, KeyringLocked, PasswordDeleteError

from mnclinic.security import device
from mnclinic.security.device import SERVICE, DeviceSecret, is_trusted
from tests.security.builders import OTHER_VAULT, VAULT


class InMemory(KeyringBackend):
    """Keeps secrets as long as the test lasts."""

    priority = 0.1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the package types no __init__
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class Locked(InMemory):
    """Answers as a keyring whose owner closed the window."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} {username}")

    set_password = delete_password = get_password  # type: ignore[assignment]  # it refuses everything


class Forgetful(InMemory):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Broken(InMemory):
    """Fails with what no library promised."""

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("no bus")


def _none() -> KeyringBackend:
    return fail.Keyring()  # type: ignore[no-untyped-call]  # as above


def _null() -> KeyringBackend:
    return null.Keyring()  # type: ignore[no-untyped-call]  # as above


def test_a_secret_is_made_once_and_read_back() -> None:
    keyring = InMemory()
    secret = DeviceSecret(VAULT, keyring)
    assert secret.offer()
    assert secret.read() is None
    made = secret.make()
    assert made is not None
    assert len(made) == 32
    assert secret.make() == secret.read() == DeviceSecret(VAULT, keyring).read() == made
    assert list(keyring.kept) == [(SERVICE, VAULT)] == [("mnclinic", VAULT)]


def test_each_clinic_has_its_own() -> None:
    keyring = InMemory()
    one, other = DeviceSecret(VAULT, keyring), DeviceSecret(OTHER_VAULT, keyring)
    assert one.make() != other.make()
    assert one.forget()
    assert one.read() is None
    assert other.read() is not None


def test_forgetting_what_is_not_there_is_no_trouble() -> None:
    assert DeviceSecret(VAULT, InMemory()).forget()


@pytest.mark.parametrize("stored", ["", "zz" * 32, "00" * 31, "00" * 33])
def test_what_something_else_stored_is_not_taken_for_a_secret(stored: str) -> None:
    keyring = InMemory()
    keyring.kept[SERVICE, VAULT] = stored
    assert DeviceSecret(VAULT, keyring).read() is None


@pytest.mark.parametrize("keyring", [Locked(), Broken(), _none()], ids=["locked", "broken", "none"])
def test_no_keyring_makes_trouble(keyring: KeyringBackend) -> None:
    secret = DeviceSecret(VAULT, keyring)
    assert secret.read() is None
    assert secret.make() is None
    assert not secret.forget()


@pytest.mark.parametrize("keyring", [Forgetful(), _null()], ids=["forgetful", "null"])
def test_a_keyring_that_does_not_give_back_what_it_was_given_is_not_used(keyring: KeyringBackend) -> None:
    assert DeviceSecret(VAULT, keyring).make() is None


@pytest.mark.parametrize("keyring", [InMemory(), _none(), _null()])
def test_keyrings_that_are_not_known_to_encrypt_are_not_trusted(
    keyring: KeyringBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_trusted(keyring)
    monkeypatch.setattr("keyring.get_keyring", lambda: keyring)
    assert not DeviceSecret(VAULT).offer()
    assert DeviceSecret(VAULT).make() is None


def test_the_first_trusted_keyring_of_a_chain_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = ChainerBackend()  # type: ignore[no-untyped-call]  # as above
    good = InMemory()
    monkeypatch.setattr(ChainerBackend, "backends", [_null(), Forgetful(), good])
    monkeypatch.setattr("keyring.get_keyring", lambda: chain)
    assert not DeviceSecret(VAULT).offer()
    monkeypatch.setattr(device, "_TRUSTED", {(InMemory.__module__, "InMemory")})
    made = DeviceSecret(VAULT).make()
    assert made is not None
    assert good.kept == {(SERVICE, VAULT): made.hex()}


def test_a_keyring_that_fails_to_start_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> KeyringBackend:
        raise KeyringError("cannot start")

    monkeypatch.setattr("keyring.get_keyring", failing)
    assert not DeviceSecret(VAULT).offer()
    assert DeviceSecret(VAULT).read() is None


def test_the_program_starts_without_loading_a_keyring() -> None:
    asked = "import sys, mnclinic.security.device as d; d.DeviceSecret('v'); print('keyring' in sys.modules)"
    said = subprocess.run(  # noqa: S603  our own text
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    assert said.stdout == "False\n"
