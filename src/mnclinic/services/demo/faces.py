"""Photographs of nobody for the demo: faces that are plainly drawn, redder or less, turned a little."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from mnclinic.domain.photo_poses import Pose
from mnclinic.domain.photos import TakenWhen
from mnclinic.domain.pictures import PictureForm
from mnclinic.interchange.pictures.reading import Picture
from mnclinic.security.roles import Act
from mnclinic.services.photos import NewPhoto, keep_photo
from mnclinic.services.session import OpenClinic

FRONT, LEFT = "Face from the front", "Face from the left"
WIDTH_PX, HEIGHT_PX = 900, 1200
SKINS = ((244, 208, 186), (236, 190, 160), (222, 172, 140), (198, 146, 112), (160, 110, 82), (110, 76, 58))
"""By phototype, from I to VI."""
HAIRS = ((84, 60, 48), (38, 32, 34), (168, 120, 66), (120, 118, 120), (132, 64, 40))
TURNED = 40
"""Points: how far a face from the left is moved."""
DRAWN = "Drawn for the demo, as if it were taken then."
CALM, RED, MOST_RED = 25, 90, 130


def drawn_face(redness: int, turn: int = 0, *, phototype: int = 3, hair: int = 0) -> bytes:
    """A face that nobody has, as a JPEG.

    `redness` goes from 0 to 255, `turn` is in points, `phototype` from 1 to 6.
    """
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), (206, 214, 222))
    draw = ImageDraw.Draw(picture)
    red, green, blue = SKINS[phototype - 1]
    skin = (red, green - redness // 3, max(blue - redness // 3, 0))
    ink = HAIRS[hair % len(HAIRS)]
    draw.rectangle((330, 900, 570, 1200), fill=skin)
    draw.ellipse((170 + turn, 150, 730 + turn, 980), fill=skin)
    draw.pieslice((150 + turn, 90, 750 + turn, 720), 180, 360, fill=ink)
    for x in (320, 500):
        draw.ellipse((x + turn, 470, x + 80 + turn, 515), fill="white", outline=(90, 70, 60), width=4)
        draw.ellipse((x + 26 + turn, 476, x + 56 + turn, 508), fill=(70, 90, 110))
        draw.arc((x - 10 + turn, 410, x + 90 + turn, 470), 190, 350, fill=ink, width=8)
    draw.line((450 + turn, 520, 430 + turn, 680, 470 + turn, 690), fill=(150, 100, 84), width=6)
    draw.arc((360 + turn, 730, 540 + turn, 830), 20, 160, fill=(170, 80, 80), width=10)
    for number in range(redness // 3):
        x, y = 240 + (number * 137) % 420 + turn, 560 + (number * 71) % 260
        draw.ellipse((x, y, x + 16, y + 14), fill=(206, 90, 84))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


class DemoFace:
    """The face of one invented person, as it is photographed."""

    def __init__(self, patient: str, record_number: str, phototype: int) -> None:
        """`patient` is the reference or the record number; the looks follow from number and phototype."""
        self._patient = patient
        self._phototype = min(max(phototype, 1), len(SKINS))
        self._number = int(record_number.rpartition("-")[2])

    def take(
        self, clinic: OpenClinic, pose: Pose, redness: int, taken_at: datetime, visit: str | None = None
    ) -> dict[str, Any]:
        """Keep one, and give what a visit says of it."""
        turn = self._number % 7 + (TURNED if pose.view == LEFT else 0)
        content = drawn_face(redness, turn, phototype=self._phototype, hair=self._number)
        # Drawn here, so no process has to find out what it is.
        picture = Picture(PictureForm.JPEG, WIDTH_PX, HEIGHT_PX, None, content)
        new = NewPhoto(pose.view, pose.when.value, content, taken_at, visit, DRAWN)
        kept = keep_photo(clinic, self._patient, new, picture=picture)
        return {"view": pose.view, "when": pose.when.value, "sha256": kept.sha256}


def photograph_visit(
    clinic: OpenClinic, face: DemoFace, visit: str, times: tuple[datetime, datetime]
) -> Sequence[dict[str, Any]]:
    """Before and after one treatment, as its document says it; `times` are when it began and ended."""
    clinic.require(Act.KEEP_PHOTO)
    began_at, ended_at = times
    before = began_at - timedelta(minutes=5)
    return [
        face.take(clinic, Pose(FRONT, TakenWhen.BEFORE), RED, before, visit),
        face.take(clinic, Pose(LEFT, TakenWhen.BEFORE), RED, before, visit),
        {
            "view": "Face from the right",
            "when": TakenWhen.BEFORE.value,
            "not_taken": "declined",
            "reason": "Wanted two pictures and no more.",
        },
        face.take(clinic, Pose(FRONT, TakenWhen.AFTER), MOST_RED, ended_at, visit),
    ]


def photograph_later(clinic: OpenClinic, face: DemoFace, visit: str, at: datetime) -> Callable[[], None]:
    """The calmer skin of some weeks later, to be taken at its time."""
    clinic.require(Act.KEEP_PHOTO)

    def act() -> None:
        face.take(clinic, Pose(FRONT, TakenWhen.FOLLOW_UP), CALM, at, visit)

    return act
