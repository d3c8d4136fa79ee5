"""Printed name, credential, meaning and time with its offset stand with a signature wherever it is shown.

They are read from the signed bytes, so no column beside them can tell another story.
"""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from mnclinic.cli.visits import review_text
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.print_documents import print_chart
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.ui.desk import Desk
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.visits.summary import summary_cards
from tests.documents.reading import pages_of, squeezed
from tests.services.clinic_builder import SmallClinic, document
from tests.services.conftest import built_clinic, clinic
from tests.store.raw import with_database_key

__all__ = ["built_clinic", "clinic"]


@pytest.fixture
def signed(clinic: SmallClinic) -> str:
    """A visit that its performer and the director signed, the clinic being six hours behind UTC."""
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window")
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, visit.visit_id, None, by, shown="window")
    clinic.close()
    return visit.visit_id


def test_the_view_has_them_from_the_signed_bytes_and_not_from_the_columns(
    clinic: SmallClinic, signed: str
) -> None:
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE visit_signature SET signed_at = '2026-01-01T00:00:00.000Z'"))
    performed, approved = show_visit(clinic.as_user("okafor"), signed).signatures
    assert performed.meaning == "performed"
    assert (performed.name, approved.meaning) == ("T. Reyes", "approved")
    assert performed.credential
    assert performed.signed_at.isoformat(timespec="seconds") == "2026-11-23T09:00:00-06:00"


def test_screen_paper_and_prompt_show_every_part(
    clinic: SmallClinic, signed: str, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    apply_theme(qapp, "light")
    okafor = clinic.as_user("okafor")
    runner = TaskRunner("store")
    view = show_visit(okafor, signed)
    cards = summary_cards(view, Desk(okafor, runner))
    for card in cards:
        qtbot.addWidget(card)
    runner.close()
    screen = " ".join(label.text() for card in cards for label in card.findChildren(QLabel))
    prompt = " ".join(review_text(view))
    paper = " ".join(pages_of(print_chart(okafor, signed, tmp_path / "chart.pdf").file.read_bytes()))
    for one in view.signatures:
        for shown in (screen, prompt, paper):
            for part in (one.name, one.credential, "-06:00", one.meaning):
                assert squeezed(part).lower() in squeezed(shown).lower(), part


def test_a_bundle_carries_them_in_the_signed_bytes_and_on_its_pages(
    clinic: SmallClinic, signed: str, tmp_path: Path
) -> None:
    day = date(2026, 11, 23)
    made = make_bundle(clinic.as_user("owner"), MakeBundle(day, day, tmp_path / "b.zip", plain=True))
    with zipfile.ZipFile(made.file) as container:
        record = json.loads(container.read(f"data/visits/{signed}/signature-2.json"))
        page = container.read(f"data/visits/{signed}/r1.pdf")
    assert {"name", "credential", "licence"} <= record["signer"].keys()
    assert (record["meaning"], record["utc_offset"]) == ("approved", "-06:00")
    told = squeezed(" ".join(pages_of(page)))
    for part in (record["signer"]["name"], record["signer"]["credential"], "-06:00", record["statement"]):
        assert squeezed(part) in told, part
