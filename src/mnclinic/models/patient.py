"""The roster."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Instant, Table


class ImportBatch(Table):
    """One import of a roster file, which can be undone as a whole while nothing hangs on its people."""

    __tablename__ = "import_batch"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime] = mapped_column(Instant)
    imported_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    added: Mapped[int]
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class Patient(Table):
    """A person on the roster. `ref` is random and stands for the person in the log."""

    __tablename__ = "patient"
    __table_args__ = (
        Index(None, "folded_name", "record_number"),
        Index(None, "born_on"),
        Index(None, "phone_digits"),
    )

    ref: Mapped[str] = mapped_column(Text, primary_key=True)
    record_number: Mapped[str] = mapped_column(Text, unique=True)
    last_name: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(Text)
    folded_name: Mapped[str] = mapped_column(Text)
    """Last and first name without accents and case, for searching and sorting."""
    born_on: Mapped[date | None]
    sex: Mapped[str] = mapped_column(Text)
    phone: Mapped[str] = mapped_column(Text)
    phone_digits: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    allergies: Mapped[str] = mapped_column(Text)
    fitzpatrick: Mapped[int | None]
    notes: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(Instant)
    import_id: Mapped[str | None] = mapped_column(ForeignKey("import_batch.id"), index=True)
