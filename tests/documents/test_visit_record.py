"""The printed chart: complete, plain, honest about what it is."""

import copy
import io
import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from pypdf import PdfReader

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.documents.amendments import Amended
from mnclinic.documents.parts import section
from mnclinic.documents.sheet import HEADING, Margins, Sheet
from mnclinic.documents.visit_record import visit_record_pdf
from mnclinic.resource_files import resource_path
from tests.documents.builders import CHECKPOINT, PERFORMER, deferred, finding, line, performed, signature
from tests.documents.reading import letters_drawn, pages_of, squeezed, text_of
from tests.full_visit import full_visit

PRINTED_AT = datetime(2026, 11, 24, 8, 0, tzinfo=timezone(timedelta(hours=-6)))


def chart(
    record: dict[str, Any],
    signatures: Sequence[dict[str, Any]] = (),
    *,
    clinic_name: str = "Sampleton Skin Studio",
    is_demo: bool = False,
    checkpoint: dict[str, Any] | None = None,
    printed_by: str | None = None,
    people: dict[str, str] | None = None,
) -> bytes:
    return visit_record_pdf(
        record,
        signatures,
        clinic_name=clinic_name,
        is_demo=is_demo,
        checkpoint=checkpoint,
        printed_at=PRINTED_AT if printed_by else None,
        printed_by=printed_by,
        people=people,
    )


def values_in(value: object) -> list[object]:
    """Every leaf of a JSON value."""
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in values_in(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in values_in(one)]
    return [value]


def test_every_value_that_a_person_entered_is_on_the_chart() -> None:
    record = performed()
    text = squeezed(text_of(chart(record))).lower()
    entered = copy.deepcopy(record["document"])
    for machine_part in ("format", "fitzpatrick", "performer"):  # a Roman number, a printed name instead
        entered.pop(machine_part)
    entered["consent"].pop("signature")
    entered["consent"].pop("text_sha256")
    entered["consent"].pop("language")
    words = {
        "name_and_birth_date": "name and date of birth",
        "laser_or_ipl": "laser or IPL",
        "unknown": "not known",
    }
    for value in values_in(entered):
        if value is None or isinstance(value, bool) or value == "":
            continue
        said = words.get(str(value), str(value).replace("_", " "))
        if re.fullmatch(r"\d{4}-\d\d-\d\dT.*", said):
            said = said[:10] + " " + said[11:16] + " UTC" + said[-6:]
        assert squeezed(said).lower() in text, value


def test_pins_patient_and_performer_are_on_the_chart() -> None:
    record = performed()
    text = text_of(chart(record))
    for expected in (
        "Núñez, Ana María", "P-000012", "1992-03-14", "34 years old at this visit", "T. Reyes, RN",
        "TX-RN-0003", "expires 2027-10-31", "2.00 mm", "Visit V-000123, revision 2", "PERFORMED",
        "III, by clinician 2026-09-02",
        "TX-like draft (tx)", "Face, mechanical needling (face_mechanical)", "a4" * 8, "b7" * 8, "5c" * 8,
        "SkinPen Precision", "EXAMPLE-0001", "DEN160029, K202243", "1.50 mm",
    ):  # fmt: skip
        assert expected in text, expected


def test_signature_blocks_hold_the_signed_words_name_time_and_key() -> None:
    record = performed()
    signatures = [signature(record), signature(record, "approved")]
    text = text_of(chart(record, signatures))
    for expected in (
        "“I performed this treatment as recorded here, and the record is true and complete.”",
        "“I reviewed this visit and approve it as recorded.”",
        "Performed the treatment", "Reviewed and approved as medical director", "Dr I. Okafor, MD",
        "Licence TX-MD-0001", "2026-11-23 10:14:05 UTC-06:00", "2026-11-24 07:30 UTC-06:00",
        "key " + "c3" * 8, "log 4101 / " + "fe" * 8, "shown on screen; proved by password",
        "Approved by the medical director",
    ):  # fmt: skip
        assert expected in text, expected


def test_a_solo_physician_clinic_is_printed_on_every_record_and_an_own_approval_on_top() -> None:
    said = "Declared solo-physician clinic: nobody else reviews."
    record = performed() | {"solo_physician": {"declaration_sha256": "5" * 64, "statement": said}}
    signed = [signature(record)]
    text = squeezed(text_of(chart(record, signed)))
    assert squeezed(said) in text
    assert squeezed("decided on it herself") not in text
    own = signature(record, "approved")
    own["signer"]["staff"] = PERFORMER
    text = squeezed(text_of(chart(record, [*signed, own])))
    assert squeezed("The director performed this treatment and decided on it herself.") in text
    assert squeezed("Approved by its own performer") in text
    by_another = squeezed(text_of(chart(record, [*signed, signature(record, "approved")])))
    assert squeezed("Approved by the medical director") in by_another
    assert squeezed("decided on it herself") not in by_another
    assert squeezed("solo-physician") not in squeezed(text_of(chart(performed(), signed)))


def test_a_return_shows_its_reason() -> None:
    record = performed()
    text = text_of(chart(record, [signature(record), signature(record, "returned", "Which cheek bled?")]))
    assert "Reason: Which cheek bled?" in text
    assert "Returned to the performer" in text


def test_a_signature_over_other_bytes_or_another_revision_says_so() -> None:
    record = performed()
    strange = signature(record) | {"record_sha256": "00" * 32}
    earlier = signature(record) | {"revision": 1}
    text = text_of(chart(record, [strange, earlier]))
    assert "Signs other bytes than the record printed here." in text
    assert "Signs revision 1, not this one." in text


def test_an_unsigned_record_says_so() -> None:
    text = text_of(chart(performed()))
    assert "No signature is on file for this revision." in text
    assert "No signature on file" in text


def test_findings_come_before_the_care_gravest_first_with_outcome_and_reason() -> None:
    text = text_of(chart(performed()))
    places = [
        text.index(part)
        for part in (
            "Released by director", "Reason: Face only", "Authorised on file", "Reason: AUTH-2026-04",
            "Warning, with reason", "Reason: One 200 mg tablet", "Microneedling face", "Forehead",
        )
    ]  # fmt: skip
    assert places == sorted(places)


def test_a_visit_without_findings_says_that_nothing_stood_against_it() -> None:
    record = performed()
    record["judged"]["findings"] = []
    assert "Nothing stood against this visit." in text_of(chart(record))


def test_a_deferred_visit_prints_its_reasons_and_no_lines() -> None:
    record = deferred()
    record["document"]["lines"] = [line("forehead", "midline", "0.75", 4, "erythema")]  # as nobody may store
    text = text_of(chart(record))
    assert "DEFERRED Not treated" in text
    assert "No treatment was given at this visit." in text
    assert "Cartridge lot LOTX12 expired on 2026-09-30. Nobody may pass this." in text
    assert "Only the director may pass this." in text
    assert text.index("Isotretinoin, stopped") < text.index("Topical retinoid: 3 days ago")
    assert "Forehead" not in text
    assert "0.75" not in text


def test_a_late_entry_is_labelled_with_both_times() -> None:
    record = performed() | {"late_entry": True}
    text = text_of(chart(record))
    assert "LATE ENTRY: entered 2026-11-23 10:14:05 UTC-06:00" in text
    assert "2026-11-23 09:00 UTC-06:00" in text


def test_the_foot_names_record_checkpoint_page_and_printer() -> None:
    record = performed()
    digest = sha256_hex(canonical_bytes(record))
    pages = pages_of(chart(record, checkpoint=CHECKPOINT, printed_by="R. Frontley"))
    for number, page in enumerate(pages, start=1):
        assert f"V-000123 r2 · record {digest[:16]} · log 4127 / a1b2c3d4e5f60718" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "Printed 2026-11-24 08:00 UTC-06:00 by R. Frontley." in page
        assert "Núñez, Ana María · P-000012 · Visit V-000123 r2" in page
    assert "no log checkpoint given" in pages_of(chart(record))[0]


def test_the_demo_mark_is_on_every_page_and_only_in_a_demo() -> None:
    pages = pages_of(chart(performed(), is_demo=True))
    assert len(pages) > 1
    assert all("DEMO CLINIC · INVENTED PEOPLE · NOT A MEDICAL RECORD" in page for page in pages)
    assert "DEMO" not in text_of(chart(performed()))


PAYLOADS = (
    "<b>bold</b>",
    '<font color="[].__class__">x</font>',
    "{{ 7*7 }} {0} %s",
    "&lt;para&gt; &amp; &#65;",
    "<a href='file:///x'>y</a><img src='z'/>",
    "/JavaScript (app.alert) /URI \\050 \\n ) ET BT (",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_is_drawn_as_it_was_typed(payload: str) -> None:
    record = performed()
    record["patient"]["last_name"] = payload
    record["document"]["note"] = payload
    record["document"]["lines"][0]["note"] = payload
    record["document"]["screening"][0]["note"] = payload
    record["judged"]["findings"][0]["reason"] = payload
    text = squeezed(text_of(chart(record, clinic_name=payload)))
    pages = len(pages_of(chart(record, clinic_name=payload)))
    assert text.count(squeezed(payload)) >= 6 + 2 * (pages - 1)


def test_the_file_holds_no_script_link_form_or_attachment() -> None:
    record = performed()
    record["document"]["note"] = "see https://example.invalid and mailto:x@example.invalid"
    pdf = chart(record, [signature(record)])
    for forbidden in (b"/JS", b"/JavaScript", b"/Launch", b"/URI", b"/EmbeddedFile", b"/OpenAction"):
        assert forbidden not in pdf
    reader = PdfReader(io.BytesIO(pdf))
    catalogue = reader.trailer["/Root"]
    assert isinstance(catalogue, dict)
    assert not {"/Names", "/AcroForm", "/OpenAction", "/AA"} & set(catalogue)
    assert all("/Annots" not in page for page in reader.pages)


def test_the_metadata_names_no_patient() -> None:
    reader = PdfReader(io.BytesIO(chart(performed())))
    assert reader.metadata is not None
    assert reader.metadata.title == "Visit V-000123 revision 2"
    metadata = json.dumps({key: str(value) for key, value in reader.metadata.items()}, ensure_ascii=False)
    assert "Núñez" not in metadata
    assert "Ana" not in metadata


def test_the_same_record_makes_the_same_bytes() -> None:
    record = performed()
    first = chart(record, [signature(record)])
    chart(deferred())  # another document in between leaves nothing behind
    assert chart(record, [signature(record)]) == first


@pytest.mark.parametrize(
    "name", ["Núñez", "Ångström", "Trần Thị Mỹ", "Łukasiewicz", "Çelik", "Müller-Weiß", "O’Brien"]
)
def test_accents_come_out_right(name: str) -> None:
    record = performed()
    record["patient"]["last_name"] = name
    text = text_of(chart(record))
    assert name in text
    assert "U+" not in text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("王小明", "U+738B U+5C0F U+660E"),
        ("ﻣﺮﻳﻢ", "U+FEE3 U+FEAE U+FEF3 U+FEE2"),
        ("Reyes\u202egnp", "Reyes U+202E gnp"),
        ("Ann\u200bLee", "Ann U+200B Lee"),
        ("a\x00b\tc", "a U+0000 b U+0009 c"),
        ("Rey\u0435s", "Rey U+0435 s"),
        ("q\u0302", "q U+0302"),
        ("\U0001f600", "U+1F600"),
    ],
)
def test_what_cannot_be_printed_is_marked_and_never_lost(typed: str, shown: str) -> None:
    record = performed()
    record["document"]["note"] = f"x {typed} y"
    record["patient"]["last_name"] = typed
    text = squeezed(text_of(chart(record)))
    assert squeezed(f"x {shown} y") in text
    assert text.count(squeezed(shown)) >= 3


def test_a_word_all_in_greek_or_cyrillic_letters_is_printed() -> None:
    record = performed()
    record["document"]["note"] = "Иванова, 5 µg, 10 μL, Ωμέγα"
    assert "Иванова, 5 µg, 10 μL, Ωμέγα" in text_of(chart(record))


def test_long_notes_many_lines_and_many_findings_run_on_over_numbered_pages() -> None:
    record = performed()
    sentences = [f"Sentence number {number} of a long note." for number in range(400)]
    record["document"]["note"] = " ".join(sentences)
    record["document"]["lines"] = [
        line("cheek", "left", f"1.{number:02}", 4, "erythema", f"note of line {number}")
        for number in range(12)
    ]
    record["judged"]["findings"] = [
        finding(
            f"item_{number}", f"Finding number {number}.", "reason_given", reason=f"Reason number {number}."
        )
        for number in range(40)
    ]
    pdf = chart(record, [signature(record)])
    pages = pages_of(pdf)
    text = " ".join(pages)
    assert len(pages) > 5
    assert [f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(
        pages
    )
    assert "Findings at the gate (continued)" in text
    squeezed_text = squeezed(text)
    furniture = squeezed("Notes (continued)")  # the gutter's title interrupts the note at the top of a page
    heads = [squeezed(page).split(furniture)[-1] for page in pages if "Notes (continued)" in page]
    assert len(heads) >= 2
    broken = [sentence for sentence in sentences if squeezed(sentence) not in squeezed_text]
    assert len(broken) <= len(heads)
    assert all(str(number) in squeezed_text for number in range(400))
    for number in range(12):
        assert f"note of line {number}" in text
    for number in range(40):
        assert f"Finding number {number}. Reason: Reason number {number}." in text


def test_nothing_is_drawn_outside_the_margins() -> None:
    record = performed()
    record["document"]["note"] = "w" * 3000 + " " + "i" * 3000
    record["patient"]["first_name"] = "Maximiliana " * 40
    record["document"]["lines"][1]["note"] = "W" * 300
    record["judged"]["findings"][0]["message"] = "M" * 500
    pdf = chart(record, [signature(record)], clinic_name="A clinic with a very long name " * 5)
    assert all(49 <= x <= 562 and 25 <= y <= 780 for x, y, _ in letters_drawn(pdf))
    text = squeezed(text_of(pdf))
    for letter, count in (("w", 3000), ("i", 3000), ("M", 500), ("W", 300)):
        assert text.count(letter) >= count


def test_a_line_break_in_a_note_breaks_the_line() -> None:
    record = performed()
    record["document"]["note"] = "first line\r\nsecond line\nthird"
    pieces = {text.strip(): y for _, y, text in letters_drawn(chart(record))}
    assert pieces["first line"] > pieces["second line"] > pieces["third"]


def test_reasons_and_fields_without_a_place_of_their_own_are_printed_under_notes() -> None:
    record = performed()
    record["document"]["reasons"].append({"code": "interval_short", "reason": "Patient travels tomorrow."})
    record["document"]["aftercare_sheet"] = "aftercare-es v1"
    record["document"]["something_new"] = {"amount_ml": "3", "by": ["reyes", "lind"]}
    text = text_of(chart(record))
    assert "Reason written for interval short Patient travels tomorrow." in text
    assert text.count("One 200 mg tablet") == 1  # it stands beside its finding
    assert "Aftercare sheet aftercare-es v1" in text
    assert "Something new amount ml: 3; by: reyes, lind" in text


def test_a_reason_that_its_finding_does_not_carry_is_not_lost() -> None:
    record = performed()
    record["judged"]["findings"][0]["reason"] = None
    assert text_of(chart(record)).count("One 200 mg tablet") == 1


def test_prp_is_printed_with_its_units() -> None:
    record = performed()
    record["document"]["prp"] = json.loads(
        resource_path("examples/visit-2-clean-prp.json").read_text(encoding="utf-8")
    )["prp"]
    text = text_of(chart(record, people={"reyes": "T. Reyes, RN", "lind": "G. Lind, NP"}))
    for expected in ("K-2231", "18 mL", "9.0 cm", "1500 × g", "3861 rpm", "8 min", "210000 per µL", "straw"):
        assert expected in text
    assert "Mockridge, Rowan, born 1985-06-30" in text
    assert "2026-11-23 10:05 UTC-06:00 T. Reyes, RN and G. Lind, NP, as written down" in text
    way = re.findall("Drawn(?= 2026)|Label read back|Spun, 1|Applied(?= 2026)", text.partition("custody")[2])
    assert way == ["Drawn", "Label read back", "Spun, 1", "Label read back", "Applied"], "as time went on"
    del record["document"]["prp"]["drawn_at"]
    assert "Drawn not recorded" in text_of(chart(record)), "a step without a time is printed all the same"


def test_a_read_back_says_whether_both_confirmed_it_themselves() -> None:
    record = performed()
    back = {"at": "2026-11-23T09:05:00-06:00", "by": ["reyes", "lind"], "by_own_password": True}
    record["document"]["prp"] = {"kit_lot": "K-2231", "read_back": [back]}
    assert "each by their own password" in text_of(chart(record))


def test_what_follows_from_an_anaesthetic_is_printed_with_its_unit() -> None:
    text = text_of(chart(performed()))
    for expected in ("800 mg", "0.5 g per 10 cm²", "30 min"):
        assert expected in text


def test_a_record_with_next_to_nothing_in_it_still_prints() -> None:
    record = deferred()
    record["document"] = {
        key: record["document"][key] for key in ("format", "patient", "service", "performer", "started_at")
    }
    record["pinned"] = dict.fromkeys(record["pinned"])
    record["patient"]["born_on"] = None
    text = text_of(chart(record))
    for expected in (
        "Born not recorded",
        "No consent is recorded.",
        "No screening answer is recorded.",
        "none in force",
    ):
        assert expected in text


def pen_points(pdf: bytes) -> list[list[tuple[float, float]]]:
    """The points of every pen stroke: reportlab draws each as one path of its own width."""
    drawn: list[list[tuple[float, float]]] = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        contents = page.get_contents()
        assert contents is not None
        content = " ".join(contents.get_data().decode("latin-1").split())
        for part in content.split(" 1.1 w ")[1:]:
            points = re.findall(r"([\d.]+) ([\d.]+) ([ml])\b", part.split(" S ")[0])
            for x, y, operator in points:
                if operator == "m":
                    drawn.append([])
                drawn[-1].append((float(x), float(y)))
    return drawn


def with_strokes(strokes: list[list[list[int]]]) -> dict[str, Any]:
    record = performed()
    record["document"]["consent"]["signature"]["strokes"] = strokes
    return record


def test_a_drawn_signature_keeps_its_shape_in_its_frame() -> None:
    across, down, dot = pen_points(
        chart(with_strokes([[[0, 0], [10_000, 0]], [[10_000, 0], [10_000, 10_000]], [[5_000, 5_000]]]))
    )
    (left, top), (right, level) = across
    assert level == top
    assert right - left == pytest.approx(164)
    assert down == [(right, top), (right, top - 48)]
    assert dot == [(left + 82, top - 24)] * 2


def test_points_outside_the_pad_are_drawn_at_its_edge() -> None:
    (inside,), (outside,) = (
        pen_points(chart(with_strokes([stroke])))
        for stroke in ([[0, 10_000], [10_000, 0]], [[-7, 99_999], [12_000, -1]])
    )
    assert inside == outside


def test_a_consent_without_a_drawn_signature_says_so() -> None:
    assert "No signature is drawn." in text_of(chart(with_strokes([])))
    assert "Signed by the patient, drawn on screen" in text_of(chart(performed()))


@pytest.mark.parametrize("name", ["visit-1-clean-face", "visit-2-clean-prp", "visit-3-isotretinoin"])
def test_the_shipped_examples_print(name: str) -> None:
    document = json.loads(resource_path(f"examples/{name}.json").read_text(encoding="utf-8"))
    record = performed() | {"document": document}
    for treated in document.get("lines", ()):
        assert treated["depth_mm"] in text_of(chart(record))


def test_aftercare_supervision_and_planned_areas_are_told_as_people_write_them() -> None:
    record = performed()
    record["document"] |= {
        "aftercare_sheet": "aftercare-en v1",
        "aftercare": {"given_at": "2026-11-23T11:05:00-06:00", "given_by": "reyes", "taught_back": True},
        "supervised_by": "lind",
        "planned_areas": ["upper_lip", "cheek"],
    }
    words = text_of(chart(record, people={"reyes": "T. Reyes, RN", "lind": "G. Lind, NP"}))
    text = squeezed(words)
    for said in (
        "Given 2026-11-23 11:05 UTC-06:00 by T. Reyes, RN; told back by the patient: yes",
        "G. Lind, NP",
        "upper lip, cheek",
        "aftercare-en v1",
    ):
        assert squeezed(said) in text, said
    assert "2026-11-23T11:05" not in words
    assert squeezed("given by: reyes") not in text


def test_the_title_of_a_section_that_goes_on_stands_clear_of_the_next_one() -> None:
    sheet = Sheet(title="T", language="en", margins=Margins("", ""), is_demo=False)
    with section(sheet, "Identity, exam and order"):
        sheet.new_page()
        top = sheet.y
        sheet.paragraph("One line.")
    assert top - sheet.y >= 3 * HEADING.leading


ROWS_OF = {
    "Endpoint Besides": "Forehead|Cheek|Nose|Chin|Upper lip",
    "Speed Radius": "3861 rpm",
    "When In whose hands": "Drawn|read back|Spun|Applied",
    "Step, as the protocol lists it": "T. Reyes|reyes",
}
"""What stands in the rows under a table's last titles."""


@pytest.mark.parametrize("words", range(0, 40, 3))
def test_no_page_ends_with_the_titles_of_a_table_whose_rows_are_on_the_next(words: int) -> None:
    document = full_visit()
    document["lines"][0]["note"] = "Spared one papule. " * words
    for page in pages_of(chart(performed() | {"document": document})):
        for titles, rows in ROWS_OF.items():
            _, is_there, below = page.partition(titles)
            assert not is_there or re.search(rows, below), titles


@pytest.mark.parametrize("words", range(90, 138, 6))
def test_what_is_written_at_length_begins_below_its_title_and_leaves_no_page_empty(words: int) -> None:
    document = full_visit() | {"note": "Calm throughout. " * 60}
    document["lines"][0]["note"] = "Spared one papule. " * words
    pages = pages_of(chart(performed() | {"document": document}))
    (begun,) = [page for page in pages if re.search(r"Notes Note", page)]
    assert begun.count("Calm throughout.") >= 3
    for page in pages:
        assert not re.search(r"Notes P-\d", page), "its title alone at the end of a page"


@pytest.mark.parametrize("calls", range(0, 60, 6))
def test_an_amendments_title_is_on_the_page_where_its_words_begin(calls: int) -> None:
    added = amendment("addendum", 1, text="She called in the evening. " * (10 + calls))
    corrected = amendment(
        "correction", 2, reason="Read wrongly. " * 20,
        correction={"path": "lines[0].depth_mm", "old": '"0.75"', "new": '"0.50"'},
    )  # fmt: skip
    again = amendment("addendum", 3, text="She called once more. " * 150)
    pages = pages_of(
        visit_record_pdf(
            performed(),
            (),
            amendments=(added, corrected, again),
            clinic_name="Sampleton Skin Studio",
            is_demo=False,
        )
    )
    for title, said in (
        ("1. Addendum", "She called in"),
        ("2. Correction", "Read wrongly."),
        ("3. Addendum", "She called once"),
    ):
        (begun,) = [page for page in pages if title in page]
        assert begun.partition(title)[2].count(said) >= 2, title


def amendment(kind: str, number: int, **changes: object) -> Amended:
    said = {
        "kind": kind,
        "amendment": number,
        "text": None,
        "reason": None,
        "correction": None,
        "right_patient": None,
        "happened_at": None,
        "signed_at": "2026-11-24T09:00:00.000Z",
        "utc_offset": "-06:00",
        "signer": {"name": "T. Reyes", "credential": "RN", "licence": "RN-3", "key": "a" * 64},
        "statement": "I add this to the signed record, which stays as it was signed.",
        "record_sha256": "b" * 64,
        "tree": {"size": 9, "root": "c" * 64},
    }
    return Amended(said | changes, "d" * 64)
