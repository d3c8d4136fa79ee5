from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mnclinic.audit.canonical import NotCanonical
from mnclinic.audit.keyregister import (
    EnrolledKey,
    Purpose,
    Vouch,
    findings_of_chain,
    fold_register,
    key_document,
    parse_register_line,
)
from mnclinic.audit.signing import key_id, key_signing_bytes, vouch_signing_bytes
from tests.audit.register_lines import register_line

VAULT = "0f7f3a34-1f43-4a4e-9d3b-7a9f5f1f2c10"
OTHER = "1f7f3a34-1f43-4a4e-9d3b-7a9f5f1f2c10"


def private(number: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)


DIRECTOR, INSTALLATION, SESSION, NURSE, STRANGER = (private(number) for number in range(1, 6))


def public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def ident(key: Ed25519PrivateKey) -> str:
    return key_id(public(key))


def enrolled(
    key: Ed25519PrivateKey,
    purpose: Purpose,
    role: str,
    *vouchers: Ed25519PrivateKey,
    vault: str = VAULT,
    staff: str | None = OTHER,
) -> EnrolledKey:
    document = key_document(
        vault=vault,
        purpose=purpose,
        public=public(key),
        enrolled_at="2026-11-23T14:05:02.123Z",
        name="Somebody",
        role=role,
        staff=None if purpose == "installation" else staff,
    )
    return EnrolledKey(
        document,
        key.sign(key_signing_bytes(document)),
        tuple(Vouch(ident(voucher), voucher.sign(vouch_signing_bytes(document))) for voucher in vouchers),
    )


ROWS = [
    enrolled(DIRECTOR, "signature", "director"),
    enrolled(INSTALLATION, "installation", "installation", DIRECTOR),
    enrolled(SESSION, "session", "provider", INSTALLATION),
    enrolled(NURSE, "signature", "provider", INSTALLATION),
]


def wrong(rows: list[EnrolledKey | None], fingerprint: str = ident(DIRECTOR)) -> list[tuple[int, str]]:
    register, found = fold_register(rows, vault=VAULT)
    chain = findings_of_chain(register, rows, fingerprint=fingerprint)
    return [(finding.row, finding.what) for finding in (*found, *chain)]


def test_a_sound_register_leads_from_the_director_to_every_key() -> None:
    register, found = fold_register(ROWS, vault=VAULT)
    assert found == ()
    assert register.reached_from(ident(DIRECTOR)) == {
        ident(k) for k in (DIRECTOR, INSTALLATION, SESSION, NURSE)
    }
    assert register.public_of(ident(NURSE)) == public(NURSE)
    assert register.public_of("0" * 64) is None
    assert wrong([*ROWS]) == []


def test_trust_starts_only_at_a_directors_signature_key() -> None:
    register, _ = fold_register(ROWS, vault=VAULT)
    for start in (ident(NURSE), ident(INSTALLATION), "0" * 64):
        assert register.reached_from(start) == frozenset()


def test_a_key_that_nobody_in_the_chain_vouches_for_is_named() -> None:
    alone = "No chain of vouchers leads from the director's key to this key."
    assert wrong([*ROWS, enrolled(STRANGER, "session", "provider")]) == [(5, alone)]
    by_a_nurse = enrolled(STRANGER, "installation", "installation", NURSE)
    assert wrong([*ROWS, by_a_nurse]) == [(5, alone)]
    by_a_session = enrolled(STRANGER, "signature", "provider", SESSION)
    assert wrong([*ROWS, by_a_session]) == [(5, alone)]
    unvouched = [ROWS[0], enrolled(INSTALLATION, "installation", "installation"), *ROWS[2:]]
    assert wrong([*unvouched]) == [(2, alone), (3, alone), (4, alone)]


def test_a_second_director_carries_the_chain_to_a_new_installation() -> None:
    second = enrolled(STRANGER, "signature", "director", INSTALLATION)
    newer = enrolled(private(9), "installation", "installation", STRANGER)
    register, found = fold_register([*ROWS, second, newer], vault=VAULT)
    assert found == ()
    assert ident(private(9)) in register.reached_from(ident(DIRECTOR))
    assert register.reached_from(ident(STRANGER)) == {ident(STRANGER), ident(private(9))}


def test_every_defect_of_a_row_is_named() -> None:
    document = ROWS[3].document
    cases: list[tuple[EnrolledKey | None, str]] = [
        (None, "This line is not a key in the form of the register."),
        (replace(ROWS[3], document=document + b" "), "This line is not a key in the form of the register."),
        (replace(ROWS[3], proof=bytes(64)), "The proof that somebody holds this key does not hold."),
        (ROWS[2], "This key is listed twice."),
        (
            enrolled(NURSE, "signature", "provider", INSTALLATION, vault=OTHER),
            "This key is of another clinic.",
        ),
        (
            replace(ROWS[3], document=document.replace(ident(NURSE).encode(), b"0" * 64)),
            "The id of this key is not the fingerprint of its public key.",
        ),
        (
            enrolled(NURSE, "session", "provider", INSTALLATION, staff=None),
            "The holder of this key does not fit its purpose.",
        ),
    ]
    for row, what in cases:
        assert (4, what) in wrong([*ROWS[:3], row]), what


def test_a_key_under_which_anything_verifies_is_refused() -> None:
    identity = (1).to_bytes(32, "little")
    document = key_document(
        vault=VAULT, purpose="signature", public=identity, enrolled_at="2026-11-23T14:05:02.123Z",
        name="Nobody", role="director", staff=OTHER,
    )  # fmt: skip
    assert wrong([*ROWS, EnrolledKey(document, bytes(64), ())]) == [
        (5, "This is not a public key that can be used.")
    ]


def test_a_vouch_that_does_not_hold_is_named_and_does_not_count() -> None:
    forged = replace(ROWS[3], vouches=(Vouch(ident(INSTALLATION), bytes(64)),))
    assert wrong([*ROWS[:3], forged]) == [
        (4, "The signature of somebody who vouches for this key does not hold."),
        (4, "No chain of vouchers leads from the director's key to this key."),
    ]


def test_a_row_comes_back_from_its_line() -> None:
    for row in ROWS:
        assert parse_register_line(register_line(row)) == row
    for line in (b"", b"{}", register_line(ROWS[0]) + b"\n", register_line(ROWS[0]).replace(b"==", b"=")):
        with pytest.raises(NotCanonical):
            parse_register_line(line)


def test_a_part_that_does_not_fit_is_never_enrolled() -> None:
    with pytest.raises(ValueError, match="enrolled_at"):
        key_document(
            vault=VAULT, purpose="session", public=public(NURSE), enrolled_at="now", name="N", role="provider"
        )
