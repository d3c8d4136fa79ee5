"""A fixed part of a document has the very type that the format names: another is other bytes."""

import pytest

from mnclinic.audit.shape import first_misfit


@pytest.mark.parametrize(
    ("value", "fixed", "fits"),
    [(1, 1, True), (True, 1, False), (0, False, False), ("1", 1, False), (False, False, True)],
)
def test_a_fixed_part_is_of_its_own_type(value: object, fixed: object, fits: bool) -> None:
    assert (first_misfit({"v": value}, {"v": fixed}) is None) == fits
