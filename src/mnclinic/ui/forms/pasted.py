"""A table that was pasted from another program, taken apart. Pure."""

from collections.abc import Mapping, Sequence

from mnclinic.ui.forms.fields import Field, Kind, Option, State


def is_table(text: str) -> bool:
    """Whether a pasted text is more than one cell."""
    return "\t" in text or "\n" in text.strip("\r\n")


def cells_of(text: str) -> list[list[str]]:
    """The cells of tab-separated lines. A cell in quotes may hold line breaks and doubled quotes."""
    rows: list[list[str]] = [[]]
    cell, at, is_quoted = "", 0, False
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    while at < len(text):
        one = text[at]
        if is_quoted:
            if one == '"' and text[at + 1 : at + 2] == '"':
                cell, at = cell + '"', at + 1
            elif one == '"':
                is_quoted = False
            else:
                cell += one
        elif one == '"' and not cell and _ends_quoted(text, at):
            is_quoted = True
        elif one == "\t":
            rows[-1].append(cell)
            cell = ""
        elif one == "\n":
            rows[-1].append(cell)
            rows.append([])
            cell = ""
        else:
            cell += one
        at += 1
    rows[-1].append(cell)
    return [[one.strip() for one in row] for row in rows if any(one.strip() for one in row)]


def _ends_quoted(text: str, at: int) -> bool:
    """Whether the quote at `at` has a fellow; a lone one is a character like any other."""
    return '"' in text[at + 1 :]


def code_of(text: str, options: Sequence[Option]) -> str:
    """The code that a cell means: by its code, its words or their one beginning; else the text as it is."""
    wanted = text.casefold().replace("_", " ").strip()
    exact = [one.code for one in options if wanted in {one.words.casefold(), one.code.replace("_", " ")}]
    begins = [one.code for one in options if wanted and one.words.casefold().startswith(wanted)]
    found = exact or begins
    return found[0] if len(found) == 1 else text


def rows_of(
    cells: Sequence[Sequence[str]], fields: Sequence[Field], options: Mapping[str, Sequence[Option]]
) -> list[State]:
    """Rows of texts by field, each cell as its field writes it; what cannot be read stays as it was pasted.

    `options` are the choices of each field that has some, by its key.
    """
    return [
        {field.key: _text_of(cell, field, options) for field, cell in zip(fields, row, strict=False) if cell}
        for row in cells
    ]


def _text_of(cell: str, field: Field, options: Mapping[str, Sequence[Option]]) -> str:
    if field.kind is Kind.CHOICE:
        return code_of(cell, options.get(field.key, ()))
    reading = field.read(cell)
    return reading.value if reading.is_read else cell
