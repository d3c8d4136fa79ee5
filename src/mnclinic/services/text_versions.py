"""Texts for patients in English and Spanish: both languages of one version, edited and drafted together."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mnclinic.domain.rule_changes import Change, rule_changes
from mnclinic.domain.text_pair import BOTH, LANGUAGES, pair_of, place_in_pair, text_of
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.approve_document import DocumentRow
from mnclinic.services.read_documents import check_document
from mnclinic.services.rule_versions import add_drafts, problems_of_first_day
from mnclinic.services.session import OpenClinic
from mnclinic.services.shipped_drafts import newest_consent_texts

Json = Mapping[str, Any]
LANGUAGE_WORDS = {"en": "English", "es": "Spanish"}
IN_LANGUAGE = {
    "en": {
        "Title": "Title, English",
        "Notice": "Notice to the director, English",
        "Agreement": "Agreement, English",
        "Levels": "Levels, English",
    },
    "es": {
        "Title": "Title, Spanish",
        "Notice": "Notice to the director, Spanish",
        "Agreement": "Agreement, Spanish",
        "Levels": "Levels, Spanish",
    },
}
"""What each language has of its own, by how a change in one language calls it."""


def add_text_drafts(clinic: OpenClinic, pair: Json) -> tuple[DocumentRow, ...]:
    """Add both languages of a text as drafts of one number, in one transaction.

    Raises as `rule_versions.add_drafts`, with each problem at its place in the pair.
    """
    clinic.require(RoleAct.DRAFT_PROTOCOL)
    if problems_in_texts(pair):
        raise InvalidInput(
            "This text cannot be stored as it is. Nothing was stored. Correct what is listed and try again.",
            problems_of_texts(clinic, pair),
        )
    return add_drafts(clinic, "consent_text", [text_of(pair, one) for one in LANGUAGES])


def problems_of_texts(clinic: OpenClinic, pair: Json) -> tuple[Problem, ...]:
    """Everything that stands against drafting either language, each with its place in the pair.

    What is wrong in the words, and a first day that cannot stand beside those of the signed versions.
    """
    clinic.require(RoleAct.VIEW_TODAY)
    days = [
        one
        for language in LANGUAGES
        for one in problems_of_first_day(clinic, "consent_text", text_of(pair, language))
    ]
    return (*problems_in_texts(pair), *dict.fromkeys(days))


def problems_in_texts(pair: Json) -> tuple[Problem, ...]:
    """Everything that is wrong in either language, each with its place in the pair."""
    found: dict[str, Problem] = {}
    for language in LANGUAGES:
        try:
            check_document("consent_text", text_of(pair, language))
        except InvalidInput as error:
            for one in error.problems:
                where = place_in_pair(one.where, language)
                found.setdefault(where, Problem(where, one.what))
    return tuple(found.values())


def changes_of_texts(old: Json, new: Json) -> tuple[Change, ...]:
    """Everything that differs between two pairs, English first. What both languages share is told once."""
    return tuple(
        replace(
            one,
            path=f"{language}.{one.path}",
            group=IN_LANGUAGE[language].get(one.group, one.group),
            words=IN_LANGUAGE[language].get(one.words, one.words),
        )
        for language in LANGUAGES
        for one in rule_changes("consent_text", text_of(old, language), text_of(new, language))
        if language == LANGUAGES[0] or not _is_shared(one)
    )


def _is_shared(change: Change) -> bool:
    return change.path.partition(".")[0] in BOTH or change.path.endswith(".part")


def shipped_pair(form: str) -> dict[str, Any]:
    """Both languages of a text that is shipped."""
    shipped = (one.document for one in newest_consent_texts())
    return pair_of({one["language"]: one for one in shipped if one["form"] == form}, "en")


def pair_of_version(documents: Iterable[DocumentRow], chosen: DocumentRow) -> dict[str, Any]:
    """A version of a text beside the other language, of the same number or else the newest before it."""
    same = sorted(
        (
            one
            for one in documents
            if (one.kind, one.document_id) == (chosen.kind, chosen.document_id)
            and one.version <= chosen.version
        ),
        key=lambda one: one.version,
    )
    texts = {one.language: one.document for one in same} | {chosen.language: chosen.document}
    return pair_of(texts, chosen.language)


def pair_with_file(documents: Iterable[DocumentRow], document: Json) -> dict[str, Any]:
    """A text from a file, with the clinic's newest in the other language beside it."""
    same = sorted(
        (one for one in documents if (one.kind, one.document_id) == ("consent_text", document["form"])),
        key=lambda one: one.version,
    )
    texts = {one.language: one.document for one in same} | {document["language"]: document}
    return pair_of(texts, document["language"])


def languages_behind(documents: Iterable[DocumentRow], signed: DocumentRow) -> tuple[str, ...]:
    """A sentence for each language in which an older version of this text ends with this one.

    Only the newest number of a text counts, in the languages that have it.
    """
    if signed.kind != "consent_text":
        return ()
    same = [
        one
        for one in documents
        if one.document_id == signed.document_id and one.kind == signed.kind and one.approved_at is not None
    ]
    there = {one.language for one in same if one.version >= signed.version} | {signed.language}
    return tuple(
        f"From {signed.effective_on} this text is not there in {LANGUAGE_WORDS[language]}: sign version "
        f"{signed.version} in it too."
        for language in sorted({one.language for one in same} - there)
    )
