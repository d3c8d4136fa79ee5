"""What was done at a visit, as it is printed: treated areas, device, supplies and products."""

from collections.abc import Mapping, Sequence

from mnclinic.documents.parts import (
    CONTENT_WIDTH,
    GAP,
    Column,
    Field,
    field_grid,
    remark,
    section,
    start_of_table,
    table,
)
from mnclinic.documents.sheet import CODE, SMALL, STRONG, Sheet
from mnclinic.documents.visit_products import products
from mnclinic.documents.visit_words import Json, remaining, without
from mnclinic.documents.words import (
    NOT_RECORDED,
    capital,
    clock_words,
    phototype,
    said,
    spoken,
)

AREAS = (
    Column("Area", 78, style=STRONG),
    Column("Side", 42),
    Column("Depth, mm", 38, align_right=True, style=STRONG),
    Column("Passes", 28, align_right=True),
    Column("Endpoint", 78),
    Column("Besides", CONTENT_WIDTH - 78 - 42 - 38 - 28 - 78 - 5 * GAP, style=SMALL),
)
TIMES_OF_LINE = (("started_at", "from"), ("ended_at", "to"))


def treatment(sheet: Sheet, record: Json, document: Json, limits: Sequence[str] = ()) -> None:
    """The treated areas, one row each, and for each area a sentence that says which limit ruled."""
    lines = () if record["state"] == "deferred" else document.get("lines") or ()
    rows = [
        (
            capital(spoken(line.get("area"))),
            spoken(line.get("side")),
            said(line.get("depth_mm")),
            said(line.get("passes")),
            capital(spoken(line.get("endpoint"))),
            _besides(line, document.get("started_at")),
        )
        for line in lines
    ]
    # The title stays with the first area.
    with section(sheet, "Treatment", at_least=44 + start_of_table(AREAS, rows)):
        if record["state"] == "deferred":
            remark(sheet, "No treatment was given at this visit.", STRONG)
            return
        if not rows:
            remark(sheet, "No treated area is recorded.", STRONG)
            return
        table(sheet, AREAS, rows)
        for sentence in limits:
            sheet.space(2)
            remark(sheet, sentence)
        sheet.space(2)


def _besides(line: Json, started_at: object) -> str:
    """What a line says beside its columns, each with its unit, and the note last."""
    words = []
    if "speed_rpm" in line:
        words.append(f"{line['speed_rpm']} rpm")
    if "pattern" in line:
        words.append(spoken(line["pattern"]))
    if "bleeding" in line:
        words.append("no bleeding" if line["bleeding"] == "none" else f"bleeding {spoken(line['bleeding'])}")
    if "tolerance" in line:
        words.append(f"pain {line['tolerance']} of 10")
    times = [f"{words} {clock_words(line[key], started_at)}" for key, words in TIMES_OF_LINE if key in line]
    if times:
        words.append(" ".join(times))
    said_first = ", ".join(words)
    return "; ".join(one for one in (said_first, str(line.get("note") or "")) if one)


def supplies(sheet: Sheet, document: Json, pinned: Json, names: Mapping[str, str]) -> None:
    """Device, cartridge and products."""
    with section(sheet, "Device and supplies"):
        device = dict(pinned.get("device") or {})
        model = " ".join(str(device.pop(key)) for key in ("maker", "model") if device.get(key))
        device.pop("device", None)
        name = " · ".join(filter(None, [document.get("device"), model]))
        fields = [
            Field("Device", name or NOT_RECORDED, STRONG, span=2),
            Field("Device serial", said(device.pop("serial", None))),
            Field("Clearance", said(device.pop("clearance", None))),
        ]
        confirmation = device.pop("confirmation", None)
        if confirmation:
            fields.append(Field("Label checked by", said(confirmation.get("name"))))
        cleared = device.pop("indications", None)
        fields += remaining(device)
        if cleared:
            fields.append(Field("Cleared for", _cleared(cleared), span=2))
        cartridge = document.get("cartridge")
        if cartridge:
            fields += _cartridge(cartridge, pinned.get("cartridge"))
        else:
            fields.append(Field("Cartridge", NOT_RECORDED))
        field_grid(sheet, fields)
        products(sheet, document, names)


def _cartridge(cartridge: Json, registered: Json | None) -> list[Field]:
    rest = dict(without(cartridge, ("lot", "expires_on")))
    udi = rest.pop("udi", None)
    fields = [
        Field("Cartridge lot", said(cartridge.get("lot")), STRONG),
        Field("Cartridge expires", said(cartridge.get("expires_on")), STRONG),
        *remaining(rest),
    ]
    if registered:
        fields.append(Field("As registered", _registered(registered), span=2))
    if udi:
        fields.append(Field("UDI as scanned", str(udi), CODE, span=2))
    return fields


def _registered(registered: Json) -> str:
    words = [f"lot {said(registered.get('lot'))}", f"expires {said(registered.get('expires_on'))}"]
    if registered.get("needle_length_mm"):
        words.append(f"needle {registered['needle_length_mm']} mm")
    if registered.get("state"):
        words.append(spoken(registered["state"]))
    rest = without(registered, ("lot", "expires_on", "needle_length_mm", "state"))
    return ", ".join(words) + (f"; {said(rest)}" if rest else "")


def _cleared(indications: Sequence[Json]) -> str:
    return "; ".join(
        f"{spoken(one.get('indication'))}, phototypes "
        + (", ".join(phototype(number) for number in one.get("phototypes", ())) or NOT_RECORDED)
        for one in indications
    )
