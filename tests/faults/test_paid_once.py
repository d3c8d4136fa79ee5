"""What stands for a password's derivation on a failing disk: one for each password, salt and cost."""

import itertools

from mnclinic.security import kdf
from mnclinic.security.kdf import DEFAULT_COST, FLOOR_COST, Kdf
from tests.faults.paid_once import LIGHT, derive_lightly
from tests.faults.processes import answer_of
from tests.services.clinic_builder import PASSWORDS

OLD_SALT = bytes(range(16))


def _derived_lightly() -> list[str]:
    derive_lightly()
    salts = [kdf.fresh_kdf(FLOOR_COST).salt for _ in range(2)]
    assert all(salt.startswith(LIGHT) and len(salt) == kdf.SALT_BYTES for salt in salts)
    ways = [Kdf(cost, salt) for cost in (FLOOR_COST, DEFAULT_COST) for salt in salts]
    keys = [kdf.derive(password, way).hex() for password, way in itertools.product(PASSWORDS.values(), ways)]
    again = [kdf.derive(password, way).hex() for password, way in itertools.product(PASSWORDS.values(), ways)]
    assert keys == again
    return [*keys, kdf.derive("old", Kdf(FLOOR_COST, OLD_SALT)).hex()]


def test_a_light_derivation_is_another_for_each_password_salt_and_cost_and_an_old_one_is_as_ever() -> None:
    *light, old = answer_of(_derived_lightly)
    assert len(set(light)) == len(light) == len(PASSWORDS) * 4
    assert {len(bytes.fromhex(key)) for key in light} == {kdf.KEY_BYTES}
    assert bytes.fromhex(old) == kdf.derive("old", Kdf(FLOOR_COST, OLD_SALT))


def test_outside_of_its_measurements_every_derivation_is_real() -> None:
    answer_of(_derived_lightly)
    assert not kdf.fresh_kdf(FLOOR_COST).salt.startswith(LIGHT)
