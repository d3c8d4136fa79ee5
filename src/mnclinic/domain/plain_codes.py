"""Codes of the documents as words that people read."""

IN_CAPITALS = {"prp": "PRP", "nsaid": "NSAID", "ipl": "IPL", "g6pd": "G6PD", "pdf": "PDF"}
"""Words of codes that are abbreviations."""


def in_words(code: str) -> str:
    """`upper_lip` is "upper lip", `aspirin_or_nsaid` is "aspirin or NSAID"."""
    return " ".join(IN_CAPITALS.get(word, word) for word in code.split("_"))
