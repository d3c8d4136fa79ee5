"""What a bundle says where something that belongs in it cannot be read any more."""

from collections.abc import Iterator
from contextlib import contextmanager

from mnclinic.audit.canonical import NotCanonical
from mnclinic.errors import DatabaseDamaged
from mnclinic.services.check_rows import ILL_WRITTEN

EVENT_UNREADABLE = (
    "What was written down about an adverse event cannot be read any more, so no bundle was written: "
    "the database was changed by another hand. Nothing else was changed. Check the store; it names "
    "what was changed."
)
RECALL_UNREADABLE = (
    "What was written down about a recall cannot be read any more, so no bundle was written: "
    "the database was changed by another hand. Nothing else was changed. Check the store; it names "
    "what was changed."
)
FOLLOW_UP_UNREADABLE = (
    "What was written down about a follow-up contact cannot be read any more, so no bundle was written: "
    "the database was changed by another hand. Nothing else was changed. Check the store; it names "
    "what was changed."
)


@contextmanager
def that_can_be_read(otherwise: str) -> Iterator[None]:
    """Raise DatabaseDamaged with the sentence `otherwise` where the block reads what is never written."""
    try:
        yield
    except (NotCanonical, *ILL_WRITTEN):
        raise DatabaseDamaged(otherwise) from None
