"""Every day, depth, time and count that the gate compares: at the limit nothing is found, beyond it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from mnclinic.domain.finding import PassedBy
from mnclinic.domain.gate import LicenceFacts, VisitFacts, judge
from mnclinic.domain.policy import AnaestheticRule
from mnclinic.domain.visit_document import read_visit_document
from tests.domain.builders import Json, codes, example, facts_of

DAY = date(2026, 11, 23)
OUTSIDE = {
    "name": "Dr A. Elsewhere",
    "credential": "MD",
    "licence": "TX-MD-9",
    "licence_state": "TX",
    "licence_valid_to": "2027-01-31",
    "accepted_on": "2026-11-20",
    "paper_sha256": "a" * 64,
}


def day(days: int) -> str:
    """A day that many days after the visit, as a document has it."""
    return (DAY + timedelta(days=days)).isoformat()


def moment(clock: str) -> str:
    """A moment of the visit's day."""
    return f"2026-11-23T{clock}-06:00"


@dataclass(frozen=True)
class Limit:
    """What is found beyond a limit; `at` makes the facts so many steps beyond it."""

    code: str
    at: Callable[[int], VisitFacts]


def spoilt(change: Callable[[Json], object]) -> VisitFacts:
    document = example()
    change(document)
    return facts_of(document)


def under_policy(facts: VisitFacts, **changes: Any) -> VisitFacts:  # noqa: ANN401 - any part of a policy
    assert facts.policy is not None
    return replace(facts, policy=replace(facts.policy, **changes))


def under_protocol(facts: VisitFacts, **changes: Any) -> VisitFacts:  # noqa: ANN401 - any part of a protocol
    assert facts.protocol is not None
    return replace(facts, protocol=replace(facts.protocol, **changes))


def with_outside(**changes: str) -> VisitFacts:
    return spoilt(lambda d: d["exam"].update(outside=OUTSIDE | changes))


def licensed_until(facts: VisitFacts, who: str, last: date) -> VisitFacts:
    """The same facts with one person's only licence ending on a day."""
    person = getattr(facts, who)
    licence = LicenceFacts("TX-1", date(2020, 1, 1), last)
    return replace(facts, **{who: replace(person, licences=(licence,))})


def accepted_by_somebody_licensed_until(beyond: int) -> VisitFacts:
    """Who accepts an exam from elsewhere answers for it on that day, not on the exam's."""
    last = date(2026, 11, 20) - timedelta(days=beyond)
    return licensed_until(with_outside(), "examiner", last)


def first_line(**changes: object) -> VisitFacts:
    return spoilt(lambda d: d["lines"][0].update(changes))


def cream(**rule: Any) -> VisitFacts:  # noqa: ANN401 - any limit
    return under_policy(facts_of(example()), anaesthetic=AnaestheticRule(**rule))


def cream_off_at(beyond: int) -> VisitFacts:
    """The first line has a time of its own, at which needling began."""

    def change(document: Json) -> None:
        document["lines"][0]["started_at"] = moment("09:50:00")
        document["anaesthetic"]["removed_at"] = moment(f"09:50:0{beyond}")

    return spoilt(change)


LIMITS = (
    Limit(
        "patient_deceased",
        lambda beyond: replace(facts_of(example()), deceased_on=DAY - timedelta(days=beyond)),
    ),
    Limit("exam_over", lambda beyond: spoilt(lambda d: d["exam"].update(valid_to=day(-beyond)))),
    Limit("exam_after_visit", lambda beyond: spoilt(lambda d: d["exam"].update(examined_on=day(beyond)))),
    Limit(
        "exam_before_event",
        lambda beyond: replace(
            facts_of(example()), adverse_event_on=date(2026, 9, 2) + timedelta(days=beyond)
        ),
    ),
    Limit(
        "examiner_not_licensed",
        lambda beyond: licensed_until(
            facts_of(example()), "examiner", date(2026, 9, 2) - timedelta(days=beyond)
        ),
    ),
    Limit("examiner_not_licensed", accepted_by_somebody_licensed_until),
    Limit(
        "outside_examiner_not_licensed",
        lambda beyond: with_outside(licence_valid_to=(date(2026, 9, 2) - timedelta(days=beyond)).isoformat()),
    ),
    Limit(
        "outside_exam_accepted_before",
        lambda beyond: with_outside(accepted_on=(date(2026, 9, 2) - timedelta(days=beyond)).isoformat()),
    ),
    Limit("outside_exam_accepted_after", lambda beyond: with_outside(accepted_on=day(beyond))),
    Limit(
        "orderer_not_entitled",
        lambda beyond: licensed_until(
            facts_of(example()), "orderer", date(2026, 9, 2) - timedelta(days=beyond)
        ),
    ),
    Limit(
        "order_outdated",
        lambda beyond: under_policy(facts_of(example()), order_valid_days=82 - beyond),
    ),
    Limit(
        "order_used_up",
        lambda beyond: replace(
            spoilt(lambda d: d["order"].update(max_sessions=3)), sessions_since_order=2 + beyond
        ),
    ),
    Limit(
        "order_used_up",
        lambda beyond: replace(
            under_policy(spoilt(lambda d: d["order"].update(max_sessions=9)), order_max_sessions=3),
            sessions_since_order=2 + beyond,
        ),
    ),
    Limit(
        "order_depth_exceeded",
        lambda beyond: spoilt(lambda d: d["order"].update(max_depth_mm=f"{1.25 - beyond / 100:.2f}")),
    ),
    Limit("speed_outside_protocol", lambda beyond: first_line(speed_rpm=9000 + beyond)),
    Limit("speed_outside_protocol", lambda beyond: first_line(speed_rpm=6000 - beyond)),
    Limit("passes_over_usual", lambda beyond: first_line(passes=6 + beyond)),
    Limit(
        "anaesthetic_too_long",
        lambda beyond: cream(max_minutes=30 - beyond),
    ),
    Limit("anaesthetic_area_large", lambda beyond: cream(max_area_cm2=400 - beyond)),
    Limit("anaesthetic_too_strong", lambda beyond: cream(max_percent=Decimal(4 - beyond))),
    Limit("anaesthetic_on_when_needled", cream_off_at),
    Limit(
        "policy_interval_blocked",
        lambda beyond: replace(
            under_policy(facts_of(example()), interval_block_days=60),
            last_session_on=DAY - timedelta(days=60 - beyond),
        ),
    ),
    Limit(
        "policy_interval_short",
        lambda beyond: replace(
            under_policy(facts_of(example()), interval_warn_days=60),
            last_session_on=DAY - timedelta(days=60 - beyond),
        ),
    ),
    Limit(
        "consent_after_start",
        lambda beyond: spoilt(
            lambda d: d["consent"].update(signed_at=moment(f"09:10:0{beyond}"))  # the cream goes on at 09:10
        ),
    ),
)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda one: one.code)
def test_at_the_limit_nothing_is_found_and_a_step_beyond_it_is(limit: Limit) -> None:
    assert limit.code not in codes(judge(limit.at(0)))
    assert limit.code in codes(judge(limit.at(1)))


@pytest.mark.parametrize(
    ("of_role", "of_protocol", "is_asked"),
    [
        ("none", "on_site", False),
        ("general", "on_site", True),
        ("immediately_available", "on_site", True),
        ("immediately_available", "immediately_available", False),
        ("on_site", "none", True),
    ],
)
def test_a_protocol_asks_for_somebody_on_site_of_those_alone_whom_the_policy_has_supervised(
    of_role: str, of_protocol: str, is_asked: bool
) -> None:
    facts = under_protocol(facts_of(example()), supervision=of_protocol)
    assert facts.policy is not None
    assert facts.policy.roles is not None
    nurse = replace(facts.policy.roles["RN"], supervision=of_role)
    told = codes(judge(under_policy(facts, roles={**facts.policy.roles, "RN": nurse})))
    assert ("supervisor_missing" in told) is is_asked


def test_a_supervisor_who_is_none_opens_no_deeper_setting() -> None:
    facts = facts_of(example())
    assert facts.policy is not None
    assert facts.policy.roles is not None
    nurse = replace(facts.policy.roles["RN"], unsupervised_mm=Decimal("1.00"), supervised_mm=Decimal("1.50"))
    facts = under_policy(facts, roles={**facts.policy.roles, "RN": nurse})
    for supervisor, is_over in (("lind", False), ("whit", True), ("reyes", True)):
        named = facts_of(example() | {"supervised_by": supervisor})
        told = judge(replace(facts, document=named.document, supervisor=named.supervisor))
        assert ("depth_over_role" in codes(told)) is is_over


def test_more_passes_than_anybody_records_are_nobodys_unless_the_protocol_itself_has_more() -> None:
    document = example()
    document["lines"][0]["passes"] = 12
    facts = facts_of(document)
    assert facts.protocol is not None
    assert "passes_over_most" in codes(judge(facts))
    area = facts.document.lines[0].area
    more = {**facts.protocol.areas, area: replace(facts.protocol.areas[area], pass_count_max=12)}
    told = codes(judge(under_protocol(facts, areas=more)))
    assert not told & {"passes_over_most", "passes_over_usual"}
    document["lines"][0]["passes"] = 13
    over = replace(under_protocol(facts, areas=more), document=read_visit_document(document))
    assert "passes_over_most" in codes(judge(over))


@pytest.mark.parametrize(
    ("left_out", "rule", "code"),
    [
        ("strength_percent", {"max_percent": Decimal(4)}, "anaesthetic_strength_missing"),
        ("amount_g", {"max_g_cm2": Decimal("0.2")}, "anaesthetic_amount_missing"),
        ("area_cm2", {"max_g_cm2": Decimal("0.2")}, "anaesthetic_area_missing"),
        ("area_cm2", {"max_area_cm2": 400}, "anaesthetic_area_missing"),
        ("applied_at", {"max_minutes": 60}, "anaesthetic_time_missing"),
    ],
)
def test_what_is_limited_and_left_out_of_the_numbing_permits_no_more_than_too_much_of_it(
    left_out: str, rule: dict[str, Any], code: str
) -> None:
    document = example()
    del document["anaesthetic"][left_out]
    limited = under_policy(facts_of(document), anaesthetic=AnaestheticRule(**rule))
    (told,) = judge(limited).findings
    assert (told.code, told.passed_by, told.is_undone) == (code, PassedBy.DIRECTOR, True)
    unlimited = under_policy(facts_of(document), anaesthetic=AnaestheticRule())
    assert codes(judge(unlimited)) == set()
    del document["lines"]
    begun = under_policy(facts_of(document), anaesthetic=AnaestheticRule(**rule))
    assert code not in codes(judge(begun)), "what is still being written is not missing yet"
