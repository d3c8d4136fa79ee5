"""Which language a record names: people write a code or a name, in whatever spelling."""

from mnclinic.domain.names import fold

_NAMES = {
    "en": ("english", "ingles", "eng"),
    "es": ("spanish", "espanol", "castellano", "spa"),
    "ar": ("arabic", "arabe"),
    "de": ("german", "aleman", "deutsch"),
    "fr": ("french", "frances", "francais"),
    "hi": ("hindi",),
    "ht": ("creole", "haitian", "haitiano"),
    "it": ("italian", "italiano"),
    "ja": ("japanese", "japones"),
    "ko": ("korean", "coreano"),
    "pl": ("polish", "polaco"),
    "pt": ("portuguese", "portugues"),
    "ru": ("russian", "ruso"),
    "tl": ("tagalog", "filipino"),
    "vi": ("vietnamese", "vietnamita"),
    "zh": ("chinese", "mandarin", "cantonese", "chino"),
}
_CODES = {name: code for code, names in _NAMES.items() for name in (code, *names)}


def language_code(written: str) -> str | None:
    """The code of a language that is written out or as a code; None for one that is not known here."""
    return _CODES.get(fold(written).strip())
