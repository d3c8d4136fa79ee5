"""Photographs in the signed visit: named by hash or declined with a reason, printed as far as allowed."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import Connection, select

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.bundles.verify import verify_bundle
from mnclinic.domain.amendment import AmendmentKind, Correction
from mnclinic.errors import InvalidInput
from mnclinic.interchange.pictures.reading import Picture, read_picture
from mnclinic.models import Visit, VisitRevision
from mnclinic.services import printed_photos
from mnclinic.services.amend_visit import NewAmendment, amend_visit
from mnclinic.services.bundle_scans import PHOTOS
from mnclinic.services.make_bundle import BundleMade, MakeBundle, make_bundle
from mnclinic.services.merge_records import merge_records, unmerge_records
from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.print_documents import print_chart
from mnclinic.services.print_patient_chart import print_patient_chart
from mnclinic.services.record_visit import record_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic, Signer
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from tests.documents.reading import squeezed, text_of
from tests.interchange.pictures.making import JPEG, PLACE
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person, document
from tests.services.photographing import VIEW, a_photo, approved_form, choose, consent_with
from tests.services.reading import entries_since, log_size, problems_found

DECLINED = {"view": "Chin", "when": "before", "not_taken": "declined", "reason": "Did not want this one."}
ADA = "P-000001"


def _named(sha256: str) -> dict[str, Any]:
    return {"view": VIEW, "when": "before", "sha256": sha256}


def _signed(clinic: SmallClinic, nurse: OpenClinic, by: Signer, level: str = "chart") -> tuple[str, str]:
    """A signed visit of Ada's that names one photograph and a view that she declined; its id, the SHA-256."""
    consent = consent_with(level, text_sha256=approved_form(clinic))
    begun = record_visit(nurse, document(consent=consent, lines=[]), by, shown="command")
    kept = a_photo(nurse, ADA, visit=begun.number)
    whole = document(
        consent=consent,
        photos=[_named(kept.sha256), DECLINED],
        visit=begun.number,
        patient={"record_number": ADA},
    )
    done = record_visit(nurse, whole, by, shown="command")
    assert (done.refusals, done.state) == ((), "in_review")
    return done.visit_id, kept.sha256


def _problems(clinic: OpenClinic, visit_id: str, **changes: object) -> list[str]:
    with clinic.store.reading() as session:
        visit = session.get_one(Visit, visit_id)
        stored, edition = json.loads(visit.document), visit.edition
    with pytest.raises(InvalidInput) as told:
        save_visit(clinic, visit_id, edition, stored | changes)
    return [one.where for one in told.value.problems]


def test_a_signed_record_holds_the_hash_of_what_was_kept_and_the_reason_of_what_was_not(
    clinic: SmallClinic,
) -> None:
    with clinic.signing("reyes") as (nurse, by):
        _, sha256 = _signed(clinic, nurse, by)
        with nurse.store.reading() as session:
            record = json.loads(session.scalars(select(VisitRevision.record)).one())
    assert record["document"]["photos"] == [_named(sha256), DECLINED]
    assert problems_found(nurse) == []


def test_a_visit_names_no_photograph_that_was_not_kept_of_its_person(clinic: SmallClinic) -> None:
    ref = add_person(clinic.as_user("desk"))
    nurse = clinic.as_user("reyes")
    visit_id = choose(nurse, ref, "chart")
    other = add_person(nurse, "Otherson")
    choose(nurse, other, "chart")
    theirs = a_photo(nurse, other).sha256
    photos = [DECLINED, _named("0" * 64), _named(theirs) | {"when": "after"}]
    assert _problems(nurse, visit_id, photos=photos) == ["photos[1].sha256", "photos[2].sha256"]
    with clinic.signing("reyes") as (nurse, by):
        whole = document(photos=[_named("0" * 64)], patient={"record_number": ADA}, lines=[])
        with pytest.raises(InvalidInput) as told:
            record_visit(nurse, whole, by, shown="command")
        assert [one.where for one in told.value.problems] == ["photos[0].sha256"]


@pytest.mark.parametrize(
    ("photo", "where"),
    [
        ({"view": "Chin", "when": "before"}, "photos[0]"),
        ({"view": "Chin", "when": "before", "not_taken": "declined"}, "photos[0]"),
        ({"view": "Chin", "when": "before", "not_taken": "declined", "reason": " "}, "photos[0].reason"),
        (_named("0" * 64) | {"not_taken": "unable", "reason": "Both."}, "photos[0]"),
        ({"view": "Chin", "when": "soon", "not_taken": "unable", "reason": "Late."}, "photos[0].when"),
    ],
    ids=["nothing", "no reason", "empty reason", "both", "another time"],
)
def test_a_view_is_kept_or_not_taken_with_a_reason_and_never_both(
    clinic: SmallClinic, photo: dict[str, Any], where: str
) -> None:
    nurse = clinic.as_user("reyes")
    visit_id = choose(nurse, add_person(nurse), "chart")
    assert _problems(nurse, visit_id, photos=[photo]) == [where]


def test_a_view_is_named_once_for_each_time(clinic: SmallClinic) -> None:
    nurse = clinic.as_user("reyes")
    visit_id = choose(nurse, add_person(nurse), "chart")
    twice = [DECLINED, DECLINED | {"when": "after"}, DECLINED]
    assert _problems(nurse, visit_id, photos=twice) == ["photos[2].when"]


def test_a_photograph_of_a_record_that_is_another_persons_by_now_is_not_signed(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    other = add_person(owner, "Otherson")
    with clinic.signing("reyes") as (nurse, by):
        consent = consent_with("chart", text_sha256=approved_form(clinic))
        begun = record_visit(nurse, document(consent=consent, lines=[]), by, shown="command")
        with nurse.store.reading() as session:
            ada = session.get_one(Visit, begun.visit_id).patient_ref
        choose(nurse, other, "chart")
        theirs = a_photo(nurse, other).sha256
        merge_records(owner, other, ada, "One person.")
        known = {"record_number": "P-000002"}
        whole = document(consent=consent, photos=[_named(theirs)], patient=known)
        saved = save_visit(nurse, begun.visit_id, 1, whole)
        unmerge_records(owner, other, "Two people after all.")
        with pytest.raises(InvalidInput) as told:
            perform_visit(nurse, begun.visit_id, saved.edition, by, shown="window")
        assert [one.where for one in told.value.problems] == ["photos[0].sha256"]
        assert problems_found(nurse) == []


def test_no_correction_makes_a_signed_visit_name_another_photograph(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (nurse, by):
        visit_id, sha256 = _signed(clinic, nurse, by)
        wanted = Correction("photos[0].sha256", json.dumps(sha256), json.dumps("0" * 64))
        new = NewAmendment(AmendmentKind.CORRECTION, "", reason="Wrong one.", correction=wanted)
        with pytest.raises(InvalidInput):
            amend_visit(nurse, visit_id, new, by, shown="window")


def test_the_printed_chart_shows_the_picture_and_its_hash_and_the_entry_says_so(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    with clinic.signing("reyes") as (nurse, by):
        visit_id, sha256 = _signed(clinic, nurse, by)
    for act, whose in ((print_chart, visit_id), (print_patient_chart, ADA)):
        size = log_size(nurse)
        out = act(nurse, whose, tmp_path / f"{act.__name__}.pdf").file
        words = squeezed(text_of(out.read_bytes()))
        for said in (sha256, "Declined: Did not want this one.", "what photographs may be used for: chart."):
            assert squeezed(said) in words, said
        assert _pictures_in(out) == [(320, 240)]
        (entry,) = entries_since(nurse, size)
        assert (entry["action"], entry["cat"]) == ("visit.printed", ["treatment", "photo"])
    assert problems_found(nurse) == []


def test_who_may_see_no_photograph_prints_none_and_neither_does_anybody_once_it_is_taken_back(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clinic.signing("reyes") as (nurse, by):
        visit_id, sha256 = _signed(clinic, nurse, by)
    clinic.clock.at = MONDAY + timedelta(hours=3)
    desk = clinic.as_user("desk")
    monkeypatch.setattr(printed_photos, "read_picture", _nobody_decodes)
    printed = [print_chart(desk, visit_id, tmp_path / "desk.pdf").file]
    withdraw_consent(nurse, ADA, NewWithdrawal("photographs", withdrawn_by="Ada"))
    printed.append(print_chart(nurse, visit_id, tmp_path / "visit.pdf").file)
    printed.append(print_patient_chart(nurse, ADA, tmp_path / "chart.pdf").file)
    for out in printed:
        _is_told_in_words_alone(out, sha256)


def test_what_is_taken_back_while_the_pictures_are_drawn_is_not_printed(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clinic.signing("reyes") as (nurse, by):
        visit_id, sha256 = _signed(clinic, nurse, by)
    for act, whose in ((print_chart, visit_id), (print_patient_chart, ADA)):
        choose(nurse, ADA, "chart", clinic.clock.at)
        clinic.clock.at += timedelta(hours=1)

        def taken_back(content: bytes) -> Picture:
            withdraw_consent(nurse, ADA, NewWithdrawal("photographs", withdrawn_by="Ada"))
            clinic.clock.at += timedelta(hours=1)
            return read_picture(content)

        monkeypatch.setattr(printed_photos, "read_picture", taken_back)
        _is_told_in_words_alone(act(nurse, whose, tmp_path / f"{act.__name__}.pdf").file, sha256)


def test_a_persons_bundle_shows_the_pictures_on_its_pages_and_is_valid(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    with clinic.signing("reyes") as (nurse, by):
        _signed(clinic, nurse, by)
    made = _bundle(clinic.as_user("okafor"), tmp_path / "person.zip", patient=ADA)
    assert verify_bundle(made.file, trust=made.fingerprint).verdict == "VALID"
    assert _pictures_in(_page_in(made.file, tmp_path)) == [(320, 240)]
    scope = json.loads(zipfile.ZipFile(made.file).read("data/scope.json"))
    assert {"what": PHOTOS, "count": 1} in scope["withheld"]
    assert PLACE not in made.file.read_bytes()


def test_a_bundle_has_words_alone_for_who_may_see_none_for_a_period_and_once_it_is_taken_back(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clinic.signing("reyes") as (nurse, by):
        _, sha256 = _signed(clinic, nurse, by)
    clinic.clock.at = MONDAY + timedelta(hours=3)
    director = clinic.as_user("okafor")
    made = [_bundle(director, tmp_path / "period.zip")]
    made.append(_bundle(clinic.as_user("owner"), tmp_path / "owner.zip", patient=ADA))

    def taken_back(content: bytes) -> Picture:
        withdraw_consent(nurse, ADA, NewWithdrawal("photographs", withdrawn_by="Ada"))
        return read_picture(content)

    monkeypatch.setattr(printed_photos, "read_picture", taken_back)
    made.append(_bundle(director, tmp_path / "meanwhile.zip", patient=ADA))
    monkeypatch.setattr(printed_photos, "read_picture", _nobody_decodes)
    made.append(_bundle(director, tmp_path / "after.zip", patient=ADA))
    for one in made:
        _is_told_in_words_alone(_page_in(one.file, tmp_path), sha256)
        assert verify_bundle(one.file, trust=one.fingerprint).verdict == "VALID"


def _bundle(clinic: OpenClinic, out: Path, patient: str | None = None) -> BundleMade:
    day = None if patient else MONDAY.date()
    return make_bundle(clinic, MakeBundle(day, day, out, plain=True, patient=patient))


def _page_in(bundle: Path, folder: Path) -> Path:
    with zipfile.ZipFile(bundle) as held:
        (name,) = [one for one in held.namelist() if one.endswith("/r1.pdf")]
        page = folder / f"{bundle.stem}.pdf"
        page.write_bytes(held.read(name))
    return page


def _nobody_decodes(_content: bytes) -> Picture:
    raise AssertionError


def _is_told_in_words_alone(out: Path, sha256: str) -> None:
    assert _pictures_in(out) == []
    words = squeezed(text_of(out.read_bytes()))
    assert squeezed("Pictures that are not printed here: 1.") in words
    assert sha256 in words


def test_the_check_finds_a_record_that_names_a_photograph_that_was_never_kept(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (nurse, by):
        _signed(clinic, nurse, by)
        with nurse.work() as work:
            row = work.session.scalars(select(VisitRevision)).one()
            record = json.loads(row.record)
            record["document"]["photos"][0]["sha256"] = "0" * 64
            connection = work.session.connection()
            _replace(connection, row, canonical_bytes(record))
            work.commit()
    assert any("it names a photograph that was never kept: 00000000" in one for one in problems_found(nurse))


def test_the_check_finds_a_record_that_names_a_photograph_of_somebody_else(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clinic.signing("reyes") as (nurse, by):
        other = add_person(clinic.as_user("desk"), last_name="Otherly")
        choose(nurse, other, "chart")
        kept = a_photo(nurse, other, JPEG)
        for module in ("save_visit", "record_visit", "freeze_visit"):
            monkeypatch.setattr(f"mnclinic.services.{module}.assert_photos_kept", lambda *_: None)
        done = record_visit(nurse, document(photos=[_named(kept.sha256)]), by, shown="command")
    said = f"visit {done.number} revision 1: it names a photograph of somebody else: {kept.sha256[:8]}"
    assert said in problems_found(nurse)


def _replace(connection: Connection, row: VisitRevision, made: bytes) -> None:
    for (name,) in connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'visit_revision'"
    ).all():
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    connection.exec_driver_sql(
        "UPDATE visit_revision SET record = ?, sha256 = ? WHERE visit_id = ?",
        (made, sha256_hex(made), row.visit_id),
    )


def _pictures_in(pdf: Path) -> list[tuple[int, int]]:
    return [one.image.size for page in PdfReader(pdf).pages for one in page.images if one.image is not None]
