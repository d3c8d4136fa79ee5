"""The log's tables. The database itself refuses to change or delete a row of them."""

from sqlalchemy import Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Table


class LogEntry(Table):
    """One entry: the exact bytes that were signed. The other columns are read from them."""

    __tablename__ = "log_entry"
    __table_args__ = (Index(None, "subject", "seq"), Index(None, "object_id"))

    seq: Mapped[int] = mapped_column(primary_key=True)
    entry: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    object_id: Mapped[str | None] = mapped_column(Text)


class LogDetail(Table):
    """The erasable part of an entry, which may hold patient data. Bound to it by a salted hash."""

    __tablename__ = "log_detail"

    seq: Mapped[int] = mapped_column(primary_key=True)
    detail: Mapped[bytes] = mapped_column(LargeBinary)


class LogNode(Table):
    """Hashes of complete subtrees, so that roots and proofs cost log time."""

    __tablename__ = "log_node"
    __table_args__ = ({"sqlite_with_rowid": False},)

    level: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class LogSubject(Table):
    """How many entries speak of a subject, and the newest one's leaf."""

    __tablename__ = "log_subject"

    subject: Mapped[str] = mapped_column(Text, primary_key=True)
    count: Mapped[int]
    last_leaf: Mapped[bytes] = mapped_column(LargeBinary)


class Checkpoint(Table):
    """A signed checkpoint of the log at one size."""

    __tablename__ = "checkpoint"

    size: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[bytes] = mapped_column(LargeBinary)
