"""The three example visits with every derived value: `python -m tests.bench.example_visits`."""

import sys

from mnclinic.domain.derived_doses import derived_of_anaesthetic, spin_words
from mnclinic.domain.finding import Light
from mnclinic.domain.gate import judge
from tests.domain.builders import CLEAN, ISOTRETINOIN, PRP, facts_for


def told(name: str) -> list[str]:
    """What the gate and the doses say of one example."""
    facts = facts_for(name)
    document, verdict = facts.document, judge(facts)
    lines = [name, "  " + "  ".join(f"{light.value}: {verdict.light(light).value}" for light in Light)]
    lines += [f"  {one.outcome.value}: {one.message} {one.reason}".rstrip() for one in verdict.findings]
    if verdict.earliest_on:
        lines.append(f"  earliest day: {verdict.earliest_on.isoformat()}")
    if document.anaesthetic and facts.policy:
        note = document.anaesthetic
        derived = derived_of_anaesthetic(note, facts.policy.anaesthetic)
        lines.append(f"  {note.name}: {' '.join(f'{one.words} {one.limit}'.strip() for one in derived)}")
    if document.prp_kit:
        for spin in document.prp_kit.spins:
            lines.append(f"  {spin.rpm} rpm at {spin.radius_cm} cm: {spin_words(spin.rpm, spin.radius_cm)}")
        lines.append(f"  label read back {len(document.prp_kit.read_back)} times")
    lines.append(f"  {len(document.asepsis)} steps against infection confirmed")
    for line in document.lines:
        besides = [f"{line.speed_rpm} rpm"] if line.speed_rpm else []
        besides += [line.pattern.value] if line.pattern else []
        besides += [f"bleeding {line.bleeding.value}"] if line.bleeding else []
        besides += [f"pain {line.tolerance}"] if line.tolerance is not None else []
        said = ", ".join((f"{line.depth_mm} mm x {line.pass_count}", line.endpoint.value, *besides))
        lines.append(f"  {line.place}: {said}")
    return lines


if __name__ == "__main__":
    for example in (CLEAN, PRP, ISOTRETINOIN):
        sys.stdout.write("\n".join(told(example)) + "\n\n")
