"""Who treated stays the performer: only whoever says it of themself, logged in, takes a treated visit."""

from typing import Any

import pytest

from mnclinic.errors import ActionRefused
from mnclinic.services.keep_visit_draft import keep_visit_draft
from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import return_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.users.end_access import end_access
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person, document
from tests.services.reading import entries_since, log_size, problems_found, stored_visit


def treated(clinic: OpenClinic, last_name: str = "Testerman") -> tuple[str, int, dict[str, Any]]:
    """A draft in which T. Reyes treated: its id, edition and document."""
    visit = start_visit(clinic, add_person(clinic, last_name), "microneedling_face", "reyes")
    view = show_visit(clinic, visit)
    written = document(patient=view.document["patient"])
    saved = save_visit(clinic, visit, view.edition, written)
    return visit, saved.edition, written


def of(written: dict[str, Any], performer: str) -> dict[str, Any]:
    return {**written, "performer": performer}


@pytest.mark.parametrize("by", ["reyes", "okafor"])
def test_nobody_puts_somebody_elses_name_on_a_treatment(clinic: SmallClinic, by: str) -> None:
    visit, edition, written = treated(clinic.as_user("reyes"))
    opened = clinic.as_user(by)
    with pytest.raises(ActionRefused, match="holds a treatment"):
        save_visit(opened, visit, edition, of(written, "lind"))
    assert stored_visit(opened, visit).performer == "reyes"


def test_the_letters_that_were_typed_stay_beside_a_visit_whose_performer_was_refused(
    clinic: SmallClinic,
) -> None:
    visit, edition, written = treated(clinic.as_user("reyes"))
    okafor = clinic.as_user("okafor")
    typed = of(written, "lind")
    kept = keep_visit_draft(
        okafor,
        visit,
        edition,
        typed,
        rest={},
        whole={"typed": {"performer": "lind"}, "was": {}},
        at="performer",
        cursor=0,
    )
    assert not kept.is_in_visit
    assert "holds a treatment" in kept.refused
    assert stored_visit(okafor, visit).performer == "reyes"


def test_whoever_did_treat_takes_the_visit_and_the_log_says_from_whom(clinic: SmallClinic) -> None:
    visit, edition, written = treated(clinic.as_user("reyes"))
    lind = clinic.as_user("lind")
    size = log_size(lind)
    save_visit(lind, visit, edition, of(written, "lind"), is_autosave=True)
    assert stored_visit(lind, visit).performer == "lind"
    (entry,) = [one for one in entries_since(lind, size) if one["action"] == "visit.draft_saved"]
    assert entry["why"] == "handed_over"
    assert problems_found(lind) == []


def test_a_treatment_that_only_its_end_tells_of_keeps_its_performer(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    visit, edition, written = treated(reyes)
    ended = {name: value for name, value in written.items() if name != "lines"}
    saved = save_visit(reyes, visit, edition, ended)
    with pytest.raises(ActionRefused, match="holds a treatment"):
        save_visit(clinic.as_user("okafor"), visit, saved.edition, of(ended, "lind"))


def test_each_step_by_which_a_treatment_could_get_another_name_is_entered(clinic: SmallClinic) -> None:
    visit, edition, written = treated(clinic.as_user("reyes"))
    okafor = clinic.as_user("okafor")
    size = log_size(okafor)
    bare = {name: value for name, value in written.items() if name not in {"lines", "ended_at"}}
    edition = save_visit(okafor, visit, edition, bare, is_autosave=True).edition
    save_visit(okafor, visit, edition, of(bare, "lind"), is_autosave=True)
    entered = [one for one in entries_since(okafor, size) if one["action"] == "visit.draft_saved"]
    assert [one["why"] for one in entered] == [None, "handed_over"]
    assert problems_found(okafor) == []


def test_before_the_treatment_anybody_names_another_performer(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    visit = start_visit(okafor, add_person(okafor, "Testerman"), "microneedling_face", "reyes")
    view = show_visit(okafor, visit)
    save_visit(okafor, visit, view.edition, of(view.document, "lind"))
    assert stored_visit(okafor, visit).performer == "lind"


def test_a_treatment_that_was_signed_keeps_its_performer_when_it_comes_back(clinic: SmallClinic) -> None:
    visit, edition, written = treated(clinic.as_user("reyes"))
    with clinic.signing("reyes") as (opened, by):
        perform_visit(opened, visit, edition, by, shown="window")
    with clinic.signing("okafor") as (okafor, by):
        return_visit(okafor, visit, None, by, "Why this depth?", shown="window")
    lind = clinic.as_user("lind")
    with pytest.raises(ActionRefused, match="holds a treatment"):
        save_visit(lind, visit, stored_visit(lind, visit).edition, of(written, "lind"))
    with clinic.signing("lind") as (opened, by), pytest.raises(ActionRefused, match="holds a treatment"):
        record_visit(opened, {**of(written, "lind"), "visit": visit}, by, shown="command")


def test_nobody_takes_the_treatment_of_whoever_left(clinic: SmallClinic) -> None:
    visit, _, written = treated(clinic.as_user("reyes"))
    clinic.close()
    clinic.opened.clear()
    owner = clinic.as_user("owner")
    end_access(owner, "reyes", PASSWORDS["owner"], reason="Moves away.", hand_over_to="lind")
    lind = clinic.as_user("lind")
    with pytest.raises(ActionRefused, match="holds a treatment"):
        save_visit(lind, visit, stored_visit(lind, visit).edition, of(written, "lind"))
    assert [one.code for one in show_visit(lind, visit).performers] == []


@pytest.mark.parametrize(
    ("by", "offered"), [("reyes", ["reyes"]), ("desk", ["reyes"]), ("lind", ["lind", "reyes"])]
)
def test_a_treated_visit_offers_its_performer_and_whoever_is_logged_in(
    clinic: SmallClinic, by: str, offered: list[str]
) -> None:
    visit, _, _ = treated(clinic.as_user("reyes"))
    assert sorted(one.code for one in show_visit(clinic.as_user(by), visit).performers) == offered
