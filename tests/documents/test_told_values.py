"""Which values of a printed part a correction changed, and that nothing is paired by guess."""

from collections.abc import Sequence

from mnclinic.documents.parts import CONTENT_WIDTH, Column, Field, field_grid, table
from mnclinic.documents.sheet import Margins, Sheet
from mnclinic.documents.told_values import Changed, Heard, changes
from mnclinic.documents.typeface import Line

Part = tuple[Sequence[tuple[str, str]], Sequence[Sequence[str]]]


def drawn(sheet: Sheet, part: Part) -> None:
    fields, rows = part
    field_grid(sheet, [Field(label, value) for label, value in fields])
    table(sheet, [Column("Area", 60), Column("Depth", CONTENT_WIDTH - 80)], rows)


def sheet() -> Sheet:
    return Sheet(title="", language="en", margins=Margins("", ""), is_demo=False)


def heard(part: Part) -> Heard:
    found, unseen = Heard(), sheet()
    unseen.told = found
    drawn(unseen, part)
    return found


class Watched(Sheet):
    """Keeps every line with whether it is struck through."""

    def __init__(self) -> None:
        super().__init__(title="", language="en", margins=Margins("", ""), is_demo=False)
        self.lines: list[tuple[str, bool]] = []

    def place(self, x: float, baseline: float, line: Line) -> None:
        super().place(x, baseline, line)
        self.lines.append(("".join(run.text for run in line.runs), line.style.is_struck))


SIGNED: Part = ([("Lot", "A"), ("Lot", "B"), ("Speed", "3 rpm")], [("cheek", "1.25"), ("nose", "0.50")])


def test_the_old_value_is_struck_through_and_the_new_one_is_not() -> None:
    right: Part = ([("Lot", "A"), ("Lot", "C"), ("Speed", "3 rpm")], [("cheek", "1.00"), ("nose", "0.50")])
    page = Watched()
    page.told = Changed(changes(heard(SIGNED), heard(right)))
    drawn(page, SIGNED)
    assert [text for text, is_struck in page.lines if is_struck] == ["B", "1.25"]
    plain = [text for text, is_struck in page.lines if not is_struck]
    assert plain.count("C") == 1
    assert plain.count("1.00") == 1
    assert "B" not in plain


def test_what_cannot_be_paired_stands_as_it_was_signed() -> None:
    one_lot_less: Part = ([("Lot", "B"), ("Speed", "3 rpm")], [("cheek", "1.25")])
    assert changes(heard(SIGNED), heard(one_lot_less)) == {}


def test_what_stayed_is_not_marked() -> None:
    assert changes(heard(SIGNED), heard(SIGNED)) == {}
