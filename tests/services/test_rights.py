"""Every use-case asks for a right before it does anything, and a refused person changes nothing.

The use-cases are found by importing every module of the services, so a new one is here by itself.
"""

import hashlib
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, NoReturn, cast

import pytest
from sqlalchemy import Engine, select

import mnclinic.services
from mnclinic.errors import NotPermitted
from mnclinic.models import Table
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.find_patients import find_patients
from mnclinic.services.session import OpenClinic
from mnclinic.store.unit_of_work import UnitOfWork
from tests.services.clinic_builder import CENTRAL, SmallClinic, add_person, small_clinic

UseCase = Callable[..., Any]

USER_OF_ROLE = {
    Role.FRONT_DESK: "desk",
    Role.PROVIDER: "lind",
    Role.DIRECTOR: "okafor",
    Role.ADMINISTRATOR: "owner",
    Role.INSPECTOR: "inspector",
}

NO_USE_CASE = {
    "anchors.hold_against_anchors": "is part of logging in: what it finds makes the clinic read-only for all",
    "database_form.hold_against_schema": "is part of logging in: what it finds leaves the clinic read-only",
    "settings.idle_lock_min": "is part of logging in: the screen of whoever may do nothing yet locks too",
    "session.signer": "opens a key with the person's own password; every service that signs asks for itself",
    "access_time.enter_within_access_time": "is part of logging in, before there is anybody to ask about",
    "key_changes.with_own_password": "judges the person's own password; every service that changes keys "
    "asks for itself",
    "key_file_rows.enter_what_stands": "is part of each change of keys, which has asked: it enters what "
    "it finds",
    "rotate_database_key.settle_keys": "is part of logging in: it ends what a rotation left, and changes "
    "nobody's rights",
    "half_key_change.settle_half_change": "is part of logging in: it takes back what a power cut left of a "
    "change of keys, and changes nobody's rights",
    "older_key_file.told_of_replaced_keys": "is part of logging in: it tells a refusal in other words",
    "demo.cast.everybody": "is a part of building the demo: its people log in",
    "demo.supplies.read_the_label": "is a part of building the demo: the service that it calls asks",
    "backup_rows.enter_made": "ends the use-cases that make or find a backup, which have asked",
    "backup_rows.enter_failed": "ends the use-case that makes a backup, which has asked",
    "backup_rows.enter_verdict": "ends the use-case that checks a backup, which has asked",
    "secret_page.refuse_beside_the_clinic": "looks at a place, for the use-cases that have asked",
    "secret_page.refuse_key_file_place": "looks at a place, for the use-cases that have asked",
    "screen_state.keep_screen": "keeps the person's own screen, which an inspector has too",
    "screen_state.kept_screen": "gives the person's own screen back to them alone",
    "printed_photos.allowed_pictures": "is part of printing, which has asked; who may see none gets none",
    "printed_photos.allowed_of_visit": "is part of printing, which has asked; who may see none gets none",
    "break_glass.present_glass": "tells what this person's own log-in already holds, and reads nothing",
}
"""What takes an open clinic and needs no right, each with its reason. Nothing else is let off."""


class Asked(BaseException):
    """Raised in place of an answer, so that nothing after the question runs."""

    def __init__(self, act: Act) -> None:
        super().__init__(act)
        self.act = act


class Untouched:
    """Stands where the database would, so that whoever reaches for it before asking is found out."""

    def __getattr__(self, name: str) -> NoReturn:
        raise RuntimeError(f"the store was touched: {name}")


class AskingClinic(OpenClinic):
    """A clinic that tells what it is asked for, and whose database nobody may touch before."""

    def require(self, act: Act) -> NoReturn:
        raise Asked(act)


def name_of(use_case: UseCase) -> str:
    return f"{use_case.__module__.removeprefix('mnclinic.services.')}.{use_case.__name__}"


def use_cases() -> Iterator[UseCase]:
    """Every public function whose first parameter is the open clinic.

    What is handed an open unit of work is a part of a use-case: whoever opened the work has asked.
    """
    package = mnclinic.services
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        for name, made in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("_") or made.__module__ != module.__name__:
                continue
            parameters = list(inspect.signature(made, eval_str=True).parameters.values())
            is_handed_work = any(one.annotation is UnitOfWork for one in parameters)
            takes_clinic = bool(parameters) and (
                parameters[0].annotation is OpenClinic or parameters[0].name == "clinic"
            )
            if takes_clinic and not is_handed_work:
                yield made


USE_CASES = [one for one in use_cases() if name_of(one) not in NO_USE_CASE]


def call(use_case: UseCase, clinic: OpenClinic) -> None:
    """Call it with arguments that mean nothing: whoever is refused never gets as far as to them."""
    rest = list(inspect.signature(use_case).parameters.values())[1:]
    needed = [one for one in rest if one.default is one.empty]
    positional = [object() for one in needed if one.kind is one.POSITIONAL_OR_KEYWORD]
    named = {one.name: object() for one in needed if one.kind is one.KEYWORD_ONLY}
    made = use_case(clinic, *positional, **named)
    if isinstance(made, AbstractContextManager):
        with made:
            pass
    elif inspect.isgenerator(made):
        list(made)


def act_of(use_case: UseCase, clinic: OpenClinic) -> Act:
    """The right that a use-case asks for before anything else."""
    parts = {one.name: getattr(clinic, one.name) for one in fields(OpenClinic)}
    asking = AskingClinic(**parts | {"store": replace(clinic.store, engine=cast("Engine", Untouched()))})
    try:
        call(use_case, asking)
    except Asked as asked:
        return asked.act
    except Exception as error:
        raise AssertionError(f"{name_of(use_case)} did something before it asked for a right") from error
    raise AssertionError(f"{name_of(use_case)} never asks for a right")


@pytest.fixture(scope="module")
def logged_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, OpenClinic]]:
    """Everybody, logged in to one clinic with a patient in it."""
    clinic: SmallClinic = small_clinic(tmp_path_factory.mktemp("rights") / "clinic")
    people = {role: clinic.as_user(user) for role, user in USER_OF_ROLE.items()}
    add_person(people[Role.FRONT_DESK])
    yield people
    clinic.close()


def contents(clinic: OpenClinic) -> dict[str, str]:
    """A digest of every table, whole, and of every file beside the database."""
    digests = {}
    with clinic.store.engine.connect() as connection:
        for table in Table.metadata.sorted_tables:
            rows = sorted(map(repr, connection.execute(select(table)).all()))
            digests[table.name] = f"{len(rows)} rows {hashlib.sha256(repr(rows).encode()).hexdigest()}"
    for path in sorted(clinic.folder.rglob("*")):
        if path.is_file() and not path.name.startswith("clinic.db"):
            digests[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return digests


def test_the_use_cases_of_every_room_are_found() -> None:
    names = {name_of(one) for one in use_cases()}
    assert len(names) >= 25
    assert {"review_visit.approve_visit", "make_bundle.make_bundle", "list_visits.review_queue"} <= names
    assert set(NO_USE_CASE) <= names, "an exemption for something that is gone"


@pytest.mark.parametrize("use_case", USE_CASES, ids=name_of)
def test_a_use_case_asks_for_a_right_first_and_who_lacks_it_changes_nothing(
    logged_in: dict[Role, OpenClinic], use_case: UseCase
) -> None:
    act = act_of(use_case, logged_in[Role.PROVIDER])
    for role, clinic in logged_in.items():
        if may(role, act):
            continue
        before = contents(clinic)
        with pytest.raises(NotPermitted, match=r"Nothing was changed\. Ask "):
            call(use_case, clinic)
        assert contents(clinic) == before, f"{name_of(use_case)} changed something for {role}"


def test_a_use_case_that_asks_too_late_or_never_is_caught(logged_in: dict[Role, OpenClinic]) -> None:
    def never(clinic: OpenClinic, words: str) -> str:
        return f"{clinic.facts.name} {words}"

    def too_late(clinic: OpenClinic, folder: Path) -> None:
        with clinic.work() as work:
            folder.mkdir()
            clinic.require(Act.MAKE_BUNDLE)
            work.commit()

    for careless, said in ((never, "never asks"), (too_late, "before it asked")):
        with pytest.raises(AssertionError, match=said):
            act_of(careless, logged_in[Role.PROVIDER])


def test_a_read_of_the_store_is_seen_by_the_digest(logged_in: dict[Role, OpenClinic]) -> None:
    desk = logged_in[Role.FRONT_DESK]
    before = contents(desk)
    assert find_patients(desk, "Testerman").rows
    assert contents(desk) == before
    add_person(desk, "Sampleton")
    changed = {name for name, digest in contents(desk).items() if before.get(name) != digest}
    assert {"patient", "log_entry", "log_node"} <= changed


def test_whoever_is_past_their_time_is_refused_everything_they_might_do(
    logged_in: dict[Role, OpenClinic], monkeypatch: pytest.MonkeyPatch
) -> None:
    inspector = logged_in[Role.INSPECTOR]
    assert inspector.person.access_until is not None
    over = inspector.person.access_until.astimezone(CENTRAL)
    monkeypatch.setattr(inspector.clock, "now", lambda: over)
    for act in Act:
        with pytest.raises(NotPermitted, match=r"ended on 30 Nov 2026 at 00:00\."):
            inspector.require(act)
