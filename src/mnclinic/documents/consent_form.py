"""A consent as it was signed, or to be signed on paper, in the language of its text."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mnclinic.documents.parts import (
    GAP,
    Field,
    drawn_signature,
    field_grid,
    ink_line,
    log_stamp,
    number_lines,
)
from mnclinic.documents.recovery_sheet import TITLE
from mnclinic.documents.sheet import CODE, HEADING, LEFT, RIGHT, STRONG, WIDTH, Cell, Margins, Sheet
from mnclinic.documents.typeface import Face, Line, Style, set_bullet, set_lines
from mnclinic.documents.words import instant_words
from mnclinic.resource_files import resource_text

LANGUAGES = ("en", "es")
HASH_DIGITS = 16
BULLET = "– "
"""What begins a line of a list in an approved text."""
LONGEST_BESIDE_LINES = 20
"""A longer list has the whole width, and is not looked for in two columns over two pages."""

_TEXT = Style(Face.REGULAR, 9.4, 12.6)
_AGREED = Style(Face.BOLD, 9.4, 12.6)
_FRAME = (220.0, 70.0)


@dataclass(frozen=True)
class FormText:
    """One text of the form: sections are heading and words, `levels` to choose from are code and words.

    `sha256` is of its exact bytes, 64 hex digits.
    """

    title: str
    form: str
    version: int
    sections: Sequence[tuple[str, str]]
    sha256: str
    agreement: str = ""
    levels: Sequence[tuple[str, str]] = ()
    level: str | None = None
    """The code that was chosen; None where nothing was."""


@dataclass(frozen=True)
class FormAbout:
    """Whose form it is, and what stands in the margins."""

    clinic_name: str
    patient_name: str
    record_number: str
    born_on: str
    visit_number: str
    is_demo: bool = False
    printed: str = ""
    record_sha256: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    """Printed names by user name."""
    checkpoint: bytes | None = None
    delegation: str = ""
    """The policy's words about who treats and who delegates; empty where it has none."""
    policy: str = ""
    """The policy that has them, by name and version. A signed record pins it by its hash."""
    facts: Sequence[Field] = ()
    """What stands under the title of a sheet to take home: who treated, when, and where."""
    numbers: tuple[str, str] | None = None
    """The labels of two lines for telephone numbers at its end: the clinic's, and after hours."""
    phones: tuple[str, str] = ("", "")
    """The numbers themselves; a line to write on for an empty one."""


def form_words(language: str) -> Mapping[str, str]:
    """The labels of the form in `language` ("en" or "es"). Raises ValueError for any other."""
    if language not in LANGUAGES:
        raise ValueError("consent forms are printed in en and es")
    words: dict[str, str] = json.loads(resource_text(f"documents/consent-form-{language}.json"))
    return words


def consent_form_pdf(
    texts: Sequence[FormText], about: FormAbout, *, language: str, consent: Mapping[str, Any] | None
) -> bytes:
    """The form: every text in full, then who signed and how, or lines to sign on where `consent` is None.

    `consent` is the part of the signed visit document.
    """
    words = form_words(language)
    main = texts[0]
    codes = f"{about.visit_number}  ·  {main.form} v{main.version} {language}  ·  {main.sha256[:HASH_DIGITS]}"
    if about.record_sha256:
        codes += f"  ·  {about.record_sha256[:HASH_DIGITS]}"
    sheet = Sheet(
        title=f"{main.title} {about.visit_number}",
        language=language,
        margins=Margins(
            head_left=about.clinic_name,
            head_right=f"{about.patient_name}  ·  {about.record_number}  ·  {about.visit_number}",
            foot_codes=codes,
            foot_words=f"{about.printed}{words['rendering'] if consent else words['blank']}",
        ),
        is_demo=about.is_demo,
    )
    for number, text in enumerate(texts):
        _text(sheet, text, words, is_first=number == 0, is_blank=consent is None)
    _delegation(sheet, about, words)
    beside_from = None
    if consent is None:
        _lines_to_sign(sheet, words)
    else:
        _signed(sheet, consent, about, words)
        # Hashes are narrow: the checkpoint's code has room beside them.
        beside_from, page = sheet.y, sheet.page_count
        _exact(sheet, texts, about, words)
        beside_from = beside_from if sheet.page_count == page else None
    log_stamp(sheet, about.checkpoint, beside_from=beside_from)
    return sheet.pdf()


def _text(sheet: Sheet, text: FormText, words: Mapping[str, str], *, is_first: bool, is_blank: bool) -> None:
    if not is_first:
        sheet.need(80)
        sheet.space(10)
    sheet.paragraph(text.title, TITLE if is_first else HEADING)
    sheet.paragraph(f"{words['form']} {text.form}, {words['version']} {text.version}", CODE)
    sheet.space(6)
    for heading, said in text.sections:
        # A heading stays with the first lines under it.
        sheet.need(HEADING.leading + 2 * _TEXT.leading)
        sheet.paragraph(heading, HEADING)
        sheet.paragraph(said, _TEXT)
        sheet.space(5)
    for level, said in text.levels:
        sheet.need(_TEXT.leading)
        mark = "[  ]" if is_blank else "[x]" if level == text.level else "[  ]"
        sheet.paragraph(f"{mark}  {said}", _AGREED if level == text.level else _TEXT)
    if text.levels and not is_blank and text.level is None:
        sheet.paragraph(words["not_chosen"], STRONG)
    if text.agreement:
        sheet.space(3)
        sheet.paragraph(f"“{text.agreement}”", _AGREED)


def _delegation(sheet: Sheet, about: FormAbout, words: Mapping[str, str]) -> None:
    if not about.delegation:
        return
    sheet.need(HEADING.leading + 3 * _TEXT.leading)
    sheet.space(6)
    sheet.paragraph(words["delegation"], HEADING)
    said = about.delegation.rstrip()
    if about.policy:
        said += f" ({words['by_policy']}: {about.policy})"
    for line in said.splitlines():
        sheet.paragraph(line, _TEXT)


def _signed(sheet: Sheet, consent: Mapping[str, Any], about: FormAbout, words: Mapping[str, str]) -> None:
    signature = consent.get("signature") or {}
    strokes = signature.get("strokes") or ()
    sheet.space(8)
    sheet.need(_FRAME[1] + 90)
    sheet.rule()
    sheet.space(8)
    kind = signature.get("kind")
    top, page = sheet.y, sheet.page_count
    if kind == "drawn" and strokes:
        drawn_signature(sheet, strokes, x=RIGHT - _FRAME[0], width=_FRAME[0], height=_FRAME[1])
    fields = _fields(consent, signature, about, words)
    field_grid(sheet, fields, columns=2, x=LEFT, width=WIDTH - _FRAME[0] - GAP)
    if sheet.page_count == page:
        sheet.y = min(sheet.y, top - _FRAME[1] - 10)


def _fields(
    consent: Mapping[str, Any], signature: Mapping[str, Any], about: FormAbout, words: Mapping[str, str]
) -> list[Field]:
    guardian, interpreter = consent.get("guardian"), consent.get("interpreter")
    kind = signature.get("kind")
    how = words.get(str(kind), words["not_signed"]) if kind else words["not_signed"]
    signer = about.patient_name
    if consent.get("signed_by") == "guardian":
        signer = (
            f"{guardian['name']}, {words['relation']} {guardian['relation']}" if guardian else words["none"]
        )
    made = [
        Field(words["patient"], about.patient_name, STRONG),
        Field(words["born"], about.born_on or words["none"]),
        Field(words["signed_by"], signer, STRONG),
        Field(words["signed_at"], instant_words(consent.get("signed_at"))),
        Field(words["signature"], f"{how}: {signature['name']}" if signature.get("name") else how),
        Field(words["questions"], _person((consent.get("questions") or {}).get("answered_by"), about, words)),
        Field(words["witness"], _person(consent.get("witness"), about, words)),
    ]
    if signature.get("seen_by"):
        made.append(Field(words["seen_by"], _person(signature["seen_by"], about, words)))
    if interpreter:
        said = (
            f"{interpreter['name']}, {words['into']} {interpreter['language']}, {words[interpreter['how']]}"
        )
        made.append(Field(words["interpreter"], said))
    if consent.get("carried_from"):
        made.append(Field(words["carried"], str(consent["carried_from"])))
    return made


def _person(user: str | None, about: FormAbout, words: Mapping[str, str]) -> str:
    return about.people.get(user, user) if user else words["none"]


def _exact(sheet: Sheet, texts: Sequence[FormText], about: FormAbout, words: Mapping[str, str]) -> None:
    sheet.space(4)
    made = [
        Field(f"{words['text']}: {text.form} v{text.version}", f"sha256 {text.sha256}", CODE, 2)
        for text in texts
    ]
    if about.record_sha256:
        made.append(Field(words["record"], f"sha256 {about.record_sha256}", CODE, 2))
    field_grid(sheet, made, columns=2, x=LEFT, width=WIDTH)


def _lines_to_sign(sheet: Sheet, words: Mapping[str, str]) -> None:
    half = (WIDTH - 2 * GAP) / 2
    rows = (
        ("signature", "date"),
        ("name", "guardian_line"),
        ("questions_line", "witness_line"),
        ("interpreter_line", None),
    )
    sheet.need(40.0 * len(rows))
    for left, right in rows:
        sheet.space(30)
        ink_line(sheet, LEFT, half, words[left])
        if right:
            ink_line(sheet, LEFT + half + 2 * GAP, half, words[right])
        sheet.space(10)


def _sections_to_take(sheet: Sheet, sections: Sequence[tuple[str, str]]) -> None:
    """The sections in their order, two lists that follow on each other side by side.

    So when to call, and when to call 911, stand on the page with what they are about.
    """
    half, rest = (WIDTH - 2 * GAP) / 2, [*sections]
    while rest:
        both = len(rest) > 1 and all(_is_list(said) for _, said in rest[:2])
        beside, rest = rest[: 1 + both], rest[1 + both :]
        places = zip((LEFT, LEFT + half + 2 * GAP), beside, strict=False)
        cells = [Cell(x, _section(*one, half if both else WIDTH)) for x, one in places]
        sheet.need(60)
        sheet.rule()
        sheet.space(6)
        sheet.row(cells)
        sheet.space(6)


def _is_list(said: str) -> bool:
    return 1 < len(said.splitlines()) <= LONGEST_BESIDE_LINES


def _section(heading: str, said: str, width: float) -> list[Line]:
    lines = set_lines(heading, HEADING, width)
    for line in said.splitlines():
        item = line.removeprefix(BULLET)
        lines += set_lines(line, _TEXT, width) if item == line else set_bullet(item, _TEXT, width)
    return lines


def patient_sheet(text: FormText, about: FormAbout, *, language: str) -> Sheet:
    """A sheet that the director approved, to prepare or for afterwards, laid out for the patient to take.

    Raises ValueError for a language that sheets are not written in.
    """
    if language not in LANGUAGES:
        raise ValueError("sheets for patients are written in en and es")
    words = json.loads(resource_text(f"documents/precare-{language}.json"))
    sheet = Sheet(
        title=f"{text.title} {about.visit_number}",
        language=language,
        margins=Margins(
            head_left=about.clinic_name,
            head_right=f"{about.patient_name}  ·  {words['visit']} {about.visit_number}",
            foot_codes=f"{about.visit_number}  ·  {text.form} {language} v{text.version} {text.sha256[:12]}",
        ),
        is_demo=about.is_demo,
    )
    sheet.paragraph(text.title, TITLE)
    sheet.paragraph(
        f"{words['for']} {about.patient_name}   ·   {words['visit']} {about.visit_number}", STRONG
    )
    sheet.space(6)
    if about.facts:
        field_grid(sheet, about.facts, columns=3, x=LEFT, width=WIDTH)
        sheet.space(4)
    _sections_to_take(sheet, text.sections)
    if about.delegation:
        sheet.need(60)
        sheet.rule()
        sheet.space(6)
        sheet.paragraph(words["delegation"], HEADING)
        for line in about.delegation.splitlines():
            sheet.paragraph(line, _TEXT)
    if about.numbers is not None:
        sheet.need(60)
        # A hand needs more room above a line than print does.
        sheet.space(18 if all(about.phones) else 30)
        number_lines(sheet, about.numbers, about.phones, _AGREED)
    log_stamp(sheet, about.checkpoint)
    return sheet
