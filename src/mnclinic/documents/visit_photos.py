"""The photographs of a visit, as they are printed: what became of each view, and the pictures themselves.

Which pictures may be printed is asked elsewhere; what is not handed over is told in words alone.
"""

from collections.abc import Mapping, Sequence

from mnclinic.documents.parts import CONTENT, CONTENT_WIDTH, GAP, Column, remark, section, table
from mnclinic.documents.sheet import CODE, SMALL, Cell, Sheet
from mnclinic.documents.typeface import set_lines
from mnclinic.documents.visit_words import Json
from mnclinic.documents.words import capital, spoken

WHEN_WIDTH, HASH_WIDTH = 52.0, 282.0
TALLEST = 210.0
"""Of a printed picture, in points."""

Pictures = Mapping[str, tuple[bytes, int, int]]
"""By the SHA-256 of the original: a JPEG without anything beside its points, its width and its height."""


def photos(sheet: Sheet, document: Json, pictures: Pictures) -> None:
    """Each view with its photograph's hash or why there is none, what the patient chose, and the pictures."""
    named = document.get("photos")
    if not named:
        return
    with section(sheet, "Photographs"):
        table(
            sheet,
            [
                Column("View", CONTENT_WIDTH - WHEN_WIDTH - HASH_WIDTH - 2 * GAP),
                Column("When", WHEN_WIDTH),
                Column("SHA-256 of the photograph, or why there is none", HASH_WIDTH, style=CODE),
            ],
            [(str(one["view"]), capital(spoken(one["when"])), _became(one)) for one in named],
        )
        sheet.space(2)
        remark(sheet, _chosen(document.get("consent") or {}))
        shown = [(one, pictures[one["sha256"]]) for one in named if one.get("sha256") in pictures]
        hidden = sum("sha256" in one for one in named) - len(shown)
        if hidden:
            sheet.space(2)
            remark(sheet, f"Pictures that are not printed here: {hidden}.")
        for at in range(0, len(shown), 2):
            _pair(sheet, shown[at : at + 2])
        sheet.space(2)


def _became(one: Json) -> str:
    if "sha256" in one:
        return str(one["sha256"])
    return f"{capital(spoken(one['not_taken']))}: {one['reason']}"


def _chosen(consent: Json) -> str:
    """What the patient of this visit chose, as it was signed."""
    levels = [one["level"] for one in consent.get("addenda") or () if one.get("level")]
    if not levels:
        return "What photographs may be used for is not chosen in this visit's consent."
    return (
        f"The patient chose in this visit's consent what photographs may be used for: {spoken(levels[-1])}."
    )


def _pair(sheet: Sheet, pair: Sequence[tuple[Json, tuple[bytes, int, int]]]) -> None:
    """Two pictures side by side, each above its view."""
    room = (CONTENT_WIDTH - GAP) / 2
    sizes = []
    for _, (_, width_px, height_px) in pair:
        share = min(room / width_px, TALLEST / height_px)
        sizes.append((width_px * share, height_px * share))
    tallest = max(height for _, height in sizes)
    captions = []
    for at, (one, _) in enumerate(pair):
        words = f"{one['view']}, {spoken(one['when'])}"
        captions.append(Cell(CONTENT + at * (room + GAP), set_lines(words, SMALL, room)))
    sheet.space(6)
    sheet.need(tallest + 4 + SMALL.leading * max(len(one.lines) for one in captions))
    for caption, (_, (jpeg, _, _)), size in zip(captions, pair, sizes, strict=True):
        sheet.picture((caption.x, sheet.y - size[1]), size, jpeg)
    sheet.space(tallest + 2)
    sheet.row(captions)
    sheet.space(4)
