"""What a program once took is honestly done, and the check takes it for ever.

The check asks the program's own rules about rows that any earlier program wrote. Whoever makes one of these
rules stricter, or says anything in it in other words, calls honest clinics altered. So what was taken stands
here once more, in its own words. A rule becomes stricter in a new function for the program, and the check
asks it of what stands behind `check_program_rules.newer_rules_from` of the form of data that came with it;
what stands here stays as it is.
"""

import ast
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import chain, combinations
from pathlib import Path

import pytest

import mnclinic.services
from mnclinic.audit import acknowledging, closing_recall
from mnclinic.audit.canonical import sha256_hex
from mnclinic.domain.adverse_events import (
    HELD_FROM_GRADE,
    Account,
    StepKind,
    problems_of_account,
    problems_of_step,
    why_it_cannot_follow,
)
from mnclinic.domain.amendment import AMENDABLE, STATEMENTS, Correction, is_of_one_field, kept_part
from mnclinic.domain.event_clock import deadlines
from mnclinic.domain.follow_up import EARLY, ENDS, EVENT_EVERY, problems_of_try
from mnclinic.domain.photos import problems_of_photo
from mnclinic.domain.planned_life import BEGINS, LEADS
from mnclinic.domain.recall_case import problems_of_opening, refusals_of_closing
from mnclinic.domain.review import ALWAYS_SENT, SCORE, draw_ticket, due_within

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)

HELD_HERE = {
    *(
        "problems_of_account",
        "problems_of_step",
        "why_it_cannot_follow",
        "deadlines",
        "problems_of_try",
        "ENDS",
    ),
    *("problems_of_photo", "problems_of_opening", "refusals_of_closing", "kept_part", "is_of_one_field"),
    *("AMENDABLE", "STATEMENTS", "may_follow", "BEGINS", "LEADS", "SCORE", "ALWAYS_SENT"),
    *("draw_ticket", "due_within", "HELD_FROM_GRADE", "EARLY", "EVENT_EVERY"),
}
"""What judges or counts, and is held below."""
HELD_ELSEWHERE = {
    # By tests of their own, which name each value.
    *("media_type_of", "form_of", "in_force", "is_same_person", "fold", "digits", "contact_text"),
    *("OPEN_TO_EDIT", "LEFT_DEFERRED", "DEVICE_ACTS", "LOT_ACTS", "CHANGEABLE", "LABEL_FACTS"),
    *("answer_basis", "end_of_day", "SAME_DAY_FROM_GRADE", "MONTHS"),
    # What reads, and judges nothing.
    *("corrected", "is_same_value", "value_at", "words_of_path", "words_of_value", "read_instant"),
    *("policy_from_json", "read_visit_document", "DEVICE", "DEVICE_CONFIRMED", "DEVICE_FACTS"),
}


def test_every_rule_that_the_check_asks_is_held_to_what_it_once_took() -> None:
    asked = set()
    for path in Path(mnclinic.services.__path__[0]).glob("check_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mnclinic.domain."):
                asked |= {one.name for one in node.names}
    # Classes are words and values.
    rules = {one for one in asked if one.isupper() or one[0].islower()}
    assert rules == HELD_HERE | HELD_ELSEWHERE


def test_a_contact_counts_from_a_day_before_it_is_due_and_grave_events_hold_the_records() -> None:
    assert timedelta(hours=24) == EARLY
    assert timedelta(hours=48) == EVENT_EVERY
    assert HELD_FROM_GRADE == 4


KINDS_OF_EVENTS = (
    "redness bruise_or_crust acne_or_milia contact_dermatitis lymph_nodes herpes infection "
    "mycobacteria dark_patches scar granuloma allergy fainting anaesthetic_toxicity eye_injury "
    "blood_exposure burn_or_nerve"
)


def _account(**said: object) -> Account:
    parts = {"kind": "redness", "onset_at": NOW, "is_expected": False, "told_how": "message", "told_by": "x"}
    return Account(**(parts | said))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("grade", "account"),
    [
        *((grade, _account(kind=kind)) for kind in KINDS_OF_EVENTS.split() for grade in (1, 2, 3)),
        *((1, _account(is_expected=is_so)) for is_so in (True, False)),
        *(
            (2, _account(relatedness=one))
            for one in ["unrelated", "unlikely", "possible", "probable", "definite"]
        ),
        *((2, _account(told_how=one)) for one in ["telephone", "in_person", "during_visit", "follow_up"]),
        (2, _account(told_by="x" * 200, treatment="x" * 4000)),
        (2, _account(onset_at=NOW - timedelta(days=40_000))),
        (3, _account(seriousness=("life_threatening", "hospital", "disability", "intervention"))),
        (4, _account(seriousness=("life_threatening",))),
        (4, _account(seriousness=("life_threatening", "hospital", "other_important"))),
        (5, _account(seriousness=("death",))),
        (5, _account(seriousness=("hospital", "death"))),
    ],
    ids=str,
)
def test_accounts(grade: int, account: Account) -> None:
    told = {"treated_at": None, "now": NOW, "newest": NOW}
    assert not [*problems_of_account(account, event="", grade=grade, **told)]  # type: ignore[arg-type]


def test_an_account_in_words_of_ones_own() -> None:
    account = _account(kind="other")
    told = problems_of_account(account, event="x" * 9000, grade=1, treated_at=None, now=NOW, newest=NOW)
    assert not [*told]


ENDINGS = ["recovered", "recovered_with_traces", "not_recovered", "died", "unknown"]


@pytest.mark.parametrize("outcome", [None, *ENDINGS])
@pytest.mark.parametrize(("grade", "worst"), [(None, 1), (0, 1), (1, 1), (5, 5), (0, 5)])
def test_steps_about_an_event(outcome: str | None, grade: int | None, worst: int) -> None:
    for text in ("x", "x" * 4000):
        told = problems_of_step(
            text=text, grade=grade, worst_grade=worst, outcome=outcome, is_text_needed=True
        )
        assert not [*told]
    assert not [
        *problems_of_step(text="", grade=grade, worst_grade=worst, outcome=outcome, is_text_needed=False)
    ]


def _each(of: Collection[str]) -> list[tuple[str, ...]]:
    return [one for one in chain.from_iterable(combinations(of, size) for size in range(len(of) + 1))]


@pytest.mark.parametrize(
    ("what", "done"),
    [
        *(("told", one) for one in _each(("note", "reported"))),
        *(("acknowledged", one) for one in _each(("told", "note", "reported"))),
        *(("note", one) for one in _each(("told", "acknowledged", "note", "reported"))),
        *(("reported", one) for one in _each(("told", "acknowledged", "note", "reported", "closed"))),
        *(("closed", (*one, "acknowledged")) for one in _each(("told", "note", "reported"))),
    ],
    ids=str,
)
def test_the_order_of_steps(what: str, done: tuple[str, ...]) -> None:
    assert why_it_cannot_follow(StepKind(what), {StepKind(one) for one in done}) is None


@pytest.mark.parametrize(
    ("grade", "is_expected", "said_h", "tell_h", "sign_h"),
    [
        *((1, False, None, 72, 72), (1, True, None, 168, 168), (1, True, 200, 200, 200), (1, False, 5, 5, 5)),
        *((2, False, None, 24, 24), (2, True, None, 24, 24), (2, False, 0, 0, 0)),
        *((3, False, None, 1, 9), (3, False, 30, 30, 30), (4, False, None, 0, 9), (5, True, None, 0, 9)),
    ],
)
def test_deadlines(grade: int, is_expected: bool, said_h: int | None, tell_h: int, sign_h: int) -> None:
    due = deadlines(grade, is_expected=is_expected, told_at=NOW, hours={grade: said_h}, zone=UTC)
    assert ((due.tell_by - NOW), (due.sign_by - NOW)) == (timedelta(hours=tell_h), timedelta(hours=sign_h))


@pytest.mark.parametrize("channel", ["telephone", "message", "in_person"])
@pytest.mark.parametrize(
    ("outcome", "answers", "questions", "note"),
    [
        *(("well", {}, 0, ""), ("well", {1: False, 2: False}, 2, "x" * 2000), ("wrong", {}, 2, "x")),
        *(("wrong", {2: True}, 2, ""), ("wrong", {1: False}, 2, "x"), ("voicemail", {}, 2, "")),
        *(("no_answer", {}, 2, ""), ("not_needed", {}, 2, "x")),
    ],
)
def test_tries_at_contacts(
    channel: str, outcome: str, answers: dict[int, bool], questions: int, note: str
) -> None:
    told = problems_of_try(
        outcome=outcome, channel=channel, answers=answers, question_count=questions, note=note
    )
    assert not [*told]


def test_only_these_outcomes_end_a_contact() -> None:
    assert {"well", "wrong", "not_needed"} >= ENDS


@pytest.mark.parametrize("when", ["before", "after", "follow_up"])
@pytest.mark.parametrize("taken_at", [NOW, datetime(1990, 1, 1, tzinfo=UTC)])
def test_photographs(when: str, taken_at: datetime) -> None:
    for view in ("x", "x" * 120):
        assert not [*problems_of_photo(view, when, taken_at, because=None, now=NOW)]


@pytest.mark.parametrize("kind", ["cartridge", "topical", "anaesthetic", "prp_kit", "device"])
def test_recalls(kind: str) -> None:
    begin, end = b"%PDF-1.7\n", b"\n%%EOF\n"
    largest = begin + b" " * (5_000_000 - len(begin) - len(end)) + end
    assert not [*problems_of_opening(kind, "x" * 120, "x" * 2000, largest, is_drill=False)]
    for notice in (None, begin + end):
        assert not [*problems_of_opening(kind, "x", "x", notice, is_drill=True)]


def test_ends_of_recalls() -> None:
    tried = {"a": ["reached"], "b": ["no_answer"], "c": ["sent", "returned"]}
    assert refusals_of_closing([], {}, "", is_drill=False) == []
    assert refusals_of_closing(["a"], tried, "", is_drill=False) == []
    assert refusals_of_closing(["a", "b", "c"], tried, "x", is_drill=False) == []
    assert refusals_of_closing(["a", "b"], {}, "", is_drill=True) == []


CORRECTED = (
    "aftercare_sheet anaesthetic.lot asepsis.antiseptic cartridge.lot device ended_at exam.examined_on "
    "fitzpatrick.type identity.confirmed_by indication last_session_on lines[0].depth_mm note "
    "order.ordered_on planned_areas[1] precare.form prp.kit_lot reasons[0].text "
    "screening[0].answer service skin.type "
    "started_at supervised_by topicals[0].lot vitals.systolic"
)


@pytest.mark.parametrize("path", CORRECTED.split())
def test_fields_that_were_corrected(path: str) -> None:
    assert kept_part(path) is None


@pytest.mark.parametrize("value", ['"x"', "1", "true", "null", None])
def test_values_that_were_corrected(value: str | None) -> None:
    assert is_of_one_field(Correction("note", value, value))


def test_states_in_which_visits_were_amended() -> None:
    signed = {"in_review", "complete_not_drawn", "signed"}
    taken = dict.fromkeys(("addendum", "correction", "late_entry"), signed)
    for kind, states in (taken | {"wrong_patient": signed | {"returned"}}).items():
        assert {str(one) for one in AMENDABLE[kind]} >= states  # type: ignore[index]


def test_what_was_signed_is_signed_in_these_words() -> None:
    said = [
        *(STATEMENTS[one] for one in sorted(STATEMENTS)),
        acknowledging.STATEMENT,
        closing_recall.STATEMENT,
    ]
    once = "5d7779cd 99e6a89c 06b17788 9526c423 e3f765c9 f20da6f0"
    assert [sha256_hex(one.encode())[:8] for one in said] == once.split()


def test_lives_of_planned_visits() -> None:
    begins = {act: str(state) for act, state in BEGINS.items()}
    assert begins.items() >= {"plan.made": "planned", "plan.walked_in": "arrived"}.items()
    leads = {(act, str(one)): str(to) for act, ways in LEADS.items() for one, to in ways.items()}
    once = (
        "changed:planned>planned changed:arrived>arrived arrived:planned>arrived arrived:no_show>arrived "
        "arrival_taken_back:arrived>planned started:planned>started started:arrived>started "
        "cancelled:planned>cancelled cancelled:arrived>cancelled no_show:planned>no_show "
        "put_back:cancelled>planned put_back:no_show>planned taken_back:planned>taken_back "
        "taken_back:arrived>taken_back entered_again:taken_back>planned"
    )
    for way in once.split():
        act, _, states = way.partition(":")
        before, _, after = states.partition(">")
        assert leads[f"plan.{act}", before] == after


def test_the_places_of_visits_in_the_queue_and_their_draws() -> None:
    assert (
        SCORE.items()
        >= {
            **{
                "telephone_order": 512,
                "adverse_event": 256,
                "override": 128,
                "off_label": 64,
                "returned": 32,
            },
            **{"prp": 16, "late_entry": 8, "reason_given": 4, "first_by_new_staff": 2, "drawn": 1},
        }.items()
    )
    assert {"telephone_order", "returned", "override"} == ALWAYS_SENT
    assert [draw_ticket(bytes([one]) * 32) for one in (0, 1, 255)] == [1597, 7959, 6202]
    assert due_within(NOW, 7, None, 2) == NOW + timedelta(days=7)
    assert due_within(NOW, 7, NOW - timedelta(days=1), 2) == NOW + timedelta(days=1)
