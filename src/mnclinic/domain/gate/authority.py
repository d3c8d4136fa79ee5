"""Authority: the rules in force, who performs, the device's label, and how deep."""

from collections.abc import Iterator
from datetime import timedelta

from mnclinic.domain.credentials import has_bls, is_trained
from mnclinic.domain.depth import DepthLayer, depth_layers, line_findings, step_findings
from mnclinic.domain.finding import Finding, Light, PassedBy, refused, undone, warned
from mnclinic.domain.gate.facts import DeviceFacts, StaffFacts, VisitFacts, age_on
from mnclinic.domain.gate.off_label import off_label_products
from mnclinic.domain.gate.supplies import needle_length_mm
from mnclinic.domain.policy import DEVICE_CLASSES, Protocol
from mnclinic.domain.policy_roles import ON_SITE, Role
from mnclinic.domain.treatment import INDICATION_AREAS, Area, TreatmentLine

LIGHT = Light.AUTHORITY
MECHANICAL = "mechanical"
LONGEST_OVER_MIDNIGHT = timedelta(hours=12)
"""From a visit's beginning to its treatment's end, where midnight lies between."""


def authority_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything about whether this person may do this treatment with this device, this deep."""
    if facts.policy is None:
        said = "No policy that the director approved was in force that day."
        yield refused("policy_not_in_force", LIGHT, said, "started_at")
    if facts.protocol is None:
        said = "No protocol for this service that the director approved was in force that day."
        yield refused("protocol_not_in_force", LIGHT, said, "service")
    yield from _performer(facts)
    yield from _another_day(facts)
    yield from off_label_products(facts)
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
        ended = performer.last_licensed_on
        said = f"{performer.name}: no licence valid on {facts.day.isoformat()}."
        if ended is not None and ended < facts.day:
            said = f"{performer.name}: the licence ended on {ended.isoformat()}, before this visit."
        yield refused("performer_licence_expired", LIGHT, said, "performer")
    if protocol is not None and performer.credential not in protocol.performer_credentials:
        who = f"{performer.name} ({performer.credential})" if performer.credential else performer.name
        said = f"{who} may not perform under {protocol.words}."
        yield refused("performer_not_permitted", LIGHT, said, "performer")
    if protocol is not None and protocol.providers is not None:
        named = [one for one in protocol.providers if one.user == performer.user]
        if not any(one.covers(facts.day) for one in named):
            when = f" on {facts.day.isoformat()}" if named else ""
            said = f"{protocol.title} does not name {performer.name} as a provider{when}."
            yield refused("performer_not_named", LIGHT, said, "performer")
    yield from _role(facts, performer)


def _another_day(facts: VisitFacts) -> Iterator[Finding]:
    """A treatment long after its visit began, such as in a draft that was left open over night.

    Everything is judged as of the visit's day. What has run out since, a licence or a lot, and rules that are
    in force since would else be asked by nobody.
    """
    document = facts.document
    ended_at = document.ended_at if document.lines else None
    if ended_at is None:
        return
    ended_on = document.day_of(ended_at)
    if ended_on == facts.day:
        return
    if ended_at - document.started_at > LONGEST_OVER_MIDNIGHT:
        said = (
            f"The treatment ended on {ended_on.isoformat()}, and this visit is judged as of "
            f"{facts.day.isoformat()}. Begin a visit on the day of the treatment."
        )
        yield refused("treated_on_another_day", LIGHT, said, "ended_at")
    performer = facts.performer
    if performer is not None and performer.licensed_on(facts.day) and not performer.licensed_on(ended_on):
        said = f"{performer.name}: no licence valid on {ended_on.isoformat()}, when the treatment ended."
        yield refused("performer_licence_expired", LIGHT, said, "performer")


def _role(facts: VisitFacts, performer: StaffFacts) -> Iterator[Finding]:
    """What the policy lets the performer's credential do."""
    policy = facts.policy
    if policy is None or policy.roles is None:
        return
    role = policy.role(performer.credential)
    who = f"{performer.name} ({performer.credential})" if performer.credential else performer.name
    technique = _technique(facts)
    if role is None or (technique == MECHANICAL and technique not in role.performs):
        said = f"{who}: the policy lets this credential perform no microneedling."
        yield refused("role_not_permitted", LIGHT, said, "performer")
    elif technique not in role.performs:
        said = f"{who}: the policy lets this credential perform no radiofrequency needling."
        yield refused("role_not_permitted_rf", LIGHT, said, "performer")
    if role is not None and facts.document.uses_prp and "prp" not in role.performs:
        said = f"{who}: the policy lets this credential perform no PRP."
        yield refused("role_not_permitted_prp", LIGHT, said, "performer")
    if role is not None:
        yield from _papers(facts, performer, role)
    yield from _supervisor(facts)
    if facts.document.supervised_by is None and _needs_supervisor(facts, role):
        said = f"{who} performs only while a supervisor is on site. Name who supervised."
        yield undone("supervisor_missing", LIGHT, said, "supervised_by")


def _technique(facts: VisitFacts) -> str:
    """What the performer has to be let do, by the device; where its class is not known, by the protocol."""
    known = (
        facts.device.device_class if facts.device is not None else "",
        facts.protocol.device_class if facts.protocol is not None else "",
    )
    device_class = next(filter(None, known), DEVICE_CLASSES[MECHANICAL])
    return next((one for one, of in DEVICE_CLASSES.items() if of == device_class), device_class)


def _papers(facts: VisitFacts, performer: StaffFacts, role: Role) -> Iterator[Finding]:
    """What the policy wants the performer to have on file besides the licence."""
    day = facts.day.isoformat()
    if role.needs_bls and not has_bls(performer.papers, facts.day):
        said = f"{performer.name}: no certificate in basic life support valid on {day} is on file."
        yield undone("performer_bls_missing", LIGHT, said, "performer")
    for training in sorted(role.training):
        if not is_trained(performer.papers, training, facts.day):
            said = f"{performer.name}: the training {training} is not on file as valid on {day}."
            yield undone("performer_training_missing", LIGHT, said, "performer")


def _needs_supervisor(facts: VisitFacts, role: Role | None) -> bool:
    """Whether somebody stands by. A protocol asks that of those alone whom the policy has supervised."""
    if role is None or _technique(facts) not in role.performs:
        return False
    if role.supervision == ON_SITE:
        return True
    protocol = facts.protocol
    return role.supervision != "none" and protocol is not None and protocol.supervision == ON_SITE


def _supervisor(facts: VisitFacts) -> Iterator[Finding]:
    """Whoever is named as supervisor has to be one."""
    if facts.document.supervised_by is None or facts.policy is None:
        return
    supervisor = facts.supervisor
    if facts.document.supervised_by == facts.document.performer:
        said = "Nobody supervises their own treatment. Name another person, or leave it empty."
        yield refused("supervisor_is_performer", LIGHT, said, "supervised_by")
    elif supervisor is None or supervisor.credential not in facts.policy.exam_credentials:
        said = "Whoever is named as supervisor may not examine under the clinic's policy."
        yield refused("supervisor_not_entitled", LIGHT, said, "supervised_by")
    elif not supervisor.licensed_on(facts.day):
        said = f"{supervisor.name}: no licence valid on {facts.day.isoformat()}."
        yield refused("supervisor_licence_expired", LIGHT, said, "supervised_by")


def _label(facts: VisitFacts, device: DeviceFacts) -> Iterator[Finding]:
    """What the device's label does not cover: age, indication, phototype."""
    document = facts.document
    born_on = facts.born_on if facts.born_on is not None and facts.born_on <= facts.day else None
    if born_on and device.minimum_age is not None and age_on(born_on, facts.day) < device.minimum_age:
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
        return
    # An area that the protocol does not cover is nobody's to treat anyway.
    sites = INDICATION_AREAS.get(document.indication)
    covered = document.treated_areas & facts.protocol.areas.keys() if facts.protocol else frozenset[Area]()
    if sites is not None and (outside := covered - sites):
        named = ", ".join(sorted(area.value.replace("_", " ") for area in outside))
        said = f"Off-label by site: the indication that the device is cleared for does not cover {named}."
        yield _off_label("off_label_site", said, "indication")
    if document.fitzpatrick is not None and document.fitzpatrick not in phototypes:
        said = "Off-label by phototype: the device's clearance does not cover it for this indication."
        yield _off_label("off_label_phototype", said, "fitzpatrick")


def _off_label(code: str, said: str, where: str) -> Finding:
    return refused(code, LIGHT, said, where, by=PassedBy.DIRECTOR)


def layers_for(facts: VisitFacts, area: Area) -> tuple[DepthLayer, ...]:
    """Every hard limit that applies to one area of this visit, strictest first."""
    protocol, device, performer, policy = facts.protocol, facts.device, facts.performer, facts.policy
    role = policy.role(performer.credential) if policy and performer else None
    is_supervised = facts.document.supervised_by is not None and not any(_supervisor(facts))
    under = " under supervision" if is_supervised else " without a named supervisor"
    has_two = role is not None and role.unsupervised_mm != role.supervised_mm
    return depth_layers(
        protocol.areas.get(area) if protocol is not None else None,
        device_max_mm=device.max_depth_mm if device else None,
        needle_length_mm=needle_length_mm(facts),
        performer_ceiling_mm=performer.depth_ceiling_mm if performer else None,
        protocol_words=protocol.words if protocol is not None else "",
        role_ceiling_mm=role.ceiling_mm(is_supervised=is_supervised) if role else None,
        role_words=f"the policy's ceiling for {role.credential}{under if has_two else ''}" if role else "",
    )


def _depths(facts: VisitFacts) -> Iterator[Finding]:
    protocol, device, policy, performer = facts.protocol, facts.device, facts.policy, facts.performer
    role = policy.role(performer.credential) if policy and performer else None
    for number, line in enumerate(facts.document.lines):
        if role is not None and role.areas is not None and line.area not in role.areas:
            said = f"{line.place}: the policy does not let {role.credential} treat this area."
            yield refused("area_not_for_role", LIGHT, said, f"lines[{number}].area")
        step_mm = device.depth_step_mm if device else None
        yield from step_findings(line, step_mm, f"lines[{number}].depth_mm")
        yield from _speed(line, protocol, f"lines[{number}].speed_rpm")
        yield from line_findings(
            line,
            protocol.areas.get(line.area) if protocol is not None else None,
            layers_for(facts, line.area),
            label_depth_mm=device.label_depth_mm if device else None,
            protocol_words=protocol.words if protocol is not None else "",
            where=f"lines[{number}].depth_mm",
        )


def _speed(line: TreatmentLine, protocol: Protocol | None, where: str) -> Iterator[Finding]:
    """A setting that was recorded and lies outside the protocol's."""
    if protocol is None or line.speed_rpm is None:
        return
    slowest, fastest = protocol.speed_min_rpm, protocol.speed_max_rpm
    if slowest is not None and line.speed_rpm < slowest:
        said = f"{line.place}: {line.speed_rpm} rpm is slower than the {slowest} rpm of {protocol.words}."
        yield warned("speed_outside_protocol", LIGHT, said, where)
    if fastest is not None and line.speed_rpm > fastest:
        said = f"{line.place}: {line.speed_rpm} rpm is faster than the {fastest} rpm of {protocol.words}."
        yield warned("speed_outside_protocol", LIGHT, said, where)
