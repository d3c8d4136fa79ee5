"""Authority: the rules in force, who performs, the device's label, and how deep."""

from collections.abc import Iterator

from mnclinic.domain.depth import depth_layers, line_findings
from mnclinic.domain.finding import Finding, Light, PassedBy, refused, undone
from mnclinic.domain.gate.facts import DeviceFacts, VisitFacts, age_on
from mnclinic.domain.gate.supplies import needle_length_mm

LIGHT = Light.AUTHORITY


def authority_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything about whether this person may do this treatment with this device, this deep."""
    if facts.policy is None:
        said = "No policy that the director approved was in force that day."
        yield refused("policy_not_in_force", LIGHT, said, "started_at")
    if facts.protocol is None:
        said = "No protocol for this service that the director approved was in force that day."
        yield refused("protocol_not_in_force", LIGHT, said, "service")
    yield from _performer(facts)
    if facts.document.uses_prp:
        said = "PRP on needled skin is off-label: the device's label excludes delivering biologics."
        yield _off_label("off_label_topical", said, "prp")
    if facts.device is not None:
        yield from _label(facts, facts.device)
    yield from _depths(facts)


def _performer(facts: VisitFacts) -> Iterator[Finding]:
    performer, protocol = facts.performer, facts.protocol
    if performer is None:
        said = "The performer is not on the clinic's staff."
        yield refused("performer_unknown", LIGHT, said, "performer")
        return
    if not performer.licensed_on(facts.day):
        said = f"{performer.name}: no licence valid on {facts.day.isoformat()}."
        yield refused("performer_licence_expired", LIGHT, said, "performer")
    if protocol is not None and performer.credential not in protocol.performer_credentials:
        who = f"{performer.name} ({performer.credential})" if performer.credential else performer.name
        said = f"{who} may not perform under {protocol.words}."
        yield refused("performer_not_permitted", LIGHT, said, "performer")


def _label(facts: VisitFacts, device: DeviceFacts) -> Iterator[Finding]:
    """What the device's label does not cover: age, indication, phototype."""
    document = facts.document
    born_on = facts.born_on if facts.born_on is not None and facts.born_on <= facts.day else None
    if born_on is not None and age_on(born_on, facts.day) < device.minimum_age:
        said = f"Off-label by age: the device's label starts at {device.minimum_age} years."
        yield _off_label("off_label_age", said, "patient.born_on")
    if document.indication is None:
        said = "Choose what is treated, so that the device's label can be compared."
        yield undone("indication_missing", LIGHT, said, "indication")
        return
    phototypes = device.indications.get(document.indication)
    if phototypes is None:
        said = "Off-label by indication: the device's clearance does not name it."
        yield _off_label("off_label_indication", said, "indication")
    elif document.fitzpatrick is not None and document.fitzpatrick not in phototypes:
        said = "Off-label by phototype: the device's clearance does not cover it for this indication."
        yield _off_label("off_label_phototype", said, "fitzpatrick")


def _off_label(code: str, said: str, where: str) -> Finding:
    return refused(code, LIGHT, said, where, by=PassedBy.DIRECTOR)


def _depths(facts: VisitFacts) -> Iterator[Finding]:
    protocol, device, performer = facts.protocol, facts.device, facts.performer
    words = protocol.words if protocol is not None else ""
    for number, line in enumerate(facts.document.lines):
        limits = protocol.areas.get(line.area) if protocol is not None else None
        layers = depth_layers(
            limits,
            device_max_mm=device.max_depth_mm if device else None,
            needle_length_mm=needle_length_mm(facts),
            performer_ceiling_mm=performer.depth_ceiling_mm if performer else None,
            protocol_words=words,
        )
        yield from line_findings(
            line,
            limits,
            layers,
            label_depth_mm=device.label_depth_mm if device else None,
            protocol_words=words,
            where=f"lines[{number}].depth_mm",
        )
