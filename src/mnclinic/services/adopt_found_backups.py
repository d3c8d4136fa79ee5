"""Take in backups that the list does not know yet, and prove what nobody has proven."""

from dataclasses import dataclass
from pathlib import Path

from mnclinic.errors import ClinicError, Stopped, WrongCredentials
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.backup_rows import enter_made
from mnclinic.services.check_backup import check_backup
from mnclinic.services.session import OpenClinic
from mnclinic.services.unproven_backups import unproven_backups
from mnclinic.store.backup_files import Watch, read_manifest, unwatched


@dataclass(frozen=True)
class Adopted:
    """What was found: `added` names joined the list; `verdicts` of what was proven now, by name.

    `left` are the names of those that were larger than somebody wanted to wait for, `unopened` of those that
    nothing known here opens: they are from before a change of the database key.
    """

    added: tuple[str, ...]
    verdicts: tuple[tuple[str, str], ...]
    left: tuple[str, ...] = ()
    unopened: tuple[str, ...] = ()


def adopt_found_backups(
    clinic: OpenClinic,
    place: Path | None = None,
    *,
    at_most_bytes: int | None = None,
    user: str | None = None,
    password: str | None = None,
    watch: Watch = unwatched,
) -> Adopted:
    """Look where backups are kept: copies made while locked, before an upgrade, or brought back by hand.

    A damaged one joins the list with its verdict, unless not even its manifest can be read. One from before
    a change of the database key is left unproven until a password comes that opened the clinic then.

    Args:
        clinic: The live clinic.
        place: Look here, too.
        at_most_bytes: Leave larger ones unproven. What is found joins the list in any case.
        user: With `password`: who has just logged in, for what is from before a change of the database key.
        password: See `user`.
        watch: Told how far each check is; may stop.

    Raises Stopped, and StoreUnavailable and kin where the list itself cannot be written.
    """
    clinic.require(RoleAct.MAKE_BACKUP)
    found = unproven_backups(clinic, place)
    added, to_prove, left = [], [], []
    for path in found.all:
        try:
            manifest, digest = read_manifest(path)
        except ClinicError:
            continue
        if manifest.vault != clinic.facts.vault:
            continue
        if path in found.unlisted:
            # The clinic's own disk may fail at this, which is not the backup's fault and is told.
            enter_made(clinic, path, manifest, digest, None)
            added.append(path.name)
        if at_most_bytes is not None and manifest.size_bytes > at_most_bytes:
            left.append(path.name)
        else:
            to_prove.append(path)
    verdicts, unopened = [], []
    for path in to_prove:
        try:
            checked = check_backup(clinic, path, user=user, password=password, is_of_log_in=True, watch=watch)
            verdicts.append((path.name, checked.verdict))
        except Stopped:
            raise
        except WrongCredentials:
            unopened.append(path.name)
        except ClinicError:
            # What cannot be looked at today stays in the list as unproven.
            continue
    return Adopted(tuple(added), tuple(verdicts), tuple(left), tuple(unopened))
