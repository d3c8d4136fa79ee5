"""Recalls and follow-up contacts travel, of a person what concerns them; each verifier tells what changed."""

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.bundles.container import write_container
from mnclinic.bundles.content import (
    FOLLOW_UPS_OUTSIDE,
    RECALL_CONTACTS_OUTSIDE,
    RECALLS_OUTSIDE,
    BundleContent,
)
from mnclinic.bundles.write import bundle_members
from mnclinic.domain.amendment import AmendmentKind
from mnclinic.errors import DatabaseDamaged
from mnclinic.models import RecallContact
from mnclinic.services import close_recall
from mnclinic.services.amend_visit import amend_visit
from mnclinic.services.make_bundle import CLOSING, BundleMade, MakeBundle, make_bundle
from mnclinic.services.recall_rows import contact_bytes
from mnclinic.services.record_follow_up import NewTry, record_follow_up
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject
from tests.bundles.test_scans import maker_of, members_of
from tests.bundles.test_solo import told_by_all
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, add_person, document, small_clinic
from tests.services.reading import log_size
from tests.services.recalling import NOTICE, close_one, open_one, reach
from tests.services.test_follow_up import CALL
from tests.store.raw import with_database_key

Members = dict[str, bytes]
FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)
DECEMBER = date(2026, 12, 1)
SCOPE = "data/scope.json"


@dataclass
class Called:
    """A drill in November that touched Ada, and a recall in December that touched her and Bea, closed."""

    clinic: SmallClinic
    owner: OpenClinic
    drill: str
    recall: str
    tries: tuple[str, str]
    """The follow-up contacts: in November after Ada's visit, in December after Bea's."""
    made: BundleMade
    members: Members
    december: Members
    one: BundleMade
    """About Ada, without a period."""
    of_ada: Members

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


def _visit(reyes: OpenClinic, by: Any, first_name: str, **times: str) -> str:  # noqa: ANN401 - a signer
    patient = {"last_name": "Testerman", "first_name": first_name, "born_on": "1990-04-23"}
    return record_visit(reyes, document(patient=patient, **times), by, shown="command").visit_id


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Called]:
    folder = tmp_path_factory.mktemp("called")
    clinic = small_clinic(folder / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        ada = _visit(reyes, by, "Ada")
    drill = open_one(clinic.as_user("okafor"), is_drill=True, notice=None)
    reach(clinic.as_user("okafor"), drill, text="A drill.")
    clinic.clock.at += timedelta(days=2)
    with clinic.signing("reyes") as (reyes, by):
        first = record_follow_up(reyes, ada, CALL, NewTry("telephone", "voicemail")).try_id
    clinic.clock.at += timedelta(days=8)
    with clinic.signing("reyes") as (reyes, by):
        times = {"started_at": "2026-12-03T08:00:00-06:00", "ended_at": "2026-12-03T08:40:00-06:00"}
        bea = _visit(reyes, by, "Bea", **times)
    clinic.clock.at += timedelta(days=2)
    with clinic.signing("reyes") as (reyes, by):
        second = record_follow_up(
            reyes, bea, CALL, NewTry("telephone", "no_answer", note="Rang long.")
        ).try_id
    recall = open_one(clinic.as_user("okafor"))
    reach(clinic.as_user("okafor"), recall, how="letter", outcome="sent", text="Sent to Ada.")
    reach(clinic.as_user("okafor"), recall, "P-000002", text="Bea is well.")
    reach(clinic.as_user("okafor"), recall)
    close_one(clinic, recall, "Bea Testerman was told too.")
    owner = clinic.as_user("owner")
    of_december = make_bundle(owner, MakeBundle(DECEMBER, LAST, folder / "december.zip", plain=True))
    asked = MakeBundle(None, None, folder / "one.zip", plain=True, patient="P-000001")
    one = make_bundle(owner, asked)
    made = make_bundle(owner, MakeBundle(FIRST, LAST, folder / "audit.zip", plain=True))
    yield Called(
        *(clinic, owner, drill, recall, (first, second), made, members_of(made.file)),
        *(members_of(of_december.file), one, members_of(one.file)),
    )
    clinic.close()


def _withheld(members: Members) -> list[int]:
    told = {one["what"]: one["count"] for one in json.loads(members[SCOPE])["withheld"]}
    return [told[one] for one in (RECALLS_OUTSIDE, RECALL_CONTACTS_OUTSIDE, FOLLOW_UPS_OUTSIDE)]


def _told(called: Called, members: Members, tmp_path: Path) -> dict[str, Any]:
    return told_by_all(called.resealed(members), tmp_path, called.made.fingerprint)


def _of_recalls(members: Members) -> set[str]:
    return {name for name in members if name.startswith("data/recalls/")}


def test_a_period_has_the_whole_of_each_recall_and_every_try_and_is_valid_for_all(
    called: Called, tmp_path: Path
) -> None:
    told = told_by_all(called.made.file.read_bytes(), tmp_path, called.made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    scope = json.loads(called.members[SCOPE])
    assert scope["format"] == "mnclinic.bundle/11"
    assert _withheld(called.members) == [0, 0, 0]
    folder = f"data/recalls/{called.recall}"
    files = (
        "recall.json",
        "closure.json",
        "closure.sig",
        "notice.pdf",
        *(f"contact-{n}.json" for n in (1, 2, 3)),
    )
    drill = {f"data/recalls/{called.drill}/{one}" for one in ("recall.json", "contact-1.json")}
    assert _of_recalls(called.members) == {f"{folder}/{one}" for one in files} | drill | {
        "data/recalls/people.json"
    }
    recall = json.loads(called.members[f"{folder}/recall.json"])
    assert (recall["named"], [one["visits"] for one in recall["people"]]) == (
        "LOT-1",
        [["V-000001"], ["V-000002"]],
    )
    assert called.members[f"{folder}/notice.pdf"] == NOTICE
    assert json.loads(called.members[f"{folder}/closure.json"])["text"] == "Bea Testerman was told too."
    names = json.loads(called.members["data/recalls/people.json"])["people"]
    assert {one["name"] for one in names} == {"Testerman, Ada", "Testerman, Bea"}
    tries = [json.loads(called.members[f"data/follow-ups/{one}.json"]) for one in called.tries]
    assert [(one["step"], one["outcome"]) for one in tries] == [(CALL, "voicemail"), (CALL, "no_answer")]


def test_what_was_to_be_made_after_each_treatment_and_how_it_stood_is_there(called: Called) -> None:
    of_ada, of_bea = (
        json.loads(called.members[f"data/follow-ups/{one}.json"])["visit"] for one in called.tries
    )
    planned = json.loads(called.members["data/follow-ups/planned.json"])
    stood = {
        one["visit"]: (one["due_at"], one["state"]) for one in planned["contacts"] if one["step"] == CALL
    }
    assert stood == {
        of_ada: ("2026-11-25T16:00:00.000Z", "over"),
        of_bea: ("2026-12-05T14:40:00.000Z", "due"),
    }
    theirs = json.loads(called.of_ada["data/follow-ups/planned.json"])
    assert {one["visit"] for one in theirs["contacts"]} == {of_ada}


def test_a_period_leaves_out_what_is_neither_of_its_days_nor_of_its_visits_and_counts_it(
    called: Called, tmp_path: Path
) -> None:
    told = _told(called, called.december, tmp_path)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    assert _withheld(called.december) == [1, 1, 1]
    assert not any(called.drill in name for name in called.december)
    assert f"data/recalls/{called.recall}/recall.json" in called.december
    names = json.loads(called.december["data/recalls/people.json"])["people"]
    assert len(names) == 2, "also who has no visit in the period is named on the list"
    assert f"data/follow-ups/{called.tries[0]}.json" not in called.december
    notes = [one["what"] for one in told["notes"]]
    assert "The log speaks of 1 recall outside the period." in notes
    assert (
        "The log speaks of 1 follow-up contact outside the period. "
        "After which visit each was, it does not say."
    ) in notes


def test_a_recall_of_a_visit_and_a_try_after_it_come_with_it_whenever_they_were_written_down(
    called: Called, tmp_path: Path
) -> None:
    asked = MakeBundle(FIRST, date(2026, 11, 24), tmp_path / "november.zip", plain=True)
    inside = members_of(make_bundle(called.owner, asked).file)
    assert f"data/recalls/{called.recall}/closure.sig" in inside, "opened in December, of a visit in November"
    assert f"data/follow-ups/{called.tries[0]}.json" in inside, "written down on the day after the last one"
    assert _withheld(inside) == [0, 0, 1]
    assert _told(called, inside, tmp_path)["verdict"] == "VALID"


def test_a_person_has_of_a_recall_what_concerns_them_and_nobody_else(called: Called, tmp_path: Path) -> None:
    told = told_by_all(called.one.file.read_bytes(), tmp_path, called.one.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    assert json.loads(called.of_ada[SCOPE])["format"] == "mnclinic.bundle/12"
    recall, drill = (f"data/recalls/{one}" for one in (called.recall, called.drill))
    assert _of_recalls(called.of_ada) == {
        *("data/recalls/person.json", f"{drill}/contact-1.json", f"{recall}/notice.pdf"),
        *(f"{recall}/contact-1.json", f"{recall}/contact-2.json"),
    }
    said = json.loads(called.of_ada["data/recalls/person.json"])
    assert said["patient"] == json.loads(called.of_ada[SCOPE])["patient"]["ref"]
    assert [
        (one["named"], one["visits"], one["people"], one["closed_at"] is None) for one in said["recalls"]
    ] == [
        ("LOT-1", ["V-000001"], 1, True),
        ("LOT-1", ["V-000001"], 2, False),
    ]
    assert f"data/follow-ups/{called.tries[0]}.json" in called.of_ada
    everything = b"".join(data for name, data in called.of_ada.items() if name.startswith("data/"))
    bea = json.loads(called.members[f"data/recalls/{called.recall}/recall.json"])["people"]
    others = {one["patient"] for one in bea} - {said["patient"]}
    assert len(others) == 1
    for one in (b"Bea", b"V-000002", b"P-000002", *(ref.encode() for ref in others)):
        assert one not in everything, one


def test_a_person_s_bundle_of_a_period_counts_their_recalls_outside_of_it(
    called: Called, tmp_path: Path
) -> None:
    asked = MakeBundle(DECEMBER, LAST, tmp_path / "one.zip", plain=True, patient="P-000001")
    made = make_bundle(called.owner, asked)
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    inside = members_of(made.file)
    assert _withheld(inside) == [1, 1, 1]
    assert json.loads(inside["data/recalls/person.json"])["outside"] == 1
    assert not any(called.drill in name for name in inside)


def test_who_was_on_one_list_alone_has_nothing_of_the_other_recall(called: Called, tmp_path: Path) -> None:
    asked = MakeBundle(None, None, tmp_path / "one.zip", plain=True, patient="P-000002")
    made = make_bundle(called.owner, asked)
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    inside = members_of(made.file)
    recalls = json.loads(inside["data/recalls/person.json"])["recalls"]
    assert [(one["id"], one["visits"]) for one in recalls] == [(called.recall, ["V-000002"])]
    assert not any(called.drill in name for name in inside)


def test_a_try_of_the_period_is_there_without_its_visit(called: Called, tmp_path: Path) -> None:
    day = date(2026, 11, 25)
    asked = MakeBundle(day, day, tmp_path / "one.zip", plain=True, patient="P-000001")
    made = make_bundle(called.owner, asked)
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    inside = members_of(made.file)
    assert f"data/follow-ups/{called.tries[0]}.json" in inside
    assert not any(name.startswith("data/visits/") for name in inside)
    assert _withheld(inside) == [2, 3, 0], "both recalls and what was told Ada about them"


def test_where_there_was_no_recall_there_is_no_list_and_the_making_says_so(tmp_path: Path) -> None:
    clinic = small_clinic(tmp_path / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="command")
    for asked in (
        MakeBundle(FIRST, LAST, tmp_path / "all.zip", plain=True),
        MakeBundle(None, None, tmp_path / "one.zip", plain=True, patient="P-000001"),
    ):
        made = make_bundle(clinic.as_user("owner"), asked)
        inside = members_of(made.file)
        assert not _of_recalls(inside)
        assert json.loads(inside[SCOPE])["made"]["detail"]["recalls_sha256"] is None
        assert told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)["verdict"] == "VALID"
    clinic.close()


Spoil = Callable[[Called, Members], Members]


def _place(called: Called, name: str) -> str:
    return name.format(
        recall=f"data/recalls/{called.recall}",
        drill=f"data/recalls/{called.drill}",
        tried=f"data/follow-ups/{called.tries[0]}",
    )


def _without(*names: str) -> Spoil:
    return lambda called, members: {
        name: data for name, data in members.items() if name not in {_place(called, one) for one in names}
    }


def _says(place: str, **other: object) -> Spoil:
    def spoil(called: Called, members: Members) -> Members:
        name = _place(called, place)
        return members | {name: canonical_bytes(json.loads(members[name]) | other)}

    return spoil


def _bytes(place: str, data: bytes) -> Spoil:
    return lambda called, members: members | {_place(called, place): data}


def _copied(old: str, new: str, **other: object) -> Spoil:
    """The same lies at another place too, and says other things."""

    def spoil(called: Called, members: Members) -> Members:
        data = members[_place(called, old)]
        if other:
            data = canonical_bytes(json.loads(data) | other)
        return members | {_place(called, new): data}

    return spoil


def _both(*spoils: Spoil) -> Spoil:
    def spoil(called: Called, members: Members) -> Members:
        for one in spoils:
            members = one(called, members)
        return members

    return spoil


def _swapped(called: Called, members: Members) -> Members:
    first, second = (_place(called, f"{{recall}}/contact-{number}.json") for number in (1, 2))
    return members | {first: members[second], second: members[first]}


def _told_as_outside(what: str) -> Spoil:
    def spoil(_: Called, members: Members) -> Members:
        scope = json.loads(members[SCOPE])
        for one in scope["withheld"]:
            one["count"] += one["what"] == what
        return members | {SCOPE: canonical_bytes(scope)}

    return spoil


def _first_of_list(**other: object) -> Spoil:
    """Of a list whose hash the entry of the making holds, the first row says other things; or it is gone."""

    def spoil(_: Called, members: Members) -> Members:
        name = next(one for one in ("data/recalls/person.json", "data/recalls/people.json") if one in members)
        said = json.loads(members[name])
        (key,) = said.keys() & {"recalls", "people"}
        said[key] = [said[key][0] | other, *said[key][1:]] if other else said[key][1:]
        return members | {name: canonical_bytes(said)}

    return spoil


NEVER = str(uuid.UUID(int=5))
OF_BEFORE = "mnclinic.bundle/9"
NOT_THE_ONE = "This recall is not the one that the log speaks of."
NEVER_SPOKEN = "The log never speaks of this contact."
OTHER_LIST = "This list is not the one that the log's entry of the making names."
ANOTHERS = "This closure was signed for another recall."
NO_SUCH_SIGNATURE = "The signature does not belong to this record."
COUNTS = "This counts people otherwise than the list and the contacts of its recall."
NOT_THE_TRY = "This follow-up contact is not the one that the log speaks of."
PEOPLE, PERSON = "data/recalls/people.json", "data/recalls/person.json"
PLAN = "data/follow-ups/planned.json"


OF_THE_PLAN = [
    (_says(PLAN, contacts=[]), "ALTERED", PLAN, OTHER_LIST),
    (_says(PLAN, at="2026-11-23T15:00:00.000Z"), "ALTERED", PLAN, OTHER_LIST),
    (_without(PLAN), "INCOMPLETE", PLAN, "names this list, which is not in the bundle."),
]


@pytest.mark.parametrize(
    ("spoil", "verdict", "where", "words"),
    [
        *OF_THE_PLAN,
        (_says("{recall}/recall.json", reason="Nothing."), "ALTERED", "{recall}/recall.json", NOT_THE_ONE),
        (_says("{recall}/recall.json", people=[]), "ALTERED", "{recall}/recall.json", NOT_THE_ONE),
        (_says("{recall}/recall.json", people=[]), "ALTERED", "{recall}/closure.json", ANOTHERS),
        (_says("{recall}/recall.json", people=[]), "ALTERED", "{recall}/contact-1.json", "not on the list"),
        (
            _without("{recall}/recall.json"),
            "INCOMPLETE",
            "{recall}/recall.json",
            "beside it are about is not",
        ),
        (
            _without("{drill}/recall.json", "{drill}/contact-1.json"),
            "INCOMPLETE",
            "recall ",
            "speaks of a recall of 2026-11-23, which is not in the bundle.",
        ),
        (
            _both(
                _without("{drill}/recall.json", "{drill}/contact-1.json"),
                _told_as_outside(RECALLS_OUTSIDE),
                _told_as_outside(RECALL_CONTACTS_OUTSIDE),
            ),
            "INCOMPLETE",
            "recall ",
            "speaks of a recall of 2026-11-23, which is not in the bundle.",
        ),
        (
            _copied("{recall}/recall.json", f"data/recalls/{NEVER}/recall.json", id=NEVER),
            "ALTERED",
            f"data/recalls/{NEVER}/recall.json",
            "The log never speaks of this recall.",
        ),
        (
            _copied("{recall}/recall.json", "{drill}/recall.json"),
            "ALTERED",
            "{drill}/recall.json",
            "This was written down about another recall.",
        ),
        (_says("{recall}/contact-2.json", text="x"), "ALTERED", "{recall}/contact-2.json", NEVER_SPOKEN),
        (
            _without("{recall}/contact-3.json"),
            "INCOMPLETE",
            "recall contact ",
            "a contact about a recall that",
        ),
        (
            _without("{recall}/contact-2.json"),
            "INCOMPLETE",
            "{recall}/contact-3.json",
            "A contact before this",
        ),
        (
            _copied("{recall}/contact-3.json", "{recall}/contact-4.json", id=NEVER),
            "ALTERED",
            "{recall}/contact-4.json",
            NEVER_SPOKEN,
        ),
        (
            _both(
                _copied("{recall}/contact-3.json", "{drill}/contact-2.json"),
                _without("{recall}/contact-3.json"),
            ),
            "ALTERED",
            "{drill}/contact-2.json",
            "This was written down about another recall.",
        ),
        (
            _both(
                _copied("{recall}/contact-3.json", "{drill}/contact-2.json"),
                _without("{recall}/contact-3.json"),
            ),
            "ALTERED",
            "{recall}/closure.json",
            COUNTS,
        ),
        (_swapped, "ALTERED", "{recall}/contact-2.json", "not in the order in which they were made."),
        (_says("{recall}/closure.json", text="All."), "ALTERED", "{recall}/closure.json", NO_SUCH_SIGNATURE),
        (_bytes("{recall}/closure.sig", b"x" * 64), "ALTERED", "{recall}/closure.json", NO_SUCH_SIGNATURE),
        (
            _says("{recall}/closure.json", statement="I."),
            "ALTERED",
            "{recall}/closure.json",
            "not in the form",
        ),
        (
            _without("{recall}/closure.sig"),
            "INCOMPLETE",
            "{recall}/closure.json",
            "The signature that belongs",
        ),
        (
            _without("{recall}/closure.json"),
            "INCOMPLETE",
            "{recall}/closure.json",
            "What this signature belongs to is not in the bundle.",
        ),
        (
            _without("{recall}/closure.json", "{recall}/closure.sig"),
            "INCOMPLETE",
            "{recall}/closure.json",
            "speaks of a closure that is not in the bundle.",
        ),
        (
            _both(
                _copied("{recall}/closure.json", "{drill}/closure.json"),
                _copied("{recall}/closure.sig", "{drill}/closure.sig"),
            ),
            "ALTERED",
            "{drill}/closure.json",
            "The log never speaks of this closure.",
        ),
        (
            _bytes("{recall}/notice.pdf", b"%PDF"),
            "ALTERED",
            "{recall}/notice.pdf",
            "not the one that was attached",
        ),
        (
            _without("{recall}/notice.pdf"),
            "INCOMPLETE",
            "{recall}/notice.pdf",
            "The notice of this recall is not",
        ),
        (
            _bytes("{drill}/notice.png", b"x"),
            "ALTERED",
            "{drill}/notice.png",
            "This is no notice of this recall.",
        ),
        (_bytes("{drill}/letter.txt", b"x"), "ALTERED", "{drill}/letter.txt", "no place among the recalls."),
        (_bytes(PERSON, b"{}"), "ALTERED", PERSON, "no place among the recalls."),
        (_first_of_list(name="Nobody"), "ALTERED", PEOPLE, OTHER_LIST),
        (_first_of_list(), "ALTERED", PEOPLE, OTHER_LIST),
        (_without(PEOPLE), "INCOMPLETE", PEOPLE, "names this list, which is not in the bundle."),
        (_says("{tried}.json", outcome="well"), "ALTERED", "{tried}.json", NOT_THE_TRY),
        (_says("{tried}.json", due_at="2026-11-25T15:00:00.000Z"), "ALTERED", "{tried}.json", NOT_THE_TRY),
        (_without("{tried}.json"), "INCOMPLETE", "follow-up contact ", "of 2026-11-25, which is not in the"),
        (
            _both(_without("{tried}.json"), _told_as_outside(FOLLOW_UPS_OUTSIDE)),
            "INCOMPLETE",
            "follow-up contact ",
            "of 2026-11-25, which is not in the",
        ),
        (
            _copied("{tried}.json", f"data/follow-ups/{NEVER}.json", id=NEVER),
            "ALTERED",
            f"data/follow-ups/{NEVER}.json",
            "The log never speaks of this follow-up contact.",
        ),
        (
            _copied("{tried}.json", f"data/follow-ups/{NEVER}.json"),
            "ALTERED",
            f"data/follow-ups/{NEVER}.json",
            "This was written down about another follow-up contact.",
        ),
        (
            _bytes("data/follow-ups/x.txt", b"x"),
            "ALTERED",
            "data/follow-ups/x.txt",
            "among the follow-up contacts.",
        ),
    ],
)
def test_what_an_insider_does_to_a_period_s_recalls_and_tries_is_told_by_all_with_its_place(
    called: Called, tmp_path: Path, spoil: Spoil, verdict: str, where: str, words: str
) -> None:
    told = _told(called, spoil(called, called.members), tmp_path)
    assert told["verdict"] == verdict, told["findings"]
    place = _place(called, where)
    assert any(place in one["where"] and words in one["what"] for one in told["findings"]), told["findings"]


@pytest.mark.parametrize(
    ("spoil", "verdict", "where", "words"),
    [
        *OF_THE_PLAN,
        (_first_of_list(reason="Nothing."), "ALTERED", PERSON, OTHER_LIST),
        (_first_of_list(visits=[]), "ALTERED", PERSON, OTHER_LIST),
        (_first_of_list(), "ALTERED", PERSON, OTHER_LIST),
        (_first_of_list(), "ALTERED", "{drill}", "The list of this person's recalls does not name this one."),
        (_first_of_list(id=NEVER), "ALTERED", PERSON, OTHER_LIST),
        (_says(PERSON, outside=1), "ALTERED", PERSON, OTHER_LIST),
        (_says(PERSON, patient=NEVER), "ALTERED", PERSON, "This list is about another person."),
        (_without(PERSON), "INCOMPLETE", PERSON, "names this list, which is not in the bundle."),
        (_says("{recall}/contact-2.json", text="x"), "ALTERED", "{recall}/contact-2.json", NEVER_SPOKEN),
        (
            _without("{recall}/contact-2.json"),
            "INCOMPLETE",
            "recall contact ",
            "a contact about a recall that",
        ),
        (
            _both(_without("{recall}/contact-2.json"), _told_as_outside(RECALL_CONTACTS_OUTSIDE)),
            "INCOMPLETE",
            "recall contact ",
            "a contact about a recall that",
        ),
        (
            _copied("{recall}/contact-2.json", "{recall}/contact-3.json", id=NEVER),
            "ALTERED",
            "{recall}/contact-3.json",
            NEVER_SPOKEN,
        ),
        (
            _bytes("{recall}/notice.pdf", b"%PDF"),
            "ALTERED",
            "{recall}/notice.pdf",
            "not the one that was attached",
        ),
        (
            _without("{recall}/notice.pdf"),
            "INCOMPLETE",
            "{recall}/notice.pdf",
            "The notice of this recall is not",
        ),
        (
            _bytes("{recall}/recall.json", b"{}"),
            "ALTERED",
            "{recall}/recall.json",
            "no place among the recalls.",
        ),
        (_says("{tried}.json", outcome="well"), "ALTERED", "{tried}.json", NOT_THE_TRY),
        (_without("{tried}.json"), "INCOMPLETE", "follow-up contact ", "of 2026-11-25, which is not in the"),
        (
            _copied("{tried}.json", f"data/follow-ups/{NEVER}.json", id=NEVER),
            "ALTERED",
            f"data/follow-ups/{NEVER}.json",
            "The log never speaks of this follow-up contact.",
        ),
    ],
)
def test_what_an_insider_does_to_a_person_s_recalls_and_tries_is_told_by_all_with_its_place(
    called: Called, tmp_path: Path, spoil: Spoil, verdict: str, where: str, words: str
) -> None:
    told = _told(called, spoil(called, called.of_ada), tmp_path)
    assert told["verdict"] == verdict, told["findings"]
    place = _place(called, where)
    assert any(place in one["where"] and words in one["what"] for one in told["findings"]), told["findings"]


@pytest.mark.parametrize("what", [RECALLS_OUTSIDE, RECALL_CONTACTS_OUTSIDE, FOLLOW_UPS_OUTSIDE])
@pytest.mark.parametrize("which", ["members", "december", "of_ada"])
def test_what_is_withheld_is_counted_by_all(called: Called, tmp_path: Path, which: str, what: str) -> None:
    told = _told(called, _told_as_outside(what)(called, getattr(called, which)), tmp_path)
    assert (told["verdict"], [one["what"] for one in told["findings"]]) == (
        "INCOMPLETE",
        [f"The count of {what} is not the one that the log gives."],
    )


def test_a_contact_that_is_told_to_be_of_a_recall_outside_is_missed_by_the_director_s_count(
    called: Called, tmp_path: Path
) -> None:
    gone = _both(_without("{recall}/contact-3.json"), _told_as_outside(RECALL_CONTACTS_OUTSIDE))
    told = _told(called, gone(called, called.december), tmp_path)
    assert (told["verdict"], told["findings"]) == (
        "ALTERED",
        [{"where": f"data/recalls/{called.recall}/closure.json", "what": COUNTS}],
    )


def test_a_form_of_before_holds_neither(called: Called, tmp_path: Path) -> None:
    scope = json.loads(called.members[SCOPE]) | {"format": OF_BEFORE}
    for claim in ("planned_sha256", "recalls_sha256"):
        del scope["made"]["detail"][claim]
    told = _told(called, called.members | {SCOPE: canonical_bytes(scope)}, tmp_path)
    assert told["verdict"] == "ALTERED"
    said = {(one["where"], one["what"]) for one in told["findings"]}
    recall = f"data/recalls/{called.recall}/recall.json"
    assert (recall, "Bundles of this form hold no recalls.") in said
    tried = f"data/follow-ups/{called.tries[0]}.json"
    assert (tried, "Bundles of this form hold no follow-up contacts.") in said


@pytest.fixture
def treated(tmp_path: Path) -> Iterator[SmallClinic]:
    """A clinic with one treated visit."""
    clinic = small_clinic(tmp_path / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="command")
    yield clinic
    clinic.close()


def _told_of(clinic: SmallClinic, tmp_path: Path) -> list[dict[str, str]]:
    asked = MakeBundle(FIRST, LAST, tmp_path / "audit.zip", plain=True)
    made = make_bundle(clinic.as_user("owner"), asked)
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert told["verdict"] == "ALTERED"
    return list(told["findings"])


def test_a_closure_that_the_rules_did_not_let_through_is_told_by_all(
    treated: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recall = open_one(treated.as_user("okafor"))
    monkeypatch.setattr(close_recall, "refusals_of_closing", lambda *_, **__: [])
    close_one(treated, recall)
    assert _told_of(treated, tmp_path) == [
        {
            "where": f"data/recalls/{recall}/closure.json",
            "what": "This was signed while the rules still kept the recall open.",
        }
    ]


def test_a_contact_after_the_end_is_told_by_all(treated: SmallClinic, tmp_path: Path) -> None:
    okafor = treated.as_user("okafor")
    recall = open_one(okafor)
    reach(okafor, recall)
    close_one(treated, recall)
    okafor = treated.as_user("okafor")
    with okafor.work() as work:
        before = work.session.query(RecallContact).one()
        row = RecallContact(
            id=NEVER,
            recall_id=recall,
            patient_ref=before.patient_ref,
            how="email",
            outcome="sent",
            text="",
            recorded_by=okafor.person.staff_id,
            recorded_at=okafor.clock.now(),
        )
        work.session.add(row)
        thing = LoggedObject("recall_contact", row.id, 1, contact_bytes(row))
        work.log.record(
            Act("recall.contacted", "C", subject=row.patient_ref, object=thing, categories=("supplies",))
        )
        work.commit()
    assert _told_of(treated, tmp_path) == [
        {
            "where": f"data/recalls/{recall}/contact-2.json",
            "what": "This was written down after its recall was closed.",
        }
    ]


def test_a_try_after_a_visit_of_the_wrong_patient_stays_with_the_visit(tmp_path: Path) -> None:
    clinic = small_clinic(tmp_path / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="command").visit_id
        right = add_person(reyes, "Rightson")
        amend_visit(reyes, visit, of_kind(AmendmentKind.WRONG_PATIENT, right), by, shown="command")
    clinic.clock.at += timedelta(days=2)
    with clinic.signing("reyes") as (reyes, by):
        tried = record_follow_up(reyes, visit, CALL, NewTry("telephone", "voicemail")).try_id
    for number, is_held in (("P-000001", True), ("P-000002", False)):
        asked = MakeBundle(None, None, tmp_path / f"{number}.zip", plain=True, patient=number)
        made = make_bundle(clinic.as_user("owner"), asked)
        told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
        assert (told["verdict"], told["findings"]) == ("VALID", [])
        assert (f"data/follow-ups/{tried}.json" in members_of(made.file)) is is_held
    clinic.close()


def test_a_recall_that_came_while_the_bundle_was_made_is_in_it_without_names(
    treated: SmallClinic, tmp_path: Path
) -> None:
    opened = list[str]()

    def meanwhile(step: str, _done: int, _of: int) -> bool:
        if step == CLOSING:
            opened.append(open_one(treated.as_user("okafor")))
            reach(treated.as_user("okafor"), opened[0])
            close_one(treated, opened[0])
        return True

    asked = MakeBundle(FIRST, LAST, tmp_path / "audit.zip", plain=True)
    made = make_bundle(treated.as_user("owner"), asked, watch=meanwhile)
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    files = ("recall.json", "notice.pdf", "contact-1.json", "closure.json", "closure.sig")
    assert _of_recalls(members_of(made.file)) == {f"data/recalls/{opened[0]}/{one}" for one in files}


@pytest.mark.parametrize(
    ("statement", "about"),
    [
        ("UPDATE recall SET people = x'7b2261223a317d'", "a recall"),
        ("UPDATE recall SET people = x'6e6f'", "a recall"),
        ("UPDATE follow_up_contact SET answers = x'6e6f'", "a follow-up contact"),
    ],
)
def test_what_nobody_can_read_any_more_makes_no_bundle(
    treated: SmallClinic, tmp_path: Path, statement: str, about: str
) -> None:
    open_one(treated.as_user("okafor"))
    treated.clock.at += timedelta(days=2)
    with treated.signing("reyes") as (reyes, _):
        record_follow_up(reyes, _visit_id(treated), CALL, NewTry("telephone", "voicemail"))
    with with_database_key(treated) as connection:
        connection.exec_driver_sql(statement)
    owner, out = treated.as_user("owner"), tmp_path / "made.zip"
    size = log_size(owner)
    with pytest.raises(DatabaseDamaged, match=f"about {about} cannot be read any more, so no bundle"):
        make_bundle(owner, MakeBundle(FIRST, LAST, out, plain=True))
    assert (out.exists(), log_size(owner)) == (False, size)


def _visit_id(clinic: SmallClinic) -> str:
    with with_database_key(clinic) as connection:
        return str(connection.exec_driver_sql("SELECT id FROM visit").scalar_one())
