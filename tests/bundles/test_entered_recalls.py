"""What an insider enters about a recall or a follow-up contact is held against who did it, and what it is."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.audit.closing_recall import closure_record
from mnclinic.bundles.container import write_container
from mnclinic.bundles.content import BundleContent
from mnclinic.bundles.write import bundle_members
from mnclinic.models import FollowUpContact, Recall, RecallClosure, RecallContact, Staff, Visit
from mnclinic.services import follow_up_rows
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.recall_rows import contact_bytes, recall_bytes
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic, SigningMoment, signed
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork
from tests.bundles.test_scans import maker_of, members_of
from tests.bundles.test_solo import told_by_all
from tests.services.clinic_builder import SmallClinic, add_person, document, small_clinic
from tests.services.recalling import open_one, reach

NEVER = str(uuid.UUID(int=7))
LAST = date(2026, 12, 31)


@dataclass
class Entered:
    """A clinic with one treated visit, its recall, and somebody who was never treated."""

    clinic: SmallClinic
    visit: str
    patient: str
    other: str
    recall: str

    def staff(self, user: str) -> str:
        with self.clinic.as_user("owner").store.reading() as session:
            return session.query(Staff).filter_by(user=user).one().id

    def found(self, tmp_path: Path, more: dict[str, bytes] | None = None) -> list[dict[str, str]]:
        """What all three verifiers find in a bundle of everything, with members that no program put there."""
        owner = self.clinic.as_user("owner")
        made = make_bundle(owner, MakeBundle(date(2026, 11, 1), LAST, tmp_path / "audit.zip", plain=True))
        members = members_of(made.file) | (more or {})
        payload = {name: data for name, data in members.items() if name.startswith("data/")}
        content = BundleContent(payload, (("X", "y"),), "Test", False, made.fingerprint, 0, 0)
        key = owner.installation_key
        data = write_container(
            bundle_members(content, public=key.public, sign=key.sign, sign_as_maker=maker_of(members, owner))
        )
        told = told_by_all(data, tmp_path, made.fingerprint)
        return list(told["findings"])


@pytest.fixture
def entered(tmp_path: Path) -> Iterator[Entered]:
    clinic = small_clinic(tmp_path / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="command").visit_id
        other = add_person(reyes, "Otherman")
    recall = open_one(clinic.as_user("okafor"))
    with clinic.as_user("owner").store.reading() as session:
        patient = session.get_one(Visit, visit).patient_ref
    yield Entered(clinic, visit, patient, other, recall)
    clinic.close()


def _enter(work: UnitOfWork, action: str, thing: LoggedObject, subject: str | None, kind: str = "C") -> None:
    work.log.record(Act(action, kind, subject=subject, object=thing, categories=("supplies",)))
    work.commit()


@pytest.mark.parametrize(
    ("action", "by", "words"),
    [
        ("recall.opened", "desk", "The log gives this recall to somebody else."),
        ("lot.recalled", "okafor", "The log gives this recall another meaning."),
    ],
)
def test_a_recall_that_was_entered_wrongly_is_told_by_all(
    entered: Entered, tmp_path: Path, action: str, by: str, words: str
) -> None:
    okafor = entered.clinic.as_user("okafor")
    opened_by = entered.staff(by)
    with okafor.work() as work:
        row = Recall(
            id=NEVER,
            kind="cartridge",
            named="LOT-7",
            reason="None.",
            is_drill=True,
            people=canonical_bytes([]),
            list_ms=0,
            opened_by=opened_by,
            opened_at=okafor.clock.now(),
        )
        work.session.add(row)
        data = recall_bytes(row)
        _enter(work, action, LoggedObject("recall", NEVER, 1, data), None)
    name = f"data/recalls/{NEVER}/recall.json"
    # The program's own writer takes what was entered as the opening of one.
    found = entered.found(tmp_path, {name: data})
    assert {"where": name, "what": words} in found


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"action": "recall.viewed"}, "The log gives this contact another meaning."),
        ({"by": "desk"}, "The log gives this contact to somebody else."),
        ({"subject": "other"}, "The log gives this contact to another person."),
        (
            {"patient": "other", "subject": "other"},
            "This is about somebody who is not on the list of its recall.",
        ),
    ],
)
def test_a_contact_that_was_entered_wrongly_is_told_by_all(
    entered: Entered, tmp_path: Path, wrong: dict[str, str], words: str
) -> None:
    okafor = entered.clinic.as_user("okafor")
    whose = {"other": entered.other, "patient": entered.patient}
    recorded_by = entered.staff(wrong.get("by", "okafor"))
    with okafor.work() as work:
        row = RecallContact(
            id=NEVER,
            recall_id=entered.recall,
            patient_ref=whose[wrong.get("patient", "patient")],
            how="email",
            outcome="sent",
            text="",
            recorded_by=recorded_by,
            recorded_at=okafor.clock.now(),
        )
        work.session.add(row)
        thing = LoggedObject("recall_contact", NEVER, 1, contact_bytes(row))
        _enter(work, wrong.get("action", "recall.contacted"), thing, whose[wrong.get("subject", "patient")])
    (found,) = entered.found(tmp_path)
    assert found["where"] == f"data/recalls/{entered.recall}/contact-1.json"
    assert found["what"].startswith(words)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"action": "recall.contacted"}, "The log gives this closure another meaning."),
        ({"entered_by": "owner"}, "The log gives this closure to somebody else."),
        ({"signer": "reyes", "entered_by": "reyes"}, "Somebody else than a director signed this closure."),
        ({"between": 2}, "This names another state of the log than the one that it was entered in."),
        ({"vault": NEVER}, "This record is of another clinic."),
        ({"reached": 0}, "This counts people otherwise than the list and the contacts of its recall."),
    ],
)
def test_a_closure_that_was_entered_wrongly_is_told_by_all(
    entered: Entered, tmp_path: Path, wrong: dict[str, Any], words: str
) -> None:
    reach(entered.clinic.as_user("okafor"), entered.recall)
    with entered.clinic.signing(wrong.get("signer", "okafor")) as (opened, signer):
        _close(entered, opened, signer, wrong)
    place = f"data/recalls/{entered.recall}/closure.json"
    assert entered.found(tmp_path) == [{"where": place, "what": words}]


def _close(entered: Entered, opened: OpenClinic, signer: Any, wrong: dict[str, Any]) -> None:  # noqa: ANN401
    entering = entered.clinic.as_user(wrong.get("entered_by", "okafor"))
    now = opened.clock.now()
    with entering.work() as work:
        recall = work.session.get_one(Recall, entered.recall)
        vault = wrong.get("vault", opened.facts.vault)
        made = signed(
            signer,
            closure_record(
                **SigningMoment(vault, work.log.head(), now, "window").parts(signer),
                recall=recall.id,
                recall_sha256=sha256_hex(recall_bytes(recall)),
                people=1,
                reached=wrong.get("reached", 1),
                text="",
            ),
        )
        for _ in range(wrong.get("between", 0)):
            work.log.record(Act("today.viewed", "R"))
        work.session.add(
            RecallClosure(
                recall_id=recall.id,
                text="",
                closed_by=signer.person.staff_id,
                closed_at=now,
                record=made.record,
                signature=made.signature,
            )
        )
        thing = LoggedObject("recall_closure", recall.id, 1, made.record)
        _enter(work, wrong.get("action", "recall.closed"), thing, None, "S")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"action": "visit.viewed"}, "The log gives this follow-up contact another meaning."),
        ({"by": "desk"}, "The log gives this follow-up contact to somebody else."),
        ({"subject": "other"}, "The log gives this follow-up contact to another person than its visit."),
    ],
)
def test_a_try_that_was_entered_wrongly_is_told_by_all(
    entered: Entered, tmp_path: Path, wrong: dict[str, str], words: str
) -> None:
    recorded_by = entered.staff(wrong.get("by", "reyes"))
    entered.clinic.clock.at += timedelta(days=2)
    reyes = entered.clinic.as_user("reyes")
    with reyes.work() as work:
        row = FollowUpContact(
            id=NEVER,
            visit_id=entered.visit,
            step="call+48",
            due_at=reyes.clock.now(),
            channel="telephone",
            outcome="no_answer",
            script=None,
            answers=canonical_bytes({}),
            note="",
            recorded_by=recorded_by,
            recorded_at=reyes.clock.now(),
        )
        work.session.add(row)
        data = follow_up_rows.contact_bytes(row)
        subject = entered.other if "subject" in wrong else entered.patient
        thing = LoggedObject("follow_up_contact", NEVER, 1, data)
        _enter(work, wrong.get("action", "follow_up.recorded"), thing, subject)
    name = f"data/follow-ups/{NEVER}.json"
    assert entered.found(tmp_path, {name: data}) == [{"where": name, "what": words}]
