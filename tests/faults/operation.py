"""What an operation of the table is, and how a deed finds what it works on."""

import contextlib
import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic import bootstrap
from mnclinic.errors import ClinicError
from mnclinic.models import LogEntry, Visit
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.session import OpenClinic, signer
from mnclinic.store.trouble import told_plainly
from tests.faults.processes import put_in
from tests.faults.team import Team
from tests.services.clinic_builder import MONDAY, PASSWORDS, StoppedClock

DAY = MONDAY.date()
TROUBLE = 7
STICK = "stick"
EVENING = MONDAY.replace(hour=20)
NEW_PASSWORD = "velvet anchor eleven lemons"


class Refused(Exception):
    """A command ended in a status of its own, with what it said."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status
        self.said = said


class NothingLeft(Exception):
    """What the deed works on is not there: a first try that was told as failed was stored after all."""


Deed = Callable[[Team], object]


@dataclass(frozen=True)
class Operation:
    """One operation. `users` are logged in, and `signers` hold their key open, before the fault strikes."""

    name: str
    run: Deed
    prepare: Deed | None = None
    first: Deed | None = None
    """Done after the log-ins and before the fault strikes, where the folder's own place matters."""
    users: tuple[str, ...] = ()
    signers: tuple[str, ...] = ()
    starts_empty: bool = False
    """There is no clinic before it: afterwards a whole one stands, or none."""
    starts_old: bool = False
    """The clinic before it has an older form, which only the operation itself brings up to date."""
    statuses: frozenset[int] = frozenset({TROUBLE})
    """The exit statuses that a command may end in when the disk fails."""
    may_let_go: bool = False
    """When the disk fails it may let the database go, and says so: the people log in again then."""
    notes_in: frozenset[str] = frozenset()
    """Tables in which a failure is itself entered, so that they tell nothing of half and whole."""
    log_in: str = "okafor"
    """Whoever looks at the clinic afterwards."""
    password: str | None = None
    """Theirs, where it is not that of the small clinic."""
    holds: Callable[[Path], str | None] | None = None
    """What is wrong, or None, where something has to hold whether it is done or not. As `proof`."""
    proof: Callable[[Path], bool] | None = None
    """Whether what was acknowledged is there, where the tables do not show it. Gets the scene's folder."""

    @property
    def log_in_password(self) -> str:
        """What opens the clinic for whoever looks at it afterwards."""
        return PASSWORDS[self.log_in] if self.password is None else self.password

    def ready(self, team: Team) -> None:
        """Log in whoever has to be logged in, and do what comes first."""
        for user in self.users:
            team.as_user(user)
        for user in self.signers:
            team.signer(user)
        if self.first is not None:
            self.first(team)


def command(team: Team, user: str, *words: object) -> str:
    """Run a command in this process in somebody's name; returns what it printed. Raises Refused."""
    argv = [str(word) for word in words]
    argv += ["--data-dir", str(team.folder), "--user", user, "--password-file", "-"]
    out, err = io.StringIO(), io.StringIO()
    put_in(bootstrap, SystemClock=lambda: team.clock)
    sys.stdin = io.StringIO(PASSWORDS[user] + "\n")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = bootstrap.start(argv)
    if status:
        raise Refused(status, out.getvalue() + err.getvalue())
    return out.getvalue()


def backup_in(desk: Path) -> Path:
    """The backup on the stick."""
    return next(path for path in sorted((desk / STICK).iterdir()) if path.name.startswith("mnclinic-"))


def only(team: Team, user: str, query: object) -> str:
    """The first answer to a question about the store. Raises NothingLeft."""
    with told_plainly(), Session(team.as_user(user).store.engine) as session:
        found = session.scalars(query).first()  # type: ignore[call-overload]
    if found is None:
        raise NothingLeft
    return str(found)


def visit_in(team: Team, user: str, state: str) -> str:
    """A visit in this state. Raises NothingLeft."""
    return only(team, user, select(Visit.id).where(Visit.state == state))


def opens(user: str, password: str) -> Callable[[Path], bool]:
    """Whether somebody can log in with a password."""

    def judge(folder: Path) -> bool:
        try:
            clinic = open_clinic(folder / "clinic", user, password, clock=StoppedClock(EVENING))
        except ClinicError:
            return False
        clinic.close()
        return True

    return judge


def signs(user: str, *passwords: str, factor: str | None = None) -> Callable[[Path], str | None]:
    """That somebody can log in and sign with one of these passwords, and no key is there without its entry.

    Args:
        user: Whoever makes keys anew.
        passwords: Those that they know to have typed.
        factor: The name of a key file in the scene's folder, which may be there and count, or not.
    """

    def judge(folder: Path) -> str | None:
        refusals = []
        for password in passwords:
            try:
                clinic = open_clinic(folder / "clinic", user, password, clock=StoppedClock(EVENING))
            except ClinicError as error:
                refusals.append(error.sentence)
                continue
            try:
                if _entered_as_found(clinic):
                    return f"a key of {user}'s was found without its entry"
                stick = None if factor is None else folder / factor
                for given in {None, stick if stick is not None and stick.exists() else None}:
                    try:
                        with signer(clinic, password, factor=given):
                            return None
                    except ClinicError as error:
                        refusals.append(error.sentence)
            finally:
                clinic.close()
        return f"{user} can sign with no password: {refusals}"

    return judge


def _entered_as_found(clinic: OpenClinic) -> bool:
    with Session(clinic.store.engine) as session:
        entries = session.scalars(select(LogEntry.entry).where(LogEntry.action == "key.enrolled"))
        return any(json.loads(entry)["why"] == "found" for entry in entries)
