"""Whatever became of a picture, it is taken or refused with a sentence, and nothing is left behind."""

from multiprocessing import active_children

from mnclinic.errors import InvalidInput
from mnclinic.interchange.pictures.reading import read_picture
from tests.interchange.pictures.mutating import mutated


def test_a_picture_that_something_went_wrong_with_is_taken_or_refused_with_a_sentence() -> None:
    taken = refused = 0
    places: list[str] = []
    for content in mutated(48, seed=8):
        before = bytes(content)
        try:
            found = read_picture(content)
        except InvalidInput as told:
            refused += 1
            places += [one.where for one in told.problems]
        else:
            taken += 1
            assert found.jpeg.startswith(b"\xff\xd8\xff")
        assert content == before
    assert active_children() == []
    assert set(places) == {"file"}
    assert taken > 0
    assert refused > taken // 4
