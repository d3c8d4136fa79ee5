"""The sheet that drafts an off-label authorisation: what it lets pass, for which service, how long."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from mnclinic.services.approve_document import DocumentRow
from mnclinic.services.rule_versions import add_draft
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.words import plain, service_words

TOPICAL = "off_label_topical"
FLAGS = (
    TOPICAL,
    "off_label_age",
    "off_label_indication",
    "off_label_site",
    "off_label_phototype",
    "off_label_depth",
)
ONE_YEAR = timedelta(days=365)


def authorise_sheet(parent: QWidget, desk: Desk, services: tuple[str, ...]) -> AskSheet:
    """Ask for an authorisation of one of these services, and keep it as a draft for the director to sign."""
    today = desk.clinic.clock.now().date()
    sheet = AskSheet(
        parent,
        name="authorise",
        title=QCoreApplication.translate("Authorise", "Authorise off-label use"),
        facts=[
            QCoreApplication.translate(
                "Authorise", "It becomes a draft. It counts once the director has signed it."
            )
        ],
        entries=[
            Entry(
                "flag",
                QCoreApplication.translate("Authorise", "What it lets pass"),
                Kind.CHOICE,
                options=tuple((plain(one), one) for one in FLAGS),
                value=TOPICAL,
            ),
            Entry(
                "service",
                QCoreApplication.translate("Authorise", "For the service"),
                Kind.CHOICE,
                options=tuple((service_words(one), one) for one in services),
            ),
            Entry(
                "products",
                QCoreApplication.translate("Authorise", "Products on the skin"),
                help_text=QCoreApplication.translate(
                    "Authorise", "Off-label topical alone: commas between. Empty: PRP."
                ),
                is_optional=True,
            ),
            Entry(
                "valid_from",
                QCoreApplication.translate("Authorise", "From"),
                Kind.DAY,
                value=today.isoformat(),
            ),
            Entry(
                "valid_to",
                QCoreApplication.translate("Authorise", "To"),
                Kind.DAY,
                value=(today + ONE_YEAR).isoformat(),
            ),
            Entry(
                "note",
                QCoreApplication.translate("Authorise", "What is authorised and why"),
                is_optional=True,
            ),
        ],
        action=QCoreApplication.translate("Authorise", "Save as draft"),
        asks_password=False,
    )

    def act(values: Mapping[str, str]) -> None:
        document = authorisation_of(values, desk.person.name)

        def job(clinic: OpenClinic) -> DocumentRow:
            return add_draft(clinic, "authorisation", document)

        def done(_row: DocumentRow) -> None:
            sheet.accept()

        desk.act(job, owner=sheet, done=done, failed=sheet.show_refusal)

    sheet.confirmed.connect(act)
    return sheet


def ask_for_authorisation(parent: QWidget, desk: Desk, services: tuple[str, ...]) -> None:
    """Open the sheet. With no protocol there is no service to authorise anything for."""
    if services:
        open_named(authorise_sheet(parent, desk, services), "protocols.authorise")


def authorisation_of(values: Mapping[str, str], director: str) -> dict[str, Any]:
    """The document of what was typed, in the name of the director who authorises."""
    products = [one.strip() for one in values["products"].split(",") if one.strip()]
    named = values["flag"] == TOPICAL and products
    return {
        "format": "mnclinic.authorisation/1",
        "id": f"{values['flag']}-{values['service']}"[:64],
        "version": 1,
        "flag": values["flag"],
        "service": values["service"],
        "patient": None,
        **({"products": products} if named else {}),
        "valid_from": values["valid_from"],
        "valid_to": values["valid_to"],
        "director": director,
        "note": values["note"],
    }
