"""The sheet that a patient takes home, in English or Spanish.

The words come from `resources/documents/`. They are a draft until the clinic's director has approved
them, and they never speak of stopping or starting a medicine.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mnclinic.documents.parts import GAP, Field, log_stamp, number_lines
from mnclinic.documents.recovery_sheet import TITLE
from mnclinic.documents.sheet import BLACK, LEFT, MARK_WIDTH, RIGHT, TINT, WIDTH, Cell, Margins, Mark, Sheet
from mnclinic.documents.typeface import Face, Line, Style, set_bullet, set_line, set_lines
from mnclinic.resource_files import resource_text

LANGUAGES = ("en", "es")

_TEXT = Style(Face.REGULAR, 9.4, 12.3)
_BOLD = Style(Face.BOLD, 9.4, 12.6)
_PERIOD = Style(Face.BOLD, 10.6, 13.6)
_SMALL_TITLE = Style(Face.BOLD, 8.6, 12)


def aftercare_text(language: str) -> Mapping[str, Any]:
    """The shipped words in `language` ("en" or "es").

    Raises:
        ValueError: There are none in that language.
    """
    if language not in LANGUAGES:
        raise ValueError("aftercare sheets are written in en and es")
    text: dict[str, Any] = json.loads(resource_text(f"documents/aftercare-{language}.json"))
    return text


def aftercare_sheet(
    *,
    clinic_name: str,
    patient_name: str,
    visit_number: str,
    language: str,
    treated_on: date | None = None,
    numbers: tuple[str, str] = ("", ""),
    is_demo: bool = False,
    text: Mapping[str, Any] | None = None,
    checkpoint: bytes | None = None,
    facts: Sequence[Field] = (),
) -> Sheet:
    """The aftercare sheet of one visit, laid out.

    Args:
        clinic_name: Printed at the head.
        patient_name: As it is written; only drawn, never in the file's metadata.
        visit_number: "V-000123".
        language: "en" or "es".
        treated_on: Day of the treatment, so that "day 2" means something later.
        numbers: The clinic's telephone and the one after hours; a line to write on for an empty one.
        is_demo: Marks the page.
        text: The clinic's own words in the form of the shipped ones; the shipped ones unless given.
        checkpoint: The log's newest signed checkpoint, for the foot.
        facts: What stands under the title: who treated, and where.
    """
    words = text or aftercare_text(language)
    sheet = Sheet(
        title=f"Aftercare {visit_number}",
        language=language,
        margins=Margins(
            head_left=clinic_name,
            head_right=f"{patient_name}  ·  {words['visit']} {visit_number}",
            foot_codes=f"{visit_number}  ·  aftercare {language} v{words['version']}",
        ),
        is_demo=is_demo,
    )
    sheet.paragraph(words["title"], TITLE)
    who = [f"{words['for']} {patient_name}", f"{words['visit']} {visit_number}"]
    if treated_on:
        who.append(f"{words['treated_on']} {treated_on.isoformat()}")
    sheet.paragraph("   ·   ".join(who), _BOLD)
    if facts:
        sheet.paragraph("   ·   ".join(f"{one.label}: {one.value}" for one in facts), _TEXT)
    sheet.space(2 if facts else 6)
    sheet.paragraph(words["intro"], _TEXT)
    sheet.space(5)
    for period in words["periods"]:
        _period(sheet, period, words)
    sheet.rule()
    sheet.space(5)
    sheet.paragraph(words["medicines"], _BOLD)
    sheet.space(6)
    _alarm(sheet, words)
    sheet.space(20)
    sheet.need(30)
    number_lines(sheet, (words["our_number"], words["after_hours"]), numbers, _BOLD)
    log_stamp(sheet, checkpoint)
    return sheet


def _period(sheet: Sheet, period: Mapping[str, Any], words: Mapping[str, Any]) -> None:
    gutter = 84.0
    half = (WIDTH - gutter - 2 * GAP) / 2
    first, second = LEFT + gutter, LEFT + gutter + half + 2 * GAP
    sheet.need(60)
    sheet.rule()
    sheet.space(4)
    sheet.row(
        [
            Cell(LEFT, set_lines(period["heading"], _PERIOD, gutter - GAP)),
            Cell(first, _bullets(words["do"], period["do"], half)),
            Cell(second, _bullets(words["do_not"], period["do_not"], half)),
        ]
    )
    sheet.space(3)


def _bullets(title: str, items: Sequence[str], width: float) -> list[Line]:
    lines = [set_line(title, _SMALL_TITLE)]
    for item in items:
        lines += set_bullet(item, _TEXT, width)
    return lines


def _alarm(sheet: Sheet, words: Mapping[str, Any]) -> None:
    """When to call, in a frame of its own."""
    pad = 7.0
    half = (WIDTH - 2 * pad - 2 * GAP) / 2
    call = [*set_lines(words["call_heading"], _PERIOD, half)]
    for item in words["call"]:
        call += set_bullet(item, _TEXT, half)
    emergency = [*set_lines(words["emergency_heading"], _PERIOD, half - MARK_WIDTH)]
    for item in words["emergency"]:
        emergency += set_bullet(item, _TEXT, half - MARK_WIDTH)
    height = max(sum(line.style.leading for line in lines) for lines in (call, emergency)) + 2 * pad
    sheet.need(height)
    sheet.box((LEFT, sheet.y - height), (RIGHT - LEFT, height), fill=TINT, edge=BLACK)
    top = sheet.y
    sheet.space(pad)
    sheet.row([Cell(LEFT + pad, call), Cell(LEFT + pad + half + 2 * GAP, emergency, mark=Mark.STOP)])
    sheet.y = top - height
