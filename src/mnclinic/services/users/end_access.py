"""Somebody leaves: their access ends now, their open drafts go to a colleague, the database key changes."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.person_details import text_of
from mnclinic.domain.planned_life import PlanState
from mnclinic.domain.visit_life import OPEN_TO_EDIT
from mnclinic.errors import (
    ActionRefused,
    InvalidInput,
    NotPermitted,
    Problem,
    Refusal,
    Stopped,
    StoreUnavailable,
)
from mnclinic.models import Patient, PlannedVisit, Staff, Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role
from mnclinic.security.slots import remove_user
from mnclinic.services.key_changes import keep, with_own_password
from mnclinic.services.key_register import Enrolment, keys_in_force
from mnclinic.services.planned_rows import as_said, enter_changed, lead
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.save_visit import draft_saved, handed_over, store_document
from mnclinic.services.screen_state import hand_over_drafts
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import staff_entered
from mnclinic.services.treated_by import is_treated
from mnclinic.services.users.find_user import staff_named
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.unit_of_work import UnitOfWork

LAST_DIRECTOR = (
    "{name} is the clinic's last medical director. Without one no visit can be approved or released, no "
    "policy or protocol put in force, and what waits for sign-off stays unsigned. Nothing was changed. Add "
    "the next director first; or, if this is meant, say so with --leave-no-director, and Today reminds of it."
)
ENDING = "ending the access"
KEY_CHANGE_STOPPED = (
    "The change of the database key was stopped, as you asked, and the key is as it was. The access has "
    "ended all the same. Change the key when there is time; until then Today reminds of it."
)
_PERFORMERS = frozenset({Role.PROVIDER, Role.DIRECTOR})
MOST_NAMED = 5


@dataclass(frozen=True)
class AccessEnded:
    """Somebody's access ended. `key_not_changed` says why the database key is still the old one, if it is."""

    user: str
    handed_over: tuple[str, ...]
    """Numbers of the visits that somebody else goes on with."""
    key_not_changed: str | None
    wait_for_director: tuple[str, ...] = ()
    """Numbers of the open visits in which they treated: nobody else signs that as performer."""
    plans_left_open: int = 0
    """How many planned visits, from today on, were theirs: it is open again who performs them."""
    left_open: tuple[str, ...] = ()
    """Numbers of open visits without treatment that nobody here could take; they still name the leaver."""


def end_access(
    clinic: OpenClinic,
    user: str,
    password: str,
    *,
    reason: str,
    hand_over_to: str | None = None,
    leaves_no_director: bool = False,
    before_key_change: Callable[[], object] | None = None,
    watch: Watch = unwatched,
) -> AccessEnded:
    """End a person's access at once, in this order, so that nothing later can keep it from ending.

    Their slot, sessions and keys end, their open visits are handed over and what is planned with them is
    nobody's, in one transaction; a window of theirs elsewhere is refused at its next act. Then the database
    key is changed, so that a copy of the key file that they may have kept opens nothing that is written
    from now on. While the clinic is open in another window the key cannot be changed: that is told, and
    Today reminds of it.

    Args:
        clinic: Open in an administrator's name.
        user: Who leaves.
        password: The administrator's own, typed for this act.
        reason: Kept with the entry in the log.
        hand_over_to: User name of the performer who takes the open visits, where there are any and somebody
            else performs visits here. Those in which the leaver treated stay in the leaver's name, and wait
            for the director.
        leaves_no_director: Said plainly by whoever ends the access of the last medical director.
        before_key_change: Called once the access has ended, and before the database key is changed; not
            where the clinic is open elsewhere, so that the key stays. For what only today's key opens.
        watch: Told how far it is. At the step `ENDING` it stops everything; afterwards, up to the step
            `rotate_database_key.IN_PLACE`, the change of the key alone, which is told like any other reason.
            So does Ctrl+C in a command.

    Raises:
        InvalidInput: no such user, no reason, or nobody entitled named for the open visits, which are
            listed. Nothing was changed.
        ActionRefused: it is the last medical director, and nobody said that this is meant. Nothing was
            changed.
        NotPermitted: oneself. Nothing was changed.
        Stopped: the watch wanted no more before the access ended. Nothing was changed.
        WrongCredentials, StoreUnavailable and kin: nothing was changed.
    """
    clinic.require(RoleAct.END_ACCESS)
    reason = text_of(reason)
    with with_own_password(clinic, password) as (key_file, unlocked), clinic.work() as work:
        now = clinic.clock.now()
        row = staff_named(work.session, user)
        if row.id == clinic.person.staff_id:
            # So an administrator is always left.
            raise NotPermitted(
                "Nobody ends their own access. Nothing was changed. Ask another administrator to do it."
            )
        if not reason:
            what = "Give the reason why the access ends."
            raise InvalidInput(f"{what} Nothing was changed.", [Problem("reason", what)])
        if not leaves_no_director and is_last_director(work.session, row):
            raise ActionRefused([Refusal("last_director", LAST_DIRECTOR.format(name=row.name))])
        visits = _hand_over(work, row, hand_over_to, now)
        plans = _leave_plans_open(work, row, now)
        row.is_active = False
        row.left_at = now
        entered = staff_entered(work, "staff.left", row)
        work.log.record(replace(entered, detail={"reason": reason}))
        register = Enrolment(work, clinic.facts.vault, now)
        for purpose in ("session", "signature"):
            for key in keys_in_force(work.session, row.id, purpose):
                register.revoke(key.key, "left", by=clinic.person.staff_id, signer=clinic.session_key)
        changed = key_file
        if key_file.slot_of(row.user) is not None:
            changed = remove_user(key_file, unlocked.database_key, row.id)
        go_on(watch, ENDING)
        keep(clinic, work, changed, retire_previous=True)
    epoch = clinic.key_file.epoch
    try:
        rotate_database_key(clinic, "left", before=before_key_change, watch=watch)
    except Stopped:
        not_changed: str | None = KEY_CHANGE_STOPPED
    except KeyboardInterrupt:
        # Whoever stops a command has to hear that the access has ended, as from any other stop.
        not_changed = KEY_CHANGE_STOPPED if clinic.key_file.epoch == epoch else None
    except StoreUnavailable as trouble:
        not_changed = trouble.sentence
    else:
        not_changed = None
    return AccessEnded(row.user, visits.taken, not_changed, visits.treated, plans, visits.left)


@dataclass(frozen=True)
class _HandedOver:
    """The numbers of a leaver's open visits, by what becomes of them."""

    taken: tuple[str, ...] = ()
    treated: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def _hand_over(work: UnitOfWork, leaver: Staff, to: str | None, now: datetime) -> _HandedOver:
    """Give every visit that is open to edit to another performer; the log says that it was handed over.

    One in which the leaver treated stays in their name: who treated is a fact, and whose depth ceiling and
    licence it is judged by. So does every one where nobody else performs visits here, for then an access
    could not be ended at all; somebody else's name can be put there later. What the leaver typed into any
    of them and its document cannot hold goes to the taker.
    """
    session = work.session
    # Named wrongly is named wrongly, whether or not there is anything to hand over.
    taker = None if to is None else _taker(session, leaver, to)
    visits = session.scalars(
        select(Visit)
        .where(Visit.performer == leaver.user, Visit.state.in_([state.value for state in OPEN_TO_EDIT]))
        .order_by(Visit.number)
    ).all()
    kept = {visit.id for visit in visits if is_treated(session, visit, json.loads(visit.document))}
    numbers = tuple(visit.number for visit in visits if visit.id not in kept)
    treated = tuple(visit.number for visit in visits if visit.id in kept)
    if taker is None:
        if not numbers or not _others_who_perform(session, leaver):
            return _HandedOver(treated=treated, left=numbers)
        named = ", ".join(numbers[:MOST_NAMED]) + (" and more" if len(numbers) > MOST_NAMED else "")
        what = f"{leaver.name} has open visits: {named}. Name the performer who takes them."
        raise InvalidInput(f"{what} Nothing was changed.", [Problem("hand_over_to", what)])
    editions = {}
    for visit in visits:
        edition_before = visit.edition
        if visit.id not in kept:
            patient = session.get_one(Patient, visit.patient_ref)
            before = visit.state
            content = canonical_bytes(json.loads(visit.document) | {"performer": taker.user})
            store_document(work, visit, patient, content)
            entered = draft_saved(visit, patient, before=before)
            work.log.record(handed_over(entered, leaver.user, taker.user))
        editions[visit.id] = (edition_before, visit.edition)
    hand_over_drafts(work, leaver.id, taker.id, editions, now=now)
    return _HandedOver(taken=numbers, treated=treated)


def _others_who_perform(session: Session, leaver: Staff) -> bool:
    roles = [role.value for role in _PERFORMERS]
    others = select(Staff.id).where(
        Staff.is_active, Staff.role.in_(roles), Staff.credential != "", Staff.id != leaver.id
    )
    return session.scalars(others).first() is not None


def _leave_plans_open(work: UnitOfWork, leaver: Staff, now: datetime) -> int:
    """Make it open again who performs what is planned with the leaver from today on; how many there are."""
    plans = work.session.scalars(
        select(PlannedVisit)
        .where(
            PlannedVisit.planned_on >= now.date(),
            PlannedVisit.performer == leaver.user,
            PlannedVisit.state.in_([PlanState.PLANNED.value, PlanState.ARRIVED.value]),
        )
        .order_by(PlannedVisit.planned_on, PlannedVisit.at_time, PlannedVisit.id)
    ).all()
    for row in plans:
        was = as_said(row)
        lead(row, "plan.changed")
        row.performer = ""
        enter_changed(work, row, was)
    return len(plans)


def _taker(session: Session, leaver: Staff, to: str) -> Staff:
    taker = staff_named(session, to, where="hand_over_to")
    if taker.id == leaver.id or taker.role not in _PERFORMERS or not taker.credential:
        what = f"{taker.name} performs no visits, so the open visits cannot go to them."
        raise InvalidInput(f"{what} Nothing was changed. Name a performer.", [Problem("hand_over_to", what)])
    return taker


def is_last_director(session: Session, row: Staff) -> bool:
    """Whether the clinic has no medical director without this person."""
    directors = session.scalars(select(Staff.id).where(Staff.is_active, Staff.role == Role.DIRECTOR.value))
    return set(directors) == {row.id}
