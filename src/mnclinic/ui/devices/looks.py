"""How devices and lots are shown: their chips, their columns and the words of a device's facts."""

from collections.abc import Callable
from datetime import datetime

from mnclinic.domain.devices import indications_text
from mnclinic.domain.instants import read_instant
from mnclinic.services.list_supplies import DeviceRow, LotRow
from mnclinic.services.paper_bridge import PaperRow
from mnclinic.ui.elements import ChipLook, Column
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Tone
from mnclinic.ui.words import day_words, instant_words, plain

_IN_USE = ("In use", "circle-check", Tone.COMPLETE)


def device_look(device: DeviceRow) -> ChipLook:
    """Whether a device may be used."""
    if device.is_quarantined:
        return ChipLook("Quarantined", "ban", Tone.STOP)
    if not device.is_confirmed:
        return ChipLook("Not confirmed", "circle-alert", Tone.STOP)
    if device.overdue:
        return ChipLook("Overdue", "clock", Tone.WAITING)
    return ChipLook(*_IN_USE)


def left_words(lot: LotRow) -> str:
    """How many are left; a dash where nobody ever counted."""
    return str(lot.stock.on_hand) if lot.stock is not None else "–"


def lot_look(lot: LotRow) -> ChipLook:
    """Whether a lot may be used."""
    if lot.is_expired:
        return ChipLook("Expired", "octagon-x", Tone.STOP)
    if lot.state != "in_use":
        return ChipLook(plain(lot.state), "ban", Tone.STOP)
    if lot.is_low:
        return ChipLook("Few left", "circle-alert", Tone.WAITING)
    return ChipLook(*_IN_USE)


def _length(device: DeviceRow, name: str) -> str:
    return f"{device.facts[name]} mm" if device.facts.get(name) else "?"


DEVICES = (
    Column("Device", lambda one: one.device, 2),
    Column("Model", lambda one: f"{one.model}, {one.maker}", 5),
    Column("Serial", lambda one: one.serial, 3),
    Column("Deepest", lambda one: _length(one, "max_depth_mm"), 2),
    Column("Label evaluated to", lambda one: _length(one, "label_depth_mm"), 3),
    Column("State", lambda one: device_look(one).word, 3, device_look),
)
LOTS = (
    Column("Lot", lambda one: one.lot, 3),
    Column("What", lambda one: one.name, 4),
    Column("Kind", lambda one: plain(one.kind), 2),
    Column("Expires", lambda one: day_words(one.expires_on), 3),
    Column("Needle length", lambda one: f"{one.needle_length_mm} mm" if one.needle_length_mm else "", 3),
    Column("In stock", left_words, 2),
    Column("State", lambda one: lot_look(one).word, 3, lot_look),
)
FEW_DEVICES = (Column("Device", lambda one: one.device, 4), DEVICES[2], DEVICES[5])
FEW_LOTS = (LOTS[0], LOTS[3], LOTS[6])
"""Where the text is large."""


def sheet_look(sheet: PaperRow) -> ChipLook:
    """Whether a sheet is still out."""
    return {
        "issued": ChipLook("Out", "clock", Tone.WAITING),
        "returned": ChipLook("Returned", "circle-check", Tone.COMPLETE),
        "spoiled": ChipLook("Spoiled", "circle-minus", Tone.DRAFT),
    }[sheet.state]


SHEETS = (
    Column("Number", lambda one: one.number, 3),
    Column("Protocol", lambda one: one.protocol, 4),
    Column("Printed", lambda one: day_words(one.issued_at.date()), 3),
    Column("Entered as", lambda one: one.visit or one.reason, 4),
    Column("State", lambda one: sheet_look(one).word, 3, sheet_look),
)
FEW_SHEETS = (SHEETS[0], SHEETS[2], SHEETS[4])


def device_facts(device: DeviceRow, local: Callable[[datetime], datetime]) -> tuple[str, str]:
    """What the register has of a device beside its line: what its label says, and who looked at it."""
    facts, said, unknown = device.facts, [], []
    for words, value in (
        (spoken("cleared by {value}"), facts.get("clearance")),
        (spoken("for {value}"), _cleared(device)),
        (spoken("from {value} years"), facts.get("minimum_age")),
        (spoken("in steps of {value} mm"), facts.get("depth_step_mm")),
        (spoken("speed {value}"), facts.get("speed")),
        (spoken("UDI {value}"), facts.get("udi")),
        (spoken("topicals on the label: {value}"), _topicals(device)),
    ):
        if value:
            said.append(words.format(value=value))
    for name, words in (
        ("max_depth_mm", spoken("mechanical maximum")),
        ("label_depth_mm", spoken("depth evaluated in the label")),
        ("clearance", spoken("clearance")),
        ("indications", spoken("indications")),
        ("minimum_age", spoken("minimum age")),
        ("depth_step_mm", spoken("step of depth")),
        ("speed", spoken("speed")),
        ("udi", spoken("UDI")),
    ):
        if not facts.get(name):
            unknown.append(words)
    if "topicals_on_label" not in facts:
        unknown.append(spoken("topicals on the label"))
    of_label = " · ".join(said)
    if unknown:
        of_label += spoken(" · not known: {names}").format(names=", ".join(unknown))
    checked = spoken("Label checked {how}.").format(how=checked_words(device, local))
    late = " ".join(spoken(one.sentence()) for one in device.overdue)
    checked = f"{checked} {late}".strip()
    return f"{of_label[:1].upper()}{of_label[1:]}.", checked


def _topicals(device: DeviceRow) -> str:
    """The topicals on the label in words; empty where nobody entered what it says."""
    named = device.facts.get("topicals_on_label")
    return "" if named is None else ", ".join(named) or spoken("none")


def _cleared(device: DeviceRow) -> str:
    named = []
    for one in device.facts.get("indications", ()):
        types = indications_text([one]).removeprefix(one["indication"].replace("_", " ")).strip()
        named.append(f"{plain(one['indication'])} {types or spoken('(phototypes not known)')}")
    return "; ".join(named)


def checked_words(device: DeviceRow, local: Callable[[datetime], datetime]) -> str:
    """Who held a device's numbers against its label, and when: `local` says how clocks here showed it."""
    confirmation = device.facts.get("confirmation")
    if confirmation:
        at = read_instant(confirmation["at"])
        words = instant_words(local(at) if at is not None else None)
        return spoken("by {name}, {at}").format(name=confirmation["name"], at=words)
    if device.is_confirmed:
        return spoken("came with the set-up")
    return spoken("by nobody yet: nobody may treat with it")
