"""What is kept of a person besides the name: ways of contact, allergies, how they stand. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

WAYS_OF_CONTACT = ("call", "text", "email", "post")
"""How a person may be reached, in the order in which lists and records have them."""
MAY_LEAVE_MESSAGE = "message"
DO_NOT_CONTACT = "none"
CONTACT_CODES = (*WAYS_OF_CONTACT, MAY_LEAVE_MESSAGE, DO_NOT_CONTACT)

SEVERAL_LINES = frozenset({"address", "allergies", "notes"})
ONE_LINE = (
    *("last_name", "first_name", "preferred_name", "pronouns", "sex", "phone", "email"),
    *("emergency_contact", "language"),
)
CHANGEABLE = (*ONE_LINE, *sorted(SEVERAL_LINES), "born_on", "fitzpatrick", "contact")
"""The fields that can be changed. A record number stays what it is."""

NO_KNOWN_ALLERGIES = "No known allergies"

_WORDS_FOR_NONE_KNOWN = frozenset(
    {"no known allergies", "no known allergy", "none known", "no allergies known", "nka", "no allergies"}
)
_NOT_A_WORD = re.compile(r"[\W_]+")


class Standing(StrEnum):
    """How a person stands to the clinic."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DECEASED = "deceased"


class AllergyState(StrEnum):
    """Nobody asked, asked and none, or there are some. The first two are never shown alike."""

    NOT_RECORDED = "not_recorded"
    NONE_KNOWN = "none_known"
    SOME = "some"


@dataclass(frozen=True)
class Allergies:
    """A person's allergies for a banner. `words` are those of whoever wrote them; empty unless `SOME`."""

    state: AllergyState
    words: str = ""


def read_allergies(text: str) -> Allergies:
    """What an allergies field says. Only a text that says "none known" and nothing else means that.

    "No known drug allergies" and "none known except latex" are shown as they were written.
    """
    if not text.strip():
        return Allergies(AllergyState.NOT_RECORDED)
    if _NOT_A_WORD.sub(" ", text.casefold()).strip() in _WORDS_FOR_NONE_KNOWN:
        return Allergies(AllergyState.NONE_KNOWN)
    return Allergies(AllergyState.SOME, text.strip())


def allergies_together(texts: Iterable[str]) -> Allergies:
    """The allergies of one person with several records: whatever one of them holds, in their order."""
    read = [read_allergies(text) for text in texts]
    some = dict.fromkeys(one.words for one in read if one.state is AllergyState.SOME)
    if some:
        return Allergies(AllergyState.SOME, "; ".join(some))
    is_none_known = any(one.state is AllergyState.NONE_KNOWN for one in read)
    return Allergies(AllergyState.NONE_KNOWN if is_none_known else AllergyState.NOT_RECORDED)


def contact_text(codes: Collection[str]) -> str:
    """The one written form of the ways of contact: known codes in their order, with commas."""
    return ",".join(code for code in CONTACT_CODES if code in codes)


def contact_codes(text: str) -> tuple[str, ...]:
    """The codes in that form."""
    return tuple(code for code in text.split(",") if code)


def line_of(text: str) -> str:
    """What was typed into a field of one line: no control characters, single spaces, Unicode form NFC.

    A space without width has no look and comes along where a long word is copied from a page.
    """
    return " ".join(_plain(text, keeps="").replace("\u200b", "").split())


def text_of(text: str) -> str:
    """What was typed into a field of several lines, as it stands, without other control characters."""
    return _plain(text.replace("\r\n", "\n").replace("\r", "\n"), keeps="\n\t").strip()


def _plain(text: str, *, keeps: str) -> str:
    # Half a surrogate pair, as a broken paste leaves it, has no bytes; a control character no look.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    seen = (
        " " if unicodedata.category(one) == "Cc" and one not in keeps else one
        for one in unicodedata.normalize("NFC", whole)
    )
    return "".join(seen)
