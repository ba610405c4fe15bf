"""A local Crossref to try things by hand:

    python tests/doubles/local_crossref.py --port 8000
    livingreview refresh --crossref-url http://127.0.0.1:8000

It serves the works of data/references.bib, or a file of records, one in JSON a line.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import threading
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
ROOT = TESTS.parent


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, default=8000, help="0 for any that is free")
    parser.add_argument("--records", type=Path, metavar="FILE.jsonl", help="works to serve")
    parser.add_argument("--synthetic", type=int, default=0, metavar="N", help="N invented works")
    parser.add_argument("--latency", type=float, default=0.3, help="seconds of every answer")
    parser.add_argument(
        "--public",
        action="store_true",
        help="treat everybody as a stranger: the low limits, whatever mailto says",
    )
    parser.add_argument("--unlimited", action="store_true", help="enforce no limit")
    return parser.parse_args()


def main() -> int:
    sys.path[:0] = [str(TESTS), str(ROOT / "workflow" / "scripts")]
    from doubles.crossref import LIMITS, LocalCrossref
    from doubles.records import synthetic_works, works_of_bibliography
    from livingreview.references.reading.bibtex import read_bibtex

    given = options()
    if given.records:
        lines = given.records.read_text(encoding="utf-8").splitlines()
        works = [json.loads(line) for line in lines if line.strip()]
    else:
        works = works_of_bibliography(read_bibtex(ROOT / "data" / "references.bib"))
    works += synthetic_works(given.synthetic)
    limits = {}
    if given.public:
        limits = {f"polite-{kind}": LIMITS[f"public-{kind}"] for kind in ("single", "array")}
    with LocalCrossref(
        works,
        port=given.port,
        latency=given.latency,
        limits=limits,
        enforced=not given.unlimited,
    ) as crossref:
        print(f"{len(works)} works at {crossref.address} (end with Ctrl-C)", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
        statuses = ", ".join(f"{n} x {status}" for status, n in sorted(crossref.statuses.items()))
        print(f"\n{crossref.lists} lists, {crossref.singles} single records: {statuses or 'none'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
