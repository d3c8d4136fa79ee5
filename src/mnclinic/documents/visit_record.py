"""One frozen visit revision with its signatures as a printed chart.

A rendering: the record's own bytes are the evidence. Everything that a person entered is printed; parts
of the visit document that this module does not know are printed under "Notes", by their own names.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.documents.amendments import Amended, amendments_part, marks
from mnclinic.documents.corrected_parts import Corrections
from mnclinic.documents.found import finding_row, rank
from mnclinic.documents.parts import (
    GAP,
    START_OF_NOTE,
    Field,
    field_grid,
    log_stamp,
    note,
    remark,
    section,
)
from mnclinic.documents.sheet import (
    BLACK,
    BODY,
    LEFT,
    MARK_WIDTH,
    RIGHT,
    STRONG,
    WHITE,
    Cell,
    Margins,
    Mark,
    Sheet,
)
from mnclinic.documents.typeface import Face, Style, set_line, set_lines
from mnclinic.documents.visit_basis import consent_part, readiness, screening
from mnclinic.documents.visit_care import supplies, treatment
from mnclinic.documents.visit_photos import Pictures, photos
from mnclinic.documents.visit_products import asepsis
from mnclinic.documents.visit_signatures import rules, signatures_part
from mnclinic.documents.visit_words import HASH_DIGITS, Json, is_own, person, remaining, without
from mnclinic.documents.words import (
    NOT_RECORDED,
    age_on,
    capital,
    instant_words,
    moment_words,
    offset_of,
    phototype,
    said,
    spoken,
)

_PRINTED_ELSEWHERE = frozenset(
    {
        "format", "patient", "service", "indication", "performer", "started_at", "ended_at", "identity",
        "fitzpatrick", "last_session_on", "exam", "order", "telephone_orders", "consent", "precare",
        "screening", "skin", "vitals", "device",
        "cartridge", "anaesthetic", "prp", "topicals", "asepsis", "photos", "lines", "reasons", "note",
        "visit",
    }
)  # fmt: skip

_OF_THE_VISIT = ("service", "indication", "fitzpatrick", "started_at", "ended_at")
_OF_THE_TREATMENT = ("lines",)
_OF_THE_SUPPLIES = ("device", "cartridge", "anaesthetic", "prp", "topicals")
_OF_THE_ASEPSIS = ("asepsis",)
_OF_THE_PHOTOS = ("photos",)
_OF_THE_BASIS = ("identity", "exam", "order", "precare", "last_session_on", "vitals")
_OF_THE_SCREENING = ("screening", "skin")
_DRAWN_IN_PARTS = (
    *(*_OF_THE_VISIT, *_OF_THE_TREATMENT, *_OF_THE_SUPPLIES),
    *(*_OF_THE_ASEPSIS, *_OF_THE_PHOTOS, *_OF_THE_BASIS, *_OF_THE_SCREENING),
)

_NAMES = frozenset({"record_number", "last_name", "first_name", "born_on"})


def visit_record_pdf(
    record: Json,
    signatures: Sequence[Json],
    *,
    clinic_name: str,
    is_demo: bool,
    checkpoint: Json | None = None,
    signed_checkpoint: bytes | None = None,
    printed_at: datetime | None = None,
    printed_by: str | None = None,
    sha256: str | None = None,
    topics: Mapping[str, str] | None = None,
    people: Mapping[str, str] | None = None,
    standings: Sequence[str] = (),
    doubts: Sequence[str] = (),
    amendments: Sequence[Amended] = (),
    limits: Sequence[str] = (),
    pictures: Pictures | None = None,
) -> bytes:
    """The chart of one revision.

    Args:
        record: `mnclinic.visit-record/1`, or `/2` of a declared solo-physician clinic.
        signatures: `mnclinic.signature/1` records, in order of signing. One that signs another revision
            or other bytes is printed and says so.
        clinic_name: As it stands in the head of each page.
        is_demo: Marks every page.
        checkpoint: {"size": entries, "root": hex} of the newest log checkpoint, for the foot.
        signed_checkpoint: The whole signed checkpoint, to scan on the last page.
        printed_at: Aware; None for a rendering that nobody printed, as in a bundle.
        printed_by: Who printed it.
        sha256: Of the record's exact bytes, if at hand; else it is computed.
        topics: The pinned policy's words for screening items; without them the items' codes are spelt.
        people: Printed names by user name, for examiners and witnesses; without them user names are printed.
        standings: For each of `signatures`, what is wrong with it as a sentence, and empty for one that
            holds; after those, what is wrong with the record itself. None: they were not looked at.
        doubts: For each of `signatures`, why its key is in doubt as a sentence, empty for one that is not.
        amendments: What was signed about this revision later, oldest first.
        limits: For each treated area the limit in force and the layer that ruled, as a sentence.
        pictures: Of its photographs those that may be printed; the others are named by their hash alone.
    """
    digest = sha256 or sha256_hex(canonical_bytes(record))
    sheet = Sheet(
        title=f"Visit {record['number']} revision {record['revision']}",
        language="en",
        margins=_margins(record, digest, clinic_name, checkpoint, _printed(printed_at, printed_by)),
        is_demo=is_demo,
    )
    draw_record(
        sheet,
        record,
        signatures,
        digest=digest,
        topics=topics or {},
        people=people or {},
        standings=standings,
        doubts=doubts,
        amendments=amendments,
        limits=limits,
        pictures=pictures or {},
    )
    log_stamp(sheet, signed_checkpoint)
    return sheet.pdf()


def draw_record(
    sheet: Sheet,
    record: Json,
    signatures: Sequence[Json],
    *,
    digest: str,
    topics: Mapping[str, str],
    people: Mapping[str, str],
    standings: Sequence[str],
    doubts: Sequence[str],
    amendments: Sequence[Amended],
    limits: Sequence[str],
    pictures: Pictures,
) -> None:
    """Draw one revision from the cursor on; what each argument is stands at `visit_record_pdf`."""
    document: Json = record["document"]
    pinned: Json = record.get("pinned") or {}
    names = people
    wrong = [*standings, *(one.wrong for one in amendments)]
    _title(sheet, record, signatures, [one for one in wrong if one], marks(amendments))
    amendments_part(sheet, record, amendments)
    _findings(sheet, record)
    every = Corrections(record, amendments)
    every.draw(sheet, lambda part, held: _visit(part, record, held, pinned), _OF_THE_VISIT)
    every.draw(sheet, lambda part, held: treatment(part, record, held, limits), _OF_THE_TREATMENT)
    every.draw(sheet, lambda part, held: supplies(part, held, pinned, names), _OF_THE_SUPPLIES)
    every.draw(sheet, lambda part, held: asepsis(part, held, names), _OF_THE_ASEPSIS)
    every.draw(sheet, lambda part, held: photos(part, held, pictures), _OF_THE_PHOTOS)
    every.draw(sheet, lambda part, held: readiness(part, held, names), _OF_THE_BASIS)
    every.draw(sheet, lambda part, held: screening(part, held, topics), _OF_THE_SCREENING)
    consent_part(sheet, document, pinned, names)
    every.draw_rest(sheet, lambda part, held: _notes(part, record, held, names), _DRAWN_IN_PARTS)
    signatures_part(sheet, record, signatures, digest, standings, doubts=doubts)
    rules(sheet, record, pinned, digest)


def _margins(record: Json, digest: str, clinic_name: str, checkpoint: Json | None, printed: str) -> Margins:
    patient = record["patient"]
    log = "no log checkpoint given"
    if checkpoint:
        log = f"log {checkpoint['size']} / {checkpoint['root'][:HASH_DIGITS]}"
    return Margins(
        head_left=clinic_name,
        head_right=(
            f"{_full_name(patient)}  ·  {said(patient.get('record_number'))}"
            f"  ·  Visit {record['number']} r{record['revision']}"
        ),
        foot_codes=f"{record['number']} r{record['revision']}  ·  record {digest[:HASH_DIGITS]}  ·  {log}",
        foot_words=f"{printed}A rendering; the signed record is the evidence.",
    )


def _printed(printed_at: datetime | None, printed_by: str | None) -> str:
    if printed_at is None:
        return ""
    by = f" by {printed_by}" if printed_by else ""
    return f"Printed {moment_words(printed_at)}{by}. "


def _full_name(patient: Json) -> str:
    return f"{patient['last_name']}, {patient['first_name']}"


# -- the top of the chart ------------------------------------------------------------------------


def _title(
    sheet: Sheet, record: Json, signatures: Sequence[Json], wrong: Sequence[str], amended: Sequence[str]
) -> None:
    patient = record["patient"]
    stamp_width = 150.0
    standing = "DOES NOT HOLD: see below" if wrong else _standing(record, signatures)
    _stamp(sheet, record, standing, x=RIGHT - stamp_width, width=stamp_width)
    room = RIGHT - stamp_width - LEFT - 2 * GAP
    sheet.row([Cell(LEFT, set_lines(_full_name(patient), Style(Face.BOLD, 17, 21), room))])
    born_on = patient.get("born_on")
    age = age_on(born_on, record["document"].get("started_at"))
    facts = [f"Record {said(patient.get('record_number'))}", f"Born {said(born_on)}"]
    if age is not None:
        facts.append(f"{age} years old at this visit")
    sheet.space(1)
    sheet.row([Cell(LEFT, set_lines("   ·   ".join(facts), Style(Face.REGULAR, 9.4, 13, 0.12), room))])
    sheet.row(
        [
            Cell(
                LEFT,
                set_lines(
                    f"Visit {record['number']}, revision {record['revision']}",
                    Style(Face.BOLD, 9.4, 13),
                    room,
                ),
            )
        ]
    )
    if wrong:
        sheet.space(3)
        said_of_it = f"SIGNATURE DOES NOT HOLD. {' '.join(dict.fromkeys(wrong))} Do not rely on this page."
        style = Style(Face.BOLD, 9, 12)
        sheet.row([Cell(LEFT, set_lines(said_of_it, style, room - MARK_WIDTH), mark=Mark.STOP)])
    for said_of_it in amended:
        sheet.space(3)
        lines = set_lines(said_of_it, Style(Face.BOLD, 9, 12), room - MARK_WIDTH)
        mark = Mark.STOP if said_of_it.startswith("WRONG PATIENT") else Mark.NOTED
        sheet.row([Cell(LEFT, lines, mark=mark)])
    if record.get("late_entry"):
        sheet.space(3)
        entered_at = instant_words(record.get("entered_at"), offset_of(record["document"].get("started_at")))
        text = f"LATE ENTRY: entered {entered_at}, after the visit."
        sheet.row([Cell(LEFT, set_lines(text, Style(Face.BOLD, 9, 12), room - MARK_WIDTH), mark=Mark.NOTED)])
    if solo := record.get("solo_physician"):
        sheet.space(3)
        said_of_it = str(solo["statement"])
        if any(is_own(one, record) for one in signatures):
            said_of_it += " The director performed this treatment and decided on it herself."
        style = Style(Face.BOLD, 9, 12)
        sheet.row([Cell(LEFT, set_lines(said_of_it, style, room - MARK_WIDTH), mark=Mark.NOTED)])
    sheet.space(10)


def _stamp(sheet: Sheet, record: Json, words_below: str, *, x: float, width: float) -> None:
    is_deferred = record["state"] == "deferred"
    ink, fill = (WHITE, BLACK) if is_deferred else (BLACK, None)
    words = "DEFERRED" if is_deferred else record["state"].upper()
    height = 38.0
    top = sheet.y - 2
    sheet.box((x, top - height), (width, height), fill=fill, edge=BLACK)
    stamped = set_line(words, Style(Face.BOLD, 12.5, 14, ink))
    standing = set_line(words_below, Style(Face.REGULAR, 7.6, 10, ink))
    for line, down in ((stamped, 17), (standing, 30)):
        sheet.place(x + (width - line.width) / 2, top - down, line)


def _standing(record: Json, signatures: Sequence[Json]) -> str:
    if record["state"] == "deferred":
        return "Not treated"
    here = [one for one in signatures if one["revision"] == record["revision"]]
    meanings = [one["meaning"] for one in here]
    if not meanings:
        return "No signature on file"
    last = meanings[-1]
    if last == "approved" and is_own(here[-1], record):
        return "Approved by its own performer"
    return {
        "approved": "Approved by the medical director",
        "returned": "Returned to the performer",
    }.get(last, "Signed by the performer")


def _findings(sheet: Sheet, record: Json) -> None:
    """What the gate found, gravest first. It comes before the care, so that nobody reads past it."""
    findings = sorted(record["judged"]["findings"], key=rank)
    is_deferred = record["state"] == "deferred"
    with section(sheet, "Why it was deferred" if is_deferred else "Findings at the gate"):
        if not findings:
            remark(sheet, "Nothing stood against this visit.", BODY)
        for finding in findings:
            finding_row(sheet, finding)


def _visit(sheet: Sheet, record: Json, document: Json, pinned: Json) -> None:
    performer = pinned.get("performer") or {}
    offset = offset_of(document.get("started_at"))
    licence = said(performer.get("licence"))
    if performer.get("licence_expires_on"):
        licence += f", expires {performer['licence_expires_on']}"
    ceiling = performer.get("depth_ceiling_mm")
    with section(sheet, "Visit"):
        field_grid(
            sheet,
            [
                Field("Service", capital(spoken(document.get("service"))), STRONG),
                Field("Indication", capital(spoken(document.get("indication"))), STRONG),
                Field("Skin phototype (Fitzpatrick)", _phototype(document.get("fitzpatrick"))),
                Field("Performer", _performer(performer, document), STRONG),
                Field("Licence", licence),
                Field("Performer's depth ceiling", f"{ceiling} mm" if ceiling else NOT_RECORDED),
                Field("Started", instant_words(document.get("started_at"))),
                Field("Ended", instant_words(document.get("ended_at"))),
                Field("Entered", instant_words(record.get("entered_at"), offset)),
                *remaining(without(document.get("patient") or {}, _NAMES)),
            ],
        )


def _performer(performer: Json, document: Json) -> str:
    name = performer.get("name") or document.get("performer")
    credential = performer.get("credential")
    return f"{name}, {credential}" if credential else said(name)


def _phototype(fitzpatrick: Json | None) -> str:
    if not fitzpatrick:
        return NOT_RECORDED
    return (
        f"{phototype(fitzpatrick.get('type'))}, by {spoken(fitzpatrick.get('method'))}"
        f" {said(fitzpatrick.get('assessed_on'))}"
    )


def _aftercare(document: Json, names: Mapping[str, str]) -> list[Field]:
    """Which sheet was given to take home, when, by whom, and whether the patient told it back."""
    fields = []
    if document.get("aftercare_sheet"):
        fields.append(Field("Aftercare sheet", str(document["aftercare_sheet"])))
    if given := document.get("aftercare"):
        words = f"Given {instant_words(given['given_at'])} by {person(given['given_by'], names)}"
        words += f"; told back by the patient: {said(given['taught_back'])}"
        if given.get("text_sha256"):
            words += f"; sha256 {given['text_sha256'][:HASH_DIGITS]}"
        fields.append(Field("Aftercare", words, span=2))
    return fields


def _notes(sheet: Sheet, record: Json, document: Json, names: Mapping[str, str]) -> None:
    """The free note, and whatever of the document has no place of its own above."""
    rest = dict(without(document, _PRINTED_ELSEWHERE | {"aftercare", "aftercare_sheet"}))
    if "supervised_by" in rest:
        rest["supervised_by"] = person(rest["supervised_by"], names)
    if "planned_areas" in rest:
        rest["planned_areas"] = [spoken(area) for area in rest["planned_areas"]]
    aftercare = _aftercare(document, names)
    answered = {finding.get("code") for finding in record["judged"]["findings"] if finding.get("reason")}
    reasons = [one for one in document.get("reasons") or () if one.get("code") not in answered]
    if not (document.get("note") or rest or reasons or aftercare):
        return
    with section(sheet, "Notes", at_least=START_OF_NOTE):
        if document.get("note"):
            note(sheet, "Note", str(document["note"]))
        for one in reasons:
            note(sheet, f"Reason written for {spoken(one.get('code'))}", said(one.get("reason")))
        field_grid(sheet, [*aftercare, *remaining(rest)])
