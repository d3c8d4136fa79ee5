"""Why the screen was left."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication


class Left(StrEnum):
    """What made the program lock. The value travels to the log-in that is shown next."""

    ASKED = "asked"
    IDLE = "idle"
    TOO_LONG = "too_long"
    SYSTEM_LOCKED = "system_locked"
    SLEEP = "sleep"
    OTHER_USER = "other_user"
    ENDED = "ended"
    """The person's access ended, or their keys were replaced elsewhere."""
    READY = "ready"
    """A clinic was made or brought back: the passwords typed for it are forgotten the same way."""


def forgotten_words(left: Left) -> str:
    """What a page says that held passwords or codes where nobody was logged in, and holds them no more."""
    words = {
        Left.IDLE: QCoreApplication.translate(
            "Left", "Nobody went on for a while, so passwords and codes were forgotten: type them again."
        ),
        Left.SYSTEM_LOCKED: QCoreApplication.translate(
            "Left", "This computer was locked, so passwords and codes were forgotten: type them again."
        ),
        Left.SLEEP: QCoreApplication.translate(
            "Left", "The computer went to sleep, so passwords and codes were forgotten: type them again."
        ),
        Left.OTHER_USER: QCoreApplication.translate(
            "Left", "Another user took the computer, so passwords and codes were forgotten: type them again."
        ),
    }
    asked = QCoreApplication.translate(
        "Left", "The lock was asked for, so passwords and codes were forgotten: type them again."
    )
    return words.get(left, asked)


def left_words(left: Left) -> str:
    """What the locked screen says about it."""
    words = {
        Left.ASKED: QCoreApplication.translate("Left", "Locked."),
        Left.IDLE: QCoreApplication.translate("Left", "Locked, because nobody used it for a while."),
        Left.TOO_LONG: QCoreApplication.translate(
            "Left", "Locked, because one log-in lasts 12 hours at most."
        ),
        Left.SYSTEM_LOCKED: QCoreApplication.translate("Left", "Locked together with this computer."),
        Left.SLEEP: QCoreApplication.translate("Left", "Locked, because the computer went to sleep."),
        Left.OTHER_USER: QCoreApplication.translate(
            "Left", "Locked, because another user took the computer."
        ),
        Left.ENDED: QCoreApplication.translate(
            "Left", "Locked, because your access ended or your keys were replaced elsewhere."
        ),
        Left.READY: QCoreApplication.translate("Left", "The clinic is ready."),
    }
    return words[left]
