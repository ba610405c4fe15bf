"""TeX as it stands in bibliography fields, to and from plain Unicode."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Combining characters of TeX's accent macros (TeXbook, chapter 9).
ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
# An accent and its letter: \"u, \"{u}, \'\i, \'{\i}, \c c, \c{c}.
ACCENT = re.compile(
    r"""\\(?:(["'`^~=.])[ ]*|([uvHcdbkr])(?:[ ]+|(?=\{)))"""
    r"""(?:\{\\?([A-Za-z])\}|\\([ij])(?![A-Za-z])|([A-Za-z]))"""
)
# Macros with a meaning in text that the symbol table of pylatexenc lacks or gives otherwise.
SYMBOLS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textendash": "–",
    "textemdash": "—",
    "textquotesingle": "'",
    "textregistered": "®",
}
# Declarations that change the type only, and take no argument.
DECLARATION = re.compile("em|it|bf|rm|sc|sf|tt|sl|itshape|bfseries|upshape|relax")
TOKEN = re.compile(r"\\([A-Za-z]+)[ ]*(?:\{\})?|\\(.)|([{}$~^_])", re.DOTALL)
SPACES = re.compile(r"[ \t\r\n]+")
ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
}
# In addresses and identifiers these stand for themselves (biblatex manual, "verbatim fields").
VERBATIM = "%&#$_~^"


@cache
def symbol(name: str) -> str | None:
    """The character of a symbol macro (`beta` gives β), None if it is not known as one."""
    return SYMBOLS.get(name) or _symbol_table().get(name)


@cache
def _symbol_table() -> dict[str, str]:
    # Only macros that stand for one character: the table also holds \\today, which asks the clock.
    from pylatexenc.latex2text import get_default_latex_context_db

    return {
        macro.macroname: macro.simplify_repl
        for macro in get_default_latex_context_db().iter_macro_specs()
        if isinstance(macro.simplify_repl, str)
        and len(macro.simplify_repl) == 1
        and not macro.simplify_repl.isascii()
    }


def one_line(text: str) -> str:
    """The text with runs of blanks and line ends as one blank, none at the ends."""
    return SPACES.sub(" ", text).strip(" ")


def decode_tex(text: str, *, verbatim: bool = False) -> str:
    r"""Plain Unicode of a field's text: `M{\"u}ller` is Müller, `$\beta$` is β, `\&` is &.

    Never fails. A macro that is not known loses only its name before a `{`; elsewhere it stays
    as it is written, so that nothing vanishes. `verbatim` is for addresses: `~` is no blank there.
    """
    if not any(sign in text for sign in "\\{}~"):
        return one_line(text)
    text = ACCENT.sub(_accented, one_line(text))
    dollars = sum(1 for match in TOKEN.finditer(text) if match[3] == "$")
    paired = not verbatim and dollars % 2 == 0
    in_math = False

    def plain(match: re.Match[str]) -> str:
        nonlocal in_math
        name, escaped, sign = match[1], match[2], match[3]
        if name is not None:
            character = symbol(name)
            if character is not None:
                return character
            if DECLARATION.fullmatch(name) or text.startswith("{", match.end()):
                return ""
            return match[0]
        if escaped is not None:
            return {"\\": " ", "-": "", "/": "", ",": " ", ";": " ", ":": " "}.get(escaped, escaped)
        if sign in "{}":
            return ""
        if sign == "$" and paired:
            in_math = not in_math
            return ""
        if sign == "~" and not verbatim:
            return " "
        return "" if in_math and sign in "^_" else sign

    return one_line(TOKEN.sub(plain, text))


def _accented(match: re.Match[str]) -> str:
    letter = match[3] or match[4] or match[5]
    return unicodedata.normalize("NFC", letter + ACCENTS[match[1] or match[2]])


def encode_tex(text: str, *, verbatim: bool = False) -> str:
    """The text for between the braces of a field; `decode_tex` gives the text back."""
    plain = VERBATIM if verbatim else ""
    return "".join(sign if sign in plain else ESCAPES.get(sign, sign) for sign in one_line(text))
