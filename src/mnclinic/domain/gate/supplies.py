"""Supplies: the handpiece, the cartridge, and everything put on or under the skin.

Nobody passes an expired, recalled, quarantined or reused supply. Where the label and the clinic's
register disagree, the earlier expiry and the shorter needle count.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from mnclinic.domain.care_notes import TopicalNote
from mnclinic.domain.finding import Finding, Light, PassedBy, refused, undone, warned
from mnclinic.domain.gate.facts import DeviceFacts, LotFacts, VisitFacts
from mnclinic.domain.visit_document import CartridgeNote

LIGHT = Light.SUPPLIES
USED_BEFORE = "This cartridge is recorded as used before. A cartridge is for one session."

STRUCK_ELSEWHERE = (
    "This cartridge stood in the record of another visit until that was corrected. Make sure that nobody "
    "has used it."
)


def supplies_findings(facts: VisitFacts) -> Iterator[Finding]:
    """Everything about the things used."""
    if facts.document.device is None:
        yield undone("device_missing", LIGHT, "No device is chosen.", "device")
    elif facts.device is None:
        said = "The device is not in the clinic's register."
        yield refused("device_unknown", LIGHT, said, "device")
    else:
        yield from _device(facts.device, facts)
    if facts.document.cartridge is None:
        yield undone("cartridge_missing", LIGHT, "No cartridge is recorded.", "cartridge")
    else:
        yield from _cartridge(facts.document.cartridge, facts)
    yield from _prp_kit(facts)
    yield from _anaesthetic(facts)
    yield from _topicals(facts)


def needle_length_mm(facts: VisitFacts) -> Decimal | None:
    """The shorter of the needle lengths that the label and the register state, in millimetres."""
    cartridge = facts.document.cartridge
    stated = (
        cartridge.needle_length_mm if cartridge else None,
        facts.lot.needle_length_mm if facts.lot else None,
    )
    return min((length for length in stated if length is not None), default=None)


def _device(device: DeviceFacts, facts: VisitFacts) -> Iterator[Finding]:
    if device.is_quarantined:
        yield refused("device_quarantined", LIGHT, "The device is quarantined.", "device")
    if not device.is_confirmed:
        said = (
            "Nobody has held this device's numbers against its label yet. Do it with the label in hand, "
            "under Devices and supplies."
        )
        yield refused("device_not_confirmed", LIGHT, said, "device")
    for care in device.care:
        if care.is_overdue(facts.day):
            code = f"device_{care.kind.value}_overdue"
            yield warned(code, LIGHT, care.sentence(), "device")
    if facts.protocol is not None and device.device not in facts.protocol.devices:
        said = f"{facts.protocol.title} does not name this device."
        yield refused("device_not_in_protocol", LIGHT, said, "device")
    wanted = facts.protocol.device_class if facts.protocol is not None else ""
    if facts.protocol is not None and wanted and device.device_class not in {"", wanted}:
        said = (
            f"{facts.protocol.title} is written for {wanted} devices, and this one is {device.device_class}."
        )
        yield refused("device_class_not_in_protocol", LIGHT, said, "device")
    elif facts.protocol is not None and wanted and not device.device_class:
        said = (
            f"{facts.protocol.title} is written for {wanted} devices, and the register does not say how this "
            "one works. Enter it under Devices and supplies."
        )
        yield undone("device_class_unknown", LIGHT, said, "device")


def _cartridge(cartridge: CartridgeNote, facts: VisitFacts) -> Iterator[Finding]:
    if cartridge.expires_on is None and facts.lot is None:
        said = "The cartridge's expiry date is not known."
        yield undone("cartridge_expiry_missing", LIGHT, said, "cartridge.expires_on")
    words = f"The cartridge lot {cartridge.lot}"
    expires_on = cartridge.expires_on
    yield from lot_findings(
        "cartridge", words, "cartridge", expires_on=expires_on, lot=facts.lot, day=facts.day
    )
    if facts.protocol is None or not facts.protocol.cartridges:
        yield from _unregistered("cartridge", words, "cartridge.lot", cartridge.lot, facts.lot)
    yield from _cartridge_of_protocol(cartridge, facts)
    if needle_length_mm(facts) is None:
        said = "The cartridge's needle length is not known."
        yield undone("needle_length_missing", LIGHT, said, "cartridge.needle_length_mm")
    if facts.cartridge_used_before:
        yield refused("cartridge_used", LIGHT, USED_BEFORE, "cartridge.serial")
    elif facts.cartridge_struck_elsewhere:
        yield warned("cartridge_struck_elsewhere", LIGHT, STRUCK_ELSEWHERE, "cartridge.serial")


def _cartridge_of_protocol(cartridge: CartridgeNote, facts: VisitFacts) -> Iterator[Finding]:
    """Where the protocol names cartridges, what is used has to be one of them and known to be."""
    protocol = facts.protocol
    if protocol is None or not protocol.cartridges:
        return
    if facts.lot is None:
        said = (
            f"{protocol.title} names the cartridges that may be used, and the lot {cartridge.lot} is not in "
            "the register, so nobody can tell which it is. Add the lot."
        )
        yield undone("cartridge_unknown", LIGHT, said, "cartridge")
    elif facts.lot.name.strip().casefold() not in protocol.cartridges:
        said = f"{protocol.title} does not name this cartridge, {facts.lot.name}."
        yield refused("cartridge_not_in_protocol", LIGHT, said, "cartridge")


def _prp_kit(facts: VisitFacts) -> Iterator[Finding]:
    kit = facts.document.prp_kit
    if kit is None:
        return
    if kit.expires_on is None and facts.prp_kit_lot is None:
        said = "The PRP kit's expiry date is not known."
        yield undone("prp_kit_expiry_missing", LIGHT, said, "prp.kit_expires_on")
    words, lot = f"The PRP kit lot {kit.lot}", facts.prp_kit_lot
    yield from lot_findings("prp_kit", words, "prp", expires_on=kit.expires_on, lot=lot, day=facts.day)
    yield from _unregistered("prp_kit", words, "prp.kit_lot", kit.lot, lot)


def _anaesthetic(facts: VisitFacts) -> Iterator[Finding]:
    anaesthetic = facts.document.anaesthetic
    if anaesthetic is not None:
        words, lot = f"Anaesthetic {anaesthetic.name}", facts.anaesthetic_lot
        expires_on = anaesthetic.expires_on
        yield from lot_findings(
            "anaesthetic", words, "anaesthetic", expires_on=expires_on, lot=lot, day=facts.day
        )
        yield from _unregistered("anaesthetic", words, "anaesthetic.lot", anaesthetic.lot, lot)


def _topicals(facts: VisitFacts) -> Iterator[Finding]:
    protocol = facts.protocol
    for number, topical in enumerate(facts.document.topicals):
        where = f"topicals[{number}]"
        lot = facts.topical_lots.get(topical.lot) if topical.lot else None
        expires_on = topical.expires_on
        yield from lot_findings("topical", topical.name, where, expires_on=expires_on, lot=lot, day=facts.day)
        yield from _unregistered("topical", topical.name, f"{where}.lot", topical.lot, lot)
        yield from _unwritten(topical, where, lot)
        if protocol is not None and topical.name not in protocol.topicals:
            said = f"{topical.name} is not on the list of {protocol.words}."
            yield refused("topical_not_listed", LIGHT, said, where, by=PassedBy.DIRECTOR)


def _unregistered(
    code: str, words: str, where: str, typed: str | None, lot: LotFacts | None
) -> Iterator[Finding]:
    """A lot that the register does not have. Nobody knows whether it was recalled; who uses it says why."""
    if typed and lot is None:
        said = f"{words}: lot {typed} is not in the register, so nobody here hears of a recall. Add the lot."
        yield warned(f"{code}_not_registered", LIGHT, said, where)


def _unwritten(topical: TopicalNote, where: str, lot: LotFacts | None) -> Iterator[Finding]:
    """A topical with no lot or no expiry told: left out, it would let pass what is expired.

    It goes on needled skin. A numbing cream goes on whole skin before, and is held to what was written of it.
    """
    words = topical.name
    if topical.expires_on is None and lot is None:
        said = f"{words}: nobody wrote down when it expires."
        yield undone("topical_expiry_missing", LIGHT, said, f"{where}.expires_on")
    if not (topical.lot or "").strip():
        said = f"{words}: no lot is written down, so nobody finds this patient by it if it is recalled."
        yield warned("topical_lot_missing", LIGHT, said, f"{where}.lot")


def lot_findings(
    code: str, words: str, where: str, *, expires_on: date | None, lot: LotFacts | None, day: date
) -> Iterator[Finding]:
    """What speaks against one lot. Its last day of use is the day it expires on."""
    known = [expiry for expiry in (expires_on, lot.expires_on if lot else None) if expiry is not None]
    if known and min(known) < day:
        said = f"{words} expired on {min(known).isoformat()}."
        yield refused(f"{code}_expired", LIGHT, said, where)
    if lot is not None and lot.state != "in_use":
        yield refused(f"{code}_{lot.state}", LIGHT, f"{words} is {lot.state}.", where)
