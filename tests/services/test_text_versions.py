"""Texts for patients after the set-up: drafted in both languages, compared, signed, and kept by visits."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mnclinic.domain.text_pair import LANGUAGES, pair_of, text_of
from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted
from mnclinic.services.approve_document import DocumentRow, approve_document, list_documents
from mnclinic.services.check_store import check_store
from mnclinic.services.in_force import in_force_on
from mnclinic.services.rule_versions import add_draft, beginning_on, compare_rules, find_rules
from mnclinic.services.shipped_drafts import newest_consent_texts
from mnclinic.services.text_versions import (
    add_text_drafts,
    changes_of_texts,
    languages_behind,
    problems_in_texts,
)
from tests.services.clinic_builder import MONDAY, SmallClinic, known_clinic

Json = dict[str, Any]
TODAY = MONDAY.date()
FORMS = sorted({one.document["form"] for one in newest_consent_texts()})


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = known_clinic(tmp_path / "clinic")
    yield made
    made.let_go()


def shipped(form: str, day: Any = TODAY) -> Json:  # noqa: ANN401 - a day
    texts = {
        one.document["language"]: beginning_on("consent_text", one.document, day)
        for one in newest_consent_texts()
        if one.document["form"] == form
    }
    return pair_of(texts, "en")


def signed(clinic: SmallClinic, row: DocumentRow) -> DocumentRow:
    with clinic.signing("okafor") as (okafor, by):
        return approve_document(okafor, row.row_id, by, shown="window")


@pytest.mark.parametrize("form", FORMS)
def test_a_pair_that_is_only_looked_at_is_both_texts_word_for_word(form: str) -> None:
    texts = {
        one.document["language"]: dict(one.document)
        for one in newest_consent_texts()
        if one.document["form"] == form
    }
    pair = pair_of(texts, "en")
    assert {one: text_of(pair, one) for one in LANGUAGES} == texts
    assert problems_in_texts(pair) == ()


def test_a_language_that_is_not_there_has_to_be_written_first(clinic: SmallClinic) -> None:
    text = text_of(shipped("microneedling"), "en")
    pair = pair_of({"en": text}, "en")
    with pytest.raises(InvalidInput) as error:
        add_text_drafts(clinic.as_user("okafor"), pair)
    wheres = {one.where for one in error.value.problems}
    assert {"title.es", "agreement.es", "sections[0].es.heading", "sections[0].es.text"} <= wheres
    assert not any(".en" in one for one in wheres)


def test_both_languages_get_one_number_and_count_for_nothing_before_the_signature(
    clinic: SmallClinic,
) -> None:
    okafor = clinic.as_user("okafor")
    rows = add_text_drafts(okafor, shipped("microneedling"))
    # The clinic has version 4 in English, so the next number is free for both.
    assert [(row.language, row.version, row.approved_at) for row in rows] == [
        ("en", 5, None),
        ("es", 5, None),
    ]
    (text,) = in_force_on(okafor).consent_texts
    assert text.document.version == 4
    english = signed(clinic, rows[0])
    assert languages_behind(list_documents(okafor), english) == ()
    signed(clinic, rows[1])
    found = {one.document.language: one.document.version for one in in_force_on(okafor).consent_texts}
    assert found == {"en": 5, "es": 5}
    assert check_store(okafor).findings == ()


def test_a_newer_draft_takes_the_place_of_the_one_in_its_language(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    first = add_text_drafts(okafor, shipped("photographs"))
    again = shipped("photographs") | {"title": {"en": "Photographs", "es": "Fotografías"}}
    second = add_text_drafts(okafor, again)
    assert {row.version for row in second} == {first[0].version + 1}
    listed = [one for one in list_documents(okafor) if one.document_id == "photographs"]
    assert {one.row_id for one in listed} == {one.row_id for one in second}
    with pytest.raises(ActionRefused) as error:
        signed(clinic, first[1])
    assert [one.code for one in error.value.refusals] == ["draft_replaced"]


def test_a_language_that_fell_behind_catches_up_with_the_other(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    rows = add_text_drafts(okafor, shipped("microneedling"))
    for row in rows:
        signed(clinic, row)
    later = shipped("microneedling", TODAY + timedelta(days=7))
    english = signed(clinic, add_draft(okafor, "consent_text", text_of(later, "en")))
    assert english.version == 6
    (said,) = languages_behind(list_documents(okafor), english)
    assert "sign version 6 in it too" in said
    assert "Spanish" in said
    spanish = signed(clinic, add_draft(okafor, "consent_text", text_of(later, "es")))
    assert spanish.version == 6
    assert languages_behind(list_documents(okafor), english) == ()


def test_a_first_day_that_is_taken_and_a_text_that_changes_nothing_are_refused(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    pair = shipped("microneedling")
    rows = add_text_drafts(okafor, pair)
    with pytest.raises(ActionRefused) as same:
        add_text_drafts(okafor, pair)
    assert [one.code for one in same.value.refusals] == ["nothing_changed"]
    for row in rows:
        signed(clinic, row)
    with pytest.raises(InvalidInput) as error:
        add_text_drafts(okafor, pair | {"agreement": {"en": "I agree.", "es": "Acepto."}})
    assert {one.where for one in error.value.problems} == {"effective_on"}
    assert len([one for one in list_documents(okafor) if one.document_id == "microneedling"]) == 3


def test_only_leaders_draft_a_text(clinic: SmallClinic) -> None:
    for user in ("desk", "reyes"):
        with pytest.raises(NotPermitted):
            add_text_drafts(clinic.as_user(user), shipped("microneedling"))


def test_what_changed_is_told_section_by_section_in_its_language(clinic: SmallClinic) -> None:
    old, new = shipped("microneedling"), shipped("microneedling")
    heading = new["sections"][2]["es"]["heading"]
    new["sections"][2]["es"]["text"] = "Otras palabras."
    taken_out = new["sections"].pop(0)
    new["asks"] = ["precare", "witness"]
    changes = changes_of_texts(old, new)
    told = {(one.group, one.words, one.new) for one in changes}
    assert (heading, "Words", "Otras palabras.") in told
    assert (taken_out["en"]["heading"], "Taken out", "") in told
    assert ("Document", "Asks for besides", "precare, witness") in told
    new["title"] = {"en": "Agreeing", "es": "Acuerdo"}
    titles = changes_of_texts(old, new)[:1] + changes_of_texts(old, new)[3:4]
    assert [one.words for one in titles] == ["Title, English", "Title, Spanish"]
    assert len(changes) == 4


def test_two_versions_of_one_language_are_found_and_compared(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    add_text_drafts(okafor, shipped("microneedling"))
    with pytest.raises(InvalidInput, match="several languages"):
        find_rules(okafor, "consent_text", "microneedling", 5)
    old = find_rules(okafor, "consent_text", "microneedling", 4, "en")
    new = find_rules(okafor, "consent_text", "microneedling", 5, "en")
    assert any(one.words == "What whoever signs agrees to" for one in compare_rules(old, new).changes)
