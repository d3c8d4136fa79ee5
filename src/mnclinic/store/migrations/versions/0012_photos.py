"""Photographs, each with its view, its moment and its sealed file.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, whose rows neither change nor go."""
    op.create_table(
        "photo",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("patient_ref", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=True),
        sa.Column("view", sa.Text(), nullable=False),
        sa.Column("taken_when", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sealed_sha256", sa.Text(), nullable=False),
        sa.Column("seal_key", sa.LargeBinary(), nullable=False),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "taken_when IN ('before','after','follow_up')", name=op.f("ck_photo_taken_when_known")
        ),
        sa.CheckConstraint(
            "media_type IN ('image/jpeg','image/png','image/webp','image/heic')",
            name=op.f("ck_photo_media_type_known"),
        ),
        sa.CheckConstraint(
            "size_bytes > 0 AND width_px > 0 AND height_px > 0", name=op.f("ck_photo_size_positive")
        ),
        sa.CheckConstraint("length(seal_key) = 32", name=op.f("ck_photo_seal_key_whole")),
        sa.ForeignKeyConstraint(["patient_ref"], ["patient.ref"], name=op.f("fk_photo_patient_ref")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_photo_visit_id")),
        sa.ForeignKeyConstraint(["kept_by"], ["staff.id"], name=op.f("fk_photo_kept_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("file", name=op.f("uq_photo_file")),
    )
    op.create_index(op.f("ix_photo_patient_ref"), "photo", ["patient_ref"])
    op.create_index(op.f("ix_photo_visit_id"), "photo", ["visit_id"])
    for act, word in (("delete", "DELETE"), ("update", "UPDATE")):
        op.execute(
            f"CREATE TRIGGER photo_no_{act} BEFORE {word} ON photo "
            "BEGIN SELECT RAISE(ABORT, 'photo keeps what was written'); END"
        )
