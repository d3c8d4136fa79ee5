"""Keep what is typed into an open visit, whatever it is, so that no lock, crash or power cut loses it.

What the visit's document can hold goes into the document, as an autosaved draft. What it cannot hold (half a
number, a note that is too long, a change to a visit that was changed elsewhere meanwhile) is kept for the
person who typed it, in the same transaction, beside where their screen was. Neither is a log entry.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from mnclinic.domain.visit_life import OPEN_TO_EDIT
from mnclinic.errors import ActionRefused, InvalidInput, Problem
from mnclinic.models import Visit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.save_visit import load_visit, put_document
from mnclinic.services.screen_state import put_typed_drafts, typed_drafts
from mnclinic.services.session import OpenClinic
from mnclinic.store.unit_of_work import UnitOfWork

TOO_MUCH = (
    "What you typed is too long to be kept as a draft. Nothing that was stored before is lost. Shorten it: "
    "until then it stands only in this window."
)


@dataclass(frozen=True)
class TypedDraft:
    """What a person typed into a visit that its document does not hold, as the window wrote it.

    `edition` is the one of the visit that it was typed over.
    """

    edition: int
    typed: dict[str, Any]
    was: dict[str, Any]
    at: str
    cursor: int


@dataclass(frozen=True)
class DraftKept:
    """Everything typed is kept. `edition` is what the next draft has to name.

    `is_stale`: the visit was changed elsewhere since; what was typed is kept beside it. `problems` and
    `refused` are why the document was not stored.
    """

    visit_id: str
    edition: int
    is_in_visit: bool
    is_stale: bool = False
    problems: tuple[Problem, ...] = ()
    refused: str = ""


def keep_visit_draft(
    clinic: OpenClinic,
    visit_id: str,
    edition: int,
    document: dict[str, Any],
    *,
    rest: dict[str, Any],
    whole: dict[str, Any],
    at: str,
    cursor: int,
    is_settled: bool = True,
) -> DraftKept:
    """Store a draft of an open visit, and what its document cannot hold beside it, or all of it beside it.

    Args:
        clinic: The open clinic.
        visit_id: The visit.
        edition: The edition that was typed over.
        document: What can be read of what was typed, as a visit document.
        rest: The texts that `document` does not hold, `typed` and `was`: JSON that the window understands.
        whole: The texts that differ from the stored edition, kept where the document is refused.
        at: The field with the keyboard.
        cursor: Where in it.
        is_settled: Whether it may go into the visit; not while the person has still to choose between it and
            what was stored elsewhere.

    Raises InvalidInput when there is no such visit, or more was typed than can be kept; StoreUnavailable and
    kin when nothing can be stored.
    """
    clinic.require(RoleAct.EDIT_VISIT)
    with clinic.work() as work:
        visit, _ = load_visit(work, visit_id)
        if visit.edition != edition or not is_settled:
            _put_beside(work, clinic, visit, edition, whole, at, cursor)
            work.commit()
            return DraftKept(visit.id, edition, is_in_visit=False, is_stale=visit.edition != edition)
        problems: tuple[Problem, ...] = ()
        try:
            saved = put_document(work, clinic, visit, document, is_autosave=True)
        except InvalidInput as error:
            problems, refused = error.problems, error.sentence
        except ActionRefused as error:
            refused = error.sentence
        else:
            _put_beside(work, clinic, visit, saved.edition, rest, at, cursor)
            work.commit()
            return DraftKept(saved.visit_id, saved.edition, is_in_visit=True)
    with clinic.work() as work:
        visit, _ = load_visit(work, visit_id)
        _put_beside(work, clinic, visit, edition, whole, at, cursor)
        work.commit()
    return DraftKept(visit_id, edition, is_in_visit=False, problems=problems, refused=refused)


def kept_visit_draft(clinic: OpenClinic, visit_id: str) -> TypedDraft | None:
    """What this person typed into the visit and its document does not hold. None where there is nothing."""
    clinic.require(RoleAct.EDIT_VISIT)
    with clinic.work() as work:
        held = typed_drafts(work, clinic).get(visit_id)
    try:
        return TypedDraft(**held) if held is not None else None
    except TypeError:
        # Another version of the program wrote it.
        return None


def _put_beside(  # noqa: PLR0917 - two callers, which have just computed each of them
    work: UnitOfWork,
    clinic: OpenClinic,
    visit: Visit,
    edition: int,
    texts: dict[str, Any],
    at: str,
    cursor: int,
) -> None:
    drafts = typed_drafts(work, clinic)
    drafts[visit.id] = {
        "edition": edition,
        "typed": texts["typed"],
        "was": texts["was"],
        "at": at,
        "cursor": cursor,
    }
    if not put_typed_drafts(work, clinic, _worth_keeping(work, drafts, visit.id)):
        raise InvalidInput(TOO_MUCH)


def _worth_keeping(work: UnitOfWork, drafts: dict[str, Any], newest: str) -> dict[str, Any]:
    """Without those that only say where the keyboard was, in visits that are no longer worked on."""
    is_open = select(Visit.id).where(
        Visit.id.in_(drafts), Visit.state.in_([one.value for one in OPEN_TO_EDIT])
    )
    still_open = set(work.session.scalars(is_open))
    return {
        visit_id: draft
        for visit_id, draft in drafts.items()
        if visit_id == newest or draft.get("typed") or visit_id in still_open
    }
