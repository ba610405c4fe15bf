"""Messages of the gettext catalogues, read as they are: nothing has to be compiled."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from livingreview.errors import InputError
from livingreview.summary.resources import Resources

LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}


class Messages:
    """The catalogues of some languages; `say` gives one message in one language."""

    def __init__(self, resources: Resources, languages: Sequence[str]):
        self.languages = tuple(languages)
        self.paths = resources.paths
        self.catalogues: dict[str, Catalog] = {}
        self.locales = {language: Locale.parse(LOCALES[language]) for language in languages}
        for language in languages:
            try:
                self.catalogues[language] = read_po(
                    io.BytesIO(resources.text(language).encode("utf-8")), abort_invalid=True
                )
            except PoFileError as error:
                raise InputError(
                    f"not a gettext catalogue ({error})", path=self.paths[language]
                ) from None

    def has(self, key: str) -> bool:
        return all(catalogue.get(key) is not None for catalogue in self.catalogues.values())

    def say(self, language: str, key: str, **values: object) -> str:
        """The message with its placeholders filled in; `n` chooses singular or plural.

        InputError names the catalogue if the message is missing, empty or has a placeholder
        that the document does not fill.
        """
        message = self.catalogues[language].get(key)
        if message is None:
            raise InputError("no such message", path=self.paths[language], key=key)
        text = message.string
        if isinstance(text, (tuple, list)):
            one = self.locales[language].plural_form(values.get("n", 1)) == "one"
            text = text[0 if one or len(text) == 1 else 1]
        if not text:
            raise InputError("no translation", path=self.paths[language], key=key)
        try:
            return text.format_map(values)
        except (KeyError, ValueError, IndexError) as error:
            raise InputError(
                f"placeholder that nothing fills ({error})", path=self.paths[language], key=key
            ) from None

    def date(self, language: str, iso: str | None) -> str:
        """A date of the lock in the language's long form; text that is no ISO date stays."""
        try:
            return format_date(date.fromisoformat(iso or ""), "long", self.locales[language])
        except ValueError:
            return iso or "–"

    def items(self, language: str, items: Sequence[str]) -> str:
        return format_list(list(items), locale=self.locales[language]) if items else "–"
