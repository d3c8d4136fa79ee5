"""Photographs of nobody for the pages that show them: a drawn face, redder or less, turned a little."""

import io
from datetime import UTC, date, datetime, timedelta

from PIL import Image, ImageDraw

from mnclinic.errors import ActionRefused, InvalidInput
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


def face(redness: int, turn: int) -> bytes:
    """A face that nobody has, as a JPEG."""
    picture = Image.new("RGB", (900, 1200), (206, 214, 222))
    draw = ImageDraw.Draw(picture)
    skin = (226, 178 - redness // 3, 152 - redness // 3)
    draw.rectangle((330, 900, 570, 1200), fill=skin)
    draw.ellipse((170 + turn, 150, 730 + turn, 980), fill=skin)
    draw.pieslice((150 + turn, 90, 750 + turn, 720), 180, 360, fill=(84, 60, 48))
    for x in (320, 500):
        draw.ellipse((x + turn, 470, x + 80 + turn, 515), fill="white", outline=(90, 70, 60), width=4)
        draw.ellipse((x + 26 + turn, 476, x + 56 + turn, 508), fill=(70, 90, 110))
        draw.arc((x - 10 + turn, 410, x + 90 + turn, 470), 190, 350, fill=(84, 60, 48), width=8)
    draw.line((450 + turn, 520, 430 + turn, 680, 470 + turn, 690), fill=(170, 120, 100), width=6)
    draw.arc((360 + turn, 730, 540 + turn, 830), 20, 160, fill=(170, 80, 80), width=10)
    for number in range(redness // 3):
        x, y = 240 + (number * 137) % 420 + turn, 560 + (number * 71) % 260
        draw.ellipse((x, y, x + 16, y + 14), fill=(206, 90, 84))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def keep_photographs(clinic: OpenClinic, day: date) -> None:
    """Give everybody with an open visit today who allows it some photographs, and name one in the visit."""
    noon = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
    for row in todays_visits(clinic).visits:
        if row.state not in {"draft", "deferred"}:
            continue
        view = show_visit(clinic, row.visit_id, opened=False)
        kept = []
        for view_words, when, days_ago, redness, turn in TAKEN:
            of = row.visit_id if not days_ago else None
            new = NewPhoto(view_words, when, face(redness, turn), noon - timedelta(days=days_ago), of)
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
