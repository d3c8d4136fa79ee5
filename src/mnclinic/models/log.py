"""The log's tables. The database itself refuses to change or delete a row of them."""

from sqlalchemy import Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Blob, Table


class LogEntry(Table):
    """One entry: the exact bytes that were signed. The other columns are read from them, for searching.

    Every index ends in the number, so that a page of any filter is found without counting those before.
    """

    __tablename__ = "log_entry"
    __table_args__ = (
        Index(None, "subject", "seq"),
        Index(None, "object_id"),
        Index(None, "actor"),
        Index(None, "action"),
        Index(None, "actor", "action"),
        Index("ix_log_entry_clock_back", "at", sqlite_where=text("is_clock_back = 1")),
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[bytes] = mapped_column(Blob)
    leaf: Mapped[bytes] = mapped_column(Blob)
    signature: Mapped[bytes] = mapped_column(Blob)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    object_id: Mapped[str | None] = mapped_column(Text)
    at: Mapped[str] = mapped_column(Text, server_default=text("''"))
    """The clock as the entry gives it, `YYYY-MM-DDTHH:MM:SS.mmmZ`; a clock that was set back lies in it."""
    is_clock_back: Mapped[bool] = mapped_column(server_default="0")
    """The clock showed an earlier time than some entry before."""
    actor: Mapped[str | None] = mapped_column(Text)
    """Whose act it is, a staff id; None for the installation itself."""
    kind: Mapped[str] = mapped_column(Text, server_default=text("''"))
    object_kind: Mapped[str | None] = mapped_column(Text)


class LogDetail(Table):
    """The erasable part of an entry, which may hold patient data. Bound to it by a salted hash."""

    __tablename__ = "log_detail"

    seq: Mapped[int] = mapped_column(primary_key=True)
    detail: Mapped[bytes] = mapped_column(Blob)


class LogNode(Table):
    """Hashes of complete subtrees, so that roots and proofs cost log time."""

    __tablename__ = "log_node"
    __table_args__ = ({"sqlite_with_rowid": False},)

    level: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[bytes] = mapped_column(Blob)


class LogSubject(Table):
    """How many entries speak of a subject, and the newest one's leaf."""

    __tablename__ = "log_subject"

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    count: Mapped[int]
    last_leaf: Mapped[bytes] = mapped_column(Blob)


class Checkpoint(Table):
    """A signed checkpoint of the log at one size."""

    __tablename__ = "checkpoint"

    size: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[bytes] = mapped_column(Blob)
