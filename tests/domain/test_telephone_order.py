"""An order by telephone: what it lets pass, what it never does, and when it does not count."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mnclinic.domain.finding import Outcome, PassedBy
from mnclinic.domain.gate import LicenceFacts, StaffFacts, VisitFacts, judge
from mnclinic.domain.gate.telephone import may_be_telephoned
from mnclinic.domain.review import SCORE, due_within, features
from mnclinic.domain.screening import ContraindicationClass
from mnclinic.domain.visit_document import TelephoneOrder
from tests.domain.builders import Json, example, facts_of, set_answer
from tests.domain.test_gate import FAULTS, Fault, spoilt

DIRECTOR = StaffFacts(
    "okafor", "Dr I. Okafor", "MD", (LicenceFacts("MD-1", date(2025, 1, 1), date(2027, 1, 1)),), None
)
TAKER = StaffFacts(
    "reyes", "T. Reyes", "RN", (LicenceFacts("RN-1", date(2025, 1, 1), date(2027, 1, 1)),), None
)
ORDER = {
    "director": "okafor",
    "taken_by": "reyes",
    "ordered_at": "2026-11-23T09:00:00-06:00",
    "words": "Go ahead on the cheeks.",
    "read_back_at": "2026-11-23T09:01:00-06:00",
}


def facts(document: Json, *, is_allowed: bool = True) -> VisitFacts:
    made = facts_of(document)
    assert made.policy is not None
    policy = replace(made.policy, telephone_orders=is_allowed)
    return replace(made, policy=policy, directors=(DIRECTOR,), order_takers=(TAKER,))


def ordered(document: Json, code: str, *, is_allowed: bool = True, **changes: str) -> VisitFacts:
    """The document with an order that lets this finding pass exactly as it was found."""
    before = next(one for one in judge(facts(document)).findings if one.code == code)
    passes = [{"code": code, "basis": before.basis}]
    return facts(
        document | {"telephone_orders": [ORDER | {"passes": passes} | changes]}, is_allowed=is_allowed
    )


def relative() -> Json:
    document = example()
    set_answer(document, "isotretinoin_stopped", "yes", "2026-06-15")
    return document


def outcome(made: VisitFacts, code: str) -> Outcome:
    return next(one.outcome for one in judge(made).findings if one.code == code)


def test_a_relative_item_passes_with_both_names_the_words_and_that_it_is_not_signed() -> None:
    finding = next(
        one
        for one in judge(ordered(relative(), "isotretinoin_stopped")).findings
        if one.code == "isotretinoin_stopped"
    )
    assert finding.outcome is Outcome.TELEPHONED
    for words in ("Dr I. Okafor", "T. Reyes", "read back", "Go ahead on the cheeks.", "Not signed"):
        assert words in finding.reason


def test_where_the_policy_has_no_telephone_orders_there_are_none() -> None:
    made = ordered(relative(), "isotretinoin_stopped", is_allowed=False)
    assert outcome(made, "isotretinoin_stopped") is Outcome.REFUSED


def test_no_order_passes_an_absolute_item_whoever_may_pass_it() -> None:
    policy = facts(example()).policy
    assert policy is not None
    absolute = [one for one in policy.screening if one.contraindication is ContraindicationClass.ABSOLUTE]
    assert {PassedBy.DIRECTOR} <= {one.passed_by for one in absolute}
    for item in absolute:
        if item.answered_by or item.device_classes:
            continue
        document = example()
        set_answer(document, item.item, "yes")
        assert outcome(ordered(document, item.item), item.item) is Outcome.REFUSED
        set_answer(document, item.item, "unknown")
        assert outcome(ordered(document, item.item), item.item) is Outcome.REFUSED


def test_no_order_passes_what_nobody_may_pass() -> None:
    document = example()
    document["cartridge"]["expires_on"] = "2026-11-22"
    assert outcome(ordered(document, "cartridge_expired"), "cartridge_expired") is Outcome.REFUSED


def test_an_order_lets_pass_what_was_read_out_and_nothing_worse() -> None:
    made = ordered(relative(), "isotretinoin_stopped")
    document = relative()
    set_answer(document, "isotretinoin_stopped", "yes", "2026-10-15")
    orders = made.document.telephone_orders
    worse = facts(document)
    worse = replace(worse, document=replace(worse.document, telephone_orders=orders))
    assert outcome(worse, "isotretinoin_stopped") is Outcome.REFUSED


@pytest.mark.parametrize(
    "changes",
    [
        {"director": "lind"},
        {"words": "\u200b."},
        {"taken_by": "whit"},
        {"taken_by": "okafor"},
        {"read_back_at": "2026-11-23T08:59:00-06:00"},
        {"ordered_at": "2026-11-23T11:00:00-06:00", "read_back_at": "2026-11-23T11:01:00-06:00"},
    ],
    ids=["no director", "no words", "not the taker", "one's own", "read back before", "after the treatment"],
)
def test_an_order_that_is_not_whole_counts_for_nothing(changes: dict[str, str]) -> None:
    made = ordered(relative(), "isotretinoin_stopped", is_allowed=True, **changes)
    assert outcome(made, "isotretinoin_stopped") is Outcome.REFUSED


def test_a_director_who_may_take_orders_takes_none_of_her_own() -> None:
    made = ordered(relative(), "isotretinoin_stopped", taken_by="okafor")
    both = replace(made, order_takers=(TAKER, DIRECTOR))
    assert outcome(both, "isotretinoin_stopped") is Outcome.REFUSED


def test_only_what_is_the_directors_may_be_ordered_by_telephone() -> None:
    document = relative()
    for item in ("isotretinoin_now", "waxing"):
        set_answer(document, item, "unknown")
    made = facts(document)
    offered = {one.code for one in judge(made).findings if may_be_telephoned(one, made)}
    assert offered == {"isotretinoin_stopped"}


def test_a_director_or_taker_without_a_licence_that_day_gives_and_takes_none() -> None:
    made = ordered(relative(), "isotretinoin_stopped")
    for changes in (
        {"directors": (replace(DIRECTOR, licences=()),)},
        {"order_takers": (replace(TAKER, licences=()),)},
    ):
        assert outcome(replace(made, **changes), "isotretinoin_stopped") is Outcome.REFUSED  # type: ignore[arg-type]  # two fields of one type


@pytest.mark.parametrize(
    ("ordered_at", "valid_from", "valid_to", "wanted"),
    [
        ("2026-11-23T09:00:00-06:00", "2026-11-23", "2026-11-23", Outcome.TELEPHONED),
        ("2026-11-24T05:00:00+14:00", "2026-11-23", "2026-11-23", Outcome.TELEPHONED),
        ("2026-11-22T20:00:00-06:00", "2026-11-22", "2026-11-22", Outcome.TELEPHONED),
        ("2026-11-22T20:00:00-06:00", "2026-11-23", "2026-11-30", Outcome.REFUSED),
    ],
    ids=["that day", "written far east", "the evening before", "licensed since"],
)
def test_both_are_licensed_on_the_day_of_the_order_by_the_clinics_calendar(
    ordered_at: str, valid_from: str, valid_to: str, wanted: Outcome
) -> None:
    made = ordered(relative(), "isotretinoin_stopped", ordered_at=ordered_at)
    licences = (LicenceFacts("N-1", date.fromisoformat(valid_from), date.fromisoformat(valid_to)),)
    for name, person in (("directors", DIRECTOR), ("order_takers", TAKER)):
        held: Any = {name: (replace(person, licences=licences),)}
        assert outcome(replace(made, **held), "isotretinoin_stopped") is wanted, name


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_an_order_passes_what_is_the_directors_and_nothing_else(fault: Fault) -> None:
    found = spoilt(fault)
    assert found.policy is not None
    allowed = replace(found, policy=replace(found.policy, telephone_orders=True))
    at = found.document.started_at
    passes = frozenset((one.code, one.basis) for one in judge(allowed).findings)
    order = TelephoneOrder("okafor", "reyes", at, "Go ahead.", at, passes)
    told = replace(
        allowed,
        directors=(DIRECTOR,),
        order_takers=(TAKER,),
        document=replace(found.document, telephone_orders=(order,)),
    )
    before = {one.code: one for one in judge(allowed).findings}
    for finding in judge(told).findings:
        was = before[finding.code]
        is_passed = was.passed_by is PassedBy.DIRECTOR and not was.is_absolute
        # What was put on before the order was read back is no order's to pass.
        is_too_late = bool(told.document.acts_at) and min(told.document.acts_at) < at
        expected = Outcome.TELEPHONED if is_passed and not is_too_late else was.outcome
        assert finding.outcome is expected


def test_such_a_visit_stands_before_every_other_in_the_queue_and_is_due_sooner() -> None:
    made = ordered(relative(), "isotretinoin_stopped")
    found = features(
        judge(made),
        made.document,
        is_late_entry=False,
        is_first_by_performer=False,
        has_adverse_event=False,
        is_answer=False,
    )
    assert "telephone_order" in found
    others = sum(score for word, score in SCORE.items() if word != "telephone_order")
    assert SCORE["telephone_order"] > others
    performed_at = made.document.started_at
    order = made.document.telephone_orders[0].ordered_at
    assert (due_within(performed_at, 7, order, 2) - order).days == 2
    assert (due_within(performed_at, 7, None, 2) - performed_at).days == 7


def test_an_order_for_one_area_lets_the_same_answer_pass_in_no_other() -> None:
    document = relative()
    set_answer(document, "isotretinoin_stopped", "no")
    answer = next(one for one in document["screening"] if one["item"] == "eczema_psoriasis_rosacea")
    areas = sorted({line["area"] for line in document["lines"]})[:2]
    answer |= {"answer": "yes", "areas": areas}
    one_alone = document | {"lines": [one for one in document["lines"] if one["area"] != areas[1]]}
    found = next(one for one in judge(facts(one_alone)).findings if one.code == answer["item"])
    order = ORDER | {"passes": [{"code": found.code, "basis": found.basis_in_areas}]}
    assert outcome(facts(one_alone | {"telephone_orders": [order]}), found.code) is Outcome.TELEPHONED
    assert outcome(facts(document | {"telephone_orders": [order]}), found.code) is Outcome.REFUSED
