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


class PatientPlace(Table):
    """Where a person stands in the full-text index `patient_text`, which keeps no reference itself.

    The database fills this table, `patient_text` and `name_slip` by triggers on `patient`; they hold
    nothing that the roster does not say, so they can be made anew from it at any time.
    """

    __tablename__ = "patient_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(Text, unique=True)


class NameSlip(Table):
    """A word of somebody's name, by itself and by what is left when one of its letters is left out."""

    __tablename__ = "name_slip"
    __table_args__ = ({"sqlite_with_rowid": False},)

    slip: Mapped[str] = mapped_column(Text, primary_key=True)
    word: Mapped[str] = mapped_column(Text, primary_key=True)
