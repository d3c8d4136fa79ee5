"""Versions of policy and protocol: drafted, moved between clinics, signed, and in force from day to day."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted
from mnclinic.services.approve_document import DocumentRow, approve_document, list_documents
from mnclinic.services.check_store import check_store
from mnclinic.services.in_force import InForce, in_force_on
from mnclinic.services.notices import notices
from mnclinic.services.record_visit import record_visit
from mnclinic.services.rule_versions import (
    add_draft,
    beginning_on,
    compare_rules,
    find_rules,
    problems_of_rules,
    read_rules_file,
    unknown_parameters,
    write_rules_file,
)
from mnclinic.services.shipped_drafts import policy_presets, protocol_presets
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import (
    MONDAY,
    SmallClinic,
    add_person,
    document,
    known_clinic,
    policy,
    protocol,
    small_clinic,
)

Json = dict[str, Any]
TODAY = MONDAY.date()
PRESETS = {one.short_name: dict(one.document) for one in policy_presets()}


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = known_clinic(tmp_path / "clinic")
    yield made
    made.let_go()


def drafted(clinic: SmallClinic, kind: Any, content: Json, day: date) -> DocumentRow:  # noqa: ANN401 - "policy" or "protocol"
    return add_draft(clinic.as_user("okafor"), kind, content | {"effective_on": day.isoformat()})


def signed(clinic: SmallClinic, row: DocumentRow) -> DocumentRow:
    with clinic.signing("okafor") as (okafor, by):
        return approve_document(okafor, row.row_id, by, shown="window")


def small_policy(**changes: object) -> Json:
    """The clinic's policy, of the first form, as its schema takes it."""
    content = json.loads(json.dumps(policy(**changes)))
    for figure in (*content["parameters"].values(), *content["review"].values(), *content["screening"]):
        if isinstance(figure, dict):
            figure["confidence"] = "low"
    return dict(content)


def refusals(error: pytest.ExceptionInfo[ActionRefused]) -> set[str]:
    return {one.code for one in error.value.refusals}


def test_a_draft_gets_the_next_number_and_counts_for_nothing(clinic: SmallClinic) -> None:
    row = drafted(clinic, "policy", PRESETS["ca"], TODAY)
    assert (row.version, row.approved_at) == (2, None)
    assert in_force_on(clinic.as_user("desk")).policy is not None
    found = in_force_on(clinic.as_user("desk")).policy
    assert found is not None
    assert found.document.version == 1


def test_a_draft_that_changes_nothing_is_refused(clinic: SmallClinic) -> None:
    drafted(clinic, "policy", PRESETS["ca"], TODAY)
    with pytest.raises(ActionRefused) as error:
        drafted(clinic, "policy", PRESETS["ca"] | {"version": 77}, TODAY)
    assert refusals(error) == {"nothing_changed"}
    assert len([one for one in list_documents(clinic.as_user("desk")) if one.kind == "policy"]) == 2


def test_a_draft_with_faults_tells_every_one_and_stores_nothing(clinic: SmallClinic) -> None:
    wrong = json.loads(json.dumps(PRESETS["tx"]))
    wrong["parameters"]["interval_block_days"]["value"] = 90
    wrong["parameters"]["exam_valid_days"].pop("unit")
    wrong["review_by"] = "2025-01-01"
    wrong["roles"][0]["credential"] = "NP"
    with pytest.raises(InvalidInput) as error:
        add_draft(clinic.as_user("okafor"), "policy", wrong)
    assert {one.where for one in error.value.problems} == {
        "effective_on",
        "parameters.interval_warn_days.value",
        "parameters.exam_valid_days.unit",
        "review_by",
        "roles[2].credential",
    }
    assert len([one for one in list_documents(clinic.as_user("desk")) if one.kind == "policy"]) == 1


def test_only_leaders_draft_and_only_the_director_signs(clinic: SmallClinic) -> None:
    for user in ("desk", "reyes"):
        with pytest.raises(NotPermitted):
            add_draft(clinic.as_user(user), "policy", PRESETS["ca"])
    row = add_draft(clinic.as_user("owner"), "policy", PRESETS["ca"] | {"effective_on": TODAY.isoformat()})
    with clinic.signing("reyes") as (reyes, by), pytest.raises(NotPermitted):
        approve_document(reyes, row.row_id, by, shown="window")


def test_days_that_overlap_with_a_signed_version_are_refused_with_every_reason(clinic: SmallClinic) -> None:
    later = signed(clinic, drafted(clinic, "policy", PRESETS["ca"], TODAY + timedelta(days=30)))
    assert later.approved_at is not None
    for state, day, reasons in (
        ("fl", TODAY + timedelta(days=30), 1),
        ("ny", TODAY + timedelta(days=5), 1),
        # The first policy's day, the later one's, and the day itself.
        ("az", date(2026, 1, 5), 3),
    ):
        with pytest.raises(InvalidInput) as error:
            drafted(clinic, "policy", PRESETS[state], day)
        assert {one.where for one in error.value.problems} == {"effective_on"}
        assert len(error.value.problems) == reasons
    assert [one.version for one in list_documents(clinic.as_user("desk")) if one.kind == "policy"] == [2, 1]


def test_days_that_overlap_are_told_together_with_whatever_else_is_wrong(clinic: SmallClinic) -> None:
    wrong = json.loads(json.dumps(PRESETS["ca"])) | {"effective_on": "2026-01-05"}
    wrong["parameters"]["interval_block_days"]["value"] = 90
    del wrong["parameters"]["exam_valid_days"]["unit"]
    okafor = clinic.as_user("okafor")
    with pytest.raises(InvalidInput) as error:
        add_draft(okafor, "policy", wrong)
    assert {one.where for one in error.value.problems} == {
        "effective_on",
        "parameters.exam_valid_days.unit",
        "parameters.interval_warn_days.value",
    }
    assert problems_of_rules(okafor, "policy", wrong) == error.value.problems
    sound = PRESETS["ca"] | {"effective_on": "2026-01-05"}
    assert {one.where for one in problems_of_rules(okafor, "policy", sound)} == {"effective_on"}
    assert problems_of_rules(okafor, "policy", sound | {"effective_on": TODAY.isoformat()}) == ()


def test_a_document_that_is_none_is_told_and_nothing_breaks(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    for none in ({}, {"effective_on": 7, "service": []}, {"effective_on": "2026-02-30"}):
        assert problems_of_rules(okafor, "protocol", none)


def test_a_protocol_overlaps_with_those_for_its_own_service_alone(clinic: SmallClinic) -> None:
    prp = next(dict(one.document) for one in protocol_presets() if one.short_name == "face-prp")
    assert signed(clinic, drafted(clinic, "protocol", prp, TODAY)).approved_at is not None
    face = dict(protocol_presets()[0].document)
    with pytest.raises(InvalidInput) as error:
        drafted(clinic, "protocol", face, date(2026, 1, 5))
    assert [one.where for one in error.value.problems] == ["effective_on", "effective_on"]
    assert signed(clinic, drafted(clinic, "protocol", face, TODAY)).approved_at is not None


def test_the_first_version_of_its_kind_may_be_signed_after_its_first_day_and_the_next_may_not(
    clinic: SmallClinic,
) -> None:
    prp = next(dict(one.document) for one in protocol_presets() if one.short_name == "face-prp")
    waiting = drafted(clinic, "protocol", prp, TODAY)
    clinic.clock.at += timedelta(days=3)
    assert signed(clinic, waiting).approved_at is not None, "the director came on the third day"
    later = drafted(clinic, "protocol", prp, TODAY + timedelta(days=3))
    clinic.clock.at += timedelta(days=1)
    with pytest.raises(ActionRefused, match="has passed"):
        signed(clinic, later)


def test_a_first_day_that_was_mistyped_by_years_is_not_signed_because_nothing_could_be_changed_before_it(
    clinic: SmallClinic,
) -> None:
    far, rules = TODAY + timedelta(days=367), PRESETS["ca"] | {"review_by": "2029-01-05"}
    with pytest.raises(InvalidInput) as error:
        drafted(clinic, "policy", rules, far)
    told = [(one.where, one.what) for one in error.value.problems]
    assert [where for where, _ in told] == ["effective_on"]
    assert "nothing could be changed before that day" in told[0][1]
    waiting = drafted(clinic, "policy", rules, far - timedelta(days=1))
    clinic.clock.at -= timedelta(days=2)
    with pytest.raises(ActionRefused) as refused:
        signed(clinic, waiting)
    assert refusals(refused) == {"effective_day_too_far"}
    clinic.clock.at += timedelta(days=2)
    assert signed(clinic, waiting).approved_at is not None


def test_what_was_in_force_is_told_for_any_day(clinic: SmallClinic) -> None:
    begins = TODAY + timedelta(days=10)
    signed(clinic, drafted(clinic, "policy", PRESETS["ca"], begins))
    desk = clinic.as_user("desk")

    def version(found: InForce) -> tuple[int, date | None] | None:
        return (found.policy.document.version, found.policy.until) if found.policy else None

    assert version(in_force_on(desk, date(2026, 1, 4))) is None
    assert version(in_force_on(desk, date(2026, 1, 5))) == (1, begins - timedelta(days=1))
    assert version(in_force_on(desk, begins - timedelta(days=1))) == (1, begins - timedelta(days=1))
    assert version(in_force_on(desk, begins)) == (2, None)


def test_a_version_that_was_signed_only_later_is_marked(clinic: SmallClinic) -> None:
    then = in_force_on(clinic.as_user("desk"), date(2026, 1, 5)).policy
    now = in_force_on(clinic.as_user("desk"), TODAY).policy
    assert then is not None
    assert now is not None
    assert (then.signed_later, now.signed_later) == (True, False)


def test_directors_and_licences_are_those_of_the_day(clinic: SmallClinic) -> None:
    found = in_force_on(clinic.as_user("desk"), TODAY)
    assert [one.user for one in found.directors] == ["okafor"]
    licences = {one.user: one for one in found.licences}
    assert licences["reyes"].was_valid
    after = licences["reyes"].expires_on + timedelta(days=1)
    assert not {one.user: one for one in in_force_on(clinic.as_user("desk"), after).licences}[
        "reyes"
    ].was_valid
    assert in_force_on(clinic.as_user("desk"), TODAY - timedelta(days=400)).directors == ()


def test_a_policy_moves_to_another_clinic_as_a_file(clinic: SmallClinic, tmp_path: Path) -> None:
    row = drafted(clinic, "policy", PRESETS["tn"], TODAY)
    path = tmp_path / "policy.json"
    write_rules_file(row.document, path)
    other = small_clinic(tmp_path / "other")
    arrived = add_draft(other.as_user("owner"), "policy", read_rules_file("policy", path))
    other.close()
    assert arrived.approved_at is None
    assert {**arrived.document, "version": 0} == {**row.document, "version": 0}
    with pytest.raises(InvalidInput, match="There is a file of that name"):
        write_rules_file(row.document, path)


def test_a_file_is_refused_with_the_line_and_field_of_every_reason(tmp_path: Path) -> None:
    lines = json.dumps(PRESETS["ut"], indent=1).splitlines()
    wrong = {
        '"unit": "days"': '"unit": "weeks"',
        '"credential": "MEST"': '"credential": "RN"',
        '"review_by": "2027-01-05"': '"review_by": "2025-01-05"',
    }
    expected = {}
    for old, new in wrong.items():
        at = next(number for number, line in enumerate(lines) if old in line)
        lines[at] = lines[at].replace(old, new)
        expected[at + 1] = new.split(":")[0].strip('"')
    path = tmp_path / "policy.json"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InvalidInput) as error:
        read_rules_file("policy", path)
    told = {
        one.where.split(", ")[0]: one.where.rsplit(".", 1)[-1].split(", ")[-1] for one in error.value.problems
    }
    assert told == {f"line {line}": field for line, field in expected.items()}


def test_a_field_that_is_missing_has_the_line_of_what_it_is_missing_in(tmp_path: Path) -> None:
    wrong = json.loads(json.dumps(PRESETS["ut"]))
    wrong["parameters"]["exam_valid_days"].pop("unit")
    wrong.pop("roles")
    text = json.dumps(wrong, indent=1)
    path = tmp_path / "policy.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as error:
        read_rules_file("policy", path)
    line = text[: text.index('"exam_valid_days"')].count("\n") + 1
    assert {one.where for one in error.value.problems} == {
        f"line {line}, parameters.exam_valid_days.unit",
        "line 1, roles",
    }


def test_two_versions_are_compared_in_words(clinic: SmallClinic) -> None:
    old = drafted(clinic, "policy", PRESETS["tx"], TODAY)
    stricter = json.loads(json.dumps(PRESETS["tx"]))
    stricter["parameters"]["exam_valid_days"]["value"] = 180
    new = drafted(clinic, "policy", stricter, TODAY)
    (change,) = compare_rules(old, new).changes
    assert (change.path, change.old, change.new, change.direction) == (
        "parameters.exam_valid_days.value",
        "365 days",
        "180 days",
        "stricter",
    )


def test_a_version_is_found_by_number_or_as_the_newest(clinic: SmallClinic) -> None:
    drafted(clinic, "policy", PRESETS["tx"], TODAY)
    desk = clinic.as_user("desk")
    assert find_rules(desk, "policy", None, None).version == 2
    assert find_rules(desk, "policy", "clinic-policy", 1).version == 1
    with pytest.raises(InvalidInput, match="There are: clinic-policy v2, clinic-policy v1"):
        find_rules(desk, "policy", None, 3)


def test_a_preset_moves_to_another_first_day_with_its_review() -> None:
    moved = beginning_on("policy", PRESETS["tx"], date(2027, 2, 1))
    assert (moved["effective_on"], moved["review_by"]) == ("2027-02-01", "2028-02-01")
    assert len(unknown_parameters(moved)) == 11


def test_a_visit_keeps_its_verdict_and_its_versions_whatever_is_signed_later(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        add_person(clinic.as_user("desk"))
        visit = record_visit(reyes, document(), by, shown="window").visit_id
    before = show_visit(clinic.as_user("okafor"), visit)
    with clinic.signing("okafor") as (okafor, by):
        for number in range(20):
            day = TODAY + timedelta(days=number)
            content = small_policy(name=f"Edition {number}", screening=[])
            row = drafted(clinic, "policy", content, day)
            approve_document(okafor, row.row_id, by, shown="window")
            row = drafted(clinic, "protocol", small_protocol(f"Edition {number}"), day)
            approve_document(okafor, row.row_id, by, shown="window")
    clinic.clock.at += timedelta(days=40)
    after = show_visit(clinic.as_user("okafor"), visit)
    assert (after.verdict, after.policy_words, after.protocol_words, after.record_sha256) == (
        before.verdict,
        before.policy_words,
        before.protocol_words,
        before.record_sha256,
    )
    assert check_store(clinic.as_user("owner")).verdict == "OK"


def small_protocol(name: str) -> Json:
    content = json.loads(json.dumps(protocol(name=name, performer_credentials=["MD"])))
    for figure in (content["interval_warn_days"], content["interval_block_days"]):
        figure["confidence"] = "low"
    for area in content["areas"]:
        area.update(source="test", confidence="low")
    return dict(content)


def test_a_list_says_what_each_version_is_today(clinic: SmallClinic) -> None:
    signed(clinic, drafted(clinic, "policy", PRESETS["ca"], TODAY))
    signed(clinic, drafted(clinic, "policy", PRESETS["ny"], TODAY + timedelta(days=9)))
    drafted(clinic, "policy", PRESETS["fl"], TODAY + timedelta(days=20))
    rows = [one for one in list_documents(clinic.as_user("desk")) if one.kind == "policy"]
    assert {one.version: one.force for one in rows} == {
        1: "retired",
        2: "in_force",
        3: "coming",
        4: "draft",
    }


def test_a_day_of_review_that_is_near_is_told_to_whoever_can_draft(clinic: SmallClinic) -> None:
    content = PRESETS["ca"] | {"review_by": (TODAY + timedelta(days=40)).isoformat()}
    signed(clinic, drafted(clinic, "policy", content, TODAY))

    def told(user: str) -> list[str]:
        return [one.sentence for one in notices(clinic.as_user(user)) if one.code == "rules_to_review"]

    assert told("owner") == []
    clinic.clock.at += timedelta(days=10)
    day = f"{TODAY + timedelta(days=40):%d %b %Y}"
    (sentence,) = told("owner")
    assert sentence.startswith(f"CA-like draft, version 2, is to be looked at again by {day}. ")
    assert told("desk") == []
    signed(clinic, drafted(clinic, "policy", PRESETS["ny"], clinic.clock.now().date()))
    assert told("owner") == []


def test_a_clinic_is_not_set_up_with_two_versions_of_one_day(tmp_path: Path) -> None:
    two = (("policy", policy()), ("policy", policy(version=2)))
    with pytest.raises(InvalidInput) as error:
        small_clinic(tmp_path / "twice", documents=two)
    assert [one.where for one in error.value.problems] == ["documents.clinic-policy"]


def test_the_choices_of_a_visit_are_those_whom_the_rules_let_perform(clinic: SmallClinic) -> None:
    without_nurse = json.loads(json.dumps(PRESETS["ca"]))
    without_nurse["roles"] = [one for one in without_nurse["roles"] if one["credential"] != "RN"]
    signed(clinic, drafted(clinic, "policy", without_nurse, TODAY))
    ref = add_person(clinic.as_user("desk"))
    visit = start_visit(clinic.as_user("okafor"), ref, service="microneedling_face", performer="lind")
    view = show_visit(clinic.as_user("okafor"), visit)
    assert "reyes" not in {one.code for one in view.performers}
    assert "lind" in {one.code for one in view.performers}


def test_editing_a_draft_that_nobody_signed_leaves_one_draft(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    first = drafted(clinic, "policy", PRESETS["ca"], TODAY)
    second = drafted(clinic, "policy", PRESETS["ca"] | {"name": "Corrected"}, TODAY)
    third = drafted(clinic, "policy", PRESETS["ca"] | {"name": "Corrected again"}, TODAY)
    listed = [one for one in list_documents(okafor) if one.kind == "policy"]
    assert [(one.version, one.force) for one in listed] == [(third.version, "draft"), (1, "in_force")]
    for replaced in (first, second):
        with pytest.raises(ActionRefused) as error:
            signed(clinic, replaced)
        assert refusals(error) == {"draft_replaced"}
    assert signed(clinic, third).approved_at is not None
    # What was stored before stays for whoever asks for it by number, and in the log.
    assert find_rules(okafor, "policy", None, first.version).sha256 == first.sha256
    assert check_store(clinic.as_user("owner")).findings == ()


def test_a_draft_for_another_service_takes_the_place_of_no_draft_that_it_was_begun_from(
    clinic: SmallClinic,
) -> None:
    method = dict(protocol_presets()[0].document) | {"id": "face", "service": "microneedling_face"}
    face = drafted(clinic, "protocol", method, TODAY)
    scalp = drafted(clinic, "protocol", method | {"name": "Scalp", "service": "scalp_needling"}, TODAY)
    listed = {
        row.version: row.force for row in list_documents(clinic.as_user("okafor")) if row.kind == "protocol"
    }
    assert (listed[face.version], listed[scalp.version]) == ("draft", "draft")
    assert signed(clinic, face).approved_at is not None
    assert signed(clinic, scalp).approved_at is not None
    found = in_force_on(clinic.as_user("desk")).protocols
    assert {one.document.version for one in found} == {face.version, scalp.version}
    assert check_store(clinic.as_user("owner")).findings == ()


def test_what_is_signed_is_replaced_by_no_draft(clinic: SmallClinic) -> None:
    method = dict(protocol_presets()[0].document) | {"id": "face", "service": "microneedling_face"}
    one = signed(clinic, drafted(clinic, "protocol", method, TODAY))
    two = drafted(clinic, "protocol", method, TODAY + timedelta(days=9))
    listed = {
        row.version: row.force for row in list_documents(clinic.as_user("desk")) if row.kind == "protocol"
    }
    assert listed == {1: "retired", one.version: "in_force", two.version: "draft"}


def test_each_authorisation_stands_for_itself(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    content = {
        "format": "mnclinic.authorisation/1",
        "id": "off-label",
        "version": 1,
        "flag": "off_label_topical",
        "service": "microneedling_face",
        "patient": None,
        "products": ["hydrogel"],
        "valid_from": TODAY.isoformat(),
        "valid_to": (TODAY + timedelta(days=90)).isoformat(),
        "director": "Dr I. Okafor",
    }
    rows = [add_draft(okafor, "authorisation", content | {"products": [one]}) for one in ("a", "b")]
    assert [signed(clinic, one).version for one in rows] == [1, 2]
    assert len(in_force_on(okafor).authorisations) == 2


def test_a_draft_of_before_another_was_signed_is_refused_at_the_signature(clinic: SmallClinic) -> None:
    method = dict(protocol_presets()[0].document)
    early = drafted(clinic, "protocol", method | {"id": "one"}, TODAY + timedelta(days=5))
    signed(clinic, drafted(clinic, "protocol", method | {"id": "two"}, TODAY + timedelta(days=9)))
    with pytest.raises(ActionRefused) as error:
        signed(clinic, early)
    assert refusals(error) == {"effective_days_overlap"}


def test_the_bad_input_of_a_protocol_is_told_by_line_all_at_once(tmp_path: Path) -> None:
    method = json.loads(json.dumps(dict(protocol_presets()[0].document)))
    method["areas"][0] |= {"acknowledge_above_mm": "3.00", "hard_max_mm": "1.00"}
    method["areas"][1]["area"] = "elbow"
    method["interval_warn_days"].pop("unit")
    text = json.dumps(method, indent=1)
    path = tmp_path / "protocol.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as error:
        read_rules_file("protocol", path)

    def line(of: str) -> int:
        return text[: text.index(of)].count("\n") + 1

    told = {one.where for one in error.value.problems}
    assert f"line {line('elbow')}, areas[1].area" in told
    assert f"line {line('interval_warn_days')}, interval_warn_days.unit" in told
    assert any(one.startswith("line ") and ", areas[0]." in one for one in told)
    assert all(one.startswith("line ") for one in told)
