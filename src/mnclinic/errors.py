"""What can go wrong, and the sentence a person reads about it.

ClinicError
├── InvalidInput        the input is wrong; every problem is listed; nothing was stored
├── ActionRefused       a rule said no; every refusal is listed; nothing was changed
├── NotPermitted        this person may not do this
│   └── LogInEnded      nor anything else any more
├── WrongCredentials    the user name or password is not right
│   ├── WrongPassword       the same of somebody who is known already
│   └── TooManyTries        not judged at all: the next try has to wait, or somebody has to help
├── StaleVisit          somebody else changed the visit, or the patient's details, meanwhile
└── StoreUnavailable    the world's fault: a file, a disk or another program
    ├── ClinicMissing       there is no clinic in this folder
    ├── ClinicExists        there is one already
    ├── ClinicInUse         another window holds the folder
    ├── FolderNotWritable
    ├── DeviceSecretMissing the PC's keyring does not hold what log-ins are bound to
    ├── KeyFileMissing
    ├── KeyFileDamaged      never to be read as "wrong password"
    ├── DatabaseMissing
    ├── DatabaseDamaged
    ├── DatabaseNotEncrypted
    ├── NewerFormat         made by a newer mnclinic; both versions are named
    ├── ClinicReadOnly      it can be read, and nothing can be stored; the reason is named
    ├── LogIllWritten       what the next entry stands on was changed past the program
    ├── FolderUnsuitable    a network share or a synced folder
    ├── BackupUnusable      the backup is damaged, incomplete or another clinic's
    ├── Stopped             somebody stopped a long job before it was finished
    └── DiskFull

Every class carries the whole sentence: what happened, that nothing was lost, what to do.
A sentence never holds a class name, a path inside the program or a patient's data.
Anything that is not a ClinicError is our own defect.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an input.

    `where` is a place a person can find: a JSON path such as `lines[2].depth_mm`, a line number,
    a field's name. `what` is a sentence.
    """

    where: str
    what: str


@dataclass(frozen=True)
class Refusal:
    """One reason why an act was refused. `code` is for scripts, `message` for people."""

    code: str
    message: str


class ClinicError(Exception):
    """Trouble that we know how to tell a person about."""

    code = "error"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class InvalidInput(ClinicError):
    """The input is wrong. Nothing was stored."""

    code = "invalid_input"

    def __init__(self, sentence: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(sentence)
        self.problems = tuple(problems)


class ActionRefused(ClinicError):
    """A rule refused, for every reason in `refusals`. Nothing was changed."""

    code = "refused"

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__(" ".join(refusal.message for refusal in refusals))
        self.refusals = tuple(refusals)


class NotPermitted(ClinicError):
    """This person's role does not allow the act."""

    code = "not_permitted"


class LogInEnded(NotPermitted):
    """The log-in is over: the person left, their time is up, or their keys were replaced elsewhere."""


class WrongCredentials(ClinicError):
    """The user name or the password is not right; which of the two is never said."""

    code = "wrong_credentials"

    def __init__(
        self,
        sentence: str = (
            "The user name or the password is not right. Nothing was changed. "
            "Check that Caps Lock is off and try again."
        ),
    ) -> None:
        super().__init__(sentence)


class WrongPassword(WrongCredentials):
    """The password that somebody typed who is known already, and typed no user name, is not theirs."""

    def __init__(self) -> None:
        super().__init__(
            "The password is not right. Nothing was changed. Check that Caps Lock is off and try again."
        )


class TooManyTries(WrongCredentials):
    """Too many wrong passwords. This one was not judged. `wait_s` is None after the last allowed try."""

    code = "too_many_tries"

    def __init__(self, wait_s: int | None) -> None:
        if wait_s is None:
            super().__init__(
                "Too many wrong passwords were typed for this user name, so it is closed. "
                "Nothing was changed. Use the personal recovery code, or ask an administrator for a reset."
            )
        else:
            super().__init__(
                f"Too many wrong passwords were typed. This one was not looked at and nothing was changed. "
                f"Wait {wait_s} {'second' if wait_s == 1 else 'seconds'}, then try again."
            )
        self.wait_s = wait_s


class StaleVisit(ClinicError):
    """The visit was changed elsewhere since it was read. What was typed is still with the caller."""

    code = "changed_elsewhere"

    def __init__(
        self,
        sentence: str = (
            "This visit was changed elsewhere a moment ago. What you typed is still here. "
            "Look at the newer version, then save again."
        ),
    ) -> None:
        super().__init__(sentence)


class StaleDetails(StaleVisit):
    """A patient's details were changed elsewhere since they were read. What was typed is with the caller."""

    def __init__(self) -> None:
        super().__init__(
            "These details were changed elsewhere a moment ago. Nothing was stored, and what you typed is "
            "still here. Look at the newer details, then save again."
        )


class StoreUnavailable(ClinicError):
    """A file, a disk or another program is in the way. Nothing half-done was kept."""

    code = "store_unavailable"


class ClinicMissing(StoreUnavailable):
    """There is no clinic in the folder."""

    code = "clinic_missing"


class ClinicExists(StoreUnavailable):
    """The folder already holds a clinic, which set-up never overwrites."""

    code = "clinic_exists"


class ClinicInUse(StoreUnavailable):
    """Another window, or a writer that does not let go, holds the clinic."""

    code = "clinic_in_use"


class FolderNotWritable(StoreUnavailable):
    """The data folder cannot be written."""

    code = "folder_not_writable"


class DeviceSecretMissing(StoreUnavailable):
    """Log-ins are bound to a keyring that does not hold the secret. The password was not judged."""

    code = "device_secret_missing"


class KeyFileMissing(StoreUnavailable):
    """The clinic has a database but no key file."""

    code = "key_file_missing"


class KeyFileDamaged(StoreUnavailable):
    """The key file fails its own checksum or cannot be read as one. Never "wrong password"."""

    code = "key_file_damaged"


class DatabaseMissing(StoreUnavailable):
    """The clinic has a key file but no database."""

    code = "database_missing"


class WitnessNotRead(ClinicError):
    """A place outside the database, where a checkpoint may lie, did not answer."""


class DatabaseDamaged(StoreUnavailable):
    """The database cannot be read with the right key."""

    code = "database_damaged"


class DatabaseNotEncrypted(StoreUnavailable):
    """The file is plaintext or the engine is not the encrypted one. Nothing is read or written."""

    code = "database_not_encrypted"


class NewerFormat(StoreUnavailable):
    """Made by a newer program. Both versions are named in the sentence."""

    code = "newer_format"


class ClinicReadOnly(StoreUnavailable):
    """The clinic is open for reading alone. The sentence says why and what ends it."""

    code = "read_only"


class LogIllWritten(StoreUnavailable):
    """What the next entry would stand on is nothing that mnclinic writes, so nothing can be entered."""

    code = "log_ill_written"


class FolderUnsuitable(StoreUnavailable):
    """A place where a database would be damaged: a network share, or a folder kept in sync elsewhere."""

    code = "folder_unsuitable"


class BackupUnusable(StoreUnavailable):
    """A backup that cannot be restored from: damaged, incomplete, or of another clinic."""

    code = "backup_unusable"


class Stopped(StoreUnavailable):
    """Somebody stopped a long job. Nothing half-done was kept."""

    code = "stopped"


class DiskFull(StoreUnavailable):
    """The disk is full. The last act was not kept; everything before it was."""

    code = "disk_full"


ILL_WRITTEN = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError),
    *(struct.error, InvalidInput),
)
"""All that a cell's content can raise in whoever reads it, where somebody put there what is never written."""
