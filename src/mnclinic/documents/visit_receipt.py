"""What a patient takes home of a visit: what was done, with what, by whom, and whom to call."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mnclinic.documents.aftercare_sheet import aftercare_text
from mnclinic.documents.parts import (
    CONTENT,
    CONTENT_WIDTH,
    GAP,
    Column,
    Field,
    field_grid,
    log_stamp,
    number_lines,
    section,
    table,
)
from mnclinic.documents.recovery_sheet import TITLE
from mnclinic.documents.sheet import LEFT, MARK_WIDTH, STRONG, WIDTH, Cell, Margins, Mark, Sheet
from mnclinic.documents.typeface import Face, Style, set_bullet, set_lines
from mnclinic.documents.words import capital
from mnclinic.documents.words import spoken as plain_words
from mnclinic.resource_files import resource_text

Json = Mapping[str, Any]

LANGUAGES = ("en", "es")
SERVICES = {
    "en": {"microneedling_face": "microneedling, face", "microneedling_prp": "microneedling with PRP, face"},
    "es": {"microneedling_face": "microagujas, cara", "microneedling_prp": "microagujas con PRP, cara"},
}
HASH_DIGITS = 16

_TEXT = Style(Face.REGULAR, 9.4, 12.3)
_PERIOD = Style(Face.BOLD, 10.0, 13.0)


@dataclass(frozen=True)
class ReceiptAbout:
    """Whose receipt it is and what stands in the margins. `people` are printed names by user name.

    `contacts` are the planned contacts: their kind and day.
    """

    clinic_name: str
    patient_name: str
    record_number: str
    born_on: date | None
    visit_number: str
    visit_on: date
    record_sha256: str
    people: Mapping[str, str] = field(default_factory=dict)
    device_words: str = ""
    contacts: Sequence[tuple[str, date]] = ()
    numbers: tuple[str, str] = ("", "")
    """The clinic's telephone and the one after hours; a line to write on for an empty one."""
    is_demo: bool = False
    checkpoint: bytes | None = None


def receipt_words(language: str) -> Mapping[str, str]:
    """The labels in `language` ("en" or "es"). Raises ValueError for any other."""
    if language not in LANGUAGES:
        raise ValueError("receipts are printed in en and es")
    words: dict[str, str] = json.loads(resource_text(f"documents/receipt-{language}.json"))
    return words


def visit_receipt_pdf(document: Json, about: ReceiptAbout, *, language: str) -> bytes:
    """The receipt of one signed visit, from the document of its record."""
    words = receipt_words(language)
    sheet = Sheet(
        title=f"Receipt {about.visit_number}",
        language=language,
        margins=Margins(
            head_left=about.clinic_name,
            head_right=f"{about.patient_name}  ·  {words['visit']} {about.visit_number}",
            foot_codes=f"{about.visit_number}  ·  receipt {language} v{words['version']}  ·  "
            f"{about.record_sha256[:HASH_DIGITS]}",
            foot_words=words["rendering"],
        ),
        is_demo=about.is_demo,
    )
    sheet.paragraph(words["title"], TITLE)
    sheet.paragraph(words["lead"], _TEXT)
    sheet.space(8)
    with section(sheet, words["visit"]):
        field_grid(sheet, list(_visit(document, about, words)), columns=2)
    with section(sheet, words["areas"]):
        _areas(sheet, document.get("lines", ()), words)
    with section(sheet, words["with"]):
        field_grid(sheet, list(_products(document, about, words)), columns=2)
    if about.contacts:
        with section(sheet, words["when"]):
            for kind, day in about.contacts:
                said = words["about"].format(day=day.isoformat())
                what = words["visit_step" if kind == "visit" else kind]
                sheet.paragraph(f"{capital(said)}: {what}", _TEXT, x=CONTENT, width=CONTENT_WIDTH)
    _whom(sheet, words, about.numbers)
    log_stamp(sheet, about.checkpoint)
    return sheet.pdf()


def _visit(document: Json, about: ReceiptAbout, words: Mapping[str, str]) -> Iterator[Field]:
    service = str(document["service"])
    yield Field(words["patient"], f"{about.patient_name}, {about.record_number}", STRONG)
    yield Field(words["born"], about.born_on.isoformat() if about.born_on else words["not_recorded"])
    yield Field(words["treated_on"], about.visit_on.isoformat(), STRONG)
    named = SERVICES[words["language"]].get(service, service.replace("_", " "))
    yield Field(words["treatment"], capital(named))
    yield Field(words["performer"], _person(document.get("performer"), about, words), STRONG)
    if document.get("supervised_by"):
        yield Field(words["supervised"], _person(document["supervised_by"], about, words))


def _person(user: object, about: ReceiptAbout, words: Mapping[str, str]) -> str:
    return about.people.get(str(user), str(user)) if user else words["not_recorded"]


def taken_home(document: Json, people: Mapping[str, str], language: str) -> list[Field]:
    """Who treated and where, for the head of a sheet that goes home with the patient."""
    words = receipt_words(language)
    user = str(document.get("performer") or "")
    areas = dict.fromkeys(_area(str(line["area"]), words) for line in document.get("lines", ()))
    return [
        Field(words["performer"], people.get(user, user) or words["not_recorded"], STRONG),
        Field(words["areas_treated"], capital(", ".join(areas)) or words["not_recorded"]),
    ]


def _areas(sheet: Sheet, lines: Sequence[Json], words: Mapping[str, str]) -> None:
    widths = (CONTENT_WIDTH - 3 * (84 + GAP), 84, 84, 84)
    titles = (words["area"], words["side"], words["depth"], words["passes"])
    rows = [
        (
            capital(_area(str(line["area"]), words)),
            words.get(str(line.get("side", "")), str(line.get("side", ""))),
            f"{line['depth_mm']} mm" if line.get("depth_mm") else words["not_recorded"],
            str(line.get("passes", words["not_recorded"])),
        )
        for line in lines
    ]
    table(sheet, [Column(title, width) for title, width in zip(titles, widths, strict=True)], rows)
    sheet.space(3)


def _area(code: str, words: Mapping[str, str]) -> str:
    if words["language"] == "en":
        return plain_words(code)
    spanish: dict[str, str] = json.loads(resource_text("words/paper-sheet.json"))["areas_es"]
    return spanish.get(code, code.replace("_", " "))


def _products(document: Json, about: ReceiptAbout, words: Mapping[str, str]) -> Iterator[Field]:
    yield Field(words["device"], about.device_words or str(document.get("device") or words["not_recorded"]))
    cartridge = document.get("cartridge") or {}
    told = [f"{words['lot']} {cartridge.get('lot') or words['not_recorded']}"]
    if cartridge.get("needle_length_mm"):
        told.append(words["needle"].format(mm=cartridge["needle_length_mm"]))
    if cartridge.get("serial"):
        told.append(f"{words['serial']} {cartridge['serial']}")
    yield Field(words["cartridge"], ", ".join(told))
    for one in document.get("topicals", ()):
        yield Field(words["topicals"], _product(one, words))
    if document.get("anaesthetic"):
        yield Field(words["anaesthetic"], _product(document["anaesthetic"], words))
    if document.get("prp"):
        kit = document["prp"].get("kit_lot") or words["not_recorded"]
        yield Field(words["prp"], f"{words['kit']} {kit}")


def _product(one: Json, words: Mapping[str, str]) -> str:
    name = str(one.get("name") or one.get("product") or words["not_recorded"])
    return f"{name}, {words['lot']} {one['lot']}" if one.get("lot") else name


def _whom(sheet: Sheet, words: Mapping[str, str], numbers: tuple[str, str]) -> None:
    """The telephone numbers, and what they are called for."""
    flags = aftercare_text(words["language"])
    half = (WIDTH - 2 * GAP) / 2
    call = set_lines(words["call_heading"], _PERIOD, half)
    beside = half - MARK_WIDTH
    emergency = set_lines(words["emergency_heading"], _PERIOD, beside)
    for item in flags["call"]:
        call += set_bullet(item, _TEXT, half)
    for item in flags["emergency"]:
        emergency += set_bullet(item, _TEXT, beside)
    height = max(sum(line.style.leading for line in lines) for lines in (call, emergency))
    sheet.need(height + 70)
    sheet.rule()
    sheet.space(7)
    sheet.row([Cell(LEFT, call), Cell(LEFT + half + 2 * GAP, emergency, mark=Mark.STOP)])
    sheet.space(30)
    number_lines(sheet, (words["our_number"], words["after_hours"]), numbers, _PERIOD)
    sheet.space(16)
