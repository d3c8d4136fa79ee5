"""What a treatment rested on, as it is printed: identity, exam, order, screening, consent."""

from collections.abc import Mapping, Sequence

from mnclinic.documents.exam_words import exam_fields, order_fields, telephone_words
from mnclinic.documents.parts import (
    CONTENT_WIDTH,
    GAP,
    Column,
    Field,
    drawn_signature,
    field_grid,
    note,
    remark,
    section,
    table,
)
from mnclinic.documents.sheet import BODY, CODE, LABEL, RIGHT, STRONG, Sheet
from mnclinic.documents.visit_words import HASH_DIGITS, Json, language, person, remaining
from mnclinic.documents.words import NOT_RECORDED, capital, instant_words, said, spoken

WHOLE_SCREENING = 110.0
"""Points that the shipped questions take where all are answered with no."""


def readiness(sheet: Sheet, document: Json, names: Mapping[str, str]) -> None:
    """Identity, exam and order."""
    exam, order = document.get("exam"), document.get("order")
    vitals = dict(document.get("vitals") or {})
    identity = document.get("identity")
    exam_words, order_words = NOT_RECORDED, NOT_RECORDED
    if exam:
        exam_words = (
            f"{capital(spoken(exam.get('result')))} by {person(exam.get('examiner'), names)}"
            f" on {said(exam.get('examined_on'))}, {spoken(exam.get('modality'))}"
        )
    if order:
        order_words = (
            f"By {person(order.get('ordered_by'), names)} on {said(order.get('ordered_on'))},"
            f" valid to {said(order.get('valid_to'))}"
        )
    confirmed_by = spoken((identity or {}).get("confirmed_by"))
    fields = [
        Field("Identity confirmed by", capital(confirmed_by) if identity else NOT_RECORDED),
        Field("Good faith exam", exam_words),
        *exam_fields(exam or {}),
        Field("Order", order_words),
        *order_fields(order or {}),
        *_preparation(document.get("precare"), names),
        Field("Last session", said(document.get("last_session_on"))),
    ]
    if "systolic_mmhg" in vitals or "diastolic_mmhg" in vitals:
        pressure = [said(vitals.pop(key, None)) for key in ("systolic_mmhg", "diastolic_mmhg")]
        fields.append(Field("Blood pressure", f"{' / '.join(pressure)} mmHg"))
    fields += remaining(vitals)
    with section(sheet, "Identity, exam and order"):
        field_grid(sheet, fields)
        for label, part in (("Note on the exam", exam), ("Note on the order", order)):
            if part and part.get("note"):
                note(sheet, label, part["note"])
        for one in document.get("telephone_orders") or ():
            note(sheet, "Order by telephone", telephone_words(one, names))


def _preparation(precare: Json | None, names: Mapping[str, str]) -> list[Field]:
    """The sheet about preparing, as it was given; nothing where none was."""
    if not precare:
        return []
    form = f"{capital(spoken(precare['sheet']))}, version {precare['version']}"
    given = f"{spoken(precare['how'])} by {person(precare['given_by'], names)}"
    at = instant_words(precare["given_at"])
    words = f"{form}, {language(precare['language'])}: {given}, {at}"
    if precare.get("text_sha256"):
        words += f"; sha256 {precare['text_sha256'][:HASH_DIGITS]}"
    return [Field("Sheet about preparing", words, span=3)]


def screening(sheet: Sheet, document: Json, topics: Mapping[str, str]) -> None:
    """The answers of the checklist, those that tell something first."""
    answers = document.get("screening") or ()
    asides = ("note", "last_on", "areas")
    told = [one for one in answers if one.get("answer") != "no" or any(one.get(name) for name in asides)]
    lesions = document.get("skin", {}).get("lesions") or ()
    plain = [one for one in answers if one not in told]
    # All that was answered with no is one block, and stays under its title.
    with section(sheet, "Screening", at_least=44 if told or not plain else WHOLE_SCREENING):
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


def consent_part(sheet: Sheet, document: Json, pinned: Json, names: Mapping[str, str]) -> None:
    """The consent, with what was drawn."""
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
            Field("Language", language(consent.get("language"))),
            Field("Signed", instant_words(consent.get("signed_at"))),
            Field("Signed by", _signer(consent)),
            Field("Witness", person(consent.get("witness"), names)),
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
        made.append(Field("Questions answered by", person(consent["questions"].get("answered_by"), names)))
    if signature.get("kind") == "typed":
        how = "agreed" if signature.get("agreed") else "not agreed"
        made.append(Field("Signed by name", f"{said(signature.get('name'))}, typed, {how}"))
    if signature.get("kind") == "paper":
        scan = f"scan sha256 {str(signature.get('sha256'))[:HASH_DIGITS]}"
        made.append(Field("Signed on paper", f"{scan}; seen by {person(signature.get('seen_by'), names)}"))
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
