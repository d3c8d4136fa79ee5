"""Only a file is read where a file should lie."""

import errno
import os
from pathlib import Path

import pytest

from mnclinic.security.plain_file import beginning_of


def test_of_a_file_the_beginning_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"0123456789")
    assert beginning_of(tmp_path / "file", 4) == b"0123"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders.")
def test_what_somebody_writes_into_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writing = os.open(tmp_path / "pipe", os.O_RDWR)
    try:
        os.write(writing, b"0123456789")
        with pytest.raises(OSError, match=os.strerror(errno.EINVAL)):
            beginning_of(tmp_path / "pipe", 4)
    finally:
        os.close(writing)
