"""The records beside the treatment lines, between the visit document and the fields of their step. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mnclinic.ui.forms.fields import State, Trouble
from mnclinic.ui.forms.parts import Group, Json, Rows
from mnclinic.ui.visits.parts import at_clock, clock_of

PRP, SPINS, TOPICALS, ASEPSIS = "prp", "spins", "topicals", "asepsis"
LABEL, READ_BACK = "tube_label", "read_back"
YES, NO = "yes", "no"
TICKS = {YES: True, NO: False}


def asepsis_key(item: str) -> str:
    """The key under which a step against infection is confirmed, by its words."""
    return f"{ASEPSIS}.{item}"


@dataclass(frozen=True)
class Record(Group):
    """An object of the document with times of day on the visit's own day, and fields that say yes or no.

    `under` is the object that this one lies in, where it is no part of the document by itself.
    """

    times: frozenset[str] = frozenset()
    ticks: frozenset[str] = frozenset()
    under: str = ""

    def flat(self, document: Json) -> State:
        """The texts of the object's values, times as HH:MM."""
        held = self._held(document)
        return super().flat({self.name: self._texts(held)} if held else {})

    def _held(self, document: Json) -> Json:
        if not self.under:
            return document.get(self.name) or {}
        return (document.get(self.under) or {}).get(self.name.removeprefix(f"{self.under}.")) or {}

    def _texts(self, held: Json) -> dict[str, Any]:
        def text(name: str, value: Any) -> Any:
            if name in self.times:
                return clock_of(value)
            return (YES if value else NO) if name in self.ticks else value

        return {name: text(name, value) for name, value in held.items()}

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The object, where it is whole; what lies in another is there only where that one is."""
        held = self._held(document)
        made: dict[str, Any] = {self.name: self._texts(held)} if held else {}
        yield from super().put(state, made)
        values = made.get(self.name)
        if values is not None:
            for name in self.times & values.keys():
                values[name] = at_clock(values[name], document["started_at"], held.get(name))
            for name in self.ticks & values.keys():
                values[name] = TICKS[values[name]]
        if not self.under:
            if values is None:
                document.pop(self.name, None)
            else:
                document[self.name] = values
            return
        own = self.name.removeprefix(f"{self.under}.")
        outer = document.get(self.under)
        if outer is None:
            return
        document[self.under] = {name: value for name, value in outer.items() if name != own}
        if values is not None:
            document[self.under][own] = values


@dataclass(frozen=True)
class Spins:
    """The runs of the centrifuge, a list within the PRP."""

    rows: Rows

    def flat(self, document: Json) -> State:
        """The cells of every spin, times as HH:MM."""
        spins = (document.get(PRP) or {}).get(SPINS, ())
        return self.rows.flat({SPINS: [self._texts(one) for one in spins]})

    def _texts(self, spin: Json) -> dict[str, Any]:
        return {**spin, **({"spun_at": clock_of(spin["spun_at"])} if "spun_at" in spin else {})}

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The spins that are whole, where there is a kit that they belong to."""
        outer = document.get(PRP)
        before = (outer or {}).get(SPINS, ())
        made: dict[str, Any] = {SPINS: [self._texts(one) for one in before]}
        yield from self.rows.put(state, made)
        if outer is None:
            if self.rows.count(state) and not state.get(f"{PRP}.kit_lot"):
                yield Trouble(f"{PRP}.kit_lot", "", is_missing=True)
            return
        spins = made.get(SPINS, [])
        for number, spin in enumerate(spins):
            if "spun_at" in spin:
                held = before[number].get("spun_at") if number < len(before) else None
                spin["spun_at"] = at_clock(spin["spun_at"], document["started_at"], held)
        document[PRP] = {name: value for name, value in outer.items() if name != SPINS}
        if spins:
            document[PRP][SPINS] = spins


@dataclass(frozen=True)
class TopicalRows(Rows):
    """What was put on the skin. Product and lot are one choice, written in two lines."""

    def flat(self, document: Json) -> State:
        """The cells of every product."""
        return super().flat({self.name: [self._texts(one) for one in document.get(self.name) or ()]})

    def _texts(self, topical: Json) -> dict[str, Any]:
        return {**topical, "product": f"{topical['name']}\n{topical.get('lot') or ''}"}

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """The products; what the label of the same one said before stays with it."""
        before = list(document.get(self.name) or ())
        made: dict[str, Any] = {self.name: [self._texts(one) for one in before]}
        yield from super().put(state, made)
        topicals = []
        for one in made.get(self.name) or ():
            name, _, lot = one.pop("product").partition("\n")
            same = next(
                (old for old in before if (old["name"], old.get("lot") or "") == (name, lot)),
                {"name": name} | ({"lot": lot} if lot else {}),
            )
            named = {key: same[key] for key in ("name", "lot", "expires_on") if key in same}
            topicals.append(named | one)
        if topicals:
            document[self.name] = topicals
        else:
            document.pop(self.name, None)


@dataclass(frozen=True)
class Asepsis:
    """Each step that was confirmed, under its own words: when, and by whom."""

    def flat(self, document: Json) -> State:
        """The confirmations, each as JSON."""
        return {
            asepsis_key(one["item"]): json.dumps(
                {name: value for name, value in one.items() if name != "item"}, sort_keys=True
            )
            for one in document.get(ASEPSIS, ())
        }

    def put(self, state: Mapping[str, str], document: dict[str, Any]) -> Iterator[Trouble]:
        """Those that were stored in their order, then those that are new."""
        order = [asepsis_key(one["item"]) for one in document.get(ASEPSIS, ())]
        order += [key for key in state if key.startswith(f"{ASEPSIS}.") and key not in order]
        steps = [
            {"item": key.removeprefix(f"{ASEPSIS}."), **json.loads(state[key])}
            for key in order
            if state.get(key)
        ]
        if steps:
            document[ASEPSIS] = steps
        else:
            document.pop(ASEPSIS, None)
        yield from ()
