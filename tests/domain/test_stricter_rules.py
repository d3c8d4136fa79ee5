"""Properties of the gate: deeper is never let by, stricter permits no more, later versions judge nothing."""

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnclinic.domain.finding import Verdict
from mnclinic.domain.gate import VisitFacts, judge
from mnclinic.domain.policy import Policy, Protocol, in_force, policy_from_json, protocol_from_json
from mnclinic.domain.policy_parameters import PARAMETERS, Kind, Parameter, compared, figure_of
from mnclinic.domain.policy_roles import SUPERVISION, TECHNIQUES, Role
from mnclinic.domain.treatment import Area
from mnclinic.domain.visit_document import read_visit_document
from tests.domain.builders import CLEAN, PRP, draft, example, facts_of, set_answer

Json = dict[str, Any]
TX = draft("policies/tx.json")
METHOD = draft("protocols/face-mechanical.json")
DEPTHS = [Decimal(number) / 100 for number in range(10, 300, 5)]
AREAS = sorted(Area)


def permits_no_more(stricter: Verdict, looser: Verdict) -> bool:
    """Whatever stands under the looser rules stands under the stricter ones, and may be passed by no more."""
    rank = {"performer": 0, "director": 1, "nobody": 2}
    held = {
        "refused": max((rank[one.passed_by] for one in stricter.refused), default=-1),
        "any": max((rank[one.passed_by] for one in stricter.findings), default=-1),
    }
    wanted = {
        "refused": max((rank[one.passed_by] for one in looser.refused), default=-1),
        "any": max((rank[one.passed_by] for one in looser.findings), default=-1),
    }
    return held["refused"] >= wanted["refused"] and held["any"] >= wanted["any"]


@settings(max_examples=100)
@given(
    area=st.sampled_from(AREAS),
    pair=st.tuples(st.sampled_from(DEPTHS), st.sampled_from(DEPTHS)),
    state=st.sampled_from(["tx", "ut", "az", "blank"]),
    performer=st.sampled_from(["okafor", "lind", "reyes", "whit"]),
    supervised=st.booleans(),
)
def test_deeper_is_never_more_permitted(
    area: Area, pair: tuple[Decimal, Decimal], state: str, performer: str, supervised: bool
) -> None:
    document = example() | {"performer": performer}
    if supervised:
        document["supervised_by"] = "lind"
    facts = replace(facts_of(document), policy=policy_from_json(draft(f"policies/{state}.json")))
    shallow, deep = sorted(pair)

    def at(depth_mm: Decimal) -> Verdict:
        line = replace(facts.document.lines[0], area=area, depth_mm=depth_mm)
        return judge(replace(facts, document=replace(facts.document, lines=(line,))))

    shallow_refused = {one.code for one in at(shallow).refused}
    assert shallow_refused <= {one.code for one in at(deep).refused}


def edited(content: Json, parameter: Parameter, value: object) -> Json:
    figure = figure_of(content, parameter)
    assert figure is not None
    place: Mapping[str, Any] = content[parameter.place]
    return content | {parameter.place: {**place, parameter.code: {**figure, "value": value}}}


def values_of(parameter: Parameter) -> st.SearchStrategy[object]:
    unknown = st.none() if parameter.place == "parameters" else st.nothing()
    match parameter.kind:
        case Kind.WHOLE:
            return st.integers(parameter.least, min(parameter.most, 400)) | unknown
        case Kind.DECIMAL:
            return st.decimals(0, 8, places=2).map(lambda one: f"{one:.2f}") | unknown
        case Kind.WORD:
            return st.sampled_from(parameter.choices) | unknown
        case Kind.WORDS if parameter.choices:
            return st.lists(st.sampled_from(parameter.choices), unique=True) | unknown
        case _:
            return st.lists(st.sampled_from(["lidocaine cream", "another"]), unique=True) | unknown


def visits() -> tuple[VisitFacts, ...]:
    """Visits near every limit: young and old, early and late, much cream and none, exams of every age."""
    made = []
    chance = random.Random(6)  # noqa: S311 - invents visits, no secrets
    for _ in range(12):
        document = example()
        document["exam"]["modality"] = chance.choice(["in_person", "video"])
        examined_on = date(2026, 11, 23) - timedelta(days=chance.randrange(400))
        document["exam"]["examined_on"] = examined_on.isoformat()
        document["order"]["ordered_on"] = examined_on.isoformat()
        document["anaesthetic"]["strength_percent"] = str(chance.randrange(1, 9))
        document["anaesthetic"]["area_cm2"] = chance.randrange(50, 500)
        if chance.random() < 0.2:
            del document["exam"]
        made.append(
            replace(
                facts_of(document),
                born_on=date(2026 - chance.randrange(18, 60), 3, 14),
                last_session_on=date(2026, 11, 23) - timedelta(days=chance.randrange(1, 90)),
            )
        )
    return tuple(made)


VISITS = visits()
IN_GATE = [one for one in PARAMETERS if one.in_gate]


@settings(max_examples=120)
@given(parameter=st.sampled_from(IN_GATE), data=st.data())
def test_a_stricter_value_never_permits_more(parameter: Parameter, data: st.DataObject) -> None:
    one, other = data.draw(values_of(parameter)), data.draw(values_of(parameter))
    way = compared(parameter, one, other)
    if way == "":
        return
    loose, strict = (one, other) if way == "stricter" else (other, one)
    looser, stricter = (policy_from_json(edited(TX, parameter, value)) for value in (loose, strict))
    assert stricter.review.sample_percent >= looser.review.sample_percent
    assert stricter.review.due_days <= looser.review.due_days
    assert stricter.telephone_orders <= looser.telephone_orders
    assert stricter.late_entry_after_h <= looser.late_entry_after_h
    for facts in VISITS:
        under_strict, under_loose = (judge(replace(facts, policy=policy)) for policy in (stricter, looser))
        assert permits_no_more(under_strict, under_loose)


@pytest.mark.parametrize("code", ["interval_block_days", "interval_warn_days"])
def test_a_longer_wait_never_permits_more_where_nothing_else_stands_against_the_visit(code: str) -> None:
    parameter = next(one for one in PARAMETERS if one.code == code)
    longer = [policy_from_json(edited(TX, parameter, days)) for days in (0, 7, 14, 20, 28, 45, 90, 400)]
    told = set()
    for ago in range(1, 100, 7):
        facts = replace(facts_of(example()), last_session_on=date(2026, 11, 23) - timedelta(days=ago))
        verdicts = [judge(replace(facts, policy=policy)) for policy in longer]
        assert all(permits_no_more(strict, loose) for loose, strict in pairwise(verdicts)), ago
        told |= {len(one.findings) for one in verdicts}
    assert len(told) > 1, "the waits make a difference to these visits"


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("anaesthetic_max_percent", ["0.50", "2.00", "4.00", "5.00", "30.00"]),
        ("anaesthetic_max_g_cm2", ["0.01", "0.05", "0.10", "0.20", "8.00"]),
        ("anaesthetic_max_area_cm2", [10, 60, 100, 300, 400]),
        ("anaesthetic_max_minutes", [1, 20, 30, 60, 120]),
    ],
)
def test_a_lower_limit_for_numbing_never_permits_more_where_nothing_else_stands_against_the_visit(
    code: str, values: list[object]
) -> None:
    parameter = next(one for one in PARAMETERS if one.code == code)
    policies = [policy_from_json(edited(TX, parameter, value)) for value in values]
    told = set()
    for percent, grams, area_cm2, minutes in product(
        ("1", "3", "4.5", "20"), ("3", "15"), (50, 150, 350), (10, 45, 90)
    ):
        facts = facts_of(example())
        cream = facts.document.anaesthetic
        assert cream is not None
        assert cream.applied_at is not None
        much = replace(
            cream,
            strength_percent=Decimal(percent),
            amount_g=Decimal(grams),
            area_cm2=area_cm2,
            removed_at=cream.applied_at + timedelta(minutes=minutes),
        )
        numbed = replace(facts, document=replace(facts.document, anaesthetic=much))
        verdicts = [judge(replace(numbed, policy=policy)) for policy in policies]
        assert all(permits_no_more(strict, loose) for strict, loose in pairwise(verdicts)), much
        told |= {len(one.findings) for one in verdicts}
    assert len(told) > 1, "the limit makes a difference to these visits"


DEPTH_MM = st.sampled_from([*DEPTHS, None])
PERFORMS = st.frozensets(st.sampled_from(TECHNIQUES))


@settings(max_examples=150)
@given(
    one=PERFORMS,
    other=PERFORMS,
    depths=st.tuples(DEPTH_MM, DEPTH_MM),
    areas=st.frozensets(st.sampled_from(AREAS)),
    training=st.frozensets(st.sampled_from(["Needling", "Blood"])),
    levels=st.tuples(st.sampled_from(SUPERVISION), st.sampled_from(SUPERVISION)),
    needs_bls=st.booleans(),
    device_class=st.sampled_from(["", "mechanical", "radiofrequency"]),
    name=st.sampled_from([CLEAN, PRP]),
    supervised=st.booleans(),
)
def test_a_credential_that_may_do_less_is_never_permitted_more(
    *,
    one: frozenset[str],
    other: frozenset[str],
    depths: tuple[Decimal | None, Decimal | None],
    areas: frozenset[Area],
    training: frozenset[str],
    levels: tuple[str, str],
    needs_bls: bool,
    device_class: str,
    name: str,
    supervised: bool,
) -> None:
    document = example(name) | ({"supervised_by": "lind"} if supervised else {})
    facts = facts_of(document)
    policy, device = facts.policy, facts.device
    assert policy is not None
    assert policy.roles is not None
    assert device is not None
    roles = policy.roles
    nurse = roles["RN"]
    facts = replace(facts, device=replace(device, device_class=device_class))
    looser, stricter = sorted(levels, key=SUPERVISION.index)
    least, most = sorted(depths, key=lambda depth: (depth is None, depth or 0))

    def verdict(role: Role) -> Verdict:
        return judge(replace(facts, policy=replace(policy, roles={**roles, "RN": role})))

    wide = replace(
        nurse, performs=one | other, supervision=looser, unsupervised_mm=most, supervised_mm=most, areas=None,
        training=frozenset(), needs_bls=False,
    )  # fmt: skip
    narrow = replace(
        nurse, performs=one, supervision=stricter, unsupervised_mm=least, supervised_mm=least, areas=areas,
        training=training, needs_bls=needs_bls,
    )  # fmt: skip
    under_wide, under_narrow = verdict(wide), verdict(narrow)
    assert permits_no_more(under_narrow, under_wide)
    about_role = {each.code for each in under_wide.findings if each.code != "supervisor_missing"}
    assert about_role <= {each.code for each in under_narrow.findings}


@settings(max_examples=150)
@given(
    less=st.fixed_dictionaries({
        name: st.booleans()
        for name in (
            "areas", "limits", "warn", "block", "devices", "credentials", "topicals", "anaesthetics",
            "device_class", "providers", "speed", "asepsis", "supervision", "sessions",
        )
    }),
    name=st.sampled_from([CLEAN, PRP]),
    ago=st.integers(0, 60),
)  # fmt: skip
def test_a_stricter_protocol_never_permits_more(less: dict[str, bool], name: str, ago: int) -> None:
    facts = replace(facts_of(example(name)), last_session_on=date(2026, 11, 23) - timedelta(days=ago))
    loose = facts.protocol
    assert loose is not None
    half = Decimal("0.5")
    changes: dict[str, dict[str, Any]] = {
        "areas": {"areas": {area: one for area, one in loose.areas.items() if area is not Area.FOREHEAD}},
        "limits": {
            "areas": {
                area: replace(
                    one, soft_min_mm=one.soft_min_mm * half, soft_max_mm=one.soft_max_mm * half,
                    acknowledge_above_mm=one.acknowledge_above_mm * half, hard_max_mm=one.hard_max_mm * half,
                    pass_count_max=2,
                )
                for area, one in loose.areas.items()
            }
        },
        "warn": {"interval_warn_days": loose.interval_warn_days + 20},
        "block": {
            "interval_block_days": loose.interval_block_days + 20,
            "interval_warn_days": loose.interval_warn_days + 20,
        },
        "devices": {"devices": frozenset({"SP-77"})},
        "credentials": {"performer_credentials": frozenset({"MD"})},
        "topicals": {"topicals": frozenset()},
        "anaesthetics": {"anaesthetics": frozenset()},
        "device_class": {"device_class": "radiofrequency"},
        "providers": {"providers": ()},
        "speed": {"speed_min_rpm": 7500, "speed_max_rpm": 7600},
        "asepsis": {"asepsis": (*loose.asepsis, "One more step.")},
        "supervision": {"supervision": "on_site"},
        "sessions": {"session_count": 1},
    }  # fmt: skip
    strict = loose
    for what, is_stricter in less.items():
        if is_stricter:
            strict = replace(strict, **changes[what])
    under_strict, under_loose = (judge(replace(facts, protocol=one)) for one in (strict, loose))
    assert permits_no_more(under_strict, under_loose)
    if not any(less.values()):
        assert under_strict == under_loose


@pytest.mark.parametrize("parameter", IN_GATE, ids=lambda one: one.code)
def test_every_parameter_that_a_rule_asks_can_be_told_to_be_stricter(parameter: Parameter) -> None:
    pairs = [
        (1, 2),
        ("no", "yes"),
        ("with_guardian", "never"),
        (["in_person"], ["in_person", "video"]),
        ("random", "all"),
        ("1", "2"),
    ]
    told = set()
    for one, other in pairs:
        try:
            told.add(compared(parameter, one, other))
        except (ValueError, ArithmeticError):
            continue
    assert {"stricter", "looser"} & told


BASE = facts_of(example())


def random_visit(chance: random.Random) -> VisitFacts:
    document = example()
    for item in ("isotretinoin_stopped", "waxing", "pregnancy", "aspirin"):
        answer = chance.choice(["yes", "no", "unknown"])
        last_on = date(2026, 11, 23) - timedelta(days=chance.randrange(300))
        set_answer(document, item, answer, last_on.isoformat() if answer == "yes" else None)
    for line in document["lines"]:
        line["depth_mm"] = str(chance.choice(DEPTHS))
    document["exam"]["examined_on"] = (date(2026, 11, 23) - timedelta(days=chance.randrange(500))).isoformat()
    return replace(BASE, document=read_visit_document(document))


def random_edition(chance: random.Random, number: int, begins: date) -> Policy:
    content = TX | {"version": 4 + number, "effective_on": begins.isoformat()}
    for code, value in (
        ("exam_valid_days", chance.randrange(500)),
        ("consent_valid_days", chance.randrange(500)),
        ("minimum_age_years", chance.randrange(18, 90)),
    ):
        parameter = next(one for one in PARAMETERS if one.code == code)
        content = edited(content, parameter, value)
    content = content | {"screening": chance.sample(content["screening"], chance.randrange(38))}
    return policy_from_json(json.loads(json.dumps(content)))


def random_protocol(chance: random.Random, number: int, begins: date) -> Protocol:
    content = METHOD | {
        "version": 2 + number,
        "effective_on": begins.isoformat(),
        "performer_credentials": chance.sample(["RN", "NP", "MD", "EST"], chance.randrange(1, 4)),
        "areas": chance.sample(METHOD["areas"], chance.randrange(1, len(METHOD["areas"]))),
        "asepsis": ["Wash hands.", f"Step {number}."],
        "aftercare_form": chance.choice(["own-aftercare", "other-aftercare"]),
    }
    return protocol_from_json(content)


def test_a_thousand_visits_keep_their_verdict_after_twenty_later_editions() -> None:
    chance = random.Random(1000)  # noqa: S311 - invents visits, no secrets
    first = policy_from_json(TX)
    day = date(2026, 11, 23)
    later = [random_edition(chance, number, day + timedelta(days=1 + number)) for number in range(20)]
    assert in_force([first, *later], day + timedelta(days=30)) is later[-1]
    method = protocol_from_json(METHOD)
    methods = [random_protocol(chance, number, day + timedelta(days=1 + number)) for number in range(20)]
    changed = changed_by_protocol = 0
    for _ in range(1000):
        facts = random_visit(chance)
        under = replace(facts, policy=in_force([first], facts.day), protocol=in_force([method], facts.day))
        before = judge(under)
        after = judge(
            replace(
                facts,
                policy=in_force([first, *later], facts.day),
                protocol=in_force([method, *methods], facts.day),
            )
        )
        assert after == before
        changed += judge(replace(under, policy=later[-1])) != before
        changed_by_protocol += judge(replace(under, protocol=methods[-1])) != before
    assert changed > 500, "the editions of the policy would have judged otherwise"
    assert changed_by_protocol > 500, "the editions of the protocol would have judged otherwise"
