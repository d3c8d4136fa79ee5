"""What is put on needled skin against its label or the device's: PRP, and what label or protocol leave out.

It needs the director's authorisation on file, which names the product.
"""

from collections.abc import Iterator
from dataclasses import replace

from mnclinic.domain.finding import Finding, Light, PassedBy, refused
from mnclinic.domain.gate.facts import VisitFacts
from mnclinic.domain.off_label_flags import PRP_PRODUCT, TOPICAL


def off_label_products(facts: VisitFacts) -> Iterator[Finding]:
    """Everything on the skin that is used off its label, each with the product that it is about."""
    document = facts.document
    if document.uses_prp:
        said = "PRP on needled skin is off-label: the device's label excludes delivering biologics."
        yield _flag(said, "prp", PRP_PRODUCT)
    on_label = facts.device.topicals_on_label if facts.device is not None else None
    for number, topical in enumerate(document.topicals):
        where, named = f"topicals[{number}]", topical.name.strip().casefold()
        if _is_listed(facts, named):
            yield _by_protocol(facts, topical.name, where)
        elif on_label is not None and named not in on_label:
            said = f"{topical.name} on needled skin is off-label: the device's label does not name it."
            yield _flag(said, where, named)
    cream = document.anaesthetic
    if cream is not None and _is_listed(facts, cream.name.strip().casefold()):
        yield _by_protocol(facts, cream.name, "anaesthetic.product")


def _is_listed(facts: VisitFacts, named: str) -> bool:
    return facts.protocol is not None and named in facts.protocol.off_label_products


def _by_protocol(facts: VisitFacts, name: str, where: str) -> Finding:
    title = facts.protocol.title if facts.protocol is not None else ""
    return _flag(f"{title} lists {name} as used off its label.", where, name.strip().casefold())


def _flag(said: str, where: str, product: str) -> Finding:
    return replace(refused(TOPICAL, Light.AUTHORITY, said, where, by=PassedBy.DIRECTOR), product=product)
