"""What every page works with: the open clinic, the store's thread, and how trouble is shown."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QObject, Signal

from mnclinic.domain.instants import zone_of
from mnclinic.errors import ClinicError, LogInEnded
from mnclinic.ui.language import spoken
from mnclinic.ui.tasks import TaskRunner

if TYPE_CHECKING:
    # The log-in is told of trouble by this module, and is painted before the store's modules are read.
    from mnclinic.security.roles import Act
    from mnclinic.services.session import ClinicFacts, OpenClinic, Person, Signer

Value = TypeVar("Value")

OUR_DEFECT = (
    "Something went wrong inside the program. What was saved before is safe and nothing half-done was kept. "
    "Try again; if it happens again, note what you did and report it."
)


def sentence_of(error: Exception) -> str:
    """What a person reads about an exception: its own sentence, or an apology for a defect."""
    return spoken(error.sentence if isinstance(error, ClinicError) else OUR_DEFECT)


class Desk(QObject):
    """One person at the open clinic. Pages ask it for work and never wait for it."""

    changed = Signal()
    """Something was stored. Lists refresh. UI thread, after commit."""

    wanted = Signal(str, object)
    """A page is wanted: its name, and what it is to show."""

    told = Signal(str)
    """A short word of success for the foot of the window."""

    unsaved_changed = Signal()
    """Something could not be stored, or all that could not be is stored now. See `has_unsaved`. UI thread."""

    done_with_undo = Signal(str, object)
    """Something was done that can be taken back: its words, and what takes it back. See `tell`."""

    lock_wanted = Signal()
    """Somebody wants to leave the screen as it is: it locks."""

    access_ended = Signal()
    """The log-in is over although nobody left: what the screen shows is this person's no more. UI thread."""

    undo_over = Signal()
    """What was offered last is taken back by other means, or can be no more: nothing offers it any longer."""

    def __init__(self, clinic: "OpenClinic", runner: TaskRunner, parent: QObject | None = None) -> None:
        """Serve an open clinic on one store thread."""
        from mnclinic.ui.key_file_place import KeyFilePlace

        super().__init__(parent)
        self._clinic = clinic
        self._runner = runner
        self._unsaved: WeakSet[QObject] = WeakSet()
        """Of the keepers of drafts those that could not store something."""
        self._was_unsaved = False
        self.key_file = KeyFilePlace(clinic, runner)

    @property
    def person(self) -> "Person":
        """Who is logged in."""
        return self._clinic.person

    @property
    def facts(self) -> "ClinicFacts":
        """The clinic's name, fingerprint and whether it is a demo."""
        return self._clinic.facts

    @property
    def now(self) -> datetime:
        """The present, by whose zone other moments are shown as clocks here went or will go then."""
        return self.local(self._clinic.clock.now())

    def local(self, at: datetime) -> datetime:
        """An instant as the clinic's own clocks showed it, or will."""
        return at.astimezone(zone_of(self._clinic.clock))

    def can(self, act: "Act") -> bool:
        """Whether the person can do it now: by their role, and in a clinic where nothing can be stored."""
        from mnclinic.security.roles import WHILE_READ_ONLY, Role, may

        is_kept = self._clinic.read_only is None or act in WHILE_READ_ONLY
        return is_kept and may(Role(self.person.role), act)

    def tell(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Say what was done: at the foot of the window, or in a toast with Undo. UI thread.

        `undo` takes the act back and says itself how that went; it is called at most once. Bind it to
        something that outlives a page, since the person may have gone elsewhere meanwhile.
        """
        if undo is None:
            self.told.emit(words)
        else:
            self.done_with_undo.emit(words, undo)

    @property
    def has_unsaved(self) -> bool:
        """Whether something that was typed could not be stored so far."""
        return any(map(shiboken6.isValid, self._unsaved))

    def say_unsaved(self, keeper: QObject, *, is_unsaved: bool) -> None:
        """Say whether a keeper of drafts holds something that could not be stored. UI thread.

        It counts until the keeper says otherwise, or is no more.
        """
        if is_unsaved:
            self._unsaved.add(keeper)
        else:
            self._unsaved.discard(keeper)
        if self.has_unsaved is not self._was_unsaved:
            self._was_unsaved = not self._was_unsaved
            self.unsaved_changed.emit()

    @property
    def runner(self) -> TaskRunner:
        """Where the jobs run."""
        return self._runner

    @property
    def clinic(self) -> "OpenClinic":
        """The open clinic, for jobs alone: nothing on the UI thread touches it."""
        return self._clinic

    def ask(
        self,
        job: Callable[["OpenClinic"], Value],
        *,
        owner: QObject,
        done: Callable[[Value], None],
        failed: Callable[[Exception], None],
        is_long: bool = False,
        is_wanted: bool = True,
        is_last: bool = False,
    ) -> None:
        """Run a use-case on the store's thread, then `done` or `failed` on the UI thread.

        A long reader (`is_long`) runs beside the others; what nobody asked for (`is_wanted` is false) does
        not keep the screen from locking; what ends the stay (`is_last`) waits for the long readers.
        """

        def refused(error: Exception) -> None:
            failed(error)
            if isinstance(error, LogInEnded):
                self.access_ended.emit()

        self._runner.submit(
            lambda: job(self._clinic),
            owner=owner,
            done=done,
            failed=refused,
            is_long=is_long,
            is_wanted=is_wanted,
            is_last=is_last,
        )

    def act(
        self,
        job: Callable[["OpenClinic"], Value],
        *,
        owner: QObject,
        done: Callable[[Value], None],
        failed: Callable[[Exception], None],
        is_long: bool = False,
        is_wanted: bool = True,
    ) -> None:
        """Like `ask`, for something that changes the clinic: lists hear of it afterwards."""

        def finished(value: Value) -> None:
            done(value)
            self.changed.emit()

        self.ask(job, owner=owner, done=finished, failed=failed, is_long=is_long, is_wanted=is_wanted)

    def sign(
        self,
        job: Callable[["OpenClinic", "Signer"], Value],
        password: str,
        *,
        owner: QObject,
        done: Callable[[Value], None],
        failed: Callable[[Exception], None],
        watch: Callable[[str, int, int], bool],
    ) -> None:
        """Like `act`, with the person's signature key opened by the password just typed for it.

        `watch` is told how far it is, from the job's thread; what it answers once the key is open decides.
        """

        def signing(clinic: "OpenClinic") -> Value:
            from mnclinic.services.session import signer

            with signer(clinic, password, factor=self.key_file.place, watch=watch) as by:
                return job(clinic, by)

        self.act(signing, owner=owner, done=done, failed=failed)


def with_value(handler: Callable[[Any], None], value: Any) -> Callable[[], None]:
    """A handler that is called with a value that is known now."""
    return lambda: handler(value)
