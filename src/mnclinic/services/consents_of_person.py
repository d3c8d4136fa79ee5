"""Every consent that a person gave, whether it counts on a day, and what was scanned and taken back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.consent import GUARDIAN, content_of
from mnclinic.domain.instants import zone_of
from mnclinic.domain.policy import in_force, policy_from_json
from mnclinic.domain.visit_life import FROZEN, VisitState
from mnclinic.domain.withdrawal import Withdrawal
from mnclinic.models import ApprovedDocument, Visit, VisitRevision
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.amendment_rows import is_misfiled
from mnclinic.services.attachments import AttachmentRow, attachments_of_person
from mnclinic.services.one_person import load_person
from mnclinic.services.session import OpenClinic
from mnclinic.services.withdraw_consent import WithdrawalRow, list_withdrawals


class ConsentState(StrEnum):
    """What a consent is on a day."""

    COUNTS = "counts"
    NOT_YET = "not_yet"
    OPEN = "open"
    """It stands in a visit that nobody has signed, so the gate has not passed it for good."""
    EXPIRED = "expired"
    OLDER_TEXT = "older_text"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class ConsentOfPerson:
    """One signed consent. `changes_on` is the last day on which it counts, or since when it does not.

    `number` is the visit at which it was signed, `carried_into` those that it was carried over into.
    """

    visit_id: str
    number: str
    form: str
    version: int
    language: str
    title: str
    signed_at: datetime
    signed_by: str
    """`patient`, or the guardian's name."""
    kind: str
    """`drawn`, `typed` or `paper`; empty where nothing is signed yet."""
    state: ConsentState
    changes_on: date | None = None
    is_printable: bool = False
    carried_into: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConsentsOfPerson:
    """Newest first, of all records of a person, as of `day`."""

    day: date
    consents: tuple[ConsentOfPerson, ...]
    withdrawals: tuple[WithdrawalRow, ...]
    files: tuple[AttachmentRow, ...]


def consents_of_person(clinic: OpenClinic, patient: str, day: date | None = None) -> ConsentsOfPerson:
    """The consents of a person, named by reference or record number, as of a day (None: today).

    That the chart was opened was entered by `show_patient`. Raises InvalidInput when there is no such person.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    now = clinic.clock.now()
    on = day or now.date()
    withdrawals = list_withdrawals(clinic, patient)
    with clinic.store.reading() as session:
        refs = [one.ref for one in load_person(session, patient)]
        visits = session.scalars(
            select(Visit).where(
                Visit.patient_ref.in_(refs), Visit.state != VisitState.VOIDED.value, ~is_misfiled()
            )
        ).all()
        rules = _Rules.of(
            session,
            on,
            [Withdrawal(one.form, one.withdrawn_at.astimezone(zone_of(clinic.clock))) for one in withdrawals],
        )
        found = [one for visit in visits for one in _consents(session, visit, rules)]
        files = attachments_of_person(session, refs)
    return ConsentsOfPerson(on, tuple(_each_once(found)), withdrawals, files)


@dataclass(frozen=True)
class _Rules:
    """What decides on the day: how long a consent counts, the newest versions, what was taken back."""

    day: date
    valid_days: int
    newest: Mapping[str, ApprovedDocument]
    titles: Mapping[tuple[str, int, str], str]
    withdrawals: Sequence[Withdrawal]

    @staticmethod
    def of(session: Session, day: date, withdrawals: Sequence[Withdrawal]) -> "_Rules":
        signed = session.scalars(
            select(ApprovedDocument).where(
                ApprovedDocument.approval.is_not(None),
                ApprovedDocument.kind.in_(("policy", "consent_text")),
            )
        ).all()
        policies = [
            policy_from_json(json.loads(one.document))
            for one in signed
            if one.kind == "policy" and one.effective_on <= day
        ]
        policy = in_force(policies, day)
        texts = [one for one in signed if one.kind == "consent_text"]
        newest: dict[str, ApprovedDocument] = {}
        for one in texts:
            known = newest.get(one.document_id)
            if one.effective_on <= day and (known is None or one.version > known.version):
                newest[one.document_id] = one
        titles = {
            (one.document_id, one.version, one.language): str(json.loads(one.document).get("title", ""))
            for one in texts
        }
        return _Rules(day, policy.consent_valid_days if policy else 0, newest, titles, withdrawals)

    def state(self, form: str, version: int, signed_at: datetime) -> tuple[ConsentState, date | None]:
        """What a consent to that text is on the day, and since or until when."""
        signed_on, until = signed_at.date(), signed_at.date() + timedelta(days=self.valid_days)
        ended = [one.withdrawn_at.date() for one in self.withdrawals if one.ends(form, signed_at)]
        newest = self.newest.get(form)
        if self.day < signed_on:
            return ConsentState.NOT_YET, signed_on
        if ended and min(ended) <= self.day:
            return ConsentState.WITHDRAWN, min(ended)
        if newest is not None and version < newest.version:
            return ConsentState.OLDER_TEXT, newest.effective_on
        if until < self.day:
            return ConsentState.EXPIRED, until + timedelta(days=1)
        return ConsentState.COUNTS, until


def _consents(session: Session, visit: Visit, rules: _Rules) -> Iterator[tuple[str, ConsentOfPerson]]:
    """The consent of a visit, if it holds one, with its content to be compared."""
    is_frozen = visit.state in {state.value for state in FROZEN}
    row = session.get(VisitRevision, (visit.id, visit.revision)) if is_frozen else None
    document: dict[str, Any] = json.loads(row.record)["document"] if row else json.loads(visit.document)
    consent = document.get("consent")
    if not isinstance(consent, dict) or not consent.get("signed_at"):
        return
    signed_at = datetime.fromisoformat(consent["signed_at"])
    form, version, language = consent["form"], consent["version"], consent["language"]
    state, changes_on = rules.state(form, version, signed_at)
    if not is_frozen and state is ConsentState.COUNTS:
        state, changes_on = ConsentState.OPEN, None
    guardian = consent.get("guardian") or {}
    is_by_guardian = consent["signed_by"] == GUARDIAN
    yield (
        content_of(consent),
        ConsentOfPerson(
            visit_id=visit.id,
            number=visit.number,
            form=form,
            version=version,
            language=language,
            title=rules.titles.get((form, version, language), form),
            signed_at=signed_at,
            signed_by=str(guardian.get("name") or GUARDIAN) if is_by_guardian else str(consent["signed_by"]),
            kind=str((consent.get("signature") or {}).get("kind", "")),
            state=state,
            changes_on=changes_on,
            is_printable=is_frozen,
        ),
    )


def _each_once(found: Sequence[tuple[str, ConsentOfPerson]]) -> Iterator[ConsentOfPerson]:
    """A consent that was carried over is one consent: that of the first visit, naming the others."""
    groups: dict[str, list[ConsentOfPerson]] = {}
    for content, one in sorted(found, key=lambda each: each[1].number):
        groups.setdefault(content, []).append(one)
    first = [
        replace(group[0], carried_into=tuple(one.number for one in group[1:])) for group in groups.values()
    ]
    yield from sorted(first, key=lambda one: (one.signed_at, one.number), reverse=True)
