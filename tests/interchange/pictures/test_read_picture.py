"""Photographs are decoded elsewhere, whole and upright, and what would do harm is refused with its reason."""

import io
import os
import signal
from collections.abc import Callable
from multiprocessing import active_children
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from mnclinic.domain.pictures import LARGEST_BYTES, SENTENCES, PictureForm, PictureRefusal
from mnclinic.errors import InvalidInput, StoreUnavailable
from mnclinic.interchange.pictures import decoding, reading
from mnclinic.interchange.pictures.decoding import Wish, decode
from mnclinic.interchange.pictures.reading import read_picture, read_picture_file
from tests.interchange.pictures.making import (
    HEIC,
    JPEG,
    PLACE,
    PNG,
    WEBP,
    drawn,
    encoded,
    huge_jpeg,
    huge_png,
    moving,
    noted,
    page_in_jpeg,
)
from tests.pipes import pipe_to

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>'


def refused(content: bytes) -> str:
    with pytest.raises(InvalidInput) as told:
        read_picture(content)
    (problem,) = told.value.problems
    assert problem.where == "file"
    assert active_children() == []
    return problem.what


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (JPEG, PictureForm.JPEG),
        (PNG, PictureForm.PNG),
        (WEBP, PictureForm.WEBP),
        (HEIC, PictureForm.HEIC),
    ],
    ids=["jpeg", "png", "webp", "heic"],
)
def test_each_form_is_decoded_elsewhere_and_its_copy_has_nothing_beside_the_points(
    content: bytes, form: PictureForm
) -> None:
    found = read_picture(content)
    assert (found.form, found.width_px, found.height_px) == (form, 320, 240)
    assert found.taken_at is not None
    assert found.taken_at.isoformat() == "2026-11-23T09:41:07-06:00"
    assert PLACE in content
    with Image.open(io.BytesIO(found.jpeg)) as copy:
        assert (copy.size, dict(copy.getexif())) == ((320, 240), {})
    assert PLACE not in found.jpeg
    assert b"Exif" not in found.jpeg
    assert active_children() == []


def test_a_picture_that_was_held_sideways_is_upright_and_told_as_it_is_looked_at() -> None:
    exif = noted()
    exif[0x0112] = 6
    found = read_picture(encoded("JPEG", drawn(4000, 2000), exif))
    assert (found.width_px, found.height_px) == (2000, 4000)
    with Image.open(io.BytesIO(found.jpeg)) as copy:
        assert copy.size == (800, 1600)
    whole = read_picture(encoded("JPEG", drawn(4000, 2000), exif), whole=True)
    with Image.open(io.BytesIO(whole.jpeg)) as copy:
        assert copy.size == (2000, 4000)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xff\xd8\xff" + bytes(200_000_000), "larger than 25 MB"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "PostScript"),
        (SVG, "SVG drawing"),
        (b"%PDF-1.7\n%%EOF", "This is a PDF"),
        (b"GIF89a", "no JPEG, PNG, HEIC or WebP"),
        (page_in_jpeg(), "a web page at once"),
        (b"<html><body>" + JPEG, "no JPEG, PNG, HEIC or WebP"),
        (huge_png(), "more than 40 million points"),
        (huge_jpeg(), "more than 40 million points"),
        (JPEG[: len(JPEG) * 2 // 3], "cut short or damaged"),
        (PNG[: len(PNG) * 2 // 3], "cut short or damaged"),
        (WEBP[: len(WEBP) * 2 // 3], "cut short or damaged"),
        (HEIC[: len(HEIC) * 2 // 3], "cut short or damaged"),
        (moving(), "moving picture"),
    ],
    ids=[
        *("empty", "200 MB", "eps", "svg", "pdf", "gif", "jpeg and html", "html and jpeg", "huge png"),
        *("huge jpeg", "cut jpeg", "cut png", "cut webp", "cut heic", "moving"),
    ],
)
def test_what_is_no_whole_photograph_is_refused_with_its_reason(content: bytes, said: str) -> None:
    assert said in refused(content)


def test_of_a_file_that_is_too_large_no_more_is_read_than_shows_it(tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    assert len(read_picture_file(large)) == LARGEST_BYTES + 1
    with pipe_to(tmp_path / "pipe.jpg"):
        for none in ("none.jpg", "", "pipe.jpg"):
            with pytest.raises(InvalidInput) as told:
                read_picture_file(tmp_path / none)
            assert [one.where for one in told.value.problems] == ["file"]


def hangs(*_: object) -> None:
    signal.pause()


def dies(_: object, answers: object) -> None:
    answers.send_bytes(decoding.READY)  # type: ignore[attr-defined]
    os.kill(os.getpid(), signal.SIGKILL)


def dies_at_once(*_: object) -> None:
    os._exit(1)


def hangs_over_it(_: object, answers: object) -> None:
    answers.send_bytes(decoding.READY)  # type: ignore[attr-defined]
    signal.pause()


def answers_ill(_: object, answers: object) -> None:
    answers.send_bytes(decoding.READY)  # type: ignore[attr-defined]
    answers.send_bytes(b'{"width_px": 1, "height_px": 1, "taken_at": null}')  # type: ignore[attr-defined]
    answers.send_bytes(b"<html>")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("does", "refusal"),
    [
        (hangs_over_it, PictureRefusal.TOO_LONG),
        (dies, PictureRefusal.TOO_MUCH),
        (answers_ill, PictureRefusal.TOO_MUCH),
    ],
    ids=["hangs", "dies", "answers ill"],
)
def test_a_process_that_hangs_dies_or_says_what_no_picture_is_ends_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, does: Callable[..., None], refusal: PictureRefusal
) -> None:
    monkeypatch.setattr(reading, "serve", does)
    monkeypatch.setattr(reading, "DECODES_WITHIN_S", 0.2 if refusal is PictureRefusal.TOO_LONG else 20)
    assert refused(JPEG) == SENTENCES[refusal]


@pytest.mark.parametrize("does", [hangs, dies_at_once], ids=["hangs", "dies"])
def test_a_process_that_never_begins_is_the_computers_trouble_and_not_the_pictures(
    monkeypatch: pytest.MonkeyPatch, does: Callable[..., None]
) -> None:
    monkeypatch.setattr(reading, "serve", does)
    monkeypatch.setattr(reading, "STARTS_WITHIN_S", 0.2 if does is hangs else 20)
    with pytest.raises(StoreUnavailable, match="started no process"):
        read_picture(JPEG)
    assert active_children() == []


def takes_all(wishes: object, answers: object) -> None:
    decodes = decoding.decode

    def greedy(content: bytes, wish: Wish) -> decoding.Decoded | PictureRefusal:
        taken = bytearray(decoding.MEMORY_BYTES)
        return decodes(content, wish) if taken else PictureRefusal.BROKEN

    decoding.decode = greedy
    decoding.serve(wishes, answers)  # type: ignore[arg-type]


@pytest.mark.skipif(os.name != "posix", reason="only there has a process limits")
def test_a_picture_that_takes_more_memory_than_one_is_given_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "serve", takes_all)
    assert refused(JPEG) == SENTENCES[PictureRefusal.TOO_MUCH]


def test_the_largest_picture_that_is_taken_is_decoded_within_its_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "WHOLE_WITHIN_S", 60)
    found = read_picture(encoded("JPEG", drawn(8000, 5000)), whole=True)
    with Image.open(io.BytesIO(found.jpeg)) as copy:
        assert copy.size == (8000, 5000)
    assert "more than 40 million points" in refused(encoded("JPEG", drawn(8001, 5000)))


def test_what_shows_through_is_white_and_a_moment_that_is_written_ill_is_none() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "0000:00:00 99:99:99"
    clear = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    found = decode(encoded("PNG", clear, exif), Wish(PictureForm.PNG, 1600, 95))
    assert not isinstance(found, PictureRefusal)
    assert found.taken_at is None
    with Image.open(io.BytesIO(found.jpeg)) as copy:
        assert copy.getpixel((5, 5)) == (255, 255, 255)


def test_the_colours_of_another_profile_are_brought_into_those_that_every_screen_has() -> None:
    ordinary = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # In this one what is called green is red.
    other = ordinary.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")
    assert other != ordinary
    out = io.BytesIO()
    green_one = Image.new("RGB", (40, 30), (20, 200, 20))
    green_one.save(out, "JPEG", quality=95, icc_profile=other, comment=PLACE)
    found = read_picture(out.getvalue())
    with Image.open(io.BytesIO(found.jpeg)) as copy:
        red, green, _ = copy.convert("RGB").getpixel((20, 15))  # type: ignore[misc]
        assert not {"icc_profile", "comment"} & copy.info.keys()
    assert red > green + 90
