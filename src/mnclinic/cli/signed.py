"""How commands show a director's signed word."""

from mnclinic.services.directors_word import SignedAs
from mnclinic.services.standing import Standing


def signed_json(signed: SignedAs | None) -> dict[str, str] | None:
    """As it is shown, for `--json`; None where nobody signed, or it cannot be read any more."""
    if signed is None:
        return None
    return {
        "name": signed.name,
        "credential": signed.credential,
        "at": signed.at.isoformat(),
        "statement": signed.statement,
    }


def wrong_words(standing: Standing) -> str:
    """What goes behind a line whose signature does not hold; nothing where it does."""
    return "" if standing is Standing.HOLDS else f"  {standing.value.upper()}"
