"""Every director's key that counts in a bundle is compared with paper, or the verdict says which one is not.

The attacker here is an administrator: the installation vouches for whatever she enrols, and a bribed or
invented second person confirms it. She holds no director's key that is on paper.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mnclinic.bundles.check_revocations import NOBODY_ELSE
from mnclinic.bundles.container import write_container
from tests.bundles.builders import (
    DIRECTOR,
    DIRECTOR_SESSION,
    INSTALLATION,
    NEW_DIRECTOR,
    NURSE_SESSION,
    OWNER_SESSION,
    STRANGER,
    Clinic,
    sealed,
    sound_bundle,
)
from tests.bundles.test_attacks import told_by_both
from tests.bundles.test_revocations import (
    after_the_loss,
    after_the_new_key,
    approve,
    before_the_loss,
    bundle_of,
    replaced_bundle,
)
from tests.bundles.test_solo import told_by_all

NOT_CHECKED = "VALID (KEY NOT CHECKED)"
OLD, NEW = DIRECTOR.id, NEW_DIRECTOR.id


def expected(key: str, since: str, who: str, sheet: str) -> dict[str, str]:
    return {
        "where": f"key {key}",
        "what": f"The director's key {key} of Ines Okafor counts here, and no chain of directors' vouches "
        f"leads to it from a fingerprint that was given. It is registered since {since} of the log. {who} "
        f"Compare it with the {sheet} fingerprint sheet, signed in ink, and verify with --trust of it as "
        "well.",
    }


def test_the_old_fingerprint_alone_does_not_check_the_key_that_replaced_it(tmp_path: Path) -> None:
    told = told_by_all(replaced_bundle(), tmp_path, OLD)
    confirmed = "Confirmed by a second person: Tomas Reyes."
    assert told["verdict"] == NOT_CHECKED
    assert told["findings"] == [expected(NEW, "2026-11-14, by entry 16", confirmed, "newer")]


def test_the_new_fingerprint_alone_does_not_check_the_key_before_it(tmp_path: Path) -> None:
    told = told_by_all(replaced_bundle(), tmp_path, NEW)
    first = "It is the first director's key of this clinic, so nobody else confirmed it."
    assert told["verdict"] == NOT_CHECKED
    assert told["findings"] == [expected(OLD, "2026-11-01, by entry 1", first, "older")]


@pytest.mark.parametrize(
    "given", [f"{OLD},{NEW}", f"{NEW} {OLD}", f"{NEW.upper()}:\n{OLD}", f"{OLD},{NEW},{'0' * 64}"]
)
def test_both_fingerprints_are_valid_however_they_are_written(tmp_path: Path, given: str) -> None:
    told = told_by_all(replaced_bundle(), tmp_path, given)
    assert (told["verdict"], told["findings"]) == ("VALID", [])


def test_without_any_fingerprint_nothing_is_said_of_single_keys(tmp_path: Path) -> None:
    told = told_by_both(replaced_bundle(), tmp_path)
    assert (told["verdict"], told["findings"]) == (NOT_CHECKED, [])


def test_a_second_sheet_does_no_harm_to_a_bundle_made_before_it(tmp_path: Path) -> None:
    for given in (OLD, f"{OLD},{NEW}"):
        assert told_by_all(sound_bundle(), tmp_path, given)["verdict"] == "VALID"


def test_fingerprints_that_are_all_wrong_name_the_chain_of_keys(tmp_path: Path) -> None:
    told = told_by_all(replaced_bundle(), tmp_path, f"{'0' * 64},{NURSE_SESSION.id}")
    assert told["verdict"] == "ALTERED"
    assert [one["where"] for one in told["findings"]] == ["data/keys/director.pem"]


def test_where_nobody_else_confirmed_the_new_key_the_sentence_says_so(tmp_path: Path) -> None:
    clinic = after_the_loss()
    clinic.enrol(NEW_DIRECTOR, INSTALLATION, day=14, why=NOBODY_ELSE)
    clinic.vouch(1, NEW_DIRECTOR)
    told = told_by_all(bundle_of(clinic), tmp_path, OLD)
    nobody = "The log says that nobody else could confirm it."
    assert told["verdict"] == NOT_CHECKED
    assert told["findings"] == [expected(NEW, "2026-11-14, by entry 16", nobody, "newer")]


def unvouched() -> Clinic:
    """A new director's key that does not vouch for the installation."""
    clinic = after_the_loss()
    clinic.enrol(NEW_DIRECTOR, INSTALLATION, NURSE_SESSION, day=14)
    return clinic


def under_the_old_pem(clinic: Clinic) -> bytes:
    """As `bundle_of`, but under the old key, to which the seal leads."""
    return write_container(sealed(clinic.members()))


def _decision(clinic: Clinic) -> None:
    approve(clinic, NEW_DIRECTOR)


def _policy(clinic: Clinic) -> None:
    clinic.approve("policy", "policies", "mild-v1", {"id": "mild", "version": 1}, key=NEW_DIRECTOR)


def _declaration(clinic: Clinic) -> None:
    clinic.declare_solo(key=NEW_DIRECTOR)


def _vouch(clinic: Clinic) -> None:
    clinic.vouch(1, NEW_DIRECTOR)


@pytest.mark.parametrize("use", [_decision, _policy, _declaration, _vouch])
def test_each_thing_that_only_a_director_signs_wants_its_key_checked(
    tmp_path: Path, use: Callable[[Clinic], None]
) -> None:
    clinic = unvouched()
    use(clinic)
    told = told_by_all(under_the_old_pem(clinic), tmp_path, OLD)
    assert told["verdict"] == NOT_CHECKED
    assert [one["where"] for one in told["findings"]] == [f"key {NEW}"]


def test_a_director_key_that_signed_nothing_here_is_not_asked_for(tmp_path: Path) -> None:
    told = told_by_all(under_the_old_pem(unvouched()), tmp_path, OLD)
    assert (told["verdict"], told["findings"]) == ("VALID", [])


def test_a_key_for_which_the_old_one_vouched_needs_no_sheet_of_its_own(tmp_path: Path) -> None:
    clinic = before_the_loss()
    clinic.enrol(NEW_DIRECTOR, INSTALLATION, DIRECTOR, OWNER_SESSION, day=14)
    clinic.vouch(1, NEW_DIRECTOR)
    clinic.revoke(DIRECTOR, "replaced", day=15, by=DIRECTOR_SESSION)
    approve(clinic, NEW_DIRECTOR)
    assert told_by_all(bundle_of(clinic), tmp_path, OLD)["verdict"] == "VALID"
    assert told_by_all(bundle_of(clinic), tmp_path, NEW)["verdict"] == NOT_CHECKED


def test_the_chain_of_directors_vouches_has_any_length_and_no_other_links(tmp_path: Path) -> None:
    third = replace(STRANGER, staff=DIRECTOR.staff, name=DIRECTOR.name)
    clinic = before_the_loss()
    clinic.enrol(NEW_DIRECTOR, INSTALLATION, DIRECTOR, OWNER_SESSION, day=14)
    clinic.enrol(third, INSTALLATION, NEW_DIRECTOR, OWNER_SESSION, day=14)
    approve(clinic, third)
    assert told_by_all(under_the_old_pem(clinic), tmp_path, OLD)["verdict"] == "VALID"
    clinic = before_the_loss()
    clinic.enrol(third, INSTALLATION, DIRECTOR_SESSION, OWNER_SESSION, day=14)
    approve(clinic, third)
    assert told_by_all(under_the_old_pem(clinic), tmp_path, OLD)["verdict"] == NOT_CHECKED


def test_an_altered_bundle_stays_altered_and_names_the_unchecked_key_last(tmp_path: Path) -> None:
    clinic = after_the_new_key()
    approve(clinic, NEW_DIRECTOR)
    clinic.revocations.clear()
    told = told_by_all(bundle_of(clinic), tmp_path, OLD)
    assert told["verdict"] == "ALTERED"
    assert told["findings"][-1]["where"] == f"key {NEW}"
