"""Before the database key is changed: what only the key of now opens is proven, as long as there is one."""

from dataclasses import dataclass, field

from mnclinic.errors import ClinicError, LogInEnded, Stopped
from mnclinic.services.adopt_found_backups import adopt_found_backups
from mnclinic.services.check_backup import GOOD
from mnclinic.services.session import OpenClinic
from mnclinic.services.unproven_backups import unproven_backups
from mnclinic.store.backup_files import Watch, unwatched


@dataclass(frozen=True)
class CopiesProven:
    """What came of it. `wrong` are names with their verdicts, `unopened` names of copies of an earlier key.

    `trouble` is why it could not be done, as a sentence; else None.
    """

    wrong: tuple[tuple[str, str], ...] = ()
    unopened: tuple[str, ...] = ()
    trouble: str | None = None


@dataclass
class Proving:
    """Called before the key is changed (`before` there), it proves every backup that nobody has proven yet.

    The password is the person's own, judged before: it opens a copy from before an earlier change of the key
    as well. Nothing that fails here keeps anybody from the change; `copies` says what came of it.
    """

    clinic: OpenClinic
    password: str = field(repr=False)
    watch: Watch = unwatched
    copies: CopiesProven = CopiesProven()

    def __call__(self) -> None:
        """Prove them now.

        Raises:
            Stopped: the watch wanted no more. LogInEnded: the person may do nothing any more.
        """
        try:
            self.copies = self._proven()
        except (Stopped, LogInEnded):
            raise
        except ClinicError as error:
            self.copies = CopiesProven(trouble=error.sentence)

    def _proven(self) -> CopiesProven:
        if not unproven_backups(self.clinic).all:
            return CopiesProven()
        found = adopt_found_backups(
            self.clinic, user=self.clinic.person.user, password=self.password, watch=self.watch
        )
        wrong = tuple((name, verdict) for name, verdict in found.verdicts if verdict not in GOOD)
        return CopiesProven(wrong, found.unopened)
