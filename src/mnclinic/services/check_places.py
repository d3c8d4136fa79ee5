"""Which table, and which log entry, a finding of the check is about, for whoever reads it by program."""

import re
from collections.abc import Mapping
from dataclasses import replace

from mnclinic.services.check_rows import StoreFinding

_LOG_ENTRY = re.compile(r"log entry (-?\d+)\Z")
_TABLES: Mapping[str, str] = {
    r"log entry -?\d+\Z": "log_entry",
    r"log tree\Z": "log_node",
    r"log details\Z": "log_detail",
    r"log subjects\Z": "log_subject",
    r"signature on ": "visit_signature",
    r"approval on ": "approved_document",
    r"visit \S+ revision \d": "visit_revision",
    r"visits?\b": "visit",
    r"checkpoint of \d": "checkpoint",
    r"adverse events?\b": "adverse_event",
    r"event steps?\b": "event_step",
    r"follow-up contacts?\b": "follow_up_contact",
    r"amendments?\b": "visit_amendment",
    r"attachments?\b": "attachment",
    r"backups?\b": "backup",
    r"consent withdrawals?\b": "consent_withdrawal",
    r"broken glass": "break_glass",
    r"(clinic|solo-physician declaration)\Z": "clinic",
    r"device services?\b": "device_service",
    r"devices?\b": "device",
    r"imports?\b": "import_batch",
    r"keys? ": "key_register",
    r"licences?\b": "licence",
    r"(lots\Z|\w+ lot )": "lot",
    r"lot movements?\b": "lot_movement",
    r"medical history\b": "medical_history",
    r"paper sheets?\b": "paper_sheet",
    r"patients?\b": "patient",
    r"photos?\b": "photo",
    r"planned visits?\b": "planned_visit",
    r"recall contacts?\b": "recall_contact",
    r"recall closures?\b": "recall_closure",
    r"recalls?\b": "recall",
    r"recovery[ _]opening": "recovery_opening",
    r"recovery[ _]sheet": "recovery_sheet",
    r"settings?\b": "setting",
    r"staff\b": "staff",
    r"(policy|protocol|consent_text|authorisation|approvals?)\b": "approved_document",
}
"""How the place of a finding begins, and the table whose rows are called so."""


def placed(found: StoreFinding) -> StoreFinding:
    """The finding with its table and entry, where whoever found it has not named them."""
    entry = _LOG_ENTRY.match(found.where)
    seq = found.seq if found.seq is not None or entry is None else int(entry[1])
    table = found.table
    if table is None:
        table = next((name for begins, name in _TABLES.items() if re.match(begins, found.where)), None)
    return replace(found, table=table, seq=seq)
