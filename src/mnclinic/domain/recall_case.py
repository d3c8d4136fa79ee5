"""A recall as a record: what may be called back, who is told and how, and when it may be closed. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import StrEnum

from mnclinic.domain.attachments import media_type_of
from mnclinic.domain.supplies import LotKind
from mnclinic.errors import Problem, Refusal

DEVICE = "device"
KINDS = (*(one.value for one in LotKind), DEVICE)
LARGEST_NOTICE_BYTES = 5_000_000
"""A notice is a few pages, and lies in the database itself."""
LONGEST_TEXT = 2000
LONGEST_NAMED = 120


class ContactHow(StrEnum):
    """By which way somebody was told."""

    TELEPHONE = "telephone"
    LETTER = "letter"
    EMAIL = "email"
    IN_PERSON = "in_person"


class ContactOutcome(StrEnum):
    """What came of it."""

    REACHED = "reached"
    MESSAGE_LEFT = "message_left"
    NO_ANSWER = "no_answer"
    SENT = "sent"
    WRONG_NUMBER = "wrong_number"
    RETURNED = "returned"
    """The letter came back."""


def problems_of_opening(
    kind: str, named: str, reason: str, notice: bytes | None, *, is_drill: bool
) -> Iterator[Problem]:
    """Everything that speaks against opening a recall. A drill has no notice; anything else has one."""
    if kind not in KINDS:
        yield Problem("kind", f"Write one of these: {', '.join(KINDS)}.")
    if not named:
        yield Problem("named", "Write the lot or the device as it is printed.")
    elif len(named) > LONGEST_NAMED:
        yield Problem("named", f"At most {LONGEST_NAMED} characters.")
    if not reason:
        yield Problem("reason", "Write who called it back, and why.")
    elif len(reason) > LONGEST_TEXT:
        yield Problem("reason", f"At most {LONGEST_TEXT} characters.")
    if notice is None:
        if not is_drill:
            yield Problem("notice", "Attach the notice as a PDF, PNG or JPEG; a drill alone has none.")
    elif len(notice) > LARGEST_NOTICE_BYTES:
        yield Problem(
            "notice", f"The file is larger than {LARGEST_NOTICE_BYTES // 1_000_000} MB. Scan it smaller."
        )
    elif media_type_of(notice) is None:
        yield Problem(
            "notice", "The file is no whole PDF, PNG or JPEG. Scan the paper again as one of these."
        )


def problems_of_contact(how: str, outcome: str, text: str) -> Iterator[Problem]:
    """Everything that speaks against writing down that somebody was told."""
    if how not in set(ContactHow):
        yield Problem("how", f"Write one of these: {', '.join(ContactHow)}.")
    if outcome not in set(ContactOutcome):
        yield Problem("outcome", f"Write one of these: {', '.join(ContactOutcome)}.")
    if len(text) > LONGEST_TEXT:
        yield Problem("text", f"At most {LONGEST_TEXT} characters.")


def refusals_of_closing(
    people: Collection[str], outcomes: Mapping[str, Sequence[str]], text: str, *, is_drill: bool
) -> list[Refusal]:
    """What keeps a recall open. Nobody has to be told in a drill.

    `outcomes` are those of the contacts by person. Whoever could not be reached is answered for in `text`.
    """
    if is_drill:
        return []
    untried = sum(1 for one in people if not outcomes.get(one))
    unreached = sum(1 for one in people if ContactOutcome.REACHED not in outcomes.get(one, ()))
    found = []
    if untried:
        said = (
            f"Nobody has tried to tell {untried} of {len(people)} people on the list. The recall stays open."
        )
        found.append(Refusal("not_all_tried", said))
    if unreached and not text:
        said = f"{unreached} of {len(people)} people were not reached. Write what was done about them."
        found.append(Refusal("not_all_reached", said))
    return found
