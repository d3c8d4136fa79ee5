"""An audit bundle of the visits of a period."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mnclinic.services.session import OpenClinic


@dataclass(frozen=True)
class MakeBundle:
    """What the bundle is to hold and how it is to be sealed.

    Of `plain`, `passphrase` and `recipient` (an age public key) at most one is given; with none a
    passphrase is made and returned once.
    """

    first: date
    last: date
    out: Path
    plain: bool = False
    passphrase: str | None = None
    recipient: str | None = None


@dataclass(frozen=True)
class BundleMade:
    """A bundle was written. `passphrase` is shown once and kept nowhere."""

    file: Path
    visits: int
    patients: int
    sha512: str
    fingerprint: str
    passphrase: str | None


def make_bundle(clinic: OpenClinic, request: MakeBundle) -> BundleMade:
    raise NotImplementedError
