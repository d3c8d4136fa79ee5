"""What somebody signed and no entry froze cannot be left out; what is elsewhere is missed by nobody."""

from pathlib import Path

import pytest

from mnclinic.bundles.container import write_container
from tests.bundles.builders import ANN, BEGUN, DIRECTOR, NURSE, SIGNED, Clinic, a_clinic, sealed
from tests.bundles.test_slices import exported
from tests.bundles.test_solo import told_by_all

UNDRAWN = "aaaaaaaa-0000-4000-8000-000000000009"
NO_ENTRY_FREEZES = "speaks of a signature (visit.performed) on a record that no entry freezes."


class Undrawn(Clinic):
    """A clinic whose program enters no draw from some moment on."""

    is_silent = False

    def enter(self, action: str, visit: str, revision: int, data: bytes, day: int) -> None:
        if not self.is_silent:
            super().enter(action, visit, revision, data, day)


def undrawn(visit: str = UNDRAWN, day: int = 12) -> Clinic:
    """A clinic in which one visit more was performed, and never drawn."""
    sound = a_clinic()
    clinic = Undrawn(**{name: getattr(sound, name) for name in vars(sound)})
    clinic.is_silent = True
    clinic.freeze(visit, ANN, day, state="performed", pins=clinic.pins)
    clinic.sign(visit, "performed", day=day, key=NURSE, state="in_review")
    return clinic


@pytest.mark.parametrize("day", [12, 25], ids=["in the period", "behind it"])
def test_a_visit_that_was_performed_and_never_drawn_is_missed_by_all(tmp_path: Path, day: int) -> None:
    clinic = undrawn(day=day)
    told = told_by_all(write_container(sealed(clinic.members(left_out=[UNDRAWN]))), tmp_path)
    assert told["verdict"] == "INCOMPLETE"
    assert [NO_ENTRY_FREEZES in one["what"] for one in told["findings"]] == [True]
    assert "The log speaks of 1 visit that nobody signed" in " ".join(one["what"] for one in told["notes"])


def test_it_is_missed_in_one_person_s_bundle_too(tmp_path: Path) -> None:
    payload = exported(undrawn())
    thinned = {name: data for name, data in payload.items() if UNDRAWN not in name}
    told = told_by_all(write_container(sealed(thinned)), tmp_path)
    assert any(NO_ENTRY_FREEZES in one["what"] for one in told["findings"]), told["findings"]


def test_a_later_revision_that_was_never_drawn_is_missed_by_all(tmp_path: Path) -> None:
    clinic = undrawn(SIGNED, 13)
    later = (f"{SIGNED}/r2", f"{SIGNED}/signature-3")
    clinic.files = {
        name: data for name, data in clinic.files.items() if not any(one in name for one in later)
    }
    del clinic.records[SIGNED, 2]
    clinic.states[SIGNED] = "signed"
    told = told_by_all(write_container(sealed(clinic.members())), tmp_path)
    assert told["verdict"] == "INCOMPLETE"
    assert [NO_ENTRY_FREEZES in one["what"] for one in told["findings"]] == [True]


def test_one_that_is_in_the_bundle_all_the_same_is_altered_for_all(tmp_path: Path) -> None:
    told = told_by_all(write_container(sealed(undrawn().members())), tmp_path)
    assert told["verdict"] == "ALTERED"
    assert [one["what"] for one in told["findings"]] == ["The log never speaks of this record."]


def test_a_visit_that_was_released_and_begun_again_is_missed_by_nobody(tmp_path: Path) -> None:
    clinic = a_clinic()
    clinic.freeze(BEGUN, ANN, 14, state="deferred", pins={**clinic.pins, "consent_text": None})
    clinic.sign(BEGUN, "released", day=25, key=DIRECTOR, state="draft", reason="Healed.")
    told = told_by_all(write_container(sealed(clinic.members())), tmp_path)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
