"""Whole numbers among the words of a command."""

import argparse


def whole_number(text: str) -> int:
    """The whole number that was typed. Raises ArgumentTypeError, in words, where it is none."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
