"""The small clinic, also for the tests here."""

from tests.services.conftest import built_clinic, clinic

__all__ = ["built_clinic", "clinic"]
