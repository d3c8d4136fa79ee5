"""Somebody of the staff with the database key in hand, who enters acts past the program under their own key.

Every signature holds, the role has the right, and the row says what the newest entry names. What does not
hold is what the act is about: whose record it is, what else it changed, and what it calls itself.
"""

import random
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from mnclinic.audit.canonical import canonical_bytes, salted_digest
from mnclinic.audit.signing import entry_signing_bytes
from mnclinic.audit.tree import MemoryTree, leaf_hash
from mnclinic.domain.instants import read_instant
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.slots import unlock
from mnclinic.services.add_patient import patient_bytes
from mnclinic.services.backup_rows import backup_row_content
from mnclinic.services.break_glass import glass_bytes
from mnclinic.services.staff_rows import staff_bytes
from mnclinic.store.head_file import HEAD_NAME
from tests.faults.attack_edits import Attack, Done
from tests.faults.attack_found_keys import Forging, Own
from tests.faults.attack_hands import Entry, Hands, Row
from tests.services.clinic_builder import PASSWORDS

Bytes = Callable[[Any], bytes]
_OF_A_PERSON = ("medical_history", "planned_visit", "attachment", "photo", "consent_withdrawal", "visit")


def own_key(hands: Hands, user: str) -> Own:
    """The session key of somebody who types their own password."""
    place = Path(hands.connection.execute("PRAGMA database_list").fetchone()[2]).parent
    opened = unlock(load_key_file(place).keyfile, user, PASSWORDS[user])
    person = next(row for row in hands.rows("staff") if row["user"] == user)
    return Own(opened.session, opened.session.key_id, b"", person)


def as_object(row: Row) -> Any:
    """A row as what reads it takes it: instants, days and truths instead of what stands for them."""
    values: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, str) and name.endswith("_on"):
            values[name] = date.fromisoformat(value)
        elif isinstance(value, str) and name.endswith(("_at", "_from", "until", "tell_by", "sign_by")):
            values[name] = read_instant(value) or datetime.fromisoformat(value)
        else:
            values[name] = bool(value) if name.startswith("is_") else value
    return SimpleNamespace(**values)


def _enter(
    hands: Hands,
    user: str,
    action: str,
    thing: tuple[str, str, bytes],
    said: dict[str, Any],
    *,
    subject: str | None = None,
    revision: int = 1,
    kind: str = "U",
) -> int:
    """Put an entry at the log's end, with what it says in words; its number."""
    log = Forging.of(hands)
    detail = canonical_bytes(said)
    log.enter(
        action,
        thing,
        kind=kind,
        by=own_key(hands, user),
        subject=subject,
        revision=revision,
        detail=detail,
    )
    kept = {row["seq"]: row["detail"] for row in hands.rows("log_detail")}
    if said:
        kept[len(log.entries)] = detail
    hands.write_log(log.entries, details=kept)
    return len(log.entries)


def write_own_tail_anew(hands: Hands, own: Own, thing: tuple[str, str, bytes]) -> None:
    """Let the entry of an act of one's own name another content, and sign all behind it and the head anew.

    For whoever's own entries, and the installation's, are all that follow.
    """
    entries = hands.log()
    object_kind, object_id, content = thing
    at = next(
        number
        for number, one in enumerate(entries)
        if (named := one.fields["obj"]) and (named["t"], named["id"]) == (object_kind, object_id)
    )
    fields = entries[at].fields
    fields["obj"]["h"] = salted_digest(bytes.fromhex(fields["salt"]), content)
    entries[at] = Entry(canonical_bytes(fields), b"")
    for number in range(at, len(entries)):
        # Each in turn: what follows names the hash of the one before.
        data = entries[number].data
        if entries[number].fields["actor"]["key"] == own.id:
            signature = own.private.sign(entry_signing_bytes(leaf_hash(data)))
            entries[number] = Entry(data, signature)
        entries = hands.rechain(entries, number + 1)
    hands.write_log(entries)
    tree = MemoryTree()
    for one in entries:
        tree.append(leaf_hash(one.data))
    place = Path(hands.connection.execute("PRAGMA database_list").fetchone()[2]).parent
    (place / HEAD_NAME).write_bytes(hands.checkpoint(tree.size, tree.root_at(tree.size)))


def _next(hands: Hands, kind: str, object_id: str) -> int:
    """The revision that follows for an object."""
    named = [one.fields["obj"] for one in hands.log() if one.fields["obj"]]
    return 1 + sum((one["t"], one["id"]) == (kind, object_id) for one in named)


def _patient_changed(
    values: Row, *, said: dict[str, Any] | None = None, kind: str = "U", counts: int = 1, of: str = "own"
) -> Attack:
    """A change of details by the front desk; `of` says whose the entry says that it is."""

    def attack(hands: Hands, chance: random.Random) -> Done | None:
        rows = hands.rows("patient")
        row, other = chance.sample(rows, 2)
        values_now = {name: value for name, value in values.items() if value != row[name]}
        if not values_now:
            return None
        revision = row["revision"] + 1
        changed = row | values_now | {"revision": revision}
        hands.set("patient", row, values_now | {"revision": revision})
        content = patient_bytes(as_object(changed))
        before = {name: row[name] for name in values_now}
        told = said if said is not None else {"changed": [*before], "before": before, "after": values_now}
        subject = {"own": row["ref"], "other": other["ref"], "nobody": None}[of]
        seq = _enter(
            hands,
            "desk",
            "patient.changed",
            ("patient", row["ref"], content),
            told,
            subject=subject,
            revision=row["revision"] + counts,
            kind=kind,
        )
        names = {f"log entry {seq}", f"patient {row['record_number']}", f"patient {changed['record_number']}"}
        return Done(f"patient {row['record_number']}: {', '.join(values_now)}, of {of}", [names])

    return attack


_NOTHING: dict[str, Any] = {"changed": [], "before": {}, "after": {}}


def _staff_passed(action: str, said: Callable[[Row, list[Row]], dict[str, Any] | None]) -> Attack:
    """A ceiling that the owner raises together with an act that changes something else."""

    def attack(hands: Hands, chance: random.Random) -> Done | None:
        licences = hands.rows("licence")
        rows = [row for row in hands.rows("staff") if row["is_active"] and row["user"] != "owner"]
        chance.shuffle(rows)
        for row in rows:
            held = [dict(one) for one in licences if one["staff_id"] == row["id"]]
            changed = row | {"depth_ceiling_mm": "2.75"}
            told = said(changed, held)
            if told is not None:
                break
        else:
            return None
        columns = ("depth_ceiling_mm", "access_until")
        hands.set("staff", row, {name: changed[name] for name in columns})
        for one in held:
            hands.set("licence", one, {"expires_on": one["expires_on"]})
        content = staff_bytes(
            as_object(changed), [as_object(_with_days(one)) for one in held], form="mnclinic.staff/2"
        )
        seq = _enter(
            hands,
            "owner",
            action,
            ("staff", row["id"], content),
            told,
            revision=_next(hands, "staff", row["id"]),
        )
        return Done(
            f"the ceiling of {row['user']} by {action}", [{f"log entry {seq}", f"staff {row['user']}"}]
        )

    return attack


def _with_days(row: Row) -> Row:
    return row | {"valid_from": date.fromisoformat(row["valid_from"])}


def _more_time(changed: Row, _held: list[Row]) -> dict[str, Any] | None:
    if changed["access_until"] is None:
        return None
    at = datetime.fromisoformat(changed["access_until"])
    changed["access_until"] = f"{at.year + 1}{changed['access_until'][4:]}"
    return {"before": f"{at:%d %b %Y at %H:%M}", "after": "later", "reason": "Stays."}


def _paper_ended(changed: Row, held: list[Row]) -> dict[str, Any] | None:
    if not held:
        return None
    one = held[0]
    one["expires_on"] = one["valid_from"]
    return {
        "kind": one["kind"],
        "number": one["number"],
        "ended_on": one["valid_from"],
        "reason": "Given up.",
    }


def _seen_by_another(hands: Hands, chance: random.Random) -> Done | None:
    rows = hands.rows("break_glass")
    row = chance.choice(rows)
    others = [one["id"] for one in hands.rows("staff") if one["id"] != row["seen_by"]]
    values = {"seen_by": chance.choice(others), "seen_at": row["seen_at"] or row["opened_at"]}
    hands.set("break_glass", row, values)
    content = glass_bytes(as_object(row | values))
    revision = _next(hands, "break_glass", row["id"])
    seq = _enter(
        hands, "owner", "glass.given_back", ("break_glass", row["id"], content), {}, revision=revision
    )
    return Done(
        f"glass {row['id'][:8]} seen by another", [{f"log entry {seq}", f"broken glass {row['id'][:8]}"}]
    )


def _of_backup(action: str) -> Attack:
    """A pin that a check changes in passing, or a verdict that a pin does."""

    def attack(hands: Hands, chance: random.Random) -> Done | None:
        rows = [row for row in hands.rows("backup") if row["name"] and not row["removed_at"]]
        if not rows:
            return None
        row = chance.choice(rows)
        is_check = action == "backup.checked"
        values: Row = {"is_pinned": 1 - row["is_pinned"], "verdict": "EXPLAINED"}
        hands.set("backup", row, values)
        content = canonical_bytes(backup_row_content(as_object(row | values)))
        told = {"verdict": "EXPLAINED"} if is_check else {"is_pinned": bool(values["is_pinned"])}
        said = {"name": row["name"], "place": row["place"], **told}
        kind = "R" if is_check else "U"
        seq = _enter(hands, "owner", action, ("backup", row["id"], content), said, kind=kind)
        names = {f"log entry {seq}", f"backup {row['name']}", f"backup {row['id'][:8]}"}
        return Done(f"backup {row['name']} by {action}", [names])

    return attack


def _foreign(table: str) -> Attack:
    """A record that is given to somebody else, past every entry."""

    def attack(hands: Hands, chance: random.Random) -> Done | None:
        row = chance.choice(hands.rows(table))
        others = [one["ref"] for one in hands.rows("patient") if one["ref"] != row["patient_ref"]]
        hands.set(table, row, {"patient_ref": chance.choice(others)})
        name = f"visit {row['number']}" if table == "visit" else f"{table.replace('_', ' ')} {row['id'][:8]}"
        return Done(f"{name} is somebody else's", [{name}])

    return attack


def attacks_of_insiders() -> list[tuple[str, Attack]]:
    """Every such act, by name."""
    return [
        ("own key: a change that says it is about another", _patient_changed({"notes": "y"}, of="other")),
        ("own key: a change that is about nobody", _patient_changed({"notes": "y"}, of="nobody")),
        ("own key: a change called a reading", _patient_changed({"notes": "y"}, kind="R")),
        ("own key: a change counted far ahead", _patient_changed({"notes": "y"}, counts=90)),
        ("own key: another record number", _patient_changed({"record_number": "P-990099"}, said=_NOTHING)),
        ("own key: allergies in passing", _patient_changed({"allergies": "none"}, said=_NOTHING)),
        ("own key: allergies without a word", _patient_changed({"allergies": "none"}, said={})),
        ("own key: a hold's reason", _patient_changed({"hold_reason": "None."}, said=_NOTHING)),
        ("own key: a ceiling with more time", _staff_passed("staff.access_extended", _more_time)),
        ("own key: a ceiling with a paper's end", _staff_passed("staff.paper_ended", _paper_ended)),
        ("own key: a glass seen by another", _seen_by_another),
        ("own key: a pin in passing", _of_backup("backup.checked")),
        ("own key: a verdict by a pin", _of_backup("backup.pinned")),
        *((f"foreign {table}", _foreign(table)) for table in _OF_A_PERSON),
    ]
