"""One person's chart: who they are, every visit in a line, then each visit in full as it was signed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mnclinic.documents.amendments import Amended
from mnclinic.documents.parts import CONTENT_WIDTH, GAP, Column, log_stamp, remark, section, table
from mnclinic.documents.sheet import LEFT, STRONG, Cell, Margins, Sheet
from mnclinic.documents.typeface import Face, Style, set_lines
from mnclinic.documents.visit_photos import Pictures
from mnclinic.documents.visit_record import draw_record
from mnclinic.documents.visit_words import HASH_DIGITS, Json
from mnclinic.documents.words import capital, moment_words, said, spoken


@dataclass(frozen=True)
class VisitInChart:
    """One revision to be drawn; each part as `visit_record_pdf` takes it."""

    record: Json
    signatures: Sequence[Json]
    sha256: str
    state: str
    standings: Sequence[str] = ()
    doubts: Sequence[str] = ()
    amendments: Sequence[Amended] = ()
    limits: Sequence[str] = ()


@dataclass(frozen=True)
class Whose:
    """The person as the roster has them. `tombstones` tell of visits that stand under somebody else."""

    name: str
    record_numbers: Sequence[str]
    born_on: str
    tombstones: Sequence[str] = field(default=())


def patient_chart_pdf(
    whose: Whose,
    visits: Sequence[VisitInChart],
    *,
    clinic_name: str,
    is_demo: bool,
    checkpoint: Json,
    signed_checkpoint: bytes,
    printed_at: datetime,
    printed_by: str,
    people: Mapping[str, str],
    pictures: Pictures,
    drawing: Callable[[int], None] = lambda _done: None,
) -> bytes:
    """Every visit of a person, oldest first; the checkpoint is in each foot and to be scanned at the end.

    `pictures` are those that may be printed (see `visit_record_pdf`).
    `drawing` hears before each visit how many are drawn; what it raises ends the drawing.
    """
    numbers = ", ".join(whose.record_numbers)
    sheet = Sheet(
        title="Chart of a patient",
        language="en",
        margins=Margins(
            head_left=clinic_name,
            head_right=f"{whose.name}  ·  {numbers}",
            foot_codes=f"{numbers}  ·  log {checkpoint['size']} / {checkpoint['root'][:HASH_DIGITS]}",
            foot_words=(
                f"Printed {moment_words(printed_at)} by {printed_by}. A rendering; the signed records are "
                "the evidence."
            ),
        ),
        is_demo=is_demo,
    )
    _first_page(sheet, whose, visits)
    for done, one in enumerate(visits):
        drawing(done)
        sheet.new_page()
        draw_record(
            sheet,
            one.record,
            one.signatures,
            digest=one.sha256,
            topics={},
            people=people,
            standings=one.standings,
            doubts=one.doubts,
            amendments=one.amendments,
            limits=one.limits,
            pictures=pictures,
        )
    log_stamp(sheet, signed_checkpoint)
    return sheet.pdf()


def _first_page(sheet: Sheet, whose: Whose, visits: Sequence[VisitInChart]) -> None:
    sheet.row([Cell(LEFT, set_lines(whose.name, Style(Face.BOLD, 17, 21), CONTENT_WIDTH))])
    facts = f"Record {', '.join(whose.record_numbers)}   ·   Born {said(whose.born_on)}"
    sheet.row([Cell(LEFT, set_lines(facts, Style(Face.REGULAR, 9.4, 13, 0.12), CONTENT_WIDTH))])
    sheet.space(12)
    with section(sheet, "Visits"):
        if not visits:
            remark(sheet, "No signed or deferred visit is on record.", STRONG)
        else:
            table(
                sheet,
                [
                    Column("Visit", 70, style=STRONG),
                    Column("Day", 52),
                    Column("Service", 108),
                    Column("State", 70),
                    Column("Amended", CONTENT_WIDTH - 70 - 52 - 108 - 70 - 4 * GAP),
                ],
                [_line(one) for one in visits],
            )
    for words in whose.tombstones:
        with section(sheet, "Filed elsewhere"):
            remark(sheet, words, STRONG)


def _line(one: VisitInChart) -> tuple[str, ...]:
    document = one.record["document"]
    amended = "; ".join(dict.fromkeys(capital(spoken(each.said["kind"])) for each in one.amendments))
    return (
        f"{one.record['number']} r{one.record['revision']}",
        str(document.get("started_at", ""))[:10],
        capital(spoken(document.get("service"))),
        capital(spoken(one.state)),
        amended,
    )
