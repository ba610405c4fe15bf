"""What the template writes with: messages, terms and values in every language shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from livingreview.summary.catalogues import Messages
from livingreview.summary.entries import entry_text, is_chinese
from livingreview.summary.figure_text import describe_medians
from livingreview.summary.markdown import (
    BREAK,
    TAGS,
    Markdown,
    doi_address,
    escape,
    inline,
    join,
    link,
    plain,
    span,
)
from livingreview.summary.values import NOTHING, detail_texts, plain_value, printed_value

# A sign beside each word, so that nothing rests on colour alone.
SIGNS = {
    "differs": "≠", "ambiguous": "△", "not-in-source": "—", "source-not-seen": "?", "agrees": "=",
    "error": "≠", "warning": "△", "note": "·",
    "retracted": "≠", "unknown-doi": "≠", "wrong-work": "≠", "concern": "△", "notice": "△",
    "not-found": "?", "suggested": "△", "elsewhere": "·", "unchecked": "?", "verified": "=",
}  # fmt: skip

# A fact read in many pages is shown with the first few; model.json has all.
MOST_PAGES = 3


class Writer:
    """The helpers that the template calls as `write.…`; what they return is Markdown."""

    def __init__(self, messages: Messages):
        self.messages = messages
        self.languages = messages.languages

    # Words

    def words(self, words: Mapping[str, str], between: Markdown | str = " ") -> Markdown:
        """Both languages of a term; once only where they are the same."""
        texts = [words[language] for language in self.languages]
        if len(set(texts)) == 1:
            return escape(texts[0])
        return join(
            [
                span(text, language=language)
                for language, text in zip(self.languages, texts, strict=True)
            ],
            between,
        )

    def stacked(self, words: Mapping[str, str]) -> Markdown:
        """Both languages of a term, one above the other (inside a table cell)."""
        return self.words(words, BREAK)

    def message(self, key: str, **values: Any) -> dict[str, str]:
        """The message in each language; a value that is {"zh", "en"} goes in by language."""
        return {
            language: self.messages.say(
                language,
                key,
                **{
                    name: value[language] if isinstance(value, Mapping) else value
                    for name, value in values.items()
                },
            )
            for language in self.languages
        }

    def say(self, key: str, **values: Any) -> Markdown:
        return self.words(self.message(key, **values))

    def head(self, key: str) -> Markdown:
        """A header cell."""
        return self.stacked(self.message(key))

    def caption(self, key: str, **values: Any) -> Markdown:
        return self.stacked(self.message(key, **values))

    def paragraphs(self, key: str, **values: Any) -> Markdown:
        """A paragraph in each language, of a message."""
        return self.prose(self.message(key, **values))

    def prose(self, words: Mapping[str, str]) -> Markdown:
        return Markdown(
            "\n\n".join(
                f"::: {{lang={TAGS[language]}}}\n{escape(words[language])}\n:::"
                for language in self.languages
            )
        )

    def found(self, n: int, looked_at: int = 1) -> Markdown:
        """The sign for `n` things found amiss; where nothing was looked at, none is well."""
        return self.sign("differs" if n else "agrees" if looked_at else "unchecked")

    def sign(self, identifier: str) -> Markdown:
        return span(SIGNS.get(identifier, "·"), names=f"sign {identifier}")

    def state(self, family: str, identifier: str) -> Markdown:
        """Sign and words of a state, a verdict or a severity: `family.identifier`."""
        words = self.message(f"{family}.{identifier}")
        return join([self.sign(identifier), self.stacked(words)])

    def reason(self, group: Mapping[str, Any]) -> Markdown:
        """Why checks abstained: what was not seen, or the first check's own words."""
        if group["state"]:
            return self.stacked(self.message(f"state-means.{group['state']}"))
        return self.stacked(group["message"])

    def known(self, family: str, text: str) -> dict[str, str]:
        """The message `family.text` if the catalogues have it, else the text itself."""
        key = f"{family}.{text}"
        if self.messages.has(key):
            return self.message(key)
        return dict.fromkeys(self.languages, text)

    def date(self, iso: str | None) -> dict[str, str]:
        return {language: self.messages.date(language, iso) for language in self.languages}

    # Results

    def study(self, study: Mapping[str, Any]) -> Markdown:
        """The caption of a study's table: population, line, trial, references."""
        parts = [part for part in (study["population"], study["line"]) if part]
        parts += [self.message("study.unnamed")] if not parts else []
        comma = {"zh": "，", "en": ", "}
        words = {
            language: comma[language].join(part[language] for part in parts)
            for language in self.languages
        }
        words = capitalised(words)
        trial = escape(study["trial"]) if study["trial"] else Markdown("")
        return join([self.stacked(words), trial, self.citations(study["numbers"])])

    def citations(self, numbers: Sequence[int]) -> Markdown:
        """Reference numbers that lead to the list: [30]."""
        return join([link(f"[{number}]", f"#ref-{number}") for number in numbers])

    def rows(self, identifiers: Sequence[str]) -> Markdown:
        """Row ids that lead to their place in the tables."""
        return join([link(identifier, f"#{identifier}") for identifier in identifiers], ", ")

    def arm(self, row: Mapping[str, Any]) -> Markdown:
        """The arm; of a comparison also what it is compared with."""
        words = row["arm"]
        if words is None:
            return self.stacked(self.message("arm.unnamed"))
        compared = row["repeated"] or row["statistic"] in ("hazard_ratio", "difference")
        if row["comparator"] and compared:
            contrast = row["statistic"] in ("hazard_ratio", "difference")
            key = "arm.versus" if contrast else "arm.compared"
            words = self.message(key, arm=words, comparator=row["comparator"])
        return self.stacked(words)

    def endpoint_words(self, row: Mapping[str, Any]) -> dict[str, str]:
        """`中位 PFS`, `median PFS`: what was measured, without its unit."""
        words = {language: row["endpoint"]["words"][language] for language in self.languages}
        if row["timepoint"]:
            time = self.message(f"timepoint.{row['timepoint_unit']}", time=row["timepoint"])
            words = self.message("endpoint.at", endpoint=words, time=time)
        words = self.message(f"statistic.{row['statistic']}", endpoint=words)
        if row["grade"] == "any":
            words = self.message("grade.any", endpoint=words)
        elif row["grade"]:
            grade = row["grade"].replace(">=", "≥").replace("-", "–")
            words = self.message("grade.of", endpoint=words, grade=grade)
        return words

    def endpoint(self, row: Mapping[str, Any]) -> Markdown:
        """`中位 PFS（月）`, `Median PFS (months)`, as a cell."""
        words = self.endpoint_words(row)
        if row["unit"] and row["unit"] != "ratio" and row["statistic"] != "count":
            unit = self.known("unit", row["unit"])
            words = self.message("endpoint.unit", endpoint=words, unit=unit)
        return self.stacked(capitalised(words))

    def reported(self, row: Mapping[str, Any]) -> Markdown:
        """The review's value as printed; each language's own where they disagree."""
        if row["not_reached"]:
            return self.stacked(self.message("value.not-reached"))
        if row["languages"] == "differ":
            printed = row["review"]["printed"].items()
            return join(
                [
                    join([self.language_name(language), self.value(text)])
                    for language, text in printed
                    if text
                ],
                BREAK,
            )
        return join([self.value(printed_value(row)), self.details(row["review"])])

    def language_name(self, language: str) -> Markdown:
        """A language by its own name, or in a language that is shown."""
        view = language if language in self.languages else self.languages[0]
        return inline(self.messages.say(view, f"language.{language}"))

    def sourced(self, row: Mapping[str, Any]) -> Markdown:
        """The cited work's own value with what it says about it, or a dash."""
        source = row["source"]
        if source is None:
            return Markdown("–")
        value = self.value(plain_value(source), source["unit"], row["unit"])
        parts = [join([value, self.details(source)])]
        if source["where"]:
            parts.append(self.seen(source))
        return join(parts, BREAK)

    def value(self, text: str, unit: str | None = None, expected: str | None = None) -> Markdown:
        """A value, with its unit only where that is not the one in the row's label."""
        number = span(text, names="value")
        if not unit or unit == expected or text == "–":
            return number
        return join([number, self.words(self.known("unit", unit))])

    def details(self, report: Mapping[str, Any]) -> Markdown:
        texts = detail_texts(report)
        return inline(f"({'; '.join(texts)})") if texts else Markdown("")

    def seen(self, report: Mapping[str, Any]) -> Markdown:
        """Where a source said it, as a link to the page of those it was read in."""
        words = self.known("where", report["where"] or "")
        texts = list(dict.fromkeys(words[language] for language in self.languages))
        if not report["pages"]:
            return escape(" ".join(texts))
        return link(" ".join(texts), best_page(report["pages"]))

    def judgement(self, row: Mapping[str, Any]) -> Markdown:
        """The state of a result, and a second line where the languages disagree."""
        parts = [self.state("state", row["state"])]
        if row["languages"] not in ("agree", "single"):
            parts.append(
                join(
                    [
                        self.sign("differs"),
                        self.stacked(self.message(f"languages.{row['languages']}")),
                    ]
                )
            )
        return join(parts, BREAK)

    def contradiction(self, row: Mapping[str, Any]) -> Markdown:
        """One sentence: what the review prints, in each text if these differ, and its source."""
        source = row["source"] or NOTHING
        details = detail_texts(source)
        key = "contradiction.sentence"
        if row["languages"] == "differ":
            key = "contradiction.languages"
        words = self.message(
            key,
            population=row["population"] or self.message("study.unnamed"),
            arm=row["arm"] or self.message("arm.unnamed"),
            endpoint=self.endpoint_words(row),
            review=self.same_quantity(printed_value(row), row["unit"]),
            source=self.same_quantity(plain_value(source), source["unit"]),
            where=self.known("where", source["where"] or "–"),
            details=f" ({'; '.join(details)})" if details else "",
            **self.printed_quantities(row),
        )
        return self.words(capitalised(words))

    def printed_quantities(self, row: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """What each text prints, with the unit, by language."""
        return {
            language: self.same_quantity(text, row["unit"])
            for language, text in row["review"]["printed"].items()
            if text
        }

    def same_quantity(self, value: str, unit: str | None) -> dict[str, str]:
        return self.quantity(dict.fromkeys(self.languages, value), unit)

    def quantity(self, values: Mapping[str, str], unit: str | None) -> dict[str, str]:
        """A value with its unit, as a sentence has it."""
        key = f"quantity.{unit or 'ratio'}"
        if not self.messages.has(key):
            return {language: f"{values[language]} {unit}" for language in self.languages}
        return self.message(key, value=values)

    def language_difference(self, row: Mapping[str, Any]) -> Markdown:
        """What the one text says and the other does not."""
        words = self.message(
            f"language-difference.{row['languages']}",
            population=row["population"] or self.message("study.unnamed"),
            arm=row["arm"] or self.message("arm.unnamed"),
            endpoint=self.endpoint_words(row),
            **self.printed_quantities(row),
        )
        return self.words(capitalised(words))

    def abbreviations(self, abbreviations: Sequence[Mapping[str, Any]]) -> Markdown:
        items = {
            language: self.messages.items(
                language, [f"{entry['id']} {entry['words'][language]}" for entry in abbreviations]
            )
            for language in self.languages
        }
        return self.paragraphs("results.abbreviations", items=items)

    def other(self, report: Mapping[str, Any]) -> Markdown:
        """The value of a report that is not the cited work."""
        if report["not_reached"]:
            return self.stacked(self.message("value.not-reached"))
        value = self.value(plain_value(report), report["unit"])
        return join([value, self.details(report)])

    def reported_where(self, report: Mapping[str, Any]) -> Markdown:
        return join([self.seen(report), escape(report["seen"] or "")], BREAK)

    # References

    def printed(self, reference: Mapping[str, Any]) -> Markdown:
        """An entry with the values that the review prints, its errors included."""
        language = "zh" if is_chinese(reference) else "en"
        return span(entry_text(reference), language=language)

    def identifiers(self, reference: Mapping[str, Any]) -> Markdown:
        """The printed DOI or address as a link; whether a source that was seen shows the DOI."""
        if reference["doi"]:
            printed = link(f"doi:{reference['doi']}", doi_address(reference["doi"]))
            verdict = reference["verdict"]
            shown = reference["resolved_doi"] and verdict not in ("unknown-doi", "wrong-work")
            if shown or verdict in ("unchecked", "elsewhere"):
                return printed
            return join([printed, self.say("list.unconfirmed")])
        if reference["doi_printed"]:
            return escape(f"doi:{reference['doi_printed']}")
        return link(reference["url"], reference["url"]) if reference["url"] else Markdown("")

    def doi(self, doi: str) -> Markdown:
        return link(f"doi:{doi}", doi_address(doi))

    def authority(
        self, finding: Mapping[str, Any], reference: Mapping[str, Any] | None = None
    ) -> Markdown:
        """Who says so and when; facts read in pages with links to the pages."""
        source = str(finding.get("source") or "–")
        parts = [self.stacked(self.known("source", source))]
        answers = reference["authorities"] if reference else []
        pages = [
            page
            for answer in answers
            if answer.get("source") == source
            for page in answer.get("pages") or ()
        ]
        parts += [link(host(page), page) for page in pages[:MOST_PAGES]]
        return join([*parts, escape(finding.get("retrieved") or "")], BREAK)

    def waiver(self, waiver: Mapping[str, str]) -> Markdown:
        """Who overruled a finding, why, and until when."""
        return self.say("references.waived", **{**waiver, "until": self.date(waiver["until"])})

    def finding(self, finding: Mapping[str, Any], where: str = "cell") -> Markdown:
        """Severity and words of a finding, and both strings where the words do not hold them."""
        severity = self.words(self.message(f"severity.{finding['severity']}"))
        words = self.stacked if where == "cell" else self.words
        parts = [join([self.sign(finding["severity"]), severity]), words(finding["message"])]
        for key, value in (("cited", finding.get("cited")), ("found", finding.get("found"))):
            told = all(str(value) in finding["message"][language] for language in self.languages)
            if value and not told:
                parts.append(join([self.say(f"finding.{key}"), inline(value)]))
        return join(parts, BREAK if where == "cell" else " ")

    def number(self, number: int) -> Markdown:
        """The number of a list entry, which citations lead to."""
        return span(f"[{number}]", identifier=f"ref-{number}")

    def mark(self, reference: Mapping[str, Any]) -> Markdown:
        """The verdict on an entry, as a link to its group."""
        verdict = reference["verdict"]
        words = self.message(f"verdict.{verdict}")
        text = " ".join(dict.fromkeys(words[language] for language in self.languages))
        parts = [self.sign(verdict), link(text, f"#verdict-{verdict}")]
        seen = reference["seen"]
        if verdict == "verified" and seen["seen"] < seen["printed"]:
            parts.append(self.say("list.seen", **seen))
        return join(parts)

    # Figure

    def figure_caption(self) -> Markdown:
        return self.caption("figure.caption")

    def figure_text(self, studies: Sequence[Mapping[str, Any]]) -> Markdown:
        """The numbers of the figure in words, as the value of an attribute."""
        texts = [describe_medians(self.messages, language, studies) for language in self.languages]
        return Markdown(plain(" ".join(texts)).replace("\\", "\\\\").replace('"', '\\"'))

    # Small parts

    def text(self, value: object) -> Markdown:
        return escape("–" if value in (None, "") else value)

    def anchor(self, identifier: str) -> Markdown:
        return span(identifier, identifier=identifier, names="row")

    def to(self, section: str, n: int = 1) -> Markdown:
        """A link to the section that tells more; nothing where there is nothing to tell."""
        if not n:
            return Markdown("")
        words = self.message("link.more")
        text = " ".join(dict.fromkeys(words[language] for language in self.languages))
        return link(text, f"#{section}")


def best_page(pages: Sequence[str]) -> str:
    """The page a reader is best sent to: PubMed's or the DOI's own, else the first that is read
    without a question in between."""
    for name in ("pubmed", "doi.org", "pmc.ncbi"):
        for page in pages:
            if name in host(page):
                return page
    return next((page for page in pages if "consent" not in page), pages[0])


def host(address: str) -> str:
    return (urlsplit(address).hostname or address).removeprefix("www.")


def capitalised(words: Mapping[str, str]) -> dict[str, str]:
    return {language: text[:1].upper() + text[1:] for language, text in words.items()}
