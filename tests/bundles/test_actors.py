"""All verifiers keep the same closed lists: what an installation may sign, what is somebody's."""

import re

import pytest

from mnclinic.audit.whose import OF_SOMEBODY, THEMSELVES
from mnclinic.resource_files import resource_text
from mnclinic.security.log_rights import BY_INSTALLATION
from tests.bundles.test_attacks import STOCK


@pytest.mark.parametrize(
    ("name", "own"),
    [("BY_INSTALLATION", BY_INSTALLATION), ("OF_SOMEBODY", OF_SOMEBODY), ("THEMSELVES", THEMSELVES)],
)
def test_the_lists_are_the_same_in_the_program_in_verify_py_and_in_the_page(
    name: str, own: frozenset[str]
) -> None:
    assert set(getattr(STOCK, name)) == own
    listed = re.search(rf"const {name} = new Set\(\[(.*?)\]\)", resource_text("bundle/index.html"))
    assert listed is not None
    assert set(re.findall(r'"([^"]+)"', listed[1])) == own
