"""A numbered sheet to write on while the PC is down, with the limits of the protocol in force on it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mnclinic.documents.parts import CONTENT, CONTENT_WIDTH, GAP, log_stamp, section
from mnclinic.documents.recovery_sheet import TITLE
from mnclinic.documents.sheet import DARK, LABEL, LEFT, RIGHT, SMALL, WIDTH, Cell, Margins, Sheet
from mnclinic.documents.typeface import Face, Style, set_lines
from mnclinic.documents.words import moment_words
from mnclinic.resource_files import resource_text

Json = Mapping[str, Any]

LANGUAGES = ("en", "es")
_TEXT = Style(Face.REGULAR, 8.4, 11)
_BOLD = Style(Face.BOLD, 8.4, 11)
_LINE_GAP = 17.0
_ROW = 16.0
_BOX = 7.0
_STOPS = frozenset({"absolute", "relative"})
_EMPTY_ROWS = 2


@dataclass(frozen=True)
class PaperAbout:
    """Under which rules a sheet is written on. `items` are the policy's screening items as it has them."""

    clinic_name: str
    protocol: Json
    items: Sequence[Json]
    printed_at: datetime
    is_demo: bool = False
    checkpoint: bytes | None = None


def paper_words(language: str) -> Mapping[str, str]:
    """The words of a sheet. Raises ValueError where there are none in that language."""
    if language not in LANGUAGES:
        raise ValueError("paper sheets are written in en and es")
    words: dict[str, str] = json.loads(resource_text("words/paper-sheet.json"))[language]
    return words


def paper_sheets_pdf(numbers: Sequence[str], about: PaperAbout, *, language: str) -> tuple[bytes, ...]:
    """One PDF a number, so that each sheet names its own number on every page of it."""
    return tuple(paper_sheet_pdf(number, about, language=language) for number in numbers)


def paper_sheet_pdf(number: str, about: PaperAbout, *, language: str) -> bytes:
    """One sheet under its number.

    Raises:
        NotACheckpoint: the checkpoint is none.
        ValueError: there are no words in that language.
    """
    words, protocol = paper_words(language), about.protocol
    named = f"{protocol['id']} v{protocol['version']}"
    sheet = Sheet(
        title=words["head"].format(number=number),
        language=language,
        margins=Margins(
            head_left=about.clinic_name,
            head_right=words["head"].format(number=number),
            foot_codes=words["codes"].format(
                number=number, protocol=named, at=moment_words(about.printed_at)
            ),
        ),
        is_demo=about.is_demo,
    )
    sheet.paragraph(f"{number}  ·  {words['title']}", TITLE)
    sheet.paragraph(words["lead"].format(number=number), _TEXT)
    sheet.space(2)
    sheet.paragraph(words["limits"], _BOLD)
    sheet.space(6)
    _lines(sheet, words, "who", (("last_name", "first_name"), ("born_on", "record", "identity")))
    _lines(
        sheet,
        words,
        "when",
        (("day", "begun", "ended"), ("performer", "supervisor"), ("exam", "order"), ("consent",)),
    )
    _areas(sheet, words, protocol, language)
    _lines(
        sheet,
        words,
        "supplies",
        (("device", "cartridge"), ("topical",), ("anaesthetic",), ("on", "off"), ("prp",)),
        first=words["devices"].format(
            names=_listed(protocol.get("devices", ())),
            topicals=_listed(protocol.get("topicals", ())),
            anaesthetics=_listed(protocol.get("anaesthetics", ())),
        ),
    )
    _asepsis(sheet, words, protocol, language)
    _screening(sheet, words, about.items, language)
    _lines(sheet, words, "events", ((), (), ()))
    sheet.need(4 * _LINE_GAP)
    _ink(sheet, (words["signed"], words["at"]), LEFT, WIDTH)
    _ink(sheet, (words["entered"], words["entered_by"]), LEFT, WIDTH)
    log_stamp(sheet, about.checkpoint)
    return sheet.pdf()


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "-"


def _lines(
    sheet: Sheet, words: Mapping[str, str], title: str, rows: Sequence[Sequence[str]], *, first: str = ""
) -> None:
    with section(sheet, words[title], at_least=28 + len(rows) * (_LINE_GAP + LABEL.leading)):
        if first:
            sheet.paragraph(first, SMALL, x=CONTENT, width=CONTENT_WIDTH)
        for names in rows:
            _ink(sheet, [words[name] for name in names] or [""], CONTENT, CONTENT_WIDTH)
        sheet.space(2)


def _ink(sheet: Sheet, labels: Sequence[str], x: float, width: float) -> None:
    """Lines to write on side by side, what belongs there below each."""
    sheet.need(_LINE_GAP + LABEL.leading)
    sheet.space(_LINE_GAP)
    each = (width - GAP * (len(labels) - 1)) / len(labels)
    for place, words in enumerate(labels):
        at = x + place * (each + GAP)
        sheet.rule(ink=DARK, x1=at, x2=at + each)
        sheet.line(at, sheet.y - 8, words, LABEL)
    sheet.space(LABEL.leading)


def _areas(sheet: Sheet, words: Mapping[str, str], protocol: Json, language: str) -> None:
    names = json.loads(resource_text("words/paper-sheet.json"))["areas_es"] if language == "es" else {}
    widths = (64.0, 44.0, 44.0, 44.0, 32.0, 56.0, 38.0, 52.0)
    titles = ("area", "soft", "ack", "hard", "side", "depth", "passes", "endpoint", "remark")
    with section(sheet, words["areas"], at_least=4 * _ROW):
        _area_row(sheet, [words[one] for one in titles], widths, LABEL, is_first=True)
        for one in protocol.get("areas", ()):
            area = names.get(one["area"], one["area"].replace("_", " "))
            soft = f"{one['soft_min_mm']}-{one['soft_max_mm']}"
            limits = (area, soft, one["acknowledge_above_mm"], one["hard_max_mm"])
            _area_row(sheet, [*limits, "", "", "", "", ""], widths, _TEXT)
        for _ in range(_EMPTY_ROWS):
            _area_row(sheet, [""] * len(titles), widths, _TEXT)
        sheet.rule(ink=DARK, width=0.4, x1=CONTENT, x2=RIGHT)
        sheet.space(4)


def _area_row(
    sheet: Sheet, cells: Sequence[str], widths: Sequence[float], style: Style, *, is_first: bool = False
) -> None:
    lines = []
    at = CONTENT
    for place, text in enumerate(cells):
        width = widths[place] if place < len(widths) else RIGHT - at
        lines.append((at, set_lines(text, style, width - 4)))
        at += width
    height = max(_ROW, max(len(one) for _, one in lines) * style.leading + 3)
    sheet.need(height)
    if not is_first:
        sheet.rule(ink=DARK, width=0.4, x1=CONTENT, x2=RIGHT)
    top = sheet.y
    sheet.space(2.5)
    sheet.row([Cell(x, one) for x, one in lines])
    sheet.space(max(0.0, height - (top - sheet.y)))


def _asepsis(sheet: Sheet, words: Mapping[str, str], protocol: Json, language: str) -> None:
    """The steps, shipped ones in the sheet's language; any other stays in the clinic's own words."""
    steps = protocol.get("asepsis", ())
    spanish = json.loads(resource_text("words/protocol-lines-es.json"))
    known = spanish if language == "es" else {said: step for step, said in spanish.items()}
    if not steps:
        return
    with section(sheet, words["asepsis"]):
        for step in steps:
            _boxed(sheet, (), known.get(step, step), _TEXT)


def _screening(sheet: Sheet, words: Mapping[str, str], items: Sequence[Json], language: str) -> None:
    with section(sheet, words["screening"]):
        for item in items:
            said = item.get("spanish", item) if language == "es" else item
            style = _BOLD if item.get("class") in _STOPS else _TEXT
            _boxed(sheet, (words["yes"], words["no"]), said["question"], style)
        sheet.space(2)


def _boxed(sheet: Sheet, answers: Sequence[str], text: str, style: Style) -> None:
    """One box to tick, or one an answer, and what it is about."""
    each = 32.0 if answers else _BOX + 5
    room = each * max(1, len(answers))
    lines = set_lines(text, style, CONTENT_WIDTH - room)
    sheet.need(len(lines) * style.leading + 2)
    for place, answer in enumerate(answers or ("",)):
        x = CONTENT + place * each
        sheet.box((x, sheet.y - _BOX - 1.5), (_BOX, _BOX), fill=None, edge=DARK)
        sheet.line(x + _BOX + 3, sheet.y - _BOX - 0.5, answer, LABEL)
    sheet.row([Cell(CONTENT + room, lines)])
    sheet.space(2)
