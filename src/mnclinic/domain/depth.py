"""Needle depth: the strictest layer wins, and every layer that fired is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mnclinic.domain.finding import Finding, Light, PassedBy, refused, warned
from mnclinic.domain.treatment import INSIDE_ORBITAL_RIM, Area, TreatmentLine

MOST_PASSES = 10
"""More passes than that are nobody's treatment, unless the protocol's own usual number is higher."""


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
    role_ceiling_mm: Decimal | None = None,
    role_words: str = "",
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
    if role_ceiling_mm is not None:
        layers.append(DepthLayer("role", role_ceiling_mm, role_words))
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


def next_setting(now: Decimal, step: Decimal, by: int) -> Decimal:
    """The setting after (`by` 1) or before (-1) a value, which may lie between two."""
    below = now // step * step
    if by > 0:
        return below + step
    return below if below != now else now - step


def step_findings(line: TreatmentLine, step_mm: Decimal | None, where: str) -> Iterator[Finding]:
    """A depth between two settings of the device. Whoever performed may say with a reason how that came."""
    if step_mm is not None and line.depth_mm % step_mm:
        said = f"{line.place}: {line.depth_mm} mm is no setting of the device; its steps are {step_mm} mm."
        yield warned("depth_off_step", Light.AUTHORITY, said, where)


def usual_sentence(limits: AreaLimits) -> str:
    """What the protocol expects of an area below its hard limit."""
    return (
        f"Usual {limits.soft_min_mm} to {limits.soft_max_mm} mm and at most {limits.pass_count_max} passes; "
        f"above {limits.acknowledge_above_mm} mm the director decides."
    )


def line_findings(
    line: TreatmentLine,
    limits: AreaLimits | None,
    layers: tuple[DepthLayer, ...],
    *,
    label_depth_mm: Decimal | None,
    protocol_words: str,
    where: str,
) -> tuple[Finding, ...]:
    """Everything that speaks against one treatment line, every layer that fired.

    Args:
        line: The treatment line.
        limits: The protocol's limits for its area; None when the protocol does not cover it.
        layers: Every hard limit that applies, from `depth_layers`.
        label_depth_mm: Deepest setting that the device's label evaluated, in millimetres, if it names one.
        protocol_words: How findings name the protocol; empty when none is in force, which the gate says
            on its own.
        where: The line's depth, as a path in the visit document.
    """
    findings = []
    if line.area in INSIDE_ORBITAL_RIM:
        said = f"{line.place}: inside the orbital rim is never needled."
        findings.append(_refused("inside_orbital_rim", said, where))
    elif limits is None and protocol_words:
        said = f"{line.place}: {protocol_words} does not cover this area."
        findings.append(_refused("area_not_in_protocol", said, where))
    for layer in layers:
        if line.depth_mm > layer.limit_mm:
            said = f"{line.place}: {line.depth_mm} mm is over {layer.words}, {layer.limit_mm} mm."
            findings.append(_refused(f"depth_over_{layer.code}", said, where))
    if label_depth_mm is not None and line.depth_mm > label_depth_mm:
        said = (
            f"{line.place}: {line.depth_mm} mm is deeper than the {label_depth_mm} mm that the device's "
            "label evaluated."
        )
        findings.append(_refused("off_label_depth", said, where, PassedBy.DIRECTOR))
    if limits is not None:
        findings += _protocol_findings(line, limits, protocol_words, where)
    findings += _passes_findings(line, limits, protocol_words, where.removesuffix("depth_mm") + "passes")
    return tuple(findings)


def _protocol_findings(
    line: TreatmentLine, limits: AreaLimits, protocol_words: str, where: str
) -> Iterator[Finding]:
    if line.depth_mm > limits.acknowledge_above_mm:
        said = (
            f"{line.place}: {line.depth_mm} mm needs the director above {limits.acknowledge_above_mm} mm by "
            f"{protocol_words}."
        )
        yield _refused("depth_over_acknowledgement", said, where, PassedBy.DIRECTOR)
    if not limits.soft_min_mm <= line.depth_mm <= limits.soft_max_mm:
        said = (
            f"{line.place}: {line.depth_mm} mm is outside the usual {limits.soft_min_mm} to "
            f"{limits.soft_max_mm} mm of {protocol_words}."
        )
        yield warned("depth_outside_usual", Light.AUTHORITY, said, where)


def _passes_findings(
    line: TreatmentLine, limits: AreaLimits | None, protocol_words: str, where: str
) -> Iterator[Finding]:
    usual = limits.pass_count_max if limits is not None else MOST_PASSES
    most = max(MOST_PASSES, usual)
    if line.pass_count > most:
        said = f"{line.place}: {line.pass_count} passes are over {most}, which is the most that is recorded."
        yield _refused("passes_over_most", said, where)
    elif line.pass_count > usual:
        said = f"{line.place}: {line.pass_count} passes are more than the usual {usual} of {protocol_words}."
        yield warned("passes_over_usual", Light.AUTHORITY, said, where)


def _refused(code: str, said: str, where: str, by: PassedBy = PassedBy.NOBODY) -> Finding:
    return refused(code, Light.AUTHORITY, said, where, by=by)
