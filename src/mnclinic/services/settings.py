"""What a clinic has set: read one, change one. Each change is an entry of the log."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import TextNotCanonical, canonical_bytes
from mnclinic.domain.person_details import text_of
from mnclinic.domain.supplies import LotKind
from mnclinic.domain.whom_to_call import WhomToCall
from mnclinic.errors import ILL_WRITTEN, InvalidInput, Problem
from mnclinic.models import LogEntry, Setting
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.trouble import UNSPELLABLE, told_plainly

SHORTEST_IDLE_MIN, LONGEST_IDLE_MIN = 1, 15
LONGEST_INTERVAL_H = 24 * 31
SMALLEST_KEEP, LARGEST_KEEP = 1, 1000
MOST_WANTED = 10_000
LOW_STOCK: Mapping[str, int] = {"cartridge": 10, "topical": 1, "anaesthetic": 1, "prp_kit": 2}
"""Fewer are few, until the clinic says otherwise."""
WHOM_TO_CALL = "whom_to_call"
NOBODY_TO_CALL: Mapping[str, str] = {"phone": "", "after_hours": ""}


@dataclass(frozen=True)
class KnownSetting:
    """A setting that there is: what holds until it is set, and what is wrong with a value, if anything.

    `if_ill_written` holds where what stands there is no value of it: the check names that.
    """

    default: Any
    wrong: Callable[[Any], str | None]
    if_ill_written: Any


def _wrong_idle(value: object) -> str | None:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if is_whole and SHORTEST_IDLE_MIN <= value <= LONGEST_IDLE_MIN:  # type: ignore[operator]  # is_whole saw to it
        return None
    return f"The window locks after {SHORTEST_IDLE_MIN} to {LONGEST_IDLE_MIN} whole minutes."


def _is_kept(count: object) -> bool:
    return isinstance(count, int) and not isinstance(count, bool) and SMALLEST_KEEP <= count <= LARGEST_KEEP


def _wrong_hold(value: object) -> str | None:
    return None if isinstance(value, bool) else "A legal hold is on or off."


def _wrong_plan(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, Mapping) or not {"folder", "every_h", "at_close", "keep"} >= value.keys():
        return "A plan for backups names folder, every_h, at_close and keep."
    hours = value.get("every_h", 1)
    if isinstance(hours, bool) or not isinstance(hours, int) or not 1 <= hours <= LONGEST_INTERVAL_H:
        return f"Backups are made every 1 to {LONGEST_INTERVAL_H} hours."
    if not isinstance(value.get("at_close", True), bool):
        return "A backup at closing is made or not made."
    if not isinstance(value.get("folder"), str | None):
        return "The folder of backups is a path."
    keep = value.get("keep", {})
    counts = keep.values() if isinstance(keep, Mapping) else [None]
    if not all(_is_kept(count) for count in counts):
        return (
            f"Of each kind {SMALLEST_KEEP} to {LARGEST_KEEP} backups are kept: at least one day, one week "
            "and one month, so that retention cannot be switched off."
        )
    return None


def _wrong_low_stock(value: object) -> str | None:
    kinds = {one.value for one in LotKind}
    is_right = isinstance(value, Mapping) and all(
        kind in kinds and isinstance(least, int) and not isinstance(least, bool) and 0 <= least <= MOST_WANTED
        for kind, least in value.items()
    )
    return None if is_right else f"A low stock is a kind of supply and a number from 0 to {MOST_WANTED}."


def _wrong_whom(value: object) -> str | None:
    is_right = (
        isinstance(value, Mapping)
        and value.keys() == NOBODY_TO_CALL.keys()
        and all(isinstance(one, str) for one in value.values())
        and not any(WhomToCall(**value).problems())
    )
    return None if is_right else "Whom to call is two telephone numbers, each on one line, or none."


SETTINGS: dict[str, KnownSetting] = {
    "low_stock": KnownSetting(LOW_STOCK, _wrong_low_stock, LOW_STOCK),
    "idle_lock_min": KnownSetting(5, _wrong_idle, 5),
    "backup_plan": KnownSetting(None, _wrong_plan, None),
    WHOM_TO_CALL: KnownSetting(NOBODY_TO_CALL, _wrong_whom, NOBODY_TO_CALL),
    "legal_hold": KnownSetting(False, _wrong_hold, True),
}
"""Every setting by name. One that is missing here cannot be set."""


def setting(clinic: OpenClinic, name: str) -> Any:  # noqa: ANN401 - each setting has its own type
    """What is set, or what holds until somebody sets it."""
    clinic.require(RoleAct.VIEW_TODAY)
    with told_plainly(), Session(clinic.store.engine) as session:
        return setting_in(session, name)


def idle_lock_min(clinic: OpenClinic) -> int:
    """After how many minutes without use the window locks: for everybody, before they may do anything else.

    Raises StoreUnavailable and kin.
    """
    with told_plainly(), Session(clinic.store.engine) as session:
        return int(setting_in(session, "idle_lock_min"))


def setting_in(session: Session, name: str) -> Any:  # noqa: ANN401
    """`setting`, for a use-case that has its session open."""
    known, row = SETTINGS[name], session.get(Setting, name)
    if row is None:
        return known.default
    try:
        value = json.loads(row.value)
        return known.if_ill_written if known.wrong(value) else value
    except ILL_WRITTEN:
        return known.if_ill_written


def change_setting(clinic: OpenClinic, name: str, value: object, *, reason: str = "") -> None:
    """Set something. A change to what is set already is no act and makes no entry.

    Raises:
        InvalidInput: there is no such setting, or it cannot have this value. Nothing was changed.
        NotPermitted, ClinicReadOnly: nothing was changed.
    """
    clinic.require(RoleAct.CHANGE_SETTINGS)
    known = SETTINGS.get(name)
    what = "There is no such setting." if known is None else known.wrong(value)
    if what is not None:
        raise InvalidInput(f"{what} Nothing was changed.", [Problem(name, what)])
    reason = text_of(reason)
    content = _content(name, value)
    with clinic.work() as work:
        row = work.session.get(Setting, name)
        before = setting_in(work.session, name)
        if row is not None and row.value == content:
            return
        if row is None:
            row = Setting(name=name, value=content)
            work.session.add(row)
        row.value = content
        earlier = work.session.scalar(
            select(func.count())
            .select_from(LogEntry)
            .where(LogEntry.object_id == name, LogEntry.action == "setting.changed")
        )
        work.log.record(
            Act(
                "setting.changed",
                "U",
                object=LoggedObject("setting", name, 1 + (earlier or 0), setting_bytes(name, content)),
                categories=("settings",),
                detail={"name": name, "before": before, "after": value}
                | ({"reason": reason} if reason else {}),
            )
        )
        work.commit()


def _content(name: str, value: object) -> bytes:
    try:
        return canonical_bytes(value)
    except TextNotCanonical as error:
        raise InvalidInput(UNSPELLABLE, [Problem(name, UNSPELLABLE)]) from error


def setting_bytes(name: str, value: bytes) -> bytes:
    """The canonical bytes of a setting, as the log names it. `value` is canonical JSON."""
    return canonical_bytes({"format": "mnclinic.setting/1", "name": name, "value": json.loads(value)})
