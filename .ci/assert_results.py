"""Assert that the main job's results exist and hold what they must. Exit code 0 can mean that
nothing ran: what is read here is what a reader would open."""

import csv
import json
import sys
from pathlib import Path

RESULTS = Path("results")
EXPECTED = [
    "references/cited.jsonl",
    "references/citations.csv",
    "references/resolved.jsonl",
    "references/validation.json",
    "references/validation.csv",
    "references/validation.md",
    "references/validation.sarif",
    "references/references.bib",
    "references/references.csl.json",
    "references/references.ris",
    "references/corrections.patch",
    "endpoints/reported.zh.csv",
    "endpoints/reported.en.csv",
    "endpoints/left_aside.zh.csv",
    "endpoints/left_aside.en.csv",
    "endpoints/endpoints.csv",
    "endpoints/other_reports.csv",
    "endpoints/checks.csv",
    "figures/medians.svg",
    "summary/model.json",
    "summary/summary.md",
    "summary/summary.html",
    "summary/summary.docx",
    "summary/summary.pdf",
]


def table(name):
    with (RESULTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def must(condition, what):
    if not condition:
        sys.exit(f"results are not what they must be: {what}")


for name in EXPECTED:
    path = RESULTS / name
    must(path.is_file() and path.stat().st_size > 0, f"{name} is missing or empty")

validation = json.loads((RESULTS / "references/validation.json").read_text(encoding="utf-8"))
by_number = {reference["number"]: reference for reference in validation["references"]}
must(sorted(by_number) == list(range(1, 65)), "64 numbered references")
codes = {
    number: {finding["code"] for finding in reference["findings"]}
    for number, reference in by_number.items()
}
must(by_number[44]["verdict"] == "notice", "reference 44 is a correction notice")
must("year.online-first" in codes[34], "reference 34 prints the online-first year")
must("title.mismatch" in codes[26], "reference 26 prints another title than its source")
must("doi.missing" in codes[29] and "doi.missing" in codes[61], "DOIs found for 29 and 61")
must(by_number[57]["verdict"] == "elsewhere", "reference 57 is a trial registration")

pairs = table("endpoints/endpoints.csv")
must(len(pairs) >= 60, f"at least 60 reported results, not {len(pairs)}")
must({row["languages"] for row in pairs} == {"agree"}, "both languages say the same")
differing = [
    (row["numbers"], row["endpoint"], row["value"], row["source_value"])
    for row in pairs
    if row["source_state"] == "differs"
]
must(("35", "OS", "6.3", "6.1") in differing, "6.3 months of reference 35 against 6.1")

html = (RESULTS / "summary/summary.html").read_text(encoding="utf-8")
must("<html" in html and "无进展生存期" in html, "the HTML is bilingual")
must("http-equiv" not in html and "<script src" not in html, "the HTML asks for nothing")
must((RESULTS / "summary/summary.pdf").read_bytes().startswith(b"%PDF-"), "a PDF")
must((RESULTS / "summary/summary.docx").read_bytes().startswith(b"PK"), "a DOCX")
print(f"results are in place: 64 references, {len(pairs)} results, {len(differing)} contradicted")
