"""Orders by telephone on the stored visit: who takes one, what it lets pass, and who signs it when."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mnclinic.bundles.verify import verify_bundle
from mnclinic.documents.exam_words import telephone_words
from mnclinic.domain.finding import Finding, Outcome
from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted
from mnclinic.resource_files import resource_path
from mnclinic.services.check_store import check_store
from mnclinic.services.list_visits import review_queue
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit, release_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.telephone_order import NewTelephoneOrder, TelephoneOrderTaken, take_telephone_order
from tests.domain.builders import draft
from tests.services.clinic_builder import (
    CONSENT,
    MONDAY,
    SmallClinic,
    document,
    known_clinic,
    policy,
    protocol,
    seen_by,
)
from tests.services.reading import actions_since, log_size, records_of, stored_visit

STOPPED_RECENTLY = [
    {"item": "pregnancy", "answer": "no"},
    {"item": "isotretinoin_stopped", "answer": "yes", "last_on": "2026-06-15"},
    {"item": "topical_retinoid", "answer": "no"},
]
ABSOLUTE = [
    {**STOPPED_RECENTLY[0], "answer": "yes"},
    {**STOPPED_RECENTLY[1], "answer": "no"},
    STOPPED_RECENTLY[2],
]
ORDER = NewTelephoneOrder(
    "okafor",
    ("isotretinoin_stopped",),
    "Low dose, go ahead on the cheeks.",
    MONDAY - timedelta(minutes=20),
    MONDAY - timedelta(minutes=19),
)


def second_form(*, telephone: str = "yes") -> dict[str, Any]:
    """A policy of the second form with three items of the checklist, which asks nobody for life support."""
    content = draft("policies/tx.json")
    items = policy()["screening"]
    items[0]["passed_by"] = "director"
    content["parameters"]["telephone_orders"]["value"] = telephone
    content["parameters"]["director_deadline_days"]["value"] = 2
    content["roles"] = [role | {"bls_required": False} for role in content["roles"]]
    content["review"]["sample_percent"]["value"] = 100
    return content | {"screening": items, "effective_on": "2026-01-05"}


def clinic_with(folder: Path, **changes: str) -> SmallClinic:
    documents = (("policy", second_form(**changes)), ("protocol", protocol()), ("consent_text", CONSENT))
    return known_clinic(folder, documents=documents)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = clinic_with(tmp_path / "clinic")
    yield made
    made.let_go()


def refused(clinic: SmallClinic, **changes: object) -> str:
    """A visit that the gate defers, planned for the cheek."""
    with clinic.signing("reyes") as (reyes, by):
        made = document(**({"screening": STOPPED_RECENTLY} | changes))
        recorded = record_visit(reyes, made, by, shown="command")
    assert recorded.state == "deferred"
    return recorded.visit_id


def take(at_work: OpenClinic, visit_id: str, **changes: Any) -> TelephoneOrderTaken:  # noqa: ANN401 - any field
    return take_telephone_order(at_work, visit_id, None, replace(ORDER, **changes))


def treated_after(clinic: SmallClinic, visit_id: str) -> None:
    """The performer records the treatment after the order, and signs."""
    with clinic.signing("reyes") as (reyes, by):
        view = show_visit(reyes, visit_id, opened=False)
        saved = save_visit(reyes, visit_id, view.edition, view.document | {"lines": document()["lines"]})
        perform_visit(reyes, visit_id, saved.edition, by, shown="command")


def ordered_in(at_work: OpenClinic, visit_id: str) -> Finding:
    verdict = show_visit(at_work, visit_id).verdict
    return next(one for one in verdict.findings if one.code in ORDER.codes)


def sound(at_work: OpenClinic) -> None:
    assert [one.what for one in check_store(at_work).findings] == []


def test_an_order_lets_the_visit_go_on_and_waits_at_the_top_of_the_queue(
    clinic: SmallClinic,
) -> None:
    visit_id = refused(clinic)
    reyes = clinic.as_user("reyes")
    start = log_size(reyes)
    taken = take(reyes, visit_id)
    assert (taken.state, taken.standing) == ("draft", ())
    assert actions_since(reyes, start) == ["visit.telephone_order"]
    treated_after(clinic, visit_id)
    with clinic.signing("reyes") as (at_work, by):
        other = document(patient={"last_name": "Other", "first_name": "Bo", "born_on": "1980-01-01"})
        record_visit(at_work, other | {"cartridge": {"lot": "LOT-1"}}, by, shown="command")
    with clinic.signing("okafor") as (okafor, by):
        rows = review_queue(okafor).visits
        assert rows[0].visit_id == visit_id
        assert rows[0].reasons[0] == "telephone_order"
        assert rows[0].due_at == ORDER.ordered_at + timedelta(days=2)
        finding = next(
            one for one in show_visit(okafor, visit_id).verdict.findings if one.code in ORDER.codes
        )
        assert finding.outcome is Outcome.TELEPHONED
        assert "Not signed by the director yet" in finding.reason
        sound(okafor)
        approve_visit(okafor, visit_id, None, by, shown="window")
        statement = show_visit(okafor, visit_id).signatures[-1].statement
        assert "I gave the telephone orders as they are written here." in statement
        sound(okafor)


def test_the_director_signs_her_order_before_the_treatment_by_a_release(
    clinic: SmallClinic,
) -> None:
    visit_id = refused(clinic)
    take(clinic.as_user("reyes"), visit_id)
    with clinic.signing("okafor") as (okafor, by):
        assert [row.visit_id for row in review_queue(okafor).releases] == [visit_id]
        release_visit(
            okafor,
            visit_id,
            None,
            by,
            "As I said on the telephone.",
            shown="window",
            seen=seen_by(okafor, visit_id),
        )
        finding = next(
            one for one in show_visit(okafor, visit_id).verdict.findings if one.code in ORDER.codes
        )
        assert finding.outcome is Outcome.RELEASED
        assert stored_visit(okafor, visit_id).state == "draft"
        assert review_queue(okafor).releases == ()
        sound(okafor)
    treated_after(clinic, visit_id)
    sound(clinic.as_user("okafor"))


def test_a_policy_without_telephone_orders_has_none(tmp_path: Path) -> None:
    clinic = clinic_with(tmp_path / "clinic", telephone="no")
    visit_id = refused(clinic)
    with pytest.raises(ActionRefused, match="no telephone orders"):
        take(clinic.as_user("reyes"), visit_id)
    assert stored_visit(clinic.as_user("reyes"), visit_id).state == "deferred"
    clinic.close()


def test_an_absolute_item_is_never_ordered_by_telephone_though_the_director_may_release_it(
    clinic: SmallClinic,
) -> None:
    visit_id = refused(clinic, screening=ABSOLUTE)
    with pytest.raises(ActionRefused, match="No telephone order passes an absolute item"):
        take(clinic.as_user("reyes"), visit_id, codes=("pregnancy",))
    with clinic.signing("okafor") as (okafor, by):
        release_visit(
            okafor,
            visit_id,
            None,
            by,
            "Seen; the test was wrong.",
            shown="window",
            seen=seen_by(okafor, visit_id),
        )
        assert stored_visit(okafor, visit_id).state == "draft"


def test_what_nobody_may_pass_is_not_ordered_either(clinic: SmallClinic) -> None:
    made = document()
    del made["consent"]["signature"]
    visit_id = refused(clinic, consent=made["consent"])
    with pytest.raises(ActionRefused, match="Nobody may let this pass"):
        take(clinic.as_user("reyes"), visit_id, codes=("isotretinoin_stopped", "consent_signature_missing"))


def test_a_precaution_is_the_performers_and_no_order_is_taken_for_it(clinic: SmallClinic) -> None:
    warned = [*STOPPED_RECENTLY[:2], {"item": "topical_retinoid", "answer": "yes", "last_on": "2026-11-21"}]
    visit_id = refused(clinic, screening=warned)
    with pytest.raises(InvalidInput, match="not entered"):
        take(clinic.as_user("reyes"), visit_id, codes=("topical_retinoid",))


def test_the_printed_chart_says_both_names_the_words_and_that_it_is_unsigned(clinic: SmallClinic) -> None:
    visit_id = refused(clinic)
    take(clinic.as_user("reyes"), visit_id)
    treated_after(clinic, visit_id)
    record = records_of(clinic.as_user("okafor"), visit_id)[-1]
    order = record["document"]["telephone_orders"][0]
    words = telephone_words(order, {"okafor": "Dr I. Okafor", "reyes": "T. Reyes"})
    for part in ("Dr I. Okafor", "T. Reyes", "read back", ORDER.words, "isotretinoin stopped"):
        assert part in words
    finding = next(one for one in record["judged"]["findings"] if one["code"] in ORDER.codes)
    assert finding["outcome"] == "telephoned"


def test_a_bundle_with_an_order_by_telephone_is_valid(clinic: SmallClinic, tmp_path: Path) -> None:
    visit_id = refused(clinic)
    take(clinic.as_user("reyes"), visit_id)
    treated_after(clinic, visit_id)
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, visit_id, None, by, shown="window")
        out = tmp_path / "bundle.zip"
        make_bundle(okafor, MakeBundle(date(2026, 11, 1), date(2026, 11, 30), out, plain=True))
        verified = verify_bundle(out, trust=okafor.facts.fingerprint)
        assert (verified.verdict, verified.findings) == ("VALID", ())
    # What an inspector runs with Python alone, whose words for records are its own.
    checker = [sys.executable, "-I", str(resource_path("bundle/verify.py")), str(out)]
    said = subprocess.run(checker, capture_output=True, text=True, check=False)  # noqa: S603  our own file
    assert "VALID (KEY NOT CHECKED)" in said.stdout, said.stdout + said.stderr


@pytest.mark.parametrize("user", ["desk", "owner", "inspector"])
def test_only_who_treats_takes_an_order(clinic: SmallClinic, user: str) -> None:
    visit_id = refused(clinic)
    with pytest.raises(NotPermitted):
        take(clinic.as_user(user), visit_id)


def test_nobody_takes_their_own_order(clinic: SmallClinic) -> None:
    visit_id = refused(clinic)
    with pytest.raises(InvalidInput) as told:
        take(clinic.as_user("okafor"), visit_id)
    assert [one.what for one in told.value.problems] == [
        "Nobody takes their own order by telephone. Release it instead."
    ]


def test_every_thing_that_is_missing_in_an_order_is_told_at_once(clinic: SmallClinic) -> None:
    visit_id = refused(clinic)
    ahead = MONDAY + timedelta(hours=2)
    with pytest.raises(InvalidInput) as told:
        take(
            clinic.as_user("reyes"),
            visit_id,
            codes=("waxing",),
            words=" ",
            ordered_at=ahead,
            read_back_at=None,
        )
    assert [one.where for one in told.value.problems] == ["codes", "words", "read_back_at", "ordered_at"]
    assert stored_visit(clinic.as_user("reyes"), visit_id).state == "deferred"


def test_an_order_from_somebody_who_is_no_director_counts_for_nothing(clinic: SmallClinic) -> None:
    visit_id = refused(clinic)
    with pytest.raises(InvalidInput) as told:
        take(clinic.as_user("reyes"), visit_id, director="lind")
    assert "no medical director" in told.value.problems[0].what


def test_no_order_is_written_into_a_document_or_changed_in_one(clinic: SmallClinic) -> None:
    visit_id = refused(clinic)
    by_hand = {
        "director": "okafor",
        "taken_by": "reyes",
        "ordered_at": "2026-11-23T08:40:00-06:00",
        "words": "Anything.",
        "read_back_at": "2026-11-23T08:41:00-06:00",
        "passes": [{"code": "isotretinoin_stopped", "basis": "yes:2026-06-15"}],
    }
    with clinic.signing("reyes") as (reyes, by):
        view = show_visit(reyes, visit_id, opened=False)
        with pytest.raises(InvalidInput, match="act of its own"):
            save_visit(reyes, visit_id, view.edition, view.document | {"telephone_orders": [by_hand]})
        with pytest.raises(InvalidInput, match="act of its own"):
            record_visit(reyes, document(telephone_orders=[by_hand]), by, shown="command")
        take(reyes, visit_id)
        view = show_visit(reyes, visit_id, opened=False)
        with pytest.raises(InvalidInput, match="act of its own"):
            save_visit(reyes, visit_id, view.edition, view.document | {"telephone_orders": [by_hand]})
        left_out = {key: value for key, value in view.document.items() if key != "telephone_orders"}
        save_visit(reyes, visit_id, view.edition, left_out | {"note": "Typed on."})
        assert show_visit(reyes, visit_id, opened=False).document["telephone_orders"]


def test_no_order_is_taken_once_the_visit_is_signed(clinic: SmallClinic) -> None:
    visit_id = refused(clinic)
    take(clinic.as_user("reyes"), visit_id)
    treated_after(clinic, visit_id)
    with pytest.raises(ActionRefused, match="performed already"):
        take(clinic.as_user("reyes"), visit_id)
    record = records_of(clinic.as_user("reyes"), visit_id)[-1]
    assert record["document"]["telephone_orders"][0]["taken_by"] == "reyes"


def test_a_director_whose_licence_ended_signs_no_more_from_the_next_day_on(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit_id = record_visit(reyes, document(), by, shown="command").visit_id
    clinic.clock.at = MONDAY.replace(year=2027, month=1, day=1)
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, visit_id, None, by, shown="window")
    with clinic.signing("reyes") as (reyes, by):
        late = document(patient={"last_name": "Late", "first_name": "Bo", "born_on": "1980-01-01"})
        other = record_visit(reyes, late, by, shown="command").visit_id
    clinic.clock.at += timedelta(days=1)
    with (
        clinic.signing("okafor") as (okafor, by),
        pytest.raises(ActionRefused, match="counts to 01 Jan 2027"),
    ):
        approve_visit(okafor, other, None, by, shown="window")
