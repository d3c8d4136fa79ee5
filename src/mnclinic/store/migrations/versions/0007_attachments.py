"""Scans and files about a person, and consents that were taken back.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both tables, whose rows neither change nor go."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("patient_ref", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sealed_sha256", sa.Text(), nullable=False),
        sa.Column("seal_key", sa.LargeBinary(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('consent','exam')", name=op.f("ck_attachment_kind_known")),
        sa.CheckConstraint(
            "media_type IN ('application/pdf','image/png','image/jpeg')",
            name=op.f("ck_attachment_media_type_known"),
        ),
        sa.CheckConstraint("size_bytes > 0", name=op.f("ck_attachment_size_positive")),
        sa.CheckConstraint("length(seal_key) = 32", name=op.f("ck_attachment_seal_key_whole")),
        sa.ForeignKeyConstraint(["patient_ref"], ["patient.ref"], name=op.f("fk_attachment_patient_ref")),
        sa.ForeignKeyConstraint(["kept_by"], ["staff.id"], name=op.f("fk_attachment_kept_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("file", name=op.f("uq_attachment_file")),
    )
    op.create_index(op.f("ix_attachment_patient_ref"), "attachment", ["patient_ref"])
    op.create_table(
        "consent_withdrawal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("patient_ref", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.Text(), nullable=False),
        sa.Column("withdrawn_by", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "how IN ('spoken','written','telephone')", name=op.f("ck_consent_withdrawal_how_known")
        ),
        sa.ForeignKeyConstraint(
            ["patient_ref"], ["patient.ref"], name=op.f("fk_consent_withdrawal_patient_ref")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["staff.id"], name=op.f("fk_consent_withdrawal_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_withdrawal")),
    )
    op.create_index(op.f("ix_consent_withdrawal_patient_ref"), "consent_withdrawal", ["patient_ref"])
    for table in ("attachment", "consent_withdrawal"):
        for act, word in (("delete", "DELETE"), ("update", "UPDATE")):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act} BEFORE {word} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} keeps what was written'); END"
            )
