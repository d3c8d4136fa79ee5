"""People who come and go, keys that end, ways back, backups, settings, and a log that can be searched.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NEVER_CHANGED = ("key_vouch", "key_revocation")
NEVER_DELETED = ("recovery_sheet", "recovery_opening", "break_glass", "staff")


def upgrade() -> None:
    """Add columns, tables and indexes; no table that is there is rebuilt."""
    op.add_column("clinic", sa.Column("is_solo", sa.Boolean(), server_default="0", nullable=False))
    for name in ("solo_declaration", "solo_signature"):
        op.add_column("clinic", sa.Column(name, sa.LargeBinary(), nullable=True))
    for name in ("access_from", "access_until", "left_at"):
        op.add_column("staff", sa.Column(name, sa.Text(), nullable=True))
    _make_tables()
    _make_indexes()
    _make_log_searchable()
    for table in NEVER_CHANGED:
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} keeps what was written'); END"
        )
    for table in (*NEVER_CHANGED, *NEVER_DELETED):
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} keeps what was written'); END"
        )
    # A CHECK would need the table rebuilt, and would refuse the inspectors that older clinics let in.
    inspector = "NEW.role = 'inspector' AND (NEW.access_from IS NULL OR NEW.access_until IS NULL)"
    for event, condition in (
        ("INSERT", inspector),
        ("UPDATE", f"{inspector} AND (OLD.role <> 'inspector' OR OLD.access_until IS NOT NULL)"),
    ):
        op.execute(
            f"CREATE TRIGGER staff_inspector_ends_{event.lower()} BEFORE {event} ON staff WHEN {condition} "
            "BEGIN SELECT RAISE(ABORT, 'an inspector has a first and a last day'); END"
        )


def _make_indexes() -> None:
    """Indexes that end as the lists are ordered. Two take the place of narrower ones, under their names."""
    for name in ("ix_visit_queue", "ix_visit_patient_ref_visit_on"):
        op.drop_index(name, "visit")
    op.create_index("ix_visit_queue", "visit", ["state", sa.text("score DESC"), "due_at", "number"])
    op.create_index("ix_visit_patient_ref_visit_on", "visit", ["patient_ref", "visit_on", "number"])
    op.create_index(op.f("ix_visit_state_visit_on_number"), "visit", ["state", "visit_on", "number"])
    op.create_index(op.f("ix_break_glass_staff_id_opened_at"), "break_glass", ["staff_id", "opened_at"])


def _make_log_searchable() -> None:
    """What is searched in an entry, read from its own bytes, for the old entries too."""
    op.add_column("log_entry", sa.Column("at", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("log_entry", sa.Column("is_clock_back", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("log_entry", sa.Column("actor", sa.Text(), nullable=True))
    op.add_column("log_entry", sa.Column("kind", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("log_entry", sa.Column("object_kind", sa.Text(), nullable=True))
    op.execute("DROP TRIGGER log_entry_no_update")
    # Bytes that somebody has spoilt are left to the check, which names them: the clinic has to open.
    op.execute(
        "UPDATE log_entry SET "
        "at = coalesce(json_extract(CAST(entry AS TEXT), '$.ts'), ''), "
        "is_clock_back = coalesce(json_extract(CAST(entry AS TEXT), '$.clk') = 'back', 0), "
        "actor = json_extract(CAST(entry AS TEXT), '$.actor.uid'), "
        "kind = coalesce(json_extract(CAST(entry AS TEXT), '$.kind'), ''), "
        "object_kind = json_extract(CAST(entry AS TEXT), '$.obj.t') "
        "WHERE json_valid(CAST(entry AS TEXT))"
    )
    op.execute(
        "CREATE TRIGGER log_entry_no_update BEFORE UPDATE ON log_entry "
        "BEGIN SELECT RAISE(ABORT, 'log_entry keeps what was written'); END"
    )
    op.create_index(op.f("ix_log_entry_actor"), "log_entry", ["actor"], unique=False)
    op.create_index(op.f("ix_log_entry_action"), "log_entry", ["action"], unique=False)
    op.create_index(op.f("ix_log_entry_actor_action"), "log_entry", ["actor", "action"], unique=False)
    op.create_index(
        "ix_log_entry_clock_back",
        "log_entry",
        ["at"],
        unique=False,
        sqlite_where=sa.text("is_clock_back = 1"),
    )


def _make_tables() -> None:
    op.create_table(
        "key_vouch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("voucher", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["key_register.key"], name=op.f("fk_key_vouch_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_vouch")),
    )
    op.create_index(op.f("ix_key_vouch_key"), "key_vouch", ["key"], unique=False)
    op.create_table(
        "key_revocation",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.Column("revoked_at", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("signer_key", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["key_register.key"], name=op.f("fk_key_revocation_key")),
        sa.ForeignKeyConstraint(["revoked_by"], ["staff.id"], name=op.f("fk_key_revocation_revoked_by")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_key_revocation")),
    )
    op.create_table(
        "recovery_sheet",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=True),
        sa.Column("read_back_at", sa.Text(), nullable=True),
        sa.Column("read_back_by", sa.Text(), nullable=True),
        sa.Column("replaced_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_recovery_sheet_made_by")),
        sa.ForeignKeyConstraint(["read_back_by"], ["staff.id"], name=op.f("fk_recovery_sheet_read_back_by")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_recovery_sheet")),
    )
    op.create_table(
        "recovery_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("administrator", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("nobody_else", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.Text(), nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["administrator"], ["staff.id"], name=op.f("fk_recovery_opening_administrator")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["staff.id"], name=op.f("fk_recovery_opening_confirmed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_opening")),
    )
    op.create_table(
        "break_glass",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=True),
        sa.Column("seen_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["seen_by"], ["staff.id"], name=op.f("fk_break_glass_seen_by")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_break_glass_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break_glass")),
    )
    op.create_index(op.f("ix_break_glass_opened_at"), "break_glass", ["opened_at"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
    )
    op.create_table(
        "screen_state",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_screen_state_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_screen_state")),
    )
    op.create_table(
        "backup",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("log_size", sa.Integer(), nullable=True),
        sa.Column("manifest_sha256", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.Text(), nullable=True),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup")),
    )
    op.create_index(op.f("ix_backup_made_at"), "backup", ["made_at"], unique=False)
