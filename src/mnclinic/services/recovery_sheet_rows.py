"""Recovery sheets, and openings with them, as the log names them. The codes are kept nowhere."""

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.models import RecoveryOpening, RecoverySheet, instant_text
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
