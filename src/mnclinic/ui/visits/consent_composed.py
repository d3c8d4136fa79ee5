"""The consent as the visit document holds it, put together from what was read, chosen and signed. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mnclinic.domain.consent import PHOTO, PRP
from mnclinic.services.consent_of_visit import ConsentText

GUARDIAN = "guardian"


@dataclass(frozen=True)
class People:
    """Who signs and who stands by, as it stands in the fields; empty where nobody is named."""

    is_guardian: bool = False
    guardian_name: str = ""
    guardian_relation: str = ""
    interpreter_name: str = ""
    interpreter_language: str = ""
    interpreter_how: str = ""
    answered_by: str = ""
    witness: str = ""

    @property
    def is_half_interpreted(self) -> bool:
        """Whether something is said of an interpreter, and not who, into which language and how."""
        said = (self.interpreter_name, self.interpreter_language, self.interpreter_how)
        return any(said) and not all(said)


def addenda_for(texts: Iterable[ConsentText], language: str, *, uses_prp: bool) -> tuple[ConsentText, ...]:
    """The addenda that are read and signed with the main text in this language."""
    mine = [one for one in texts if one.language == language]
    return tuple(one for one in mine if one.purpose != PRP or uses_prp)


def composed_consent(  # noqa: PLR0917 - each is named at its one caller
    text: ConsentText,
    addenda: Sequence[ConsentText],
    level: str | None,
    signature: Mapping[str, Any],
    people: People,
    signed_at: datetime,
    read_by: str,
) -> dict[str, Any]:
    """The consent of a visit. What is not there is left out, and the gate says so."""
    made: dict[str, Any] = {
        "form": text.form,
        "version": text.version,
        "language": text.language,
        "signed_at": signed_at.isoformat(timespec="seconds"),
        "signed_by": GUARDIAN if people.is_guardian else "patient",
        "signature": dict(signature),
        "text_sha256": text.sha256,
        "read_by": read_by,
    }
    if addenda:
        made["addenda"] = [_addendum(one, level) for one in addenda]
    if people.is_guardian and people.guardian_name and people.guardian_relation:
        made["guardian"] = {"name": people.guardian_name, "relation": people.guardian_relation}
    if people.interpreter_name and people.interpreter_language and people.interpreter_how:
        made["interpreter"] = {
            "name": people.interpreter_name,
            "language": people.interpreter_language,
            "how": people.interpreter_how,
        }
    return with_staff(made, people)


def with_staff(consent: Mapping[str, Any], people: People) -> dict[str, Any]:
    """The same consent with what staff say of it: who answered questions, and who witnessed it."""
    made = {name: value for name, value in consent.items() if name not in {"questions", "witness"}}
    if people.answered_by:
        made["questions"] = {"answered_by": people.answered_by}
    if people.witness:
        made["witness"] = people.witness
    return made


def _addendum(text: ConsentText, level: str | None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "form": text.form,
        "version": text.version,
        "language": text.language,
        "text_sha256": text.sha256,
    }
    if text.purpose == PHOTO and level:
        made["level"] = level
    return made
