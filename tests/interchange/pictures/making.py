"""Pictures of nobody, made for tests: whole ones, and those that somebody made to do harm."""

import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw

HEIC = (Path(__file__).parents[1] / "data" / "telephone.heic").read_bytes()
PLACE = b"Telephone of Ada"


def drawn(width: int = 320, height: int = 240) -> Image.Image:
    """A picture with a left and a right, a top and a bottom."""
    picture = Image.new("RGB", (width, height), (224, 172, 150))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 20, 120, 100), fill=(40, 90, 160))
    draw.ellipse((180, 100, 300, 220), fill=(200, 60, 60))
    return picture


def noted(telephone: str = PLACE.decode()) -> Image.Exif:
    """What a telephone writes beside the points: itself, the moment, the place."""
    exif = Image.Exif()
    exif[0x0110] = telephone
    exif.get_ifd(0x8769)[0x9003] = "2026:11:23 09:41:07"
    exif.get_ifd(0x8769)[0x9011] = "-06:00"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (32.0, 30.0, 5.0)
    return exif


def encoded(form: str, picture: Image.Image | None = None, exif: Image.Exif | None = None) -> bytes:
    out = io.BytesIO()
    (picture or drawn()).save(out, form, exif=(noted() if exif is None else exif).tobytes())
    return out.getvalue()


JPEG, PNG, WEBP = encoded("JPEG"), encoded("PNG"), encoded("WEBP")


def huge_png(side: int = 60_000) -> bytes:
    """So many points across and down, all alike, in a few kilobytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    row = bytes(1 + side // 8)
    pressed = zlib.compressobj(9)
    body = b"".join(pressed.compress(row) for _ in range(4000)) + pressed.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def huge_jpeg() -> bytes:
    """A small JPEG whose head says that it is 60,000 points across and down."""
    at = JPEG.index(b"\xff\xc0")
    return JPEG[: at + 5] + struct.pack(">HH", 60_000, 60_000) + JPEG[at + 9 :]


def page_in_jpeg() -> bytes:
    """A whole JPEG with a web page in its comment."""
    words = b"<html><script>alert(1)</script></html>"
    return JPEG[:2] + b"\xff\xfe" + struct.pack(">H", len(words) + 2) + words + JPEG[2:]


def moving() -> bytes:
    out = io.BytesIO()
    drawn().save(out, "WEBP", save_all=True, append_images=[drawn(320, 240).rotate(90)])
    return out.getvalue()
