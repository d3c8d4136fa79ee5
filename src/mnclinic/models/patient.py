"""The roster."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text, text
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
    """A record of a person. `ref` is random and stands for the person in the log.

    Somebody may have several records: `merged_into` of all but one names another, and
    `services.one_person` reads them together. What was signed under a record stays under it.
    """

    __tablename__ = "patient"
    __table_args__ = (
        Index(None, "folded_name", "record_number"),
        Index(None, "born_on"),
        Index(None, "phone_digits"),
        Index("ix_patient_roster", "folded_name", "record_number", sqlite_where=text("merged_into IS NULL")),
        # What a look-back reads of thousands of people, to tell the first by name.
        Index("ix_patient_by_ref", "ref", "folded_name", "merged_into"),
        Index("ix_patient_merged_into", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
    )

    ref: Mapped[str] = mapped_column(Text, primary_key=True)
    record_number: Mapped[str] = mapped_column(Text, unique=True)
    last_name: Mapped[str] = mapped_column(Text)
    first_name: Mapped[str] = mapped_column(Text)
    folded_name: Mapped[str] = mapped_column(Text)
    """Last, first and preferred name without accents and case, for searching and sorting."""
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
    revision: Mapped[int] = mapped_column(server_default="1")
    """Counts the changes, each of which is an entry in the log."""
    preferred_name: Mapped[str] = mapped_column(Text, server_default=text("''"))
    pronouns: Mapped[str] = mapped_column(Text, server_default=text("''"))
    emergency_contact: Mapped[str] = mapped_column(Text, server_default=text("''"))
    language: Mapped[str] = mapped_column(Text, server_default=text("''"))
    contact: Mapped[str] = mapped_column(Text, server_default=text("''"))
    """How the person may be reached: codes of `domain.person_details` with commas; empty is "not asked"."""
    standing: Mapped[str] = mapped_column(Text, server_default=text("'active'"))
    standing_note: Mapped[str] = mapped_column(Text, server_default=text("''"))
    """Why somebody is inactive, or who told of a death."""
    deceased_on: Mapped[date | None]
    hold_reason: Mapped[str] = mapped_column(Text, server_default=text("''"))
    """Why everything about the person has to be kept; empty where there is no legal hold."""
    held_by: Mapped[str | None] = mapped_column(ForeignKey("staff.id"))
    held_at: Mapped[datetime | None] = mapped_column(Instant)
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("patient.ref"))
    """The record of the same person under which this one is read."""


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
