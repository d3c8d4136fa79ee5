"""What a policy's line about a credential says, also where it says little."""

from decimal import Decimal
from typing import Any

import pytest

from mnclinic.domain.policy_roles import Role, role_from_json
from mnclinic.domain.treatment import Area

Json = dict[str, Any]


def role(**changes: Any) -> Role:  # noqa: ANN401
    document: Json = {
        "credential": "RN",
        "may_examine": False,
        "may_order": False,
        "may_draw_blood": True,
        "performs": ["mechanical"],
        "supervision": "general",
        "unsupervised_mm": "1.50",
        "supervised_mm": "2.00",
        "training": [],
        "bls_required": True,
    }
    return role_from_json(document | changes)


@pytest.mark.parametrize(
    ("unsupervised", "supervised"),
    [("1.50", "2.00"), ("1.50", None), ("0.00", "0.30"), (None, None)],
)
def test_each_ceiling_is_the_one_that_is_written_and_none_is_no_ceiling(
    unsupervised: str | None, supervised: str | None
) -> None:
    made = role(unsupervised_mm=unsupervised, supervised_mm=supervised)
    wanted = [Decimal(one) if one is not None else None for one in (unsupervised, supervised)]
    assert [made.ceiling_mm(is_supervised=one) for one in (False, True)] == wanted


def test_areas_that_are_listed_and_none_of_them_is_no_area_and_not_every_area() -> None:
    assert role().areas is None
    assert role(areas=[]).areas == frozenset()
    assert role(areas=["chin"]).areas == frozenset({Area.CHIN})


@pytest.mark.parametrize(("said", "needed"), [(True, True), (False, False), (None, False)])
def test_life_support_is_needed_where_the_policy_says_so(said: bool | None, needed: bool) -> None:
    assert role(bls_required=said).needs_bls is needed
