"""What Today says of rules, papers, supplies, records, events, recalls, calls and backups."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.follow_up import ContactState
from mnclinic.domain.instants import now_here, zone_of
from mnclinic.domain.plain_days import plain_day, plain_moment
from mnclinic.models import ApprovedDocument
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.backup_plan import OWN_DISK, backup_notices
from mnclinic.services.effective_days import force_on
from mnclinic.services.left_unsigned import left_unsigned
from mnclinic.services.list_events import open_in
from mnclinic.services.list_follow_ups import follow_ups_in
from mnclinic.services.notice import LEADERS, TOLD_FOR, Notice
from mnclinic.services.open_recalls import OpenRecall, open_recalls_in
from mnclinic.services.policy_notices import asked_of_the_clinic, looked_at_by
from mnclinic.services.see_amendment import count_unseen
from mnclinic.services.session import OpenClinic
from mnclinic.services.supply_notices import supplies_to_tell
from mnclinic.services.users.paper_notices import papers_to_tell


def of_rules(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """What the policy asks of the clinic, and rules to be reviewed soon, for whoever can draft the next."""
    if not may(Role(clinic.person.role), RoleAct.DRAFT_PROTOCOL):
        return
    today = clinic.clock.now().date()
    signed = session.scalars(
        select(ApprovedDocument)
        .where(ApprovedDocument.approval.is_not(None), ApprovedDocument.kind.in_(("policy", "protocol")))
        .order_by(ApprovedDocument.id)
    ).all()
    force = force_on(signed, today)
    in_force = [row for row in signed if force[row.id] == "in_force"]
    policy = next((json.loads(row.document) for row in in_force if row.kind == "policy"), None)
    if policy is not None:
        for code, said, page in asked_of_the_clinic(session, policy, clinic.clock.now()):
            yield Notice(code, said, page)
    for row in in_force:
        document = json.loads(row.document)
        review_by = looked_at_by(document, policy if row.kind == "protocol" else None)
        if review_by is None or review_by > (today + TOLD_FOR).isoformat():
            continue
        by = plain_day(date.fromisoformat(review_by))
        said = f"{row.name}, version {row.version}, is to be looked at again by {by}."
        yield Notice("rules_to_review", f"{said} Draft its next version under Protocols.", "protocols")


def of_papers(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """Papers that end soon or have ended: the person's own, and everybody's for the leaders."""
    role = Role(clinic.person.role)
    page = "settings/people" if may(role, RoleAct.VIEW_USERS) else ""
    own, today = clinic.person.staff_id, clinic.clock.now().date()
    for code, said in papers_to_tell(session, own, today, tells_of_all=role in LEADERS):
        yield Notice(code, said, page)


def of_treatments_left(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """For whoever may void a visit, and the owner, who ended the access."""
    role = Role(clinic.person.role)
    if may(role, RoleAct.VOID_VISIT) or role in LEADERS:
        for said in left_unsigned(session):
            yield Notice("treatment_left_unsigned", said, "")


def of_supplies(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """For whoever can do something about it, which is everybody who works here."""
    if may(Role(clinic.person.role), RoleAct.KEEP_SUPPLIES):
        for code, said in supplies_to_tell(session, clinic.clock.now().date()):
            yield Notice(code, said, "devices")


def of_amendments(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """What was signed about signed visits and no director has seen, for a director."""
    if may(Role(clinic.person.role), RoleAct.SEE_AMENDMENT) and (count := count_unseen(session)):
        said = f"{count} amendments of signed visits are not seen by a director yet. Read them on Director."
        if count == 1:
            said = "An amendment of a signed visit is not seen by a director yet. Read it on Director."
        yield Notice("amendments_unseen", said, "director")


def of_events(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """Events of which the director is to be told, or that she is to sign, for whoever may write them down."""
    if not may(Role(clinic.person.role), RoleAct.RECORD_ADVERSE_EVENT):
        return
    due = [one.due_at for one in open_in(session) if one.due_at is not None]
    if not due:
        return
    now = clinic.clock.now()
    by = plain_moment(due[0].astimezone(zone_of(clinic.clock)))
    if due[0] < now:
        said = f"Adverse events that wait for the director: {len(due)}. The first was due by {by}."
        yield Notice("events_overdue", f"{said} List them with: mnclinic event list.", "events")
    else:
        said = f"Adverse events that wait for the director: {len(due)}. The first is due by {by}."
        yield Notice("events_waiting", f"{said} List them with: mnclinic event list.", "events")


def of_recalls(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """Whom nobody has told of a recall, for whoever tells them; what the director may close, for her."""
    role = Role(clinic.person.role)
    tells, closes = may(role, RoleAct.FOLLOW_RECALL), may(role, RoleAct.CLOSE_RECALL)
    if not (tells or closes):
        return
    found = open_recalls_in(session)
    untold = [one for one in found if not one.is_drill and one.untried]
    if tells and untold:
        count = sum(one.untried for one in untold)
        said = f"People on the list of a recall whom nobody has tried to tell: {count}."
        said += " List them with: mnclinic recalls list."
        yield Notice("recall_untold", said, _recalls_page(untold))
    unlisted = [one for one in found if one.unlisted]
    if unlisted:
        # Of several recalls of one lot each says the same people.
        count = sum({(one.kind, one.named): one.unlisted for one in unlisted}.values())
        said = f"People whom a recalled lot or device touched who are on no list of it: {count}."
        said += " Open a recall of it again: that lists them too."
        yield Notice("recall_unlisted", said, _recalls_page(unlisted))
    unreached = [one for one in found if not one.is_drill and one.unreached > one.untried]
    if tells and unreached:
        count = sum(one.unreached - one.untried for one in unreached)
        said = f"People on the list of a recall who were tried and not reached: {count}."
        said += " List them with: mnclinic recalls list."
        yield Notice("recall_unreached", said, _recalls_page(unreached))
    ended = [one for one in found if one.may_be_closed]
    if closes and ended:
        said = f"Recalls and drills that wait for the director to close them: {len(ended)}."
        said += " List them with: mnclinic recalls list."
        yield Notice("recalls_to_close", said, _recalls_page(ended))


def _recalls_page(found: Sequence[OpenRecall]) -> str:
    """The page of recalls, at the one that is meant where there is one alone."""
    return f"recalls/{found[0].recall_id}" if len(found) == 1 else "recalls"


def of_follow_ups(session: Session, clinic: OpenClinic) -> Iterator[Notice]:
    """How many patients are to be called today, and how many calls nobody made on their day."""
    if not may(Role(clinic.person.role), RoleAct.RECORD_FOLLOW_UP):
        return
    found = follow_ups_in(session, now_here(clinic.clock))
    over = sum(1 for one in found if one.state is ContactState.OVER)
    if over:
        said = (
            f"Follow-up contacts to be made: {len(found)}. Of these {over} were due on an earlier day. "
            "Open Follow-up calls."
        )
        yield Notice("follow_ups_over", said, "follow-up")
    elif found:
        said = f"Follow-up contacts to be made today: {len(found)}. Open Follow-up calls."
        yield Notice("follow_ups_due", said, "follow-up")


def of_backups(clinic: OpenClinic) -> Iterator[Notice]:
    """For whoever sees backups and has a password of their own."""
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    if not clinic.has_temporary_password and may(Role(clinic.person.role), RoleAct.VIEW_BACKUPS):
        for one in backup_notices(clinic):
            # Whoever cannot choose another place is not told every day that there ought to be one.
            if one.code != OWN_DISK or may(Role(clinic.person.role), RoleAct.MANAGE_BACKUPS):
                yield Notice(one.code, one.sentence, "settings/backups")
