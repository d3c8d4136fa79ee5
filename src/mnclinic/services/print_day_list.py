"""The day's list as a PDF file, entered in the log: it names everybody who is expected."""

from datetime import date
from pathlib import Path

from mnclinic.documents.day_list import DayListLine, day_list_pdf
from mnclinic.domain.plain_codes import in_words
from mnclinic.domain.planned_life import PlanState
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.list_day import DayLine, list_day
from mnclinic.services.out_place import refuse_place, told_what_is_entered
from mnclinic.services.print_documents import Printed, write_page
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act


def print_day_list(clinic: OpenClinic, day: date | None, out: Path) -> Printed:
    """Write the list of one day (today unless named). Cancelled visits stand on it, with their reason.

    Raises InvalidInput for a place where no file can be, then nothing was entered; StoreUnavailable and kin
    for the disk.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    shown = list_day(clinic, day)
    with clinic.work() as work:
        pdf = day_list_pdf(
            clinic_name=clinic.facts.name,
            day=shown.day,
            lines=[_line(line) for line in shown.lines],
            printed_at=clinic.clock.now(),
            printed_by=clinic.person.name,
            is_demo=clinic.facts.is_demo,
            checkpoint=work.log.cut_checkpoint(),
        )
        detail = {"day": shown.day.isoformat(), "rows": len(shown.lines)}
        work.log.record(Act("day_list.printed", "P", categories=("roster",), detail=detail))
        work.commit(checkpoint=True)
    with told_what_is_entered(
        "The log says already that it was printed; no record was changed.", "Print it again to another place."
    ):
        return write_page(pdf, out)


def _line(line: DayLine) -> DayListLine:
    planned, visit = line.planned, line.visit
    state = visit.state.value if visit is not None else planned.state.value if planned is not None else ""
    words = [] if planned is None else [planned.reason, planned.note, *planned.needs]
    if state == PlanState.NO_SHOW.value:
        state = "did not come"
    return DayListLine(
        at_time=line.at_time,
        patient=line.patient,
        record_number=line.record_number,
        born=line.born_on.isoformat() if line.born_on else "",
        service=in_words(line.service.removeprefix("microneedling_")),
        performer=line.performer_name,
        state=state.replace("_", " "),
        note="; ".join(word for word in words if word),
    )
