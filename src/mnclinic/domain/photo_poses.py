"""The views that a protocol asks for in photographs, and what a visit says became of each. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mnclinic.domain.photos import TakenWhen


class NotTaken(StrEnum):
    """Why there is no photograph of a view: the patient did not want it, or it was not possible."""

    DECLINED = "declined"
    UNABLE = "unable"


@dataclass(frozen=True)
class Pose:
    """What is seen and from where, in the protocol's words, and when by the treatment."""

    view: str
    when: TakenWhen


@dataclass(frozen=True)
class PhotoNote:
    """What became of one view in a visit: the photograph by its SHA-256, or why there is none and the reason.

    `sha256` is of the file as it was brought, 64 hex digits; empty where none was taken.
    """

    pose: Pose
    sha256: str = ""
    not_taken: NotTaken | None = None
    reason: str = ""


def read_pose(pose: Mapping[str, Any]) -> Pose:
    """A pose as a protocol or a visit that fits its schema holds it."""
    return Pose(pose["view"], TakenWhen(pose["when"]))


def read_photo(note: Mapping[str, Any]) -> PhotoNote:
    """An entry of a visit document's `photos` that fits the schema."""
    not_taken = note.get("not_taken")
    return PhotoNote(
        pose=read_pose(note),
        sha256=note.get("sha256", ""),
        not_taken=NotTaken(not_taken) if not_taken else None,
        reason=note.get("reason", ""),
    )


def poses_of_visit(asked: Iterable[Pose], notes: Iterable[PhotoNote]) -> tuple[Pose, ...]:
    """Every pose of a visit once: those that are asked for in their order, then what it names besides."""
    return tuple(dict.fromkeys((*asked, *(one.pose for one in notes))))


def left_open(asked: Iterable[Pose], notes: Iterable[PhotoNote]) -> tuple[Pose, ...]:
    """The poses that are asked for and that the visit says nothing of."""
    said = {one.pose for one in notes}
    return tuple(one for one in asked if one not in said)
