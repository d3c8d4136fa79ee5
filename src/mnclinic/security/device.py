"""This PC's share: a random secret and the newest checkpoint, in the operating system's keyring.

With the secret a copied data folder cannot be guessed at elsewhere. It is never the only way in: recovery
sheet and personal codes open without it, and without any keyring the program runs as it would. The
checkpoint is no secret; it lies there because whoever puts an older folder back does not reach it.
"""

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from mnclinic.errors import WitnessNotRead
from mnclinic.security.envelope import KEY_BYTES

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "mnclinic"

# Those that keep a secret encrypted and can be asked whether they would put up a window. Anything else
# (plaintext files, no keyring at all, wallets that always prompt) is as good as none.
_TRUSTED = {
    ("keyring.backends.Windows", "WinVaultKeyring"),
    ("keyring.backends.macOS", "Keyring"),
    ("keyring.backends.SecretService", "Keyring"),
}
_LOCKABLE = ("keyring.backends.SecretService", "Keyring")
# Asked for by its alias: the library's own way makes a collection where there is none, with a window.
_DEFAULT_COLLECTION = "/org/freedesktop/secrets/aliases/default"


class DeviceSecret:
    """A clinic's secret in this computer account's keyring, under the service `mnclinic`.

    No method raises, whatever the keyring does, and none makes it put up a window: the answer is then
    None or False, as if there were no keyring.

    Args:
        vault_id: The clinic; the name under which the keyring holds the secret.
        keyring: The keyring to use; by default the one that the operating system offers.
    """

    def __init__(self, vault_id: str, keyring: "KeyringBackend | None" = None) -> None:
        self._vault_id = vault_id
        self._given = keyring

    def offer(self) -> bool:
        """Whether binding log-ins to this PC can be offered: a keyring is there, open and encrypted."""
        return self._keyring() is not None

    def read(self) -> bytes | None:
        """The secret, 32 bytes, or None."""
        keyring = self._keyring()
        if keyring is None:
            return None
        try:
            stored = keyring.get_password(SERVICE, self._vault_id)
            secret = bytes.fromhex(stored) if stored else b""
        except Exception:  # keyrings raise whatever their platform does
            return None
        return secret if len(secret) == KEY_BYTES else None

    def make(self) -> bytes | None:
        """The secret, made now if there is none; None unless the keyring gives back what it was given."""
        there = self.read()
        keyring = self._keyring()
        if there is not None or keyring is None:
            return there
        secret = os.urandom(KEY_BYTES)
        try:
            keyring.set_password(SERVICE, self._vault_id, secret.hex())
        except Exception:
            return None
        return secret if self.read() == secret else None

    def forget(self) -> bool:
        """Remove the secret; True if there is none left. Log-ins bound to it open no more."""
        keyring = self._keyring()
        if keyring is None:
            return False
        try:
            if keyring.get_password(SERVICE, self._vault_id) is not None:
                keyring.delete_password(SERVICE, self._vault_id)
        except Exception:
            return False
        return self.read() is None

    def _keyring(self) -> "KeyringBackend | None":
        try:
            return self._given if self._given is not None else _system_keyring()
        except Exception:
            return None


class KeyringHead:
    """A clinic's newest checkpoint in this computer account's keyring. No method asks anybody.

    Whether there is a keyring is found out once; without one nothing is kept and nothing is there.

    Args:
        vault_id: The clinic.
        keyring: The keyring to use; by default the one that the operating system offers.
    """

    def __init__(self, vault_id: str, keyring: "KeyringBackend | None" = None) -> None:
        self._name = f"{vault_id}.head"
        try:
            self._keyring = keyring if keyring is not None else _system_keyring()
        except Exception:  # keyrings raise whatever their platform does
            self._keyring = None

    def read(self) -> bytes | None:
        """The note, or None where none was kept.

        Raises:
            WitnessNotRead: the keyring is there and did not answer, so nobody knows what lies in it.
        """
        if self._keyring is None:
            return None
        try:
            stored = self._keyring.get_password(SERVICE, self._name)
        except Exception as error:  # keyrings raise whatever their platform does
            raise WitnessNotRead(
                "This PC's keyring, which holds the newest checkpoint, could not be read, so the log was not "
                "held against it. What lies there is left as it is. Log in again when the keyring is open."
            ) from error
        return stored.encode() if stored else None

    def keep(self, note: bytes) -> None:
        """Put a newer note in the place of what is there."""
        if self._keyring is None:
            return
        with suppress(Exception):
            self._keyring.set_password(SERVICE, self._name, note.decode())


def _system_keyring() -> "KeyringBackend | None":
    """The first keyring of this computer that may be trusted with a secret, or None."""
    import keyring

    chosen = keyring.get_keyring()
    candidates = list(getattr(chosen, "backends", [])) or [chosen]
    return next((backend for backend in candidates if is_trusted(backend) and _is_open(backend)), None)


def is_trusted(backend: "KeyringBackend") -> bool:
    """Whether a keyring keeps its secrets encrypted and asks nobody."""
    return (type(backend).__module__, type(backend).__name__) in _TRUSTED


def _is_open(backend: "KeyringBackend") -> bool:
    """Whether using it now would put up no window: only the Secret Service can be locked by itself."""
    if (type(backend).__module__, type(backend).__name__) != _LOCKABLE:
        return True
    import secretstorage

    connection = secretstorage.dbus_init()
    try:
        return not secretstorage.Collection(connection, _DEFAULT_COLLECTION).is_locked()
    finally:
        connection.close()
