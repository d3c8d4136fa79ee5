"""Files that earlier forms wrote. If one of these tests has to change, clinics are locked out."""

from pathlib import Path

from mnclinic.security.keyfile_parsing import parse_key_file
from mnclinic.security.signing_keys import key_id, unwrap_installation_key
from mnclinic.security.slots import (
    finish_rotation,
    open_signature_key,
    open_with_recovery,
    unlock,
    unlock_with_recovery_code,
)
from tests.security.builders import DEVICE_SECRET, FACTOR_SECRET, GIVEN, PASSWORDS, VAULT

HERE = Path(__file__).parent
KEYS_FORM_1 = HERE / "clinic.keys.form-1"
KEYS_FORM_2 = HERE / "clinic.keys.form-2"
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


DATABASE_KEYS_FORM_2 = {
    "ddc0f32772d7b2c5d3e72483e5360cca": ("ccbd74f28383c91899382c957c5bd6a899a9206814c988a97436926ad787634e"),
    "f8d93e28dea40a105fee7d44d7b6896b": ("9a143ac46a58f1164dc6d7002177607b10207a97d6eb04f9ef860b1e556cfa21"),
}
SHEET_FORM_2 = "1ZSC1-VP151-9D9BQ-CXFR5-JXTX6-1DE3A-T5NTS-T8BCF-QH8ND-7V78Z-GDB64-VP39Z-2EYRN-A2RJ1"
CODES_FORM_2 = {
    "lind": "J4DSA-YKNPF-E25JX-12QZ9-E4XBP-3GH65-2PNKY-FT8N7-06CFQ",
    "reyes": "19EZN-TQPDZ-PVNJR-DXJ6Q-VE2S9-BNH0G-06MYH-J9F0V-G8B9N",
}


def test_a_key_file_of_form_2_opens_for_everybody_in_the_middle_of_a_rotation() -> None:
    """Bound to a keyring, a key file for the director, codes, a given password, two database keys."""
    data = KEYS_FORM_2.read_bytes()
    keyfile = parse_key_file(data)
    assert keyfile.canonical_bytes() == data
    assert [salt.hex() for _, salt in keyfile.epochs] == list(DATABASE_KEYS_FORM_2)
    for salt_hex, database_key in DATABASE_KEYS_FORM_2.items():
        salt = bytes.fromhex(salt_hex)
        for user, password in {**PASSWORDS, "mora": GIVEN}.items():
            opened = unlock(keyfile, user, password, device_secret=DEVICE_SECRET, database_salt=salt)
            assert opened.database_key.hex() == database_key
            assert opened.is_temporary == (user == "mora")
        for user, code in CODES_FORM_2.items():
            by_code = unlock_with_recovery_code(keyfile, user, code, database_salt=salt)
            assert by_code.database_key.hex() == database_key
        assert open_with_recovery(keyfile, SHEET_FORM_2, database_salt=salt).hex() == database_key
    for user in ("lind", "reyes"):
        slot = keyfile.slot_of(user)
        assert slot is not None
        assert slot.signature is not None
        with open_signature_key(
            keyfile, user, PASSWORDS[user], device_secret=DEVICE_SECRET, factor=FACTOR_SECRET
        ) as key:
            assert key.key_id == key_id(slot.signature.public)
    new_key = bytes.fromhex(list(DATABASE_KEYS_FORM_2.values())[1])
    assert finish_rotation(keyfile, new_key).epoch == 2
