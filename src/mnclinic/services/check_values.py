"""Hold every value against the form in which mnclinic writes it, and name the row that holds another.

The other parts of the check read rows as objects; one value that is none would keep a part from saying
anything of its other rows. The log's own large tables are left to whoever reads them through.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, text
from sqlalchemy.orm import Session

from mnclinic.models import Table
from mnclinic.models.base import Blob, Day, Instant
from mnclinic.services.check_rows import StoreFinding

READ_ELSEWHERE = frozenset({"log_entry", "log_detail", "log_node"})
DOCUMENTS = frozenset(
    {
        *("approved_document.approval", "approved_document.document", "clinic.installation_private"),
        *("clinic.solo_declaration", "device.facts", "key_register.document", "key_register.vouches"),
        *("key_revocation.document", "setting.value", "visit.document", "visit_revision.record"),
        "visit_signature.record",
    }
)
"""Columns that hold canonical JSON."""

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
    "import_batch": "'import ' || substr(id, 1, 8)",
    "key_register": "'key ' || substr(key, 1, 16)",
    "key_revocation": "'key ' || substr(key, 1, 16)",
    "key_vouch": "'key ' || substr(key, 1, 16)",
    "licence": "'staff ' || coalesce((SELECT user FROM staff WHERE id = staff_id), staff_id)",
    "lot": "kind || ' lot ' || lot",
    "medical_history": "'medical history ' || substr(id, 1, 8)",
    "patient": "'patient ' || record_number",
    "planned_visit": "'planned visit ' || substr(id, 1, 8)",
    "recovery_opening": "'recovery opening ' || id",
    "recovery_sheet": "'recovery sheet ' || substr(key, 1, 16)",
    "setting": "'setting ' || name",
    "staff": "'staff ' || user",
    "visit": "'visit ' || number",
}
"""How a row is called, in SQL. Rows that hang on a visit are called by its number."""
OF_A_VISIT = "'visit ' || coalesce((SELECT number FROM visit WHERE id = visit_id), visit_id)"

_INSTANT = "strftime('%Y-%m-%dT%H:%M:%fZ', {0}) IS {0}"
_DAY = "typeof({0}) = 'text' AND date({0}) IS {0}"
_FORMS: Mapping[type, str] = {
    bool: "typeof({0}) = 'integer' AND {0} IN (0, 1)",
    bytes: "typeof({0}) = 'blob'",
    int: "typeof({0}) = 'integer'",
    str: "typeof({0}) = 'text'",
}


def values(session: Session) -> Iterator[StoreFinding]:
    """Each row with a value that mnclinic does not write. Every table is read through once."""
    for name, table in sorted(Table.metadata.tables.items()):
        if name in READ_ELSEWHERE:
            continue
        where = WHERE.get(name) or (OF_A_VISIT if "visit_id" in table.columns else f"'{name}'")
        strange = [f"NOT ({_form(column)})" for column in table.columns]
        found = session.execute(
            text(
                f"SELECT coalesce({where}, '{name}'), {', '.join(strange)} "  # noqa: S608 - names out of the models
                f'FROM "{name}" WHERE {" OR ".join(strange)}'
            )
        )
        for place, *is_strange in found:
            for column, is_so in zip(table.columns, is_strange, strict=True):
                if is_so:
                    what = f"its {column.name} is not in the form that mnclinic writes"
                    yield StoreFinding(str(place), what, table=name)


def _form(column: Column[Any]) -> str:
    name = f'"{column.name}"'
    if isinstance(column.type, Instant):
        form = _INSTANT
    elif isinstance(column.type, Day):
        form = _DAY
    else:
        form = _FORMS[bytes if isinstance(column.type, Blob) else column.type.python_type]
    held = f"({form.format(name)})"
    if f"{column.table.name}.{column.name}" in DOCUMENTS:
        held += f" AND json_valid(CAST({name} AS TEXT))"
    return f"({name} IS NULL OR ({held}))" if column.nullable else f"({name} IS NOT NULL AND ({held}))"
