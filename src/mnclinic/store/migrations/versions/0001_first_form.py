"""The first form of the clinic's database.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NEVER_CHANGED = (
    "log_entry",
    "log_node",
    "checkpoint",
    "visit_revision",
    "visit_signature",
    "visit_release",
    "key_register",
    "treatment_line",
)
"""Tables whose rows the database itself refuses to change or delete."""


def upgrade() -> None:
    """Make every table, and the triggers that keep evidence as it was written."""
    _make_tables()
    for table in NEVER_CHANGED:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} keeps what was written'); END"
            )
    op.execute(
        "CREATE TRIGGER approved_document_keeps BEFORE UPDATE ON approved_document "
        "WHEN OLD.document IS NOT NEW.document OR OLD.sha256 IS NOT NEW.sha256 OR OLD.kind IS NOT NEW.kind "
        "OR OLD.document_id IS NOT NEW.document_id OR OLD.version IS NOT NEW.version "
        "OR OLD.effective_on IS NOT NEW.effective_on OR OLD.language IS NOT NEW.language "
        "OR OLD.approval IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'approved_document keeps what was written'); END"
    )
    op.execute(
        "CREATE TRIGGER approved_document_no_delete BEFORE DELETE ON approved_document "
        "BEGIN SELECT RAISE(ABORT, 'approved_document keeps what was written'); END"
    )
    op.execute(
        "CREATE TRIGGER visit_no_delete BEFORE DELETE ON visit "
        "BEGIN SELECT RAISE(ABORT, 'a visit is never deleted'); END"
    )
    op.execute(
        "CREATE TRIGGER log_detail_no_update BEFORE UPDATE ON log_detail "
        "BEGIN SELECT RAISE(ABORT, 'log_detail keeps what was written'); END"
    )


def _make_tables() -> None:
    op.create_table(
        "approved_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("approval", sa.LargeBinary(), nullable=True),
        sa.Column("approval_signature", sa.LargeBinary(), nullable=True),
        sa.Column("approved_at", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('policy','protocol','consent_text','authorisation')",
            name=op.f("ck_approved_document_kind_known"),
        ),
        sa.CheckConstraint(
            "(approval IS NULL) = (approval_signature IS NULL) "
            "AND (approval IS NULL) = (approved_at IS NULL)",
            name=op.f("ck_approved_document_approval_whole"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approved_document")),
        sa.UniqueConstraint(
            "kind",
            "document_id",
            "version",
            "language",
            name=op.f("uq_approved_document_kind_document_id_version_language"),
        ),
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_checkpoint")),
    )
    op.create_table(
        "clinic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vault", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("demo_day", sa.Date(), nullable=True),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.Column("installation_key", sa.Text(), nullable=False),
        sa.Column("installation_private", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_clinic_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic")),
    )
    op.create_table(
        "device",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.Column("is_quarantined", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("device", name=op.f("pk_device")),
    )
    op.create_table(
        "log_detail",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("detail", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_log_detail")),
    )
    op.create_table(
        "log_entry",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("object_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_log_entry")),
    )
    op.create_index(op.f("ix_log_entry_object_id"), "log_entry", ["object_id"], unique=False)
    op.create_index(op.f("ix_log_entry_subject_seq"), "log_entry", ["subject", "seq"], unique=False)
    op.create_table(
        "log_node",
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "position", name=op.f("pk_log_node")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "log_subject",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_leaf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_log_subject")),
    )
    op.create_table(
        "lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("needle_length_mm", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('in_use','quarantined','recalled')", name=op.f("ck_lot_state_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("kind", "lot", name=op.f("uq_lot_kind_lot")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("credential", sa.Text(), nullable=False),
        sa.Column("depth_ceiling_mm", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("user", name=op.f("uq_staff_user")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("imported_at", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["imported_by"], ["staff.id"], name=op.f("fk_import_batch_imported_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_table(
        "key_register",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.Column("vouches", sa.LargeBinary(), nullable=False),
        sa.Column("enrolled_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_key_register_staff_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_key_register")),
    )
    op.create_index(op.f("ix_key_register_staff_id"), "key_register", ["staff_id"], unique=False)
    op.create_table(
        "licence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.CheckConstraint("valid_from <= expires_on", name=op.f("ck_licence_days_in_order")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_licence_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence")),
    )
    op.create_index(op.f("ix_licence_staff_id"), "licence", ["staff_id"], unique=False)
    op.create_table(
        "patient",
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("record_number", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("folded_name", sa.Text(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_digits", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("allergies", sa.Text(), nullable=False),
        sa.Column("fitzpatrick", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("import_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["import_batch.id"], name=op.f("fk_patient_import_id")),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_patient")),
        sa.UniqueConstraint("record_number", name=op.f("uq_patient_record_number")),
    )
    op.create_index(op.f("ix_patient_born_on"), "patient", ["born_on"], unique=False)
    op.create_index(
        op.f("ix_patient_folded_name_record_number"),
        "patient",
        ["folded_name", "record_number"],
        unique=False,
    )
    op.create_index(op.f("ix_patient_import_id"), "patient", ["import_id"], unique=False)
    op.create_index(op.f("ix_patient_phone_digits"), "patient", ["phone_digits"], unique=False)
    op.create_table(
        "visit",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("patient_ref", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("performer", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.Column("lights", sa.Text(), nullable=False),
        sa.Column("performed_at", sa.Text(), nullable=True),
        sa.Column("due_at", sa.Text(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("review_reasons", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft','deferred','performed','in_review','complete_not_drawn','returned','signed',"
            "'voided')",
            name=op.f("ck_visit_state_known"),
        ),
        sa.CheckConstraint("revision >= 0", name=op.f("ck_visit_revision_counts_up")),
        sa.ForeignKeyConstraint(["patient_ref"], ["patient.ref"], name=op.f("fk_visit_patient_ref")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("number", name=op.f("uq_visit_number")),
    )
    op.create_index(op.f("ix_visit_patient_ref_visit_on"), "visit", ["patient_ref", "visit_on"], unique=False)
    op.create_index("ix_visit_queue", "visit", ["state", "score", "due_at"], unique=False)
    op.create_index(op.f("ix_visit_visit_on_number"), "visit", ["visit_on", "number"], unique=False)
    op.create_table(
        "adverse_event",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint("grade BETWEEN 1 AND 5", name=op.f("ck_adverse_event_grade_known")),
        sa.ForeignKeyConstraint(["recorded_by"], ["staff.id"], name=op.f("fk_adverse_event_recorded_by")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_adverse_event_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adverse_event")),
    )
    op.create_index(op.f("ix_adverse_event_visit_id"), "adverse_event", ["visit_id"], unique=False)
    op.create_table(
        "treatment_line",
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("depth_um", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "depth_um > 0 AND depth_um <= 5000", name=op.f("ck_treatment_line_depth_possible")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_treatment_line_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "revision", "position", name=op.f("pk_treatment_line")),
    )
    op.create_table(
        "visit_revision",
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_revision_visit_id")),
        sa.PrimaryKeyConstraint("visit_id", "revision", name=op.f("pk_visit_revision")),
    )
    op.create_table(
        "visit_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["signer"], ["staff.id"], name=op.f("fk_visit_signature_signer")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_signature_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_signature")),
    )
    op.create_index(op.f("ix_visit_signature_visit_id"), "visit_signature", ["visit_id"], unique=False)
    op.create_table(
        "visit_supply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lot", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_supply_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_supply")),
    )
    op.create_index(op.f("ix_visit_supply_lot"), "visit_supply", ["lot"], unique=False)
    op.create_index(op.f("ix_visit_supply_visit_id"), "visit_supply", ["visit_id"], unique=False)
    op.create_table(
        "visit_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("director", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["signature_id"], ["visit_signature.id"], name=op.f("fk_visit_release_signature_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_visit_release_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_release")),
    )
    op.create_index(op.f("ix_visit_release_visit_id"), "visit_release", ["visit_id"], unique=False)
