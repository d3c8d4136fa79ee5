"""A frozen visit as a chart on paper. A rendering: the signed bytes are the record."""

from collections.abc import Mapping, Sequence
from typing import Any

from mnclinic.documents.sheet import BOLD, Sheet

MEANINGS = {
    "performed": "Performed",
    "approved": "Reviewed and approved",
    "returned": "Returned with a question",
    "released": "Released for treatment",
}
OUTCOMES = {
    "refused": "STOP",
    "warned": "NO REASON YET",
    "reason_given": "REASON GIVEN",
    "released": "RELEASED BY THE DIRECTOR",
    "authorised": "AUTHORISED BY THE DIRECTOR",
}


def visit_record_pdf(
    record: Mapping[str, Any],
    signatures: Sequence[Mapping[str, Any]],
    *,
    clinic_name: str,
    is_demo: bool,
    sha256: str,
) -> bytes:
    """The chart of one frozen revision, exceptions first.

    Args:
        record: A `mnclinic.visit-record/1`.
        signatures: The signature records made over it, in their order.
        clinic_name: Printed at the head.
        is_demo: Prints a band on every page.
        sha256: Of the record's bytes, for the footer.
    """
    document, patient = record["document"], record["patient"]
    sheet = Sheet(
        f"Visit {record['number']} revision {record['revision']}",
        foot=f"{clinic_name} · {record['number']} revision {record['revision']} · record SHA-256 {sha256[:16]}…",
        band="DEMO CLINIC: INVENTED PEOPLE" if is_demo else "",
    )
    sheet.line(clinic_name, size=9)
    sheet.down(20)
    sheet.line(f"Visit {record['number']}", font=BOLD, size=17)
    sheet.down(18)
    state = "deferred: the gate refused it, nothing was treated" if record["state"] == "deferred" else "performed"
    late = " · LATE ENTRY" if record["late_entry"] else ""
    sheet.words(f"Revision {record['revision']} · {state}{late} · entered {record['entered_at']}")
    sheet.heading("Patient")
    sheet.facts(
        [
            ("Name", f"{patient['last_name']}, {patient['first_name']}"),
            ("Record number", patient["record_number"]),
            ("Date of birth", patient["born_on"] or ""),
            ("Identity", _plain(document.get("identity", {}).get("confirmed_by", ""))),
            ("Phototype", str(document.get("fitzpatrick", {}).get("type", ""))),
        ]
    )
    _exceptions(sheet, record)
    _treatment(sheet, record)
    _basis(sheet, document)
    _screening(sheet, document)
    _signatures(sheet, signatures)
    return sheet.finish()


def _exceptions(sheet: Sheet, record: Mapping[str, Any]) -> None:
    sheet.heading("What stood out")
    findings = record["judged"]["findings"]
    if not findings:
        sheet.words("Nothing: identity, history, exam, consent, authority and supplies were all in order.")
    for finding in findings:
        sheet.words(f"[{OUTCOMES[finding['outcome']]}] {finding['message']}", font=BOLD)
        if finding["reason"]:
            sheet.words(finding["reason"], x=14)
        sheet.down(2)


def _treatment(sheet: Sheet, record: Mapping[str, Any]) -> None:
    document, pinned = record["document"], record["pinned"]
    performer = pinned["performer"] or {}
    cartridge = document.get("cartridge", {})
    sheet.heading("Treatment")
    lines = document.get("lines", ())
    if lines:
        sheet.table(
            (3, 2, 2, 2, 3, 5),
            ("Area", "Side", "Depth mm", "Passes", "Endpoint", "Note"),
            [
                (
                    _plain(line["area"]),
                    line["side"],
                    line["depth_mm"],
                    str(line["passes"]),
                    _plain(line["endpoint"]),
                    line.get("note", ""),
                )
                for line in lines
            ],
        )
    else:
        sheet.words("No area was treated.")
    sheet.down(4)
    sheet.facts(
        [
            ("Service", _plain(document["service"])),
            ("Indication", _plain(document.get("indication", ""))),
            ("Started", document["started_at"]),
            ("Ended", document.get("ended_at", "")),
            ("Performer", ", ".join(str(performer[key]) for key in ("name", "credential", "licence") if performer.get(key))),
            ("Device", _device(pinned["device"])),
            ("Cartridge", f"lot {cartridge['lot']}" + _expiry(cartridge, pinned["cartridge"]) if cartridge else ""),
            ("Topicals", "; ".join(f"{one['name']} {one.get('lot', '')}".strip() for one in document.get("topicals", ()))),
            ("Protocol", _pin(pinned["protocol"])),
            ("Policy", _pin(pinned["policy"])),
        ]
    )
    for name, words in (("anaesthetic", "Anaesthetic"), ("prp", "PRP"), ("vitals", "Vital signs")):
        if name in document:
            parts = (f"{_plain(key).lower()} {value}" for key, value in document[name].items() if not isinstance(value, list))
            sheet.facts([(words, "; ".join(parts))])


def _basis(sheet: Sheet, document: Mapping[str, Any]) -> None:
    exam, order, consent = document.get("exam"), document.get("order"), document.get("consent")
    sheet.heading("Exam, order and consent")
    sheet.facts(
        [
            (
                "Exam",
                f"{exam['examined_on']} by {exam['examiner']}, {_plain(exam['modality']).lower()}: "
                f"{_plain(exam['result']).lower()}"
                if exam
                else "",
            ),
            ("Order", f"{order['ordered_on']} by {order['ordered_by']}, valid to {order['valid_to']}" if order else ""),
            (
                "Consent",
                f"{_plain(consent['form'])} version {consent['version']} ({consent['language']}), "
                f"signed by the {consent['signed_by']} at {consent['signed_at']}"
                if consent
                else "",
            ),
        ]
    )
    if consent:
        sheet.strokes(consent["signature"]["strokes"], width=200, height=46)


def _screening(sheet: Sheet, document: Mapping[str, Any]) -> None:
    answers = document.get("screening", ())
    sheet.heading("Screening")
    notable = [one for one in answers if one["answer"] != "no"]
    for one in notable:
        day = f", last on {one['last_on']}" if one.get("last_on") else ""
        note = f". {one['note']}" if one.get("note") else ""
        sheet.words(f"{_plain(one['item'])}: {one['answer']}{day}{note}", font=BOLD)
    negative = ", ".join(_plain(one["item"]).lower() for one in answers if one["answer"] == "no")
    sheet.words(f"Answered no: {negative}." if negative else "No question was answered with no.")


def _signatures(sheet: Sheet, signatures: Sequence[Mapping[str, Any]]) -> None:
    sheet.heading("Signatures")
    if not signatures:
        sheet.words("Nobody has signed this revision.")
    for one in signatures:
        signer = one["signer"]
        licence = f", licence {signer['licence']}" if signer["licence"] else ""
        sheet.words(f"{MEANINGS[one['meaning']]}: {signer['name']}, {signer['credential']}{licence}", font=BOLD)
        sheet.words(f"{one['signed_at']} (UTC offset {one['utc_offset']}) · {one['statement']}")
        if one["reason"]:
            sheet.words(f"Reason: {one['reason']}")
        sheet.words(f"key {signer['key'][:32]}… · made under log head {one['tree']['size']}", size=7.5)
        sheet.down(4)



def _plain(code: str) -> str:
    return code.replace("_", " ").capitalize()


def _pin(pinned: Mapping[str, Any] | None) -> str:
    return f"{pinned['name']}, version {pinned['version']}, SHA-256 {pinned['sha256'][:16]}…" if pinned else ""


def _device(device: Mapping[str, Any] | None) -> str:
    return f"{device['device']}, {device['model']}, serial {device['serial']}" if device else ""


def _expiry(cartridge: Mapping[str, Any], registered: Mapping[str, Any] | None) -> str:
    expires_on = cartridge.get("expires_on") or (registered or {}).get("expires_on")
    return f", expires {expires_on}" if expires_on else ""
