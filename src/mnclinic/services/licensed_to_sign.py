"""A director signs while licensed: the day after the last day of the licence ends that, and nothing else."""

from sqlalchemy import select

from mnclinic.domain.credentials import entitling
from mnclinic.domain.plain_days import plain_day
from mnclinic.errors import ActionRefused, Refusal
from mnclinic.models import Licence
from mnclinic.services.session import OpenClinic, Signer
from mnclinic.store.unit_of_work import UnitOfWork


def assert_licensed(work: UnitOfWork, clinic: OpenClinic, by: Signer) -> None:
    """Raise ActionRefused unless a licence of whoever signs as director is valid today, where the clinic is.

    A performer is judged by the gate on the visit's own day instead, so that a late entry can be signed.
    """
    today = clinic.clock.now().date()
    papers = work.session.scalars(select(Licence).where(Licence.staff_id == by.person.staff_id)).all()
    counting = entitling((paper.kind for paper in papers), by.person.credential)
    licences = [paper for paper in papers if paper.kind in counting]
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
