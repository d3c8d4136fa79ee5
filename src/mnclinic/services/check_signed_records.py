"""Hold every frozen record against its hash and the log, and the treated areas in the tables against it."""

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import sha256_hex
from mnclinic.models import TreatmentLineRow, VisitRevision
from mnclinic.services.check_kept_rows import AT_ONCE
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding


def records(session: Session, logged: Logged, counts: dict[str, int]) -> Iterator[StoreFinding]:
    """Each record is the one that was hashed and entered, and the tables hold its treated areas alone.

    How many there are is noted in `counts`. Both tables are read side by side, so no memory grows with them.
    """
    place = (VisitRevision.visit_id, VisitRevision.revision)
    rows = session.scalars(select(VisitRevision).order_by(*place).execution_options(yield_per=AT_ONCE))
    lines = groupby(
        session.scalars(
            select(TreatmentLineRow)
            .order_by(TreatmentLineRow.visit_id, TreatmentLineRow.revision, TreatmentLineRow.position)
            .execution_options(yield_per=AT_ONCE)
        ),
        key=lambda line: (line.visit_id, line.revision),
    )
    stray = next(lines, None)
    counts["visit revisions"] = 0
    for row in rows:
        counts["visit revisions"] += 1
        held = []
        while stray is not None and stray[0] <= (row.visit_id, row.revision):
            if stray[0] == (row.visit_id, row.revision):
                held = [(one.area, one.side, one.depth_um, one.passes, one.endpoint) for one in stray[1]]
            else:
                yield _lines_of_nothing(*stray[0])
            stray = next(lines, None)
        record = json.loads(row.record)
        where = f"visit {record['number']} revision {row.revision}"
        if sha256_hex(row.record) != row.sha256:
            yield StoreFinding(where, "the record is not the one whose hash was stored")
        if not logged.holds("visit", row.visit_id, row.record):
            yield StoreFinding(where, "the record is not the one that was entered in the log")
        signed = [
            (line["area"], line["side"], _um(line["depth_mm"]), line["passes"], line["endpoint"])
            for line in record["document"].get("lines", ())
        ]
        if held != signed:
            what = "the treated areas in the tables are not the signed ones"
            yield StoreFinding(where, what, table="treatment_line")
    while stray is not None:
        yield _lines_of_nothing(*stray[0])
        stray = next(lines, None)


def _lines_of_nothing(visit_id: str, revision: int) -> StoreFinding:
    what = f"treated areas of a revision {revision} that does not exist"
    return StoreFinding(f"visit {visit_id}", what, table="treatment_line")


def _um(depth_mm: str) -> int | None:
    """None where it is no number: no table holds that, and the other records are looked at all the same."""
    try:
        return int(Decimal(depth_mm) * 1000)
    except (ArithmeticError, ValueError, TypeError):
        return None
