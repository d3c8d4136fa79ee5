"""Where a person was when the window was left, and what they typed that no record holds yet, kept encrypted.

It is no evidence and never logged: it holds what stood on the screen, what was typed into sheets that have no
draft of their own, of each open visit the texts that its document cannot hold (half a number, a date that
is none), and the keys of pictures that were brought and are not kept yet. Passwords never get here; the
window leaves them out.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

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
    return _drafts_in(_whole(work, clinic))


def put_typed_drafts(work: UnitOfWork, clinic: OpenClinic, drafts: dict[str, Any]) -> bool:
    """Put these in place of the former ones, beside the screen, in the caller's transaction.

    Returns whether they are small enough to be kept.
    """
    return _put(work, clinic, _whole(work, clinic) | {"drafts": drafts})


def brought_pictures(work: UnitOfWork, clinic: OpenClinic) -> dict[str, list[dict[str, str]]]:
    """Of each visit or person the pictures that this person brought and nobody kept yet."""
    return _brought_in(_whole(work, clinic))


def put_brought_pictures(
    work: UnitOfWork, clinic: OpenClinic, brought: Mapping[str, list[dict[str, str]]]
) -> bool:
    """Put these in place of the former ones, in the caller's transaction. Whether they are small enough."""
    return _put(
        work, clinic, _whole(work, clinic) | {"brought": {of: held for of, held in brought.items() if held}}
    )


def every_brought_picture(work: UnitOfWork) -> list[dict[str, str]]:
    """What is held of anybody."""
    everybody = work.session.scalars(select(ScreenState.staff_id))
    found = (_brought_in(_kept_of(work, staff_id)) for staff_id in everybody)
    return [one for by_thing in found for held in by_thing.values() for one in held]


def hand_over_drafts(
    work: UnitOfWork, leaver: str, taker: str, editions: Mapping[str, tuple[int, int]], *, now: datetime
) -> None:
    """Give a colleague what the leaver typed into visits that are handed over and no document holds.

    It stands in the taker's window then as if they had typed it: nobody else could ever see it. What the
    taker typed into such a visit stays; so does what the leaver's screen showed beside the visits.

    Args:
        work: The caller's, in which the visits are handed over.
        leaver: Staff id.
        taker: Staff id.
        editions: By visit, its edition before it was handed over and after.
        now: When.
    """
    of_leaver, own = _kept_of(work, leaver), _kept_of(work, taker)
    left, drafts = _drafts_in(of_leaver), _drafts_in(own)
    left_pictures, pictures = _brought_in(of_leaver), _brought_in(own)
    for visit_id in editions:
        if moved := left_pictures.pop(visit_id, []):
            pictures[visit_id] = [*pictures.get(visit_id, []), *moved]
    for visit_id, (before, after) in editions.items():
        draft = left.get(visit_id)
        if not isinstance(draft, dict) or not draft.get("typed") or visit_id in drafts:
            continue
        # The handing over changed nothing that is typed, so it is no change elsewhere to be merged.
        is_newest = draft.get("edition") == before
        drafts[visit_id] = draft | {"edition": after} if is_newest else draft
    if _put_of(work, taker, own | {"drafts": drafts, "brought": pictures}, now):
        _put_of(work, leaver, of_leaver | {"brought": left_pictures}, now)


def _drafts_in(whole: dict[str, Any]) -> dict[str, Any]:
    drafts = whole.get("drafts")
    return dict(drafts) if isinstance(drafts, dict) else {}


def _brought_in(whole: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    brought = whole.get("brought")
    return {of: list(held) for of, held in brought.items()} if isinstance(brought, dict) else {}


def _whole(work: UnitOfWork, clinic: OpenClinic) -> dict[str, Any]:
    return _kept_of(work, clinic.person.staff_id)


def _kept_of(work: UnitOfWork, staff_id: str) -> dict[str, Any]:
    """Everything kept of this person. What an unknown form holds counts as nothing."""
    kept = work.session.get(ScreenState, staff_id)
    if kept is None:
        return {}
    try:
        whole = json.loads(kept.state)
    except ValueError:
        return {}
    return whole if isinstance(whole, dict) and whole.get("format") == FORMAT else {}


def _put(work: UnitOfWork, clinic: OpenClinic, whole: dict[str, Any]) -> bool:
    return _put_of(work, clinic.person.staff_id, whole, clinic.clock.now())


def _put_of(work: UnitOfWork, staff_id: str, whole: dict[str, Any], now: datetime) -> bool:
    content = json.dumps(whole | {"format": FORMAT}, ensure_ascii=False).encode("utf-8")
    if len(content) > LARGEST_BYTES:
        return False
    kept = work.session.get(ScreenState, staff_id)
    if kept is None:
        kept = ScreenState(staff_id=staff_id)
        work.session.add(kept)
    kept.state = content
    kept.saved_at = now
    return True
