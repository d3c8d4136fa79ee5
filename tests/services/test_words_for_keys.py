"""Which words for a key lie in its own row: those of its enrolment, and no other."""

import base64
import json

import pytest
from sqlalchemy import text

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.signing import vouch_signing_bytes
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.slots import unlock
from mnclinic.services.check_keys import NOT_OF_ENROLMENT
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from tests.services.clinic_builder import PASSWORDS, SmallClinic
from tests.services.reading import problems_found
from tests.store.raw import with_database_key

THE_INSTALLATIONS = "purpose = 'installation'"
THE_NEWEST = "purpose = 'signature' AND rowid = (SELECT max(rowid) FROM key_register)"


def _put(clinic: SmallClinic, words: list[dict[str, str]], where: str) -> None:
    with with_database_key(clinic) as connection:
        changed = connection.execute(
            text(f"UPDATE key_register SET vouches = :words WHERE {where}"),  # noqa: S608 - written here
            {"words": canonical_bytes(words)},
        )
        assert changed.rowcount == 1


def _row(clinic: SmallClinic, where: str) -> tuple[bytes, list[dict[str, str]]]:
    with with_database_key(clinic) as connection:
        found = connection.execute(text(f"SELECT document, vouches FROM key_register WHERE {where}")).one()  # noqa: S608
    return bytes(found.document), json.loads(found.vouches)


def _is_named(clinic: SmallClinic) -> bool:
    return any(NOT_OF_ENROLMENT in one for one in problems_found(clinic.as_user("inspector")))


@pytest.fixture
def renewed(clinic: SmallClinic) -> SmallClinic:
    """Reyes has a second signature key, for which her first one spoke."""
    enrol_signature_key(clinic.as_user("reyes"), PASSWORDS["reyes"])
    clinic.close()
    return clinic


def test_the_words_that_enrolment_writes_are_in_order(renewed: SmallClinic) -> None:
    assert len(_row(renewed, THE_NEWEST)[1]) == 2, "the installation's and that of her key before"
    assert problems_found(renewed.as_user("inspector")) == []


def test_the_directors_word_for_the_installation_that_was_taken_away_is_missed(clinic: SmallClinic) -> None:
    _put(clinic, [], THE_INSTALLATIONS)
    assert _is_named(clinic)


@pytest.mark.parametrize("which", ["installation", "signature"])
def test_a_word_that_was_written_into_a_row_later_is_found(renewed: SmallClinic, which: str) -> None:
    where = THE_INSTALLATIONS if which == "installation" else THE_NEWEST
    document, words = _row(renewed, where)
    session = unlock(load_key_file(renewed.folder).keyfile, "desk", PASSWORDS["desk"]).session
    signature = base64.b64encode(session.sign(vouch_signing_bytes(document))).decode()
    _put(renewed, [*words, {"key": session.key_id, "signature": signature}], where)
    session.forget()
    assert _is_named(renewed)


def test_words_in_another_order_are_found(renewed: SmallClinic) -> None:
    _put(renewed, _row(renewed, THE_NEWEST)[1][::-1], THE_NEWEST)
    assert _is_named(renewed)
