"""Papers of the staff: enter a licence, certificate, training or life support; end one; list them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.credentials import (
    LONGEST_NAME,
    Paper,
    PaperKind,
    kept_kind,
    kind_of,
    last_of_each,
    notice_days,
)
from mnclinic.domain.person_details import line_of, text_of
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Licence, Staff
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.credentials import KEPT
from mnclinic.services.key_changes import with_own_password
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import staff_entered
from mnclinic.services.users.find_user import staff_named
from mnclinic.store.backup_files import Watch, go_on, unwatched

US_STATE = re.compile(r"[A-Z]{2}")
LONGEST_NUMBER = 40

LAST_YEAR = 2100
"""No paper that is printed today counts for longer; what the check tries ends a hundred years later."""


@dataclass(frozen=True)
class NewPaper:
    """A paper to enter, valid on every day from `valid_from` to `expires_on`.

    `name` is the licence's kind such as RN, or what a training or certificate is called; nothing for life
    support. `issuer` of a licence is its US state.
    """

    what: PaperKind
    name: str
    number: str
    issuer: str
    valid_from: date
    expires_on: date


@dataclass(frozen=True)
class PaperRow:
    """A paper in a list. `notice` is 60, 30 or 7 where it ends within so many days, 0 once it ended.

    Only the paper of its kind that counts longest has one: what was renewed is spoken of no more.
    """

    user: str
    name: str
    what: PaperKind
    kind: str
    number: str
    issuer: str
    valid_from: date
    expires_on: date
    notice: int | None
    is_valid: bool


def staff_papers(clinic: OpenClinic, user: str | None = None) -> tuple[PaperRow, ...]:
    """The papers of everybody who works here, or of one person; by name, what ends first at the head."""
    clinic.require(RoleAct.VIEW_USERS)
    with clinic.store.reading() as session:
        if user is None:
            people = session.scalars(select(Staff).where(Staff.is_active).order_by(Staff.name)).all()
        else:
            people = [staff_named(session, user, may_have_left=True)]
        return tuple(row for one in people for row in papers_of(session, one, clinic.clock.now().date()))


def papers_of(session: Session, person: Staff, day: date) -> tuple[PaperRow, ...]:
    """One person's papers as they stand on a day, what ends first at the head."""
    rows = session.scalars(select(Licence).where(Licence.staff_id == person.id)).all()
    papers = {row.id: Paper(row.kind, row.number, row.valid_from, row.expires_on) for row in rows}
    current = last_of_each(papers.values())
    listed = [
        PaperRow(
            user=person.user,
            name=person.name,
            what=kind_of(row.kind),
            kind=row.kind,
            number=row.number,
            issuer=row.state,
            valid_from=row.valid_from,
            expires_on=row.expires_on,
            notice=notice_days(papers[row.id], day) if papers[row.id] in current else None,
            is_valid=papers[row.id].covers(day),
        )
        for row in rows
    ]
    return tuple(sorted(listed, key=lambda one: (one.expires_on, one.kind, one.number)))


def enter_paper(
    clinic: OpenClinic, user: str, paper: NewPaper, password: str, *, watch: Watch = unwatched
) -> PaperRow:
    """Enter a paper of somebody who works here; a renewed one is entered beside the one before.

    Args:
        clinic: Open in a director's or administrator's name.
        user: Whose paper it is.
        paper: The paper, as it reads.
        password: One's own, typed for this act.
        watch: Told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        InvalidInput: with every problem, each by its field. Nothing was stored.
        NotPermitted, WrongCredentials, Stopped, StoreUnavailable and kin: nothing was stored.
    """
    clinic.require(RoleAct.KEEP_PAPERS)
    paper = _plain(paper)
    with with_own_password(clinic, password, watch), clinic.work() as work:
        person = staff_named(work.session, user)
        problems = [*_problems(paper), *_twice(work.session, person, paper)]
        if problems:
            raise InvalidInput("The paper was not entered. Correct these and try again.", problems)
        kind = kept_kind(paper.what, paper.name)
        work.session.add(
            Licence(
                staff_id=person.id,
                kind=kind,
                number=paper.number,
                state=paper.issuer,
                valid_from=paper.valid_from,
                expires_on=paper.expires_on,
            )
        )
        entered = staff_entered(work, "staff.paper_entered", person)
        detail = {
            "kind": kind,
            "number": paper.number,
            "issuer": paper.issuer,
            "until": paper.expires_on.isoformat(),
        }
        work.log.record(replace(entered, detail=detail))
        go_on(watch, KEPT)
        work.commit()
        rows = papers_of(work.session, person, clinic.clock.now().date())
    return next(row for row in rows if (row.kind, row.number) == (kind, paper.number))


def end_paper(
    clinic: OpenClinic,
    user: str,
    number: str,
    last_on: date,
    password: str,
    *,
    reason: str,
    watch: Watch = unwatched,
) -> PaperRow:
    """Let a paper count to `last_on` alone, because it was given up, suspended or withdrawn.

    What it covered before stays covered; it is never made longer so: a renewed paper is entered anew.

    Raises:
        InvalidInput: no such paper, a day outside of the days that it has, or no reason. Nothing was changed.
        NotPermitted, WrongCredentials, Stopped, StoreUnavailable and kin: nothing was changed.
    """
    clinic.require(RoleAct.KEEP_PAPERS)
    reason = text_of(reason)
    with with_own_password(clinic, password, watch), clinic.work() as work:
        person = staff_named(work.session, user)
        wanted = line_of(number).casefold()
        rows = work.session.scalars(
            select(Licence).where(Licence.staff_id == person.id).order_by(Licence.expires_on.desc())
        )
        row = next((one for one in rows if line_of(one.number).casefold() == wanted), None)
        problems = []
        if row is None:
            problems.append(Problem("number", f"{person.name} has no paper with the number {number}."))
        elif not row.valid_from <= last_on < row.expires_on:
            said = (
                f"Its last day lies from {row.valid_from.isoformat()} to before {row.expires_on.isoformat()}."
            )
            problems.append(Problem("last_on", said))
        if not reason:
            problems.append(Problem("reason", "Give the reason why it ends."))
        if problems or row is None:
            raise InvalidInput("The paper was not ended. Correct these and try again.", problems)
        row.expires_on = last_on
        entered = staff_entered(work, "staff.paper_ended", person)
        detail = {
            "kind": row.kind,
            "number": row.number,
            "ended_on": last_on.isoformat(),
            "reason": reason,
        }
        work.log.record(replace(entered, detail=detail))
        go_on(watch, KEPT)
        work.commit()
        papers = papers_of(work.session, person, clinic.clock.now().date())
    return next(one for one in papers if (one.kind, one.number) == (row.kind, row.number))


def _plain(paper: NewPaper) -> NewPaper:
    return replace(
        paper, name=line_of(paper.name), number=line_of(paper.number), issuer=line_of(paper.issuer)
    )


def _problems(paper: NewPaper) -> Iterator[Problem]:
    name, issuer, number = paper.name, paper.issuer, paper.number
    if paper.what is not PaperKind.BLS and not name:
        yield Problem("name", "Say what it is: the licence's kind such as RN, or the name of the training.")
    elif len(name) > LONGEST_NAME:
        yield Problem("name", f"A name has at most {LONGEST_NAME} characters.")
    elif paper.what is PaperKind.LICENCE and kind_of(name) is not PaperKind.LICENCE:
        yield Problem("name", "That is no licence. Choose what it is above.")
    if not 0 < len(number) <= LONGEST_NUMBER:
        yield Problem("number", f"Write the number as it is printed, 1 to {LONGEST_NUMBER} characters.")
    if paper.what is PaperKind.LICENCE and not US_STATE.fullmatch(issuer):
        yield Problem("issuer", "Write the state in two capital letters, for example TX.")
    elif not 0 < len(issuer) <= LONGEST_NAME:
        yield Problem("issuer", f"Say who issued it, in 1 to {LONGEST_NAME} characters.")
    if paper.expires_on < paper.valid_from:
        yield Problem("expires_on", "The last day lies before the first.")
    elif paper.expires_on.year > LAST_YEAR:
        yield Problem("expires_on", "The last day lies after 2100. Write its year as it is printed.")


def _twice(session: Session, person: Staff, paper: NewPaper) -> Iterator[Problem]:
    kind = kept_kind(paper.what, paper.name).casefold()
    for row in session.scalars(select(Licence).where(Licence.staff_id == person.id)):
        is_same = (row.kind.casefold(), line_of(row.number).casefold()) == (kind, paper.number.casefold())
        if is_same and row.valid_from <= paper.expires_on and paper.valid_from <= row.expires_on:
            said = (
                f"It is on file from {row.valid_from.isoformat()} to {row.expires_on.isoformat()} already. "
                "Enter a renewed one from the day after."
            )
            yield Problem("number", said)
