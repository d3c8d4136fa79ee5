"""What was done to devices, how many of a lot there are, and sheets of paper that were handed out.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEPT = ("device_service", "lot_movement")


def upgrade() -> None:
    """Add three tables, and let a scan of a sheet be kept."""
    op.create_table(
        "device_service",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('service','cleaning','calibration','repair')",
            name=op.f("ck_device_service_kind_known"),
        ),
        sa.ForeignKeyConstraint(["device"], ["device.device"], name=op.f("fk_device_service_device")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_device_service_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device_service")),
    )
    op.create_index(op.f("ix_device_service_device"), "device_service", ["device", "kind", "done_on"])
    op.create_table(
        "lot_movement",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "what IN ('received','discarded','counted')", name=op.f("ck_lot_movement_what_known")
        ),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_lot_movement_quantity_counts")),
        sa.ForeignKeyConstraint(["kind", "lot"], ["lot.kind", "lot.lot"], name=op.f("fk_lot_movement_kind")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_lot_movement_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot_movement")),
    )
    op.create_index(op.f("ix_lot_movement_kind"), "lot_movement", ["kind", "lot", "recorded_at"])
    for table in KEPT:
        _keep(table)
    _let_a_sheet_be_kept()
    op.create_table(
        "paper_sheet",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("protocol", sa.Text(), nullable=False),
        sa.Column("protocol_sha256", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=True),
        sa.Column("attachment", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.Text(), nullable=True),
        sa.CheckConstraint("language IN ('en','es')", name=op.f("ck_paper_sheet_language_known")),
        sa.CheckConstraint(
            "state IN ('issued','returned','spoiled')", name=op.f("ck_paper_sheet_state_known")
        ),
        sa.CheckConstraint(
            "(state = 'returned') = (visit_id IS NOT NULL AND attachment IS NOT NULL)",
            name=op.f("ck_paper_sheet_returned_whole"),
        ),
        sa.CheckConstraint(
            "(state = 'issued') = (settled_by IS NULL AND settled_at IS NULL)",
            name=op.f("ck_paper_sheet_settled_whole"),
        ),
        sa.ForeignKeyConstraint(["issued_by"], ["staff.id"], name=op.f("fk_paper_sheet_issued_by")),
        sa.ForeignKeyConstraint(["settled_by"], ["staff.id"], name=op.f("fk_paper_sheet_settled_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_paper_sheet_visit_id")),
        sa.ForeignKeyConstraint(["attachment"], ["attachment.id"], name=op.f("fk_paper_sheet_attachment")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_paper_sheet")),
    )
    op.create_index(op.f("ix_paper_sheet_state"), "paper_sheet", ["state", "number"])
    op.create_index(op.f("ix_paper_sheet_visit_id"), "paper_sheet", ["visit_id"])
    op.execute(
        "CREATE TRIGGER paper_sheet_no_delete BEFORE DELETE ON paper_sheet "
        "BEGIN SELECT RAISE(ABORT, 'paper_sheet keeps what was written'); END"
    )
    op.execute(
        "CREATE TRIGGER paper_sheet_settled_once BEFORE UPDATE ON paper_sheet WHEN OLD.state <> 'issued' "
        "BEGIN SELECT RAISE(ABORT, 'paper_sheet keeps what was written'); END"
    )


def _keep(table: str) -> None:
    for act, word in (("delete", "DELETE"), ("update", "UPDATE")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act} BEFORE {word} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} keeps what was written'); END"
        )


def _let_a_sheet_be_kept() -> None:
    """A constraint cannot be changed in place, so the table is made anew with the rows that it had."""
    columns = (
        *("id", "patient_ref", "kind", "title", "media_type", "size_bytes", "sha256", "file"),
        *("sealed_sha256", "seal_key", "dated_on", "note", "kept_by", "kept_at"),
    )
    op.create_table(
        "attachment_anew",
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
        sa.CheckConstraint("kind IN ('consent','exam','paper')", name=op.f("ck_attachment_kind_known")),
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
    named = ", ".join(columns)
    # Only the names above go into it.
    op.execute(f"INSERT INTO attachment_anew ({named}) SELECT {named} FROM attachment")  # noqa: S608
    for act in ("delete", "update"):
        op.execute(f"DROP TRIGGER attachment_no_{act}")
    op.drop_index("ix_attachment_patient_ref", "attachment")
    op.drop_table("attachment")
    op.rename_table("attachment_anew", "attachment")
    op.create_index(op.f("ix_attachment_patient_ref"), "attachment", ["patient_ref"])
    _keep("attachment")
