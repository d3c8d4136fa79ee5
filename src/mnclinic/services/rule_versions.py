"""Policies, protocols and texts for patients: draft a version, move one between clinics, compare two."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.policy_parameters import PARAMETERS, figure_of
from mnclinic.domain.rule_changes import Change, rule_changes
from mnclinic.errors import ActionRefused, InvalidInput, Problem, Refusal
from mnclinic.models import ApprovedDocument
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.approve_document import (
    KIND_WORDS,
    DocumentRow,
    add_document_in,
    document_row,
    numbers_of_patients,
)
from mnclinic.services.effective_days import overlaps_of, rules_of
from mnclinic.services.json_lines import lines_of, with_line
from mnclinic.services.read_documents import check_document, read_json_file
from mnclinic.services.session import OpenClinic
from mnclinic.services.shipped_drafts import whole_document

RuleKind = Literal["policy", "protocol", "consent_text"]
DraftKind = Literal["policy", "protocol", "consent_text", "authorisation"]


@dataclass(frozen=True)
class Comparison:
    """Two versions and everything that differs between them, in the order of the document."""

    old: DocumentRow
    new: DocumentRow
    changes: tuple[Change, ...]


def add_draft(clinic: OpenClinic, kind: DraftKind, document: Mapping[str, Any]) -> DocumentRow:
    """Add a policy, protocol, text or authorisation as a draft, which counts for nothing until it is signed.

    The number in the document is replaced by the next one that is free. A draft of the same document that
    nobody signed is replaced: it stays in the history, is listed no more and cannot be signed.

    Raises:
        InvalidInput: with everything that is wrong, beside its field; also a first day that cannot stand
            beside those of the signed versions. Nothing was stored.
        ActionRefused: it is word for word the newest version.
    """
    return add_drafts(clinic, kind, (document,))[0]


def add_drafts(
    clinic: OpenClinic, kind: DraftKind, documents: Sequence[Mapping[str, Any]], *, is_dry: bool = False
) -> tuple[DocumentRow, ...]:
    """Add drafts together under one number: one document, or one text for patients in its languages.

    `is_dry` stores nothing and says only what would be stored. Raises as `add_draft`; then nothing is stored.
    """
    clinic.require(RoleAct.DRAFT_PROTOCOL)
    with clinic.work() as work:
        now = clinic.clock.now()
        days = [_day_problems(work.session, kind, one, now.date()) for one in documents]
        checked = [_checked(kind, one, also) for one, also in zip(documents, days, strict=True)]
        version = _next_version(work.session, kind, checked)
        if any(days):
            raise InvalidInput(
                f"This {KIND_WORDS[kind]} could not be signed from its first day. Nothing was stored. Write "
                "another day.",
                next(filter(None, days)),
            )
        rows = [add_document_in(work, kind, one | {"version": version}, now=now) for one in checked]
        if not is_dry:
            work.commit()
        numbers = numbers_of_patients(work.session, rows)
        return tuple(document_row(row, numbers) for row in rows)


def _checked(kind: DraftKind, document: object, also: Sequence[Problem]) -> dict[str, Any]:
    """The document as it is stored. Raises InvalidInput with everything in it that is wrong, and `also`."""
    try:
        return check_document(kind, document)
    except InvalidInput as error:
        raise InvalidInput(error.sentence, (*error.problems, *also)) from None


def _next_version(session: Session, kind: DraftKind, documents: Sequence[dict[str, Any]]) -> int:
    """The number that is free for these documents.

    The languages of a text count together: only its newest number counts, in the languages that have it. So
    one that has fallen behind catches up, and never passes the other by itself.
    """
    document_id = documents[0].get("form") or documents[0]["id"]
    stored = session.scalars(
        select(ApprovedDocument).where(
            ApprovedDocument.kind == kind, ApprovedDocument.document_id == document_id
        )
    ).all()
    newest = {one.language: one for one in sorted(stored, key=lambda row: row.version)}
    own = [newest.get(one.get("language", "")) for one in documents]
    if all(
        row is not None and json.loads(row.document) == one | {"version": row.version}
        for row, one in zip(own, documents, strict=True)
    ):
        said = f"This is version {max(row.version for row in own if row)} word for word. Nothing was stored."
        raise ActionRefused([Refusal("nothing_changed", said)])
    highest = max((row.version for row in stored), default=1)
    taken = any(row is not None and row.version >= highest for row in own)
    return highest + 1 if taken else highest


def _day_problems(session: Session, kind: DraftKind, document: object, today: date) -> tuple[Problem, ...]:
    """What could never be signed beside what is signed is no draft either.

    As far as the document can be read: what else is wrong in it is told beside this.
    """
    content = document if isinstance(document, Mapping) else {}
    first = "valid_from" if kind == "authorisation" else "effective_on"
    parts = {name: content.get(name) for name in (first, "service", "form", "language")}
    texts = {name: one if isinstance(one, str) else "" for name, one in parts.items()}
    try:
        effective_on = date.fromisoformat(texts.pop(first))
    except ValueError:
        return ()
    signed = session.scalars(
        select(ApprovedDocument).where(ApprovedDocument.kind == kind, ApprovedDocument.approval.is_not(None))
    ).all()
    found = overlaps_of(rules_of(kind, **texts), effective_on, signed, today)
    return tuple(Problem(first, one.message) for one in found)


def problems_of_first_day(
    clinic: OpenClinic, kind: RuleKind, document: object, *, first: date | None = None
) -> tuple[Problem, ...]:
    """Why the first day of this document, or `first`, cannot stand beside those of the signed versions.

    Empty where the document is so wrong that it has none.
    """
    clinic.require(RoleAct.VIEW_TODAY)
    if first is not None and isinstance(document, Mapping):
        document = {**document, "effective_on": first.isoformat()}
    with clinic.store.reading() as session:
        return _day_problems(session, kind, document, clinic.clock.now().date())


def problems_of_rules(clinic: OpenClinic, kind: RuleKind, document: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Everything that stands against drafting this document, its first day included, each with its place."""
    days = problems_of_first_day(clinic, kind, document)
    try:
        _checked(kind, document, days)
    except InvalidInput as error:
        return error.problems or (Problem("document", error.sentence),)
    return days


def beginning_on(kind: RuleKind, document: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The document with another first day. Its day of review moves as far as its first day does.

    Raises InvalidInput where the days then contradict one another.
    """
    moved = {**document, "effective_on": day.isoformat()}
    if "review_by" in document:
        after = date.fromisoformat(document["review_by"]) - date.fromisoformat(document["effective_on"])
        moved["review_by"] = (day + after).isoformat()
    return check_document(kind, moved)


def read_rules_file(
    kind: RuleKind, path: Path, also: Callable[[object], Sequence[Problem]] = lambda _document: ()
) -> dict[str, Any]:
    """The policy, protocol or text in a JSON file.

    `also` says what else stands against a document that is wrong. Raises InvalidInput with every reason, each
    with its line and field. Nothing was stored.
    """
    document = whole_document(read_json_file(path))
    try:
        return check_document(kind, document)
    except InvalidInput as error:
        whole = InvalidInput(error.sentence, (*error.problems, *also(document)))
        raise by_line(whole, path) from None


def by_line(error: InvalidInput, path: Path) -> InvalidInput:
    """The same problems with the lines of the file in which they are to be corrected."""
    lines = lines_of(path.read_text(encoding="utf-8-sig"))
    problems = [Problem(with_line(one.where, lines), one.what) for one in error.problems]
    return InvalidInput(error.sentence, problems)


def write_rules_file(document: Mapping[str, Any], path: Path) -> None:
    """Write a policy, protocol or text as JSON, for another clinic. A file that is there is not replaced.

    Raises InvalidInput when it cannot be written.
    """
    text = json.dumps(dict(document), indent=1, ensure_ascii=False) + "\n"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise InvalidInput(
            "There is a file of that name. Nothing was written. Choose another name."
        ) from None
    except OSError:
        raise InvalidInput(
            "The file cannot be written. Nothing was lost. Choose another place or make room, and try again."
        ) from None


def find_rules(
    clinic: OpenClinic,
    kind: DraftKind,
    document_id: str | None,
    version: int | None,
    language: str | None = None,
) -> DocumentRow:
    """One version of a policy, protocol, text or authorisation.

    `document_id` may be left out where there is one document of the kind, `language` where the version is in
    one; `version` None is the newest. Raises InvalidInput, which names what there is.
    """
    clinic.require(RoleAct.VIEW_TODAY)
    with clinic.store.reading() as session:
        rows = session.scalars(
            select(ApprovedDocument)
            .where(ApprovedDocument.kind == kind)
            .order_by(ApprovedDocument.document_id, ApprovedDocument.version.desc())
        ).all()
        numbers = numbers_of_patients(session, rows)
    ids = sorted({row.document_id for row in rows})
    if document_id is None and len(ids) == 1:
        document_id = ids[0]
    of_id = [row for row in rows if row.document_id == document_id and language in {None, row.language}]
    found = next((row for row in of_id if version in {None, row.version}), None)
    if found is not None and any(
        one.version == found.version and one.language != found.language for one in of_id
    ):
        raise InvalidInput("This text is there in several languages. Nothing was done. Name one of them.")
    if found is None:
        there_are = (
            ", ".join(f"{row.document_id} v{row.version} {row.language}".strip() for row in rows) or "none"
        )
        raise InvalidInput(f"There is no such {KIND_WORDS[kind]}. Nothing was done. There are: {there_are}.")
    return document_row(found, numbers)


def compare_rules(old: DocumentRow, new: DocumentRow) -> Comparison:
    """Everything that differs between two versions of one kind of document."""
    return Comparison(old, new, rule_changes(old.kind, old.document, new.document))


def unknown_parameters(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The codes of a policy's parameters that have no value."""
    figures = ((one.code, figure_of(document, one)) for one in PARAMETERS)
    return tuple(code for code, figure in figures if figure is not None and figure["value"] is None)
