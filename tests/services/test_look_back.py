"""Who used a thing: as it was signed, as it is after a correction, and the struck value with its mark."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.amendment import AmendmentKind
from mnclinic.errors import InvalidInput
from mnclinic.models import Device
from mnclinic.services.add_lot import NewLot, add_lot
from mnclinic.services.amend_visit import amend_visit
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.services.find_scanned import find_scanned
from mnclinic.services.list_supplies import list_supplies
from mnclinic.services.log_filter import LogFilter
from mnclinic.services.look_back import look_back
from mnclinic.services.merge_records import merge_records
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.read_log import open_log, who_looked
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import return_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.stock import count_lot, receive_lot, stocks
from mnclinic.services.supply_rows import as_printed
from mnclinic.services.touched_patient import what_touched
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, StoppedClock, add_person, document
from tests.services.events import write_down
from tests.services.reading import actions_since, entries_since, log_size, problems_found
from tests.services.recalling import open_one
from tests.services.test_amend_visit import amend, signed_visit
from tests.services.test_judge_correction import corrects

HELD = {"lot": "LOT-1", "serial": "C-7", "expires_on": "2027-05-31", "needle_length_mm": "2.50"}
OLD_CLINIC = Path(__file__).parents[1] / "old_databases" / "0008"
DIRECTORS = next(password for user, _, password in demo_log_ins() if user == "okafor")
LATER = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
CREAM = {
    **{"product": "lidocaine", "lot": "lot-1 b", "expires_on": "2027-05-31", "wiped_off": True},
    **{"applied_at": "2026-11-23T09:30:00-06:00", "removed_at": "2026-11-23T09:55:00-06:00"},
}
UNREGISTERED = {"code": "topical_not_registered", "reason": "Opened before it was entered."}


def touched(clinic: SmallClinic, wanted: str) -> list[tuple[str, str, str, bool]]:
    found = look_back(clinic.as_user("okafor"), wanted)
    return [(one.record_number, use.kind, use.lot, use.is_struck) for one in found for use in one.uses]


def found_at_gate(clinic: SmallClinic, cartridge: dict[str, Any]) -> set[str]:
    """What the gate finds of the supplies of somebody else's draft with this cartridge."""
    reyes = clinic.as_user("reyes")
    draft = start_visit(reyes, add_person(reyes, "Otherson"), "microneedling_face", "reyes")
    view = show_visit(reyes, draft)
    save_visit(reyes, draft, view.edition, {**view.document, "device": "SP-01", "cartridge": cartridge})
    return {
        one.code for one in show_visit(reyes, draft).verdict.findings if one.where.startswith("cartridge")
    }


@pytest.mark.parametrize("wanted", ["LOT-1", " lot-1 ", "C-7", "SP-01", "S-1"])
def test_a_lot_a_serial_and_a_device_lead_to_whom_they_touched(clinic: SmallClinic, wanted: str) -> None:
    signed_visit(clinic, cartridge=HELD)
    (person,) = look_back(clinic.as_user("desk"), wanted)
    (use,) = person.uses
    assert (person.patient, use.number, use.areas) == ("Testerman, Ada", "V-000001", ("cheek",))
    assert not use.is_struck


@pytest.mark.parametrize("wanted", ["lote-ñ1", "LOTE-Ñ1", "Lote-Ñ1"])
def test_letters_that_the_store_knows_no_capital_of_lead_there_too(clinic: SmallClinic, wanted: str) -> None:
    desk, lind = clinic.as_user("desk"), clinic.as_user("lind")
    add_lot(lind, NewLot("cartridge", "lote-ñ1", "cartridge, 12 needles", date(2027, 5, 31), "2.50"))
    receive_lot(desk, "cartridge", "lote-ñ1", quantity=4)
    signed_visit(clinic, cartridge={**HELD, "lot": "lote-ñ1"})
    assert touched(clinic, wanted) == [("P-000001", "cartridge", "lote-ñ1", False)]
    with lind.store.reading() as session:
        held = stocks(session)["cartridge", as_printed("lote-ñ1")]
    assert (held.received, held.used) == (4, 1)
    open_one(lind, named=wanted)
    (lot,) = [one for one in list_supplies(lind).lots if one.lot == "lote-ñ1"]
    assert lot.state != "in_use"
    assert problems_found(clinic.as_user("okafor")) == []


def test_what_nothing_names_touched_nobody(clinic: SmallClinic) -> None:
    signed_visit(clinic)
    assert touched(clinic, "LOT-9") == []
    assert touched(clinic, " ") == []


def test_a_corrected_lot_is_found_under_both_and_the_struck_one_is_marked(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic, cartridge=HELD)
    amend(clinic, visit, corrects("cartridge.lot", '"LOT-1"', '"lot-2"'))
    assert touched(clinic, "LOT-2") == [("P-000001", "cartridge", "lot-2", False)]
    assert touched(clinic, "LOT-1") == [("P-000001", "cartridge", "LOT-1", True)]
    assert look_back(clinic.as_user("okafor"), "LOT-1")[0].is_only_struck
    assert problems_found(clinic.as_user("okafor")) == []


def test_a_corrected_device_and_topical_are_found_under_both(clinic: SmallClinic) -> None:
    visit = signed_visit(
        clinic,
        topicals=[{"name": "hydrogel", "lot": "T-1", "expires_on": "2027-05-31"}],
        reasons=[UNREGISTERED],
    )
    amend(clinic, visit, corrects("device", '"SP-01"', '"SP-02"'))
    amend(clinic, visit, corrects("topicals[0].lot", '"T-1"', '"T-2"'))
    assert touched(clinic, "SP-02") == [("P-000001", "device", "SP-02", False)]
    assert touched(clinic, "SP-01") == [("P-000001", "device", "SP-01", True)]
    assert touched(clinic, "T-2") == [("P-000001", "topical", "T-2", False)]
    assert touched(clinic, "T-1") == [("P-000001", "topical", "T-1", True)]


def test_a_visit_filed_to_the_wrong_patient_leads_to_whose_it_is(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    add_person(clinic.as_user("reyes"), "Rightson")
    amend(clinic, visit, of_kind(AmendmentKind.WRONG_PATIENT, "P-000002"))
    assert [one.patient for one in look_back(clinic.as_user("okafor"), "LOT-1")] == ["Rightson, Ada"]


def test_a_visit_of_nobody_knows_whom_says_so(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    amend(clinic, visit, of_kind(AmendmentKind.WRONG_PATIENT))
    (person,) = look_back(clinic.as_user("okafor"), "LOT-1")
    assert person.uses[0].is_misfiled


def test_the_gate_holds_a_cartridge_to_the_serial_as_corrected(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic, cartridge=HELD)
    amend(clinic, visit, corrects("cartridge.serial", '"C-7"', '"C-8"'))
    assert "cartridge_used" in found_at_gate(clinic, HELD | {"serial": "c-8"})
    struck = found_at_gate(clinic, HELD)
    assert "cartridge_used" not in struck
    assert "cartridge_struck_elsewhere" in struck
    assert found_at_gate(clinic, HELD | {"serial": "C-9"}) == set()
    # Corrected back, it is used again, and the slip is what was struck.
    amend(clinic, visit, corrects("cartridge.serial", '"C-8"', '"C-7"'))
    assert "cartridge_used" in found_at_gate(clinic, HELD)


def test_the_scanner_says_what_the_gate_says(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic, cartridge=HELD)
    amend(clinic, visit, corrects("cartridge.serial", '"C-7"', '"C-8"'))
    reyes = clinic.as_user("reyes")

    def said(serial: str) -> str:
        return " ".join(find_scanned(reyes, [f"(01)51022222233336(17)270531(10)LOT-1(21){serial}"]).problems)

    assert "used before" in said("C-8")
    assert "until that was corrected" in said("C-7")
    assert said("C-9") == ""


def test_a_corrected_lot_is_counted_off_the_right_box(clinic: SmallClinic) -> None:
    owner = clinic.as_user("owner")
    count_lot(owner, "cartridge", "LOT-1", quantity=5)
    clinic.clock.at += timedelta(minutes=1)
    visit = signed_visit(clinic, cartridge=HELD)

    def left() -> int:
        (lot,) = list_supplies(owner).lots
        assert lot.stock is not None
        return lot.stock.on_hand

    assert left() == 4
    amend(clinic, visit, corrects("cartridge.lot", '"LOT-1"', '"LOT-2"'))
    assert left() == 5
    amend(clinic, visit, corrects("cartridge.lot", '"LOT-2"', '"LOT-1"'))
    assert left() == 4


def test_a_serial_that_was_answered_anew_is_struck_and_no_longer_used(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(cartridge=HELD), by, shown="window").visit_id
    with clinic.signing("okafor") as (okafor, by):
        return_visit(okafor, visit, None, by, "Which cartridge?", shown="window")
    with clinic.signing("reyes") as (reyes, by):
        view = show_visit(reyes, visit)
        made = {**view.document, "cartridge": HELD | {"serial": "C-8"}}
        saved = save_visit(reyes, visit, view.edition, made)
        perform_visit(reyes, visit, saved.edition, by, shown="window")
    assert touched(clinic, "C-7") == [("P-000001", "cartridge", "LOT-1", True)]
    assert "cartridge_struck_elsewhere" in found_at_gate(clinic, HELD)
    assert "cartridge_used" in found_at_gate(clinic, HELD | {"serial": "C-8"})


def test_who_looks_up_a_lot_is_entered_and_so_is_each_person_who_is_told(clinic: SmallClinic) -> None:
    signed_visit(clinic, cartridge=HELD)
    other = {"last_name": "Otherson", "first_name": "Bo", "born_on": "1990-02-03"}
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(patient=other, cartridge=HELD | {"serial": "C-8"}), by, shown="window")
    desk = clinic.as_user("desk")
    size = log_size(desk)
    people = look_back(desk, " lot-1 ")
    entries = entries_since(desk, size)
    assert [one["action"] for one in entries] == ["recall.searched", "recall.viewed", "recall.viewed"]
    assert {one["subj"] for one in entries[1:]} == {one.patient_ref for one in people}
    assert [one["cat"] for one in entries] == [["supplies"], *[["demographics", "treatment"]] * 2]
    assert "LOT-1" not in str(entries)
    owner = clinic.as_user("owner")
    said = [row.sentence for row in open_log(owner, LogFilter()).rows]
    told = "a lot, a serial number or a device had touched"
    assert f"R. Frontley looked up whom {told}: “LOT-1”" in said
    (sitting, *_) = [one for one in who_looked(owner, "P-000002").sittings if one.who.startswith("R. Front")]
    assert sitting.sentences[-1] == (
        f"R. Frontley saw Bo Otherson (P-000002) among the people whom {told}: personal details, treatment"
    )
    assert problems_found(owner) == []


def test_looking_up_again_in_one_sitting_enters_the_question_and_the_people_once(clinic: SmallClinic) -> None:
    signed_visit(clinic, cartridge=HELD)
    desk = clinic.as_user("desk")
    size = log_size(desk)
    for wanted in ("LOT-1", "C-7", "LOT-9", " "):
        look_back(desk, wanted)
    assert actions_since(desk, size) == ["recall.searched", "recall.viewed", *["recall.searched"] * 2]
    clinic.clock.ticks += 31 * 60_000
    look_back(desk, "LOT-1")
    assert actions_since(desk, size)[-2:] == ["recall.searched", "recall.viewed"]


def test_a_person_of_two_records_is_entered_under_both(clinic: SmallClinic) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    kept = add_person(desk, "Testerman")
    merge_records(desk, "P-000001", kept, "The same person.")
    size = log_size(desk)
    (person,) = look_back(desk, "LOT-1")
    assert person.record_number == "P-000002"
    looked = {one["subj"] for one in entries_since(desk, size) if one["action"] == "recall.viewed"}
    assert looked == {person.patient_ref, *person.records}
    assert len(looked) == 2


def test_the_lot_of_an_anaesthetic_leads_to_whom_it_touched_however_it_is_registered(
    clinic: SmallClinic,
) -> None:
    reasons = [{"code": "anaesthetic_not_registered", "reason": "Opened before it was entered."}]
    signed_visit(clinic, anaesthetic=CREAM, reasons=reasons)
    assert touched(clinic, "LOT-1 B") == [("P-000001", "anaesthetic", "lot-1 b", False)]
    # A box of another kind that bears the same number hides nobody.
    add_lot(clinic.as_user("owner"), NewLot("topical", "LOT-1 B", "Serum", date(2027, 5, 31)))
    assert touched(clinic, "LOT-1 B") == [("P-000001", "anaesthetic", "lot-1 b", False)]
    assert problems_found(clinic.as_user("okafor")) == []


@pytest.fixture
def with_kits(tmp_path: Path) -> Iterator[OpenClinic]:
    """A clinic of an earlier program, in which four visits used the PRP kits of one lot, as its director."""
    folder = shutil.copytree(OLD_CLINIC, tmp_path / "clinic")
    opened = open_clinic(folder, "okafor", DIRECTORS, clock=StoppedClock(LATER))
    yield opened
    opened.close()


def kits_used(opened: OpenClinic) -> dict[str, int]:
    with opened.store.reading() as session:
        return {lot: one.used for (kind, lot), one in stocks(session).items() if kind == "prp_kit"}


def test_the_prp_kits_of_visits_that_an_earlier_program_signed_are_found_and_counted(
    with_kits: OpenClinic,
) -> None:
    receive_lot(with_kits, "prp_kit", "DEMO-K1", quantity=10)
    uses = [use for one in look_back(with_kits, "demo-k1") for use in one.uses]
    assert sorted(one.number for one in uses) == ["V-000005", "V-000006", "V-000010", "V-000021"]
    assert {(one.kind, one.is_struck) for one in uses} == {("prp_kit", False)}
    assert kits_used(with_kits) == {"DEMO-K1": 4}


def test_a_corrected_kit_is_counted_off_the_right_lot_and_the_struck_one_is_marked(
    with_kits: OpenClinic,
) -> None:
    receive_lot(with_kits, "prp_kit", "DEMO-K1", quantity=10)
    add_lot(with_kits, NewLot("prp_kit", "K-2", "Kit", date(2027, 5, 31)))
    receive_lot(with_kits, "prp_kit", "K-2", quantity=10)
    with signer(with_kits, DIRECTORS) as by:
        new = corrects("prp.kit_lot", '"DEMO-K1"', '"k-2"')
        amend_visit(with_kits, "V-000005", new, by, shown="window")
    assert kits_used(with_kits) == {"DEMO-K1": 3, "K-2": 1}
    struck = {use.number: use.is_struck for one in look_back(with_kits, "DEMO-K1") for use in one.uses}
    assert struck == {"V-000005": True, "V-000006": False, "V-000010": False, "V-000021": False}
    assert [use.number for one in look_back(with_kits, "K-2") for use in one.uses] == ["V-000005"]
    assert problems_found(with_kits) == []


def test_a_performer_is_found_by_user_and_printed_name_and_days_bound_the_visits(clinic: SmallClinic) -> None:
    signed_visit(clinic, cartridge=HELD)
    okafor = clinic.as_user("okafor")
    for wanted in ("reyes", "REYES", "reyes 2026-11-23", "2026-11-01..2026-11-23"):
        assert [one.record_number for one in look_back(okafor, wanted)] == ["P-000001"], wanted
    (use,) = look_back(okafor, "reyes")[0].uses
    assert (use.kind, use.lot, use.performer, use.areas) == ("performer", "reyes", "reyes", ("cheek",))
    for wanted in ("reyes 2026-11-24", "LOT-1 2026-11-24..2026-12-01", "2026-11-24", "okafor"):
        assert look_back(okafor, wanted) == (), wanted
    assert look_back(okafor, "LOT-1 2026-11-01..2026-11-23")[0].uses[0].lot == "LOT-1"


def test_a_draft_is_found_under_nobodys_days(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    start_visit(reyes, add_person(reyes, "Otherson"), "microneedling_face", "reyes")
    assert look_back(reyes, "reyes") == ()
    assert look_back(reyes, "2020-01-01..2099-01-01") == ()


def test_days_the_wrong_way_round_are_refused_and_nothing_is_entered(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    before = log_size(okafor)
    with pytest.raises(InvalidInput) as refused:
        look_back(okafor, "2026-11-24..2026-11-01")
    assert [one.where for one in refused.value.problems] == ["named"]
    assert log_size(okafor) == before


def test_events_since_the_first_use_are_told_with_the_person(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic, cartridge=HELD)
    write_down(clinic.as_user("reyes"), visit, grade=2)
    (person,) = look_back(clinic.as_user("okafor"), "LOT-1")
    assert [(one.number, one.grade) for one in person.events] == [("V-000001", 2)]


def test_an_event_of_a_misfiled_visit_stands_with_whose_it_is(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    add_person(clinic.as_user("reyes"), "Rightson")
    amend(clinic, visit, of_kind(AmendmentKind.WRONG_PATIENT, "P-000002"))
    write_down(clinic.as_user("reyes"), visit, grade=2)
    (person,) = look_back(clinic.as_user("okafor"), "LOT-1")
    assert (person.patient, len(person.events)) == ("Rightson, Ada", 1)


def test_what_touched_one_patient_is_told_as_it_stands_and_stood(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic, cartridge=HELD)
    amend(clinic, visit, corrects("cartridge.lot", '"LOT-1"', '"lot-2"'))
    desk = clinic.as_user("desk")
    before = log_size(desk)
    found = what_touched(desk, "P-000001")
    assert [(one.kind, one.lot, one.is_struck) for one in found.uses] == [
        ("device", "SP-01", False),
        ("cartridge", "lot-2", False),
        ("cartridge", "LOT-1", True),
    ]
    assert actions_since(desk, before) == ["recall.viewed"]


def test_what_touched_somebody_leaves_out_what_was_anothers_and_has_what_was_filed_elsewhere(
    clinic: SmallClinic,
) -> None:
    visit = signed_visit(clinic)
    add_person(clinic.as_user("reyes"), "Rightson")
    amend(clinic, visit, of_kind(AmendmentKind.WRONG_PATIENT, "P-000002"))
    desk = clinic.as_user("desk")
    assert what_touched(desk, "P-000001").uses == ()
    assert {one.number for one in what_touched(desk, "P-000002").uses} == {"V-000001"}
    with pytest.raises(InvalidInput):
        what_touched(desk, "P-000009")


def test_a_device_is_found_by_the_udi_on_its_label(clinic: SmallClinic) -> None:
    signed_visit(clinic)
    owner = clinic.as_user("owner")
    with owner.work() as work:
        row = work.session.get_one(Device, "SP-01")
        row.facts = canonical_bytes({**json.loads(row.facts), "udi": "(01)00850021456788(21)s-77x"})
        work.commit()
    found = look_back(clinic.as_user("okafor"), "(01)00850021456788(21)S-77X")
    assert [use.lot for one in found for use in one.uses] == ["SP-01"]
