"""A policy or protocol of the first form, brought into the second so that it can be edited.

What the first form does not say is left unknown, or as strict as it can be, for the director to fill in.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from mnclinic.domain.policy import POLICY_2, PROTOCOL_2

Json = Mapping[str, Any]

LISTS_OF_PROTOCOLS = (
    *("cartridges", "anaesthetics", "asepsis", "photos", "precare", "aftercare", "followup", "providers"),
)
ONE_YEAR = timedelta(days=365)


def in_second_form(kind: str, document: Json, blank: Json) -> dict[str, Any]:
    """The document as it is where it is of the second form, else rewritten in it.

    `blank` is a policy of the second form without values, from which what is missing is taken.
    """
    if document["format"] in {POLICY_2, PROTOCOL_2}:
        return dict(document)
    review_by = date.fromisoformat(document["effective_on"]) + ONE_YEAR
    if kind == "protocol":
        return {
            **{"supervision": "on_site", "anaesthetics": [], "asepsis": [], "photos": [], "providers": []},
            **{
                "precare": [],
                "aftercare": [],
                "followup": [],
                "cartridges": [],
                "device_class": "mechanical",
            },
            **document,
            "format": PROTOCOL_2,
            "review_by": review_by.isoformat(),
        }
    kept = {name: value for name, value in document.items() if name != "exam_credentials"}
    return {
        **kept,
        "format": POLICY_2,
        "review_by": review_by.isoformat(),
        "parameters": {**blank["parameters"], **document["parameters"]},
        "roles": _roles(document["exam_credentials"], blank),
        **{name: list(blank[name]) for name in ("followup", "adverse_events", "notices")},
    }


def _roles(examiners: list[str], blank: Json) -> list[Json]:
    """The blank policy's credentials and the first form's examiners, who are those who may examine."""
    pattern = blank["roles"][0]
    known = {role["credential"]: role for role in blank["roles"]}
    made: list[Json] = []
    for credential in (*known, *(one for one in examiners if one not in known)):
        row = known.get(credential, {**pattern, "credential": credential, "licence_type": credential})
        made.append({**row, "may_examine": credential in examiners, "may_order": credential in examiners})
    return made
