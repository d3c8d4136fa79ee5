"""Whom a patient calls: the clinic's telephone, and the one after hours. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from mnclinic.domain.person_details import line_of
from mnclinic.errors import Problem

LONGEST_NUMBER = 60
FEWEST_DIGITS = 3
"""911 has as many."""
_NOT_ON_ONE_LINE = "Write it on one line, without spaces at its ends."


@dataclass(frozen=True)
class WhomToCall:
    """Two numbers as they are printed, with the words beside them; an empty one is not known."""

    phone: str = ""
    after_hours: str = ""

    def problems(self) -> Iterator[Problem]:
        """Everything that speaks against printing them."""
        for where, number in (("phone", self.phone), ("after_hours", self.after_hours)):
            if what := _wrong(number):
                yield Problem(where, what)


def _wrong(number: str) -> str | None:
    if not number:
        return None
    if number != line_of(number):
        return _NOT_ON_ONE_LINE
    if len(number) > LONGEST_NUMBER:
        return f"A number with its words has at most {LONGEST_NUMBER} characters."
    if sum(one.isdigit() for one in number) < FEWEST_DIGITS:
        return f"A telephone number has at least {FEWEST_DIGITS} digits."
    return None
