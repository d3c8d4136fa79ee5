"""Recognises a finished English sentence and says the same one in another language.

Rules, services and failures speak English and know no language. What they say reaches a screen as a finished
text, with names and numbers filled in, and may have been frozen in a signed record years ago. So a sentence
is not marked where it is said: it is recognised here, by the templates that the sources hold. What no
template fits stays as it is, and so do the words that people typed themselves.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

_HOLE = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[^\W\d_]")
_ASIDE = re.compile(r"(?P<head>.+) \((?P<aside>[^()]*)\)", re.DOTALL)
_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+|(?<=;) ")
_STOP = re.compile(r"(?:[^\W_]{3}|\d|mm)[.!?] ")
_FRAME = re.compile(r"^\{\w+\} [A-Z{]|[.!?] \{\w+\}$")
_PAUSE = re.compile(r"[.:;] ")
_KEYS = re.compile(r"[A-Za-z]{4,}")
_LIST = re.compile(r"(, | and | or |; )")
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}")
SHORT = 12
"""A template with fewer fixed characters than this fits half of everything, so its holes hold no pause."""
LONGEST = 4000
"""What the program says is shorter than this; a longer text is somebody's and is not looked at."""
MOST_SENTENCES = 8
"""One template has no more sentences than this."""
MOST_COLONS = 4
DEEPEST = 4
"""A sentence holds a sentence that holds a reason that holds a limit; nothing goes deeper."""

TYPED = frozenset(
    {
        *("alike", "column", "device", "director", "file", "first_name", "last_name", "lot", "name"),
        *("patient", "reason", "record_number", "serial", "terms", "text", "typed", "user"),
    }
)
"""Holes for what people named or typed: a word there is theirs, even one that the program says elsewhere."""
COUNTS = frozenset(
    {"age_days", "count", "pass_count", "revision", "seq", "size", "version", "wait_s", "wrong"}
)
"""Holes that a number fills and nothing else does."""
SENTENCES = frozenset({"said", "sentence", "what", "where"})
"""Holes for whole sentences, which may hold pauses."""
MOST_TYPED_WORDS = 3
"""What is longer than this and fits a template word by word is the program's own sentence after all."""


class Template:
    """An English text with named holes, and what is said instead."""

    def __init__(self, source: str, target: str) -> None:
        """Take the text apart at its holes."""
        parts = _HOLE.split(source)
        self.target = target
        self.pieces, self.names = tuple(parts[::2]), tuple(parts[1::2])
        fixed = sum(map(len, self.pieces))
        self.weight = fixed * 10 - len(self.names)
        """How much of it is fixed: the template that leaves least to its holes fits best."""
        self.is_short = fixed <= SHORT
        self.is_frame = bool(_FRAME.search(source))
        """Whether a hole stands where a sentence begins or ends, so that it holds whole ones."""
        words = sorted(_KEYS.findall(" ".join(self.pieces)), key=len)
        self.key = words[-1] if words else ""
        """A word that every text of it holds."""

    def fit(self, text: str) -> dict[str, str] | None:
        """What fills the holes if the text is made of this template; None if it is not.

        Each piece is looked for from the left, so that time grows with the text and never with the ways to
        divide it.
        """
        first, *middle = self.pieces
        if not text.startswith(first) or not text.endswith(middle[-1]):
            return None
        values: dict[str, str] = {}
        at, last = len(first), len(middle) - 1
        for place, piece in enumerate(middle):
            end = len(text) - len(piece) if place == last else _end_of(text, at, piece)
            if end < at:
                return None
            name, value = self.names[place], text[at:end]
            is_paused = self.is_short and name not in SENTENCES and _PAUSE.search(value)
            if is_paused or values.setdefault(name, value) != value:
                return None
            # A sentence ends only in a hole that holds whole ones: at either end, or in brackets.
            holds_sentences = name in SENTENCES or at == 0 or piece in {"", ").", ")"}
            if not holds_sentences and _STOP.search(value):
                return None
            if name in COUNTS and not value.replace(",", "").isdigit():
                return None
            at = end + len(piece)
        return values

    def fill(self, values: Mapping[str, str]) -> str:
        """The other language's text with these values."""
        return _HOLE.sub(lambda hole: values[hole[1]], self.target)


class Recogniser:
    """Says in another language what the layers below the screens say in English."""

    def __init__(
        self,
        said: Mapping[str, str],
        words: Mapping[str, str],
        fill: Callable[[str], str] = str,
        join: Callable[[str], str] = str,
    ) -> None:
        """Know what is said.

        Args:
            said: English templates and the same in the other language.
            words: Texts that are asked for exactly as they stand, holes and all, and are never recognised.
            fill: What becomes of a value that is filled in, such as a day with an English month.
            join: Makes a text good where a value was put into it: "de el" becomes "del".
        """
        said = {**said, **dict(_alone(said))}
        fixed = {source: target for source, target in said.items() if not _HOLE.search(source)}
        self._whole = {**fixed, **words}
        self._templates: dict[str, list[Template]] = {}
        for source, target in said.items():
            if _HOLE.search(source):
                # "; the device goes to 2.50 mm" is hung on to a sentence, and taken off it again here.
                hung = source.startswith("; ") and target.startswith("; ")
                template = Template(source[2:], target[2:]) if hung else Template(source, target)
                self._templates.setdefault(template.key, []).append(template)
        self._fill, self._join = fill, join

    def say(self, text: str) -> str:
        """The text in the other language; what is not known stays as it is."""
        return text if len(text) > LONGEST else self._say(text, DEEPEST) or text

    def _say(self, text: str, depth: int) -> str | None:
        """The text in the other language, or None if nothing of it is known."""
        if depth < 0 or not _WORD.search(text):
            return None
        known = self._known(text, depth)
        if known is None and text.endswith(".") and (known := self._known(text[:-1], depth)) is not None:
            known += "."
        if known is not None:
            return known
        parts, is_whole = self._in_parts(text, depth)
        if is_whole:
            return parts
        return self._known(text, depth, is_frame=True) or parts or self._with_aside(text, depth)

    def _known(self, text: str, depth: int, *, is_frame: bool = False) -> str | None:
        """The text if it is known as one; a capital at its beginning plays no part.

        A frame puts one sentence around others, so it is only asked for where they are not known one by one.
        """
        found = self._whole.get(text)
        if found is not None:
            return found
        lower = text[0].lower() + text[1:]
        if lower != text and (found := self._whole.get(lower)) is not None:
            return found[0].upper() + found[1:]
        for template in self._candidates(text):
            values = template.fit(text) if template.is_frame is is_frame else None
            if values is not None:
                filled = {name: self._value(name, value, depth) for name, value in values.items()}
                return self._join(template.fill(filled))
        return None

    def _candidates(self, text: str) -> list[Template]:
        """The templates whose longest word is in the text, the most telling first."""
        keys = {"", *_KEYS.findall(text)}
        return sorted(
            (one for key in keys for one in self._templates.get(key, ())), key=lambda one: -one.weight
        )

    def _in_parts(self, text: str, depth: int) -> tuple[str | None, bool]:
        """A text of several sentences: the longest runs that are known, the others as they stand.

        Returns it, or None if nothing of it is known, and whether all of it is.
        """
        ends = [0, *(end.end() for end in _ENDS.finditer(text)), len(text)]
        if len(ends) <= len((0, 1)):
            return None, False
        said, is_known, is_whole, start = "", False, True, 0
        while start < len(ends) - 1:
            for end in range(min(len(ends) - 1, start + MOST_SENTENCES), start, -1):
                part = text[ends[start] : ends[end]]
                bare = part.rstrip()
                is_all = start == 0 and end == len(ends) - 1
                found = None if is_all or not bare else self._known_part(bare, depth)
                if found is not None:
                    said, is_known, start = said + found + part[len(bare) :], True, end
                    break
            else:
                said, start, is_whole = said + text[ends[start] : ends[start + 1]], start + 1, False
        return (said if is_known else None), is_known and is_whole

    def _known_part(self, part: str, depth: int) -> str | None:
        return self._known(part, depth) or self._with_aside(part, depth)

    def _with_aside(self, text: str, depth: int) -> str | None:
        """A text with more in brackets at its end or after a colon, each said by itself if it is known."""
        match = _ASIDE.fullmatch(text)
        if match is not None:
            head = self._say(match["head"], depth - 1)
            if head is not None:
                return f"{head} ({self._listed(match['aside'], depth)})"
        for place in islice(_colons(text), MOST_COLONS):
            head = self._known(text[:place], depth)
            if head is not None:
                return f"{head}: {self._listed(text[place + 2 :], depth)}"
        return None

    def _value(self, name: str, value: str, depth: int) -> str:
        """What a hole is filled with, in the other language where the program said it."""
        is_typed = name in TYPED and len(value.split()) <= MOST_TYPED_WORDS
        found = None if is_typed else self._say(value, depth - 1)
        if found is not None:
            return found
        match = _ASIDE.fullmatch(value)
        if match is not None and not is_typed:
            return f"{self._value(name, match['head'], depth - 1)} ({self._listed(match['aside'], depth)})"
        head, colon, rest = value.partition(": ")
        if colon and not is_typed:
            return f"{self._listed(head, depth)}: {self._listed(rest, depth)}"
        return self._fill(value) if is_typed else self._listed(value, depth)

    def _listed(self, text: str, depth: int) -> str:
        """A list, each of its parts said by itself; where one is known, so are the words between them."""
        whole = self._say(text, depth - 1)
        if whole is not None:
            return whole
        parts = _LIST.split(text)
        said = [self._say(part, depth - 1) if part else None for part in parts[::2]]
        is_known = any(one is not None for one in said) or all(part[:1].isupper() for part in parts[::2])
        between = (self._whole.get(one.strip(), one.strip()) for one in parts[1::2])
        spaced = [
            one if one.startswith((",", ";")) or not is_known else f" {word} "
            for one, word in zip(parts[1::2], between, strict=True)
        ]
        words = [
            found if found is not None else self._fill(part)
            for found, part in zip(said, parts[::2], strict=True)
        ]
        return words[0] + "".join(gap + word for gap, word in zip(spaced, words[1:], strict=True))


def _alone(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Sentences that the sources join to others, without the space that joins them; here they come apart."""
    for source, target in said.items():
        bare, bare_target = source.strip(), target.strip()
        if bare != source and bare.endswith((".", "!", "?")):
            yield bare, bare_target
        elif bare != source and bare.endswith(":") and bare_target.endswith(":"):
            yield bare[:-1], bare_target[:-1]


def _end_of(text: str, at: int, piece: str) -> int:
    """Where the value that begins at `at` ends, before the next `piece`; -1 if that does not come."""
    day = _DAY.match(text, at)
    if day is not None:
        return text.find(piece, day.end())
    if at == 0 and piece == " ":
        # Two holes with nothing between them but a space: the first holds a whole sentence.
        sentence = _ENDS.search(text)
        if sentence is not None:
            return sentence.start()
    return text.find(piece, at)


def _colons(text: str) -> Iterator[int]:
    at = text.find(": ")
    while at >= 0:
        yield at
        at = text.find(": ", at + 1)
