"""Photographs of nobody for the pages that show them: a drawn face, redder or less, turned a little."""

from datetime import UTC, date, datetime, timedelta

from mnclinic.errors import ActionRefused, InvalidInput
from mnclinic.services.demo.faces import drawn_face
from mnclinic.services.list_visits import todays_visits
from mnclinic.services.photos import NewPhoto, keep_photo
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit

TAKEN = (
    ("Face from the front", "before", 84, 90, 0),
    ("Face from the left", "before", 84, 90, 40),
    ("Face from the front", "follow_up", 28, 40, 6),
    ("Face from the front", "before", 0, 25, 3),
)
"""View, when, days ago, redness, and how far it is turned."""


def keep_photographs(clinic: OpenClinic, day: date) -> None:
    """Give everybody with an open visit today who allows it some photographs, and name one in the visit."""
    noon = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
    for row in todays_visits(clinic).visits:
        if row.state not in {"draft", "deferred"}:
            continue
        view = show_visit(clinic, row.visit_id, opened=False)
        if view.document.get("photos"):
            # The demo's own, of which each person has one face.
            continue
        kept = []
        for view_words, when, days_ago, redness, turn in TAKEN:
            of = row.visit_id if not days_ago else None
            new = NewPhoto(
                view_words, when, drawn_face(redness, turn), noon - timedelta(days=days_ago), of, "Drawn so."
            )
            try:
                kept.append(keep_photo(clinic, view.patient_ref, new))
            except (ActionRefused, InvalidInput):
                break
        if len(kept) == len(TAKEN):
            photos = [
                {"view": kept[-1].view, "when": "before", "sha256": kept[-1].sha256},
                {
                    "view": "Face from the left",
                    "when": "before",
                    "not_taken": "declined",
                    "reason": "Wanted none from the side today.",
                },
            ]
            save_visit(clinic, row.visit_id, view.edition, view.document | {"photos": photos})
