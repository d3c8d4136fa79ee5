"""What became of a person's consents after they were given."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from mnclinic.models.base import Instant, Table


class ConsentWithdrawal(Table):
    """A person took consents back: those given before `withdrawn_at` count no more from then on.

    A row never changes and is never deleted; whoever consents again signs again.
    """

    __tablename__ = "consent_withdrawal"
    __table_args__ = (CheckConstraint("how IN ('spoken','written','telephone')", name="how_known"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    patient_ref: Mapped[str] = mapped_column(ForeignKey("patient.ref"), index=True)
    form: Mapped[str] = mapped_column(Text)
    """The form that is taken back, such as `microneedling`; empty for every form."""
    withdrawn_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_by: Mapped[str] = mapped_column(Text)
    """Who said so: the person, or their guardian by name."""
    how: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
