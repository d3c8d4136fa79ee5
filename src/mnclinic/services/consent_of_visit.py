"""What the consent of one visit needs: its texts, who may stand by, and what was given before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.consent import CONSENT_TEXT_2, PHOTO, PRP
from mnclinic.domain.gate import ADULT_AGE, VisitFacts, age_on, came_of_age
from mnclinic.domain.patient_sheets import sheets_for
from mnclinic.models import ApprovedDocument, Patient, Staff, Visit
from mnclinic.services.gather_facts import is_sheet
from mnclinic.services.one_person import refs_of
from mnclinic.services.visit_before import visit_before
from mnclinic.services.withdraw_consent import withdrawals_of


@dataclass(frozen=True)
class ConsentText:
    """An approved consent text in the words that are signed.

    `purpose` is `prp` or `photo` for an addendum, and empty for the main text. `levels` are what may be
    chosen in one about photographs: code and words, from the least to the most.
    """

    form: str
    version: int
    language: str
    title: str
    sections: tuple[tuple[str, str], ...]
    sha256: str
    agreement: str = ""
    purpose: str = ""
    levels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class EarlierConsent:
    """A consent of an earlier visit that still counts. `consent` is the document's part, carried over."""

    number: str
    signed_at: datetime
    consent: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class ConsentView:
    """What a screen of the consent shows beside the document itself."""

    texts: tuple[ConsentText, ...] = ()
    """The main text in force, in each of its languages."""
    addenda: tuple[ConsentText, ...] = ()
    """The addenda that go with it, in each of their languages."""
    staff: tuple[tuple[str, str], ...] = ()
    """Who works here: user name, and the name with the credential."""
    patient_name: str = ""
    patient_language: str = ""
    sheets: tuple[ConsentText, ...] = ()
    """The sheets about preparing that may be given for this service, in each of their languages."""
    asks_questions: bool = False
    asks_witness: bool = False
    asks_precare: bool = False
    told_before: tuple[str, ...] = ()
    """What the protocol says that the patient is told before, line by line."""
    is_minor: bool = False
    earlier: EarlierConsent | None = None
    delegation: str = ""
    """The policy's words about who treats and who delegates; they are read with the text."""


def consent_view(session: Session, visit: Visit, patient: Patient, facts: VisitFacts) -> ConsentView:
    """The consent of one visit, under the facts that its gate was judged by."""
    approved = [
        row
        for row in session.scalars(
            select(ApprovedDocument).where(
                ApprovedDocument.kind == "consent_text", ApprovedDocument.approval.is_not(None)
            )
        )
        if row.effective_on <= facts.day
    ]
    rows = [row for row in approved if not is_sheet(row)]
    named = facts.protocol.precare_form if facts.protocol else ""
    sheets = {
        one.sha256 for one in sheets_for(facts.precare_sheets, facts.document.service, facts.day, named)
    }
    form = facts.protocol.consent_form if facts.protocol else None
    main = _newest(rows, form)
    known = [one for one in facts.consent_texts if one.sha256 in {row.sha256 for row in main}]
    wanted: dict[str, str] = {}
    for text in known:
        wanted.update(text.addenda)
    asks = frozenset(name for text in known for name in text.asks)
    return ConsentView(
        texts=tuple(_text(row) for row in main),
        addenda=tuple(
            _text(row, purpose)
            for purpose in (PRP, PHOTO)
            if purpose in wanted
            for row in _newest(rows, wanted[purpose])
        ),
        sheets=tuple(_text(row) for row in approved if row.sha256 in sheets),
        staff=tuple(
            (one.user, f"{one.name}, {one.credential}" if one.credential else one.name)
            for one in session.scalars(select(Staff).where(Staff.is_active).order_by(Staff.name))
            if one.role != "inspector"
        ),
        patient_name=facts.patient_name,
        patient_language=facts.patient_language,
        asks_questions=any(text.is_second_form for text in known),
        asks_witness="witness" in asks or (facts.policy is not None and facts.policy.consent_witness),
        asks_precare="precare" in asks or bool(named),
        told_before=facts.protocol.precare if facts.protocol else (),
        is_minor=facts.born_on is not None and age_on(facts.born_on, facts.day) < ADULT_AGE,
        earlier=_earlier(session, visit, patient, facts, {(row.document_id, row.version) for row in main}),
        delegation=facts.policy.delegation_disclosure if facts.policy is not None else "",
    )


def text_of(row: ApprovedDocument) -> ConsentText:
    """An approved text as it was approved."""
    return _text(row)


def _newest(rows: Sequence[ApprovedDocument], form: str | None) -> list[ApprovedDocument]:
    mine = [row for row in rows if form is None or row.document_id == form]
    newest = max((row.version for row in mine), default=0)
    return [row for row in mine if row.version == newest]


def _text(row: ApprovedDocument, purpose: str = "") -> ConsentText:
    document = json.loads(row.document)
    return ConsentText(
        form=row.document_id,
        version=row.version,
        language=row.language,
        title=document["title"],
        sections=tuple((section["heading"], section["text"]) for section in document["sections"]),
        sha256=row.sha256,
        agreement=document["agreement"] if document["format"] == CONSENT_TEXT_2 else "",
        purpose=purpose,
        levels=tuple((one["level"], one["words"]) for one in document.get("levels", ())),
    )


def _earlier(
    session: Session, visit: Visit, patient: Patient, facts: VisitFacts, current: set[tuple[str, int]]
) -> EarlierConsent | None:
    """The newest performed visit's consent, where it is to the text in force and still counts."""
    own = refs_of(session, patient.ref)
    found = visit_before(session, visit, own)
    consent = found.stored.get("consent") if found else None
    if found is None or not consent:
        return None
    signed_at = datetime.fromisoformat(consent["signed_at"])
    valid_days = facts.policy.consent_valid_days if facts.policy else 0
    signed_on = facts.document.day_of(signed_at)
    is_old = signed_on + timedelta(days=valid_days) < facts.day
    forms = [consent["form"], *(one["form"] for one in consent.get("addenda", ()))]
    is_withdrawn = any(one.ends(form, signed_at) for one in withdrawals_of(session, own) for form in forms)
    is_outgrown = came_of_age(facts.born_on, signed_on, facts.day)
    if is_old or is_withdrawn or is_outgrown or (consent["form"], consent["version"]) not in current:
        return None
    return EarlierConsent(found.number, signed_at, {**consent, "carried_from": found.number})
