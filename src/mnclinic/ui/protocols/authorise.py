"""The sheet that drafts an off-label authorisation: what it lets pass, for which service, how long."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from mnclinic.domain.off_label_flags import FLAGS, TOPICAL
from mnclinic.services.approve_document import DocumentRow
from mnclinic.services.authorisations import NewAuthorisation, draft_authorisation
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.words import plain, service_words

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
                "patient",
                QCoreApplication.translate("Authorise", "Only this patient, by record number"),
                help_text=QCoreApplication.translate("Authorise", "Empty: every patient of the service."),
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
        new = authorisation_of(values)

        def job(clinic: OpenClinic) -> DocumentRow:
            return draft_authorisation(clinic, new)

        def done(_row: DocumentRow) -> None:
            sheet.accept()

        desk.act(job, owner=sheet, done=done, failed=sheet.show_refusal)

    sheet.confirmed.connect(act)
    return sheet


def ask_for_authorisation(parent: QWidget, desk: Desk, services: tuple[str, ...]) -> None:
    """Open the sheet. With no protocol there is no service to authorise anything for."""
    if services:
        open_named(authorise_sheet(parent, desk, services), "protocols.authorise")


def authorisation_of(values: Mapping[str, str]) -> NewAuthorisation:
    """What was typed. Products stand beside the topical alone; of another flag none were meant."""
    products = tuple(one.strip() for one in values["products"].split(",") if one.strip())
    return NewAuthorisation(
        flag=values["flag"],
        service=values["service"],
        valid_from=date.fromisoformat(values["valid_from"]),
        valid_to=date.fromisoformat(values["valid_to"]),
        products=products if values["flag"] == TOPICAL else (),
        patient=values["patient"].strip(),
        note=values["note"],
    )
