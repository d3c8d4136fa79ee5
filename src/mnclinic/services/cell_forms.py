"""In which form each column holds its values, and how each row is called, in SQL.

Asked by the check of every value, and by each log-in of those that it reads itself.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column

from mnclinic.audit.canonical import LARGEST_INTEGER
from mnclinic.models import Table
from mnclinic.models.base import Blob, Day, Instant

DOCUMENTS = frozenset(
    {
        *("approved_document.approval", "approved_document.document", "clinic.installation_private"),
        *("clinic.solo_declaration", "device.facts", "key_register.document", "key_register.vouches"),
        *("key_revocation.document", "setting.value", "visit.document", "visit_revision.record"),
        *(
            "visit_amendment.record",
            "event_step.record",
            "follow_up_contact.answers",
            "visit_signature.record",
        ),
        *("recall.people", "recall_closure.record"),
    }
)
"""Columns that hold canonical JSON."""

OF_A_VISIT = "'visit ' || coalesce((SELECT number FROM visit WHERE id = visit_id), visit_id)"
WHERE: Mapping[str, str] = {
    "adverse_event": "'adverse event ' || substr(id, 1, 8)",
    "approved_document": "kind || ' ' || document_id || ' v' || version",
    "attachment": "'attachment ' || substr(id, 1, 8)",
    "backup": "'backup ' || substr(id, 1, 8)",
    "break_glass": "'broken glass ' || substr(id, 1, 8)",
    "checkpoint": "'checkpoint of ' || size || ' entries'",
    "clinic": "'clinic'",
    "consent_withdrawal": "'consent withdrawal ' || substr(id, 1, 8)",
    "device": "'device ' || device",
    "device_service": "'device service ' || substr(id, 1, 8)",
    "event_step": "'event step ' || substr(id, 1, 8)",
    "follow_up_contact": "'follow-up contact ' || substr(id, 1, 8)",
    "import_batch": "'import ' || substr(id, 1, 8)",
    "key_register": "'key ' || substr(key, 1, 16)",
    "key_revocation": "'key ' || substr(key, 1, 16)",
    "key_vouch": "'key ' || substr(key, 1, 16)",
    "licence": "'staff ' || coalesce((SELECT user FROM staff WHERE id = staff_id), staff_id)",
    "lot": "kind || ' lot ' || lot",
    "lot_movement": "'lot movement ' || substr(id, 1, 8)",
    "medical_history": "'medical history ' || substr(id, 1, 8)",
    "paper_sheet": "'paper sheet ' || number",
    "patient": "'patient ' || record_number",
    "photo": "'photo ' || substr(id, 1, 8)",
    "planned_visit": "'planned visit ' || substr(id, 1, 8)",
    "recall": "'recall ' || substr(id, 1, 8)",
    "recall_closure": "'recall closure ' || substr(recall_id, 1, 8)",
    "recall_contact": "'recall contact ' || substr(id, 1, 8)",
    "recovery_opening": "'recovery opening ' || id",
    "recovery_sheet": "'recovery sheet ' || substr(key, 1, 16)",
    "setting": "'setting ' || name",
    "staff": "'staff ' || user",
    "visit": "'visit ' || number",
    "visit_amendment": f"'amendment ' || position || ' of ' || {OF_A_VISIT}",
    "amendment_seen": f"'amendment ' || position || ' of ' || {OF_A_VISIT}",
}
"""How a row is called, in SQL. Rows that hang on a visit are called by its number."""
OF_A_REVISION = f"{OF_A_VISIT} || ' revision ' || revision"

_INSTANT = "strftime('%Y-%m-%dT%H:%M:%fZ', {0}) IS {0}"
_DAY = "typeof({0}) = 'text' AND date({0}) IS {0}"
_FORMS: Mapping[type, str] = {
    bool: "typeof({0}) = 'integer' AND {0} IN (0, 1)",
    bytes: "typeof({0}) = 'blob'",
    int: f"typeof({{0}}) = 'integer' AND {{0}} BETWEEN -{LARGEST_INTEGER} AND {LARGEST_INTEGER}",
    str: "typeof({0}) = 'text'",
}


def named_in_sql(name: str) -> str:
    """How a row of a table is called in findings, in SQL and as bytes: what stands in it may be no text."""
    table = Table.metadata.tables[name]
    of_a_visit = OF_A_REVISION if "revision" in table.columns else OF_A_VISIT
    where = WHERE.get(name) or (of_a_visit if "visit_id" in table.columns else f"'{name}'")
    return f"CAST(coalesce({where}, '{name}') AS BLOB)"


def in_words(place: bytes) -> str:
    """What `named_in_sql` gave, as a person reads it."""
    return place.decode("utf-8", "replace")


def form_of(column: Column[Any], *, as_json: bool = True) -> str:
    """The condition, in SQL, that a column holds a value in the form in which mnclinic writes it.

    Without `as_json` a document may be any bytes.
    """
    name = f'"{column.name}"'
    if isinstance(column.type, Instant):
        form = _INSTANT
    elif isinstance(column.type, Day):
        form = _DAY
    else:
        form = _FORMS[bytes if isinstance(column.type, Blob) else column.type.python_type]
    held = f"({form.format(name)})"
    if as_json and f"{column.table.name}.{column.name}" in DOCUMENTS:
        held += f" AND json_valid(CAST({name} AS TEXT))"
    return f"({name} IS NULL OR ({held}))" if column.nullable else f"({name} IS NOT NULL AND ({held}))"
