"""Decode one picture. This runs in a process of its own (`reading`), whose memory it limits first.

What comes out is drawn anew from the points alone, upright, so nothing that the camera wrote beside them
(the place, the telephone, a smaller picture) goes along.
"""

import io
import json
import os
import signal
import warnings
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from mnclinic.domain.pictures import MOST_POINTS, PictureForm, PictureRefusal

MEMORY_BYTES = 512_000_000
READY = b"ready"
LONGEST_ANSWER_BYTES = 1000
_CPU_S = 10
"""For one whose parent died; a parent that lives stops it much sooner."""
_TAKEN_AT, _OFFSET = 0x9003, 0x9011
_EXIF_IFD = 0x8769
_NAMES = {
    PictureForm.JPEG: "JPEG",
    PictureForm.PNG: "PNG",
    PictureForm.WEBP: "WEBP",
    PictureForm.HEIC: "HEIF",
}


class Wish(NamedTuple):
    """What is asked of a picture: its form, and how many points the longer side of the copy has at most."""

    form: PictureForm
    longest_px: int
    quality: int


class Decoded(NamedTuple):
    """A picture that was decoded whole. Its size is that of the original as it is looked at."""

    width_px: int
    height_px: int
    taken_at: str | None
    """By the camera's own clock, ISO 8601, without an offset where it noted none."""
    jpeg: bytes
    """A copy, upright, with nothing beside its points."""


def serve(wishes: Connection, answers: Connection) -> None:
    """Say that all is loaded, take one wish with its picture, answer, and end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _load()
    _limit()
    answers.send_bytes(READY)
    try:
        wish = wishes.recv()
        found: Decoded | PictureRefusal = decode(wishes.recv_bytes(), wish)
    except MemoryError:
        found = PictureRefusal.TOO_MUCH
    except EOFError:
        return
    # As bytes: what a decoder that was taken over sends must not be able to do anything where it is read.
    if isinstance(found, PictureRefusal):
        answers.send_bytes(json.dumps({"refusal": found}).encode())
        return
    told = {"width_px": found.width_px, "height_px": found.height_px, "taken_at": found.taken_at}
    answers.send_bytes(json.dumps(told).encode())
    answers.send_bytes(found.jpeg)


def heard(answers: Connection) -> Decoded | PictureRefusal:
    """What `serve` sent, read where the picture is wanted. Raises EOFError, OSError or ValueError."""
    told = json.loads(answers.recv_bytes(LONGEST_ANSWER_BYTES))
    if "refusal" in told:
        return PictureRefusal(told["refusal"])
    jpeg = answers.recv_bytes(MEMORY_BYTES)
    taken_at = told["taken_at"]
    if not jpeg.startswith(b"\xff\xd8\xff"):
        raise ValueError
    datetime.fromisoformat(taken_at or "2000-01-01")
    return Decoded(int(told["width_px"]), int(told["height_px"]), taken_at, jpeg)


def decode(content: bytes, wish: Wish) -> Decoded | PictureRefusal:
    """Decode all of a picture and draw its copy, or say why not. Never raises but for memory."""
    from PIL import Image, ImageOps

    _load()
    # Above so many points the library warns, and it is asked here anyway.
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=[_NAMES[wish.form]]) as picture:
            if picture.width * picture.height > MOST_POINTS:
                return PictureRefusal.TOO_MANY_POINTS
            if wish.form in {PictureForm.PNG, PictureForm.WEBP} and getattr(picture, "is_animated", False):
                return PictureRefusal.MOVES
            size, taken_at = picture.size, _taken_at(picture)
            # A JPEG is read at half, a quarter or an eighth of its size where that is enough.
            picture.draft("RGB", (wish.longest_px, wish.longest_px))
            picture.load()
            ImageOps.exif_transpose(picture, in_place=True)
            is_turned = (picture.width > picture.height) != (size[0] > size[1])
            jpeg = _copy_of(picture, wish)
    except Image.DecompressionBombError:
        return PictureRefusal.TOO_MANY_POINTS
    except MemoryError:
        raise
    except Exception:
        # A decoder fails over broken bytes in any way there is.
        return PictureRefusal.BROKEN
    width_px, height_px = size[::-1] if is_turned else size
    return Decoded(width_px, height_px, taken_at, jpeg)


def _copy_of(picture: Any, wish: Wish) -> bytes:  # noqa: ANN401 - the library is loaded late
    """The picture as a JPEG, in the common colours. Of a large one no more than two copies are held."""
    from PIL import Image

    colours = picture.info.get("icc_profile")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        whole = picture.convert("RGBA")
        picture = Image.new("RGB", whole.size, "white")
        picture.paste(whole, mask=whole)
    elif picture.mode != "RGB":
        picture = picture.convert("RGB")
    picture.thumbnail((wish.longest_px, wish.longest_px), Image.Resampling.LANCZOS)
    _in_common_colours(picture, colours)
    # What the library carries along beside the points stays here.
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=wish.quality)
    return out.getvalue()


def _in_common_colours(picture: Any, colours: bytes | None) -> None:  # noqa: ANN401 - the library is loaded late
    """How red a skin is has to be seen without the profile that came with the picture."""
    if not colours:
        return
    from PIL import ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(colours))
        ImageCms.profileToProfile(picture, profile, ImageCms.createProfile("sRGB"), inPlace=True)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return


def _taken_at(picture: Any) -> str | None:  # noqa: ANN401 - the library is loaded late
    """When the camera says that it was taken. What is written ill is as if nothing were."""
    try:
        noted = picture.getexif().get_ifd(_EXIF_IFD)
        at = datetime.strptime(str(noted[_TAKEN_AT]).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - as noted
        offset = str(noted.get(_OFFSET, "")).strip("\0 ")
        return datetime.fromisoformat(at.isoformat() + offset).isoformat()
    except Exception:
        # Whatever stands there was written by anybody.
        return None


def _load() -> None:
    """Everything that a picture can need, before the limits: afterwards nothing is read from the disk."""
    import pi_heif
    from PIL import (  # noqa: F401 - the forms make themselves known when they are imported
        Image,
        ImageCms,
        ImageOps,
        JpegImagePlugin,
        PngImagePlugin,
        WebPImagePlugin,
    )

    pi_heif.register_heif_opener(thumbnails=False)
    pi_heif.options.DECODE_THREADS = 1


def _limit() -> None:
    """Where the system has limits for a process. Windows has none such; there the points are the limit."""
    if os.name != "posix":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hardest = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hardest == resource.RLIM_INFINITY else min(most, hardest), hardest))
