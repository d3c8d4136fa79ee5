"""Where a person was when the window was left, and what they typed that no record holds yet, kept encrypted.

It is no evidence and never logged: it holds what stood on the screen, what was typed into sheets that have no
draft of their own, and of each open visit the texts that its document cannot hold (half a number, a date that
is none). Passwords never get here; the window leaves them out.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mnclinic.models import ScreenState
from mnclinic.services.session import OpenClinic
from mnclinic.store.unit_of_work import UnitOfWork

FORMAT = "mnclinic.screen/1"
LARGEST_BYTES = 2_000_000
"""More than anybody types; a screen that is larger is not kept."""


@dataclass(frozen=True)
class ScreenKept:
    """A person's screen as it was kept: the window's own JSON, and when."""

    state: dict[str, Any]
    saved_at: datetime


def keep_screen(clinic: OpenClinic, state: dict[str, Any]) -> bool:
    """Keep what this person's screen showed, in place of what was kept before.

    `state` is JSON that only the window understands. Returns whether it was kept: not while the clinic is
    read-only, and not when it is too large. Asks for no right: it is the person's own, and an inspector
    has a screen too.
    """
    if clinic.read_only is not None:
        return False
    with clinic.work() as work:
        whole = _whole(work, clinic) | {"screen": state}
        if not _put(work, clinic, whole):
            return False
        work.commit()
    return True


def kept_screen(clinic: OpenClinic) -> ScreenKept | None:
    """What was kept of this person's screen, or None. One of an unknown form counts as none."""
    with clinic.work() as work:
        kept = work.session.get(ScreenState, clinic.person.staff_id)
        if kept is None:
            return None
        saved_at, screen = kept.saved_at, _whole(work, clinic).get("screen")
    return ScreenKept(screen, saved_at) if isinstance(screen, dict) else None


def typed_drafts(work: UnitOfWork, clinic: OpenClinic) -> dict[str, Any]:
    """What this person typed into open visits and no document holds, by the visit's id."""
    drafts = _whole(work, clinic).get("drafts")
    return dict(drafts) if isinstance(drafts, dict) else {}


def put_typed_drafts(work: UnitOfWork, clinic: OpenClinic, drafts: dict[str, Any]) -> bool:
    """Put these in place of the former ones, beside the screen, in the caller's transaction.

    Returns whether they are small enough to be kept.
    """
    return _put(work, clinic, _whole(work, clinic) | {"drafts": drafts})


def _whole(work: UnitOfWork, clinic: OpenClinic) -> dict[str, Any]:
    """Everything kept of this person. What an unknown form holds counts as nothing."""
    kept = work.session.get(ScreenState, clinic.person.staff_id)
    if kept is None:
        return {}
    try:
        whole = json.loads(kept.state)
    except ValueError:
        return {}
    return whole if isinstance(whole, dict) and whole.get("format") == FORMAT else {}


def _put(work: UnitOfWork, clinic: OpenClinic, whole: dict[str, Any]) -> bool:
    content = json.dumps(whole | {"format": FORMAT}, ensure_ascii=False).encode("utf-8")
    if len(content) > LARGEST_BYTES:
        return False
    kept = work.session.get(ScreenState, clinic.person.staff_id)
    if kept is None:
        kept = ScreenState(staff_id=clinic.person.staff_id)
        work.session.add(kept)
    kept.state = content
    kept.saved_at = clinic.clock.now()
    return True
