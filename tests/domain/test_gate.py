"""The gate as a whole: each fault by its name, all faults at once, and who may pass what."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnclinic.domain.credentials import BLS, Paper
from mnclinic.domain.device_care import OF_INTERVAL, Care
from mnclinic.domain.finding import Finding, Light, LightState, Outcome, PassedBy, Verdict
from mnclinic.domain.gate import DrugsAndPlaces, LicenceFacts, LotFacts, Release, VisitFacts, age_on, judge
from mnclinic.domain.gate.exam_renewal import drugs_of
from mnclinic.domain.medical_history import HistoryFact, HistoryKind
from mnclinic.domain.policy import AnaestheticRule, OffLabelAuthorisation, Provider
from mnclinic.domain.screening import OnFile
from mnclinic.domain.treatment import FACE, Area
from tests.domain.builders import (
    CLEAN,
    ISOTRETINOIN,
    PRP,
    Json,
    codes,
    example,
    facts_for,
    facts_of,
    set_answer,
    shipped_protocol,
)

DAY = date(2026, 11, 23)
OUTSIDE = {
    "name": "Dr A. Elsewhere",
    "credential": "MD",
    "licence": "TX-MD-9",
    "licence_state": "TX",
    "licence_valid_to": "2027-01-31",
    "accepted_on": "2026-11-20",
    "paper_sha256": "a" * 64,
}
NOBODY, DIRECTOR, PERFORMER = PassedBy.NOBODY, PassedBy.DIRECTOR, PassedBy.PERFORMER


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a clean visit, and what the gate has to say about it.

    Faults of the same `part` cannot be in one visit together.
    """

    code: str
    light: Light
    passed_by: PassedBy
    part: str
    spoil: Callable[[Json], object] = lambda _document: None
    alter: Callable[[VisitFacts], VisitFacts] = lambda facts: facts
    is_undone: bool = False
    also: tuple[str, ...] = ()
    """What cannot but be told with it."""


def expired_licence(facts: VisitFacts) -> VisitFacts:
    assert facts.performer is not None
    ended = LicenceFacts("TX-RN-0003", date(2024, 11, 1), DAY - timedelta(days=1))
    return replace(facts, performer=replace(facts.performer, licences=(ended,)))


def with_device(**changes: object) -> Callable[[VisitFacts], VisitFacts]:
    def alter(facts: VisitFacts) -> VisitFacts:
        if facts.device is None:
            return facts  # another fault took it away
        return replace(facts, device=replace(facts.device, **changes))  # type: ignore[arg-type]

    return alter


def with_lot(**changes: object) -> Callable[[VisitFacts], VisitFacts]:
    def alter(facts: VisitFacts) -> VisitFacts:
        if facts.lot is None:
            return facts  # another fault took it away
        return replace(facts, lot=replace(facts.lot, **changes))  # type: ignore[arg-type]

    return alter


def with_cartridges(*names: str) -> Callable[[VisitFacts], VisitFacts]:
    """The same facts under a protocol that names these cartridges and no others."""

    def alter(facts: VisitFacts) -> VisitFacts:
        if facts.protocol is None:
            return facts  # another fault took it away
        named = frozenset(name.casefold() for name in names)
        return replace(facts, protocol=replace(facts.protocol, cartridges=named))

    return alter


def for_radiofrequency(facts: VisitFacts) -> VisitFacts:
    """The same facts under a protocol that is written for another class of device."""
    if facts.protocol is None:
        return facts  # another fault took it away
    return replace(facts, protocol=replace(facts.protocol, device_class="radiofrequency"))


def unlicensed_examiner(facts: VisitFacts) -> VisitFacts:
    if facts.examiner is None:
        return facts  # another fault took the exam away
    return replace(facts, examiner=replace(facts.examiner, licences=()))


def other_credential(facts: VisitFacts) -> VisitFacts:
    assert facts.performer is not None
    assert facts.policy is not None
    assert facts.policy.roles is not None
    # The policy knows this credential; the protocol does not name it.
    known = with_policy(roles={**facts.policy.roles, "LPN": facts.policy.roles["RN"]})(facts)
    return replace(known, performer=replace(facts.performer, credential="LPN"))


def with_policy(**changes: object) -> Callable[[VisitFacts], VisitFacts]:
    def alter(facts: VisitFacts) -> VisitFacts:
        assert facts.policy is not None
        return replace(facts, policy=replace(facts.policy, **changes))  # type: ignore[arg-type]

    return alter


def with_role(**changes: object) -> Callable[[VisitFacts], VisitFacts]:
    """The same facts with another role for the nurse who performs."""

    def alter(facts: VisitFacts) -> VisitFacts:
        assert facts.policy is not None
        assert facts.policy.roles is not None
        nurse = replace(facts.policy.roles["RN"], **changes)  # type: ignore[arg-type]
        return with_policy(roles={**facts.policy.roles, "RN": nurse})(facts)

    return alter


def with_anaesthetic_rule(**changes: object) -> Callable[[VisitFacts], VisitFacts]:
    return with_policy(anaesthetic=AnaestheticRule(**changes))  # type: ignore[arg-type]


def without_bls(facts: VisitFacts) -> VisitFacts:
    if facts.performer is None:
        return facts  # another fault took her away
    ended = Paper(BLS, "BLS-0003", date(2024, 11, 1), DAY - timedelta(days=1))
    return replace(facts, performer=replace(facts.performer, papers=(ended,)))


def named_provider(user: str, first: date, last: date | None) -> Callable[[VisitFacts], VisitFacts]:
    def alter(facts: VisitFacts) -> VisitFacts:
        assert facts.protocol is not None
        return replace(facts, protocol=replace(facts.protocol, providers=(Provider(user, first, last),)))

    return alter


def protocol_without_creams(facts: VisitFacts) -> VisitFacts:
    assert facts.protocol is not None
    return replace(facts, protocol=replace(facts.protocol, anaesthetics=frozenset()))


def supervisor_without_licence(facts: VisitFacts) -> VisitFacts:
    assert facts.supervisor is not None
    return replace(facts, supervisor=replace(facts.supervisor, licences=()))


def ceiling(facts: VisitFacts) -> VisitFacts:
    assert facts.performer is not None
    return replace(facts, performer=replace(facts.performer, depth_ceiling_mm=Decimal("1.24")))


def newer_consent_text(facts: VisitFacts) -> VisitFacts:
    newer = replace(facts.consent_texts[0], version=6, effective_on=DAY)
    return replace(facts, consent_texts=(*facts.consent_texts, newer))


def without_renewal_on(facts: VisitFacts, event: str) -> VisitFacts:
    assert facts.policy is not None
    return with_policy(exam_renew_on=facts.policy.exam_renew_on - {event})(facts)


def under_exam(**changes: frozenset[str]) -> Callable[[VisitFacts], VisitFacts]:
    """The same visit after a session on the same exam, which differed in these."""

    def alter(facts: VisitFacts) -> VisitFacts:
        device_class = facts.device.device_class if facts.device else ""
        same = DrugsAndPlaces(
            facts.document.treated_areas, frozenset({device_class}), drugs_of(facts.document)
        )
        return replace(facts, under_exam=replace(same, **changes))  # type: ignore[arg-type]

    return alter


def later_consent_text(facts: VisitFacts) -> VisitFacts:
    first, *others = facts.consent_texts
    return replace(facts, consent_texts=(replace(first, effective_on=DAY + timedelta(days=1)), *others))


def with_blood(document: Json) -> None:
    """The patient's own blood, with the addendum that it takes."""
    document["prp"] = example(PRP)["prp"]
    named_on_tube = {name: document["patient"][name] for name in ("last_name", "first_name", "born_on")}
    document["prp"]["tube_label"] |= named_on_tube
    document["consent"]["addenda"] = example(PRP)["consent"]["addenda"]


def lot(name: str, expires_on: date, state: str = "in_use") -> LotFacts:
    return LotFacts(name, expires_on, None, state)


FAULTS = (
    Fault(
        "identity_missing", Light.IDENTITY, NOBODY, "identity", lambda d: d.pop("identity"), is_undone=True
    ),
    Fault(
        "birth_date_missing",
        Light.IDENTITY,
        NOBODY,
        "birth",
        alter=lambda facts: replace(facts, born_on=None),
        is_undone=True,
    ),
    Fault(
        "birth_date_impossible",
        Light.IDENTITY,
        NOBODY,
        "birth",
        alter=lambda facts: replace(facts, born_on=DAY + timedelta(days=1)),
    ),
    Fault(
        "minor",
        Light.IDENTITY,
        NOBODY,
        "birth",
        alter=lambda facts: replace(with_device(minimum_age=0)(facts), born_on=date(2008, 11, 24)),
    ),
    Fault(
        "pregnancy",
        Light.HISTORY,
        DIRECTOR,
        "pregnancy",
        lambda d: set_answer(d, "pregnancy", "yes"),
        alter=lambda facts: without_renewal_on(facts, "pregnancy"),
    ),
    Fault(
        "isotretinoin_now",
        Light.HISTORY,
        NOBODY,
        "isotretinoin_now",
        lambda d: set_answer(d, "isotretinoin_now", "unknown"),
    ),
    Fault(
        "waxing",
        Light.HISTORY,
        PERFORMER,
        "waxing",
        lambda d: set_answer(d, "waxing", "yes", "2026-11-20"),
    ),
    Fault(
        "keloid",
        Light.HISTORY,
        NOBODY,
        "keloid",
        lambda d: d["screening"].remove({"item": "keloid", "answer": "no"}),
        is_undone=True,
    ),
    Fault(
        "interval_blocked",
        Light.HISTORY,
        DIRECTOR,
        "interval",
        alter=lambda facts: replace(facts, last_session_on=DAY - timedelta(days=13)),
    ),
    Fault(
        "interval_short",
        Light.HISTORY,
        PERFORMER,
        "interval",
        lambda d: d.update(last_session_on="2026-10-27"),
    ),
    Fault(
        "interval_impossible",
        Light.HISTORY,
        NOBODY,
        "interval",
        lambda d: d.update(last_session_on="2026-11-24"),
    ),
    Fault("exam_missing", Light.EXAM, DIRECTOR, "exam", lambda d: d.pop("exam"), is_undone=True),
    Fault(
        "exam_pending",
        Light.EXAM,
        DIRECTOR,
        "result",
        lambda d: d.get("exam", {}).update(result="pending"),
        is_undone=True,
    ),
    Fault(
        "exam_deferred_to_director",
        Light.EXAM,
        DIRECTOR,
        "result",
        lambda d: d.get("exam", {}).update(result="defer_to_director"),
    ),
    Fault(
        "exam_not_applicable",
        Light.EXAM,
        DIRECTOR,
        "result",
        lambda d: d.get("exam", {}).update(result="not_applicable"),
    ),
    Fault(
        "exam_over",
        Light.EXAM,
        DIRECTOR,
        "exam",
        lambda d: d["exam"].update(valid_to="2026-11-22"),
    ),
    Fault(
        "exam_service_not_cleared",
        Light.EXAM,
        DIRECTOR,
        "cleared",
        lambda d: d.get("exam", {}).update(services=["microneedling_prp"]),
    ),
    Fault(
        "exam_area_not_cleared",
        Light.EXAM,
        DIRECTOR,
        "cleared",
        lambda d: d.get("exam", {}).update(areas=["cheek"]),
    ),
    Fault(
        "exam_before_event",
        Light.EXAM,
        DIRECTOR,
        "event",
        alter=lambda facts: replace(facts, adverse_event_on=DAY - timedelta(days=1)),
    ),
    Fault(
        "exam_device_not_cleared",
        Light.EXAM,
        DIRECTOR,
        "cleared",
        lambda d: d.get("exam", {}).update(device_classes=["radiofrequency"]),
    ),
    Fault("exam_new_area", Light.EXAM, DIRECTOR, "new", alter=under_exam(areas=frozenset())),
    Fault(
        "exam_new_device",
        Light.EXAM,
        DIRECTOR,
        "new",
        alter=under_exam(device_classes=frozenset({"radiofrequency"})),
    ),
    Fault("exam_new_drug", Light.EXAM, DIRECTOR, "new", alter=under_exam(drugs=frozenset({"saline"}))),
    Fault(
        "exam_new_medicine",
        Light.EXAM,
        DIRECTOR,
        "medicine",
        alter=lambda facts: replace(
            facts, history=(HistoryFact(HistoryKind.MEDICINE, "nsaid", "Ibuprofen", "2026-10", None),)
        ),
    ),
    Fault(
        "exam_before_pregnancy",
        Light.EXAM,
        DIRECTOR,
        "medicine",
        alter=lambda facts: replace(
            facts, history=(HistoryFact(HistoryKind.CONDITION, "pregnancy", "Pregnancy", "2026", DAY),)
        ),
    ),
    Fault(
        "outside_examiner_not_entitled",
        Light.EXAM,
        DIRECTOR,
        "outside",
        lambda d: d.get("exam", {}).update(outside=OUTSIDE | {"credential": "RN"}),
    ),
    Fault(
        "outside_examiner_not_licensed",
        Light.EXAM,
        DIRECTOR,
        "outside",
        lambda d: d.get("exam", {}).update(outside=OUTSIDE | {"licence_valid_to": "2025-01-31"}),
    ),
    Fault(
        "outside_exam_not_attached",
        Light.EXAM,
        DIRECTOR,
        "outside",
        lambda d: d.get("exam", {}).update(outside={**OUTSIDE, "paper_sha256": None}),
        is_undone=True,
    ),
    Fault(
        "outside_exam_paper_unknown",
        Light.EXAM,
        DIRECTOR,
        "outside",
        lambda d: d.get("exam", {}).update(outside={**OUTSIDE, "paper_sha256": "b" * 64}),
    ),
    Fault(
        "outside_exam_accepted_before",
        Light.EXAM,
        DIRECTOR,
        "outside",
        lambda d: d.get("exam", {}).update(outside=OUTSIDE | {"accepted_on": "2025-09-01"}),
    ),
    Fault(
        "outside_exam_accepted_after",
        Light.EXAM,
        DIRECTOR,
        "outside",
        lambda d: d.get("exam", {}).update(outside=OUTSIDE | {"accepted_on": "2026-11-24"}),
    ),
    Fault(
        "exam_expired",
        Light.EXAM,
        DIRECTOR,
        "exam",
        lambda d: d["exam"].update(examined_on="2025-11-22"),
    ),
    Fault(
        "exam_after_visit",
        Light.EXAM,
        DIRECTOR,
        "exam",
        lambda d: d["exam"].update(examined_on="2026-11-24"),
    ),
    Fault(
        "examiner_not_entitled",
        Light.EXAM,
        DIRECTOR,
        "examiner",
        lambda d: d["exam"].update(examiner="reyes"),
    ),
    Fault(
        "examiner_not_licensed",
        Light.EXAM,
        DIRECTOR,
        "examiner",
        alter=unlicensed_examiner,
    ),
    Fault("order_missing", Light.EXAM, DIRECTOR, "order", lambda d: d.pop("order"), is_undone=True),
    Fault(
        "order_expired",
        Light.EXAM,
        DIRECTOR,
        "order",
        lambda d: d["order"].update(valid_to="2026-11-22"),
    ),
    Fault(
        "order_kind_not_accepted",
        Light.EXAM,
        DIRECTOR,
        "order kind",
        lambda d: d.get("order", {}).update(kind="standing"),
    ),
    Fault(
        "order_used_up",
        Light.EXAM,
        DIRECTOR,
        "order count",
        lambda d: d.get("order", {}).update(max_sessions=3),
        alter=lambda facts: replace(facts, sessions_since_order=3),
    ),
    Fault(
        "sessions_over_planned",
        Light.EXAM,
        PERFORMER,
        "order count",
        alter=lambda facts: replace(facts, sessions_since_order=3),
    ),
    Fault(
        "order_area_not_covered",
        Light.EXAM,
        DIRECTOR,
        "order areas",
        lambda d: d.get("order", {}).update(areas=["cheek"]),
    ),
    Fault(
        "order_device_not_covered",
        Light.EXAM,
        DIRECTOR,
        "order device",
        lambda d: d.get("order", {}).update(devices=["SP-09"]),
    ),
    Fault(
        "order_depth_exceeded",
        Light.EXAM,
        DIRECTOR,
        "order depth",
        lambda d: d.get("order", {}).update(max_depth_mm="1.24"),
    ),
    Fault(
        "orderer_not_entitled",
        Light.EXAM,
        DIRECTOR,
        "orderer",
        lambda d: d["order"].update(ordered_by="whit"),
    ),
    Fault(
        "phototype_missing", Light.EXAM, DIRECTOR, "phototype", lambda d: d.pop("fitzpatrick"), is_undone=True
    ),
    Fault("consent_missing", Light.CONSENT, NOBODY, "consent", lambda d: d.pop("consent"), is_undone=True),
    Fault(
        "consent_signature_missing",
        Light.CONSENT,
        NOBODY,
        "consent",
        lambda d: d["consent"].pop("signature"),
        is_undone=True,
    ),
    Fault(
        "consent_text_unknown",
        Light.CONSENT,
        NOBODY,
        "consent",
        lambda d: d["consent"].update(version=6),
    ),
    Fault(
        "consent_text_differs",
        Light.CONSENT,
        NOBODY,
        "consent",
        lambda d: d["consent"].update(text_sha256="0" * 64),
    ),
    Fault(
        "consent_text_not_in_force",
        Light.CONSENT,
        NOBODY,
        "consent",
        alter=later_consent_text,
    ),
    Fault("consent_outdated", Light.CONSENT, NOBODY, "consent", alter=newer_consent_text),
    Fault(
        "consent_after_visit",
        Light.CONSENT,
        NOBODY,
        "consent",
        lambda d: d["consent"].update(signed_at="2026-11-24T09:02:00-06:00"),
    ),
    Fault(
        "consent_after_start",
        Light.CONSENT,
        NOBODY,
        "consent",
        lambda d: d["consent"].update(signed_at="2026-11-23T09:11:00-06:00"),
    ),
    Fault(
        "performer_unknown",
        Light.AUTHORITY,
        NOBODY,
        "performer",
        alter=lambda facts: replace(facts, performer=None),
    ),
    Fault("performer_licence_expired", Light.AUTHORITY, NOBODY, "performer", alter=expired_licence),
    Fault("performer_not_permitted", Light.AUTHORITY, NOBODY, "performer", alter=other_credential),
    Fault("depth_over_performer", Light.AUTHORITY, NOBODY, "performer", alter=ceiling),
    Fault("off_label_topical", Light.AUTHORITY, DIRECTOR, "prp", with_blood),
    Fault(
        "indication_missing",
        Light.AUTHORITY,
        NOBODY,
        "indication",
        lambda d: d.pop("indication"),
        is_undone=True,
    ),
    Fault(
        "off_label_indication",
        Light.AUTHORITY,
        DIRECTOR,
        "indication",
        lambda d: d.update(indication="abdominal_scars"),
    ),
    Fault(
        "off_label_site",
        Light.AUTHORITY,
        DIRECTOR,
        "lines",
        lambda d: d["lines"][0].update(area="neck", depth_mm="0.50"),
    ),
    Fault(
        "area_not_in_protocol",
        Light.AUTHORITY,
        NOBODY,
        "lines",
        lambda d: d["lines"][0].update(area="scalp"),
    ),
    Fault(
        "inside_orbital_rim", Light.AUTHORITY, NOBODY, "lines", lambda d: d["lines"][0].update(area="eyelid")
    ),
    Fault("passes_over_usual", Light.AUTHORITY, PERFORMER, "lines", lambda d: d["lines"][0].update(passes=7)),
    Fault(
        "speed_outside_protocol",
        Light.AUTHORITY,
        PERFORMER,
        "lines",
        lambda d: d["lines"][0].update(speed_rpm=9001),
    ),
    Fault(
        "device_class_not_in_protocol",
        Light.SUPPLIES,
        NOBODY,
        "device",
        alter=for_radiofrequency,
    ),
    Fault(
        "depth_outside_usual",
        Light.AUTHORITY,
        PERFORMER,
        "lines",
        lambda d: d["lines"][0].update(depth_mm="0.24"),
    ),
    Fault("device_missing", Light.SUPPLIES, NOBODY, "device", lambda d: d.pop("device"), is_undone=True),
    Fault("device_unknown", Light.SUPPLIES, NOBODY, "device", lambda d: d.update(device="SP-99")),
    Fault("device_quarantined", Light.SUPPLIES, NOBODY, "device", alter=with_device(is_quarantined=True)),
    Fault("device_not_confirmed", Light.SUPPLIES, NOBODY, "device", alter=with_device(is_confirmed=False)),
    *(
        Fault(
            f"device_{kind.value}_overdue",
            Light.SUPPLIES,
            PERFORMER,
            "device",
            alter=with_device(care=(Care(kind, 7, date(2026, 1, 2)),)),
        )
        for kind in OF_INTERVAL
    ),
    Fault(
        "depth_off_step",
        Light.AUTHORITY,
        PERFORMER,
        "lines",
        alter=with_device(depth_step_mm=Decimal("0.40")),
    ),
    Fault("device_not_in_protocol", Light.SUPPLIES, NOBODY, "device", alter=with_device(device="SP-02")),
    Fault("off_label_age", Light.AUTHORITY, DIRECTOR, "device", alter=with_device(minimum_age=35)),
    Fault(
        "off_label_phototype",
        Light.AUTHORITY,
        DIRECTOR,
        "device",
        alter=with_device(indications={"facial_acne_scars": frozenset({3, 4})}),
    ),
    Fault(
        "off_label_depth",
        Light.AUTHORITY,
        DIRECTOR,
        "device",
        alter=with_device(label_depth_mm=Decimal("1.24")),
    ),
    Fault(
        "depth_over_device",
        Light.AUTHORITY,
        NOBODY,
        "device",
        alter=with_device(max_depth_mm=Decimal("1.24")),
    ),
    Fault(
        "cartridge_missing", Light.SUPPLIES, NOBODY, "cartridge", lambda d: d.pop("cartridge"), is_undone=True
    ),
    Fault(
        "cartridge_expiry_missing",
        Light.SUPPLIES,
        NOBODY,
        "cartridge",
        lambda d: d.update(cartridge={"lot": "LOT-NEW", "needle_length_mm": "1.50"}),
        is_undone=True,
        also=("cartridge_not_registered",),
    ),
    Fault(
        "needle_length_missing",
        Light.SUPPLIES,
        NOBODY,
        "cartridge",
        lambda d: d.update(cartridge={"lot": "LOT-NEW", "expires_on": "2027-05-31"}),
        is_undone=True,
        also=("cartridge_not_registered",),
    ),
    Fault(
        "cartridge_not_registered",
        Light.SUPPLIES,
        PERFORMER,
        "cartridge",
        lambda d: d["cartridge"].update(lot="LOT-NEW", expires_on="2027-05-31", needle_length_mm="2.50"),
    ),
    Fault(
        "topical_not_registered",
        Light.SUPPLIES,
        PERFORMER,
        "topical",
        lambda d: d["topicals"][0].update(lot="LOT-NEW", expires_on="2027-03-31"),
    ),
    Fault(
        "anaesthetic_not_registered",
        Light.SUPPLIES,
        PERFORMER,
        "anaesthetic",
        lambda d: d["anaesthetic"].update(lot="LOT-NEW"),
    ),
    Fault(
        "topical_lot_missing",
        Light.SUPPLIES,
        PERFORMER,
        "topical",
        lambda d: d["topicals"][0].update(lot="", expires_on="2027-03-31"),
    ),
    Fault(
        "topical_expiry_missing",
        Light.SUPPLIES,
        NOBODY,
        "topical",
        lambda d: d["topicals"][0].update(lot="LOT-NEW"),
        is_undone=True,
        also=("topical_not_registered",),
    ),
    Fault(
        "cartridge_expired",
        Light.SUPPLIES,
        NOBODY,
        "cartridge",
        lambda d: d["cartridge"].update(expires_on="2026-11-22"),
    ),
    Fault(
        "cartridge_not_in_protocol",
        Light.SUPPLIES,
        NOBODY,
        "cartridge",
        alter=with_cartridges("Another maker's, 36 pins"),
    ),
    Fault(
        "cartridge_unknown",
        Light.SUPPLIES,
        NOBODY,
        "cartridge",
        lambda d: d["cartridge"].update(lot="CT-NOBODY-HAS"),
        alter=with_cartridges("Another maker's, 36 pins"),
        is_undone=True,
    ),
    Fault("cartridge_recalled", Light.SUPPLIES, NOBODY, "cartridge", alter=with_lot(state="recalled")),
    Fault("cartridge_quarantined", Light.SUPPLIES, NOBODY, "cartridge", alter=with_lot(state="quarantined")),
    Fault(
        "depth_over_cartridge",
        Light.AUTHORITY,
        NOBODY,
        "cartridge",
        alter=with_lot(needle_length_mm=Decimal("1.24")),
    ),
    Fault(
        "cartridge_used",
        Light.SUPPLIES,
        NOBODY,
        "cartridge",
        alter=lambda facts: replace(facts, cartridge_used_before=True),
    ),
    Fault(
        "cartridge_struck_elsewhere",
        Light.SUPPLIES,
        PERFORMER,
        "cartridge",
        alter=lambda facts: replace(facts, cartridge_struck_elsewhere=True),
    ),
    Fault(
        "anaesthetic_expired",
        Light.SUPPLIES,
        NOBODY,
        "anaesthetic",
        lambda d: d["anaesthetic"].update(expires_on="2026-11-22"),
    ),
    Fault(
        "anaesthetic_recalled",
        Light.SUPPLIES,
        NOBODY,
        "anaesthetic",
        alter=lambda facts: replace(facts, anaesthetic_lot=lot("A-1", date(2027, 1, 1), "recalled")),
    ),
    Fault(
        "anaesthetic_still_on",
        Light.SUPPLIES,
        NOBODY,
        "anaesthetic",
        lambda d: d["anaesthetic"].pop("removed_at"),
        is_undone=True,
    ),
    Fault(
        "anaesthetic_on_when_needled",
        Light.SUPPLIES,
        NOBODY,
        "anaesthetic",
        lambda d: d["anaesthetic"].update(removed_at="2026-11-23T10:10:01-06:00"),
    ),
    Fault(
        "anaesthetic_wipe_missing",
        Light.SUPPLIES,
        NOBODY,
        "anaesthetic",
        lambda d: d["anaesthetic"].pop("wiped_off"),
        is_undone=True,
    ),
    Fault(
        "anaesthetic_not_wiped_off",
        Light.SUPPLIES,
        NOBODY,
        "anaesthetic",
        lambda d: d["anaesthetic"].update(wiped_off=False),
    ),
    Fault("asepsis_not_confirmed", Light.SUPPLIES, PERFORMER, "asepsis", lambda d: d["asepsis"].pop()),
    Fault(
        "topical_expired",
        Light.SUPPLIES,
        NOBODY,
        "topical",
        alter=lambda facts: replace(facts, topical_lots={"HG-118": lot("HG-118", DAY - timedelta(days=1))}),
    ),
    Fault(
        "topical_quarantined",
        Light.SUPPLIES,
        NOBODY,
        "topical",
        alter=lambda facts: replace(
            facts, topical_lots={"HG-118": lot("HG-118", date(2027, 1, 1), "quarantined")}
        ),
    ),
    Fault(
        "topical_not_listed",
        Light.SUPPLIES,
        DIRECTOR,
        "topical",
        lambda d: d["topicals"].append(
            {"name": "vitamin C serum", "lot": "HG-118", "expires_on": "2027-03-31"}
        ),
    ),
    Fault(
        "exam_modality_not_accepted",
        Light.EXAM,
        DIRECTOR,
        "policy",
        lambda d: d.get("exam", {}).update(modality="video"),
        alter=with_policy(exam_modalities=frozenset({"in_person"})),
    ),
    Fault("order_outdated", Light.EXAM, DIRECTOR, "policy", alter=with_policy(order_valid_days=0)),
    Fault("under_minimum_age", Light.AUTHORITY, DIRECTOR, "policy", alter=with_policy(minimum_age_years=99)),
    Fault(
        "policy_interval_blocked",
        Light.HISTORY,
        DIRECTOR,
        "interval",
        alter=lambda facts: replace(
            with_policy(interval_block_days=60)(facts), last_session_on=DAY - timedelta(days=59)
        ),
    ),
    Fault(
        "policy_interval_short",
        Light.HISTORY,
        PERFORMER,
        "interval",
        alter=lambda facts: replace(
            with_policy(interval_warn_days=60)(facts), last_session_on=DAY - timedelta(days=59)
        ),
    ),
    Fault(
        "role_not_permitted",
        Light.AUTHORITY,
        NOBODY,
        "performer",
        alter=with_role(performs=frozenset({"rf"})),
    ),
    Fault(
        "depth_over_role", Light.AUTHORITY, NOBODY, "role", alter=with_role(unsupervised_mm=Decimal("1.24"))
    ),
    Fault(
        "area_not_for_role",
        Light.AUTHORITY,
        NOBODY,
        "role",
        alter=with_role(areas=frozenset(FACE - {Area.FOREHEAD})),
    ),
    Fault(
        "performer_bls_missing",
        Light.AUTHORITY,
        NOBODY,
        "papers",
        alter=without_bls,
        is_undone=True,
    ),
    Fault(
        "performer_training_missing",
        Light.AUTHORITY,
        NOBODY,
        "role",
        alter=with_role(training=frozenset({"Needling, 20 hours"})),
        is_undone=True,
    ),
    Fault(
        "supervisor_missing",
        Light.AUTHORITY,
        NOBODY,
        "role",
        alter=with_role(supervision="on_site"),
        is_undone=True,
    ),
    Fault(
        "performer_not_named",
        Light.AUTHORITY,
        NOBODY,
        "performer",
        alter=named_provider("reyes", DAY - timedelta(days=9), DAY - timedelta(days=1)),
    ),
    Fault(
        "supervisor_is_performer",
        Light.AUTHORITY,
        NOBODY,
        "performer",
        lambda d: d.update(supervised_by="reyes"),
    ),
    Fault(
        "supervisor_not_entitled",
        Light.AUTHORITY,
        NOBODY,
        "performer",
        lambda d: d.update(supervised_by="whit"),
    ),
    Fault(
        "supervisor_licence_expired",
        Light.AUTHORITY,
        NOBODY,
        "performer",
        lambda d: d.update(supervised_by="lind"),
        alter=supervisor_without_licence,
    ),
    Fault(
        "anaesthetic_not_in_protocol",
        Light.SUPPLIES,
        DIRECTOR,
        "anaesthetic",
        alter=protocol_without_creams,
    ),
    Fault(
        "anaesthetic_not_listed",
        Light.SUPPLIES,
        DIRECTOR,
        "policy",
        alter=with_anaesthetic_rule(products=frozenset({"another cream"})),
    ),
    Fault(
        "anaesthetic_too_strong",
        Light.SUPPLIES,
        DIRECTOR,
        "policy",
        alter=with_anaesthetic_rule(max_percent=Decimal("3.9")),
    ),
    Fault(
        "anaesthetic_too_much",
        Light.SUPPLIES,
        DIRECTOR,
        "policy",
        alter=with_anaesthetic_rule(max_g_cm2=Decimal("0.049")),
    ),
    Fault(
        "anaesthetic_area_large",
        Light.SUPPLIES,
        PERFORMER,
        "policy",
        alter=with_anaesthetic_rule(max_area_cm2=399),
    ),
    Fault(
        "anaesthetic_too_long",
        Light.SUPPLIES,
        PERFORMER,
        "policy",
        alter=with_anaesthetic_rule(max_minutes=29),
    ),
)


def spoilt(*faults: Fault) -> VisitFacts:
    document = example()
    for fault in sorted(faults, key=lambda fault: fault.is_undone):  # what is taken away goes last
        fault.spoil(document)
    facts = facts_of(document)
    for fault in faults:
        facts = fault.alter(facts)
    return facts


def named(verdict: Verdict, code: str) -> Finding:
    return next(finding for finding in verdict.findings if finding.code == code)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_each_fault_is_told_by_its_name_and_nothing_else_is(fault: Fault) -> None:
    verdict = judge(spoilt(fault))
    assert codes(verdict) == {fault.code, *fault.also}
    finding = named(verdict, fault.code)
    assert (finding.light, finding.passed_by, finding.is_undone) == (
        fault.light,
        fault.passed_by,
        fault.is_undone,
    )
    assert finding.outcome is (Outcome.WARNED if fault.passed_by is PERFORMER else Outcome.REFUSED)
    assert finding.where
    assert finding.message.endswith(".")
    assert not verdict.may_treat


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)
def test_each_fault_turns_its_own_light_and_no_other(fault: Fault) -> None:
    verdict = judge(spoilt(fault))
    state = LightState.FAILED
    if fault.is_undone:
        state = LightState.NOT_DONE
    elif fault.passed_by is PERFORMER:
        state = LightState.WARNED
    for light in Light:
        assert verdict.light(light) is (state if light is fault.light else LightState.PASSED)


RENEWED = {
    "exam_new_area",
    "exam_new_device",
    "exam_new_drug",
    "exam_new_medicine",
    "exam_before_pregnancy",
}
OF_DEVICE = ("exam_device_not_cleared", "exam_new_device")

NOTHING_TO_COMPARE = {
    "phototype_missing": {"off_label_phototype"},
    "indication_missing": {"off_label_phototype", "off_label_site"},
    "off_label_indication": {"off_label_phototype", "off_label_site"},
    "device_missing": {
        *("indication_missing", "off_label_indication", "off_label_site", "order_device_not_covered"),
        *OF_DEVICE,
    },
    "device_unknown": {"indication_missing", "off_label_indication", "off_label_site", *OF_DEVICE},
    "birth_date_missing": {"off_label_age", "under_minimum_age"},
    "birth_date_impossible": {"off_label_age", "under_minimum_age"},
    "minor": {"off_label_age", "under_minimum_age"},
    "performer_unknown": {
        "depth_over_role",
        "area_not_for_role",
        "performer_bls_missing",
        "performer_training_missing",
        "supervisor_missing",
    },
    "role_not_permitted": {
        "depth_over_role",
        "area_not_for_role",
        "performer_training_missing",
        "supervisor_missing",
    },
    "performer_not_permitted": {
        "depth_over_role",
        "area_not_for_role",
        "performer_training_missing",
        "supervisor_missing",
    },
    **{
        code: {"supervisor_missing"}
        for code in ("supervisor_is_performer", "supervisor_not_entitled", "supervisor_licence_expired")
    },
    "exam_after_visit": {"exam_before_event", *RENEWED},
    "pregnancy": {"exam_before_pregnancy"},
    "exam_missing": {
        "exam_modality_not_accepted",
        "examiner_not_entitled",
        "examiner_not_licensed",
        "exam_pending",
        "exam_deferred_to_director",
        "exam_not_applicable",
        "exam_service_not_cleared",
        "exam_area_not_cleared",
        "exam_before_event",
        "exam_device_not_cleared",
        *RENEWED,
        "outside_examiner_not_entitled",
        "outside_examiner_not_licensed",
        "outside_exam_not_attached",
        "outside_exam_paper_unknown",
        "outside_exam_accepted_before",
        "outside_exam_accepted_after",
    },
    "order_missing": {
        "orderer_not_entitled",
        "order_outdated",
        "order_kind_not_accepted",
        "order_used_up",
        "sessions_over_planned",
        "order_area_not_covered",
        "order_device_not_covered",
        "order_depth_exceeded",
    },
}
"""What the gate cannot say while the other half of the comparison is missing."""


@given(chosen=st.lists(st.sampled_from(FAULTS), unique_by=lambda fault: fault.part, max_size=12))
def test_every_fault_is_told_however_many_there_are(chosen: list[Fault]) -> None:
    told = codes(judge(spoilt(*chosen)))
    expected = {fault.code for fault in chosen}
    for missing, unsaid in NOTHING_TO_COMPARE.items():
        if missing in expected:
            expected -= unsaid
    assert expected <= told


@settings(max_examples=25)
@given(data=st.data())
def test_no_word_of_anybody_passes_what_nobody_may_pass(data: st.DataObject) -> None:
    fault = data.draw(st.sampled_from([fault for fault in FAULTS if fault.passed_by is NOBODY]))
    facts = spoilt(fault)
    finding = named(judge(facts), fault.code)
    everything = replace(
        facts,
        document=replace(facts.document, reasons={fault.code: "we did it anyway"}),
        releases=(Release(finding.code, finding.basis, "seen", "Dr I. Okafor"),),
        authorisations=(authorisation(fault.code, facts.document.service),),
    )
    assert named(judge(everything), fault.code).outcome is Outcome.REFUSED


def authorisation(flag: str, service: str) -> OffLabelAuthorisation:
    return OffLabelAuthorisation(
        "on-file", flag, service, None, DAY - timedelta(days=1), DAY + timedelta(days=1), "Dr I. Okafor"
    )


@pytest.mark.parametrize(
    "fault", [fault for fault in FAULTS if fault.passed_by is DIRECTOR], ids=lambda fault: fault.code
)
def test_the_director_releases_exactly_what_she_was_shown(fault: Fault) -> None:
    facts = spoilt(fault)
    shown = [finding for finding in judge(facts).findings if finding.code == fault.code]
    exact = [Release(one.code, one.basis, "seen and accepted", "Dr I. Okafor") for one in shown]

    def released(releases: list[Release]) -> Verdict:
        return judge(replace(facts, releases=tuple(releases)))

    assert released(exact).may_treat
    passed = named(released(exact), fault.code)
    assert passed.outcome is Outcome.RELEASED
    assert passed.reason == "Dr I. Okafor: seen and accepted"
    assert not released([replace(one, basis=one.basis + " ") for one in exact]).may_treat
    assert not released([replace(one, code="something_else") for one in exact]).may_treat
    assert not released(exact[1:]).may_treat


@pytest.mark.parametrize(
    "fault", [fault for fault in FAULTS if fault.passed_by is DIRECTOR], ids=lambda fault: fault.code
)
def test_the_performers_reason_passes_nothing_of_the_directors(fault: Fault) -> None:
    facts = spoilt(fault)
    written = replace(facts, document=replace(facts.document, reasons={fault.code: "it will be fine"}))
    assert named(judge(written), fault.code).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    "fault", [fault for fault in FAULTS if fault.passed_by is PERFORMER], ids=lambda fault: fault.code
)
def test_a_warning_passes_with_a_reason_for_its_own_code(fault: Fault) -> None:
    facts = spoilt(fault)

    def outcome(reasons: dict[str, str]) -> Outcome:
        written = replace(facts, document=replace(facts.document, reasons=reasons))
        return named(judge(written), fault.code).outcome

    assert outcome({fault.code: "calm skin"}) is Outcome.REASON_GIVEN
    for nothing in ("  \n", ".", "\u200b", "\u3164\u2060", "\u2800"):
        assert outcome({fault.code: nothing}) is Outcome.WARNED, repr(nothing)
    assert outcome({fault.code: "\u62bc\u3059"}) is Outcome.REASON_GIVEN
    assert outcome({"another": "calm skin"}) is Outcome.WARNED


def test_a_credential_that_may_treat_no_area_treats_none() -> None:
    facts = facts_for()
    assert facts.policy is not None
    assert facts.policy.roles is not None
    nurse = replace(facts.policy.roles["RN"], areas=frozenset())
    policy = replace(facts.policy, roles={**facts.policy.roles, "RN": nurse})
    told = [one for one in judge(replace(facts, policy=policy)).findings if one.code == "area_not_for_role"]
    assert len(told) == len(facts.document.lines)


@pytest.mark.parametrize("depth_mm", ["0.10", "0.60", "1.10"])
def test_a_depth_between_two_settings_is_told_however_shallow(depth_mm: str) -> None:
    document = example()
    document["lines"][0]["depth_mm"] = depth_mm
    facts = with_device(depth_step_mm=Decimal("0.25"))(facts_of(document))
    assert "depth_off_step" in codes(judge(facts))


def test_an_authorisation_on_file_passes_off_label_use_and_nothing_else() -> None:
    for fault in FAULTS:
        facts = spoilt(fault)
        on_file = replace(facts, authorisations=(authorisation(fault.code, facts.document.service),))
        outcome = named(judge(on_file), fault.code).outcome
        if fault.code.startswith("off_label_"):
            assert outcome is Outcome.AUTHORISED
        else:
            assert outcome is not Outcome.AUTHORISED


def test_a_release_of_one_depth_is_none_of_a_deeper_one() -> None:
    document = example()
    document["lines"][0]["depth_mm"] = "1.05"
    facts = facts_of(document)
    shown = named(judge(facts), "depth_over_acknowledgement")
    release = Release(shown.code, shown.basis, "seen", "Dr I. Okafor")
    assert named(judge(replace(facts, releases=(release,))), shown.code).outcome is Outcome.RELEASED
    document["lines"][0]["depth_mm"] = "1.06"
    deeper = replace(facts_of(document), releases=(release,))
    assert named(judge(deeper), shown.code).outcome is Outcome.REFUSED


# The clinic's numbers, on both sides


@pytest.mark.parametrize(
    ("days", "found"), [(-1, {"exam_after_visit"}), (0, set()), (365, set()), (366, {"exam_expired"})]
)
def test_an_exam_counts_from_its_own_day_to_its_last(days: int, found: set[str]) -> None:
    document = example()
    document["exam"]["examined_on"] = (DAY - timedelta(days=days)).isoformat()
    assert codes(judge(facts_of(document))) == found


@pytest.mark.parametrize(
    ("ordered_on", "valid_to", "found"),
    [
        ("2026-11-23", "2026-11-23", set()),
        ("2026-11-24", "2026-11-25", {"order_expired"}),
        ("2026-11-01", "2026-11-22", {"order_expired"}),
    ],
)
def test_an_order_counts_on_its_first_and_last_day(ordered_on: str, valid_to: str, found: set[str]) -> None:
    document = example()
    document["order"] |= {"ordered_on": ordered_on, "valid_to": valid_to}
    assert codes(judge(facts_of(document))) == found


@pytest.mark.parametrize(
    ("day", "found"), [("05", set()), ("04", {"consent_text_not_in_force", "consent_addendum_unknown"})]
)
def test_a_consent_text_counts_from_its_effective_day(day: str, found: set[str]) -> None:
    document = example()
    document["consent"]["signed_at"] = f"2026-01-{day}T12:00:00-06:00"
    assert codes(judge(facts_of(document))) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"effective_on": DAY}, {"consent_outdated"}),
        ({"effective_on": DAY + timedelta(days=1)}, set()),
        ({"effective_on": DAY, "form": "microneedling-rf"}, set()),
    ],
)
def test_only_a_newer_text_of_the_same_form_in_force_makes_a_consent_outdated(
    change: dict[str, Any], found: set[str]
) -> None:
    facts = facts_for()
    newer = replace(facts.consent_texts[0], version=6, **change)
    assert codes(judge(replace(facts, consent_texts=(*facts.consent_texts, newer)))) == found


@pytest.mark.parametrize(("days", "found"), [(300, set()), (301, {"consent_expired"})])
def test_a_consent_counts_to_its_last_day(days: int, found: set[str]) -> None:
    document = example()
    document["consent"]["signed_at"] = f"{DAY - timedelta(days=days)}T23:59:59-06:00"
    facts = facts_of(document)
    assert facts.policy is not None
    policy = replace(facts.policy, consent_valid_days=300)
    assert codes(judge(replace(facts, policy=policy))) == found


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (28, set()),
        (27, {"interval_short"}),
        (14, {"interval_short"}),
        (13, {"interval_blocked"}),
        (0, {"interval_blocked"}),
    ],
)
@pytest.mark.parametrize("told_by", ["register", "patient"])
def test_an_interval_is_counted_from_whoever_knows_the_later_session(
    days: int, found: set[str], told_by: str
) -> None:
    last_on = DAY - timedelta(days=days)
    document = example()
    if told_by == "patient":
        document["last_session_on"] = last_on.isoformat()
        facts = replace(facts_of(document), last_session_on=DAY - timedelta(days=100))
    else:
        document["last_session_on"] = (DAY - timedelta(days=100)).isoformat()
        facts = replace(facts_of(document), last_session_on=last_on)
    assert codes(judge(facts)) == found


def test_an_impossible_last_session_does_not_hide_a_recent_one() -> None:
    document = example() | {"last_session_on": "2026-11-24"}
    facts = replace(facts_of(document), last_session_on=DAY - timedelta(days=3))
    assert codes(judge(facts)) == {"interval_impossible", "interval_blocked"}


@pytest.mark.parametrize(
    ("born_on", "years"),
    [
        (date(2008, 11, 23), 18),
        (date(2008, 11, 24), 17),
        (date(2004, 2, 29), 22),
        (date(2026, 11, 23), 0),
    ],
)
def test_age_is_whole_years_lived(born_on: date, years: int) -> None:
    assert age_on(born_on, DAY) == years


def test_someone_born_on_29_february_turns_older_on_1_march() -> None:
    assert age_on(date(2004, 2, 29), date(2026, 2, 28)) == 21
    assert age_on(date(2004, 2, 29), date(2026, 3, 1)) == 22


@pytest.mark.parametrize(
    ("born_on", "found"),
    [
        (date(2004, 11, 23), set()),
        (date(2004, 11, 24), {"off_label_age"}),
        (date(2008, 11, 23), {"off_label_age"}),
        (date(2008, 11, 24), {"minor", "off_label_age"}),
        (date(2026, 11, 23), {"minor", "off_label_age"}),
        (date(2026, 11, 24), {"birth_date_impossible"}),
    ],
)
def test_the_labels_age_and_the_age_of_consent_hold_to_the_day(born_on: date, found: set[str]) -> None:
    assert codes(judge(replace(facts_for(), born_on=born_on))) == found


@pytest.mark.parametrize("first", [True, False])
def test_a_licence_is_valid_on_its_first_and_last_day(first: bool) -> None:
    facts = facts_for()
    assert facts.performer is not None
    ends = (DAY, DAY + timedelta(days=9)) if first else (DAY - timedelta(days=9), DAY)
    licensed = replace(facts.performer, licences=(LicenceFacts("1", *ends),))
    assert codes(judge(replace(facts, performer=licensed))) == set()
    step = timedelta(days=1 if first else -1)
    outside = replace(facts.performer, licences=(LicenceFacts("1", ends[0] + step, ends[1] + step),))
    assert codes(judge(replace(facts, performer=outside))) == {"performer_licence_expired"}


@pytest.mark.parametrize("part", ["cartridge", "topicals", "anaesthetic", "prp"])
def test_a_supply_may_be_used_on_the_day_it_expires(part: str) -> None:
    for expires_on, is_refused in ((DAY, False), (DAY - timedelta(days=1), True)):
        document = example(PRP if part == "prp" else CLEAN)
        day = expires_on.isoformat()
        if part == "topicals":
            document["topicals"][0]["expires_on"] = day
        else:
            document[part]["kit_expires_on" if part == "prp" else "expires_on"] = day
        expired = {code for code in codes(judge(facts_of(document))) if code.endswith("_expired")}
        assert bool(expired) is is_refused


def test_of_label_and_register_the_earlier_expiry_counts() -> None:
    document = example()
    document["cartridge"]["expires_on"] = "2030-01-01"
    facts = with_lot(expires_on=DAY - timedelta(days=1))(facts_of(document))
    assert "cartridge_expired" in codes(judge(facts))


def test_of_label_and_register_the_shorter_needle_counts() -> None:
    document = example()
    document["cartridge"]["needle_length_mm"] = "1.00"
    assert codes(judge(facts_of(document))) == {"depth_over_cartridge"}


def test_a_prp_kit_of_unknown_expiry_or_recalled_is_refused() -> None:
    document = example(PRP)
    del document["prp"]["kit_expires_on"]
    unknown = replace(facts_of(document), prp_kit_lot=None)
    assert named(judge(unknown), "prp_kit_expiry_missing").is_undone
    recalled = replace(facts_for(PRP), prp_kit_lot=lot("K-2231", date(2027, 2, 28), "recalled"))
    assert named(judge(recalled), "prp_kit_recalled").passed_by is NOBODY
    unregistered = replace(facts_for(PRP), prp_kit_lot=None)
    assert named(judge(unregistered), "prp_kit_not_registered").passed_by is PERFORMER


@pytest.mark.parametrize(
    ("part", "field"), [("anaesthetic", "applied_at"), ("prp", "drawn_at"), (None, "ended_at")]
)
@pytest.mark.parametrize(("minutes", "is_refused"), [(0, False), (1, True)])
def test_nothing_is_done_to_the_patient_before_the_consent(
    part: str | None, field: str, minutes: int, is_refused: bool
) -> None:
    document = example(PRP)
    document["anaesthetic"] = example()["anaesthetic"]
    acts = {"anaesthetic": "10:01", "prp": "10:02", None: "11:05"}
    for other in ("anaesthetic", "prp"):
        document[other]["applied_at" if other == "anaesthetic" else "drawn_at"] = "2026-11-23T12:00:00-06:00"
    at = datetime.fromisoformat(f"2026-11-23T{acts[part]}:00-06:00")
    (document[part] if part else document)[field] = at.isoformat()
    document["consent"]["signed_at"] = (at + timedelta(minutes=minutes)).isoformat()
    assert ("consent_after_start" in codes(judge(facts_of(document)))) is is_refused


def test_consent_may_follow_the_opening_of_a_visit() -> None:
    document = example()
    document["started_at"] = "2026-11-23T09:00:00-06:00"
    assert codes(judge(facts_of(document))) == set()
    del document["anaesthetic"], document["lines"]
    document["consent"]["signed_at"] = "2026-11-23T10:30:00-06:00"
    assert codes(judge(facts_of(document))) == set()


@pytest.mark.parametrize("strokes", [[], [[[10, 10]]], [[[10, 10], [10, 10]]]])
def test_a_tap_is_no_signature(strokes: list[list[list[int]]]) -> None:
    document = example()
    document["consent"]["signature"]["strokes"] = strokes
    assert codes(judge(facts_of(document))) == {"consent_signature_missing"}


def test_the_consents_exact_text_counts() -> None:
    document = example()
    facts = facts_of(document)
    document["consent"]["text_sha256"] = facts.consent_texts[0].sha256
    assert codes(judge(facts_of(document))) == set()
    document["consent"]["language"] = "es"
    assert codes(judge(facts_of(document))) == {"consent_text_differs", "consent_addendum_language"}


def test_a_consent_for_another_form_is_refused() -> None:
    facts = facts_for()
    assert facts.protocol is not None
    other = replace(facts, protocol=replace(facts.protocol, consent_form="microneedling-rf"))
    assert codes(judge(other)) == {"consent_form_wrong"}


def test_without_policy_or_protocol_nobody_is_treated_and_the_rest_is_still_told() -> None:
    facts = expired_licence(replace(facts_for(), policy=None, protocol=None, born_on=None))
    assert codes(judge(facts)) == {
        "policy_not_in_force",
        "protocol_not_in_force",
        "birth_date_missing",
        "performer_licence_expired",
    }
    assert judge(facts).light(Light.AUTHORITY) is LightState.FAILED


@pytest.mark.parametrize(
    ("begins", "lasts_h", "licence_ends", "found"),
    [
        (23, 2, "2027-01-01", set()),
        (14, 11, "2027-01-01", set()),
        (14, 13, "2027-01-01", {"treated_on_another_day"}),
        (10, 24, "2027-01-01", {"treated_on_another_day"}),
        (23, 2, "2026-11-23", {"performer_licence_expired"}),
        (10, 2, "2026-11-23", set()),
        (10, 24, "2026-11-23", {"treated_on_another_day", "performer_licence_expired"}),
    ],
)
def test_a_treatment_is_of_the_day_as_of_which_its_visit_is_judged(
    begins: int, lasts_h: int, licence_ends: str, found: set[str]
) -> None:
    facts = facts_for()
    assert facts.performer is not None
    began_at = facts.document.started_at.replace(hour=begins, minute=0)
    lines = tuple(replace(one, started_at=None, ended_at=None) for one in facts.document.lines)
    licence = LicenceFacts("L-1", date(2026, 1, 1), date.fromisoformat(licence_ends))
    whole = replace(
        facts,
        performer=replace(facts.performer, licences=(licence,)),
        document=replace(
            facts.document,
            started_at=began_at,
            ended_at=began_at + timedelta(hours=lasts_h),
            lines=lines,
            anaesthetic=None,
        ),
    )
    mine = {"treated_on_another_day", "performer_licence_expired"}
    assert codes(judge(whole)) & mine == found
    nothing_done = replace(whole, document=replace(whole.document, lines=()))
    assert not codes(judge(nothing_done)) & mine, "an end without a treatment is none"


def test_the_day_of_the_visit_is_the_clinics_own_day() -> None:
    document = example()
    document["started_at"] = "2026-11-23T23:30:00-06:00"
    document["ended_at"] = "2026-11-23T23:50:00-06:00"
    assert facts_of(document).day == DAY


# Stricter rules, deeper needles


@given(
    exam=st.integers(0, 400),
    consent=st.integers(0, 400),
    stricter_exam=st.integers(0, 400),
    stricter_consent=st.integers(0, 400),
    warn=st.integers(0, 60),
    block=st.integers(0, 60),
    longer=st.integers(0, 60),
    ago=st.integers(0, 400),
)
def test_a_stricter_policy_never_permits_more(
    *,
    exam: int,
    consent: int,
    stricter_exam: int,
    stricter_consent: int,
    warn: int,
    block: int,
    longer: int,
    ago: int,
) -> None:
    document = example()
    day = DAY - timedelta(days=ago)
    document["exam"]["examined_on"] = day.isoformat()
    document["consent"]["signed_at"] = f"{day}T09:00:00-06:00"
    document["last_session_on"] = day.isoformat()
    facts = facts_of(document)
    assert facts.policy is not None
    assert facts.protocol is not None
    warn = max(warn, block)

    def found(exam_days: int, consent_days: int, more_days: int) -> set[tuple[str, PassedBy]]:
        assert facts.policy is not None
        assert facts.protocol is not None
        verdict = judge(
            replace(
                facts,
                policy=replace(facts.policy, exam_valid_days=exam_days, consent_valid_days=consent_days),
                protocol=replace(
                    facts.protocol,
                    interval_warn_days=warn + more_days,
                    interval_block_days=block + more_days,
                ),
            )
        )
        return {(finding.code, finding.passed_by) for finding in verdict.findings}

    lenient = found(exam, consent, 0)
    strict = found(min(exam, stricter_exam), min(consent, stricter_consent), longer)
    if ("interval_blocked", DIRECTOR) in strict:
        lenient.discard(("interval_short", PERFORMER))
    assert lenient <= strict


@given(first=st.integers(1, 500), second=st.integers(1, 500), number=st.integers(0, 5))
def test_deeper_is_never_more_permitted_at_the_gate(first: int, second: int, number: int) -> None:
    def refused(hundredths: int) -> set[str]:
        document = example()
        document["lines"][number]["depth_mm"] = f"{hundredths / 100:.2f}"
        return {finding.code for finding in judge(facts_of(document)).refused}

    shallow, deep = sorted((first, second))
    assert refused(shallow) <= refused(deep)


# The three scenarios


def test_scenario_1_a_clean_face_has_no_finding_at_all() -> None:
    verdict = judge(facts_for(CLEAN))
    assert verdict.findings == ()
    assert verdict.may_treat
    assert {verdict.light(light) for light in Light} == {LightState.PASSED}


def test_scenario_2_clean_prp_warns_of_the_interval_and_its_off_label_use_is_on_file() -> None:
    verdict = judge(facts_for(PRP))
    assert verdict.refused == ()
    assert {finding.code: finding.outcome for finding in verdict.warnings} == {
        "interval_short": Outcome.REASON_GIVEN,
        "off_label_topical": Outcome.AUTHORISED,
    }
    assert verdict.may_treat


def test_scenario_2_without_the_authorisation_on_file_waits_for_the_director() -> None:
    verdict = judge(replace(facts_for(PRP), authorisations=()))
    assert {finding.code for finding in verdict.refused} == {"off_label_topical"}
    assert verdict.waits_for_director


def test_scenario_3_isotretinoin_161_days_ago_is_refused_until_december() -> None:
    verdict = judge(facts_for(ISOTRETINOIN))
    assert [finding.code for finding in verdict.refused] == ["isotretinoin_stopped"]
    assert verdict.earliest_on == date(2026, 12, 15)
    assert "161 days ago" in verdict.refused[0].message
    assert {finding.code: finding.outcome for finding in verdict.warnings} == {
        "topical_retinoid": Outcome.REASON_GIVEN
    }
    assert verdict.waits_for_director


@pytest.mark.parametrize(("day", "stands"), [(14, True), (15, False)])
def test_scenario_3_passes_on_its_earliest_day_and_not_before(day: int, stands: bool) -> None:
    document = example(ISOTRETINOIN)
    moved = timedelta(days=day + 30 - 23)
    for name in ("started_at", "ended_at"):
        document[name] = (datetime.fromisoformat(document[name]) + moved).isoformat()
    assert ("isotretinoin_stopped" in codes(judge(facts_of(document)))) is stands


def test_scenario_3_released_by_the_director_may_be_treated() -> None:
    facts = facts_for(ISOTRETINOIN)
    shown = judge(facts).refused[0]
    release = Release(shown.code, shown.basis, "2017 consensus", "Dr I. Okafor")
    assert judge(replace(facts, releases=(release,))).may_treat


def test_an_esthetician_is_held_to_her_own_ceiling() -> None:
    document = example() | {"performer": "whit", "supervised_by": "lind"}
    for line in document["lines"]:
        line["depth_mm"] = "0.30"
    within = judge(facts_of(document))
    assert not {finding.code for finding in within.refused}
    document["lines"][0]["depth_mm"] = "0.31"
    assert {finding.code for finding in judge(facts_of(document)).refused} == {"depth_over_performer"}


def test_no_esthetician_performs_prp() -> None:
    document = example(PRP) | {"performer": "whit"}
    assert "performer_not_permitted" in codes(judge(facts_of(document)))


def test_every_area_of_the_shipped_protocol_is_refused_above_its_hard_limit() -> None:
    protocol = shipped_protocol()
    for area, limits in protocol.areas.items():
        hard = limits.hard_max_mm
        for depth_mm, is_refused in ((hard, False), (hard + Decimal("0.01"), True)):
            document = example()
            document["lines"] = [document["lines"][0] | {"area": area.value, "depth_mm": str(depth_mm)}]
            assert ("depth_over_protocol" in codes(judge(facts_of(document)))) is is_refused


def test_a_cartridge_that_the_protocol_names_passes_however_its_name_is_written() -> None:
    facts = facts_of(example())
    assert facts.lot is not None
    codes = {
        one.code for one in judge(with_cartridges(f" {facts.lot.name.upper()} ".strip())(facts)).findings
    }
    assert not codes & {"cartridge_not_in_protocol", "cartridge_unknown"}
    assert not {one.code for one in judge(facts).findings} & {
        "cartridge_not_in_protocol",
        "cartridge_unknown",
    }


def test_fewer_cartridges_on_the_list_never_permit_more() -> None:
    facts = facts_of(example())
    assert facts.lot is not None
    both = judge(with_cartridges(facts.lot.name, "Another")(facts))
    fewer = judge(with_cartridges("Another")(facts))
    assert {one.code for one in both.refused} < {one.code for one in fewer.refused}


@pytest.mark.parametrize(
    ("device_class", "performs", "found"),
    [
        ("mechanical", {"mechanical"}, set()),
        ("mechanical", {"rf"}, {"role_not_permitted"}),
        ("radiofrequency", {"mechanical"}, {"role_not_permitted_rf"}),
        ("radiofrequency", {"rf"}, set()),
        ("radiofrequency", set(), {"role_not_permitted_rf"}),
        # What the register does not say, the protocol does.
        ("", {"mechanical"}, {"role_not_permitted_rf"}),
        ("", {"rf"}, set()),
    ],
)
def test_a_credential_performs_with_those_devices_alone_that_the_policy_names(
    device_class: str, performs: set[str], found: set[str]
) -> None:
    facts = with_device(device_class=device_class)(facts_for())
    if device_class != "mechanical":
        facts = for_radiofrequency(facts)
    told = judge(with_role(performs=frozenset(performs))(facts))
    assert {one for one in codes(told) if one.startswith("role_")} == found
    assert all(one.passed_by is NOBODY for one in told.findings if one.code in found)


@pytest.mark.parametrize("wanted", ["mechanical", "radiofrequency", ""])
def test_a_device_of_no_known_class_is_no_device_of_the_class_that_a_protocol_names(wanted: str) -> None:
    facts = with_device(device_class="")(facts_for())
    assert facts.protocol is not None
    verdict = judge(replace(facts, protocol=replace(facts.protocol, device_class=wanted)))
    told = [one for one in verdict.findings if one.code.startswith("device_class")]
    assert [(one.code, one.passed_by, one.is_undone) for one in told] == (
        [("device_class_unknown", NOBODY, True)] if wanted else []
    )


def test_a_role_that_may_do_nothing_is_told_of_blood_as_well() -> None:
    told = codes(judge(with_role(performs=frozenset())(facts_for(PRP))))
    assert {one for one in told if one.startswith("role_")} == {
        "role_not_permitted",
        "role_not_permitted_prp",
    }


@pytest.mark.parametrize("least", [None, 18, 19, 22, 40])
@pytest.mark.parametrize("minors", [False, True])
def test_nobody_younger_is_let_do_more_than_somebody_older(least: int | None, minors: bool) -> None:
    facts = with_policy(minimum_age_years=least, minors_with_guardian=minors)(facts_for())
    guarded = {"signed_by": "guardian", "guardian": {"name": "Kim Sampleton", "relation": "parent"}}
    by_guardian = example()
    by_guardian["consent"] |= guarded
    facts = replace(facts, document=facts_of(by_guardian).document)

    def told(age: int) -> frozenset[str]:
        return frozenset(codes(judge(replace(facts, born_on=date(DAY.year - age, 1, 1)))))

    standing = [told(age) for age in range(1, 60)]
    for younger, older in pairwise(standing):
        # Under the age of consent another finding, which nobody passes, may stand for both.
        assert older - {"under_minimum_age"} <= younger
        assert "under_minimum_age" not in older or younger & {"under_minimum_age", "minor"}


def test_what_is_on_file_and_what_is_seen_on_the_skin_reach_the_checklist() -> None:
    on_file = replace(facts_for(), on_file=(OnFile("anticoagulant", "Warfarin", "2026-01"),))
    told = named(judge(on_file), "anticoagulant")
    assert "Warfarin" in told.message
    assert (told.light, told.outcome) == (Light.HISTORY, Outcome.WARNED)
    document = example()
    document["skin"] = {
        "assessed_on": DAY.isoformat(),
        "lesions": [{"area": "forehead", "item": "skin_cancer"}, {"area": "scalp", "item": "keloid_in_area"}],
    }
    verdict = judge(facts_of(document))
    assert codes(verdict) == {"skin_cancer"}, "the scalp is not treated"
    assert named(verdict, "skin_cancer").passed_by is DIRECTOR


@pytest.mark.parametrize(
    ("least", "minors", "found"),
    [(18, True, False), (19, True, True), (22, True, True), (18, False, False), (22, False, False)],
)
def test_the_youngest_age_is_told_of_a_minor_where_minors_are_treated_and_it_is_beyond_consent(
    least: int, minors: bool, found: bool
) -> None:
    facts = with_policy(minimum_age_years=least, minors_with_guardian=minors)(facts_for())
    told = codes(judge(replace(facts, born_on=date(DAY.year - 17, 1, 1))))
    assert ("under_minimum_age" in told) is found
    assert ("minor" in told) is not minors
