"""Adverse events travel with what was done about each, and every verifier holds the director's word."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.bundles.container import write_container
from mnclinic.bundles.content import (
    EVENTS_OUTSIDE,
    FOLLOW_UPS,
    FOLLOWED,
    RECALL_CONTACTS,
    RECALLED,
    RECALLS,
    STEPS_OUTSIDE,
    BundleContent,
)
from mnclinic.bundles.write import bundle_members
from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.amendment import AmendmentKind
from mnclinic.errors import DatabaseDamaged
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.amend_visit import amend_visit
from mnclinic.services.close_event import close_event
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.make_bundle import BundleMade, MakeBundle, make_bundle
from mnclinic.services.record_follow_up import NewTry, record_follow_up
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from tests.bundles.test_scans import maker_of, members_of
from tests.bundles.test_solo import told_by_all
from tests.documents.reading import text_of
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, add_person, document, small_clinic
from tests.services.events import past_the_program, without_account, write_down
from tests.services.reading import log_size
from tests.services.recalling import open_one, reach
from tests.services.test_follow_up import CALL
from tests.store.raw import with_database_key

Members = dict[str, bytes]
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@dataclass
class Eventful:
    """A clinic with an event that went the whole way, one without an account, and its bundle."""

    clinic: SmallClinic
    owner: OpenClinic
    visit: str
    whole: str
    plain: str
    made: BundleMade
    members: Members

    def name(self, number: int, ending: str = "json") -> str:
        """Of a step of the event that went the whole way; 0 is the event itself."""
        return f"data/events/{self.whole}/{f'step-{number}' if number else 'event'}.{ending}"

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
def eventful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Eventful]:
    folder = tmp_path_factory.mktemp("eventful")
    clinic = small_clinic(folder / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="command").visit_id
        whole = write_down(reyes, visit, grade=3, told_by="Her sister").event_id
        follow_event(reyes, whole, NewStep(StepKind.TOLD, "By telephone."))
        plain = without_account(reyes, visit, event="Swelling")
    with clinic.signing("okafor") as (director, by):
        acknowledge_event(director, whole, "See her today.", by, shown="command")
        close_event(director, whole, "recovered", "All is well.")
    owner = clinic.as_user("owner")
    made = make_bundle(owner, MakeBundle(FIRST, LAST, folder / "audit.zip", plain=True))
    yield Eventful(clinic, owner, visit, whole, plain, made, members_of(made.file))
    clinic.close()


def _withheld(members: Members) -> dict[str, int]:
    return {one["what"]: one["count"] for one in json.loads(members["data/scope.json"])["withheld"]}


def test_every_event_and_step_is_in_the_bundle_and_valid_for_all(eventful: Eventful, tmp_path: Path) -> None:
    told = told_by_all(eventful.made.file.read_bytes(), tmp_path, eventful.made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    assert json.loads(eventful.members["data/scope.json"])["format"] == "mnclinic.bundle/11"
    event = json.loads(eventful.members[eventful.name(0)])
    assert (event["grade"], event["told_by"], event["visit"]) == (3, "Her sister", eventful.visit)
    assert event["sign_by"] is not None, "the escalation clock travels with it"
    steps = [json.loads(eventful.members[eventful.name(number)]) for number in (1, 2, 3)]
    assert [one.get("what", one["format"]) for one in steps] == [
        "told",
        "mnclinic.event-acknowledgement/1",
        "closed",
    ]
    assert eventful.name(2, "sig") in eventful.members
    assert eventful.name(4) not in eventful.members
    assert f"data/events/{eventful.plain}/event.json" in eventful.members
    assert (_withheld(eventful.members)[EVENTS_OUTSIDE], _withheld(eventful.members)[STEPS_OUTSIDE]) == (0, 0)


def test_its_page_shows_the_account_and_the_director_s_word(eventful: Eventful) -> None:
    page = text_of(eventful.members[eventful.name(0, "pdf")])
    for words in (
        "Bacterial infection",
        "Her sister",
        "Warm and sore.",
        "The director was told",
        "By telephone.",
        "The director acknowledged it",
        "See her today.",
        "As medical director I know of this adverse event.",
        "Outcome: recovered",
    ):
        assert words in page, words
    assert "DOES NOT HOLD" not in page
    assert "WRONG PATIENT" not in page


def test_a_bundle_about_the_person_has_them_too(eventful: Eventful, tmp_path: Path) -> None:
    asked = MakeBundle(None, None, tmp_path / "one.zip", plain=True, patient="P-000001")
    made = make_bundle(eventful.owner, asked)
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    inside = members_of(made.file)
    assert json.loads(inside["data/scope.json"])["format"] == "mnclinic.bundle/12"
    assert {eventful.name(0), eventful.name(3)} <= set(inside)


def _without(
    *numbers: int, endings: tuple[str, ...] = ("json", "sig", "pdf")
) -> Callable[[Eventful], Members]:
    """Without these steps; 0 is the event's own document."""
    return lambda one: {
        name: data
        for name, data in one.members.items()
        if name not in {one.name(number, ending) for number in numbers for ending in endings}
    }


def _says(number: int, **other: object) -> Callable[[Eventful], Members]:
    def spoil(one: Eventful) -> Members:
        said = json.loads(one.members[one.name(number)]) | other
        return one.members | {one.name(number): canonical_bytes(said)}

    return spoil


def _moved(one: Eventful) -> Members:
    """The acknowledgement lies under the other event, where nobody acknowledged anything."""
    left = _without(2, 3)(one)
    under = f"data/events/{one.plain}/step-1"
    return left | {f"{under}.{ending}": one.members[one.name(2, ending)] for ending in ("json", "sig")}


def _forged_for_the_other(one: Eventful) -> Members:
    moved = _moved(one)
    name = f"data/events/{one.plain}/step-1.json"
    return moved | {name: canonical_bytes(json.loads(moved[name]) | {"event": one.plain})}


def _swapped(one: Eventful) -> Members:
    return _without(3)(one) | {
        one.name(1): one.members[one.name(3)],
        one.name(3): one.members[one.name(1)],
    }


def _told_as_outside(one: Eventful) -> Members:
    """Left out, and counted among what lies outside the period."""
    scope = json.loads(one.members["data/scope.json"])
    for held in scope["withheld"]:
        held["count"] += {EVENTS_OUTSIDE: 1, STEPS_OUTSIDE: 3}.get(held["what"], 0)
    return _without(0, 1, 2, 3)(one) | {"data/scope.json": canonical_bytes(scope)}


def _of_older_form(one: Eventful) -> Members:
    scope = json.loads(one.members["data/scope.json"]) | {"format": "mnclinic.bundle/7"}
    for claim in ("planned_sha256", "recalls_sha256"):
        del scope["made"]["detail"][claim]
    return one.members | {"data/scope.json": canonical_bytes(scope)}


def _with(ending: str) -> Callable[[Eventful], Members]:
    return lambda one: one.members | {f"data/events/{one.whole}/{ending}": b"x"}


def _told_once_more(clinic: SmallClinic, event: str) -> None:
    follow_event(clinic.as_user("reyes"), event, NewStep(StepKind.TOLD, "By telephone."))
    past_the_program(clinic.as_user("reyes"), event, "told", "adverse_event.told")


def _closed_before_she_knew(clinic: SmallClinic, event: str) -> None:
    past_the_program(clinic.as_user("okafor"), event, "closed", "adverse_event.closed", outcome="recovered")


def _worse_after_its_end(clinic: SmallClinic, event: str) -> None:
    with clinic.signing("okafor") as (director, by):
        acknowledge_event(director, event, "See her today.", by, shown="command")
        close_event(director, event, "recovered", "All is well.")
    past_the_program(clinic.as_user("reyes"), event, "note", "adverse_event.noted", grade=2)


EVENT = "event.json"
NOT_THE_ONE = "This adverse event is not the one that the log speaks of."
FOR_ANOTHER = "This acknowledgement was signed for another adverse event."
OF_ANOTHER = "This step was taken about another adverse event."
NOT_ITS_SIGNATURE = "The signature does not belong to this record."


@pytest.mark.parametrize(
    ("spoil", "verdict", "where", "words"),
    [
        (_without(0, 1, 2, 3), "INCOMPLETE", "adverse event ", "of 2026-11-23, which is not in the bundle."),
        (_told_as_outside, "INCOMPLETE", "adverse event ", "of 2026-11-23, which is not in the bundle."),
        (_without(0), "INCOMPLETE", EVENT, "that the files beside it are about is not in the bundle."),
        (_without(3), "INCOMPLETE", "step ", "speaks of a step (adverse_event.closed) that is not in"),
        (_without(2, 3), "INCOMPLETE", "step ", "speaks of a step (adverse_event.acknowledged) that is"),
        (_without(1), "INCOMPLETE", "step-2.json", "A step before this one is not in the bundle."),
        (_without(2, endings=("sig",)), "INCOMPLETE", "step-2.json", "The signature that belongs to this"),
        (_without(0, endings=("pdf",)), "INCOMPLETE", EVENT, "page of this adverse event is missing."),
        (_says(0, grade=1), "ALTERED", EVENT, NOT_THE_ONE),
        (_says(0, grade=1), "ALTERED", "step-2.json", FOR_ANOTHER),
        (_says(0, sign_by=None), "ALTERED", EVENT, NOT_THE_ONE),
        (_says(1, text="Nobody was told."), "ALTERED", "step-1.json", "The log never speaks of this step."),
        (_says(2, text="Nothing to do."), "ALTERED", "step-2.json", NOT_ITS_SIGNATURE),
        (_says(2, statement="I know nothing."), "ALTERED", "step-2.json", "not in the form that the clinic"),
        (_says(3, outcome="died"), "ALTERED", "step-3.json", "The log never speaks of this step."),
        (_says(1, format="mnclinic.event-step/9"), "ALTERED", "step-1.json", "not in the form that the"),
        (_moved, "ALTERED", "step-1.json", OF_ANOTHER),
        (_moved, "ALTERED", "step-1.json", FOR_ANOTHER),
        (_forged_for_the_other, "ALTERED", "step-1.json", NOT_ITS_SIGNATURE),
        (_swapped, "ALTERED", "step-3.json", "not in the order in which they were taken."),
        (_with("step-1.sig"), "ALTERED", "step-1.json", "steps of its kind have none."),
        (_with("photo.png"), "ALTERED", "photo.png", "no place among the adverse events."),
        (_of_older_form, "ALTERED", EVENT, "Bundles of this form hold no adverse events."),
    ],
)
def test_what_an_insider_does_to_an_event_is_told_by_all_with_its_place(
    eventful: Eventful,
    tmp_path: Path,
    spoil: Callable[[Eventful], Members],
    verdict: str,
    where: str,
    words: str,
) -> None:
    told = told_by_all(eventful.resealed(spoil(eventful)), tmp_path, eventful.made.fingerprint)
    assert told["verdict"] == verdict, told["findings"]
    assert any(where in one["where"] and words in one["what"] for one in told["findings"]), told["findings"]


def test_an_older_form_tells_that_it_holds_none(eventful: Eventful, tmp_path: Path) -> None:
    older = {name: data for name, data in _of_older_form(eventful).items() if "/events/" not in name}
    told = told_by_all(eventful.resealed(older), tmp_path, eventful.made.fingerprint)
    said = [
        one["what"] for one in told["notes"] if one["what"].startswith("The log speaks of 2 adverse events")
    ]
    assert ["says nothing of them" in one for one in said] == [True], told["notes"]


@pytest.mark.parametrize(
    ("deed", "number"),
    [(_told_once_more, 2), (_closed_before_she_knew, 1), (_worse_after_its_end, 3)],
)
def test_a_step_that_could_not_follow_is_told_by_all(
    tmp_path: Path, deed: Callable[[SmallClinic, str], None], number: int
) -> None:
    clinic = small_clinic(tmp_path / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="command").visit_id
        event = write_down(reyes, visit).event_id
    deed(clinic, event)
    made = make_bundle(clinic.as_user("owner"), MakeBundle(FIRST, LAST, tmp_path / "audit.zip", plain=True))
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert [one for one in told["findings"] if "/events/" in one["where"]] == [
        {
            "where": f"data/events/{event}/step-{number}.json",
            "what": "This step cannot follow on those that were taken before it.",
        }
    ]
    assert told["verdict"] == "ALTERED"
    clinic.close()


@dataclass
class Later:
    """Events of a visit in November and one in December, written down on both days."""

    clinic: SmallClinic
    november: str
    """Of November's visit, written down in December."""
    december: str


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Later]:
    clinic = small_clinic(tmp_path_factory.mktemp("later") / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        first = record_visit(reyes, document(), by, shown="command").visit_id
    clinic.clock.at += timedelta(days=10)
    with clinic.signing("reyes") as (reyes, by):
        started = {"started_at": "2026-12-03T08:00:00-06:00", "ended_at": "2026-12-03T08:40:00-06:00"}
        second = record_visit(reyes, document(**started), by, shown="command").visit_id
        november = write_down(reyes, first).event_id
        december = write_down(reyes, second).event_id
        follow_event(reyes, december, NewStep(StepKind.TOLD, "At once."))
        record_follow_up(reyes, first, CALL, NewTry("telephone", "no_answer"))
    recall = open_one(clinic.as_user("okafor"))
    reach(clinic.as_user("okafor"), recall)
    yield Later(clinic, november, december)
    clinic.close()


def test_a_period_has_what_befell_its_visits_and_what_was_written_down_in_it(
    later: Later, tmp_path: Path
) -> None:
    owner = later.clinic.as_user("owner")
    made = make_bundle(owner, MakeBundle(FIRST, LAST, tmp_path / "november.zip", plain=True))
    inside = members_of(made.file)
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    assert (
        "The log speaks of 1 adverse event outside the period, 1 of people whose visits are here. "
        "After which visit each was, it does not say."
    ) in [one["what"] for one in told["notes"]]
    assert f"data/events/{later.november}/event.json" in inside, "its visit lies in the period"
    assert f"data/events/{later.december}/event.json" not in inside
    withheld = _withheld(inside)
    assert [withheld[one] for one in (EVENTS_OUTSIDE, STEPS_OUTSIDE)] == [1, 1]
    made = make_bundle(
        owner, MakeBundle(date(2026, 12, 1), date(2026, 12, 31), tmp_path / "december.zip", plain=True)
    )
    inside = members_of(made.file)
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    assert {f"data/events/{one}/event.json" for one in (later.november, later.december)} <= set(inside)


def test_one_of_the_period_s_visits_that_was_written_down_later_is_counted_by_all(
    later: Later, tmp_path: Path
) -> None:
    owner = later.clinic.as_user("owner")
    made = make_bundle(owner, MakeBundle(FIRST, LAST, tmp_path / "made.zip", plain=True))
    members = members_of(made.file)
    payload = {name: data for name, data in members.items() if later.november not in name}
    spoilt = Eventful(later.clinic, owner, "", "", "", made, payload).resealed(payload)
    told = told_by_all(spoilt, tmp_path, made.fingerprint)
    assert told["verdict"] == "INCOMPLETE"
    assert [one["what"] for one in told["findings"]] == [
        f"The count of {EVENTS_OUTSIDE} is not the one that the log gives."
    ]


def test_an_event_of_a_visit_of_the_wrong_patient_stays_with_it_and_says_so(tmp_path: Path) -> None:
    clinic = small_clinic(tmp_path / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="command").visit_id
        before = write_down(reyes, visit).event_id
        right = add_person(reyes, "Rightson")
        amend_visit(reyes, visit, of_kind(AmendmentKind.WRONG_PATIENT, right), by, shown="command")
        follow_event(reyes, before, NewStep(StepKind.TOLD, "Before."))
        after = write_down(reyes, visit).event_id
    owner = clinic.as_user("owner")
    events = {f"data/events/{one}/event.json" for one in (before, after)}
    for number, held in (("P-000001", events), ("P-000002", set[str]())):
        asked = MakeBundle(None, None, tmp_path / f"{number}.zip", plain=True, patient=number)
        made = make_bundle(owner, asked)
        told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
        assert (told["verdict"], told["findings"]) == ("VALID", [])
        inside = members_of(made.file)
        assert {name for name in inside if name.endswith("/event.json")} == held
    made = make_bundle(owner, MakeBundle(FIRST, LAST, tmp_path / "all.zip", plain=True))
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    page = text_of(members_of(made.file)[f"data/events/{before}/event.pdf"])
    assert "WRONG PATIENT" in page
    clinic.close()


@pytest.mark.parametrize("what", [FOLLOW_UPS, RECALLS, RECALL_CONTACTS])
def test_what_stayed_at_the_clinic_in_the_forms_before_is_counted_by_all(
    later: Later, tmp_path: Path, what: str
) -> None:
    owner = later.clinic.as_user("owner")
    made = make_bundle(owner, MakeBundle(FIRST, LAST, tmp_path / "made.zip", plain=True))
    members = members_of(made.file)
    scope = json.loads(members["data/scope.json"]) | {"format": "mnclinic.bundle/9"}
    for claim in ("planned_sha256", "recalls_sha256"):
        del scope["made"]["detail"][claim]
    scope["withheld"] += [
        {"what": one, "count": 1} for one in (FOLLOW_UPS, RECALLS, RECALL_CONTACTS) if one != what
    ]
    before = members | {"data/scope.json": canonical_bytes(scope)}
    before = {name: data for name, data in before.items() if not name.startswith((RECALLED, FOLLOWED))}
    data = Eventful(later.clinic, owner, "", "", "", made, members).resealed(before)
    told = told_by_all(data, tmp_path, made.fingerprint)
    assert told["verdict"] == "ALTERED", "the entry of the making names another form"
    assert [one["what"] for one in told["findings"] if one["what"].startswith("The count of ")] == [
        f"The count of {what} is not the one that the log gives."
    ]


@pytest.fixture
def known(tmp_path: Path) -> Iterator[SmallClinic]:
    """A clinic with an event that the director acknowledged."""
    clinic = small_clinic(tmp_path / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="command").visit_id
        event = write_down(reyes, visit).event_id
    with clinic.signing("okafor") as (director, by):
        acknowledge_event(director, event, "See her today.", by, shown="command")
    yield clinic
    clinic.close()


@pytest.mark.parametrize(
    ("statement", "words", "verdict"),
    [
        ("UPDATE event_step SET signature = zeroblob(64)", "Signature does not hold.", "ALTERED"),
        ("UPDATE event_step SET text = 'Nothing.'", "Not what was entered.", "VALID"),
    ],
)
def test_a_word_of_the_director_that_does_not_hold_says_so_on_the_page(
    known: SmallClinic, tmp_path: Path, statement: str, words: str, verdict: str
) -> None:
    with with_database_key(known) as connection:
        connection.exec_driver_sql(statement)
    made = make_bundle(known.as_user("owner"), MakeBundle(FIRST, LAST, tmp_path / "made.zip", plain=True))
    (page,) = (data for name, data in members_of(made.file).items() if name.endswith("/event.pdf"))
    assert f"DOES NOT HOLD: {words}" in text_of(page)
    # What was signed goes into the bundle, and not the columns that are read from it.
    assert told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)["verdict"] == verdict


@pytest.mark.parametrize("record", [b"{}", b"not even JSON"])
def test_one_that_nobody_can_read_any_more_makes_no_bundle(
    known: SmallClinic, tmp_path: Path, record: bytes
) -> None:
    with with_database_key(known) as connection:
        connection.exec_driver_sql("UPDATE event_step SET record = ?", (record,))
    owner, out = known.as_user("owner"), tmp_path / "made.zip"
    size = log_size(owner)
    with pytest.raises(DatabaseDamaged, match="adverse event cannot be read any more, so no bundle"):
        make_bundle(owner, MakeBundle(FIRST, LAST, out, plain=True))
    assert (out.exists(), log_size(owner)) == (False, size)
