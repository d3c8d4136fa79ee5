"""The kinds of act by which the log is filtered."""

from enum import StrEnum


class Topic(StrEnum):
    """The kinds of act that a reader of the log filters by."""

    VIEW = "view"
    CHANGE = "change"
    SIGN = "sign"
    PRINT = "print"
    EXPORT = "export"
    LOG_IN = "log-in"
    EMERGENCY = "emergency"
    PEOPLE = "people"
    KEYS = "keys"
    BACKUP = "backup"
    CLINIC = "clinic"
