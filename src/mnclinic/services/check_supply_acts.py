"""Hold each lot and device against the acts on it: each changes what it says, and nothing else.

Every act enters the whole row, and so could move an expiry or a needle length in passing. A device whose
label's numbers were changed is confirmed by nobody, and whoever confirms one does it in their own name.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.devices import LABEL_FACTS
from mnclinic.domain.supplies import DEVICE_ACTS, DEVICE_CONFIRMED, DEVICE_FACTS, LOT_ACTS
from mnclinic.models import Device, Lot
from mnclinic.services.check_earlier_forms import MORE, Form, wrong_step
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.supply_rows import device_bytes, lot_bytes


def rows(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """No act on a lot or device changed more than it says, or something else than its name says."""
    for lot in session.scalars(select(Lot)).all():
        words = logged.named("lot", f"{lot.kind}:{lot.lot}")
        yield from _held(session, logged, words, f"{lot.kind} lot {lot.lot}", lot_bytes(lot))
    for device in session.scalars(select(Device)).all():
        words = logged.named("device", device.device)
        yield from _held(session, logged, words, f"device {device.device}", device_bytes(device))


def _held(
    session: Session, logged: Logged, words: Sequence[Named], where: str, content: bytes
) -> Iterator[StoreFinding]:
    if len(words) < 2:  # noqa: PLR2004  its first entry alone is held by its row
        return
    now: Form = json.loads(content)
    wrong = wrong_step(session, logged, words, now, before=_before(logged, words), written=_written)
    if wrong is not None:
        yield StoreFinding(where, MORE, seq=wrong.seq)


def _written(form: Form) -> Iterator[bytes]:
    yield canonical_bytes(form)


_NAMES: Mapping[str, tuple[str, object]] = {
    **{action: ("state", state.value) for action, state in LOT_ACTS.items()},
    **{action: ("is_quarantined", after) for action, after in DEVICE_ACTS.items()},
}


def _before(
    logged: Logged, words: Sequence[Named]
) -> Callable[[int, Form, Mapping[str, Any]], Iterator[Form]]:
    def before(number: int, form: Form, said: Mapping[str, Any]) -> Iterator[Form]:
        action = words[number].action
        if action in {DEVICE_FACTS, DEVICE_CONFIRMED}:
            yield from _device_before(action, form, said, logged.entry(words[number].seq)["actor"]["uid"])
            return
        name, after = _NAMES.get(action, ("", None))
        if name in form and form[name] == after == said.get("after") and said.get("before") != after:
            yield form | {name: said.get("before")}

    return before


def _device_before(action: str, form: Form, said: Mapping[str, Any], actor: str) -> Iterator[Form]:
    """A device with the facts that an act says were there before it."""
    was, unknown = dict(said.get("was", {})), set(said.get("was_unknown", ()))
    names, facts = was.keys() | unknown, dict(form["facts"])
    confirmation = facts.get("confirmation", {})
    if action == DEVICE_CONFIRMED:
        is_right = names == {"confirmation"} and confirmation and confirmation.get("by") == actor
    else:
        is_right = not (names & set(LABEL_FACTS)) or confirmation is None
    if not is_right or "device" in names:
        return
    earlier = form | {name: was[name] for name in ("model", "maker", "serial") if name in was}
    held = {name: value for name, value in facts.items() if name not in names}
    held |= {name: value for name, value in was.items() if name != "serial"}
    yield earlier | {"facts": held}
