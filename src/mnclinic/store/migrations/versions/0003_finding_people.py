"""People are found by beginnings, middles and slips of their names, and by any digits.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SHORTEST_WORD_WITH_A_SLIP = 4

# A space before each word, so that " ma" is the beginning of one; two between the parts, so that no word
# runs from one into the next.
SEARCHED = """
' ' || {row}.folded_name || '  ' || {row}.phone_digits || '  '
|| replace(lower({row}.record_number), '-', ' ') || ' '
"""
WORDS = """
INSERT OR IGNORE INTO name_slip (slip, word)
WITH RECURSIVE
  rest (word, tail) AS (
    SELECT '', folded_name || ' ' FROM {source}
    UNION ALL
    SELECT substr(tail, 1, instr(tail, ' ') - 1), substr(tail, instr(tail, ' ') + 1)
    FROM rest WHERE tail <> ''
  ),
  fresh (word) AS (
    SELECT DISTINCT word FROM rest
    WHERE length(word) >= {shortest}
      AND NOT EXISTS (SELECT 1 FROM name_slip WHERE slip = rest.word AND name_slip.word = rest.word)
  ),
  cut (word, at) AS (
    SELECT word, 0 FROM fresh UNION ALL SELECT word, at + 1 FROM cut WHERE at < length(word)
  )
SELECT CASE at WHEN 0 THEN word ELSE substr(word, 1, at - 1) || substr(word, at + 1) END, word FROM cut
"""
FILL = """
INSERT INTO patient_text (rowid, searched)
SELECT place.id, {searched} FROM patient_place AS place JOIN patient ON patient.ref = place.ref
ORDER BY place.id
"""
KEEP = (
    """
CREATE TRIGGER patient_found_insert AFTER INSERT ON patient BEGIN
  INSERT INTO patient_place (ref) VALUES (NEW.ref);
  INSERT INTO patient_text (rowid, searched)
  VALUES ((SELECT id FROM patient_place WHERE ref = NEW.ref), {searched});
  {words};
END
""",
    """
CREATE TRIGGER patient_found_update AFTER UPDATE OF folded_name, phone_digits, record_number ON patient BEGIN
  UPDATE patient_text SET searched = {searched}
  WHERE rowid = (SELECT id FROM patient_place WHERE ref = NEW.ref);
  {words};
END
""",
    """
CREATE TRIGGER patient_found_delete AFTER DELETE ON patient BEGIN
  DELETE FROM patient_text WHERE rowid = (SELECT id FROM patient_place WHERE ref = OLD.ref);
  DELETE FROM patient_place WHERE ref = OLD.ref;
END
""",
)


def upgrade() -> None:
    """Make the index, fill it from the roster, and have the database itself keep it.

    By triggers, so that no way of writing the roster can forget it. Words of names that nobody has any more
    stay in `name_slip`: they lead to nobody.
    """
    op.create_table(
        "patient_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient_place")),
        sa.UniqueConstraint("ref", name=op.f("uq_patient_place_ref")),
    )
    op.create_table(
        "name_slip",
        sa.Column("slip", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slip", "word", name=op.f("pk_name_slip")),
        sqlite_with_rowid=False,
    )
    # It keeps no text of its own, only where each three letters stand.
    op.execute(
        "CREATE VIRTUAL TABLE patient_text USING "
        "fts5(searched, content='', contentless_delete=1, tokenize='trigram')"
    )
    op.execute("INSERT INTO patient_place (ref) SELECT ref FROM patient ORDER BY folded_name, record_number")
    op.execute(FILL.format(searched=SEARCHED.format(row="patient")))
    op.execute(_words("patient"))
    words = _words("(SELECT NEW.folded_name AS folded_name)")
    for trigger in KEEP:
        op.execute(trigger.format(searched=SEARCHED.format(row="NEW"), words=words))


def _words(source: str) -> str:
    return WORDS.format(source=source, shortest=SHORTEST_WORD_WITH_A_SLIP)
