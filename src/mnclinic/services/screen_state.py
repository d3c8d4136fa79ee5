"""Where a person was when the window was left, kept encrypted until they come back.

It is no evidence and never logged: it holds what stood on the screen and what was typed into sheets that
have no draft of their own. Passwords never get here; the window leaves them out.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mnclinic.models import ScreenState
from mnclinic.services.session import OpenClinic

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
    content = json.dumps({"format": FORMAT, "screen": state}, ensure_ascii=False).encode("utf-8")
    if len(content) > LARGEST_BYTES:
        return False
    with clinic.work() as work:
        kept = work.session.get(ScreenState, clinic.person.staff_id)
        if kept is None:
            kept = ScreenState(staff_id=clinic.person.staff_id)
            work.session.add(kept)
        kept.state = content
        kept.saved_at = clinic.clock.now()
        work.commit()
    return True


def kept_screen(clinic: OpenClinic) -> ScreenKept | None:
    """What was kept of this person's screen, or None. One of an unknown form counts as none."""
    with clinic.work() as work:
        kept = work.session.get(ScreenState, clinic.person.staff_id)
        if kept is None:
            return None
        content, saved_at = kept.state, kept.saved_at
    try:
        whole = json.loads(content)
    except ValueError:
        return None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT or not isinstance(whole["screen"], dict):
        return None
    return ScreenKept(whole["screen"], saved_at)
