"""The lots of PRP kits and anaesthetics that signed visits used, and lots and serials found as printed.

Revision ID: 0010
Revises: 0009
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LATER_INDEXED = (("prp_kit", "$.document.prp.kit_lot"), ("anaesthetic", "$.document.anaesthetic.lot"))
"""By kind, where a frozen record says the lot."""


def upgrade() -> None:
    """Write the rows that earlier programs left out, from the records, and index what is looked for."""
    for kind, place in LATER_INDEXED:
        # A record that somebody made unreadable gets no row; the check names it.
        op.execute(
            "INSERT INTO visit_supply (visit_id, revision, kind, lot, serial) "  # noqa: S608 - our own words
            f"SELECT visit_id, revision, '{kind}', lot, '' FROM ("
            f"SELECT visit_id, revision, CASE WHEN json_valid(said) THEN said ->> '{place}' END AS lot, "
            "CASE WHEN json_valid(said) THEN said ->> '$.state' END AS state "
            "FROM (SELECT visit_id, revision, CAST(record AS TEXT) AS said FROM visit_revision)) "
            "WHERE lot <> '' AND state <> 'deferred' ORDER BY visit_id, revision"
        )
    op.drop_index("ix_visit_supply_lot", "visit_supply")
    for column in ("lot", "serial"):
        op.execute(f"CREATE INDEX ix_visit_supply_{column} ON visit_supply (upper(trim({column})))")
