"""Amendments travel with the records that they are about, and every verifier holds each."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.bundles.container import write_container
from mnclinic.bundles.content import BundleContent
from mnclinic.bundles.write import bundle_members
from mnclinic.domain.amendment import KEPT, AmendmentKind
from mnclinic.services.amend_visit import amend_visit
from mnclinic.services.make_bundle import BundleMade, MakeBundle, make_bundle
from mnclinic.services.record_visit import record_visit
from mnclinic.services.see_amendment import see_amendment
from mnclinic.services.session import OpenClinic
from tests.bundles.test_scans import maker_of, members_of
from tests.bundles.test_solo import told_by_all
from tests.documents.reading import text_of
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, add_person, document, small_clinic

Members = dict[str, bytes]
BUNDLE = Path(__file__).parents[2] / "resources" / "bundle"
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@dataclass
class Amended:
    """A clinic with one visit that was amended in every way, and its bundle of the period."""

    clinic: SmallClinic
    owner: OpenClinic
    visit: str
    made: BundleMade
    members: Members

    def name(self, number: int, ending: str = "json") -> str:
        return f"data/visits/{self.visit}/amendment-{number}.{ending}"

    def resealed(self, members: Members) -> bytes:
        """What an insider makes of other payload."""
        payload = {name: data for name, data in members.items() if name.startswith("data/")}
        content = BundleContent(payload, (("X", "y"),), "Test", False, self.made.fingerprint, 0, 0)
        key = self.owner.installation_key
        return write_container(
            bundle_members(
                content, public=key.public, sign=key.sign, sign_as_maker=maker_of(members, self.owner)
            )
        )


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Amended]:
    folder = tmp_path_factory.mktemp("amended")
    clinic = small_clinic(folder / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="command").visit_id
        right = add_person(reyes, "Rightson")
        for kind in AmendmentKind:
            named = right if kind is AmendmentKind.WRONG_PATIENT else ""
            amend_visit(reyes, visit, of_kind(kind, named), by, shown="command")
    see_amendment(clinic.as_user("okafor"), visit, 1)
    owner = clinic.as_user("owner")
    made = make_bundle(owner, MakeBundle(FIRST, LAST, folder / "audit.zip", plain=True))
    yield Amended(clinic, owner, visit, made, members_of(made.file))
    clinic.close()


def test_every_amendment_is_in_the_bundle_and_valid_for_all(amended: Amended, tmp_path: Path) -> None:
    told = told_by_all(amended.made.file.read_bytes(), tmp_path, amended.made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    assert json.loads(amended.members["data/scope.json"])["format"] == "mnclinic.bundle/11"
    assert [amended.name(number) in amended.members for number in range(1, 6)] == [True] * 4 + [False]


def test_the_chart_in_the_bundle_shows_them(amended: Amended) -> None:
    chart = text_of(amended.members[f"data/visits/{amended.visit}/r1.pdf"])
    for words in (
        "WRONG PATIENT",
        "1. Addendum",
        "Slight redness after ten minutes.",
        "2. Correction",
        "1.25 mm",
        "1.00 mm",
        "Read off the wrong dial.",
        "3. Late entry",
        "Cold pack given.",
        "It happened 2026-11-23 08:30",
        "4. Filed to the wrong patient",
        "Seen by Dr I. Okafor as director",
    ):
        assert words in chart, words
    struck = chart.split("Depth, mm", 1)[1].partition("Device and supplies")[0]
    assert "1.00" in struck, "where the field stands"
    assert "Rightson" not in chart, "another patient's name is in nobody else's chart"


@pytest.mark.parametrize("number", ["P-000001", "P-000002"])
def test_a_bundle_of_either_patient_is_valid_for_all(amended: Amended, number: str, tmp_path: Path) -> None:
    asked = MakeBundle(None, None, tmp_path / "one.zip", plain=True, patient=number)
    made = make_bundle(amended.owner, asked)
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    inside = members_of(made.file)
    assert (amended.name(1) in inside) == (number == "P-000001")
    other = b"Rightson" if number == "P-000001" else b"Testerman"
    assert not any(other in data for data in inside.values())


def _without(number: int, *endings: str) -> Callable[[Amended], Members]:
    return lambda one: {
        name: data
        for name, data in one.members.items()
        if name not in {one.name(number, ending) for ending in endings}
    }


def _says(number: int, **other: object) -> Callable[[Amended], Members]:
    def spoil(one: Amended) -> Members:
        said = json.loads(one.members[one.name(number)]) | other
        return one.members | {one.name(number): canonical_bytes(said)}

    return spoil


def _swapped(one: Amended) -> Members:
    return one.members | {one.name(1, ending): one.members[one.name(3, ending)] for ending in ("json", "sig")}


def _of_older_form(one: Amended) -> Members:
    scope = json.loads(one.members["data/scope.json"]) | {"format": "mnclinic.bundle/3"}
    return one.members | {"data/scope.json": canonical_bytes(scope)}


def _none_of_them(one: Amended) -> Members:
    return {name: data for name, data in one.members.items() if "amendment-" not in name}


NOT_ITS_SIGNATURE = "The signature does not belong to this record."
GONE = "speaks of an amendment (amendment.{}) that is not in the bundle."
LIE = {"path": "lines[0].depth_mm", "old": '"2.00"', "new": '"1.00"'}
KEPT_PART = "This corrects a part of the record that no correction changes."
OF_CONSENT = {"path": "consent.signed_at", "old": '"2.00"', "new": '"1.00"'}
READ_BACK = {"path": "prp.read_back[0].at", "old": '"2.00"', "new": '"1.00"'}
WHOLE_GROUP = {"path": "prp", "old": None, "new": '{"kit_lot":"K-1"}'}
NO_FIELD = {"path": "lines[4].depth_mm", "old": '"2.00"', "new": '"1.00"'}


@pytest.mark.parametrize(
    ("spoil", "verdict", "words"),
    [
        (_without(4, "json", "sig"), "INCOMPLETE", GONE.format("wrong_patient")),
        (_without(1, "json", "sig"), "INCOMPLETE", "An amendment before this one is not in the bundle."),
        (_without(2, "sig"), "INCOMPLETE", "The signature that belongs to this record is missing."),
        (_none_of_them, "INCOMPLETE", GONE.format("addendum")),
        (_says(1, text="Nothing at all."), "ALTERED", NOT_ITS_SIGNATURE),
        (_says(1, text="Nothing at all."), "ALTERED", "The log never speaks of this amendment."),
        (_says(2, correction=LIE), "ALTERED", "The old value that this names is not what the record says."),
        (_says(2, correction=NO_FIELD), "ALTERED", "This corrects a field that the record does not have."),
        (_says(2, correction=OF_CONSENT), "ALTERED", KEPT_PART),
        (_says(2, correction=READ_BACK), "ALTERED", KEPT_PART),
        (_says(2, correction=WHOLE_GROUP), "ALTERED", KEPT_PART),
        (_says(2, correction=None), "ALTERED", "This does not say what an amendment of its kind says."),
        (_says(1, revision=2), "ALTERED", "This amendment was signed for another visit or revision."),
        (_says(1, record_sha256="0" * 64), "ALTERED", "This amendment was signed for another record."),
        (_says(4, right_patient=None), "ALTERED", NOT_ITS_SIGNATURE),
        (_swapped, "ALTERED", "This amendment was signed for another visit or revision."),
        (_of_older_form, "ALTERED", "Bundles of this form hold no amendments."),
        (_says(1, format="mnclinic.amendment/9"), "ALTERED", "not in the form that the clinic signs"),
    ],
)
def test_what_an_insider_does_to_an_amendment_is_told_by_all(
    amended: Amended, tmp_path: Path, spoil: Callable[[Amended], Members], verdict: str, words: str
) -> None:
    told = told_by_all(amended.resealed(spoil(amended)), tmp_path, amended.made.fingerprint)
    assert told["verdict"] == verdict, told["findings"]
    assert any(words in one["what"] for one in told["findings"]), told["findings"]


def test_the_verifiers_that_stand_alone_know_which_parts_no_correction_changes() -> None:
    wanted = sorted(KEPT)
    in_python = re.search(r"^KEPT = \((.*?)^\)", (BUNDLE / "verify.py").read_text("utf-8"), re.M | re.S)
    in_page = re.search(r"^const KEPT = new Set\((.*?)\);", (BUNDLE / "index.html").read_text("utf-8"), re.M)
    assert in_python is not None
    assert in_page is not None
    assert sorted(re.findall(r'"([a-z_.]+)"', in_python[1])) == wanted
    assert json.loads(in_page[1]) == wanted
