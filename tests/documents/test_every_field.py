"""No field of the visit document can be forgotten: each is read, kept, printed and bundled."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.bundles.verify import verify_bundle
from mnclinic.domain.visit_document import read_visit_document, without_lines
from mnclinic.models import Visit
from mnclinic.services.check_store import check_store
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.read_documents import check_visit_document
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic, signer
from tests.cli.conftest import EXAMPLE_PASSWORDS, built_example, example
from tests.documents.builders import performed
from tests.documents.reading import squeezed, text_of
from tests.documents.test_visit_record import chart
from tests.full_visit import Json, every_field, full_visit, places_of, places_of_schema
from tests.services.clinic_builder import MONDAY, StoppedClock
from tests.services.photographing import a_photo
from tests.services.reading import records_of

__all__ = ["built_example", "example"]

NEVER_PRINTED = re.compile(
    r"format|visit|patient\..*|performer|fitzpatrick\.type|consent\.signature\..*|consent\.language"
    r"|consent\.addenda\[\]\.language|.*sha256|telephone_orders\[\]\.passes\[\]\.basis|consent\.interpreter\.how|.*by_own_password"
)
"""What stands in the record's own head, is a Roman number or a printed name there, or digits of a machine."""
SAID = {
    "name_and_birth_date": "name and date of birth",
    "during": "during needling",
    "several_directions": "several directions",
    "unknown": "not known",
    "none": "no bleeding",
    "microneedling_prp": "microneedling with PRP",
}


def test_these_documents_hold_every_field_that_the_schema_has() -> None:
    held = {place for document in every_field() for place, _ in places_of(document)}
    assert places_of_schema() - held == set()


@pytest.mark.parametrize("number", range(3))
def test_each_fits_the_schema_is_read_and_comes_back_from_its_bytes(number: int) -> None:
    document = every_field()[number]
    checked = check_visit_document(json.loads(canonical_bytes(document)))
    assert checked == document
    read = read_visit_document(document)
    assert [one.area.value for one in read.lines] == [one["area"] for one in document["lines"]]
    assert len(read.asepsis) == len(document["asepsis"])


@pytest.mark.parametrize("number", range(3))
def test_every_value_of_each_is_on_the_printed_chart(number: int) -> None:
    document = every_field()[number]
    record = performed() | {"document": document}
    text = squeezed(text_of(chart(record))).lower()
    missing = []
    for place, value in places_of(document):
        if NEVER_PRINTED.fullmatch(place) or isinstance(value, bool):
            continue
        said = SAID.get(str(value), str(value).replace("_", " "))
        said = _moment(said) if re.fullmatch(r"\d{4}-\d\d-\d\dT.*", said) else said
        on_lines = place.startswith("lines[].") and place.endswith("_at")
        said = said[11:16] if on_lines else said
        if squeezed(said).lower() not in text:
            missing.append((place, said))
    assert missing == []


UNITS = {
    "_mm": "mm",
    "_cm": "cm",
    "_cm2": "cm²",
    "_ml": "mL",
    "_g": "g",
    "_f": "°F",
    "_percent": "%",
    "_per_min": "per min",
    "_per_ul": "per µL",
    "rpm": "rpm",
    "minutes": "min",
}
"""By the end of a measured field's name. A line's depth and speed stand under a head of their own."""


@pytest.mark.parametrize("number", range(3))
def test_every_measured_value_of_each_is_printed_with_its_unit(number: int) -> None:
    document = every_field()[number]
    text = squeezed(text_of(chart(performed() | {"document": document}))).lower()
    bare = [
        f"{place}: {value} {unit}"
        for place, value in places_of(document)
        for end, unit in UNITS.items()
        if place.endswith(end) and not place.startswith("lines[]") and not isinstance(value, bool)
        if squeezed(f"{value} {unit}").lower() not in text
    ]
    assert bare == []
    pressure = document.get("vitals") or {}
    if "systolic_mmhg" in pressure:
        both = f"{pressure['systolic_mmhg']} / {pressure['diastolic_mmhg']} mmHg"
        assert squeezed(both).lower() in text


def _moment(text: str) -> str:
    return f"{text[:10]} {text[11:16]} UTC{text[-6:]}"


def test_every_field_goes_through_store_record_and_bundle(example: Path, tmp_path: Path) -> None:
    document = full_visit()
    clinic = _as("reyes", example, 20)
    try:
        with signer(clinic, EXAMPLE_PASSWORDS["reyes"]) as by:
            begun = record_visit(clinic, _without_treatment(document), by, shown="command")
            # Only a photograph that was kept can be named.
            kept = a_photo(clinic, _person_of(clinic, begun.visit_id), visit=begun.number)
            document["photos"][0]["sha256"] = kept.sha256
            document["visit"] = begun.number
            recorded = record_visit(clinic, document, by, shown="command")
        assert recorded.refusals == ()
        (record,) = records_of(clinic, recorded.visit_id)
    finally:
        clinic.close()
    del document["visit"]
    expected = document | {"patient": {"record_number": record["patient"]["record_number"]}}
    assert record["document"] == expected
    owner = _as("owner", example, 21)
    try:
        day = MONDAY.date()
        made = make_bundle(owner, MakeBundle(day, day, tmp_path / "audit.zip", plain=True))
        assert check_store(owner).findings == ()
    finally:
        owner.close()
    assert verify_bundle(made.file, trust=made.fingerprint).verdict == "VALID"
    with zipfile.ZipFile(made.file) as container:
        (name,) = [one for one in container.namelist() if re.fullmatch("data/visits/.*/r1[.]json", one)]
        assert json.loads(container.read(name))["document"] == expected
        table = io.StringIO(container.read("data/tables/lines.csv").decode(), newline="")
    rows = list(csv.DictReader(table))
    assert [_told(line) for line in expected["lines"]] == [
        {column: row[column] for column in line} for line, row in zip(expected["lines"], rows, strict=True)
    ]


OF_ACTS = re.compile(r"telephone_orders\[\]\..*|prp\.read_back\[\]\.by_own_password")
"""Written by acts on the visit itself, which test_telephone_order and test_read_back_label follow."""


def test_no_field_of_the_schema_is_left_out_of_what_goes_through_store_record_and_bundle(
    example: Path, tmp_path: Path
) -> None:
    """Each of the three documents; those that the gate defers are kept whole but for their lines."""
    clinic, expected = _as("reyes", example, 20), {}
    try:
        for number, document in enumerate(every_field()):
            for name in ("visit", "telephone_orders"):
                document.pop(name, None)
            document["prp"].get("read_back", [{}])[0].pop("by_own_password", None)
            document["patient"] = {
                "last_name": f"Number {number}",
                "first_name": "Ada",
                "born_on": "1990-04-23",
            }
            with signer(clinic, EXAMPLE_PASSWORDS["reyes"]) as by:
                begun = record_visit(clinic, _without_treatment(document), by, shown="command")
                kept = a_photo(clinic, _person_of(clinic, begun.visit_id), visit=begun.number)
                document["photos"][0]["sha256"] = kept.sha256
                document["visit"] = begun.number
                recorded = record_visit(clinic, document, by, shown="command")
            record = records_of(clinic, recorded.visit_id)[-1]
            document["patient"] = {"record_number": record["patient"]["record_number"]}
            del document["visit"]
            kept_whole = without_lines(document) if recorded.refusals else document
            assert record["document"] == kept_whole
            expected[recorded.visit_id] = kept_whole
    finally:
        clinic.close()
    sent = {place for document in (*expected.values(), full_visit()) for place, _ in places_of(document)}
    missing = {place for place in places_of_schema() - sent if not OF_ACTS.fullmatch(place)}
    assert missing == {"visit", "patient.email"}, (
        "whose visit it is, and its number, are in the record's head"
    )
    owner = _as("owner", example, 21)
    try:
        day = MONDAY.date()
        made = make_bundle(owner, MakeBundle(day, day, tmp_path / "audit.zip", plain=True))
        assert check_store(owner).findings == ()
    finally:
        owner.close()
    assert verify_bundle(made.file, trust=made.fingerprint).verdict == "VALID"
    with zipfile.ZipFile(made.file) as container:
        names = [one for one in container.namelist() if re.fullmatch(r"data/visits/.*/r\d+[.]json", one)]
        bundled = [json.loads(container.read(name)) for name in names]
    newest = {one["visit"]: one["document"] for one in sorted(bundled, key=lambda one: one["revision"])}
    assert newest == expected


def _as(user: str, folder: Path, hour: int) -> OpenClinic:
    return open_clinic(folder, user, EXAMPLE_PASSWORDS[user], clock=StoppedClock(MONDAY.replace(hour=hour)))


def _without_treatment(document: Json) -> Json:
    return {name: value for name, value in document.items() if name not in {"lines", "photos"}}


def _person_of(clinic: OpenClinic, visit_id: str) -> str:
    with clinic.store.reading() as session:
        return session.get_one(Visit, visit_id).patient_ref


def _told(line: Json) -> dict[str, str]:
    return {column: str(value) for column, value in line.items()}
