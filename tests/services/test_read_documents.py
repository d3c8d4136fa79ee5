"""Documents that people hand in: every problem at once, each with its place, none with a patient's data."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator, ValidationError, meta

from mnclinic.errors import InvalidInput
from mnclinic.resource_files import resource_path
from mnclinic.services.read_documents import (
    DEEPEST_NESTING,
    LARGEST_BYTES,
    check_document,
    check_visit_document,
    judge_by,
    read_json,
    read_json_file,
    schema_names,
    schema_of,
)
from mnclinic.services.record_visit import record_visit
from tests.domain.builders import clinic_answers, example, shipped_drafts
from tests.services.clinic_builder import SmallClinic
from tests.services.clinic_builder import document as visit_document
from tests.services.reading import records_of

Json = dict[str, Any]

SCHEMAS = {name: schema_of(name) for name in schema_names()}
EXAMPLES = sorted(path.stem for path in resource_path("examples").glob("visit-*.json"))
NAMED_WRONGLY = {"last_name": "A" * 121, "first_name": "B", "born_on": "1990-02-30"}
LESION = {"area": "cheek", "item": "active_acne"}
POLICY = shipped_drafts("policies")["policies/tx.json"]
PROTOCOL = shipped_drafts("protocols")["protocols/face-mechanical.json"]


def problems(document: object, name: str = "visit") -> dict[str, str]:
    """Place and sentence of every problem."""
    with pytest.raises(InvalidInput) as caught:
        check_document(name, document)
    assert "Nothing was stored." in caught.value.sentence
    found = {problem.where: problem.what for problem in caught.value.problems}
    assert len(found) == len(caught.value.problems), "a place is told twice"
    for where, what in found.items():
        assert where
        assert re.fullmatch(r"[A-Z\d].*\.", what, re.DOTALL), f"{where}: {what} is no sentence"
        assert not re.search(r"schema\b(?!\.)|regex|\^|\$|pattern|instance|valid under|None", what), what
    return found


def spoilt(change: Callable[[Json], object], name: str = "visit-1-clean-face") -> dict[str, str]:
    document = example(name)
    change(document)
    return problems(document)


# What is shipped


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_visits_fit_their_schema(name: str) -> None:
    path = resource_path(f"examples/{name}.json")
    assert check_visit_document(read_json_file(path)) == example(name)


@pytest.mark.parametrize(
    ("kind", "folder"), [("policy", "policies"), ("protocol", "protocols"), ("consent_text", "consent_texts")]
)
def test_the_shipped_drafts_fit_their_schemas(kind: str, folder: str) -> None:
    for document in shipped_drafts(folder).values():
        assert check_document(kind, document) == document


def test_the_example_clinic_and_its_handpiece_fit_their_schemas() -> None:
    answers = clinic_answers()
    assert check_document("clinic", answers) == answers
    handpiece = read_json_file(resource_path("examples/device-sp-01.json"))
    read_by = {"label_read_by": "okafor"}
    assert check_document("device", handpiece) | read_by == answers["devices"][0]
    authorisation = {"format": "mnclinic.authorisation/1", "version": 1, "patient": None}
    check_document("authorisation", authorisation | answers["authorisations"][0])


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_one_and_says_what_everything_means(name: str) -> None:
    meta.validate(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMAS[name]["description"]

    def walk(schema: Json, where: str) -> None:
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False, where
        if name != "visit_record" or "format" not in where:
            assert schema.get("type") != "number", where
        for part, one in schema.get("properties", {}).items():
            place = f"{where}.{part}"
            described = "description" in one or "$ref" in one or "additionalProperties" in one
            assert described or isinstance(one.get("items"), dict), place
            walk(one, place)
        if isinstance(schema.get("items"), dict):
            walk(schema["items"], f"{where}[]")
        for one in schema.get("oneOf", ()):
            walk(one, where)
        for part, one in schema.get("$defs", {}).items():
            assert "description" in one, part
            walk(one, part)

    walk(SCHEMAS[name], name)


def test_a_definition_means_the_same_in_every_schema() -> None:
    seen: dict[str, Json] = {}
    for schema in SCHEMAS.values():
        for name, definition in schema.get("$defs", {}).items():
            assert seen.setdefault(name, definition) == definition, name


def test_each_schema_is_read_once_however_many_documents_are_judged(tmp_path: Path) -> None:
    # A process of its own: in this one they were all read long ago.
    program = (
        "import collections, mnclinic.resource_files as files\n"
        "read, reading = collections.Counter(), files.resource_text\n"
        "files.resource_text = lambda name: read.update([name]) or reading(name)\n"
        "from mnclinic.errors import InvalidInput\n"
        "from mnclinic.services.read_documents import check_document, schema_names\n"
        "for name in 2 * schema_names():\n"
        "    try: check_document(name, {})\n"
        "    except InvalidInput: pass\n"
        "print(len(read), max(read.values()))\n"
    )
    ended = subprocess.run(  # noqa: S603 - our own interpreter, fixed arguments
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert ended.stdout.split() == [str(len(SCHEMAS)), "1"], ended.stderr


def test_a_schema_named_by_an_address_is_never_fetched() -> None:
    for address in (
        "http://127.0.0.1:9/other.json",
        "https://example.org/other.json",
        "file:///etc/hostname",
    ):
        with pytest.raises(ValidationError, match="Retrieval is disabled"):
            judge_by({"$ref": address})
    assert judge_by({"$ref": "urn:mnclinic:schema:visit:1"}).is_valid(example())


def test_a_field_by_a_name_that_no_text_can_hold_is_told() -> None:
    found = problems(example() | {"col\ud800our": 1, "precare": {"\udfff": 1}})
    assert (
        found["col?our"]
        == found["precare.?"]
        == ("This text holds a character that cannot be stored. Type it again.")
    )


def test_a_schema_that_there_is_none_of_is_told_with_those_there_are() -> None:
    for name in ("nonsense", "../examples/clinic", "", "visit/../policy"):
        with pytest.raises(InvalidInput, match=r"There are: .*visit"):
            schema_of(name)
    assert schema_of("visit.json") == schema_of("visit") == SCHEMAS["visit"]
    assert schema_of("visit-record") == SCHEMAS["visit_record"]


# Files


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n\t ", "The file is empty."),
        (b'{"format": "mnclinic.visit/1",', "The file is not JSON."),
        (b"format: mnclinic", "The file is not JSON."),
        (b"\xff\xfe{\x00}\x00", "The file is not UTF-8 text."),
        (b'{"last_name": "M\xfcller"}', "The file is not UTF-8 text."),
        (b" " * (LARGEST_BYTES + 1), "The file is larger than 5 MB."),
        (b"[" * 100_000, "The document nests deeper than 64 levels."),
        (b"[" * 200 + b"]" * 200, "The document nests deeper than 64 levels."),
    ],
)
def test_a_file_that_is_no_json_document_is_told_in_a_sentence(
    data: bytes, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / "visit.json"
    path.write_bytes(data)
    with pytest.raises(InvalidInput) as caught:
        read_json_file(path)
    assert caught.value.sentence.startswith(sentence)
    assert "Nothing was stored." in caught.value.sentence


def test_where_json_breaks_off_is_told_by_line_and_column() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_json(b'{\n "a": 1,\n "b": Avery\n}')
    assert [problem.where for problem in caught.value.problems] == ["line 3, column 7"]
    assert "Avery" not in str(caught.value.problems)


def test_a_file_that_is_not_there_or_a_folder_is_told_in_a_sentence(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.json", tmp_path):
        with pytest.raises(InvalidInput, match="The file cannot be read"):
            read_json_file(path)


def test_every_field_that_stands_twice_is_told_with_its_place_and_the_line_where_it_stands_again() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_json(
            b'{"a": 1,\n"a": 1,\n"lines": [{}, {"passes": 1,\n"passes": 2}],\n"b": {"c": 1,\n\n"c": [1]}}'
        )
    told = [problem.where for problem in caught.value.problems]
    assert told == ["line 2, a", "line 4, lines[1].passes", "line 7, b.c"]


def test_a_byte_order_mark_is_no_trouble() -> None:
    assert read_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_thousands_of_digits_are_a_problem_and_no_crash() -> None:
    document = example()
    document["lines"][0]["passes"] = 0
    data = json.dumps(document).replace('"passes": 0', '"passes": ' + "9" * 5_000)
    assert "lines[0].passes" in problems(read_json(data.encode()))


# Visit documents


@pytest.mark.parametrize("document", [None, [], "visit", 7, True])
def test_what_is_no_group_of_fields_is_told(document: object) -> None:
    assert problems(document) == {"document": "Write a group of fields here."}


def test_an_empty_document_lacks_exactly_what_a_visit_needs() -> None:
    assert set(problems({})) == {"format", "patient", "service", "performer", "started_at"}


def test_every_problem_is_told_at_once_in_the_order_of_places() -> None:
    document = example()
    document["format"] = "mnclinic.visit/2"
    document["colour"] = "blue"
    document["performer"] = 7
    document["lines"][2]["depth_mm"] = 1.25
    document["lines"][3]["side"] = "top"
    document["lines"][4].pop("endpoint")
    document["lines"] += [document["lines"][0] | {"passes": "four"} for _ in range(6)]
    document["screening"][1] = {"item": "isotretinoin_now", "answer": "maybe", "since": "May"}
    document["screening"].append(document["screening"][0])
    document["ended_at"] = "2026-11-23T09:00:00-06:00"
    found = problems(document)
    assert list(found) == [
        "colour",
        "ended_at",
        "format",
        "lines[2].depth_mm",
        "lines[3].side",
        "lines[4].endpoint",
        *(f"lines[{number}].passes" for number in range(6, 12)),
        "performer",
        "screening[1].answer",
        "screening[1].since",
        "screening[48].item",
    ]
    assert found["colour"] == found["screening[1].since"] == "This field is not known."
    assert found["lines[4].endpoint"] == "This field is missing."
    assert found["lines[3].side"] == "Write one of these: left, right, both, midline."
    assert "decimal as text" in found["lines[2].depth_mm"]


@pytest.mark.parametrize(
    "depth_mm",
    ["0.01", "0.1", "1", "1.2", "1.25", "2.50", "4.99", "5", "5.0", "5.00"],
)
def test_a_depth_is_text_of_at_most_two_decimals(depth_mm: str) -> None:
    document = example()
    document["lines"][0]["depth_mm"] = depth_mm
    assert check_visit_document(document)["lines"][0]["depth_mm"] == depth_mm


@pytest.mark.parametrize(
    "depth_mm",
    [
        "0", "0.0", "0.00", "5.01", "6", "10", "1.255", "1,25", "-1", "+1", " 1", "1 ", "1.", ".5", "01.0",
        "1e0", "", "NaN", "\u0661", "1.25 mm", "1.25\n", 1.25, 1, None, True, ["1.25"], {},
    ],
)  # fmt: skip
def test_no_other_depth_is_one(depth_mm: object) -> None:
    assert set(spoilt(lambda document: document["lines"][0].update(depth_mm=depth_mm))) == {
        "lines[0].depth_mm"
    }


@pytest.mark.parametrize("passes", [0, 100, -1, 1.5, 4.0, "4", None, True, 10**30])
def test_passes_are_a_whole_number_from_1_to_99(passes: object) -> None:
    assert set(spoilt(lambda document: document["lines"][0].update(passes=passes))) == {"lines[0].passes"}
    for good in (1, 99):
        document = example()
        document["lines"][0]["passes"] = good
        check_visit_document(document)


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-30", "2026-13-01", "2026-00-10", "2025-02-29", "26-11-23", "2026-1-5", "11/23/2026",
        "2026-11-23T00:00:00-06:00", "20261123", "1026-11-23", "", "today", 20261123, "2026-11-23\n",
    ],
)  # fmt: skip
def test_a_day_is_a_day_of_the_calendar(day: object) -> None:
    assert set(spoilt(lambda document: document["order"].update(valid_to=day))) == {"order.valid_to"}


@pytest.mark.parametrize(
    "instant",
    [
        "2026-11-23T09:45:00", "2026-11-23", "2026-11-23T25:00:00-06:00", "2026-02-30T09:00:00-06:00",
        "2026-11-23T09:45:00-25:00", "2026-11-23 09:45:00-06:00", "09:45", "", 1_764_000_000,
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00",
    ],
)  # fmt: skip
def test_a_moment_carries_its_offset(instant: object) -> None:
    assert set(spoilt(lambda document: document.update(started_at=instant))) == {"started_at"}


@pytest.mark.parametrize("instant", ["2026-11-23T15:45Z", "2026-11-23T09:45:00.250-06:00"])
def test_a_moment_may_be_in_utc_or_hold_parts_of_a_second(instant: str) -> None:
    document = example() | {"started_at": instant}
    assert check_visit_document(document)["started_at"] == instant


@pytest.mark.parametrize(
    ("patient", "where"),
    [
        ({}, {"patient"}),
        ({"last_name": "A", "first_name": "B"}, {"patient"}),
        ({"record_number": "P-1", "last_name": "A", "first_name": "B", "born_on": "1990-01-01"}, {"patient"}),
        ({"record_number": "P-1", "phone": "1"}, {"patient"}),
        ({"record_number": ""}, {"patient.record_number"}),
        ({"last_name": " ", "first_name": "B", "born_on": "1990-01-01"}, {"patient.last_name"}),
        (NAMED_WRONGLY, {"patient.last_name", "patient.born_on"}),
        ("Avery Sampleton", {"patient"}),
    ],
)  # fmt: skip
def test_a_patient_is_named_by_number_or_by_name_and_birth_date(patient: object, where: set[str]) -> None:
    assert set(spoilt(lambda document: document.update(patient=patient))) == where


def test_no_problem_repeats_what_was_entered() -> None:
    document = example()
    document["patient"] |= {"last_name": "Secretname" * 30, "born_on": "31.12.1999", "phone": 5_550_199}
    document["lines"][0]["depth_mm"] = "Secretname"
    document["screening"][0]["answer"] = "Secretname"
    document["consent"]["text_sha256"] = "Secretname"
    said = str(problems(document))
    assert "Secretname" not in said
    assert "31.12" not in said
    assert "555" not in said


def test_the_name_of_an_unknown_field_is_cut_and_cleaned() -> None:
    found = spoilt(lambda document: document.update({"a" * 500: 1, "b\u202e\x00c": 1}))
    assert set(found) == {"a" * 60 + "...", "b??c"}


@pytest.mark.parametrize("text", ["a\x00b", "a\x1b[31m", "\ud800", "a\x7fb"])
def test_text_that_cannot_be_stored_is_told(text: str) -> None:
    assert set(spoilt(lambda document: document["lines"][0].update(note=text))) == {"lines[0].note"}


def test_text_is_kept_in_one_unicode_form() -> None:
    document = example()
    document["patient"]["last_name"] = "Nun\u0303ez"
    document["lines"][0]["note"] = "first line\nsecond line\ttabbed"
    checked = check_visit_document(document)
    assert checked["patient"]["last_name"] == "Nu\u00f1ez"
    assert checked["lines"][0]["note"] == "first line\nsecond line\ttabbed"


def test_the_document_handed_in_is_not_changed() -> None:
    document = example()
    check_visit_document(document)["lines"][0]["area"] = "eyelid"
    assert document == example()


def test_depth_of_nesting_is_limited_also_without_a_file() -> None:
    deep: object = "end"
    for _ in range(DEEPEST_NESTING + 2):
        deep = [deep]
    with pytest.raises(InvalidInput, match="nests deeper"):
        check_visit_document(example() | {"lines": deep})


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda d: d.update(ended_at="2026-11-23T09:44:59-06:00"), "ended_at"),
        (lambda d: d.update(ended_at="2026-11-23T15:44:59Z"), "ended_at"),
        (lambda d: d["screening"].append({"item": "pregnancy", "answer": "yes"}), "screening[48].item"),
        (lambda d: d.update(skin={"lesions": [LESION, LESION]}), "skin.lesions[1].item"),
        (lambda d: d.update(skin={"lesions": [LESION | {"area": "elbow"}]}), "skin.lesions[0].area"),
        (lambda d: d["screening"][0].update(areas=["cheek", "cheek"]), "screening[0].areas"),
        (
            lambda d: d.update(
                reasons=[{"code": "waxing", "reason": "a"}, {"code": "waxing", "reason": "b"}]
            ),
            "reasons[1].code",
        ),
        (lambda d: d["order"].update(valid_to="2026-09-01"), "order.valid_to"),
        (lambda d: d["anaesthetic"].update(removed_at="2026-11-23T09:09:00-06:00"), "anaesthetic.removed_at"),
    ],
)
def test_a_visit_that_contradicts_itself_is_told(change: Callable[[Json], object], where: str) -> None:
    assert set(spoilt(change)) == {where}


def test_a_visit_may_end_the_moment_it_begins() -> None:
    document = example()
    document["ended_at"] = "2026-11-23T15:45:00Z"
    check_visit_document(document)


def test_prp_is_read_back_by_two_different_people() -> None:
    found = spoilt(lambda d: d["prp"]["read_back"][1].update(by=["reyes", "reyes"]), "visit-2-clean-prp")
    assert found == {"prp.read_back[1].by": "Name the two different people who read the label back."}


def test_an_unsigned_consent_is_read_so_that_the_gate_can_refuse_it() -> None:
    document = example()
    del document["consent"]["signature"]
    check_visit_document(document)
    document["consent"]["signature"] = {"kind": "drawn", "strokes": []}
    check_visit_document(document)


def test_a_draft_may_lack_almost_everything() -> None:
    document = {name: example()[name] for name in ("format", "patient", "service", "performer", "started_at")}
    assert check_visit_document(document) == document


# Policies, protocols, devices, clinics


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda d: d["areas"][0].update(soft_min_mm="1.01"), "areas[0].soft_max_mm"),
        (lambda d: d["areas"][0].update(acknowledge_above_mm="0.99"), "areas[0].acknowledge_above_mm"),
        (lambda d: d["areas"][0].update(hard_max_mm="0.99"), "areas[0].hard_max_mm"),
        (lambda d: d["areas"][0].update(area="eyelid"), "areas[0].area"),
        (lambda d: d["areas"][0].update(area="elbow"), "areas[0].area"),
        (lambda d: d["areas"].append(d["areas"][0]), "areas[11].area"),
        (lambda d: d["areas"][0].pop("source"), "areas[0].source"),
        (lambda d: d["areas"][0].update(confidence="sure"), "areas[0].confidence"),
        (lambda d: d["interval_warn_days"].update(value=13), "interval_warn_days.value"),
        (lambda d: d["interval_warn_days"].pop("unit"), "interval_warn_days.unit"),
        (lambda d: d["interval_warn_days"].update(unit="weeks"), "interval_warn_days.unit"),
        (lambda d: d.update(devices=["SP-01", "SP-01"]), "devices"),
        (lambda d: d.update(review_by="2026-01-04"), "review_by"),
        (lambda d: d["speed_min_rpm"].update(value=9001), "speed_max_rpm.value"),
        (
            lambda d: d["photos"].append({"view": "face  FROM the front", "when": "before"}),
            "photos[6].view",
        ),
        (lambda d: d.update(providers=[_provider("2026-02-01", "2026-01-31")]), "providers[0].valid_to"),
        (
            lambda d: d.update(providers=[_provider("2026-02-01", None), _provider("2026-03-01", None)]),
            "providers[1].valid_from",
        ),
        (lambda d: d.pop("asepsis"), "asepsis"),
    ],
)
def test_a_protocol_that_contradicts_itself_is_told(change: Callable[[Json], object], where: str) -> None:
    document = json.loads(json.dumps(PROTOCOL))
    change(document)
    assert set(problems(document, "protocol")) == {where}


def _provider(valid_from: str, valid_to: str | None) -> Json:
    return {"user": "reyes", "valid_from": valid_from, "valid_to": valid_to}


def test_a_document_of_the_first_form_holds_nothing_of_the_second() -> None:
    document = json.loads(json.dumps(POLICY)) | {"format": "mnclinic.policy/1", "exam_credentials": ["MD"]}
    found = set(problems(document, "policy"))
    assert {"review_by", "roles", "followup", "parameters.order_valid_days"} <= found
    protocol = json.loads(json.dumps(PROTOCOL)) | {"format": "mnclinic.protocol/1"}
    assert {"asepsis", "providers", "precare"} <= set(problems(protocol, "protocol"))


def test_a_policy_with_a_date_for_what_somebody_takes_is_refused_beside_its_field() -> None:
    document = json.loads(json.dumps(POLICY))
    at = {one["item"]: number for number, one in enumerate(document["screening"])}
    expected = set()
    for code in ("anticoagulant", "aspirin", "nsaid", "isotretinoin_now"):
        document["screening"][at[code]]["shows_earliest"] = True
        expected.add(f"screening[{at[code]}].shows_earliest")
    for code in ("anticoagulant", "aspirin"):
        document["screening"][at[code]] |= {
            "window_days": 5,
            "answers": ["yes", "no", "unknown", "last_on"],
        }
        expected.add(f"screening[{at[code]}].window_days")
    assert set(problems(document, "policy")) == expected


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda d: d["screening"][1].update(passed_by="performer"), "screening[1].passed_by"),
        (lambda d: d["screening"][0].update(passed_by="performer"), "screening[0].passed_by"),
        (lambda d: d["screening"].append(d["screening"][0]), "screening[50].item"),
        (lambda d: d["screening"][0]["answers"].remove("unknown"), "screening[0].answers"),
        (lambda d: d["screening"][1]["answers"].remove("last_on"), "screening[1].window_days"),
        (lambda d: d["screening"][0].update(answered_by="minor"), "screening[0].answers"),
        (lambda d: d["screening"][0]["spanish"].pop("question"), "screening[0].spanish.question"),
        (lambda d: d["screening"][1].update(window_days="183 days"), "screening[1].window_days"),
        (lambda d: d["screening"][1].update(window_days=0), "screening[1].window_days"),
        (lambda d: d["review"]["sample_percent"].update(value=101), "review.sample_percent.value"),
        (lambda d: d["review"]["always"].append("tuesdays"), "review.always[4]"),
        (
            lambda d: d["parameters"]["exam_valid_days"].update(unit="months"),
            "parameters.exam_valid_days.unit",
        ),
        (lambda d: d.update(lock_after_hours=24), "lock_after_hours"),
        (lambda d: d.update(review_by="2026-01-04"), "review_by"),
        (lambda d: d.update(exam_credentials=["MD"]), "exam_credentials"),
        (lambda d: d["parameters"].pop("order_valid_days"), "parameters.order_valid_days"),
        (lambda d: d["parameters"]["exam_valid_days"].pop("unit"), "parameters.exam_valid_days.unit"),
        (
            lambda d: d["parameters"]["exam_valid_days"].update(review_by="2026-01-04"),
            "parameters.exam_valid_days.review_by",
        ),
        (
            lambda d: d["parameters"]["exam_valid_days"].update(value=None),
            "parameters.exam_valid_days.confidence",
        ),
        (
            lambda d: d["parameters"]["interval_block_days"].update(value=29),
            "parameters.interval_warn_days.value",
        ),
        (
            lambda d: d["parameters"]["review_selection"].update(value="all"),
            "review.sample_percent.value",
        ),
        (lambda d: d["review"]["due_days"].update(value=8), "parameters.director_deadline_days.value"),
        (
            lambda d: d["parameters"]["exam_modalities"].update(value=[]),
            "parameters.exam_modalities.value",
        ),
        (lambda d: d["roles"].append(d["roles"][0]), "roles[6].credential"),
        (lambda d: d["roles"][0].update(supervised_mm="1.00"), "roles[0].unsupervised_mm"),
        (
            lambda d: d["roles"][0].update(unsupervised_mm="1.50", supervised_mm="1.25"),
            "roles[0].supervised_mm",
        ),
        (lambda d: d["roles"][0].update(within_miles=60), "roles[0].within_miles"),
        (lambda d: d["roles"][0].update(cosign_due_days=7), "roles[0].cosign_due_days"),
        (lambda d: d["roles"][0].update(may_examine=False), "roles[0].may_order"),
        (lambda d: d["roles"][0].update(areas=["elbow"]), "roles[0].areas[0]"),
        (lambda d: [role.update(may_examine=False, may_order=False) for role in d["roles"]], "roles"),
        (lambda d: [role.update(may_draw_blood=False) for role in d["roles"]], "roles"),
        (lambda d: d["adverse_events"][3].update(grade=1), "adverse_events[3].grade"),
        (lambda d: d["adverse_events"][1].update(tell_director_h=96), "adverse_events[1].tell_director_h"),
    ],
)
def test_a_policy_that_contradicts_itself_is_told(change: Callable[[Json], object], where: str) -> None:
    document = json.loads(json.dumps(POLICY))
    change(document)
    assert set(problems(document, "policy")) == {where}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda d: d["staff"].append(d["staff"][0]), "staff[6].user"),
        (
            lambda d: d["staff"][0]["licences"][0].update(expires_on="2025-08-31"),
            "staff[0].licences[0].expires_on",
        ),
        (lambda d: d["staff"][2].update(depth_ceiling_mm=2.0), "staff[2].depth_ceiling_mm"),
        (lambda d: d["devices"][0].update(label_depth_mm="2.51"), "devices[0].label_depth_mm"),
        (lambda d: d["devices"].append(d["devices"][0]), "devices[1].device"),
        (
            lambda d: d["devices"][0]["indications"].append(d["devices"][0]["indications"][0]),
            "devices[0].indications[2].indication",
        ),
        (lambda d: d["lots"].append(d["lots"][0]), "lots[3].lot"),
        (lambda d: d["authorisations"][0].update(valid_to="2026-01-04"), "authorisations[0].valid_to"),
        (lambda d: d["authorisations"][0].update(director="T. Reyes"), "authorisations[0].director"),
        (lambda d: d["authorisations"][0].update(flag="minor"), "authorisations[0].flag"),
        (lambda d: d["documents"][0].update(kind="recipe"), "documents[0].kind"),
        (lambda d: d.pop("clinic"), "clinic"),
    ],
)  # fmt: skip
def test_answers_that_contradict_themselves_are_told(change: Callable[[Json], object], where: str) -> None:
    document = clinic_answers()
    change(document)
    assert set(problems(document, "clinic")) == {where}


def test_one_lot_number_may_name_two_kinds_of_supply() -> None:
    document = clinic_answers()
    document["lots"].append(document["lots"][0] | {"kind": "topical"})
    check_document("clinic", document)


# Frozen records


def test_what_is_frozen_fits_its_published_schema(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        performed = record_visit(reyes, visit_document(), by, shown="command")
        deferred = record_visit(reyes, visit_document(screening=[]), by, shown="command")
        assert (performed.state, deferred.state) == ("in_review", "deferred")
        for visit in (performed, deferred):
            (record,) = records_of(reyes, visit.visit_id)
            assert check_document("visit_record", record) == record
    with_lines = record | {"document": visit_document()}
    assert "document" in problems(with_lines, "visit_record")
    assert set(problems(record | {"colour": "blue"}, "visit_record")) == {"colour"}


# Anything at all

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
PLACES = sorted(SCHEMAS["visit"]["properties"])


@settings(max_examples=150)
@given(place=st.sampled_from(PLACES), value=json_values)
def test_nothing_that_json_can_hold_ends_in_anything_but_a_list_of_problems(
    place: str, value: object
) -> None:
    document = example() | {place: value}
    try:
        checked = check_visit_document(document)
    except InvalidInput as error:
        assert error.problems or "nests" in error.sentence  # noqa: PT017 - either outcome is right
    else:
        Draft202012Validator(SCHEMAS["visit"]).validate(checked)


@given(data=st.binary(max_size=200))
def test_no_bytes_are_read_with_anything_but_a_sentence(data: bytes) -> None:
    try:
        read_json(data)
    except InvalidInput as error:
        assert "Nothing was stored." in error.sentence  # noqa: PT017 - either outcome is right
