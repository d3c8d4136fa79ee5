"""A consent counts only when it is whole: every partial state is refused, by rule, whatever form wrote it."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.domain.consent import consent_text_facts, content_of
from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.gate import VisitFacts, judge
from mnclinic.domain.patient_sheets import sheet_facts
from mnclinic.domain.policy import Protocol
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.domain.withdrawal import Withdrawal
from tests.domain.builders import PRP, Json, draft, example, facts_for, facts_of

UNSIGNED = "consent_signature_missing"
SCAN, OTHER_SCAN = "a" * 64, "b" * 64
FORMS = ("microneedling-5", "microneedling-prp-1", "photographs-1")
NAMES = [f"{form}-{language}" for form in FORMS for language in ("en", "es")]
TEXTS = tuple(
    consent_text_facts(text, sha256_hex(canonical_bytes(text)))
    for text in (draft(f"consent_texts/{name}.json") for name in NAMES)
)
AFTER = tuple(
    sheet_facts(text, sha256_hex(canonical_bytes(text)))
    for text in (draft(f"consent_texts/microneedling-aftercare-1-{one}.json") for one in ("en", "es"))
)
SHEETS = {one.language: one.sha256 for one in facts_for().precare_sheets}
SHA = {(one.form, one.language): one.sha256 for one in TEXTS}
NEEDED = frozenset({"signature", "questions", "text_sha256", "addenda"})
PAPER = "7e0d3c2b-1a4f-4d6e-8b9c-5f6a7b8c9d55"
NAME = "Ada Testerman"
YOUNG = example()["patient"] | {"born_on": "2010-01-01"}


def whole(name: str = "visit-1-clean-face") -> Json:
    """A visit with a whole consent to the newest text."""
    document = example(name)
    document["consent"] |= {
        "version": 5,
        "text_sha256": SHA["microneedling", "en"],
        "questions": {"answered_by": "reyes"},
        "witness": "desk",
        "read_by": "handover",
        "addenda": [addendum("photographs", level="chart")],
    }
    if name == PRP:
        document["consent"]["addenda"].append(addendum("microneedling-prp"))
    before = datetime.fromisoformat(document["consent"]["signed_at"]) - timedelta(days=1)
    document["precare"] = {
        "sheet": "microneedling-precare",
        "version": 2,
        "language": "en",
        "given_at": before.isoformat(),
        "given_by": "desk",
        "how": "printed",
        "text_sha256": SHEETS["en"],
    }
    return document


def addendum(form: str, language: str = "en", **more: str) -> Json:
    return {"form": form, "version": 1, "language": language, "text_sha256": SHA[form, language], **more}


def facts(document: Json, **changes: Any) -> VisitFacts:  # noqa: ANN401 - the facts of any field
    made = replace(
        facts_of(document),
        consent_texts=TEXTS,
        patient_name=NAME,
        consent_staff=frozenset({"reyes", "desk"}),
        consent_papers={PAPER: SCAN},
    )
    return replace(made, **changes)


def found(document: Json, **changes: Any) -> set[str]:  # noqa: ANN401 - the facts of any field
    """What the rules of consent say of it, beside whatever else stands."""
    return {one.code for one in judge(facts(document, **changes)).findings if one.light is Light.CONSENT}


def with_policy(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    policy = facts_for().policy
    assert policy is not None
    return {"policy": replace(policy, **changes)}


@dataclass(frozen=True)
class Gap:
    """One thing that a consent lacks or has wrong, and what the rule calls it."""

    name: str
    code: str
    spoil: Callable[[Json], object] = lambda _: None
    changes: Callable[[], dict[str, Any]] = dict


def _signature(**values: object) -> Callable[[Json], object]:
    return lambda d: d["consent"].update(signature=values)


GAPS = (
    Gap("none at all", "consent_missing", lambda d: d.pop("consent")),
    Gap("no signature", UNSIGNED, lambda d: d["consent"].pop("signature")),
    Gap("empty drawing", UNSIGNED, _signature(kind="drawn", strokes=[])),
    Gap("a tap", UNSIGNED, _signature(kind="drawn", strokes=[[[1, 1]], [[2, 2], [2, 2]]])),
    Gap(
        "a drawing under another kind",
        UNSIGNED,
        _signature(kind="typed", strokes=[[[1, 1], [9, 9]]]),
    ),
    Gap("nothing typed", UNSIGNED, _signature(kind="typed", name=" ", agreed=True)),
    Gap("typed, not agreed", UNSIGNED, _signature(kind="typed", name=NAME)),
    Gap("typed, agreed to not", UNSIGNED, _signature(kind="typed", name=NAME, agreed=False)),
    Gap(
        "another's name typed",
        "consent_signed_by_other",
        _signature(kind="typed", name="Bo Otherson", agreed=True),
    ),
    Gap("paper without a scan", UNSIGNED, _signature(kind="paper", seen_by="desk")),
    Gap(
        "a scan that nobody kept",
        "consent_paper_unknown",
        _signature(kind="paper", attachment=PAPER.replace("7", "8"), sha256=SCAN, seen_by="desk"),
    ),
    Gap(
        "a scan with other bytes",
        "consent_paper_unknown",
        _signature(kind="paper", attachment=PAPER, sha256=OTHER_SCAN, seen_by="desk"),
    ),
    Gap(
        "paper that nobody saw",
        "consent_paper_unseen",
        _signature(kind="paper", attachment=PAPER, sha256=SCAN),
    ),
    Gap(
        "paper that a stranger saw",
        "consent_paper_unseen",
        _signature(kind="paper", attachment=PAPER, sha256=SCAN, seen_by="stranger"),
    ),
    Gap("no questions", "consent_questions_missing", lambda d: d["consent"].pop("questions")),
    Gap(
        "questions answered by a stranger",
        "consent_questions_missing",
        lambda d: d["consent"].update(questions={"answered_by": "stranger"}),
    ),
    Gap(
        "no witness where the policy asks",
        "consent_witness_missing",
        lambda d: d["consent"].pop("witness"),
        lambda: with_policy(consent_witness=True),
    ),
    Gap(
        "a stranger as witness",
        "consent_witness_missing",
        lambda d: d["consent"].update(witness="stranger"),
        lambda: with_policy(consent_witness=True),
    ),
    Gap(
        "no witness where the text asks",
        "consent_witness_missing",
        lambda d: d["consent"].pop("witness"),
        lambda: {"consent_texts": tuple(replace(one, asks=frozenset({"witness"})) for one in TEXTS)},
    ),
    Gap("no text in that language", "consent_text_unknown", changes=lambda: {"consent_texts": TEXTS[1:]}),
    Gap(
        "another language than the patient's",
        "consent_language_other",
        changes=lambda: {"patient_language": "es"},
    ),
    Gap(
        "interpreted into a third language",
        "consent_language_other",
        lambda d: d["consent"].update(interpreter={"name": "Cy", "language": "fr", "how": "phone"}),
        lambda: {"patient_language": "vi"},
    ),
    Gap(
        "a language that the policy does not take",
        "consent_language_not_allowed",
        changes=lambda: with_policy(consent_languages=frozenset({"es"})),
    ),
    Gap(
        "an addendum that nobody approved",
        "consent_addendum_not_approved",
        changes=lambda: {"consent_texts": tuple(one for one in TEXTS if one.form != "photographs")},
    ),
    Gap("not bound to a text", "consent_text_unbound", lambda d: d["consent"].pop("text_sha256")),
    Gap("bound to other words", "consent_text_differs", lambda d: d["consent"].update(text_sha256="0" * 64)),
    Gap(
        "an older version",
        "consent_outdated",
        changes=lambda: {"consent_texts": (*TEXTS, replace(TEXTS[0], version=6, sha256="6" * 64))},
    ),
    Gap("another clinic's text", "consent_text_unknown", changes=lambda: {"consent_texts": ()}),
    Gap(
        "another clinic's visit",
        "consent_not_carried",
        lambda d: d["consent"].update(carried_from="V-000077"),
    ),
    Gap("expired", "consent_expired", changes=lambda: with_policy(consent_valid_days=-1)),
    Gap(
        "withdrawn",
        "consent_withdrawn",
        changes=lambda: {"withdrawals": (Withdrawal("microneedling", at(whole(), minutes=1)),)},
    ),
    Gap(
        "all withdrawn",
        "consent_withdrawn",
        changes=lambda: {"withdrawals": (Withdrawal("", at(whole(), minutes=1)),)},
    ),
    Gap("photographs not chosen", "consent_photo_missing", lambda d: d["consent"].pop("addenda")),
    Gap(
        "photographs without a level",
        "consent_photo_missing",
        lambda d: d["consent"]["addenda"][0].pop("level"),
    ),
    Gap(
        "an addendum in other words",
        "consent_addendum_unknown",
        lambda d: d["consent"]["addenda"][0].update(text_sha256="0" * 64),
    ),
    Gap(
        "an addendum in another language",
        "consent_addendum_language",
        lambda d: d["consent"].update(addenda=[addendum("photographs", "es", level="none")]),
    ),
    Gap(
        "a slip of the finger",
        UNSIGNED,
        _signature(kind="drawn", strokes=[[[5000, 5000], [5040, 5060]], [[10, 10]]]),
    ),
    Gap(
        "the patient as interpreter",
        "consent_interpreter_is_patient",
        lambda d: d["consent"].update(
            interpreter={"name": "ada testerman", "language": "es", "how": "phone"}
        ),
    ),
    Gap(
        "an older scan under a newer consent",
        "consent_paper_other_day",
        _signature(kind="paper", attachment=PAPER, sha256=SCAN, seen_by="desk"),
        changes=lambda: {"consent_paper_days": {PAPER: date(2026, 3, 1)}},
    ),
    Gap(
        "two choices about photographs",
        "consent_addendum_twice",
        lambda d: d["consent"]["addenda"].append(addendum("photographs", level="marketing")),
    ),
    Gap(
        "a service with blood, before any is written down",
        "consent_prp_missing",
        lambda d: d.update(service="microneedling_prp"),
    ),
    Gap("no sheet about preparing", "precare_missing", lambda d: d.pop("precare")),
    Gap(
        "a sheet in other words",
        "precare_unknown",
        lambda d: d["precare"].update(text_sha256="0" * 64),
    ),
    Gap("a sheet that does not say its words", "precare_unknown", lambda d: d["precare"].pop("text_sha256")),
    Gap(
        "the words of one language under another",
        "precare_unknown",
        lambda d: d["precare"].update(language="es"),
    ),
    Gap("a sheet that nobody approved", "precare_unknown", changes=lambda: {"precare_sheets": ()}),
    Gap(
        "no sheet, and none approved to give",
        "precare_not_approved",
        lambda d: d.pop("precare"),
        changes=lambda: {"precare_sheets": ()},
    ),
    Gap(
        "a sheet for another service",
        "precare_unknown",
        changes=lambda: {
            "precare_sheets": tuple(
                replace(one, services=frozenset({"microneedling_prp"})) for one in facts_for().precare_sheets
            )
        },
    ),
    Gap(
        "a sheet of which a newer version counted",
        "precare_unknown",
        changes=lambda: {
            "precare_sheets": (
                *facts_for().precare_sheets,
                replace(facts_for().precare_sheets[0], version=3, sha256="3" * 64),
            )
        },
    ),
    Gap(
        "another sheet than the protocol names",
        "precare_unknown",
        changes=lambda: {"protocol": named(precare_form="other-precare")},
    ),
    Gap(
        "no sheet, and the one that the protocol names is not in force",
        "precare_not_approved",
        lambda d: d.pop("precare"),
        changes=lambda: {"protocol": named(precare_form="other-precare")},
    ),
    Gap(
        "a sheet from a stranger",
        "precare_giver_unknown",
        lambda d: d["precare"].update(given_by="stranger"),
    ),
    Gap(
        "a sheet that came too late",
        "precare_after_start",
        lambda d: d["precare"].update(given_at=(at(d) + timedelta(days=1)).isoformat()),
    ),
    Gap(
        "a sheet that came once needling had begun",
        "precare_after_start",
        lambda d: d["precare"].update(given_at=d["ended_at"]),
    ),
)


def named(*, precare_form: str = "", aftercare_form: str = "") -> Protocol:
    """The shipped protocol, which names these sheets."""
    protocol = facts_for().protocol
    assert protocol is not None
    return replace(protocol, precare_form=precare_form, aftercare_form=aftercare_form)


def at(document: Json, *, minutes: int = 0) -> datetime:
    return datetime.fromisoformat(document["consent"]["signed_at"]) + timedelta(minutes=minutes)


def test_a_whole_consent_passes_its_light() -> None:
    assert found(whole()) == set()
    assert judge(facts(whole())).light(Light.CONSENT) is LightState.PASSED


@pytest.mark.parametrize("gap", GAPS, ids=lambda gap: gap.name)
def test_each_partial_state_is_refused_by_its_name_and_nobody_may_pass_it(gap: Gap) -> None:
    document = whole()
    changes = gap.changes()
    gap.spoil(document)
    verdict = judge(facts(document, **changes))
    mine = [one for one in verdict.findings if one.light is Light.CONSENT]
    assert gap.code in {one.code for one in mine}
    assert {one.passed_by.value for one in mine} == {"nobody"}
    assert not verdict.may_treat
    assert verdict.light(Light.CONSENT) in {LightState.FAILED, LightState.NOT_DONE}


def test_no_gap_makes_up_for_another() -> None:
    for one, other in combinations([gap for gap in GAPS if gap.code != "consent_missing"], 2):
        document = whole()
        changes = {**one.changes(), **other.changes()}
        try:
            one.spoil(document)
            other.spoil(document)
        except (KeyError, IndexError):
            continue
        assert found(document, **changes), (one.name, other.name)


@given(
    kept=st.sets(st.sampled_from(["signature", "questions", "text_sha256", "addenda", "witness", "read_by"]))
)
def test_only_a_consent_with_everything_counts(kept: set[str]) -> None:
    document = whole()
    consent = document["consent"]
    for name in {*NEEDED, "witness", "read_by"} - kept:
        consent.pop(name)
    assert (found(document) == set()) is NEEDED.issubset(kept)


@pytest.mark.parametrize("typed", ["Ada Testerman", "  ada TESTERMAN ", "Adá Testerman"])
def test_the_own_full_name_typed_and_agreed_to_is_a_signature(typed: str) -> None:
    document = whole()
    document["consent"]["signature"] = {"kind": "typed", "name": typed, "agreed": True}
    assert found(document) == set()
    assert found(document, patient_name="") == {"consent_signed_by_other"}


def test_a_scanned_paper_that_was_kept_and_seen_is_a_signature() -> None:
    document = whole()
    document["consent"]["signature"] = {
        "kind": "paper",
        "attachment": PAPER,
        "sha256": SCAN,
        "seen_by": "desk",
    }
    assert found(document) == set()


def test_a_minor_is_treated_only_where_the_policy_says_and_a_guardian_signed() -> None:
    minor = whole() | {"patient": YOUNG}
    codes = {one.code for one in judge(facts(minor)).findings}
    assert "minor" in codes
    allowed = with_policy(minors_with_guardian=True)
    assert found(minor, **allowed) == {"consent_guardian_missing"}
    assert "minor" not in {one.code for one in judge(facts(minor, **allowed)).findings}
    minor["consent"]["signed_by"] = "guardian"
    assert found(minor, **allowed) == {"consent_guardian_missing"}
    minor["consent"]["guardian"] = {"name": NAME, "relation": "mother"}
    assert found(minor, **allowed) == {"consent_guardian_is_patient"}
    minor["consent"]["guardian"] = {"name": "Bea Testerman", "relation": "mother"}
    assert found(minor, **allowed) == set()
    minor["consent"]["signature"] = {"kind": "typed", "name": NAME, "agreed": True}
    assert found(minor, **allowed) == {"consent_signed_by_other"}
    minor["consent"]["signature"]["name"] = "Bea Testerman"
    assert found(minor, **allowed) == set()


def test_who_reads_another_language_needs_an_interpreter_into_their_own() -> None:
    document = whole()
    document["consent"]["interpreter"] = {"name": "Cy Wordly", "language": "vi", "how": "phone"}
    assert found(document, patient_language="vi") == set()
    assert found(document, patient_language="es") == {"consent_language_other"}


def test_own_blood_takes_its_addendum() -> None:
    document = whole(PRP)
    assert found(document) == set()
    document["consent"]["addenda"].pop()
    assert found(document) == {"consent_prp_missing"}


def test_what_was_withdrawn_after_the_treatment_had_ended_counted_while_it_lasted() -> None:
    document = whole()
    ended = datetime.fromisoformat(document["ended_at"])

    def withdrawn(moment: datetime, form: str = "microneedling") -> set[str]:
        return found(document, withdrawals=(Withdrawal(form, moment),))

    assert withdrawn(ended) == {"consent_withdrawn"}
    assert withdrawn(ended + timedelta(seconds=1)) == set()
    assert withdrawn(at(document)) == {"consent_withdrawn"}
    assert withdrawn(at(document) - timedelta(seconds=1)) == set(), "who signs again has consented again"
    assert withdrawn(ended, "photographs") == set()
    document.pop("lines")
    assert withdrawn(ended + timedelta(days=1)) == {"consent_withdrawn"}


def test_an_earlier_consent_is_carried_over_only_as_it_was_signed() -> None:
    document = whole()
    consent = document["consent"]
    signed = deepcopy(consent)
    consent["carried_from"] = "V-000077"
    earlier = {"V-000077": content_of(signed)}
    assert found(document, earlier_consents=earlier) == set()
    consent["witness"] = "reyes"
    assert found(document, earlier_consents=earlier) == {"consent_not_carried"}


def test_a_consent_to_a_text_of_the_first_form_is_judged_as_ever() -> None:
    assert found(example(), consent_texts=facts_for().consent_texts) == set()
    assert read_visit_document(example()).consent is not None


@pytest.mark.parametrize(
    ("written", "interpreter", "expected"),
    [
        ("English", None, set()),
        ("inglés", None, set()),
        ("Spanish", None, {"consent_language_other"}),
        ("Spanish", "es", set()),
        ("Español", "vi", {"consent_language_other"}),
        ("Vietnamese", "vi", set()),
        ("Quechua", None, {"consent_language_other"}),
        ("Quechua", "qu", set()),
    ],
)
def test_a_language_that_is_written_out_counts_as_its_code_does(
    written: str, interpreter: str | None, expected: set[str]
) -> None:
    document = whole()
    if interpreter:
        document["consent"]["interpreter"] = {"name": "Cy Wordly", "language": interpreter, "how": "phone"}
    assert found(document, patient_language=written) == expected


def test_an_addendum_that_was_withdrawn_alone_takes_a_new_consent() -> None:
    document = whole(PRP)
    withdrawn = (Withdrawal("microneedling-prp", at(document, minutes=5)),)
    assert found(document, withdrawals=withdrawn) == {"consent_addendum_withdrawn"}
    before = (Withdrawal("microneedling-prp", at(document, minutes=-5)),)
    assert found(document, withdrawals=before) == set()
    everything = (Withdrawal("", at(document, minutes=5)),)
    assert found(document, withdrawals=everything) == {"consent_withdrawn"}
    photographs = (Withdrawal("photographs", at(document, minutes=5)),)
    assert found(document, withdrawals=photographs) == set(), "that stops no treatment"
    earlier = {"V-000077": content_of(document["consent"])}
    document["consent"]["carried_from"] = "V-000077"
    carried = {"withdrawals": photographs, "earlier_consents": earlier}
    assert found(document, **carried) == {"consent_addendum_withdrawn"}


def test_a_protocol_that_names_a_sheet_about_preparing_asks_for_it_whatever_the_consent_asks() -> None:
    document = whole()
    del document["precare"]
    texts = tuple(replace(one, asks=frozenset()) for one in TEXTS)
    unnamed = named(precare_form="")
    assert "precare_missing" not in found(document, consent_texts=texts, protocol=unnamed)
    protocol = named(precare_form="microneedling-precare")
    assert "precare_missing" in found(document, consent_texts=texts, protocol=protocol)


AFTERCARE = "microneedling-aftercare"


@pytest.mark.parametrize(
    ("given", "form", "code"),
    [
        (None, "", ""),
        ("aftercare-en v1", "", ""),
        ("microneedling-aftercare-en v1", AFTERCARE, ""),
        ("microneedling-aftercare-es v1", AFTERCARE, ""),
        (None, AFTERCARE, "aftercare_not_recorded"),
        ("aftercare-en v1", AFTERCARE, "aftercare_other_sheet"),
        ("microneedling-aftercare-en v2", AFTERCARE, "aftercare_other_sheet"),
        ("microneedling-aftercare-en v1", "other-aftercare", "aftercare_not_approved"),
    ],
)
def test_the_aftercare_sheet_that_the_protocol_names_is_the_one_that_is_given(
    given: str | None, form: str, code: str
) -> None:
    document = whole()
    del document["aftercare"]
    document["aftercare_sheet"] = given
    if given is None:
        del document["aftercare_sheet"]
    made = facts(document, protocol=named(aftercare_form=form), aftercare_sheets=AFTER)
    told = {one.code: one for one in judge(made).findings if one.code.startswith("aftercare_")}
    assert set(told) == ({code} if code else set())
    if code == "aftercare_not_approved":
        assert (told[code].light, told[code].passed_by.value) == (Light.AUTHORITY, "director")
        assert "other-aftercare" in told[code].message
    elif code:
        assert (told[code].light, told[code].passed_by.value) == (Light.CONSENT, "performer")


@pytest.mark.parametrize(
    ("changes", "sheet", "codes"),
    [
        ({}, "microneedling-aftercare-en v1", set()),
        ({"given_by": "nobody"}, "microneedling-aftercare-en v1", {"aftercare_giver_unknown"}),
        ({"taught_back": False}, "microneedling-aftercare-en v1", {"aftercare_not_told_back"}),
        ({"text_sha256": "0" * 64}, "microneedling-aftercare-en v1", {"aftercare_other_words"}),
        ({"text_sha256": None}, "microneedling-aftercare-en v1", {"aftercare_other_words"}),
        ({"text_sha256": None}, "aftercare-en v1", set()),
        ({}, "aftercare-en v1", {"aftercare_other_words"}),
        ({}, None, {"aftercare_not_named"}),
    ],
)
def test_what_is_said_of_the_giving_of_the_aftercare_sheet_has_to_be_so(
    changes: dict[str, object], sheet: str | None, codes: set[str]
) -> None:
    document = whole()
    named_sheet = next(one for one in AFTER if one.name == "microneedling-aftercare-en v1")
    given = {
        "given_at": document["started_at"],
        "given_by": document["performer"],
        "taught_back": True,
        "text_sha256": named_sheet.sha256,
    } | changes
    document["aftercare"] = {name: value for name, value in given.items() if value is not None}
    document.pop("aftercare_sheet", None)
    if sheet is not None:
        document["aftercare_sheet"] = sheet
    made = facts(document, protocol=named(aftercare_form=""), aftercare_sheets=AFTER)
    told = {one.code for one in judge(made).findings if one.code.startswith("aftercare_")}
    assert told == codes


def test_a_sheet_of_a_later_day_or_of_another_service_is_not_in_force() -> None:
    document = whole() | {"aftercare_sheet": "microneedling-aftercare-en v1"}
    for changed in (
        {"effective_on": date(2027, 1, 1)},
        {"services": frozenset({"microneedling_prp"})},
    ):
        sheets = tuple(replace(one, **changed) for one in AFTER)
        made = facts(document, protocol=named(aftercare_form=AFTERCARE), aftercare_sheets=sheets)
        assert "aftercare_not_approved" in {one.code for one in judge(made).findings}


@pytest.mark.parametrize("signed_by", ["guardian", "patient"])
@pytest.mark.parametrize(
    ("born_on", "signed_at", "is_refused"),
    [
        ("2008-11-23", "2026-11-22T10:00:00-06:00", True),
        ("2008-11-23", "2026-11-23T08:00:00-06:00", False),
        ("2008-11-24", "2026-11-22T10:00:00-06:00", False),
        ("1990-04-02", "2026-11-22T10:00:00-06:00", False),
    ],
    ids=["of age since", "of age that day", "not of age yet", "long of age"],
)
def test_a_consent_from_before_the_patient_came_of_age_ends_on_the_birthday(
    signed_by: str, born_on: str, signed_at: str, *, is_refused: bool
) -> None:
    document = whole() | {"patient": YOUNG | {"born_on": born_on}}
    document["consent"] |= {
        "signed_at": signed_at,
        "signed_by": signed_by,
        "guardian": {"name": "Bea Testerman", "relation": "mother"},
    }
    for minors in (True, False):
        codes = found(document, **with_policy(minors_with_guardian=minors))
        assert ("consent_before_adult" in codes) is is_refused


def in_the_evening() -> Json:
    """The whole visit at seven in the evening, when it is the next day by UTC."""
    document = whole()
    document["started_at"], document["ended_at"] = "2026-11-23T19:00:00-06:00", "2026-11-23T19:30:00-06:00"
    document.pop("anaesthetic")
    for line in document["lines"]:
        line.pop("started_at", None)
        line.pop("ended_at", None)
    return document


@pytest.mark.parametrize(
    ("signed_at", "effective_on", "told"),
    [
        ("2026-11-24T00:50:00+00:00", "2026-01-05", set()),
        ("2025-11-23T05:00:00+14:00", "2025-01-05", {"consent_expired"}),
        ("2025-11-23T09:00:00-06:00", "2025-01-05", set()),
        ("2026-06-01T00:15:00-05:00", "2026-06-01", set()),
        (
            "2026-05-31T23:30:00-05:00",
            "2026-06-01",
            {"consent_text_not_in_force", "consent_addendum_unknown"},
        ),
        (
            "2026-06-01T04:30:00+00:00",
            "2026-06-01",
            {"consent_text_not_in_force", "consent_addendum_unknown"},
        ),
    ],
    ids=[
        "UTC in the evening",
        "far east",
        "a year",
        "summer, after midnight",
        "summer, before",
        "UTC, before",
    ],
)
def test_the_day_of_a_consent_is_that_of_the_clinic_whatever_offset_it_is_written_in(
    signed_at: str, effective_on: str, told: set[str]
) -> None:
    document = in_the_evening()
    document["consent"]["signed_at"] = signed_at
    texts = tuple(replace(one, effective_on=date.fromisoformat(effective_on)) for one in TEXTS)
    assert found(document, consent_texts=texts) & TOLD_OF_DAYS == told


TOLD_OF_DAYS = {
    "consent_expired",
    "consent_after_visit",
    "consent_text_not_in_force",
    "consent_addendum_unknown",
}


def test_the_days_of_a_paper_and_of_the_sheet_about_preparing_are_the_clinics_too() -> None:
    document = in_the_evening()
    document["consent"] |= {
        "signed_at": "2026-11-24T00:50:00+00:00",
        "signature": {"kind": "paper", "attachment": PAPER, "sha256": SCAN, "seen_by": "desk"},
    }
    document["precare"]["given_at"] = "2026-11-24T00:40:00+00:00"
    # As if another sheet began on the day that it is by UTC.
    newer = tuple(
        replace(one, version=one.version + 1, sha256=OTHER_SCAN, effective_on=date(2026, 11, 24))
        for one in facts_for().precare_sheets
    )
    sheets = (*facts_for().precare_sheets, *newer)
    days = {"consent_paper_days": {PAPER: date(2026, 11, 23)}, "precare_sheets": sheets}
    assert found(document, **days) == set()
    born_on = {"patient": YOUNG | {"born_on": "2008-11-23"}}
    of_age = (
        document | born_on | {"consent": document["consent"] | {"signed_at": "2026-11-23T00:30:00+00:00"}}
    )
    assert "consent_before_adult" in found(of_age, consent_paper_days={}, precare_sheets=sheets)
