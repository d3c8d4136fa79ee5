"""Who gets past what: all states of the six lights, every class of item, every role, on the stored visit."""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from mnclinic.domain.finding import Light, LightState
from mnclinic.errors import ActionRefused, NotPermitted
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import release_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic, Signer, signer
from mnclinic.services.show_visit import show_visit
from tests.services.clinic_builder import (
    CONSENT,
    PASSWORDS,
    SmallClinic,
    document,
    policy,
    protocol,
    seen_by,
    small_clinic,
)
from tests.services.reading import records_of, stored_visit

ROLES = {
    "desk": Role.FRONT_DESK,
    "reyes": Role.PROVIDER,
    "okafor": Role.DIRECTOR,
    "owner": Role.ADMINISTRATOR,
    "inspector": Role.INSPECTOR,
}
CLASSES = {
    "never": ("absolute", "nobody"),
    "absolute": ("absolute", "director"),
    "relative": ("relative", "director"),
    "precaution": ("precaution", "performer"),
}
"""By item, its class and who may pass it."""

NOBODYS = {Light.IDENTITY, Light.CONSENT, Light.SUPPLIES}
DIRECTORS = {Light.EXAM, Light.AUTHORITY}
BROKEN = tuple(
    frozenset(lights)
    for count in range(len(Light) + 1)
    for lights in itertools.combinations(sorted(Light), count)
)
"""All 2^6 sets of lights in which something is found."""

CASES = [(broken, item) for broken in BROKEN for item in (CLASSES if Light.HISTORY in broken else ("",))]
PARTS = 4


def _items() -> list[dict[str, Any]]:
    return [
        {
            "item": item,
            "question": f"{item}?",
            "topic": item.capitalize(),
            "class": klass,
            "passed_by": passed_by,
            "window_days": None,
            "shows_earliest": False,
            "advice": "",
            "source": "test",
            "confidence": "low",
        }
        for item, (klass, passed_by) in CLASSES.items()
    ]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallClinic]:
    """One clinic for the whole table: each case has a person of its own."""
    lot = {"kind": "cartridge", "name": "cartridge", "needle_length_mm": "2.50"}
    made = small_clinic(
        tmp_path_factory.mktemp("truth") / "clinic",
        documents=(
            ("policy", policy(screening=_items())),
            ("protocol", protocol()),
            ("consent_text", CONSENT),
        ),
        lots=(
            lot | {"lot": "LOT-1", "expires_on": "2027-05-31"},
            lot | {"lot": "LOT-OLD", "expires_on": "2026-10-31"},
        ),
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def at_work(clinic: SmallClinic) -> Iterator[tuple[Mapping[str, OpenClinic], Mapping[str, Signer]]]:
    """Everybody logged in, and the two signature keys that there are."""
    people = {user: clinic.as_user(user) for user in ROLES}
    with (
        signer(people["reyes"], PASSWORDS["reyes"]) as reyes,
        signer(people["okafor"], PASSWORDS["okafor"]) as okafor,
    ):
        yield people, {"reyes": reyes, "okafor": okafor}


def visit_of(number: int, broken: frozenset[Light], item: str, *, reasons: bool) -> dict[str, Any]:
    """A visit in which exactly these lights find something."""
    born_on = "2006-04-23" if Light.AUTHORITY in broken else "1990-04-23"
    answers = [{"item": one, "answer": "yes" if one == item else "no"} for one in CLASSES]
    made = document(
        patient={"last_name": f"Truth{number}", "first_name": "Ada", "born_on": born_on},
        screening=answers,
    )
    if Light.IDENTITY in broken:
        del made["identity"]
    if Light.EXAM in broken:
        del made["exam"]
    if Light.CONSENT in broken:
        del made["consent"]["signature"]
    if Light.SUPPLIES in broken:
        made["cartridge"] = {"lot": "LOT-OLD"}
    if reasons:
        # Reasons for everything: only what is the performer's to pass takes one.
        codes = ("never", "absolute", "relative", "precaution", "identity_missing", "exam_missing")
        made["reasons"] = [{"code": code, "reason": "It has to go on."} for code in codes]
    return made


def refuses(broken: frozenset[Light], item: str, *, reasons: bool, released: bool) -> bool:
    """What DESIGN says: whether the visit may not go on."""
    if broken & NOBODYS or item == "never":
        return True
    if not released and (broken & DIRECTORS or item in {"absolute", "relative"}):
        return True
    return item == "precaution" and not reasons


def _others(but: str) -> Iterator[str]:
    yield from (user for user in ROLES if user != but)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("reasons", [False, True], ids=["silent", "with reasons"])
def test_each_light_is_passed_by_nobody_but_who_may(
    part: int, reasons: bool, at_work: tuple[Mapping[str, OpenClinic], Mapping[str, Signer]]
) -> None:
    people, keys = at_work
    for at, (broken, item) in list(enumerate(CASES))[part::PARTS]:
        if not reasons and item not in {"precaution", ""}:
            # A reason that is left out matters where the performer may give one.
            continue
        number = at * 2 + reasons
        made = visit_of(number, broken, item, reasons=reasons)
        case = (sorted(broken), item)
        for user in ("desk", "owner", "inspector"):
            with pytest.raises(NotPermitted):
                record_visit(people[user], made, keys["reyes"], shown="command")
        recorded = record_visit(people["reyes"], made, keys["reyes"], shown="command")
        for light in Light:
            is_quiet = recorded.verdict.light(light) is LightState.PASSED
            assert is_quiet == (light not in broken), (case, light)
        is_refused = refuses(broken, item, reasons=reasons, released=False)
        assert (recorded.state == "deferred") == is_refused, case
        if is_refused:
            _holds(people, keys, recorded.visit_id, broken, item, reasons=reasons)
        else:
            assert recorded.state == "in_review", case


def _holds(
    people: Mapping[str, OpenClinic],
    keys: Mapping[str, Signer],
    visit_id: str,
    broken: frozenset[Light],
    item: str,
    *,
    reasons: bool,
) -> None:
    """The refused visit holds no lines, and nobody gets past it but by what is theirs to pass."""
    case = (sorted(broken), item)
    assert "lines" not in records_of(people["reyes"], visit_id)[0]["document"], case
    edition = stored_visit(people["reyes"], visit_id).edition
    for user in ROLES:
        if user != "okafor":
            with pytest.raises(NotPermitted):
                release_visit(
                    people[user],
                    visit_id,
                    None,
                    keys["okafor"],
                    "Let it pass.",
                    shown="command",
                    seen=seen_by(people["okafor"], visit_id),
                )
        if user != "reyes":
            with pytest.raises((NotPermitted, ActionRefused)):
                perform_visit(people[user], visit_id, edition, keys["reyes"], shown="command")
    with pytest.raises(ActionRefused):
        _perform(people, keys, visit_id)
    is_directors = bool(broken & DIRECTORS) or item in {"absolute", "relative"}
    if not is_directors:
        with pytest.raises(ActionRefused):
            release_visit(
                people["okafor"],
                visit_id,
                None,
                keys["okafor"],
                "Let it pass.",
                shown="command",
                seen=seen_by(people["okafor"], visit_id),
            )
        return
    released = release_visit(
        people["okafor"],
        visit_id,
        None,
        keys["okafor"],
        "Let it pass.",
        shown="command",
        seen=seen_by(people["okafor"], visit_id),
    )
    assert (released.state == "deferred") == (bool(broken & NOBODYS) or item == "never"), case
    if refuses(broken, item, reasons=reasons, released=True):
        with pytest.raises(ActionRefused):
            _perform(people, keys, visit_id)
        assert stored_visit(people["reyes"], visit_id).state in {"deferred", "draft"}, case
    else:
        view = show_visit(people["reyes"], visit_id, opened=False)
        save_visit(people["reyes"], visit_id, view.edition, view.document | {"lines": document()["lines"]})
        _perform(people, keys, visit_id)
        assert stored_visit(people["reyes"], visit_id).state == "in_review", case


def _perform(people: Mapping[str, OpenClinic], keys: Mapping[str, Signer], visit_id: str) -> None:
    edition = stored_visit(people["reyes"], visit_id).edition
    perform_visit(people["reyes"], visit_id, edition, keys["reyes"], shown="command")


def test_only_the_roles_of_the_design_sign_and_release() -> None:
    for user, role in ROLES.items():
        assert may(role, Act.RELEASE_VISIT) == (user == "okafor")
        assert may(role, Act.SIGN_VISIT_AS_PERFORMER) == (user in {"reyes", "okafor"})
