"""Needle depth: the strictest layer wins, each limit holds to the hundredth, every layer is told."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.depth import (
    AreaLimits,
    DepthLayer,
    depth_layers,
    limit_sentence,
    line_findings,
    next_setting,
    step_findings,
    usual_sentence,
)
from mnclinic.domain.finding import Finding, Outcome, PassedBy
from mnclinic.domain.treatment import INSIDE_ORBITAL_RIM, Area, Endpoint, Side, TreatmentLine
from tests.domain.builders import shipped_protocol

STEP = Decimal("0.01")
CHEEK = AreaLimits(
    area=Area.CHEEK,
    soft_min_mm=Decimal("0.50"),
    soft_max_mm=Decimal("1.50"),
    acknowledge_above_mm=Decimal("1.75"),
    hard_max_mm=Decimal("2.00"),
    pass_count_max=6,
)
DEVICE_MM = Decimal("2.50")
NEEDLE_MM = Decimal("2.25")
PERFORMER_MM = Decimal("2.10")
LABEL_MM = Decimal("1.60")

depths = st.integers(1, 500).map(lambda hundredths: Decimal(hundredths) / 100)


def line(depth_mm: Decimal | str, *, area: Area = Area.CHEEK, passes: int = 4) -> TreatmentLine:
    return TreatmentLine(area, Side.RIGHT, Decimal(depth_mm), passes, Endpoint.PINPOINT_BLEEDING)


def layers_of(limits: AreaLimits | None = CHEEK) -> tuple[DepthLayer, ...]:
    return depth_layers(
        limits,
        device_max_mm=DEVICE_MM,
        needle_length_mm=NEEDLE_MM,
        performer_ceiling_mm=PERFORMER_MM,
        protocol_words="protocol face v1",
    )


def found(
    one: TreatmentLine,
    limits: AreaLimits | None = CHEEK,
    layers: tuple[DepthLayer, ...] | None = None,
    protocol_words: str = "protocol face v1",
) -> tuple[Finding, ...]:
    return line_findings(
        one,
        limits,
        layers_of(limits) if layers is None else layers,
        label_depth_mm=LABEL_MM,
        protocol_words=protocol_words,
        where="lines[0].depth_mm",
    )


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


@pytest.mark.parametrize(
    ("limit_mm", "code", "passed_by"),
    [
        (CHEEK.soft_max_mm, "depth_outside_usual", PassedBy.PERFORMER),
        (LABEL_MM, "off_label_depth", PassedBy.DIRECTOR),
        (CHEEK.acknowledge_above_mm, "depth_over_acknowledgement", PassedBy.DIRECTOR),
        (CHEEK.hard_max_mm, "depth_over_protocol", PassedBy.NOBODY),
        (PERFORMER_MM, "depth_over_performer", PassedBy.NOBODY),
        (NEEDLE_MM, "depth_over_cartridge", PassedBy.NOBODY),
        (DEVICE_MM, "depth_over_device", PassedBy.NOBODY),
    ],
)
def test_each_limit_allows_its_own_value_and_not_a_hundredth_more(
    limit_mm: Decimal, code: str, passed_by: PassedBy
) -> None:
    assert code not in codes(found(line(limit_mm)))
    over = {finding.code: finding for finding in found(line(limit_mm + STEP))}
    assert over[code].passed_by is passed_by
    assert str(limit_mm) in over[code].message
    warns = passed_by is PassedBy.PERFORMER
    assert over[code].outcome is (Outcome.WARNED if warns else Outcome.REFUSED)


def test_shallower_than_usual_warns_below_the_range_only() -> None:
    assert codes(found(line(CHEEK.soft_min_mm))) == set()
    assert codes(found(line(CHEEK.soft_min_mm - STEP))) == {"depth_outside_usual"}


def test_more_passes_than_usual_warn_above_the_limit_only() -> None:
    assert codes(found(line("1.00", passes=6))) == set()
    assert codes(found(line("1.00", passes=7))) == {"passes_over_usual"}


def test_every_layer_that_fired_is_told() -> None:
    assert codes(found(line("3.00"))) == {
        "depth_outside_usual",
        "off_label_depth",
        "depth_over_acknowledgement",
        "depth_over_protocol",
        "depth_over_performer",
        "depth_over_cartridge",
        "depth_over_device",
    }


@pytest.mark.parametrize("area", sorted(INSIDE_ORBITAL_RIM))
@pytest.mark.parametrize("limits", [None, CHEEK])
def test_inside_the_orbital_rim_nobody_needles_and_depth_is_told_too(
    area: Area, limits: AreaLimits | None
) -> None:
    shallow = found(line("0.25", area=area), limits and replace(limits, area=area))
    assert [finding.passed_by for finding in shallow if finding.code == "inside_orbital_rim"] == [
        PassedBy.NOBODY
    ]
    deep = found(line("3.00", area=area), None)
    assert codes(deep) == {
        "inside_orbital_rim",
        "off_label_depth",
        "depth_over_performer",
        "depth_over_cartridge",
        "depth_over_device",
    }


def test_an_area_that_the_protocol_does_not_cover_is_refused_to_everybody() -> None:
    finding = next(one for one in found(line("0.50"), None) if one.code == "area_not_in_protocol")
    assert finding.passed_by is PassedBy.NOBODY


def test_without_a_protocol_the_device_and_the_performer_still_rule() -> None:
    assert codes(found(line("3.00"), None, protocol_words="")) == {
        "off_label_depth",
        "depth_over_performer",
        "depth_over_cartridge",
        "depth_over_device",
    }


@given(one=depths, other=depths)
def test_deeper_is_never_more_permitted(one: Decimal, other: Decimal) -> None:
    shallow, deep = sorted((one, other))

    def standing(depth_mm: Decimal) -> set[tuple[str, PassedBy]]:
        findings = found(line(depth_mm))
        return {
            (finding.code, finding.passed_by)
            for finding in findings
            if finding.passed_by is not PassedBy.PERFORMER or depth_mm >= CHEEK.soft_min_mm
        }

    if shallow >= CHEEK.soft_min_mm:
        assert standing(shallow) <= standing(deep)
    refused = {entry for entry in standing(shallow) if entry[1] is not PassedBy.PERFORMER}
    assert refused <= standing(deep)


@given(
    depth_mm=depths,
    device=depths,
    needle=depths,
    performer=st.none() | depths,
    hard=depths,
    other=depths,
)
def test_the_strictest_hard_layer_decides(
    *,
    depth_mm: Decimal,
    device: Decimal,
    needle: Decimal,
    performer: Decimal | None,
    hard: Decimal,
    other: Decimal,
) -> None:
    limits = replace(CHEEK, hard_max_mm=hard)
    layers = depth_layers(
        limits,
        device_max_mm=device,
        needle_length_mm=needle,
        performer_ceiling_mm=performer,
        protocol_words="protocol face v1",
    )
    hardest = min(limit for limit in (device, needle, performer, hard) if limit is not None)
    assert layers[0].limit_mm == hardest
    refused = {one.code for one in found(line(depth_mm), limits, layers) if one.passed_by is PassedBy.NOBODY}
    assert bool(refused) == (depth_mm > hardest)
    stricter = depth_layers(
        limits,
        device_max_mm=min(device, other),
        needle_length_mm=needle,
        performer_ceiling_mm=performer,
        protocol_words="protocol face v1",
    )
    assert refused <= codes(found(line(depth_mm), limits, stricter))


def test_the_sentence_beside_a_depth_field_names_the_layer_that_rules() -> None:
    layers = depth_layers(
        CHEEK,
        device_max_mm=DEVICE_MM,
        needle_length_mm=DEVICE_MM,
        performer_ceiling_mm=None,
        protocol_words="protocol 3",
    )
    assert limit_sentence("Cheek", layers) == (
        "Cheek: at most 2.00 mm by the hard limit of protocol 3; the device goes to 2.50 mm."
    )


def test_the_sentence_is_short_where_the_device_itself_rules() -> None:
    layers = (DepthLayer("device", DEVICE_MM, "the device's mechanical maximum"),)
    assert limit_sentence("Cheek", layers) == "Cheek: at most 2.50 mm by the device's mechanical maximum."
    assert limit_sentence("Cheek", ()) == "Cheek: no limit is known yet."


def test_no_shipped_protocol_covers_the_inside_of_the_orbital_rim() -> None:
    for service in ("microneedling_face", "microneedling_prp"):
        assert not INSIDE_ORBITAL_RIM & set(shipped_protocol(service).areas)


def test_the_place_is_said_as_people_say_it() -> None:
    assert line("1.00").place == "right cheek"
    assert replace(line("1.00"), area=Area.UPPER_LIP, side=Side.MIDLINE).place == "upper lip"
    assert found(line("3.00"))[0].message.startswith("Right cheek: ")


@pytest.mark.parametrize(
    ("now", "by", "then"),
    [("1.00", 1, "1.25"), ("1.00", -1, "0.75"), ("1.10", 1, "1.25"), ("1.10", -1, "1.00"), ("0", 1, "0.25")],
)
def test_up_and_down_go_from_setting_to_setting(now: str, by: int, then: str) -> None:
    assert next_setting(Decimal(now), Decimal("0.25"), by) == Decimal(then)


def test_a_depth_between_two_settings_asks_for_a_reason() -> None:
    step = Decimal("0.25")
    assert not list(step_findings(line("1.25"), step, "lines[0].depth_mm"))
    (found,) = step_findings(line("1.30"), step, "lines[0].depth_mm")
    assert (found.code, found.outcome) == ("depth_off_step", Outcome.WARNED)
    assert not list(step_findings(line("1.30"), None, "lines[0].depth_mm")), "an unknown step bars nothing"


def test_passes_over_the_most_are_refused_beside_the_passes_to_everybody() -> None:
    (over,) = found(line("1.00", passes=11))
    assert (over.code, over.where, over.passed_by) == ("passes_over_most", "lines[0].passes", PassedBy.NOBODY)
    assert "at most 6 passes" in usual_sentence(CHEEK)
