"""What all tables share: the metadata, names for every constraint, and column types."""

from datetime import UTC, datetime

from sqlalchemy import MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator


class Table(DeclarativeBase):
    """Base of every mapped table.

    Constraints carry names because SQLite can only alter a table by rebuilding it, which needs them.
    """

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as text to the millisecond so that order as text is order in time."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Text such as 2026-11-23T15:04:05.123Z."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The aware instant."""
        return None if value is None else datetime.fromisoformat(value)


def instant_text(value: datetime) -> str:
    """The one written form of an instant: UTC, milliseconds, Z. Refuses a naive one."""
    if value.tzinfo is None:
        raise ValueError("an instant needs its offset")
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
