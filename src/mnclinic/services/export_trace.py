"""A table of what visits with adverse events had in common. It names nobody."""

from pathlib import Path

from mnclinic.domain.back_trace import CAUTION, BackTrace, Factor
from mnclinic.interchange.csv_out import csv_bytes
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.out_place import refuse_place
from mnclinic.services.print_documents import Printed, write_page
from mnclinic.services.session import OpenClinic

HEADER = ("factor", "value", "visits_with_events", "visits", "per_100", "small_numbers", "stands_out")


def export_trace(
    clinic: OpenClinic, found: BackTrace, factor: Factor, out: Path, *, drawn: bytes | None = None
) -> Printed:
    """Write one factor's counts as CSV, with the days and the caution in its last lines.

    `drawn` is written in the table's place: a picture or a paper of the same counts. Whole or not at all.

    Raises InvalidInput for a place where no file can be; StoreUnavailable and kin for the disk.
    """
    clinic.require(RoleAct.VIEW_SUPPLIES)
    refuse_place(out, overwrites=True)
    if drawn is not None:
        return write_page(drawn, out)
    rows: list[tuple[str | int, ...]] = [
        (
            *(one.factor.value, one.called or one.value, one.events, one.visits, f"{one.per_hundred:.1f}"),
            *("yes" if one.is_small else "no", "yes" if one.stands_out else "no"),
        )
        for one in found.of(factor)
    ]
    days = f"{found.first.isoformat()} to {found.last.isoformat()}"
    rows.append(("all", days, found.events, found.visits, "", "", ""))
    rows.append(("note", CAUTION, "", "", "", "", ""))
    return write_page(csv_bytes(HEADER, rows), out)
