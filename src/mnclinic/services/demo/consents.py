"""The demo's consent texts, and whole consents to them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.domain.patient_sheets import sheet_name
from mnclinic.resource_files import resource_path
from mnclinic.services.read_documents import read_json_file

MAIN, PRP, PHOTOGRAPHS, SHEET = "microneedling", "microneedling-prp", "photographs", "microneedling-precare"
AFTERWARDS, CALLS = "microneedling-aftercare", "microneedling-follow-up"
VERSIONS = {MAIN: 5, PRP: 1, PHOTOGRAPHS: 1, SHEET: 2, AFTERWARDS: 1, CALLS: 1}
LEVELS = ("chart", "teaching", "chart", "none", "marketing")


def demo_consent_texts(opened: date) -> tuple[dict[str, Any], ...]:
    """The shipped texts in both languages, in force from the clinic's first day."""
    made = []
    for form, version in VERSIONS.items():
        for language in ("en", "es"):
            path = resource_path(f"drafts/consent_texts/{form}-{version}-{language}.json")
            text: Any = read_json_file(path)
            made.append({**text, "effective_on": opened.isoformat()})
    return tuple(made)


def digests_of(opened: date) -> Mapping[tuple[str, str], str]:
    """The SHA-256 of each of these texts, by form and language."""
    return {
        (text["form"], text["language"]): sha256_hex(canonical_bytes(text))
        for text in demo_consent_texts(opened)
    }


def complete_consent(document: dict[str, Any], digests: Mapping[tuple[str, str], str]) -> None:
    """Make the signed consent of a document whole: bound to its text, with addenda and questions."""
    consent, language = document["consent"], document["consent"]["language"]
    number = int(str(document["patient"]["record_number"]).rpartition("-")[2])
    addenda = [_addendum(PHOTOGRAPHS, language, digests) | {"level": LEVELS[number % len(LEVELS)]}]
    if "prp" in document:
        addenda.append(_addendum(PRP, language, digests))
    consent |= {
        "version": VERSIONS[MAIN],
        "text_sha256": digests[MAIN, language],
        "questions": {"answered_by": document["performer"]},
        "read_by": "handover" if number % 2 else "screen",
        "addenda": addenda,
    }
    if document.get("lines"):
        document["aftercare_sheet"] = sheet_name(AFTERWARDS, language, VERSIONS[AFTERWARDS])
        document["aftercare"] = {
            "given_at": document["ended_at"],
            "given_by": document["performer"],
            "taught_back": True,
            "text_sha256": digests[AFTERWARDS, language],
        }
    given_at = datetime.fromisoformat(document["started_at"]) - timedelta(days=3)
    document["precare"] = {
        "sheet": SHEET,
        "version": VERSIONS[SHEET],
        "language": language,
        "given_at": given_at.isoformat(timespec="seconds"),
        "given_by": "desk",
        "how": "printed",
        "text_sha256": digests[SHEET, language],
    }


def _addendum(form: str, language: str, digests: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    return {
        "form": form,
        "version": VERSIONS[form],
        "language": language,
        "text_sha256": digests[form, language],
    }
