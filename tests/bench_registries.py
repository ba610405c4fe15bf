"""What `make bench` prints of the registries: requests, and wall time as a ratio.

The local Crossref runs in a process of its own, answers after 300 ms and enforces the limits that
Crossref announced for December 2025. The ratio is wall time over the time that the list requests
need at the granted rate; the bar is 1.15.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from doubles.records import synthetic_works

BIN = Path(sys.executable).parent
DOUBLE = Path(__file__).parent / "doubles" / "local_crossref.py"
MAILTO = "someone@example.org"
POLITE_LISTS = 3  # a second; https://doi.org/10.64000/wadve-3tj60
CONFIG = {
    "bibliography": "references.bib",
    "evidence": {"en": "evidence.md"},
    "registries": {
        "europepmc": "",
        "doi": "",
        "datacite": "",
        "clinicaltrials": "",
        "web_pages": False,
        "mailto": MAILTO,
    },
}


@contextmanager
def local_crossref(works: int) -> Iterator[str]:
    command = [sys.executable, DOUBLE, "--synthetic", str(works), "--latency", "0.3", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        address = re.search(r"http://[\d.:]+", server.stdout.readline())
        try:
            yield address[0]
        finally:
            server.kill()


def refresh(folder: Path, address: str, dois: Sequence[str]) -> tuple[float, int, int, int]:
    """Seconds, requests, found and not answered of a whole `livingreview refresh`."""
    entries = [f"@article{{k{n},\n  doi = {{{doi}}},\n}}\n" for n, doi in enumerate(dois)]
    Path(folder, "references.bib").write_text("\n".join(entries), encoding="utf-8")
    config = {**CONFIG, "registries": {**CONFIG["registries"], "crossref": address}}
    Path(folder, "config.json").write_text(json.dumps(config), encoding="utf-8")
    begin = time.perf_counter()
    done = subprocess.run(
        [BIN / "livingreview", "refresh", "--config", "config.json"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - begin
    asked = re.search(r"(\d+) found, \d+ not found, (\d+) not answered", done.stdout)
    requests = re.search(r"(\d+) requests in all", done.stdout)
    return seconds, int(requests[1]), int(asked[1]), int(asked[2])


def one_by_one(address: str, dois: Sequence[str]) -> float:
    """Seconds for one request a DOI, one after another, as most checkers ask."""
    begin = time.perf_counter()
    for doi in dois:
        with urlopen(f"{address}/works/{quote(doi, safe='')}?mailto={MAILTO}") as answer:
            answer.read()
    return time.perf_counter() - begin


def main() -> None:
    for count in (600, 10_000):
        dois = [one["DOI"] for one in synthetic_works(count)]
        with tempfile.TemporaryDirectory() as folder, local_crossref(count) as address:
            seconds, requests, found, failed = refresh(Path(folder), address, dois)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        ratio = seconds / (requests / POLITE_LISTS)
        print(
            f"{count:6} DOIs: {requests:4} requests (records and notices), {found} found,"
            f" {failed} not answered, {seconds:5.1f} s, ratio {ratio:4.2f}, at most {memory} MB"
        )
        if count == 600:
            with local_crossref(count) as address:
                alone = one_by_one(address, dois[:300])
            print(f"   one request a DOI: 600 requests, {2 * alone:5.1f} s (300 asked, doubled)")


if __name__ == "__main__":
    main()
