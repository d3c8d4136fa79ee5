"""Each file has its place, each page and signature what it belongs to, each table the columns it had."""

from pathlib import Path

import pytest

from mnclinic.bundles.check_tables import HEADINGS, LINES, VISITS
from tests.bundles.builders import SIGNED, a_clinic, members, resealed
from tests.bundles.test_slices import exported, told
from tests.bundles.test_solo import told_by_all

NO_PLACE = "This file has no place in a bundle."
NEVER_WAS = "aaaaaaaa-0000-4000-8000-0000000000ff"
VISIT = f"data/visits/{SIGNED}"


@pytest.mark.parametrize(
    ("name", "verdict", "what"),
    [
        ("data/x.bin", "ALTERED", NO_PLACE),
        ("data/notes/hello.txt", "ALTERED", NO_PLACE),
        ("data/log/more.jsonl", "ALTERED", NO_PLACE),
        ("data/log/heads.jsonl", "ALTERED", NO_PLACE),
        ("data/tables/more.csv", "ALTERED", NO_PLACE),
        ("data/policies/house-v1.pdf", "ALTERED", NO_PLACE),
        ("data/policies/house-v9.approval.sig", "INCOMPLETE", "What this signature belongs to is not in the"),
        (f"{VISIT}/r7.pdf", "INCOMPLETE", "The record that this page shows is not in the bundle."),
        (f"data/visits/{NEVER_WAS}/r1.pdf", "INCOMPLETE", "The record that this page shows is not in the"),
        (f"{VISIT}/signature-9.sig", "INCOMPLETE", "What this signature belongs to is not in the bundle."),
        (f"{VISIT}/amendment-1.sig", "INCOMPLETE", "What this signature belongs to is not in the bundle."),
    ],
)
def test_a_file_more_is_told_by_all(tmp_path: Path, name: str, verdict: str, what: str) -> None:
    found = told_by_all(resealed({name: b"%PDF forged"}), tmp_path)
    assert found["verdict"] == verdict
    assert [one for one in found["findings"] if one["where"] == name and what in one["what"]]


def test_an_approval_of_nothing_is_missed_by_all(tmp_path: Path) -> None:
    approval = members()["data/policies/house-v1.approval.json"]
    found = told_by_all(resealed({"data/policies/other-v1.approval.json": approval}), tmp_path)
    assert found["verdict"] == "INCOMPLETE"
    assert found["findings"][0]["what"].startswith("The document that this approval was given to is not")


def test_a_file_more_in_one_person_s_bundle_is_told_by_all(tmp_path: Path) -> None:
    found = told(exported(a_clinic()) | {"data/more.txt": b"x"}, tmp_path)
    assert (found["verdict"], found["findings"][0]["what"]) == ("ALTERED", NO_PLACE)


def _renamed(name: str, old: bytes, new: bytes) -> dict[str, bytes | None]:
    return {name: members()[name].replace(old, new, 1)}


@pytest.mark.parametrize(
    "changes",
    [
        _renamed(VISITS, b'"state_now"', b'"state now"'),
        _renamed(LINES, b'"depth_mm"', b'"depth in mm"'),
        _renamed(VISITS, b'"device","cartridge_lot"', b'"cartridge_lot","device"'),
        {
            VISITS: b"".join(
                line + (b',"approved by Dr Okafor"\n' if at else b',"the director says"\n')
                for at, line in enumerate(members()[VISITS].splitlines())
            )
        },
    ],
    ids=["state", "depth", "order", "another"],
)
def test_a_column_that_nobody_compares_is_told_by_all(
    tmp_path: Path, changes: dict[str, bytes | None]
) -> None:
    found = told_by_all(resealed(changes), tmp_path)
    assert found["verdict"] == "ALTERED"
    assert [one["what"] for one in found["findings"]] == [
        "The columns of this table are not those of a bundle."
    ]


def test_the_columns_of_the_first_bundles_are_those_of_today_but_for_the_later_ones() -> None:
    for newest, *older in HEADINGS.values():
        assert all(one == newest[: len(one)] for one in older)


def test_a_table_with_an_empty_line_in_it_cannot_be_read_for_all(tmp_path: Path) -> None:
    found = told_by_all(resealed({VISITS: b"visit\n\nanother\n"}), tmp_path)
    assert [one["what"] for one in found["findings"]] == ["This table cannot be read."]


def test_a_fingerprint_of_another_clinic_is_told_behind_what_is_wrong_with_the_keys_by_all(
    tmp_path: Path,
) -> None:
    lines = members()["data/keys/register.jsonl"].split(b"\n")
    found = told_by_all(resealed({"data/keys/register.jsonl": b"\n".join(lines[1:])}), tmp_path, "0" * 64)
    assert [one["where"] for one in found["findings"]].count("data/keys/director.pem") > 1
