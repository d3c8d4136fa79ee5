"""The envelope of a bundle: age, opened by a passphrase or by the secret key of a recipient."""

from mnclinic.bundles.age_passphrase import WrongPassphrase, open_by_passphrase
from mnclinic.errors import InvalidInput, Problem, WrongCredentials

_AGE_MARK = b"age-encryption.org/v1\n"
_NOT_THE_KEY = frozenset({"Decryption failed", "No matching keys found"})
_WRONG = (
    "The passphrase or key does not open this bundle. Nothing was checked. Type it again; "
    "if it is surely right, the first bytes of the file are damaged: ask for the file anew."
)


def is_encrypted(data: bytes) -> bool:
    """Does this start as an age file does?"""
    return data.startswith(_AGE_MARK)


def encrypt(data: bytes, *, passphrase: str | None = None, recipient: str | None = None) -> bytes:
    """The age file that the passphrase, or the owner of the recipient key, can open.

    Takes a second or more for a passphrase: that is what slows guessing.

    Raises:
        InvalidInput: The recipient is no age public key. Nothing was written.
    """
    import pyrage

    if passphrase is not None:
        return bytes(pyrage.passphrase.encrypt(data, passphrase))
    refuse_recipient(recipient or "")
    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient or "")]))


def refuse_recipient(recipient: str) -> None:
    """Raise InvalidInput for what is no age public key."""
    import pyrage

    try:
        pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise InvalidInput(
            "The recipient is not an age public key. Nothing was written. It begins with age1.",
            [Problem("recipient", "An age public key is expected here.")],
        ) from None


def opened(data: bytes, *, passphrase: str | None, identity: str | None) -> bytes | None:
    """What the age file holds, or None if it is damaged.

    A damaged head of the file cannot be told from a wrong secret; the sentence says so.

    Raises:
        InvalidInput: Neither secret was given, or the identity is no age secret key.
        WrongCredentials: The secret does not open the file.
        StoreUnavailable: This computer has too little memory free.
    """
    import pyrage

    if passphrase is None and identity is None:
        raise InvalidInput(
            "The bundle is encrypted. Nothing was checked. Give the passphrase that came with it.",
            [Problem("passphrase", "The passphrase of the bundle is needed.")],
        )
    try:
        if passphrase is not None:
            return open_by_passphrase(data, passphrase)
        return bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)]))
    except WrongPassphrase:
        raise WrongCredentials(_WRONG) from None
    except pyrage.IdentityError:
        raise InvalidInput(
            "The key is not an age secret key. Nothing was checked. It begins with AGE-SECRET-KEY-1.",
            [Problem("identity", "An age secret key is expected here.")],
        ) from None
    except pyrage.DecryptError as error:
        if str(error) in _NOT_THE_KEY:
            raise WrongCredentials(_WRONG) from None
        return None
