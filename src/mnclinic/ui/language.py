"""The language of the window: English, or Spanish with Qt's own texts.

`speak(app, "es")` may be called again at any time; what is on the screen is made anew by whoever shows it.
Texts of the screens are translated where they are made (`self.tr`); what the layers below say, and words in
tables of this package, go through `spoken`. Nothing that is stored, signed, exported or printed does.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from mnclinic.resource_files import resource_path, resource_text

if TYPE_CHECKING:
    from datetime import date

    from mnclinic.ui.recognise import Recogniser

ENGLISH, SPANISH = "en", "es"
NAMES = {ENGLISH: "English", SPANISH: "Español"}
"""Each language in its own words, which are never translated."""

MONTHS = {
    ENGLISH: ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    SPANISH: ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}
WEEKDAYS = {
    ENGLISH: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    SPANISH: ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_DAY = rf"\b(\d{{1,2}}) ({'|'.join(MONTHS[ENGLISH])}) (\d{{4}})\b( at (?=\d\d:\d\d))?"
_AT = {SPANISH: " a las "}
_ISO_AT = r"\b(\d{4}-\d\d-\d\d) at (?=\d\d:\d\d)"
_SPAN = r"(\d+) (day|hour|minute)s?"
_SPANS = {
    "day": ("día", "días"),
    "hour": ("hora", "horas"),
    "minute": ("minuto", "minutos"),
}
"""How long, one and several, as it stands in a sentence of a lower layer."""
_AREA = r"(?P<side>left|right|both) (?P<area>[a-z]+(?: [a-z]+)?)"
_SIDES = {"left": "", "right": "", "both": "s"}
_CONTRACTION = r"\b([Dd]e|[Aa]) el\b"


class _Spoken:
    """The one language of the process, as there is one QApplication."""

    language = ENGLISH
    recogniser: "Recogniser | None" = None
    translators: tuple[QTranslator, ...] = ()


def language() -> str:
    """The code of the language that is spoken."""
    return _Spoken.language


def language_of(chosen: str) -> str:
    """The language for a choice: a code that this program speaks, else the computer's, else English."""
    if chosen in NAMES:
        return chosen
    is_spanish = QLocale.system().language() == QLocale.Language.Spanish
    return SPANISH if is_spanish else ENGLISH


def speak(app: QApplication, code: str) -> None:
    """Speak a language from now on; `code` is one of `NAMES`. Widgets that stand keep their words."""
    if code == _Spoken.language:
        return
    for translator in _Spoken.translators:
        app.removeTranslator(translator)
    _Spoken.language = code
    _Spoken.translators = ()
    _Spoken.recogniser = None
    if code != ENGLISH:
        # English needs none of these, and the log-in is painted sooner without them.
        import json

        from mnclinic.ui.recognise import Recogniser

        qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        _Spoken.translators = (
            _translator(app, f"{qt_texts}/qtbase_{code}.qm"),
            _translator(app, str(resource_path(f"translations/mnclinic_{code}.qm"))),
        )
        texts: Mapping[str, Mapping[str, str]] = json.loads(resource_text(f"translations/said_{code}.json"))
        # What the shipped protocols say line by line; what a clinic wrote itself stays in its own words.
        lines: Mapping[str, str] = json.loads(resource_text(f"words/protocol-lines-{code}.json"))
        _Spoken.recogniser = Recogniser({**texts["said"], **lines}, texts["screens"], _filled_in, _contracted)


def spoken(text: str) -> str:
    """What a rule, a service or a failure says, in the language that is spoken.

    Words that are not the program's stay as they are: names, numbers, what people typed.
    """
    return text if _Spoken.recogniser is None else _Spoken.recogniser.say(text)


def month_words(month: int) -> str:
    """A month, 1 to 12, short and unmistakable."""
    return MONTHS[_Spoken.language][month - 1]


def weekday_words(day: "date") -> str:
    """The day of the week, as it begins a line."""
    words = WEEKDAYS[_Spoken.language][day.weekday()]
    return words[0].upper() + words[1:]


@cache
def _pattern(words: str, flags: int = 0) -> re.Pattern[str]:
    """Made at the first use: none is needed to paint the log-in."""
    return re.compile(words, flags)


def _filled_in(text: str) -> str:
    """A value as it stands in a sentence: an area with its side, or a text with its days.

    Lower layers write them as "right cheek" and 23 Nov 2026.
    """
    area = _pattern(_AREA, re.IGNORECASE).fullmatch(text)
    if area is not None:
        name, side = (
            spoken(area["area"]),
            spoken(f"{area['side'].capitalize()} side{_SIDES[area['side'].lower()]}"),
        )
        shown = f"{name} ({side.lower()})"
        return shown[0].upper() + shown[1:] if text[0].isupper() else shown
    span = _pattern(_SPAN).fullmatch(text)
    if span is not None and _Spoken.language == SPANISH:
        return f"{span[1]} {_SPANS[span[2]][span[1] != '1']}"
    text = _pattern(_ISO_AT).sub(lambda found: f"{found[1]}{_AT[_Spoken.language]}", text)
    return _pattern(_DAY).sub(
        lambda day: (
            f"{day[1]} {month_words(MONTHS[ENGLISH].index(day[2]) + 1)} {day[3]}"
            f"{_AT[_Spoken.language] if day[4] else ''}"
        ),
        text,
    )


def _contracted(text: str) -> str:
    """Spanish with its two contractions: "de el protocolo" is "del protocolo". A name keeps its capital."""
    return _pattern(_CONTRACTION).sub(r"\1l", text)


def _translator(app: QApplication, file: str) -> QTranslator:
    """Install one file of texts. A copy of the program without Qt's own keeps those in English."""
    made = QTranslator(app)
    if made.load(file):
        app.installTranslator(made)
    return made
