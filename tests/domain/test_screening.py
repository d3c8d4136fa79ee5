"""The checklist: windows on both sides, and that no silence permits more than an answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.finding import Finding, Outcome, PassedBy
from mnclinic.domain.screening import (
    MEDICINES,
    NEVER_TIMED,
    UNLISTED_LESION,
    Answer,
    ContraindicationClass,
    Lesion,
    OnFile,
    ScreeningAnswer,
    ScreeningItem,
    asked,
    barred_areas,
    screening_findings,
    screening_item_from_json,
)
from mnclinic.domain.treatment import Area
from tests.domain.builders import draft, shipped_policy

DAY = date(2026, 11, 23)
WHOLE = shipped_policy().screening
ITEMS = asked(WHOLE, "radiofrequency")
IN_WORDS = [item.item for item in ITEMS]
WINDOWED = [item for item in ITEMS if item.window_days is not None]

PERMITS_LEAST = {None: 0, PassedBy.PERFORMER: 1, PassedBy.DIRECTOR: 2, PassedBy.NOBODY: 3}

answers = st.builds(
    ScreeningAnswer,
    item=st.just("an_item"),
    answer=st.sampled_from(Answer),
    last_on=st.none() | st.dates(DAY - timedelta(days=800), DAY + timedelta(days=3)),
    areas=st.frozensets(st.sampled_from(Area), max_size=3),
)
places = st.frozensets(st.sampled_from(Area), max_size=4)
items = st.builds(
    ScreeningItem,
    item=st.just("an_item"),
    question=st.just("?"),
    topic=st.just("A thing"),
    contraindication=st.sampled_from(ContraindicationClass),
    passed_by=st.sampled_from(PassedBy),
    window_days=st.none() | st.integers(1, 400),
    shows_earliest=st.booleans(),
    advice=st.sampled_from(["", "Ask the prescriber."]),
    source=st.just("test"),
    confidence=st.just("low"),
    is_per_area=st.booleans(),
)


def judged(
    item: ScreeningItem,
    answer: ScreeningAnswer | None,
    day: date = DAY,
    treated: frozenset[Area] = frozenset(),
    *,
    seen: Sequence[Area] = (),
    on_file: Sequence[str] = (),
) -> Finding | None:
    given_answers = {} if answer is None else {item.item: replace(answer, item=item.item)}
    found = screening_findings(
        [item],
        given_answers,
        visit_on=day,
        treated=treated,
        device_class="radiofrequency",
        lesions=[Lesion(area, item.item) for area in seen],
        on_file=[OnFile(item.item, words) for words in on_file],
    )
    return found[0] if found else None


def severity(finding: Finding | None) -> int:
    return PERMITS_LEAST[finding.passed_by if finding else None]


def yes(last_on: date | None = None) -> ScreeningAnswer:
    return ScreeningAnswer("an_item", Answer.YES, last_on)


NO = ScreeningAnswer("an_item", Answer.NO)
UNKNOWN = ScreeningAnswer("an_item", Answer.UNKNOWN)
SILENCES = (None, UNKNOWN, yes(), yes(DAY + timedelta(days=1)))


@pytest.mark.parametrize("item", WINDOWED, ids=lambda item: item.item)
def test_a_window_ends_on_its_last_day_and_not_before(item: ScreeningItem) -> None:
    assert item.window_days is not None
    last_on = DAY - timedelta(days=item.window_days)
    assert judged(item, yes(last_on)) is None
    assert judged(item, yes(last_on - timedelta(days=1))) is None
    within = judged(item, yes(last_on + timedelta(days=1)))
    assert within is not None
    assert within.passed_by is item.passed_by
    assert judged(item, yes(DAY)) is not None


@pytest.mark.parametrize("item", WINDOWED, ids=lambda item: item.item)
def test_the_earliest_day_is_the_first_on_which_nothing_is_found(item: ScreeningItem) -> None:
    answer = yes(DAY)
    finding = judged(item, answer)
    assert finding is not None
    if not item.shows_earliest:
        assert finding.earliest_on is None
        assert "Earliest" not in finding.message
        return
    assert finding.earliest_on is not None
    assert finding.earliest_on.isoformat() in finding.message
    assert judged(item, answer, finding.earliest_on) is None
    assert judged(item, answer, finding.earliest_on - timedelta(days=1)) is not None


@pytest.mark.parametrize("item", ITEMS, ids=IN_WORDS)
@given(answer=answers, treated=places, seen=places)
def test_silence_never_permits_more_than_any_answer(
    item: ScreeningItem, answer: ScreeningAnswer, treated: frozenset[Area], seen: frozenset[Area]
) -> None:
    worst = severity(judged(item, answer, treated=treated, seen=sorted(seen)))
    for silence in SILENCES:
        assert severity(judged(item, silence, treated=treated)) >= worst
        assert severity(judged(item, silence)) >= PERMITS_LEAST[item.passed_by]


@given(item=items, answer=answers, treated=places, seen=places)
def test_silence_permits_least_for_any_item_that_a_clinic_may_write(
    item: ScreeningItem, answer: ScreeningAnswer, treated: frozenset[Area], seen: frozenset[Area]
) -> None:
    worst = severity(judged(item, answer, treated=treated, seen=sorted(seen)))
    for silence in SILENCES:
        assert severity(judged(item, silence, treated=treated)) >= worst


@given(item=items, answer=answers, treated=places, more=places, seen=places)
def test_more_areas_or_more_that_is_seen_never_permits_more(
    item: ScreeningItem,
    answer: ScreeningAnswer,
    treated: frozenset[Area],
    more: frozenset[Area],
    seen: frozenset[Area],
) -> None:
    few = severity(judged(item, answer, treated=treated))
    assert severity(judged(item, answer, treated=treated | more)) >= few
    assert severity(judged(item, answer, treated=treated, seen=sorted(seen))) >= few


@given(item=items, answer=answers, treated=places)
def test_what_is_on_file_never_permits_more(
    item: ScreeningItem, answer: ScreeningAnswer, treated: frozenset[Area]
) -> None:
    for one in (answer, None):
        without = severity(judged(item, one, treated=treated))
        assert severity(judged(item, one, treated=treated, on_file=["warfarin"])) >= without


PER_AREA = [item for item in ITEMS if item.is_per_area]


@pytest.mark.parametrize("item", PER_AREA, ids=lambda item: item.item)
def test_a_yes_that_names_areas_touches_only_those(item: ScreeningItem) -> None:
    in_the_cheek = replace(yes(DAY), areas=frozenset({Area.CHEEK}))
    assert judged(item, in_the_cheek, treated=frozenset({Area.NOSE, Area.CHIN})) is None
    assert judged(item, NO, treated=frozenset({Area.NOSE}), seen=[Area.CHEEK]) is None
    for answer, seen in ((in_the_cheek, []), (NO, [Area.CHEEK])):
        touched = judged(item, answer, treated=frozenset({Area.CHEEK, Area.NOSE}), seen=seen)
        assert touched is not None
        assert touched.passed_by is item.passed_by
        assert touched.message.startswith("In the cheek: ")
    everywhere = judged(item, yes(DAY), treated=frozenset({Area.NOSE}))
    assert everywhere is not None
    unknown = replace(UNKNOWN, areas=frozenset({Area.CHEEK}))
    assert judged(item, unknown, treated=frozenset({Area.NOSE})) is not None


@pytest.mark.parametrize("item", [one for one in ITEMS if not one.is_per_area], ids=lambda item: item.item)
def test_an_area_beside_an_item_of_the_whole_person_frees_no_other(item: ScreeningItem) -> None:
    for answer, seen in ((replace(yes(DAY), areas=frozenset({Area.CHEEK})), []), (NO, [Area.CHEEK])):
        assert judged(item, answer, treated=frozenset({Area.NOSE}), seen=seen) is not None


@pytest.mark.parametrize("item", [one for one in ITEMS if one.is_per_area], ids=lambda item: item.item)
def test_what_is_seen_beside_a_yes_about_another_area_bars_both(item: ScreeningItem) -> None:
    in_the_cheek = replace(yes(DAY), item=item.item, areas=frozenset({Area.CHEEK}))
    for treated, wanted in (
        ({Area.CHIN}, {Area.CHIN}),
        ({Area.CHEEK}, {Area.CHEEK}),
        ({Area.CHIN, Area.CHEEK, Area.NOSE}, {Area.CHIN, Area.CHEEK}),
    ):
        finding = judged(item, in_the_cheek, treated=frozenset(treated), seen=[Area.CHIN])
        assert finding is not None
        assert finding.areas == wanted
    seen = [Lesion(Area.CHIN, item.item)]
    barred = barred_areas(ITEMS, {item.item: in_the_cheek}, visit_on=DAY, lesions=seen)
    assert {one.area for one in barred} == {Area.CHIN, Area.CHEEK}


def test_areas_to_leave_out_are_known_before_a_line_is_written() -> None:
    given_answers = {
        "active_acne": ScreeningAnswer("active_acne", Answer.YES, areas=frozenset({Area.CHEEK})),
        "pregnancy": ScreeningAnswer("pregnancy", Answer.YES),
        "filler": ScreeningAnswer(
            "filler", Answer.YES, DAY - timedelta(days=20), areas=frozenset({Area.CHIN})
        ),
    }
    seen = [Lesion(Area.FOREHEAD, "skin_cancer"), Lesion(Area.NECK, "other", "Blue spot")]
    barred = barred_areas(ITEMS, given_answers, visit_on=DAY, lesions=seen)
    assert [(one.area, one.item, one.passed_by) for one in barred] == [
        (Area.FOREHEAD, "skin_cancer", PassedBy.DIRECTOR),
        (Area.CHEEK, "active_acne", PassedBy.NOBODY),
        (Area.NECK, "other", PassedBy.DIRECTOR),
    ]


def test_a_lesion_that_the_checklist_does_not_name_is_the_directors() -> None:
    given_answers = {item.item: replace(NO, item=item.item) for item in ITEMS}
    lesions = [Lesion(Area.NECK, "other", "Blue spot")]
    for treated, found in ((Area.NECK, [UNLISTED_LESION]), (Area.CHIN, [])):
        findings = screening_findings(
            WHOLE,
            given_answers,
            visit_on=DAY,
            treated=frozenset({treated}),
            device_class="radiofrequency",
            lesions=lesions,
        )
        assert [finding.code for finding in findings] == found
        assert all(finding.passed_by is PassedBy.DIRECTOR for finding in findings)


def test_an_item_for_one_class_of_devices_is_asked_for_that_and_for_no_known_class() -> None:
    only = "pacemaker_radiofrequency"
    for device_class, is_asked in (
        ("mechanical", False),
        (None, False),
        ("radiofrequency", True),
        ("", True),
    ):
        assert (only in {item.item for item in asked(WHOLE, device_class)}) is is_asked
        found = screening_findings(WHOLE, {}, visit_on=DAY, device_class=device_class)
        assert (only in {finding.code for finding in found}) is is_asked


def test_an_item_that_the_record_answers_is_asked_of_nobody() -> None:
    age = next(item for item in WHOLE if item.item == "age_under_22")
    assert age.answered_by == "off_label_age"
    assert age not in ITEMS


def test_what_is_on_file_raises_its_item_until_it_is_answered() -> None:
    item = next(item for item in ITEMS if item.item == "anticoagulant")
    raised = judged(item, None, on_file=["warfarin"])
    assert raised is not None
    assert not raised.is_undone
    assert "warfarin" in raised.message
    denied = judged(item, NO, on_file=["warfarin"])
    assert denied is not None
    assert denied.passed_by is PassedBy.PERFORMER
    said = judged(item, yes(), on_file=["warfarin"])
    assert said is not None
    assert said.passed_by is PassedBy.DIRECTOR


@pytest.mark.parametrize("code", sorted(MEDICINES))
@given(window_days=st.none() | st.integers(1, 400), ago=st.integers(0, 500), shows=st.booleans())
def test_whatever_a_policy_says_no_date_is_told_for_what_somebody_takes(
    code: str, window_days: int | None, ago: int, shows: bool
) -> None:
    content = next(one for one in draft("screening/standard.json")["items"] if one["item"] == code)
    item = screening_item_from_json(content | {"window_days": window_days, "shows_earliest": shows})
    finding = judged(item, yes(DAY - timedelta(days=ago)))
    if code in NEVER_TIMED:
        assert finding is not None
        assert "day" not in finding.message
        assert "Ask the prescriber, and the director decides." in finding.message
    if finding is not None:
        assert finding.earliest_on is None
        assert "Earliest" not in finding.message


@given(item=items, answer=answers, shorter=st.integers(1, 400))
def test_a_stricter_window_never_permits_more(
    item: ScreeningItem, answer: ScreeningAnswer, shorter: int
) -> None:
    if item.window_days is not None:
        shorter = min(shorter, item.window_days)
    lenient = replace(item, window_days=shorter)
    assert severity(judged(item, answer)) >= severity(judged(lenient, answer))


@pytest.mark.parametrize("item", ITEMS, ids=IN_WORDS)
def test_no_passes_every_item(item: ScreeningItem) -> None:
    assert judged(item, NO) is None


@pytest.mark.parametrize("item", ITEMS, ids=IN_WORDS)
def test_an_unasked_question_is_work_that_nobody_passes(item: ScreeningItem) -> None:
    finding = judged(item, None)
    assert finding is not None
    assert finding.is_undone
    assert finding.passed_by is PassedBy.NOBODY
    assert finding.outcome is Outcome.REFUSED
    assert finding.code == item.item


def test_no_beside_a_day_of_last_use_counts_as_yes() -> None:
    windowed = next(item for item in ITEMS if item.item == "isotretinoin_stopped")
    contradicting = replace(NO, last_on=DAY - timedelta(days=10))
    finding = judged(windowed, contradicting)
    assert finding is not None
    standing = next(item for item in ITEMS if item.item == "pregnancy")
    finding = judged(standing, contradicting)
    assert finding is not None
    assert "counts as yes" in finding.message
    assert judged(windowed, replace(NO, last_on=DAY - timedelta(days=183))) is None


def test_no_beside_an_area_counts_as_yes_there() -> None:
    in_the_cheek = replace(NO, areas=frozenset({Area.CHEEK}))
    for item in PER_AREA:
        touched = judged(item, in_the_cheek, treated=frozenset({Area.CHEEK}))
        assert severity(touched) == PERMITS_LEAST[item.passed_by]
    whole = next(item for item in ITEMS if item.item == "pregnancy")
    assert severity(judged(whole, in_the_cheek)) == PERMITS_LEAST[whole.passed_by]


@given(item=items, answer=answers)
def test_only_what_the_performer_may_pass_is_a_warning(item: ScreeningItem, answer: ScreeningAnswer) -> None:
    finding = judged(item, answer)
    if finding is not None:
        warns = finding.passed_by is PassedBy.PERFORMER
        assert finding.outcome is (Outcome.WARNED if warns else Outcome.REFUSED)
        assert not finding.is_undone


def test_every_item_that_speaks_against_treating_is_told() -> None:
    given_answers = {item.item: replace(yes(DAY), item=item.item) for item in ITEMS}
    found = screening_findings(ITEMS, given_answers, visit_on=DAY, device_class="radiofrequency")
    assert [finding.code for finding in found] == IN_WORDS


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "on the day of the visit;"), (1, "1 day ago;"), (2, "2 days ago;")],
)
def test_days_are_said_as_people_say_them(days: int, said: str) -> None:
    item = next(item for item in ITEMS if item.item == "isotretinoin_stopped")
    finding = judged(item, yes(DAY - timedelta(days=days)))
    assert finding is not None
    assert said in finding.message


def test_a_release_outlives_the_counting_of_days_but_no_other_answer() -> None:
    item = next(item for item in ITEMS if item.item == "isotretinoin_stopped")
    on_monday, on_tuesday = (judged(item, yes(date(2026, 6, 15)), day) for day in (DAY, DAY + timedelta(1)))
    other_day, unknown = judged(item, yes(date(2026, 6, 16))), judged(item, UNKNOWN)
    assert on_monday is not None
    assert on_tuesday is not None
    assert other_day is not None
    assert unknown is not None
    assert on_monday.message != on_tuesday.message
    assert on_monday.basis == on_tuesday.basis
    assert len({on_monday.basis, other_day.basis, unknown.basis}) == 3


def test_a_release_of_an_answer_about_one_area_is_none_of_the_same_answer_about_another() -> None:
    item = next(item for item in PER_AREA if item.passed_by is PassedBy.DIRECTOR)
    both = frozenset({Area.CHEEK, Area.FOREHEAD})
    bases = set()
    for areas in (frozenset({Area.CHEEK}), frozenset({Area.FOREHEAD}), both, frozenset[Area]()):
        finding = judged(item, replace(yes(DAY), last_on=None, areas=areas), treated=both)
        assert finding is not None
        bases.add(finding.basis)
        assert finding.areas == areas
    assert len(bases) == 4
