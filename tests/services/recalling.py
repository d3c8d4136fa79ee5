"""Recalls as the tests open, follow and close them."""

from typing import Any

from mnclinic.services.close_recall import close_recall
from mnclinic.services.follow_recall import write_contact
from mnclinic.services.open_recall import NewRecall, open_recall
from mnclinic.services.session import OpenClinic
from tests.services.clinic_builder import SmallClinic

NOTICE = b"%PDF-1.7\nNotice of the maker: needles of this lot may break.\n%%EOF\n"
REASON = "Letter of the maker: needles may break."


def open_one(clinic: OpenClinic, *, kind: str = "cartridge", named: str = "lot-1", **changes: Any) -> str:  # noqa: ANN401 - parts of a recall
    """A recall of the lot that the tests' visits use; returns its id."""
    parts: dict[str, Any] = {"reason": REASON, "notice": NOTICE}
    return open_recall(clinic, NewRecall(kind, named, **(parts | changes))).recall_id


def reach(clinic: OpenClinic, recall: str, patient: str = "P-000001", **changes: Any) -> str:  # noqa: ANN401
    """Somebody on its list was told by telephone."""
    parts: dict[str, Any] = {"how": "telephone", "outcome": "reached", "text": "She is well."}
    return write_contact(clinic, recall, patient, **(parts | changes))


def close_one(clinic: SmallClinic, recall: str, text: str = "") -> str:
    """The director signs that it has ended."""
    with clinic.signing("okafor") as (okafor, by):
        return close_recall(okafor, recall, text, by, shown="window")
