"""What was signed about a visit later, as it is printed: before the care, so that nobody reads past it.

A corrected field stands with its old value struck through beside the new one, here and where it is printed
below, and with what the gate says of the new one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mnclinic.documents.found import found_of_correction
from mnclinic.documents.parts import CONTENT, CONTENT_WIDTH, GAP, remark, section
from mnclinic.documents.sheet import (
    BODY,
    CODE,
    LABEL,
    MARK_WIDTH,
    STRONG,
    Cell,
    Mark,
    Sheet,
    start_of_text,
)
from mnclinic.documents.typeface import Face, Line, Style, set_lines
from mnclinic.documents.visit_words import HASH_DIGITS, Json
from mnclinic.documents.words import capital, instant_words, said, spoken
from mnclinic.domain.amendment import UNITS, unit_of_path, words_of_path, words_of_value

TITLES = {
    "addendum": "Addendum",
    "correction": "Correction",
    "late_entry": "Late entry",
    "wrong_patient": "Filed to the wrong patient",
}
_TITLE_HIGH, _CORRECTION_HIGH = 14.0, 38.0
"""What stands above an amendment's own words, in points."""
_WRONG_PATIENT = (
    "WRONG PATIENT: this visit was filed to the wrong patient. It stays here as it was signed, and is not "
    "counted as theirs."
)


@dataclass(frozen=True)
class Amended:
    """One amendment to be printed.

    `said` is its signed document `mnclinic.amendment/1`; `wrong` what is wrong with its signature, as a
    sentence; `seen` who saw it as director and when, as words; empty where nobody did.
    """

    said: Json
    sha256: str
    wrong: str = ""
    seen: str = ""
    found: Sequence[Json] = ()
    """What the gate says of the corrected value, as a record holds findings, gravest first."""


def marks(amendments: Sequence[Amended]) -> list[str]:
    """What the top of the chart says of them, each a sentence of its own."""
    kinds = [one.said["kind"] for one in amendments]
    found = [_WRONG_PATIENT] if "wrong_patient" in kinds else []
    counted = [
        f"{kinds.count(kind)} {word if kinds.count(kind) == 1 else many}"
        for kind, word, many in (
            ("correction", "correction", "corrections"),
            ("addendum", "addendum", "addenda"),
            ("late_entry", "late entry", "late entries"),
        )
        if kind in kinds
    ]
    if counted:
        found.append(f"AMENDED after it was signed: {', '.join(counted)}. They stand below, before the care.")
    if any(one.found for one in amendments):
        found.append("A corrected value is against the clinic's rules. What was found stands with it.")
    return found


def amendments_part(sheet: Sheet, record: Json, amendments: Sequence[Amended]) -> None:
    """Every amendment, oldest first; nothing where there is none."""
    if not amendments:
        return
    with section(sheet, "Amendments", at_least=110):
        remark(sheet, "What was signed stays readable below. Each amendment is a signed record of its own.")
        sheet.space(4)
        for one in amendments:
            _amendment(sheet, record, one)


def _amendment(sheet: Sheet, record: Json, one: Amended) -> None:
    said_of_it, width = one.said, CONTENT_WIDTH
    title = f"{said_of_it['amendment']}. {TITLES[said_of_it['kind']]}"
    is_wrong = said_of_it["kind"] == "wrong_patient"
    whose = set_lines(_whose(said_of_it), BODY, width) if is_wrong else []
    text = set_lines(str(said_of_it["text"]), BODY, width) if said_of_it["text"] else []
    below = _signed_words(one)
    first = [line.style.leading for line in (*whose, *text)] or [line.style.leading for line in below]
    # The title stays with what it is the title of.
    sheet.need(_TITLE_HIGH + (_CORRECTION_HIGH if said_of_it["correction"] else 0) + start_of_text(first))
    lines = set_lines(title, STRONG, width - MARK_WIDTH)
    sheet.row([Cell(CONTENT, lines, mark=Mark.STOP if is_wrong else Mark.NOTED)])
    sheet.space(1)
    if one.wrong:
        sheet.row([Cell(CONTENT, set_lines(f"DOES NOT HOLD: {one.wrong}", STRONG, width))])
    if said_of_it["correction"] is not None:
        correction_row(sheet, record, said_of_it["correction"])
        for finding in one.found:
            found_of_correction(sheet, finding)
    if whose or text:
        sheet.row([Cell(CONTENT, [*whose, *text])], goes_on=True)
    sheet.row([Cell(CONTENT, below)], goes_on=True)
    sheet.space(8)


def _signed_words(one: Amended) -> list[Line]:
    """Reason, moments, who signed what under which words, and what of it is in the log."""
    said_of_it, width = one.said, CONTENT_WIDTH
    offset = said_of_it["utc_offset"]
    below: list[Line] = []
    if said_of_it["reason"]:
        below += set_lines(f"Reason: {said_of_it['reason']}", BODY, width)
    if said_of_it["happened_at"]:
        below += set_lines(f"It happened {instant_words(said_of_it['happened_at'], offset)}", STRONG, width)
    signer = said_of_it["signer"]
    who = ", ".join(str(part) for part in (signer["name"], signer.get("credential")) if part)
    entered = f"Entered and signed {instant_words(said_of_it['signed_at'], offset)} by {who}, "
    below += set_lines(entered + f"licence {said(signer.get('licence'))}.", BODY, width)
    below += set_lines(f"“{said_of_it['statement']}”", BODY, width)
    below += set_lines(one.seen or "No director has seen it yet.", LABEL, width)
    code = replace(CODE, size=6.3, leading=9)
    tree = said_of_it["tree"]
    digits = (
        f"amendment {one.sha256[:HASH_DIGITS]}  amends {said_of_it['record_sha256'][:HASH_DIGITS]}  "
        f"key {signer['key'][:HASH_DIGITS]}  log {tree['size']} / {tree['root'][:HASH_DIGITS]}"
    )
    return below + set_lines(digits, code, width)


def _whose(amendment: Json) -> str:
    """No other patient's name or number is printed in this one's chart."""
    if amendment["right_patient"]:
        return f"It belongs to another patient of the clinic, reference {amendment['right_patient'][:8]}."
    return "Whose visit it is was not known when this was signed."


def correction_row(sheet: Sheet, record: Json, correction: Json) -> None:
    """The field, what was signed struck through, and what is right."""
    width = (CONTENT_WIDTH - 2 * GAP) / 3
    label = set_lines(field_words(record["document"], correction["path"]), BODY, width)
    unit = _unit(correction["path"])
    old, new = (
        f"{instant_words(words_of_value(text))}{unit}" if text is not None else "left empty"
        for text in (correction["old"], correction["new"])
    )
    struck = (
        BODY
        if correction["old"] is None
        else Style(Face.REGULAR, BODY.size, BODY.leading, BODY.ink, is_struck=True)
    )
    sheet.row(
        [
            Cell(CONTENT, set_lines("Field", LABEL, width) + label),
            Cell(CONTENT + width + GAP, set_lines("As signed", LABEL, width) + set_lines(old, struck, width)),
            Cell(
                CONTENT + 2 * (width + GAP),
                set_lines("Corrected", LABEL, width) + set_lines(new, STRONG, width),
            ),
        ]
    )
    sheet.space(3)


def field_words(document: Json, path: str) -> str:
    """A field as a reader of the chart finds it: a treated area by its name, the rest by its own words."""
    words = capital(re.sub(r"^prp\b", "PRP", words_of_path(path)))
    for ending in UNITS:
        if ending.startswith("_") and path.endswith(ending):
            words = words.removesuffix(spoken(ending)).rstrip()
            break
    if path.startswith("lines["):
        number, _, rest = path.removeprefix("lines[").partition("]")
        lines = document.get("lines") or []
        if number.isdigit() and int(number) < len(lines):
            line = lines[int(number)]
            where = f"{spoken(line.get('area'))}, {spoken(line.get('side'))}"
            last = capital(words.partition(", ")[2] or rest)
            return f"Area {int(number) + 1} ({where}): {last}"
    return words


def _unit(path: str) -> str:
    unit = unit_of_path(path)
    return f" {unit}" if unit else ""
