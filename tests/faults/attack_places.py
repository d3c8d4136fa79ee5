"""How a finding of the check has to name a row, table by table, so that a person finds it again."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.faults.attack_hands import Hands, Row

Names = Callable[[Row, "Register"], set[str]]


@dataclass(frozen=True)
class Register:
    """Names of people, patients and visits by the ids that other rows carry."""

    numbers: Mapping[str, str]
    users: Mapping[str, str]
    records: Mapping[str, str]

    @classmethod
    def of(cls, hands: Hands) -> "Register":
        """As they stand before the attack."""
        run = hands.connection.execute
        return cls(
            dict(run("SELECT id, number FROM visit").fetchall()),
            dict(run("SELECT id, user FROM staff").fetchall()),
            dict(run("SELECT ref, record_number FROM patient").fetchall()),
        )


def _visit(row: Row, register: Register) -> set[str]:
    visit = row.get("visit_id", row.get("id"))
    return {str(visit), str(row.get("number") or register.numbers.get(str(visit), visit))}


def _staff(row: Row, register: Register) -> set[str]:
    staff = row.get("staff_id", row.get("id"))
    return {f"staff {row.get('user') or register.users.get(str(staff), staff)}", str(staff)}


def _patient(row: Row, register: Register) -> set[str]:
    ref = str(row.get("ref") or row.get("subject"))
    return {str(row.get("record_number") or register.records.get(ref, ref)), ref, ref[:8]}


def _amendment(row: Row, register: Register) -> set[str]:
    visit = str(row["visit_id"])
    return {f"amendment {row['position']} of visit {register.numbers.get(visit, visit)}"}


NAMES: dict[str, Names] = {
    "adverse_event": lambda row, _: {f"adverse event {str(row['id'])[:8]}", str(row["id"])},
    "event_step": lambda row, _: {
        f"event step {str(row['id'])[:8]}",
        f"event steps: {str(row['id'])[:8]}",
    },
    "follow_up_contact": lambda row, _: {
        f"follow-up contact {str(row['id'])[:8]}",
        f"follow-up contacts: {str(row['id'])[:8]}",
    },
    "amendment_seen": _amendment,
    "approved_document": lambda row, _: {f"{row['kind']} {row['document_id']} v{row['version']}"},
    "attachment": lambda row, _: {
        f"attachment {str(row['id'])[:8]}",
        f"attachments: {str(row['id'])[:8]}",
    },
    "backup": lambda row, _: {
        f"backup {str(row['id'])[:8]}",
        f"backup {row['name']}",
        f"backups: {str(row['id'])[:8]}",
    },
    "break_glass": lambda row, _: {f"broken glass {str(row['id'])[:8]}"},
    "checkpoint": lambda row, _: {f"checkpoint of {row['size']} entries"},
    "clinic": lambda _, __: {"clinic", "solo-physician declaration", "installation"},
    "consent_withdrawal": lambda row, _: {
        f"consent withdrawal {str(row['id'])[:8]}",
        f"consent withdrawals: {str(row['id'])[:8]}",
    },
    "recall": lambda row, _: {f"recall {str(row['id'])[:8]}", f"recalls: {str(row['id'])[:8]}"},
    "recall_contact": lambda row, _: {
        f"recall contact {str(row['id'])[:8]}",
        f"recall contacts: {str(row['id'])[:8]}",
    },
    "recall_closure": lambda row, _: {
        f"recall closure {str(row['recall_id'])[:8]}",
        f"recall closures: {str(row['recall_id'])[:8]}",
    },
    "device_service": lambda row, _: {
        f"device service {str(row['id'])[:8]}",
        f"device services: {str(row['id'])[:8]}",
    },
    "lot_movement": lambda row, _: {
        f"lot movement {str(row['id'])[:8]}",
        f"lot movements: {str(row['id'])[:8]}",
    },
    "paper_sheet": lambda row, _: {f"paper sheet {row['number']}", f"paper sheets: {row['number']}"},
    "device": lambda row, _: {f"device {row['device']}", f"devices: {row['device']}"},
    "import_batch": lambda row, _: {f"import {str(row['id'])[:8]}", f"imports: {str(row['id'])[:8]}"},
    "key_register": lambda row, _: {f"key {str(row['key'])[:16]}"},
    "key_revocation": lambda row, _: {f"key {str(row['key'])[:16]}"},
    "key_vouch": lambda row, _: {f"key {str(row['key'])[:16]}"},
    "licence": _staff,
    "log_detail": lambda row, _: {f"log entry {row['seq']}"},
    "log_entry": lambda row, _: {f"log entry {row['seq']}"},
    "log_node": lambda row, _: {f"node {row['position']} of level {row['level']}"},
    "log_subject": _patient,
    "lot": lambda row, _: {f"{row['kind']} lot {row['lot']}", f"{row['kind']}:{row['lot']}"},
    "medical_history": lambda row, _: {
        f"medical history {str(row['id'])[:8]}",
        f"medical history: {str(row['id'])[:8]}",
    },
    "patient": _patient,
    "photo": lambda row, _: {f"photo {str(row['id'])[:8]}", f"photos: {str(row['id'])[:8]}"},
    "planned_visit": lambda row, _: {
        f"planned visit {str(row['id'])[:8]}",
        f"planned visits: {str(row['id'])[:8]}",
    },
    "recovery_opening": lambda row, _: {f"recovery opening {row['id']}"},
    "recovery_sheet": lambda row, _: {f"recovery sheet {str(row['key'])[:16]}"},
    "setting": lambda row, _: {f"setting {row['name']}"},
    "staff": _staff,
    "treatment_line": _visit,
    "visit": _visit,
    "visit_amendment": _amendment,
    "visit_release": _visit,
    "visit_revision": _visit,
    "visit_signature": _visit,
    "visit_supply": _visit,
}

MISSING = re.compile(r"entries (\d+) to (\d+) are missing|entry (\d+) (?:is|are) missing")


def is_named(names: set[str], said: list[str]) -> bool:
    """Whether one of the names stands in something that was said, as a word of its own."""
    return any(_holds(name, one) for name in names for one in said if name)


def _holds(name: str, said: str) -> bool:
    if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w])", said):
        return True
    entry = re.fullmatch(r"log entry (\d+)", name)
    if entry is None:
        return False
    for first, last, one in MISSING.findall(said):
        if (first and int(first) <= int(entry[1]) <= int(last)) or one == entry[1]:
            return True
    return False
