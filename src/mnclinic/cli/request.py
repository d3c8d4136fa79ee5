"""What a command is asked to do, and with what."""

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mnclinic.cli.answer import say
from mnclinic.cli.proving import AT_MOST_BYTES, prove_backups
from mnclinic.domain.instants import Clock
from mnclinic.errors import InvalidInput
from mnclinic.services.clock_set_back import enter_unexplained_set_back, explain_set_back
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import OpenClinic

BYTE_ORDER_MARK = "\ufeff"
LONGEST_SECRET = 4096
"""Characters of a first line. A longer one is another file, and is never cut."""


SHEET_CODE = "recovery sheet's code"


@dataclass(frozen=True)
class Request:
    """One command. `options` holds its own arguments; the global ones stand beside."""

    options: argparse.Namespace
    data_dir: Path
    clock: Clock

    @property
    def as_json(self) -> bool:
        """Whether one JSON document is wanted on standard output."""
        return getattr(self.options, "json", False)

    def password(self) -> str:
        """The password, from the file named, from standard input, or asked for.

        Raises InvalidInput when there is no way to get one.
        """
        named = getattr(self.options, "password_file", None)
        if named is not None:
            return read_secret(named)
        if not sys.stdin.isatty():
            raise InvalidInput(
                "No password was given. Nothing was done. Name a file with --password-file, or - to "
                "read it from standard input."
            )
        try:
            return getpass.getpass("Password: ")
        except EOFError:
            raise InvalidInput("No password was given. Nothing was done. Type it and press Enter.") from None

    def user(self) -> str:
        """The user named with --user. Raises InvalidInput when there is none."""
        named = getattr(self.options, "user", None)
        if not named:
            raise InvalidInput("No user was named. Nothing was done. Say who you are with --user.")
        return str(named)

    @contextmanager
    def clinic(self) -> Iterator[tuple[OpenClinic, str]]:
        """The clinic, open in the user's name, and the password that opened it (for one signature)."""
        user, password = self.user(), self.password()
        clinic = open_clinic(self.data_dir, user, password, clock=self.clock)
        try:
            if clinic.warning is not None:
                say(clinic.warning)
            self._explain_clock(clinic)
            prove_backups(clinic, password, at_most_bytes=AT_MOST_BYTES)
            yield clinic, password
        finally:
            clinic.close()

    def _explain_clock(self, clinic: OpenClinic) -> None:
        """Enter that the computer's clock was set back, with the reason if one was given."""
        reason = getattr(self.options, "clock_reason", None)
        if reason is not None and clinic.clock_set_back is not None and clinic.read_only is None:
            explain_set_back(clinic, reason)
        elif told := enter_unexplained_set_back(clinic):
            say(f"{told} A command takes the reason with --clock-reason TEXT.")


def read_secret(named: str | Path, what: str = "password") -> str:
    """The first line of a file, or of standard input for `-`, without its line break.

    Raises InvalidInput, which calls the file the one with the `what`.
    """
    try:
        if str(named) == "-":
            text = sys.stdin.readline(LONGEST_SECRET + 2)
        else:
            with Path(named).open(encoding="utf-8") as file:
                text = file.readline(LONGEST_SECRET + 2)
    except OSError:
        raise InvalidInput(
            f"The file with the {what} cannot be read. Nothing was done. Check its name and that you may "
            "read it."
        ) from None
    except UnicodeDecodeError:
        raise InvalidInput(
            f"The file with the {what} holds no text. Nothing was done. Name a text file whose first line is "
            f"the {what}, and nothing else."
        ) from None
    # Editors and consoles of Windows put a mark before the text, which nobody could type at the log-in.
    secret = text.removeprefix(BYTE_ORDER_MARK).rstrip("\r\n")
    if not secret:
        raise InvalidInput(
            f"The file with the {what} is empty. Nothing was done. Write the {what} into its first line."
        )
    if len(secret) > LONGEST_SECRET:
        raise InvalidInput(
            f"The first line of the file with the {what} is longer than {LONGEST_SECRET} characters. Nothing "
            "was done. Check that it is the right file."
        )
    return secret
