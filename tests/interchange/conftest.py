from pathlib import Path

import pytest

from tests.interchange.builders import Reader, reader_in


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    return reader_in(tmp_path)
