"""All verifiers keep the same closed list of what an installation may sign."""

import re

from mnclinic.resource_files import resource_text
from mnclinic.security.log_rights import BY_INSTALLATION
from tests.bundles.test_attacks import STOCK


def test_the_list_is_the_same_in_the_program_in_verify_py_and_in_the_page() -> None:
    assert set(STOCK.BY_INSTALLATION) == BY_INSTALLATION
    listed = re.search(r"const BY_INSTALLATION = new Set\(\[(.*?)\]\)", resource_text("bundle/index.html"))
    assert listed is not None
    assert set(re.findall(r'"([^"]+)"', listed[1])) == BY_INSTALLATION
