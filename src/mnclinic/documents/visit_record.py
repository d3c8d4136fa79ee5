"""One frozen visit revision with its signatures as a printed chart.

A rendering: the record's own bytes are the evidence. Everything that a person entered is printed; parts
of the visit document that this module does not know are printed under "Notes", by their own names.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.documents.exam_words import exam_fields, order_fields, telephone_words
from mnclinic.documents.parts import (
    CONTENT,
    CONTENT_WIDTH,
    GAP,
    Column,
    Field,
    drawn_signature,
    field_grid,
    log_stamp,
    note,
    remark,
    section,
    table,
)
from mnclinic.documents.sheet import (
    BLACK,
    BODY,
    CODE,
    LABEL,
    LEFT,
    MARK_WIDTH,
    RIGHT,
    SMALL,
    STRONG,
    WHITE,
    Cell,
    Margins,
    Mark,
    Sheet,
)
from mnclinic.documents.typeface import Face, Line, Style, set_line, set_lines
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

Json = Mapping[str, Any]

HASH_DIGITS = 16
"""How much of a hash is printed: enough to tell records apart and to compare by eye."""

_OUTCOMES = {
    "refused": ("Refused", Mark.STOP),
    "warned": ("Warning, unanswered", Mark.OPEN),
    "flagged": ("Flagged", Mark.NOTED),
    "telephoned": ("By telephone, unsigned", Mark.OPEN),
    "released": ("Released by director", Mark.PASSED),
    "authorised": ("Authorised on file", Mark.PASSED),
    "reason_given": ("Warning, with reason", Mark.NOTED),
}
_ORDER = tuple(_OUTCOMES)
_PASSED_BY = {
    "nobody": "Nobody may pass this.",
    "director": "Only the director may pass this.",
    "performer": "The performer may pass this with a reason.",
}
_MEANINGS = {
    "performed": "Performed the treatment",
    "approved": "Reviewed and approved as medical director",
    "returned": "Reviewed and returned to the performer",
    "released": "Released for treatment as medical director",
}
_SHOWN = {"window": "on screen", "command": "as text by command", "set_up": "during set-up"}

_PRINTED_ELSEWHERE = frozenset(
    {
        "format", "patient", "service", "indication", "performer", "started_at", "ended_at", "identity",
        "fitzpatrick", "last_session_on", "exam", "order", "telephone_orders", "consent", "screening", "skin",
        "vitals", "device",
        "cartridge", "anaesthetic", "prp", "topicals", "lines", "reasons", "note", "visit",
    }
)  # fmt: skip

_NAMES = frozenset({"record_number", "last_name", "first_name", "born_on"})

_UNITS = {
    "strength_percent": ("Strength", "%"),
    "amount_g": ("Amount", " g"),
    "area_cm2": ("Area", " cm²"),
    "drawn_ml": ("Blood drawn", " mL"),
    "prp_ml": ("PRP obtained", " mL"),
    "radius_cm": ("Rotor radius", " cm"),
    "g_force": ("Relative force", " × g"),
    "rpm": ("Speed", " rpm"),
    "minutes": ("Time", " min"),
    "platelets_per_ul": ("Platelets", " per µL"),
    "needle_length_mm": ("Needle length", " mm"),
    "max_depth_mm": ("Greatest setting", " mm"),
    "label_depth_mm": ("Depth evaluated in labelling", " mm"),
    "depth_step_mm": ("Step of depth", " mm"),
    "minimum_age": ("Minimum age on label", " years"),
    "pulse_per_min": ("Pulse", " per min"),
    "udi": ("UDI as scanned", ""),
}


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
    """
    digest = sha256 or sha256_hex(canonical_bytes(record))
    sheet = Sheet(
        title=f"Visit {record['number']} revision {record['revision']}",
        language="en",
        margins=_margins(record, digest, clinic_name, checkpoint, _printed(printed_at, printed_by)),
        is_demo=is_demo,
    )
    document: Json = record["document"]
    pinned: Json = record.get("pinned") or {}
    names = people or {}
    _title(sheet, record, signatures, [one for one in standings if one])
    _findings(sheet, record)
    _visit(sheet, record, document, pinned)
    _treatment(sheet, record, document)
    _supplies(sheet, document, pinned, names)
    _readiness(sheet, document, names)
    _screening(sheet, document, topics or {})
    _consent(sheet, document, pinned, names)
    _notes(sheet, record, document)
    _signatures(sheet, record, signatures, digest, standings, doubts=doubts)
    _rules(sheet, record, pinned, digest)
    log_stamp(sheet, signed_checkpoint)
    return sheet.pdf()


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


def _title(sheet: Sheet, record: Json, signatures: Sequence[Json], wrong: Sequence[str]) -> None:
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
    if record.get("late_entry"):
        sheet.space(3)
        entered_at = instant_words(record.get("entered_at"), offset_of(record["document"].get("started_at")))
        text = f"LATE ENTRY: entered {entered_at}, after the visit."
        sheet.row([Cell(LEFT, set_lines(text, Style(Face.BOLD, 9, 12), room - MARK_WIDTH), mark=Mark.NOTED)])
    if solo := record.get("solo_physician"):
        sheet.space(3)
        said_of_it = str(solo["statement"])
        if any(_is_own(one, record) for one in signatures):
            said_of_it += " The director performed this treatment and decided on it herself."
        style = Style(Face.BOLD, 9, 12)
        sheet.row([Cell(LEFT, set_lines(said_of_it, style, room - MARK_WIDTH), mark=Mark.NOTED)])
    sheet.space(10)


def _is_own(signature: Json, record: Json) -> bool:
    """Whether a director's decision is about a treatment that the same person performed."""
    performer = (record.get("pinned") or {}).get("performer") or {}
    signer = signature["signer"].get("staff")
    return signature["meaning"] != "performed" and signer is not None and signer == performer.get("staff")


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
    if last == "approved" and _is_own(here[-1], record):
        return "Approved by its own performer"
    return {
        "approved": "Approved by the medical director",
        "returned": "Returned to the performer",
    }.get(last, "Signed by the performer")


def _findings(sheet: Sheet, record: Json) -> None:
    """What the gate found, gravest first. It comes before the care, so that nobody reads past it."""
    findings = sorted(record["judged"]["findings"], key=lambda one: _rank(one.get("outcome")))
    is_deferred = record["state"] == "deferred"
    with section(sheet, "Why it was deferred" if is_deferred else "Findings at the gate"):
        if not findings:
            remark(sheet, "Nothing stood against this visit.", BODY)
        for finding in findings:
            _finding(sheet, finding)


def _rank(outcome: object) -> int:
    return _ORDER.index(outcome) if outcome in _ORDER else 0


def _finding(sheet: Sheet, finding: Json) -> None:
    outcome = finding.get("outcome", "")
    words, mark = _OUTCOMES.get(outcome, (capital(spoken(outcome)), Mark.OPEN))
    left = 116.0
    room = CONTENT_WIDTH - left - GAP
    lines = set_lines(said(finding.get("message")), BODY, room)
    if finding.get("reason"):
        lines += set_lines(f"Reason: {finding['reason']}", STRONG, room)
    if outcome in ("refused", "warned"):
        lines += set_lines(_PASSED_BY.get(finding.get("passed_by", ""), ""), SMALL, room)
    earliest_on = finding.get("earliest_on")
    if earliest_on and str(earliest_on) not in str(finding.get("message")):
        lines += set_lines(f"The clinic's window ends on {earliest_on}.", SMALL, room)
    code = [finding.get("light"), finding.get("code")]
    about = " · ".join(spoken(one) for one in code if one)
    sheet.row(
        [
            Cell(
                CONTENT,
                set_lines(words, STRONG, left - MARK_WIDTH) + set_lines(about, LABEL, left - MARK_WIDTH),
                mark=mark,
            ),
            Cell(CONTENT + left + GAP, lines),
        ]
    )
    sheet.space(3)


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
                *_remaining(_without(document.get("patient") or {}, _NAMES)),
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


# -- care ----------------------------------------------------------------------------------------


def _treatment(sheet: Sheet, record: Json, document: Json) -> None:
    with section(sheet, "Treatment"):
        if record["state"] == "deferred":
            remark(sheet, "No treatment was given at this visit.", STRONG)
            return
        lines = document.get("lines") or ()
        if not lines:
            remark(sheet, "No treated area is recorded.", STRONG)
            return
        table(
            sheet,
            [
                Column("Area", 78, style=STRONG),
                Column("Side", 42),
                Column("Depth, mm", 38, align_right=True, style=STRONG),
                Column("Passes", 28, align_right=True),
                Column("Endpoint", 78),
                Column("Note", CONTENT_WIDTH - 78 - 42 - 38 - 28 - 78 - 5 * GAP, style=SMALL),
            ],
            [
                (
                    capital(spoken(line.get("area"))),
                    spoken(line.get("side")),
                    said(line.get("depth_mm")),
                    said(line.get("passes")),
                    capital(spoken(line.get("endpoint"))),
                    str(line.get("note") or ""),
                )
                for line in lines
            ],
        )
        sheet.space(2)


def _supplies(sheet: Sheet, document: Json, pinned: Json, names: Mapping[str, str]) -> None:
    with section(sheet, "Device and supplies"):
        device = dict(pinned.get("device") or {})
        model = " ".join(str(device.pop(key)) for key in ("maker", "model") if device.get(key))
        device.pop("device", None)
        name = " · ".join(filter(None, [document.get("device"), model]))
        fields = [
            Field("Device", name or NOT_RECORDED, STRONG, span=2),
            Field("Device serial", said(device.pop("serial", None))),
            Field("Clearance", said(device.pop("clearance", None))),
        ]
        confirmation = device.pop("confirmation", None)
        if confirmation:
            fields.append(Field("Label checked by", said(confirmation.get("name"))))
        cleared = device.pop("indications", None)
        fields += _remaining(device)
        if cleared:
            fields.append(Field("Cleared for", _cleared(cleared), span=2))
        cartridge = document.get("cartridge")
        if cartridge:
            fields += _cartridge(cartridge, pinned.get("cartridge"))
        else:
            fields.append(Field("Cartridge", NOT_RECORDED))
        field_grid(sheet, fields)
        _products(sheet, document, names)


def _cartridge(cartridge: Json, registered: Json | None) -> list[Field]:
    rest = dict(_without(cartridge, ("lot", "expires_on")))
    udi = rest.pop("udi", None)
    fields = [
        Field("Cartridge lot", said(cartridge.get("lot")), STRONG),
        Field("Cartridge expires", said(cartridge.get("expires_on")), STRONG),
        *_remaining(rest),
    ]
    if registered:
        fields.append(Field("As registered", _registered(registered), span=2))
    if udi:
        fields.append(Field("UDI as scanned", str(udi), CODE, span=2))
    return fields


def _registered(registered: Json) -> str:
    words = [f"lot {said(registered.get('lot'))}", f"expires {said(registered.get('expires_on'))}"]
    if registered.get("needle_length_mm"):
        words.append(f"needle {registered['needle_length_mm']} mm")
    if registered.get("state"):
        words.append(spoken(registered["state"]))
    rest = _without(registered, ("lot", "expires_on", "needle_length_mm", "state"))
    return ", ".join(words) + (f"; {said(rest)}" if rest else "")


def _cleared(indications: Sequence[Json]) -> str:
    return "; ".join(
        f"{spoken(one.get('indication'))}, phototypes "
        + (", ".join(phototype(number) for number in one.get("phototypes", ())) or NOT_RECORDED)
        for one in indications
    )


def _products(sheet: Sheet, document: Json, names: Mapping[str, str]) -> None:
    anaesthetic, prp, topicals = (document.get(key) for key in ("anaesthetic", "prp", "topicals"))
    if topicals:
        rows = [tuple(said(one.get(key)) for key in ("name", "lot", "expires_on")) for one in topicals]
        sheet.space(2)
        table(sheet, [Column("Topical product", 180), Column("Lot", 100), Column("Expires", 100)], rows)
        sheet.space(5)
    if anaesthetic:
        rest = _without(anaesthetic, ("product",))
        field_grid(
            sheet, [Field("Topical anaesthetic", said(anaesthetic.get("product")), STRONG), *_remaining(rest)]
        )
    if prp:
        rest = _without(prp, ("kit_lot", "read_back"))
        fields = [Field("PRP kit lot", said(prp.get("kit_lot")), STRONG), *_remaining(rest)]
        for one in prp.get("read_back", ()):
            by = " and ".join(_person(user, names) for user in one.get("by", ()))
            fields.append(Field("Label read back", f"{instant_words(one.get('at'))} by {by}", span=2))
        field_grid(sheet, fields)


def _without(values: Json, printed: Collection[str]) -> Json:
    return {key: value for key, value in values.items() if key not in printed}


def _remaining(values: Json) -> list[Field]:
    """Fields by their own names, with units; instants with their offset."""
    fields = []
    for key, value in values.items():
        label, unit = _UNITS.get(key, (capital(spoken(key)), ""))
        if key.endswith("_at"):
            fields.append(Field(capital(spoken(key.removesuffix("_at"))), instant_words(value)))
        elif key.endswith("_on"):
            fields.append(Field(capital(spoken(key.removesuffix("_on"))), said(value)))
        else:
            text = said(value)
            fields.append(Field(label, text if text == NOT_RECORDED else text + unit))
    return fields


# -- what the treatment rested on ------------------------------------------------------------------


def _readiness(sheet: Sheet, document: Json, names: Mapping[str, str]) -> None:
    exam, order = document.get("exam"), document.get("order")
    vitals = dict(document.get("vitals") or {})
    identity = document.get("identity")
    exam_words, order_words = NOT_RECORDED, NOT_RECORDED
    if exam:
        exam_words = (
            f"{capital(spoken(exam.get('result')))} by {_person(exam.get('examiner'), names)}"
            f" on {said(exam.get('examined_on'))}, {spoken(exam.get('modality'))}"
        )
    if order:
        order_words = (
            f"By {_person(order.get('ordered_by'), names)} on {said(order.get('ordered_on'))},"
            f" valid to {said(order.get('valid_to'))}"
        )
    confirmed_by = spoken((identity or {}).get("confirmed_by"))
    fields = [
        Field("Identity confirmed by", capital(confirmed_by) if identity else NOT_RECORDED),
        Field("Good faith exam", exam_words),
        *exam_fields(exam or {}),
        Field("Order", order_words),
        *order_fields(order or {}),
        Field("Last session", said(document.get("last_session_on"))),
    ]
    if "systolic_mmhg" in vitals or "diastolic_mmhg" in vitals:
        pressure = [said(vitals.pop(key, None)) for key in ("systolic_mmhg", "diastolic_mmhg")]
        fields.append(Field("Blood pressure", f"{' / '.join(pressure)} mmHg"))
    fields += _remaining(vitals)
    with section(sheet, "Identity, exam and order"):
        field_grid(sheet, fields)
        for label, part in (("Note on the exam", exam), ("Note on the order", order)):
            if part and part.get("note"):
                note(sheet, label, part["note"])
        for one in document.get("telephone_orders") or ():
            note(sheet, "Order by telephone", telephone_words(one, names))


def _person(user: object, names: Mapping[str, str]) -> str:
    return names.get(str(user), said(user))


def _screening(sheet: Sheet, document: Json, topics: Mapping[str, str]) -> None:
    answers = document.get("screening") or ()
    asides = ("note", "last_on", "areas")
    told = [one for one in answers if one.get("answer") != "no" or any(one.get(name) for name in asides)]
    lesions = document.get("skin", {}).get("lesions") or ()
    plain = [one for one in answers if one not in told]
    with section(sheet, "Screening"):
        if not answers:
            remark(sheet, "No screening answer is recorded.", BODY)
        if told:
            table(
                sheet,
                [
                    Column("Asked about", 140),
                    Column("Answer", 50, style=STRONG),
                    Column("Last on", 54),
                    Column("Note", CONTENT_WIDTH - 140 - 50 - 54 - 3 * GAP),
                ],
                [
                    (
                        _topic(one, topics),
                        "not known" if one.get("answer") == "unknown" else said(one.get("answer")),
                        str(one.get("last_on") or ""),
                        _in_areas(one.get("areas") or (), str(one.get("note") or "")),
                    )
                    for one in told
                ],
            )
            sheet.space(4)
        if lesions:
            seen = "; ".join(
                _in_areas(
                    [one["area"]], _topic(one, topics) + (f", {one['note']}" if one.get("note") else "")
                )
                for one in lesions
            )
            note(sheet, "Seen on the skin", seen)
        if plain:
            items = "; ".join(_topic(one, topics) for one in plain)
            note(sheet, f"Answered no ({len(plain)})", items)


def _in_areas(areas: Sequence[str], words: str) -> str:
    named = ", ".join(capital(spoken(area)) for area in areas)
    return f"{named}: {words}" if named and words else named or words


def _topic(answer: Json, topics: Mapping[str, str]) -> str:
    item = str(answer.get("item"))
    return topics.get(item) or capital(spoken(item))


def _consent(sheet: Sheet, document: Json, pinned: Json, names: Mapping[str, str]) -> None:
    consent = document.get("consent")
    with section(sheet, "Consent", at_least=90 if consent else 44):
        if not consent:
            remark(sheet, "No consent is recorded.", STRONG)
            return
        text = pinned.get("consent_text") or {}
        strokes = (consent.get("signature") or {}).get("strokes") or ()
        frame_width, frame_height = 172.0, 56.0
        top, page = sheet.y, sheet.page_count
        if strokes:
            drawn_signature(sheet, strokes, x=RIGHT - frame_width, width=frame_width, height=frame_height)
            sheet.line(
                RIGHT - frame_width,
                sheet.y - frame_height - 9,
                f"Signed by the {spoken(consent.get('signed_by'))}, drawn on screen",
                LABEL,
            )
        digest = consent.get("text_sha256") or text.get("sha256")
        form = f"{capital(spoken(consent.get('form')))}, version {said(consent.get('version'))}"
        fields = [
            Field("Form", form, STRONG),
            Field("Language", _language(consent.get("language"))),
            Field("Signed", instant_words(consent.get("signed_at"))),
            Field("Signed by", _signer(consent)),
            Field("Witness", _person(consent.get("witness"), names)),
            *_beside_consent(consent, names),
            Field("Text signed", f"sha256 {digest[:HASH_DIGITS]}" if digest else NOT_RECORDED, CODE),
        ]
        field_grid(sheet, fields, columns=2, width=CONTENT_WIDTH - frame_width - GAP)
        if not strokes and not _is_signed_otherwise(consent):
            remark(sheet, "No signature is drawn.", STRONG)
        elif sheet.page_count == page:
            sheet.y = min(sheet.y, top - frame_height - 14)


def _signer(consent: Json) -> str:
    guardian = consent.get("guardian") or {}
    if consent.get("signed_by") == "guardian" and guardian:
        return f"{guardian['name']}, guardian ({guardian['relation']})"
    return capital(spoken(consent.get("signed_by")))


def _is_signed_otherwise(consent: Json) -> bool:
    return (consent.get("signature") or {}).get("kind") in {"typed", "paper"}


def _beside_consent(consent: Json, names: Mapping[str, str]) -> list[Field]:
    """What consents to the newer texts hold besides; nothing where it is not there."""
    signature, interpreter = consent.get("signature") or {}, consent.get("interpreter") or {}
    made = []
    if consent.get("questions"):
        made.append(Field("Questions answered by", _person(consent["questions"].get("answered_by"), names)))
    if signature.get("kind") == "typed":
        how = "agreed" if signature.get("agreed") else "not agreed"
        made.append(Field("Signed by name", f"{said(signature.get('name'))}, typed, {how}"))
    if signature.get("kind") == "paper":
        scan = f"scan sha256 {str(signature.get('sha256'))[:HASH_DIGITS]}"
        made.append(Field("Signed on paper", f"{scan}; seen by {_person(signature.get('seen_by'), names)}"))
    if interpreter:
        into = f"{interpreter['name']}, into {interpreter['language']}, {spoken(interpreter['how'])}"
        made.append(Field("Interpreter", into))
    for one in consent.get("addenda") or ():
        level = f", {one['level']}" if one.get("level") else ""
        form = f"{capital(spoken(one['form']))}, version {one['version']}{level}"
        made.append(Field("Addendum", f"{form}; sha256 {one['text_sha256'][:HASH_DIGITS]}"))
    if consent.get("read_by"):
        made.append(Field("Read", spoken(consent["read_by"])))
    if consent.get("carried_from"):
        made.append(Field("Signed at visit", str(consent["carried_from"])))
    return made


def _language(code: object) -> str:
    return {"en": "English", "es": "Spanish"}.get(str(code), said(code))


def _notes(sheet: Sheet, record: Json, document: Json) -> None:
    """The free note, and whatever of the document has no place of its own above."""
    rest = _without(document, _PRINTED_ELSEWHERE)
    answered = {finding.get("code") for finding in record["judged"]["findings"] if finding.get("reason")}
    reasons = [one for one in document.get("reasons") or () if one.get("code") not in answered]
    if not (document.get("note") or rest or reasons):
        return
    with section(sheet, "Notes"):
        if document.get("note"):
            remark(sheet, str(document["note"]), BODY)
            sheet.space(4)
        for one in reasons:
            note(sheet, f"Reason written for {spoken(one.get('code'))}", said(one.get("reason")))
        field_grid(sheet, _remaining(rest))


# -- who answers for it ----------------------------------------------------------------------------


def _signatures(
    sheet: Sheet,
    record: Json,
    signatures: Sequence[Json],
    digest: str,
    standings: Sequence[str],
    *,
    doubts: Sequence[str],
) -> None:
    width = (CONTENT_WIDTH - GAP) / 2
    with section(sheet, "Signatures", at_least=110 if signatures else 44):
        if not signatures:
            remark(sheet, "No signature is on file for this revision.", STRONG)
        for first in range(0, len(signatures), 2):
            pair = signatures[first : first + 2]
            sheet.row(
                [
                    Cell(
                        CONTENT + at * (width + GAP),
                        _held(standings[first + at : first + at + 1], width - 6)
                        + _doubted(doubts[first + at : first + at + 1], width - 6)
                        + _signature(one, record, digest, width - 6),
                    )
                    for at, one in enumerate(pair)
                ]
            )
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


def _rules(sheet: Sheet, record: Json, pinned: Json, digest: str) -> None:
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
        name = f"{capital(spoken(text['form']))}, {_language(text.get('language'))}"
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
