"""The photographs of a visit, between its document and what is being edited. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mnclinic.domain.photo_poses import PhotoNote, Pose, read_photo, read_pose
from mnclinic.domain.photos import TakenWhen
from mnclinic.ui.forms.fields import State, Trouble
from mnclinic.ui.forms.parts import Json

PHOTOS = "photos"


def photo_key(pose: Pose) -> str:
    """The key under which stands what became of a pose."""
    return f"{PHOTOS}.{pose.when.value}.{pose.view}"


def pose_of(key: str) -> Pose:
    """The pose that a key of `photo_key` is of."""
    _, when, view = key.split(".", 2)
    return Pose(view, TakenWhen(when))


def note_of(key: str, text: str) -> PhotoNote | None:
    """What the text under a key says; None where nothing became of the pose yet."""
    pose = pose_of(key)
    return read_photo({"view": pose.view, "when": pose.when.value, **json.loads(text)}) if text else None


def taken_text(sha256: str) -> str:
    """A photograph that was kept, as the text under its key."""
    return json.dumps({"sha256": sha256})


def not_taken_text(why: str, reason: str) -> str:
    """Why there is none, as the text under its key. Without a reason it is not whole yet."""
    return json.dumps({"not_taken": why, "reason": reason}, sort_keys=True)


@dataclass(frozen=True)
class Photos:
    """What became of each view, under the view's own words."""

    def flat(self, document: Json) -> State:
        """Each of them as JSON."""
        return {
            photo_key(read_pose(one)): json.dumps(
                {name: value for name, value in one.items() if name not in {"view", "when"}}, sort_keys=True
            )
            for one in document.get(PHOTOS, ())
        }

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """Those that were stored in their order, then new ones; one without its reason stays out."""
        order = [photo_key(read_pose(one)) for one in document.get(PHOTOS, ())]
        order += [key for key in state if key.startswith(f"{PHOTOS}.") and key not in order]
        photos = []
        for key in order:
            if not state.get(key):
                continue
            said = json.loads(state[key])
            if "not_taken" in said and not said["reason"].strip():
                yield Trouble(key, "", is_missing=True)
                continue
            pose = pose_of(key)
            photos.append({"view": pose.view, "when": pose.when.value, **said})
        if photos:
            document[PHOTOS] = photos
        else:
            document.pop(PHOTOS, None)
