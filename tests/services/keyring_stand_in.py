"""A keyring in this process, which passes for one of an operating system by its module and name."""

from keyring.backend import KeyringBackend


class Keyring(KeyringBackend):
    """Keeps what it is given for as long as the test runs."""

    __module__ = "keyring.backends.macOS"
    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]
