"""A consent that was taken back: who, when and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mnclinic.errors import Problem

LONGEST_NAME = 120
LONGEST_NOTE = 2000


class WithdrawnHow(StrEnum):
    """How the person said so."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    TELEPHONE = "telephone"


@dataclass(frozen=True)
class Withdrawal:
    """Consents to `form` (every form where it is empty) signed up to `withdrawn_at` count no more."""

    form: str
    withdrawn_at: datetime

    def ends(self, form: str, signed_at: datetime) -> bool:
        """Whether it takes a consent back that was signed then."""
        return self.form in {"", form} and signed_at <= self.withdrawn_at


def problems_of_withdrawal(
    withdrawn_at: datetime, withdrawn_by: str, how: str, note: str, *, now: datetime
) -> Iterator[Problem]:
    """Everything that speaks against writing a withdrawal down."""
    if withdrawn_at.tzinfo is None:
        yield Problem("withdrawn_at", "Write the time with its offset from UTC.")
    elif withdrawn_at > now:
        yield Problem("withdrawn_at", "That moment lies in the future.")
    if not withdrawn_by:
        yield Problem("withdrawn_by", "Say who withdrew it: the patient, or the guardian by name.")
    elif len(withdrawn_by) > LONGEST_NAME:
        yield Problem("withdrawn_by", f"At most {LONGEST_NAME} characters.")
    if how not in set(WithdrawnHow):
        yield Problem("how", "Say how: spoken, written or by telephone.")
    if len(note) > LONGEST_NOTE:
        yield Problem("note", f"At most {LONGEST_NOTE} characters.")
