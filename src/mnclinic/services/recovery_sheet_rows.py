"""Recovery sheets, and openings with them, as the log names them. The codes are kept nowhere."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.models import RecoveryOpening, RecoverySheet, instant_text
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.signing_keys import sealing_key_id
from mnclinic.store.log_writer import Act, LoggedObject


def recovery_sheet_bytes(row: RecoverySheet) -> bytes:
    """The canonical bytes of what is known of a sheet."""
    return canonical_bytes(
        {
            "format": "mnclinic.recovery-sheet/1",
            "key": row.key,
            "made_at": instant_text(row.made_at),
            "made_by": row.made_by,
            "read_back_at": instant_text(row.read_back_at) if row.read_back_at else None,
            "read_back_by": row.read_back_by,
            "replaced_at": instant_text(row.replaced_at) if row.replaced_at else None,
        }
    )


def is_sheet_shut_out(session: Session, key_file: KeyFile) -> bool:
    """Whether a recovery sheet is in force that does not open the key file: its place is another's, or none.

    That is how an older copy of the key file leaves it, or a power cut while a sheet was made.
    """
    in_force = set(session.scalars(select(RecoverySheet.key).where(RecoverySheet.replaced_at.is_(None))))
    sheet = key_file.recovery
    return bool(in_force) and (sheet is None or sealing_key_id(sheet.public) not in in_force)


def holds_another_sheet(session: Session, key_file: KeyFile) -> bool:
    """Whether the key file opens with a recovery sheet that is not the one in force."""
    return key_file.recovery is not None and is_sheet_shut_out(session, key_file)


def sheet_entered(action: str, row: RecoverySheet) -> Act:
    """The entry that a sheet's row is, from now on, as it stands there."""
    revision = 1 + (row.read_back_at is not None) + (row.replaced_at is not None)
    return Act(
        action,
        "C" if revision == 1 else "U",
        object=LoggedObject("recovery_sheet", row.key, revision, recovery_sheet_bytes(row)),
        categories=("keys",),
    )


def opening_bytes(row: RecoveryOpening) -> bytes:
    """The canonical bytes of an opening with the recovery sheet."""
    return canonical_bytes(
        {
            "format": "mnclinic.recovery-opening/1",
            "opened_at": instant_text(row.opened_at),
            "administrator": row.administrator,
            "source": row.source,
            "nobody_else": row.nobody_else,
            "confirmed_at": instant_text(row.confirmed_at) if row.confirmed_at else None,
            "confirmed_by": row.confirmed_by,
        }
    )


def opening_entered(action: str, row: RecoveryOpening) -> Act:
    """The entry that an opening is, from now on, as it stands there."""
    return Act(
        action,
        "C" if row.confirmed_at is None else "U",
        object=LoggedObject(
            "recovery_opening", str(row.id), 1 + (row.confirmed_at is not None), opening_bytes(row)
        ),
        categories=("keys",),
        why="nobody_else" if row.nobody_else else None,
    )
