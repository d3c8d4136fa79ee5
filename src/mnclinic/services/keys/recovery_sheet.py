"""The clinic's recovery sheet: made anew, and read back so that it is known to be right."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from mnclinic.documents.recovery_sheet import recovery_sheet_pdf
from mnclinic.errors import WrongCredentials
from mnclinic.models import Clinic, RecoverySheet
from mnclinic.security.envelope import wipe
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.signing_keys import sealing_key_id
from mnclinic.security.slots import new_recovery_sheet, open_with_recovery
from mnclinic.services.key_changes import keep, with_own_password
from mnclinic.services.late_entries import kept_for_the_log
from mnclinic.services.recovery_sheet_rows import sheet_entered
from mnclinic.services.secret_page import refuse_beside_the_clinic, taken_away_on_failure, write_secret_page
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, unwatched

SHEET_WAS_REPLACED = (
    "This recovery sheet was replaced by a later one. It opens the clinic again because an older copy of the "
    "key file lies in the folder, and the later sheet does not. Nothing was changed. Make a new recovery "
    "sheet, destroy the printed ones of before, and change the database key."
)


@dataclass(frozen=True)
class RecoverySheetMade:
    """A new sheet opens the records; the one of before does so with older copies of the key file alone.

    The groups are shown once.
    """

    file: Path
    groups: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class RecoverySheetReadBack:
    """The present sheet was typed in and is right."""

    made_at: datetime
    read_back_at: datetime


def make_recovery_sheet(
    clinic: OpenClinic, password: str, out: Path, *, watch: Watch = unwatched
) -> RecoverySheetMade:
    """Replace the clinic's recovery sheet and write the new one, a PDF of one page.

    With an older copy of the key file, such as a backup's, the sheet of before still opens that backup,
    and the database too until its key is changed (`rotate_database_key`): Today asks for that.

    Args:
        clinic: Open in an administrator's name.
        password: The administrator's own, typed for this act.
        out: Where the sheet goes; nothing is overwritten.
        watch: Told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        InvalidInput: the sheet's place is taken, or with the clinic or its backups.
        NotPermitted, WrongCredentials, Stopped, StoreUnavailable and kin:
            the sheet of before still holds.
    """
    clinic.require(RoleAct.MAKE_RECOVERY_SHEET)
    refuse_beside_the_clinic(clinic, out)
    with with_own_password(clinic, password, watch) as (key_file, unlocked), clinic.work() as work:
        now = clinic.clock.now()
        note = work.log.cut_checkpoint()
        changed, groups = new_recovery_sheet(key_file, unlocked.database_key)
        for row in work.session.scalars(select(RecoverySheet).where(RecoverySheet.replaced_at.is_(None))):
            row.replaced_at = now
            work.log.record(sheet_entered("recovery_sheet.replaced", row))
        sheet = RecoverySheet(key=_sheet_key(changed), made_at=now, made_by=clinic.person.staff_id)
        work.session.add(sheet)
        work.log.record(sheet_entered("recovery_sheet.made", sheet))
        write_secret_page(
            out,
            recovery_sheet_pdf(
                clinic_name=clinic.facts.name,
                groups=groups,
                made_at=now,
                vault=clinic.facts.vault,
                is_demo=clinic.facts.is_demo,
                checkpoint=note,
            ),
        )
        with taken_away_on_failure(out, clinic.folder, changed):
            keep(clinic, work, changed, retire_previous=True, watch=watch)
    return RecoverySheetMade(out, groups)


def read_back_recovery_sheet(clinic: OpenClinic, code: str) -> RecoverySheetReadBack:
    """Enter that the printed sheet was typed in and opens the records.

    Raises:
        InvalidInput: the code is mistyped; the groups are named.
        WrongCredentials: it is another sheet's, or one that was replaced and that only an older copy of the
            key file brought back. NotPermitted, StoreUnavailable and kin.
    """
    clinic.require(RoleAct.MAKE_RECOVERY_SHEET)
    key_file = load_key_file(clinic.folder).keyfile
    with kept_for_the_log(clinic.folder, key_file, None, "recovery_sheet", clock=clinic.clock):
        wipe(open_with_recovery(key_file, code))
    with clinic.work() as work:
        row = work.session.get(RecoverySheet, _sheet_key(key_file))
        if row is None:
            # A sheet from before sheets were entered.
            made = work.session.get_one(Clinic, 1).created_at
            row = RecoverySheet(key=_sheet_key(key_file), made_at=made, made_by=None)
            work.session.add(row)
        if row.replaced_at is not None:
            raise WrongCredentials(SHEET_WAS_REPLACED)
        if row.read_back_at is None:
            row.read_back_at = clinic.clock.now()
            row.read_back_by = clinic.person.staff_id
            work.log.record(sheet_entered("recovery_sheet.read_back", row))
            work.commit(checkpoint=True)
        return RecoverySheetReadBack(row.made_at, row.read_back_at)


def is_sheet_read_back(clinic: OpenClinic) -> bool:
    """Whether the recovery sheet in force was typed in, so that its paper is known to be right.

    Raises NotPermitted, StoreUnavailable and kin.
    """
    clinic.require(RoleAct.MAKE_RECOVERY_SHEET)
    with clinic.work() as work:
        found = work.session.scalars(
            select(RecoverySheet.read_back_at).where(RecoverySheet.replaced_at.is_(None))
        )
        return any(found)


def _sheet_key(key_file: KeyFile) -> str:
    if key_file.recovery is None:
        raise AssertionError("the sheet that was just used is in the key file")
    return sealing_key_id(key_file.recovery.public)
