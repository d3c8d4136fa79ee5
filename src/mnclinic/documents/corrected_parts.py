"""The parts of a chart with the corrections in them: the signed value struck through, and what is right."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from mnclinic.documents.amendments import Amended, correction_row, field_words
from mnclinic.documents.parts import remark, section
from mnclinic.documents.sheet import Margins, Sheet
from mnclinic.documents.told_values import Changed, Heard, Told, changes
from mnclinic.documents.visit_words import Json
from mnclinic.domain.amendment import Correction, NoSuchField, corrected
from mnclinic.errors import ILL_WRITTEN

Draw = Callable[[Sheet, Json], None]
"""Draws one part of a chart from a visit document."""


class Corrections:
    """The corrections of one revision, and its document before and after each of them."""

    def __init__(self, record: Json, amendments: Iterable[Amended]) -> None:
        self._record = record
        made = [one for one in amendments if one.said["correction"] is not None]
        self._documents: list[Json] = [record["document"]]
        self._made: list[Amended] = []
        for one in made:
            try:
                after = corrected(self._documents[-1], [Correction(**one.said["correction"])])
            except (*ILL_WRITTEN, NoSuchField):
                # It stands among the amendments, where what is wrong with it is said.
                continue
            self._made.append(one)
            self._documents.append(after)

    def draw(self, sheet: Sheet, draw: Draw, fields: Sequence[str]) -> None:
        """Draw a part that prints these fields of the document, and below it why each value was corrected."""
        here = [at for at, one in enumerate(self._made) if _top(one) in fields]
        self._draw(sheet, draw, here)

    def draw_rest(self, sheet: Sheet, draw: Draw, fields: Sequence[str]) -> None:
        """Draw the part that prints whatever none of these fields is."""
        here = [at for at, one in enumerate(self._made) if _top(one) not in fields]
        self._draw(sheet, draw, here)

    def _draw(self, sheet: Sheet, draw: Draw, here: Sequence[int]) -> None:
        signed = self._documents[0]
        if not here:
            draw(sheet, signed)
            return
        changed = self._changed(draw, 0, len(self._made))
        sheet.told = Changed(changed)
        draw(sheet, signed)
        sheet.told = Told()
        with section(sheet, "Corrected above"):
            for at in here:
                one = self._made[at]
                made = self._changed(draw, at, at + 1)
                if not made or not set(made) <= set(changed):
                    correction_row(sheet, self._record, one.said["correction"])
                words = field_words(self._documents[0], one.said["correction"]["path"])
                remark(sheet, f"Amendment {one.said['amendment']}. {words}. Reason: {one.said['reason']}")
                sheet.space(2)

    def _changed(self, draw: Draw, before: int, after: int) -> Mapping[tuple[str, int, int, int], str]:
        try:
            return changes(_heard(draw, self._documents[before]), _heard(draw, self._documents[after]))
        except ILL_WRITTEN:
            return {}


def _top(one: Amended) -> str:
    return str(one.said["correction"]["path"]).partition(".")[0].partition("[")[0]


def _heard(draw: Draw, document: Json) -> Heard:
    unseen = Sheet(title="", language="en", margins=Margins("", ""), is_demo=False)
    unseen.told = heard = Heard()
    draw(unseen, document)
    return heard
