"""Needle depth: the strictest layer wins, and every layer that fired is told."""

from dataclasses import dataclass
from decimal import Decimal

from mnclinic.domain.finding import Finding, Light, Outcome, PassedBy
from mnclinic.domain.treatment import INSIDE_ORBITAL_RIM, Area, TreatmentLine


@dataclass(frozen=True)
class AreaLimits:
    """A protocol's limits for one area, all in millimetres.

    Below `soft_min_mm` or above `soft_max_mm` warns; above `acknowledge_above_mm` needs the
    director; above `hard_max_mm` is refused to everybody.
    """

    area: Area
    soft_min_mm: Decimal
    soft_max_mm: Decimal
    acknowledge_above_mm: Decimal
    hard_max_mm: Decimal
    pass_count_max: int


@dataclass(frozen=True)
class DepthLayer:
    """One hard limit in millimetres, and the words that name where it comes from."""

    code: str
    limit_mm: Decimal
    words: str


def depth_layers(
    limits: AreaLimits | None,
    *,
    device_max_mm: Decimal | None,
    needle_length_mm: Decimal | None,
    performer_ceiling_mm: Decimal | None,
    protocol_words: str,
) -> tuple[DepthLayer, ...]:
    """Every hard limit that applies to one area, strictest first.

    A limit that is not known (None) is no layer here: the gate refuses an unknown device or
    cartridge before it asks for depth.
    """
    layers = []
    if device_max_mm is not None:
        layers.append(DepthLayer("device", device_max_mm, "the device's mechanical maximum"))
    if needle_length_mm is not None:
        layers.append(DepthLayer("cartridge", needle_length_mm, "the cartridge's needle length"))
    if limits is not None:
        layers.append(DepthLayer("protocol", limits.hard_max_mm, f"the hard limit of {protocol_words}"))
    if performer_ceiling_mm is not None:
        layers.append(DepthLayer("performer", performer_ceiling_mm, "the performer's own ceiling"))
    return tuple(sorted(layers, key=lambda layer: layer.limit_mm))


def limit_sentence(place: str, layers: tuple[DepthLayer, ...]) -> str:
    """The line beside a depth field: which layer rules and how far the device itself goes."""
    if not layers:
        return f"{place}: no limit is known yet."
    ruling = layers[0]
    sentence = f"{place}: at most {ruling.limit_mm} mm by {ruling.words}"
    device = next((layer for layer in layers if layer.code == "device"), None)
    if device is not None and device is not ruling:
        sentence += f"; the device goes to {device.limit_mm} mm"
    return sentence + "."


def line_findings(
    line: TreatmentLine,
    limits: AreaLimits | None,
    layers: tuple[DepthLayer, ...],
    *,
    label_depth_mm: Decimal | None,
    protocol_words: str,
    where: str,
) -> tuple[Finding, ...]:
    """Everything that speaks against one treatment line, every layer that fired."""
    if line.area in INSIDE_ORBITAL_RIM:
        return (
            _finding(
                "inside_orbital_rim",
                PassedBy.NOBODY,
                f"{line.place}: inside the orbital rim is never needled.",
                where,
            ),
        )
    findings = [
        _finding(
            f"depth_over_{layer.code}",
            PassedBy.NOBODY,
            f"{line.place}: {line.depth_mm} mm is over {layer.words}, {layer.limit_mm} mm.",
            where,
        )
        for layer in layers
        if line.depth_mm > layer.limit_mm
    ]
    if limits is None:
        findings.append(
            _finding(
                "area_not_in_protocol",
                PassedBy.NOBODY,
                f"{line.place}: {protocol_words} does not cover this area.",
                where,
            )
        )
        return tuple(findings)
    if line.depth_mm > limits.acknowledge_above_mm:
        findings.append(
            _finding(
                "depth_over_acknowledgement",
                PassedBy.DIRECTOR,
                f"{line.place}: {line.depth_mm} mm needs the director above "
                f"{limits.acknowledge_above_mm} mm by {protocol_words}.",
                where,
            )
        )
    if label_depth_mm is not None and line.depth_mm > label_depth_mm:
        findings.append(
            _finding(
                "off_label_depth",
                PassedBy.DIRECTOR,
                f"{line.place}: {line.depth_mm} mm is deeper than the {label_depth_mm} mm that the "
                "device's label evaluated.",
                where,
            )
        )
    if not limits.soft_min_mm <= line.depth_mm <= limits.soft_max_mm:
        findings.append(
            _finding(
                "depth_outside_usual",
                PassedBy.PERFORMER,
                f"{line.place}: {line.depth_mm} mm is outside the usual {limits.soft_min_mm} to "
                f"{limits.soft_max_mm} mm of {protocol_words}.",
                where,
            )
        )
    if line.pass_count > limits.pass_count_max:
        findings.append(
            _finding(
                "passes_over_usual",
                PassedBy.PERFORMER,
                f"{line.place}: {line.pass_count} passes are more than the usual "
                f"{limits.pass_count_max} of {protocol_words}.",
                where,
            )
        )
    return tuple(findings)


def _finding(code: str, passed_by: PassedBy, message: str, where: str) -> Finding:
    return Finding(
        code=code,
        light=Light.AUTHORITY,
        passed_by=passed_by,
        message=message[0].upper() + message[1:],
        where=where,
        outcome=Outcome.WARNED if passed_by is PassedBy.PERFORMER else Outcome.REFUSED,
    )
