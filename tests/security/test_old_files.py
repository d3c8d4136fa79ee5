"""Files that the first form wrote. If one of these tests has to change, clinics are locked out."""

from pathlib import Path

from mnclinic.security.keyfile_parsing import parse_key_file
from mnclinic.security.signing_keys import key_id, unwrap_installation_key
from mnclinic.security.slots import open_signature_key, open_with_recovery, unlock
from tests.security.builders import PASSWORDS, VAULT

HERE = Path(__file__).parent
KEYS_FORM_1 = HERE / "clinic.keys.form-1"
INSTALLATION_KEY_FORM_1 = HERE / "installation-key.form-1"
DATABASE_KEY = "96f34e9229761d1e8eb7c0412b70ef73e3b8bb5a08a4a8b4548449480b972907"
RECOVERY_CODE = "NVNVX-HCD6D-PDPT5-PEP9S-E0TX6-XZ8BN-BC1AS-7Z1WD-F76H0-YCWFJ-T9XKD-K2JTQ-Y2J65-V78F4"


def test_a_key_file_of_form_1_opens_for_everybody() -> None:
    data = KEYS_FORM_1.read_bytes()
    keyfile = parse_key_file(data)
    assert keyfile.canonical_bytes() == data
    for user, password in PASSWORDS.items():
        assert unlock(keyfile, user, password).database_key.hex() == DATABASE_KEY
    assert open_with_recovery(keyfile, RECOVERY_CODE).hex() == DATABASE_KEY
    for user in ("lind", "reyes"):
        slot = keyfile.slot_of(user)
        assert slot is not None
        assert slot.signature is not None
        with open_signature_key(keyfile, user, PASSWORDS[user]) as key:
            assert key.key_id == key_id(slot.signature.public)


def test_an_installation_key_of_form_1_opens() -> None:
    stored = INSTALLATION_KEY_FORM_1.read_bytes()
    key = unwrap_installation_key(stored, bytes.fromhex(DATABASE_KEY), vault_id=VAULT)
    assert key.key_id.encode() in stored
