"""When an exam no longer speaks of what is to be done: what is new since, and only where the policy asks."""

from dataclasses import replace
from datetime import date

import pytest

from mnclinic.domain.gate import DrugsAndPlaces, VisitFacts, judge
from mnclinic.domain.gate.exam_renewal import drugs_of
from mnclinic.domain.medical_history import HistoryFact, HistoryKind
from mnclinic.domain.treatment import Area
from tests.domain.builders import PRP, codes, example, facts_for, facts_of, set_answer

NEW = {"exam_new_area", "exam_new_device", "exam_new_drug", "exam_new_medicine", "exam_before_pregnancy"}
DAY = date(2026, 11, 23)


def told(facts: VisitFacts) -> set[str]:
    return codes(judge(facts)) & NEW


def after_a_session_with(facts: VisitFacts, drugs: set[str], device_class: str = "mechanical") -> VisitFacts:
    earlier = DrugsAndPlaces(facts.document.treated_areas, frozenset({device_class}), frozenset(drugs))
    return replace(facts, under_exam=earlier)


def with_row(since: str, *, examined_on: str = "2026-09-02", ended_on: date | None = None) -> VisitFacts:
    document = example()
    document["exam"]["examined_on"] = examined_on
    row = HistoryFact(HistoryKind.MEDICINE, "nsaid", "Ibuprofen", since, ended_on)
    return replace(facts_of(document), history=(row,))


def test_the_first_session_on_an_exam_is_what_it_was_made_for() -> None:
    assert told(facts_for()) == set()


def test_the_same_again_asks_for_no_new_exam() -> None:
    facts = facts_for()
    assert told(after_a_session_with(facts, set(drugs_of(facts.document)))) == set()


def test_prp_a_topical_and_a_numbing_cream_are_each_a_new_drug() -> None:
    facts = facts_for(PRP)
    for drug in drugs_of(facts.document):
        others = set(drugs_of(facts.document)) - {drug}
        verdict = judge(after_a_session_with(facts, others))
        said = next(one.message for one in verdict.findings if one.code == "exam_new_drug")
        assert drug in said


def test_a_device_of_unknown_class_is_another_one() -> None:
    facts = facts_for()
    assert facts.device is not None
    unknown = replace(facts, device=replace(facts.device, device_class=""))
    assert told(after_a_session_with(unknown, set(drugs_of(facts.document)))) == {"exam_new_device"}


@pytest.mark.parametrize(
    ("named", "used", "is_cleared"),
    [
        (["mechanical"], "mechanical", True),
        (["mechanical"], "radiofrequency", False),
        (["mechanical", "radiofrequency"], "", False),
    ],
)
def test_an_exam_that_names_classes_clears_no_device_whose_class_nobody_knows(
    named: list[str], used: str, *, is_cleared: bool
) -> None:
    document = example()
    document["exam"] |= {"device_classes": named}
    facts = facts_of(document)
    assert facts.device is not None
    found = codes(judge(replace(facts, device=replace(facts.device, device_class=used))))
    assert ("exam_device_not_cleared" not in found) is is_cleared


def test_what_the_exam_names_itself_is_not_new() -> None:
    document = example()
    document["exam"] |= {"areas": [area.value for area in Area], "device_classes": ["mechanical"]}
    facts = after_a_session_with(facts_of(document), set(drugs_of(facts_of(document).document)), "")
    assert facts.under_exam is not None
    assert told(replace(facts, under_exam=replace(facts.under_exam, areas=frozenset()))) == set()


@pytest.mark.parametrize(
    ("since", "is_new"),
    [
        ("2026-09-03", True),
        ("2026-09-02", False),
        ("2026-09", True),
        ("2026-08", False),
        ("2026", True),
        ("2025", False),
        ("", False),
        ("2026-11-24", False),
    ],
)
def test_a_medicine_is_new_where_it_may_have_begun_after_the_exam(since: str, is_new: bool) -> None:
    assert told(with_row(since)) == ({"exam_new_medicine"} if is_new else set())


def test_a_medicine_that_has_ended_or_that_the_exam_of_the_day_knows_is_not_new() -> None:
    assert told(with_row("2026-10-01", ended_on=DAY)) == set()
    assert told(with_row("2026", examined_on=DAY.isoformat())) == set()


def test_a_pregnancy_told_after_the_exam_asks_for_a_new_one() -> None:
    document = example()
    set_answer(document, "pregnancy", "yes")
    assert told(facts_of(document)) == {"exam_before_pregnancy"}
    document["exam"]["examined_on"] = DAY.isoformat()
    assert told(facts_of(document)) == set()


@pytest.mark.parametrize("event", ["new_area", "new_device", "new_drug", "pregnancy"])
def test_only_what_the_policy_lists_asks_for_a_new_exam(event: str) -> None:
    document = example()
    set_answer(document, "pregnancy", "yes")
    facts = replace(facts_of(document), history=with_row("2026-10-01").history)
    facts = replace(facts, under_exam=DrugsAndPlaces(frozenset(), frozenset({"other"}), frozenset()))
    assert facts.policy is not None
    policy = replace(facts.policy, exam_renew_on=frozenset({event}))
    expected = {
        "new_area": {"exam_new_area"},
        "new_device": {"exam_new_device"},
        "new_drug": {"exam_new_drug", "exam_new_medicine"},
        "pregnancy": {"exam_before_pregnancy"},
    }
    assert told(replace(facts, policy=policy)) == expected[event]
