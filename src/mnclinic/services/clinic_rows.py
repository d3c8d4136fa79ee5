"""How the log names the clinic itself."""

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.models import Clinic, instant_text
from mnclinic.store.log_writer import Act, LoggedObject

CREATED = "clinic.created"


def clinic_bytes(row: Clinic) -> bytes:
    """The canonical bytes of what never changes about a clinic."""
    return canonical_bytes(
        {
            "format": "mnclinic.clinic/1",
            "vault": row.vault,
            "name": row.name,
            "is_demo": row.is_demo,
            "demo_day": row.demo_day.isoformat() if row.demo_day is not None else None,
            "created_at": instant_text(row.created_at),
            "installation_key": row.installation_key,
        }
    )


def clinic_created(row: Clinic) -> Act:
    """The first entry of every log."""
    return Act(
        CREATED,
        "C",
        object=LoggedObject("clinic", row.vault, 1, clinic_bytes(row)),
        categories=("clinic",),
        detail={"name": row.name},
    )
