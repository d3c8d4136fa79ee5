"""The codes of a visit's entries that say something of a person's health: in the part that can be erased.

Earlier entries have them in `why`, which stays for ever. Both places are read.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import LogDetail

CODES = "codes"
"""The key of the codes in an entry's detail."""
NOT_DRAWN = "not_drawn"
LASTING = frozenset({NOT_DRAWN, "drawn", "late_entry", "first_by_new_staff", "returned"})
"""Reasons of a review that speak of the clinic's work alone, so that they may stay."""


def codes_of(entry: Mapping[str, Any], detail: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The reasons that an entry gives, from its detail where they stand there, else from `why`."""
    lasting = tuple(one for one in (entry["why"] or "").split(",") if one)
    told = (detail or {}).get(CODES)
    if not isinstance(told, list):
        return lasting
    codes = tuple(str(one) for one in told)
    return codes + tuple(one for one in lasting if one not in codes)


def codes_entered(session: Session, entry: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Why a visit goes to review, as the log entered it; None where the detail that says it is not there."""
    stored = session.scalar(select(LogDetail.detail).where(LogDetail.seq == entry["seq"]))
    try:
        detail = json.loads(stored) if stored is not None else None
    except ValueError:
        detail = None
    # Who takes the detail away or changes it is told by the check of the log itself.
    if not isinstance(detail, dict):
        return None
    return tuple(one for one in codes_of(entry, detail) if one != NOT_DRAWN)
