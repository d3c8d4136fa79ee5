"""Whoever performs, supervises, draws and signs: what a neighbour's rule does not say for them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mnclinic.domain.consent import ConsentTextFacts
from mnclinic.domain.gate import LicenceFacts, StaffFacts, VisitFacts, judge
from mnclinic.domain.gate.exam_validity import last_day_of_order
from mnclinic.domain.medical_history import HistoryFact, HistoryKind
from mnclinic.domain.visit_document import OrderNote
from tests.domain import test_consent as consents
from tests.domain.builders import PRP, codes, example, facts_for, facts_of

DAY = date(2026, 11, 23)


def with_nurse(facts: VisitFacts, **changes: object) -> VisitFacts:
    """The facts under a policy with another role for the nurse who performs."""
    assert facts.policy is not None
    assert facts.policy.roles is not None
    nurse = replace(facts.policy.roles["RN"], **changes)  # type: ignore[arg-type]
    return replace(facts, policy=replace(facts.policy, roles={**facts.policy.roles, "RN": nurse}))


def supervised(last_day: date) -> VisitFacts:
    """The clean face with a supervisor whose licence counts to a day."""
    facts = facts_of(example() | {"supervised_by": "lind"})
    assert facts.supervisor is not None
    licence = LicenceFacts("NP-1", date(2025, 1, 1), last_day)
    return replace(facts, supervisor=replace(facts.supervisor, licences=(licence,)))


def test_a_credential_for_needles_alone_gives_nobody_their_blood() -> None:
    facts = with_nurse(facts_for(PRP), performs=frozenset({"mechanical"}))
    assert {one for one in codes(judge(facts)) if one.startswith("role_")} == {"role_not_permitted_prp"}


@pytest.mark.parametrize(
    ("role", "protocol", "is_missing"),
    [
        ("none", "on_site", False),
        ("general", "on_site", True),
        ("immediately_available", "on_site", True),
        ("on_site", "none", True),
        ("general", "none", False),
    ],
)
def test_a_protocol_has_those_supervised_alone_who_are_supervised_at_all(
    role: str, protocol: str, is_missing: bool
) -> None:
    facts = with_nurse(facts_for(), supervision=role)
    assert facts.protocol is not None
    facts = replace(facts, protocol=replace(facts.protocol, supervision=protocol))
    assert ("supervisor_missing" in codes(judge(facts))) is is_missing


@pytest.mark.parametrize(("days", "is_expired"), [(0, False), (-1, True)])
def test_a_supervisor_is_licensed_on_the_day_and_else_raises_no_ceiling(days: int, is_expired: bool) -> None:
    facts = supervised(DAY + timedelta(days=days))
    deepest = max(line.depth_mm for line in facts.document.lines)
    alone = with_nurse(facts, unsupervised_mm=deepest - Decimal("0.25"), supervised_mm=deepest)
    expected = {"supervisor_licence_expired", "depth_over_role"} if is_expired else set()
    assert codes(judge(alone)) & {"supervisor_licence_expired", "depth_over_role"} == expected


@pytest.mark.parametrize(("clock", "is_found"), [("10:29", False), ("12:01", True)])
def test_a_cream_that_came_off_after_the_end_was_on_when_needled_though_no_line_says_when(
    clock: str, is_found: bool
) -> None:
    made = example()
    made["ended_at"] = "2026-11-23T12:00:00-06:00"
    made["anaesthetic"] = {
        "product": "lidocaine cream",
        "applied_at": "2026-11-23T10:00:00-06:00",
        "removed_at": f"2026-11-23T{clock}:00-06:00",
        "wiped_off": True,
    }
    for line in made["lines"]:
        line.pop("started_at", None)
        line.pop("ended_at", None)
    assert ("anaesthetic_on_when_needled" in codes(judge(facts_of(made)))) is is_found


def test_whoever_draws_blood_has_a_credential_that_the_policy_names() -> None:
    facts = facts_for(PRP)
    unnamed = tuple(replace(one, credential="Phlebotomist") for one in facts.prp_people)
    assert "prp_drawer_not_permitted" not in codes(judge(facts))
    assert "prp_drawer_not_permitted" in codes(judge(replace(facts, prp_people=unnamed)))


@pytest.mark.parametrize(("count", "is_missing"), [(1, True), (2, False)])
def test_blood_of_which_no_spin_is_written_down_is_read_back_twice(count: int, is_missing: bool) -> None:
    made = example(PRP)
    del made["prp"]["spins"]
    made["prp"]["read_back"] = made["prp"]["read_back"][:count]
    assert ("prp_not_read_back_before_use" in codes(judge(facts_of(made)))) is is_missing


def test_an_addendum_is_held_to_the_text_of_the_day_on_which_it_was_signed() -> None:
    made = consents.whole()
    made["consent"]["signed_at"] = "2026-11-20T10:00:00-06:00"
    first = next(one for one in consents.TEXTS if (one.form, one.language) == ("photographs", "en"))
    newer: ConsentTextFacts = replace(first, version=2, effective_on=DAY, sha256="c" * 64)
    assert "consent_addendum_unknown" not in consents.found(made, consent_texts=(*consents.TEXTS, newer))
    before = replace(newer, effective_on=date(2026, 11, 20))
    assert "consent_addendum_unknown" in consents.found(made, consent_texts=(*consents.TEXTS, before))


def test_a_guardian_who_is_named_and_did_not_sign_has_not_signed() -> None:
    made = consents.whole() | {"patient": consents.YOUNG}
    made["consent"]["guardian"] = {"name": "Bea Testerman", "relation": "mother"}
    assert consents.found(made, **consents.with_policy(minors_with_guardian=True)) == {
        "consent_guardian_missing"
    }


@pytest.mark.parametrize(("days", "is_new"), [(0, True), (1, False)])
def test_a_pregnancy_that_lasts_beyond_the_visit_did_not_end_since_the_exam(days: int, is_new: bool) -> None:
    facts = facts_for()
    assert facts.policy is not None
    row = HistoryFact(
        kind=HistoryKind.CONDITION,
        code="pregnancy",
        words="pregnancy",
        since="2026-03",
        ended_on=DAY + timedelta(days=days),
    )
    asked = replace(facts.policy, exam_renew_on=frozenset({"pregnancy"}))
    told = codes(judge(replace(facts, history=(row,), policy=asked)))
    assert ("exam_before_pregnancy" in told) is is_new


@pytest.mark.parametrize(
    ("most_days", "last_on"), [(None, "2027-03-02"), (30, "2026-10-02"), (900, "2027-03-02")]
)
def test_an_order_lasts_as_long_as_it_says_and_the_policy_lets_it(
    most_days: int | None, last_on: str
) -> None:
    policy = facts_for().policy
    assert policy is not None
    order = OrderNote("lind", date(2026, 9, 2), date(2027, 3, 2))
    assert last_day_of_order(order, replace(policy, order_valid_days=most_days)).isoformat() == last_on


def test_a_person_without_a_licence_of_the_day_is_told_when_the_last_one_ended() -> None:
    facts = facts_for()
    ended = StaffFacts(
        "reyes", "T. Reyes", "RN", (LicenceFacts("1", date(2025, 1, 1), date(2026, 11, 22)),), None
    )
    found = next(
        one
        for one in judge(replace(facts, performer=ended)).findings
        if one.code == "performer_licence_expired"
    )
    assert "ended on 2026-11-22" in found.message
