"""What differs between two versions is told in words, and which way it goes is told only where it can be."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mnclinic.domain.policy_parameters import BY_CODE, compared
from mnclinic.domain.rule_changes import Change, rule_changes
from tests.domain.builders import draft
from tests.services.clinic_builder import policy as first_form

Json = dict[str, Any]
POLICY = draft("policies/tx.json")
PROTOCOL = draft("protocols/face-mechanical.json")


def changed(kind: str, change: Callable[[Json], object]) -> tuple[Change, ...]:
    old = POLICY if kind == "policy" else PROTOCOL
    new = json.loads(json.dumps(old))
    change(new)
    return rule_changes(kind, old, new)


def item(document: Json, name: str) -> Json:
    return next(one for one in document["screening"] if one["item"] == name)


def test_the_same_document_twice_differs_in_nothing() -> None:
    for kind, one in (("policy", POLICY), ("protocol", PROTOCOL)):
        assert rule_changes(kind, one, json.loads(json.dumps(one))) == ()


@pytest.mark.parametrize(
    ("change", "path", "old", "new", "direction"),
    [
        (
            lambda d: d["parameters"]["consent_valid_days"].update(value=400),
            "parameters.consent_valid_days.value", "365 days", "400 days", "looser",
        ),
        (
            lambda d: d["parameters"]["minimum_age_years"].update(value=22),
            "parameters.minimum_age_years.value", "18 years", "22 years", "stricter",
        ),
        (
            lambda d: d["parameters"]["exam_modalities"].update(value=["in_person"]),
            "parameters.exam_modalities.value", "in person, video", "in person", "stricter",
        ),
        (
            lambda d: d["parameters"]["order_valid_days"].update(value=90),
            "parameters.order_valid_days.value", "not known", "90 days", "stricter",
        ),
        (
            lambda d: d["parameters"]["exam_valid_days"].update(value=None),
            "parameters.exam_valid_days.value", "365 days", "not known", "stricter",
        ),
        (
            lambda d: d["parameters"]["retention_audit_log_years"].update(value=7),
            "parameters.retention_audit_log_years.value", "not known", "7 years", "",
        ),
        (
            lambda d: d["parameters"]["exam_valid_days"].update(source="Our counsel, 2026-11-02"),
            "parameters.exam_valid_days.source",
            "Industry habit of 12 months; many states define none", "Our counsel, 2026-11-02", "",
        ),
        (lambda d: d["review"]["sample_percent"].update(value=20), "review.sample_percent.value",
         "10 percent", "20 percent", "stricter"),
        (lambda d: d["review"]["always"].remove("prp"), "review.always",
         "adverse event, override, off label, prp", "adverse event, override, off label", "looser"),
        (lambda d: d["roles"][4].update(unsupervised_mm="1.50"), "roles.RN.unsupervised_mm",
         "no limit", "1.50", "stricter"),
        (lambda d: d["roles"][4].update(supervision="general"), "roles.RN.supervision",
         "immediately_available", "general", "looser"),
        (lambda d: d["roles"][4].update(may_examine=True), "roles.RN.may_examine", "no", "yes", "looser"),
        (lambda d: item(d, "isotretinoin_stopped").update(window_days=365),
         "screening.isotretinoin_stopped.window_days", "183", "365", "stricter"),
        (lambda d: item(d, "isotretinoin_stopped").update(window_days=None),
         "screening.isotretinoin_stopped.window_days", "183", "no limit", "stricter"),
        (lambda d: item(d, "pregnancy").update(passed_by="nobody"),
         "screening.pregnancy.passed_by", "director", "nobody", "stricter"),
        (lambda d: d["adverse_events"][0].update(tell_director_h=96),
         "adverse_events.1.tell_director_h", "72", "96", "looser"),
        (lambda d: d.update(effective_on="2026-02-01"), "effective_on", "2026-01-05", "2026-02-01", ""),
    ],
)  # fmt: skip
def test_one_change_of_a_policy_is_told_with_its_direction(
    change: Callable[[Json], object], path: str, old: str, new: str, direction: str
) -> None:
    (told,) = changed("policy", change)
    assert (told.path, told.old, told.new, told.direction) == (path, old, new, direction)
    assert told.group
    assert told.words


@pytest.mark.parametrize(
    ("change", "path", "direction"),
    [
        (lambda d: d["areas"][0].update(hard_max_mm="1.25"), "areas.forehead.hard_max_mm", "stricter"),
        (lambda d: d["areas"][0].update(acknowledge_above_mm="1.25"),
         "areas.forehead.acknowledge_above_mm", "looser"),
        (lambda d: d["areas"][0].update(soft_max_mm="1.000"), "areas.forehead.soft_max_mm", ""),
        (lambda d: d["areas"].pop(0), "areas.forehead", "stricter"),
        (lambda d: d["devices"].append("SP-02"), "devices", "looser"),
        (lambda d: d["performer_credentials"].remove("EST"), "performer_credentials", "stricter"),
        (lambda d: d["interval_block_days"].update(value=21), "interval_block_days.value", "stricter"),
        (lambda d: d.update(supervision="on_site"), "supervision", "stricter"),
        (lambda d: d["steps"].append("Photograph the result."), "steps", ""),
        (lambda d: d["providers"].append({"user": "reyes", "valid_from": "2026-01-05", "valid_to": None}),
         "providers", ""),
        (lambda d: d["photos"].pop(), "photos", ""),
    ],
)  # fmt: skip
def test_one_change_of_a_protocol_is_told_with_its_direction(
    change: Callable[[Json], object], path: str, direction: str
) -> None:
    (told,) = changed("protocol", change)
    assert (told.path, told.direction) == (path, direction)


def test_a_new_screening_item_is_stricter_and_one_taken_out_is_looser() -> None:
    new = {**item(POLICY, "pregnancy"), "item": "another", "topic": "Another"}
    (added,) = changed("policy", lambda d: d["screening"].append(new))
    assert (added.words, added.direction, added.group) == ("New", "stricter", "Another")
    (removed,) = changed("policy", lambda d: d["screening"].pop(0))
    assert (removed.words, removed.direction) == ("Taken out", "looser")


def test_a_new_role_is_looser_and_one_taken_out_is_stricter() -> None:
    new = {**POLICY["roles"][4], "credential": "LPN"}
    (added,) = changed("policy", lambda d: d["roles"].append(new))
    assert (added.group, added.direction) == ("LPN", "looser")
    (removed,) = changed("policy", lambda d: d["roles"].pop(4))
    assert (removed.group, removed.direction) == ("RN", "stricter")


def test_steps_in_another_order_are_told() -> None:
    (told,) = changed("protocol", lambda d: d["steps"].reverse())
    assert told.words == "Another order"


def test_the_first_form_is_compared_with_the_second() -> None:
    told = {one.path: one for one in rule_changes("policy", first_form(), POLICY)}
    assert told["roles.RN"].direction == "looser"
    assert told["parameters.interval_block_days.value"].new == "14 days"
    assert told["exam_credentials"].old == "MD, NP"


def test_unknown_is_compared_as_the_rules_read_it() -> None:
    assert compared(BY_CODE["exam_valid_days"], None, 30) == "looser"
    assert compared(BY_CODE["order_valid_days"], 30, None) == "looser"
    assert compared(BY_CODE["retention_adult_years"], None, 7) == ""
