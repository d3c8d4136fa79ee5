"""A shipped policy draft and the screening checklist are written apart and put together here."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]

STANDARD = "standard"
STRICTEST = "standard_strictest"
"""The standard items without windows and first days, and with absolute items nobody's to pass."""


def composed_policy(document: Any, items: Sequence[Json]) -> Any:  # noqa: ANN401 - any JSON, judged later
    """The policy with its screening items in place of the word that names them.

    Anything else comes back as it is, so that a document with a list of its own stays whole.
    """
    named = document.get("screening") if isinstance(document, Mapping) else None
    if named == STANDARD:
        return {**document, "screening": [dict(item) for item in items]}
    if named == STRICTEST:
        return {**document, "screening": [_strictest(item) for item in items]}
    return document


def _strictest(item: Json) -> Json:
    nobodys = {"passed_by": "nobody"} if item["class"] == "absolute" else {}
    return {**item, "window_days": None, "shows_earliest": False, **nobodys}
