"""Every service that writes is tried on a failing disk, or is let off here with a reason."""

import dis
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from types import CodeType

import mnclinic.services
from tests.faults.operations import OPERATIONS
from tests.faults.team import Team

WRITES = frozenset({"commit", "copy_closed", "write_bytes", "fsync", "save_key_file", "copyfile"})
"""What a function calls, itself or through other services, that changes something on the disk."""

AS_ARRIVAL = "writes one row and its entry in one step, as `somebody arrives` does, which is tried"
AS_MEETING = "enters one thing and writes no row, as `enter the director's visit` does, which is tried"
LET_OFF = {
    **{
        f"clinic_meetings.{name}": AS_MEETING
        for name in ("record_drill", "take_site_visit_back", "take_drill_back")
    },
    **{
        f"mark_planned.{name}": AS_ARRIVAL
        for name in ("take_arrival_back", "cancel_planned", "mark_no_show", "put_planned_back")
    },
    "plan_visits.walk_in": AS_ARRIVAL,
    "look_back.more_people": "enters looks and writes no row, as `look at a photograph` does",
    "list_events.show_open_events": "enters looks and writes no row, as `look at a photograph` does",
    "export_trace.export_trace": "writes counts where somebody asks for them, and nothing in the clinic",
    "keys.change_database_key.change_database_key": "password, proof of copies and change are each tried",
    "copy_closed_clinic.copy_at_closing": "`copy while locked` is tried; this keeps nobody from closing",
    "demo.build.build_demo": "nothing is in a demo before it is built, and it is built again for nothing",
    "demo.cast.everybody": "a part of building the demo: its people log in",
    "demo.supplies.read_the_label": "a part of building the demo",
    "demo.supplies.keep_supplies": "a part of building the demo",
    "demo.planned_day.plan_demo_day": "a part of building the demo",
    "held_pictures.held_pictures": "lets go of what waits no longer, as `leave a picture out` does",
    "bring_photos.keep_photos": "is `keep a photograph` for one picture after the other",
}
"""What writes and is no operation of its own, each with its reason."""

NAMING = frozenset({"LOAD_GLOBAL", "LOAD_NAME", "IMPORT_FROM"})
"""How a function speaks of another one; a record's `signer` is none."""

AT_LOG_IN = (Team.as_user, Team.signer, Team.close)

Service = Callable[..., object]


def services() -> Iterator[Service]:
    """Every function of the services, private ones too."""
    package = mnclinic.services
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        for _, made in inspect.getmembers(module, inspect.isfunction):
            if made.__module__ == module.__name__:
                yield made


def name_of(service: Service) -> str:
    return f"{service.__module__.removeprefix('mnclinic.services.')}.{service.__name__}"


@cache
def names_in(function: Callable[..., object]) -> frozenset[str]:
    """Every name that a function's own code speaks of."""
    return frozenset(_names(inspect.unwrap(function).__code__))


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)


BY_NAME: dict[str, list[Service]] = {}
for _service in services():
    BY_NAME.setdefault(_service.__name__, []).append(_service)


def reached(functions: Iterable[Callable[..., object]]) -> frozenset[str]:
    """Every name spoken of by these, or by a service that they speak of, and so on."""
    spoken: set[str] = set()
    seen: set[Callable[..., object]] = set()
    waiting = list(functions)
    while waiting:
        function = waiting.pop()
        if function not in seen:
            seen.add(function)
            spoken |= names_in(function)
            waiting += [service for name in called_by(function) for service in BY_NAME.get(name, ())]
    return frozenset(spoken)


@cache
def called_by(function: Callable[..., object]) -> frozenset[str]:
    """Names that can be a service's: those of the module and of imports, not of an object's parts."""
    return frozenset(_called(inspect.unwrap(function).__code__))


def _called(code: CodeType) -> Iterator[str]:
    yield from (one.argval for one in dis.get_instructions(code) if one.opname in NAMING)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _called(inner)


def writing_services() -> dict[str, str]:
    """The public services that write, by their full names, and their own name."""
    return {
        name_of(service): service.__name__
        for services_ in BY_NAME.values()
        for service in services_
        if not service.__name__.startswith("_") and reached([service]) & WRITES
    }


def tried() -> frozenset[str]:
    """Every service that an operation of the table carries out."""
    return reached([*(one.run for one in OPERATIONS), *AT_LOG_IN])


def test_every_service_that_writes_is_an_operation_or_is_let_off_with_a_reason() -> None:
    writing, by_operation = writing_services(), tried()
    assert len(writing) > 50
    untried = {name for name, short in writing.items() if short not in by_operation}
    assert untried == set(LET_OFF)


def test_a_service_that_no_operation_carries_out_is_noticed() -> None:
    without = [one.run for one in OPERATIONS if one.name != "void a draft"]
    assert "void_visit" in tried()
    assert "void_visit" not in reached([*without, *AT_LOG_IN])


def test_operations_have_names_of_their_own() -> None:
    names = [one.name for one in OPERATIONS]
    assert len(names) == len(set(names)) > 60
