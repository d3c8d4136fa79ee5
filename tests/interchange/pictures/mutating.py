"""Pictures that something went wrong with: bits turned, pieces missing, doubled, swapped, or of another."""

import random
from collections.abc import Iterator

from tests.interchange.pictures.making import HEIC, JPEG, PNG, WEBP

SEEDS = (JPEG, PNG, WEBP, HEIC)


def mutated(count: int, seed: int, first: int = 0) -> Iterator[bytes]:
    """So many pictures, each one of the four forms, changed in up to eight places. A function of the seed.

    `first` is the number of the first one, which decides its form.
    """
    chance = random.Random(seed)  # noqa: S311 - a number decides a case, so that it can be looked at again
    for number in range(count):
        content = bytearray(SEEDS[(first + number) % len(SEEDS)])
        for _ in range(chance.randint(1, 8)):
            _change(content, chance)
        yield bytes(content)


def _change(content: bytearray, chance: random.Random) -> None:
    # The first bytes say what form it is; past them most changes reach a decoder.
    at = chance.randrange(12, max(len(content), 13))
    length = chance.randint(1, 40)
    match chance.randrange(6):
        case 0:
            content[at : at + 1] = bytes([chance.randrange(256)])
        case 1:
            del content[at : at + length]
        case 2:
            content[at:at] = content[at : at + length]
        case 3:
            content[at : at + length] = b"\xff" * length
        case 4:
            del content[at + chance.randrange(400) :]
        case _:
            other = chance.choice(SEEDS)
            content[at : at + length] = other[at : at + length]
