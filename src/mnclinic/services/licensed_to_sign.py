"""A director signs while licensed: the day after the last day of the licence ends that, and nothing else."""

from collections.abc import Sequence

from sqlalchemy import select

from mnclinic.domain.credentials import entitling
from mnclinic.domain.plain_days import plain_day
from mnclinic.errors import ILL_WRITTEN, ActionRefused, Refusal
from mnclinic.models import Licence
from mnclinic.services.session import OpenClinic, Signer
from mnclinic.store.unit_of_work import UnitOfWork


def assert_licensed(work: UnitOfWork, clinic: OpenClinic, by: Signer) -> None:
    """Raise ActionRefused unless a licence of whoever signs as director is valid today, where the clinic is.

    A performer is judged by the gate on the visit's own day instead, so that a late entry can be signed.
    """
    today = clinic.clock.now().date()
    papers = work.session.scalars(select(Licence).where(Licence.staff_id == by.person.staff_id)).all()
    licences = entitling_licences(papers, by.person.credential)
    if any(paper.valid_from <= today <= paper.expires_on for paper in licences):
        return
    last_on = max((paper.expires_on for paper in licences), default=None)
    why = "no licence of yours is on file"
    if last_on is not None:
        why = f"your licence counts to {plain_day(last_on)}"
    raise ActionRefused(
        [
            Refusal(
                "director_licence_expired",
                f"You cannot sign as director today: {why}. Nothing was changed, and what you signed before "
                "stays valid. Have the licence in force entered under Settings, People.",
            )
        ]
    )


def entitling_licences(papers: Sequence[Licence], credential: str) -> list[Licence]:
    """Those that entitle somebody of this credential, in the order given.

    None where a kind or the credential is no text, which mnclinic never writes: such a paper entitles to
    nothing, and whoever it belongs to has to come in to have it found.
    """
    try:
        counting = entitling((paper.kind for paper in papers), credential)
    except ILL_WRITTEN:
        return []
    return [paper for paper in papers if paper.kind in counting]
