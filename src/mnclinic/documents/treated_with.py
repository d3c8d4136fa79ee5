"""What a visit was done with, as the worksheet for Form FDA 3500 names it in English."""

from collections.abc import Iterator, Mapping
from typing import Any

from mnclinic.documents.event_worksheet import Product
from mnclinic.documents.words import spoken

DEVICE_FACTS = (
    ("Brand name, model", "model"),
    ("Manufacturer", "maker"),
    ("Serial number", "serial"),
    ("UDI", "udi"),
    ("Clearance", "clearance"),
)


def treated_areas(document: Mapping[str, Any]) -> Iterator[str]:
    """Each treated area with its side, depth in mm and passes."""
    for line in document.get("lines", ()):
        side = f", {spoken(line['side'])}" if line.get("side") else ""
        yield f"{spoken(line['area'])}{side}: {line['depth_mm']} mm, {line['passes']} passes"


def device_facts(pinned: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The device and the cartridge that a frozen record pins; empty where it does not say."""
    facts = pinned.get("device") or {}
    for words, name in DEVICE_FACTS:
        value = facts.get(name)
        yield words, value if isinstance(value, str) else ""
    cartridge = pinned.get("cartridge") or {}
    yield "Cartridge lot", cartridge.get("lot") or ""
    yield "Cartridge expires", cartridge.get("expires_on") or ""
    needle = cartridge.get("needle_length_mm")
    yield "Needle length", f"{needle} mm" if needle else ""


def products(document: Mapping[str, Any]) -> Iterator[Product]:
    """What was on or in the skin: topicals, the anaesthetic, own blood."""
    for one in document.get("topicals", ()):
        amount = f"{one['amount_ml']} mL" if one.get("amount_ml") else ""
        expires = str(one.get("expires_on") or "")
        yield Product("Topical", str(one.get("name") or ""), str(one.get("lot") or ""), expires, amount)
    if used := document.get("anaesthetic"):
        amount = f"{used['amount_g']} g" if used.get("amount_g") else ""
        expires = str(used.get("expires_on") or "")
        name, lot = str(used.get("product") or ""), str(used.get("lot") or "")
        yield Product("Anaesthetic", name, lot, expires, amount)
    if prp := document.get("prp"):
        yield Product(
            "Own blood (PRP)",
            "PRP kit",
            str(prp.get("kit_lot") or ""),
            str(prp.get("kit_expires_on") or ""),
            "",
        )
