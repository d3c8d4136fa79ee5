"""Line breaking: whatever is set can be read back, and no line is too wide."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from mnclinic.documents.typeface import Face, Style, boxed_words, face_widths, set_line, set_lines

BODY = Style(Face.REGULAR, 9, 12)


@given(st.text(max_size=200), st.floats(40, 400))
def test_no_character_is_lost_whatever_the_text_and_the_width(text: str, width: float) -> None:
    set_text = "".join(run.text for line in set_lines(text, BODY, width) for run in line.runs)
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    position = 0
    for character in composed:
        if character == "\n":
            continue
        for shown in (character, boxed_words(character)):
            if set_text.startswith(shown, position):
                position += len(shown)
                break
        else:
            raise AssertionError((character, set_text[position:]))
    assert position == len(set_text)


@given(st.text(max_size=200), st.floats(60, 400))
def test_no_line_is_wider_than_its_column_but_for_spaces_at_its_end(text: str, width: float) -> None:
    for line in set_lines(text, BODY, width):
        trailing = line.runs[-1].text if line.runs and not line.runs[-1].is_boxed else ""
        spaces = len(trailing) - len(trailing.rstrip(" \u00a0"))
        assert line.width - spaces * face_widths(Face.REGULAR)[" "] * BODY.size <= width + 0.01


def test_words_are_kept_whole_and_days_are_never_broken() -> None:
    lines = set_lines("first 2026-11-23 second-third", BODY, 58)
    assert ["".join(run.text for run in line.runs).strip() for line in lines] == [
        "first", "2026-11-23", "second-third",
    ]  # fmt: skip


def test_a_line_break_is_boxed_where_only_one_line_is_set() -> None:
    assert [run.text for run in set_line("a\nb", BODY).runs] == ["a", "U+000A", "b"]


def test_code_points_that_somebody_typed_are_not_boxed() -> None:
    assert [run.is_boxed for run in set_line("U+738B", BODY).runs] == [False]
    assert [run.is_boxed for run in set_line("王", BODY).runs] == [True]


def test_every_face_prints_what_a_clinic_writes() -> None:
    for face in (Face.REGULAR, Face.BOLD):
        missing = set(
            "ÁÉÍÓÚÜÑáéíóúüñ¿¡ŁłŠšŽžČčĐđŐőŰűİıŞşĞğÅåØøÆæßþÐðạảấầẩẫậắằẳẵặẹẻẽếềểễệ×°±²µ€£“”’–—…"
        ) - set(face_widths(face))
        assert missing == set()
