"""Hold each try at a follow-up contact against what the log entered of it."""

from mnclinic.models import FollowUpContact
from mnclinic.services.check_kept_rows import KeptRows
from mnclinic.services.follow_up_rows import contact_bytes

CONTACTS = KeptRows(
    FollowUpContact,
    "follow_up_contact",
    lambda row_id: f"follow-up contact {row_id[:8]}",
    "follow-up contacts",
    contact_bytes,
)
