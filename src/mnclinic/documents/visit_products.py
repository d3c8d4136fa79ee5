"""What was put on, drawn and confirmed at a visit, as it is printed: with units and what follows from it."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from mnclinic.documents.parts import CONTENT_WIDTH, GAP, Column, Field, field_grid, section, table
from mnclinic.documents.sheet import STRONG, Sheet
from mnclinic.documents.visit_words import Json, person, remaining, without
from mnclinic.documents.words import instant_words, said
from mnclinic.domain.care_notes import Spin, read_anaesthetic, read_prp
from mnclinic.domain.derived_doses import plain_number


def products(sheet: Sheet, document: Json, names: Mapping[str, str]) -> None:
    """Topicals, anaesthetic and PRP; nothing of what was not used."""
    if document.get("topicals"):
        _topicals(sheet, document["topicals"])
    if document.get("anaesthetic"):
        _anaesthetic(sheet, document["anaesthetic"])
    if document.get("prp"):
        _prp(sheet, document["prp"], names)


def asepsis(sheet: Sheet, document: Json, names: Mapping[str, str]) -> None:
    """Each step against infection with when and by whom it was confirmed."""
    steps = document.get("asepsis")
    if not steps:
        return
    with section(sheet, "Asepsis"):
        table(
            sheet,
            [
                Column("Step, as the protocol lists it", CONTENT_WIDTH - 130 - 90 - 2 * GAP),
                Column("Confirmed", 130),
                Column("By", 90),
            ],
            [
                (str(one["item"]), instant_words(one["confirmed_at"]), person(one.get("by"), names))
                for one in steps
            ],
        )
        sheet.space(2)


def _topicals(sheet: Sheet, topicals: list[Json]) -> None:
    rows = []
    for one in topicals:
        amount = f"{one['amount_ml']} mL" if one.get("amount_ml") else said(None)
        used = f"{one['used']} needling" if one.get("used") else said(None)
        rows.append((said(one.get("name")), said(one.get("lot")), said(one.get("expires_on")), amount, used))
    sheet.space(2)
    table(
        sheet,
        [
            Column("Topical product", CONTENT_WIDTH - 76 - 56 - 62 - 76 - 4 * GAP),
            Column("Lot", 76),
            Column("Expires", 56),
            Column("Amount", 62),
            Column("Used", 76),
        ],
        rows,
    )
    sheet.space(5)


def _anaesthetic(sheet: Sheet, anaesthetic: Json) -> None:
    read = read_anaesthetic(anaesthetic)
    rest = without(anaesthetic, ("product",))
    fields = [Field("Topical anaesthetic", said(anaesthetic.get("product")), STRONG), *remaining(rest)]
    if read.drug_mg is not None:
        fields.append(Field("Drug in it, computed", f"{plain_number(read.drug_mg, 1)} mg"))
    if read.g_per_10_cm2 is not None:
        fields.append(Field("On the skin, computed", f"{plain_number(read.g_per_10_cm2, 2)} g per 10 cm²"))
    if read.minutes_on is not None:
        fields.append(Field("Time on, computed", f"{read.minutes_on} min"))
    field_grid(sheet, fields)


def _prp(sheet: Sheet, prp: Json, names: Mapping[str, str]) -> None:
    label = prp.get("tube_label")
    elsewhere = {"kit_lot", "read_back", "tube_label", "spins"}
    elsewhere |= {"drawn_at", "drawn_by", "applied_at", "applied_by"}
    fields = [Field("PRP kit lot", said(prp.get("kit_lot")), STRONG)]
    if label:
        words = f"{label['last_name']}, {label['first_name']}, born {label['born_on']}"
        if label.get("labelled_at"):
            words += f", {instant_words(label['labelled_at'])}"
        fields.append(Field("Tube label", words, STRONG, span=2))
    fields += remaining(without(prp, elsewhere))
    field_grid(sheet, fields)
    read = read_prp(prp)
    if read.spins:
        sheet.space(2)
        table(
            sheet,
            [
                Column("Spin", 28, align_right=True),
                Column("Speed", 62),
                Column("Radius", 52),
                Column("Force, computed", 78, style=STRONG),
                Column("Time", CONTENT_WIDTH - 28 - 62 - 52 - 78 - 4 * GAP),
            ],
            # When and by whom stands with the chain of custody.
            [_spin(number, one) for number, one in enumerate(read.spins, start=1)],
        )
        sheet.space(4)
    rows = _custody(prp, names)
    if rows:
        table(
            sheet,
            [
                Column("Chain of custody", 90, style=STRONG),
                Column("When", 130),
                Column("In whose hands", CONTENT_WIDTH - 90 - 130 - 2 * GAP),
            ],
            [(what, instant_words(at), whose) for what, at, whose in rows],
        )
        sheet.space(4)


def _custody(prp: Json, names: Mapping[str, str]) -> list[tuple[str, str | None, str]]:
    """What was done, when (RFC 3339) and in whose hands, as it went on."""
    rows = []
    if prp.get("drawn_at") or prp.get("drawn_by"):
        rows.append(("Drawn", prp.get("drawn_at"), person(prp.get("drawn_by"), names)))
    for back in prp.get("read_back", ()):
        by = " and ".join(person(user, names) for user in back.get("by", ()))
        how = "each by their own password" if back.get("by_own_password") else "as written down"
        rows.append(("Label read back", back.get("at"), f"{by}, {how}"))
    rows += [
        (f"Spun, {number}", one.get("spun_at"), person(one.get("by"), names))
        for number, one in enumerate(prp.get("spins", ()), start=1)
        if one.get("spun_at") or one.get("by")
    ]
    if prp.get("applied_at") or prp.get("applied_by"):
        rows.append(("Applied", prp.get("applied_at"), person(prp.get("applied_by"), names)))
    # Where one step has no time nobody knows before which of the others it was.
    with suppress(ValueError, TypeError):
        rows.sort(key=lambda one: datetime.fromisoformat(one[1] or ""))
    return rows


def _spin(number: int, spin: Spin) -> tuple[str, ...]:
    return (
        str(number),
        f"{spin.rpm} rpm",
        f"{spin.radius_cm} cm",
        f"{spin.g_force:.0f} × g",
        f"{spin.minutes} min",
    )
