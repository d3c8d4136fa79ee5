"""What is held while keys are open: a person to give keys to, and the keys of a log-in or of set-up."""

from dataclasses import dataclass, field
from typing import Protocol

from mnclinic.security.envelope import wipe
from mnclinic.security.keyfile import UserSlot
from mnclinic.security.signing_keys import SessionKey, SignatureKey


@dataclass(frozen=True)
class NewUser:
    """A person to give keys to. `signature` for those who sign visits: performers and directors.

    `temporary`: somebody else chose the password, so the person has to choose another before anything
    else. Such a person makes a signature key then, never before: nobody else may know what opens it.
    `made_at_set_up`: whoever set the clinic up made the password. It is marked like a temporary one, though
    the clinic's first work is done with it, and a signature key made under it is to be replaced.
    """

    user: str
    user_id: str
    password: str = field(repr=False)
    signature: bool
    temporary: bool = False
    made_at_set_up: bool = False


class UserKeys:
    """A user's new signing keys, open to prove possession once. Forget them as soon as that is done."""

    __slots__ = ("session", "signature", "user", "user_id")

    def __init__(self, user: str, user_id: str, session: SessionKey, signature: SignatureKey | None) -> None:
        self.user = user
        self.user_id = user_id
        self.session = session
        self.signature = signature

    def forget(self) -> None:
        self.session.forget()
        if self.signature is not None:
            self.signature.forget()

    def __repr__(self) -> str:
        return f"UserKeys({self.user_id}, {self.session!r}, {self.signature!r})"


class CreatedKeys:
    """What set-up holds once: the database key (32 bytes) and salt (16), the users' keys, the sheet."""

    __slots__ = ("database_key", "database_salt", "recovery_groups", "users")

    def __init__(
        self,
        database_key: bytearray,
        database_salt: bytes,
        users: tuple[UserKeys, ...],
        recovery_groups: tuple[str, ...] | None,
    ) -> None:
        self.database_key = database_key
        self.database_salt = database_salt
        self.users = users
        self.recovery_groups = recovery_groups

    def forget(self) -> None:
        """Wipe the database key and let go of the rest. The key is empty afterwards, not 32 zeros."""
        forget_bytes(self.database_key)
        self.recovery_groups = None
        for keys in self.users:
            keys.forget()

    def __repr__(self) -> str:
        return f"CreatedKeys({len(self.users)} users)"


class HoldsDatabaseKey(Protocol):
    """Whoever has opened the database: a log-in, or the recovery sheet."""

    database_key: bytearray


class Unlocked:
    """An open log-in: the database key (32 bytes), its salt (16) and the user's session key.

    `is_temporary`: the password was given by somebody else, and the user has to choose another.
    """

    __slots__ = ("database_key", "database_salt", "epoch", "is_temporary", "session", "user", "user_id")

    def __init__(
        self,
        slot: UserSlot,
        database_key: bytearray,
        database_salt: bytes,
        session: SessionKey,
        epoch: int,
        *,
        is_temporary: bool = False,
    ) -> None:
        self.user = slot.user
        self.user_id = slot.user_id
        self.database_key = database_key
        self.database_salt = database_salt
        self.session = session
        self.epoch = epoch
        self.is_temporary = is_temporary

    def forget(self) -> None:
        """Wipe the database key and let go of the session key.

        The key is empty afterwards, not 32 zeros, so that it can never be taken for one. Copies made by
        libraries may stay in the process's memory until it ends.
        """
        forget_bytes(self.database_key)
        self.session.forget()

    def __repr__(self) -> str:
        return f"Unlocked({self.user_id}, epoch {self.epoch})"


def forget_bytes(secret: bytearray) -> None:
    """Overwrite a secret and leave nothing of its length."""
    wipe(secret)
    del secret[:]
