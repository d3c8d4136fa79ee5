"""Who answers for a visit and under which rules it was judged, as it is printed."""

from collections.abc import Sequence
from dataclasses import replace

from mnclinic.documents.parts import CONTENT, CONTENT_WIDTH, GAP, Column, remark, section, table
from mnclinic.documents.sheet import BODY, CODE, LABEL, STRONG, Cell, Sheet
from mnclinic.documents.typeface import Face, Line, Style, set_lines
from mnclinic.documents.visit_words import HASH_DIGITS, Json, language
from mnclinic.documents.words import capital, instant_words, offset_of, said, spoken

_MEANINGS = {
    "performed": "Performed the treatment",
    "approved": "Reviewed and approved as medical director",
    "returned": "Reviewed and returned to the performer",
    "released": "Released for treatment as medical director",
}
_SHOWN = {"window": "on screen", "command": "as text by command", "set_up": "during set-up"}


def signatures_part(
    sheet: Sheet,
    record: Json,
    signatures: Sequence[Json],
    digest: str,
    standings: Sequence[str],
    *,
    doubts: Sequence[str],
) -> None:
    """Every signature, in order of signing."""
    width = (CONTENT_WIDTH - GAP) / 2
    pairs = [
        [
            Cell(
                CONTENT + (at - first) * (width + GAP),
                _held(standings[at : at + 1], width - 6)
                + _doubted(doubts[at : at + 1], width - 6)
                + _signature(signatures[at], record, digest, width - 6),
            )
            for at in range(first, min(first + 2, len(signatures)))
        ]
        for first in range(0, len(signatures), 2)
    ]
    # The title goes with the first of them.
    high = max(
        (sum(line.style.leading for line in cell.lines) for pair in pairs[:1] for cell in pair), default=0
    )
    with section(sheet, "Signatures", at_least=max(44, high + 10)):
        if not signatures:
            remark(sheet, "No signature is on file for this revision.", STRONG)
        for pair in pairs:
            sheet.row(pair)
            sheet.space(8)


def _held(standing: Sequence[str], width: float) -> list[Line]:
    """What is wrong with a signature, above it; nothing of one that holds."""
    said_of_it = standing[0] if standing else ""
    return set_lines(f"DOES NOT HOLD: {said_of_it}", STRONG, width) if said_of_it else []


def _doubted(doubt: Sequence[str], width: float) -> list[Line]:
    """That nobody confirmed whose key a signature was made with, above it."""
    return set_lines(f"KEY NOT CONFIRMED: {doubt[0]}", STRONG, width) if doubt and doubt[0] else []


def _signature(signature: Json, record: Json, digest: str, width: float) -> list[Line]:
    signer = signature["signer"]
    offset = signature.get("utc_offset")
    who = ", ".join(str(one) for one in (signer["name"], signer.get("credential")) if one)
    meaning = signature["meaning"]
    lines = set_lines(_MEANINGS.get(meaning, capital(spoken(meaning))), STRONG, width)
    lines += set_lines(who, Style(Face.BOLD, 10.4, 14), width)
    lines += set_lines(f"Licence {said(signer.get('licence'))}", BODY, width)
    lines += set_lines(instant_words(signature["signed_at"], offset), BODY, width)
    lines += set_lines(f"“{signature['statement']}”", BODY, width)
    if signature.get("reason"):
        lines += set_lines(f"Reason: {signature['reason']}", STRONG, width)
    if signature["revision"] != record["revision"]:
        lines += set_lines(f"Signs revision {signature['revision']}, not this one.", STRONG, width)
    elif signature["record_sha256"] != digest:
        lines += set_lines("Signs other bytes than the record printed here.", STRONG, width)
    shown = signature.get("shown")
    how = [f"shown {_SHOWN.get(str(shown), spoken(shown))}", f"proved by {said(signature.get('factors'))}"]
    lines += set_lines("; ".join(how), LABEL, width)
    tree = signature.get("tree") or {}
    code = replace(CODE, size=6.3, leading=9)
    digits = f"record {signature['record_sha256'][:HASH_DIGITS]}  key {signer['key'][:HASH_DIGITS]}"
    lines += set_lines(digits, code, width)
    lines += set_lines(f"log {said(tree.get('size'))} / {said(tree.get('root'))[:HASH_DIGITS]}", code, width)
    return lines


def rules(sheet: Sheet, record: Json, pinned: Json, digest: str) -> None:
    """Policy, protocol and consent text that the visit was judged under."""
    rows = []
    for title, key in (("Policy", "policy"), ("Protocol", "protocol")):
        pin = pinned.get(key)
        if pin:
            name = f"{pin['name']} ({pin['id']})" if pin.get("name") else str(pin["id"])
            rows.append((title, name, said(pin.get("version")), str(pin["sha256"])[:HASH_DIGITS]))
        else:
            rows.append((title, "none in force", "", ""))
    text = pinned.get("consent_text")
    if text:
        name = f"{capital(spoken(text['form']))}, {language(text.get('language'))}"
        rows.append(("Consent text", name, said(text.get("version")), str(text["sha256"])[:HASH_DIGITS]))
    as_of = instant_words(record["judged"].get("as_of"), offset_of(record["document"].get("started_at")))
    with section(sheet, "Judged under", at_least=118):
        table(
            sheet,
            [
                Column("Document", 66),
                Column("Name", CONTENT_WIDTH - 66 - 36 - 96 - 3 * GAP),
                Column("Version", 36, align_right=True),
                Column("sha256, first 16 digits", 96, style=CODE),
            ],
            rows,
        )
        sheet.space(3)
        remark(sheet, f"As these stood on {as_of}. Later versions never judge this visit again.")
        remark(sheet, f"record sha256 {digest}", CODE)
        remark(sheet, f"visit {record['visit']}   patient {record['patient'].get('ref')}", CODE)
        remark(sheet, f"clinic {record['vault']}", CODE)
