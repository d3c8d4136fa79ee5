"""Find the rows that the parts of the check cannot read, so that one of them never hides the others.

A part reads its rows one behind the other. Where one of them makes it stumble, each row that mnclinic never
writes like that is named here, and the part is looked at again without these.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import and_, event, not_, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from mnclinic.audit.acknowledging import ACKNOWLEDGEMENT_SHAPE
from mnclinic.audit.amending import AMENDMENT_SHAPE
from mnclinic.audit.canonical import parse_canonical, parse_document
from mnclinic.audit.keyregister import KEY_SHAPE, REVOCATION_SHAPE
from mnclinic.audit.shape import KEY_ID, Shape, first_misfit
from mnclinic.audit.signing import APPROVAL_SHAPE, SIGNATURE_SHAPE
from mnclinic.bundles.check_records import RECORD_SHAPE
from mnclinic.models import (
    ApprovedDocument,
    Clinic,
    Device,
    EventStep,
    KeyRevocation,
    LogDetail,
    LogEntry,
    RegisteredKey,
    Table,
    Visit,
    VisitAmendment,
    VisitRevision,
    VisitSignature,
)
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import ILL_WRITTEN, NOT_OURS, StoreFinding
from mnclinic.services.check_values import called

Key = tuple[Any, ...]
Entered = Callable[[str, str, bytes], bool]
"""Whether the log names this content of an object of a kind; always, where that is not asked."""

MOST_LEFT_OUT = 2_000
"""Of a table, so that a statement that leaves rows out stays one that the engine takes."""
_VOUCHES: Shape = [{"key": KEY_ID, "signature": str}]


class LeftOut:
    """Rows by table and primary key, and what was said of them."""

    def __init__(self) -> None:
        self._rows: dict[str, set[Key]] = {}

    def __bool__(self) -> bool:
        return bool(self._rows)

    def add(self, table: str, key: Key) -> bool:
        """Leave this row out; False where it was already, or where no part can do without it."""
        if table == Clinic.__tablename__:
            return False
        rows = self._rows.setdefault(table, set())
        if key in rows:
            return False
        rows.add(key)
        return True

    @contextmanager
    def looked_past(self, session: Session) -> Iterator[None]:
        """What the session selects meanwhile has none of these rows."""
        options = [self._criteria(model) for model in _models() if model.__tablename__ in self._rows]

        def look_past(state: ORMExecuteState) -> None:
            if state.is_select:
                state.statement = state.statement.options(*options)

        event.listen(session, "do_orm_execute", look_past)
        try:
            yield
        finally:
            event.remove(session, "do_orm_execute", look_past)

    def _criteria(self, model: type[Table]) -> ExecutableOption:
        columns = [column.name for column in _keys_of(model)]
        rows = sorted(self._rows[model.__tablename__], key=repr)[:MOST_LEFT_OUT]
        these = [
            and_(*(getattr(model, name) == part for name, part in zip(columns, row, strict=True)))
            for row in rows
        ]
        return with_loader_criteria(model, not_(or_(*these)))


def _models() -> Iterator[type[Table]]:
    for mapper in Table.registry.mappers:
        yield mapper.class_


def _keys_of(model: type[Table]) -> list[Any]:
    return [*Table.metadata.tables[model.__tablename__].primary_key.columns]


def ill_written(
    session: Session, left_out: LeftOut, logged: Logged | None, log: Iterable[StoreFinding]
) -> Iterator[StoreFinding]:
    """Each row whose document says not what it has to, or not what was entered; all are left out from now on.

    `logged` is None where it is not asked what was entered, and `log` what was found in the log.
    """

    def entered(kind: str, object_id: str, content: bytes) -> bool:
        return logged is None or logged.holds(kind, object_id, content)

    for model, is_sound in _READERS.items():
        table = model.__tablename__
        names = [column.name for column in Table.metadata.tables[table].columns]
        columns = [getattr(model, name) for name in names]
        keys = _keys_of(model)
        for key in [tuple(row) for row in session.execute(select(*(getattr(model, k.name) for k in keys)))]:
            here = select(*columns).where(
                *(getattr(model, k.name) == part for k, part in zip(keys, key, strict=True))
            )
            try:
                row = session.execute(here).one()
                is_right = is_sound(dict(zip(names, row, strict=True)), entered)
            except ILL_WRITTEN:
                is_right = False
            if not is_right and left_out.add(table, key):
                yield StoreFinding(called(session, table, key), NOT_OURS, table=table)
    for one in log:
        _entry_left_out(session, left_out, one.seq)


def _entry_left_out(session: Session, left_out: LeftOut, seq: int | None) -> None:
    """Entries and details that the log's own part has something to say of are not read by any other."""
    if seq is None:
        return
    for model, column in ((LogEntry, LogEntry.entry), (LogDetail, LogDetail.detail)):
        data = session.scalar(select(column).where(model.seq == seq))
        try:
            if data is not None:
                parse_canonical(data)
        except ILL_WRITTEN:
            left_out.add(model.__tablename__, (seq,))


def _revision(row: Mapping[str, Any], entered: Entered) -> bool:
    parse_document(row["record"], RECORD_SHAPE)
    return entered("visit", row["visit_id"], row["record"])


def _signature(row: Mapping[str, Any], entered: Entered) -> bool:
    parse_document(row["record"], SIGNATURE_SHAPE)
    return entered("signature", row["visit_id"], row["record"])


def _amendment(row: Mapping[str, Any], entered: Entered) -> bool:
    parse_document(row["record"], AMENDMENT_SHAPE)
    return entered("amendment", row["visit_id"], row["record"])


def _step(row: Mapping[str, Any], entered: Entered) -> bool:
    if row["record"] is None:
        return True
    parse_document(row["record"], ACKNOWLEDGEMENT_SHAPE)
    return entered("event_step", row["id"], row["record"])


def _approved(row: Mapping[str, Any], entered: Entered) -> bool:
    parse_canonical(row["document"])
    name = f"{row['kind']}:{row['document_id']}"
    if row["approval"] is not None:
        parse_document(row["approval"], APPROVAL_SHAPE)
        if not entered("approval", name, row["approval"]):
            return False
    return entered(row["kind"], row["document_id"], row["document"])


def _key(row: Mapping[str, Any], entered: Entered) -> bool:
    parse_document(row["document"], KEY_SHAPE)
    if first_misfit(parse_canonical(row["vouches"]), _VOUCHES):
        return False
    return entered("key", row["key"], row["document"])


def _revocation(row: Mapping[str, Any], entered: Entered) -> bool:
    parse_document(row["document"], REVOCATION_SHAPE)
    return entered("key_revocation", row["key"], row["document"])


def _visit(row: Mapping[str, Any], _entered: Entered) -> bool:
    return isinstance(parse_canonical(row["document"]), dict)


def _device(row: Mapping[str, Any], _entered: Entered) -> bool:
    return isinstance(parse_canonical(row["facts"]), dict)


_READERS: Mapping[type[Table], Callable[[Mapping[str, Any], Entered], bool]] = {
    ApprovedDocument: _approved,
    Device: _device,
    EventStep: _step,
    KeyRevocation: _revocation,
    RegisteredKey: _key,
    Visit: _visit,
    VisitAmendment: _amendment,
    VisitRevision: _revision,
    VisitSignature: _signature,
}
