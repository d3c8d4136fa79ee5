"""The small clinic, for tests of its files."""

from tests.services.conftest import clinic

__all__ = ["clinic"]
