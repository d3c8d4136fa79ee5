"""Two people changed one document: what each did, and where they differ. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mnclinic.ui.forms.fields import State
from mnclinic.ui.forms.parts import differing


@dataclass(frozen=True)
class Difference:
    """Fields that both changed, and not to the same: one field, or a list of rows as a whole.

    `keys` are all keys of it; `mine` and `theirs` hold their texts.
    """

    at: str
    keys: tuple[str, ...]
    mine: State
    theirs: State


@dataclass(frozen=True)
class Merged:
    """What both changed, put together. Where they differ, `state` holds mine until somebody chooses.

    `taken` are the keys that only the other side changed; a person is told of them.
    """

    state: State
    taken: tuple[str, ...]
    differences: tuple[Difference, ...]


def merge(
    base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str], *, lists: Collection[str]
) -> Merged:
    """Put together what was typed here and what was stored elsewhere since `base`.

    `lists` are the names of lists of rows. As long as all three have as many rows, cells are compared one by
    one; else the list is one thing, because its rows no longer correspond.
    """
    whole = [name for name in lists if len({one.get(name, "") for one in (base, mine, theirs)}) > 1]
    units = dict.fromkeys(_unit_of(key, whole) for key in differing(mine, theirs))
    state, taken, differences = dict(mine), [], []
    for unit in units:
        keys = _keys_of(unit, (base, mine, theirs)) if unit in whole else (unit,)
        if _of(theirs, keys) == _of(base, keys):
            continue
        if _of(mine, keys) == _of(base, keys):
            taken.append(unit)
            state = {key: text for key, text in state.items() if key not in keys} | _of(theirs, keys)
        else:
            differences.append(Difference(unit, keys, _of(mine, keys), _of(theirs, keys)))
    return Merged(state, tuple(taken), tuple(differences))


def _unit_of(key: str, whole: Collection[str]) -> str:
    return next((name for name in whole if key == name or key.startswith(f"{name}.")), key)


def _keys_of(unit: str, states: tuple[Mapping[str, str], ...]) -> tuple[str, ...]:
    return tuple(
        sorted({key for state in states for key in state if key == unit or key.startswith(f"{unit}.")})
    )


def _of(state: Mapping[str, str], keys: Collection[str]) -> State:
    return {key: state[key] for key in keys if state.get(key)}
