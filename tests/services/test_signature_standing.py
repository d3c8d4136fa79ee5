"""A signature that does not hold is a word in every list and on every page that shows its visit."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.cli.visits import review_text
from mnclinic.errors import ClinicError, ClinicReadOnly, DatabaseDamaged
from mnclinic.services.find_patients import show_patient
from mnclinic.services.list_visits import review_queue, todays_visits
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.print_documents import print_chart
from mnclinic.services.record_visit import record_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.services.standing import Standing
from mnclinic.ui.words import STANDING_LOOK, readiness_look, state_look
from tests.documents.reading import text_of
from tests.services.clinic_builder import SmallClinic, document
from tests.services.reading import problems_found
from tests.store.raw import with_database_key

BROKEN, OLDER = Standing.SIGNATURE_BROKEN, Standing.NOT_CHECKED


@pytest.fixture
def recorded(clinic: SmallClinic) -> SmallClinic:
    """V-000001 of Ada Testerman, recorded by T. Reyes and waiting for the director."""
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    clinic.close()
    return clinic


def other_signature(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE visit_signature SET signature = zeroblob(64)")


def other_depth(connection: Connection) -> None:
    connection.exec_driver_sql(
        "UPDATE visit_revision SET record = CAST(replace(CAST(record AS TEXT), '1.25', '0.75') AS BLOB)"
    )


def other_signer(connection: Connection) -> None:
    connection.exec_driver_sql(
        "UPDATE visit_signature SET signer = (SELECT id FROM staff WHERE user = 'lind')"
    )


def other_key(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM key_register WHERE purpose = 'signature'")


def other_meaning(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE visit_signature SET meaning = 'approved'")


def no_record(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE visit_signature SET record = x'00'")


def text_for_signature(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE visit_signature SET signature = x'00' || substr(signature, 2)")


def text_for_what_was_signed(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE visit_signature SET record = CAST(record AS TEXT)")


def newer_form(connection: Connection) -> None:
    (record,) = connection.exec_driver_sql("SELECT record FROM visit_signature").one()
    later = json.loads(record) | {"format": "mnclinic.signature/9"}
    connection.exec_driver_sql("UPDATE visit_signature SET record = ?", (canonical_bytes(later),))


@pytest.mark.parametrize(
    ("spoil", "standing", "said"),
    [
        (other_signature, BROKEN, "does not belong to what it stands under"),
        (other_depth, BROKEN, "The record is not the one that was signed."),
        (other_signer, BROKEN, "was made for another record"),
        (other_key, BROKEN, "a key that is not in the register"),
        (other_meaning, BROKEN, "was made for another record"),
        (no_record, Standing.ALTERED, "cannot be read any more"),
        (text_for_signature, BROKEN, "does not belong to what it stands under"),
        (text_for_what_was_signed, Standing.ALTERED, "cannot be read any more"),
        (newer_form, OLDER, "a form that this version of mnclinic cannot check"),
    ],
)
def test_whatever_was_done_to_a_signature_is_a_word_in_every_list_and_on_the_visit(
    recorded: SmallClinic, spoil: Callable[[Connection], None], standing: Standing, said: str
) -> None:
    with with_database_key(recorded) as connection:
        spoil(connection)
    okafor = recorded.as_user("okafor")
    lists = (
        todays_visits(okafor).visits,
        review_queue(okafor).visits,
        show_patient(okafor, "P-000001").visits,
    )
    for rows in lists:
        assert [row.standing for row in rows] == [standing]
        assert state_look(rows[0]) == STANDING_LOOK[standing]
    view = show_visit(okafor, "V-000001")
    assert view.standing is standing
    assert said in " ".join(view.wrong)
    assert said in view.signatures[0].said
    assert any(f"[{standing.value}]" in line for line in review_text(view))


def test_signatures_that_hold_are_said_to_hold_and_change_no_list(recorded: SmallClinic) -> None:
    okafor = recorded.as_user("okafor")
    (row,) = review_queue(okafor).visits
    assert row.standing is Standing.HOLDS
    assert state_look(row) not in STANDING_LOOK.values()
    view = show_visit(okafor, "V-000001")
    assert (view.standing, view.wrong) == (Standing.HOLDS, ())
    assert [one.standing for one in view.signatures] == [Standing.HOLDS]
    assert any(line.endswith(": holds") for line in review_text(view))


def test_a_deferred_record_that_was_changed_is_told_though_nobody_signed_it(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        pregnant = [
            {"item": "pregnancy", "answer": "yes"},
            {"item": "isotretinoin_stopped", "answer": "no"},
            {"item": "topical_retinoid", "answer": "no"},
        ]
        record_visit(reyes, document(screening=pregnant), by, shown="window")
    clinic.close()
    with with_database_key(clinic) as connection:
        other_depth(connection)
        connection.exec_driver_sql(
            "UPDATE visit_revision SET record = CAST(replace(CAST(record AS TEXT), 'yes', 'no') AS BLOB)"
        )
    okafor = clinic.as_user("okafor")
    (row,) = review_queue(okafor).releases
    assert row.standing is Standing.ALTERED
    assert readiness_look(row) == STANDING_LOOK[Standing.ALTERED]
    assert "The record of revision 1 is not the one that was frozen." in show_visit(okafor, "V-000001").wrong


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (other_signature, "The signature does not belong to what it stands under."),
        (other_depth, "The record of revision 1 is not the one that was frozen."),
    ],
)
def test_a_signature_that_does_not_hold_is_a_word_on_the_chart_and_on_the_charts_in_a_bundle(
    recorded: SmallClinic, tmp_path: Path, spoil: Callable[[Connection], None], said: str
) -> None:
    okafor = recorded.as_user("okafor")
    whole = print_chart(okafor, "V-000001", tmp_path / "whole.pdf").file.read_bytes()
    assert "DOES NOT HOLD" not in text_of(whole)
    okafor.close()
    with with_database_key(recorded) as connection:
        spoil(connection)
    okafor = recorded.as_user("okafor")
    chart = text_of(print_chart(okafor, "V-000001", tmp_path / "chart.pdf").file.read_bytes())
    wanted = MakeBundle(date(2026, 11, 1), date(2026, 11, 30), tmp_path / "bundle.zip", plain=True)
    make_bundle(okafor, wanted)
    with zipfile.ZipFile(io.BytesIO(wanted.out.read_bytes())) as bundle:
        name = next(one for one in bundle.namelist() if one.endswith("r1.pdf"))
        inside = text_of(bundle.read(name))
    for page in (chart, inside):
        assert "SIGNATURE DOES NOT HOLD." in page
        assert said in page
        assert "DOES NOT HOLD: see below" in page
        assert "DOES NOT HOLD: The" in page


@pytest.mark.parametrize("spoil", [text_for_signature, text_for_what_was_signed])
def test_text_in_the_place_of_bytes_is_named_by_the_check_and_no_page_is_blamed(
    recorded: SmallClinic, spoil: Callable[[Connection], None]
) -> None:
    with with_database_key(recorded) as connection:
        spoil(connection)
    found = problems_found(recorded.as_user("owner"))
    column = "signature" if spoil is text_for_signature else "record"
    assert f"visit V-000001 revision 1: its {column} is not in the form that mnclinic writes" in found
    assert not any("cannot be read" in one and "page" in one for one in found), found


@pytest.mark.parametrize("column", ["visit_signature SET record", "visit_revision SET record"])
def test_a_record_that_cannot_be_read_keeps_its_visit_out_of_a_bundle_with_a_sentence(
    recorded: SmallClinic, column: str, tmp_path: Path
) -> None:
    with with_database_key(recorded) as connection:
        connection.exec_driver_sql(f"UPDATE {column} = CAST(record AS TEXT)")
    okafor = recorded.as_user("okafor")
    wanted = MakeBundle(date(2026, 11, 1), date(2026, 11, 30), tmp_path / "bundle.zip", plain=True)
    with pytest.raises(DatabaseDamaged, match="V-000001 cannot be read"):
        make_bundle(okafor, wanted)
    assert not (tmp_path / "bundle.zip").exists()


@pytest.mark.parametrize(
    ("spoilt", "refused", "said"),
    [
        ("visit_signature SET record = CAST(record", DatabaseDamaged, "Check the store, which names what"),
        ("key_register SET document = CAST(document", ClinicReadOnly, r"key [0-9a-f]{16} \(document\)"),
    ],
)
def test_what_needs_a_document_that_became_text_ends_with_a_sentence(
    recorded: SmallClinic, spoilt: str, refused: type[ClinicError], said: str, tmp_path: Path
) -> None:
    with with_database_key(recorded) as connection:
        connection.exec_driver_sql(f"UPDATE {spoilt} AS TEXT)")
    with pytest.raises(refused, match=said):
        print_chart(recorded.as_user("okafor"), "V-000001", tmp_path / "chart.pdf")
    assert not (tmp_path / "chart.pdf").exists()
