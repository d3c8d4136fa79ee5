"""What all tables share: the metadata, names for every constraint, and column types."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from weakref import WeakSet

from sqlalchemy import Date, Engine, LargeBinary, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

NOT_BYTES = b"\xff"
"""Begins no UTF-8 text, hence no document."""


NO_DAY = date(1000, 1, 1)
NO_INSTANT = datetime(1000, 1, 1, tzinfo=UTC)
"""What stands for a moment that is none, where a database is only read: no clinic ever wrote these."""
_ONLY_READ: WeakSet[Dialect] = WeakSet()


class UnreadableValue(ValueError):
    """A stored value is none that was written here: the database was changed by another hand."""


def reads_past_misfits(engine: Engine) -> None:
    """Read what is no moment and no bytes in this database as `NO_INSTANT`, `NO_DAY` and empty bytes.

    So whoever logs in can have it checked. For a clinic that is open for reading alone; nothing that is
    judged or stored may stand on such a value.
    """
    _ONLY_READ.add(engine.dialect)


def is_read_past(dialect: Dialect) -> bool:
    """Whether an engine reads what is no moment as `reads_past_misfits` says."""
    return dialect in _ONLY_READ


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as text to the millisecond so that order as text is order in time."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Text such as 2026-11-23T15:04:05.123Z."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The aware instant; what names no offset is none, for it can be held against no other."""
        if value is None:
            return None
        try:
            found = datetime.fromisoformat(value)
        except (ValueError, TypeError) as error:
            if is_read_past(dialect):
                return NO_INSTANT
            raise UnreadableValue("a stored instant is none") from error
        if found.tzinfo is None:
            if is_read_past(dialect):
                return NO_INSTANT
            raise UnreadableValue("a stored instant names no offset")
        return found


class Day(TypeDecorator[date]):
    """A calendar day, kept as text such as 2026-11-23."""

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None]:
        """Reads a day, or raises UnreadableValue."""
        read = super().result_processor(dialect, coltype) or (lambda value: value)

        def day(value: object) -> date | None:
            try:
                found: date | None = read(value)
            except (ValueError, TypeError) as error:
                if is_read_past(dialect):
                    return NO_DAY
                raise UnreadableValue("a stored day is none") from error
            return found

        return day


class Blob(TypeDecorator[bytes]):
    """Bytes. Text that another hand put in their place reads as bytes that nothing here ever writes.

    So it is no document and no signature, and one row of a list says so instead of the whole list failing.
    """

    impl = LargeBinary
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], bytes | None]:
        """Reads bytes."""

        def bytes_or_none(value: object) -> bytes | None:
            if value is None or type(value) is bytes:
                return value
            return b"" if is_read_past(dialect) else NOT_BYTES + str(value).encode("utf-8", "replace")

        return bytes_or_none


class Table(DeclarativeBase):
    """Base of every mapped table.

    Constraints carry names because SQLite can only alter a table by rebuilding it, which needs them.
    """

    type_annotation_map: ClassVar = {date: Day}
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def instant_text(value: datetime) -> str:
    """The one written form of an instant: UTC, milliseconds, Z. Refuses a naive one."""
    if value.tzinfo is None:
        raise ValueError("an instant needs its offset")
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
