"""A corrected value is judged like the first one: by what the record pins, entered, and read first."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind, Correction
from mnclinic.domain.finding import PassedBy
from mnclinic.models import Device, LogDetail, Lot, Staff
from mnclinic.services.amend_visit import NewAmendment, VisitAmended
from mnclinic.services.approve_document import approve_document
from mnclinic.services.list_visits import review_queue
from mnclinic.services.rule_versions import add_draft
from mnclinic.services.show_visit import show_visit
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, protocol
from tests.services.reading import entries_since, log_size, problems_found
from tests.services.test_amend_visit import amend, signed_visit

DEPTH = "lines[0].depth_mm"


def corrects(path: str, old: str | None, new: str | None) -> NewAmendment:
    return NewAmendment(AmendmentKind.CORRECTION, reason="Misread.", correction=Correction(path, old, new))


def depth(clinic: SmallClinic, visit: str, old: str, new: str) -> VisitAmended:
    return amend(clinic, visit, corrects(DEPTH, f'"{old}"', f'"{new}"'))


@pytest.mark.parametrize(
    ("new_mm", "codes"),
    [
        ("1.00", []),
        ("0.25", [("depth_outside_usual", PassedBy.PERFORMER)]),
        (
            "1.75",
            [
                ("off_label_depth", PassedBy.DIRECTOR),
                ("depth_over_acknowledgement", PassedBy.DIRECTOR),
                ("depth_outside_usual", PassedBy.PERFORMER),
            ],
        ),
        (
            "2.25",
            [
                ("depth_over_protocol", PassedBy.NOBODY),
                ("depth_over_performer", PassedBy.NOBODY),
                ("off_label_depth", PassedBy.DIRECTOR),
                ("depth_over_acknowledgement", PassedBy.DIRECTOR),
                ("depth_outside_usual", PassedBy.PERFORMER),
            ],
        ),
    ],
)
def test_a_corrected_depth_is_judged_by_every_layer_gravest_first(
    clinic: SmallClinic, new_mm: str, codes: list[tuple[str, PassedBy]]
) -> None:
    visit = signed_visit(clinic)
    size = log_size(clinic.as_user("okafor"))
    done = depth(clinic, visit, "1.25", new_mm)
    assert [(one.code, one.passed_by) for one in done.findings] == codes
    okafor = clinic.as_user("okafor")
    (entry,) = [one for one in entries_since(okafor, size) if one["action"] == "amendment.correction"]
    with Session(okafor.store.engine) as session:
        detail = json.loads(session.get_one(LogDetail, entry["seq"]).detail)
    assert detail.get("codes", []) == [code for code, _ in codes]
    assert all(one.message in detail["found"] for one in done.findings)
    (queued,) = review_queue(okafor).amendments
    assert queued.findings == done.findings
    assert show_visit(okafor, visit).amendments[0].findings == done.findings
    assert problems_found(okafor) == []


def test_what_nobody_may_pass_is_read_before_what_was_signed_earlier(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    amend(clinic, visit, of_kind(AmendmentKind.ADDENDUM))
    depth(clinic, visit, "1.25", "1.75")
    depth(clinic, visit, "1.75", "2.25")
    queued = review_queue(clinic.as_user("okafor")).amendments
    assert [(one.position, one.kind.value) for one in queued] == [
        (3, "correction"),
        (2, "correction"),
        (1, "addendum"),
    ]
    # Each says what it brought itself: the third went on from what the second had said.
    assert "depth_over_protocol" in {one.code for one in queued[0].findings}
    assert "depth_over_protocol" not in {one.code for one in queued[1].findings}


def test_a_correction_is_judged_by_the_limits_of_the_visit_and_never_by_later_ones(
    clinic: SmallClinic,
) -> None:
    visit = signed_visit(clinic)
    clinic.clock.at += timedelta(days=2)
    stricter = protocol(version=2, effective_on=clinic.clock.at.date().isoformat())
    stricter["areas"][0] |= {"soft_max_mm": "0.75", "acknowledge_above_mm": "0.75", "hard_max_mm": "0.75"}
    stricter["areas"][0] |= {"source": "test", "confidence": "low"}
    for interval in ("interval_warn_days", "interval_block_days"):
        stricter[interval] |= {"confidence": "low"}
    with clinic.signing("okafor") as (okafor, by):
        row = add_draft(okafor, "protocol", stricter)
        approve_document(okafor, row.row_id, by, shown="window")
    assert depth(clinic, visit, "1.25", "1.00").findings == ()
    assert "2.00 mm" in depth(clinic, visit, "1.00", "2.25").findings[0].message


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        ("lines[0].passes", "4", "8", "passes_over_usual"),
        ("lines[0].passes", "4", "12", "passes_over_most"),
        ("screening[0].answer", '"no"', '"yes"', "pregnancy"),
        ("cartridge.expires_on", None, '"2026-11-01"', "cartridge_expired"),
    ],
)
def test_any_corrected_field_is_judged(
    clinic: SmallClinic, path: str, old: str | None, new: str, code: str
) -> None:
    visit = signed_visit(clinic)
    assert code in " ".join(one.code for one in amend(clinic, visit, corrects(path, old, new)).findings)
    assert problems_found(clinic.as_user("okafor")) == []


def test_what_the_registers_say_since_then_changes_nothing(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    with clinic.as_user("owner").work() as work:
        performer = work.session.scalars(select(Staff).where(Staff.user == "reyes")).one()
        performer.depth_ceiling_mm = "0.50"
        device = work.session.scalars(select(Device)).one()
        device.facts = json.dumps(json.loads(device.facts) | {"max_depth_mm": "0.50"}).encode()
        work.session.scalars(select(Lot)).one().needle_length_mm = "0.50"
        work.commit()
    assert depth(clinic, visit, "1.25", "1.00").findings == ()
