"""What is known of a person's health beyond one visit: allergies, medicines, conditions."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Table


class MedicalHistory(Table):
    """One allergy, medicine or condition of a person.

    A row is never deleted, and what it says never changes: it can end once, and stays.
    """

    __tablename__ = "medical_history"
    __table_args__ = (
        CheckConstraint("kind IN ('allergy','medicine','condition')", name="kind_known"),
        CheckConstraint("source IN ('patient','prescriber','record','seen')", name="source_known"),
        CheckConstraint("edition = 1 + (ended_on IS NOT NULL)", name="edition_counts_up"),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    patient_ref: Mapped[str] = mapped_column(ForeignKey("patient.ref"), index=True)
    kind: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    """A quick-pick of `domain.medical_history`; empty for what was typed in words alone."""
    words: Mapped[str] = mapped_column(Text)
    since: Mapped[str] = mapped_column(Text)
    """A year, a month or a day, as far as it is known: 2024, 2024-05, 2024-05-31; empty for not known."""
    source: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    ended_on: Mapped[date | None]
    """The first day on which it counts no more."""
    ended_reason: Mapped[str] = mapped_column(Text)
    edition: Mapped[int]
