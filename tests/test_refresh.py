"""Refreshing the lock: every registry answered by its local double, sound and faulty."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from datetime import date
from types import SimpleNamespace

import pytest

from doubles.crossref import Limit, LocalCrossref
from doubles.europepmc import local_europepmc
from doubles.faults import Faults
from doubles.neighbour_records import datacite_record, europepmc_result, study
from doubles.neighbours import local_clinicaltrials, local_datacite, local_doi_org, local_site
from doubles.records import synthetic_works, update, with_notices, work, works_of_bibliography
from livingreview.references.judgement.validate import build_report
from livingreview.references.reading.bibtex import read_bibtex
from livingreview.references.record import Name, Reference
from livingreview.references.resolution.resolve import resolve_references
from livingreview.registries.client import Patience
from livingreview.registries.journals import read_journals
from livingreview.registries.known import closing_lines
from livingreview.registries.lock import read_lock
from livingreview.registries.lock_file import open_lock
from livingreview.registries.questions import question_of
from livingreview.registries.refresh import refresh_lock
from livingreview.registries.services import open_services

TODAY = date(2026, 11, 22)
HASTE = Patience(first_wait=0.001, connect=2.0, read=0.25, whole=0.3, courtesy=0.0)
FAST = {
    pool: Limit(1_000_000, at_once=3)
    for pool in ("public-single", "public-array", "polite-single", "polite-array")
}
NOBODY = {
    "crossref": "",
    "europepmc": "",
    "doi": "",
    "datacite": "",
    "clinicaltrials": "",
    "web_pages": False,
    "mailto": "",
    "max_age_days": 30,
}
PEOPLE = [("Li", "Ming"), ("Wang", "Fang")]
NAMES = (Name("Li", "M."), Name("Wang", "F."))
WORKS = with_notices(
    [
        work(
            "10.1000/a", "Anlotinib in relapsed disease", PEOPLE, journal="Lung Cancer", year=2021
        ),
        work("10.1000/new", "The work that moved", PEOPLE, journal="Lung Cancer", year=2020),
        work("10.1000/odd,1:2", "Odd signs in a name", PEOPLE, journal="Lung Cancer", year=2019),
        work(
            "10.1000/search",
            "A randomised trial of maintenance treatment in small cell lung cancer",
            PEOPLE,
            journal="Annals of Oncology",
            year=2022,
            volume="33",
            issue="4",
            page="401-410",
        ),
        work(
            "10.1000/notice",
            "Correction to: Anlotinib in relapsed disease",
            journal="Lung Cancer",
            year=2022,
            update_to=[update("10.1000/a", "correction", (2022, 3, 1))],
        ),
    ]
)
DATASET = work("10.5281/zenodo.7", "Data of the trial", PEOPLE, year=2023, type="dataset")
CHINESE = work(
    "10.3779/j.issn.1009-3419.2020.1",
    "Case of bronchial fistula after anlotinib",
    PEOPLE,
    journal="Zhongguo Fei Ai Za Zhi",
    short_journal="Zhongguo Fei Ai Za Zhi",
    issn=["1009-3419"],
    year=2020,
    volume="23",
    issue="5",
    page="390-394",
)
HAN = (Name("李", "明"), Name("王", "芳"))


def reference(number, key, **fields):
    fields.setdefault("title", "A title")
    return Reference(key=key, number=number, **fields)


def every_kind_of_reference(site):
    listed = [
        ("held", {"doi": "10.1000/a", "title": WORKS[0]["title"][0], "authors": NAMES}),
        ("moved", {"doi": "10.1000/old"}),
        ("odd", {"doi": "10.1000/odd,1:2"}),
        ("istic", {"doi": "10.3760/cma.j.1", "title": "小细胞肺癌的治疗", "language": "chinese"}),
        ("datacite", {"doi": "10.5281/zenodo.7"}),
        ("invented", {"doi": "10.1000/invented"}),
        (
            "searched",
            {
                "title": WORKS[3]["title"][0],
                "authors": NAMES,
                "container_title": "Annals of Oncology",
                "year": 2022,
                "volume": "33",
                "page": "401-10",
            },
        ),
        (
            "chinese",
            {
                "title": "安罗替尼致支气管瘘一例",
                "authors": HAN,
                "container_title": "中国肺癌杂志",
                "year": 2020,
                "volume": "23",
                "issue": "5",
                "page": "390-394",
                "language": "chinese",
            },
        ),
        ("trial", {"registration": "NCT03059797", "type": "misc"}),
        ("chictr", {"registration": "ChiCTR1900021543", "type": "misc"}),
        ("label", {"url": f"{site}/label", "type": "online"}),
        ("gone", {"url": f"{site}/gone", "type": "online"}),
    ]
    return [reference(number, key, **fields) for number, (key, fields) in enumerate(listed, 1)]


@pytest.fixture
def start():
    """Starts the doubles of all registries, with the faults; they end with the test."""
    with ExitStack() as doubles:

        def begin(faults=None):
            crossref = doubles.enter_context(
                LocalCrossref(
                    WORKS, aliases={"10.1000/old": "10.1000/new"}, limits=FAST, faults=faults
                )
            )
            agencies = {"10.1000": "Crossref", "10.3760": "ISTIC", "10.5281": "DataCite"}
            results = [
                europepmc_result(WORKS[0], "31000001"),
                europepmc_result(
                    CHINESE,
                    "31000002",
                    title="[Case of bronchial fistula after anlotinib].",
                    language="chi",
                ),
            ]
            others = {
                "europepmc": local_europepmc(results, faults=faults),
                "doi": local_doi_org(
                    agencies, ["10.3760/cma.j.1", "10.5281/zenodo.7"], faults=faults
                ),
                "datacite": local_datacite([datacite_record(DATASET)], faults=faults),
                "clinicaltrials": local_clinicaltrials(
                    [study("NCT03059797", "Anlotinib as third-line treatment")], faults=faults
                ),
            }
            site = doubles.enter_context(local_site({"/label": "说明书 label"}))
            for double in others.values():
                doubles.enter_context(double)
            registries = {
                **NOBODY,
                **{name: double.address for name, double in others.items()},
                "crossref": crossref.address,
                "web_pages": True,
                "mailto": "someone@example.org",
            }
            return SimpleNamespace(
                crossref=crossref, site=site.address, registries=registries, **others
            )

        yield begin


def refreshed(path, references, registries, today=TODAY, site=None, patience=HASTE):
    """The lock's answers after a refresh, and its closing lines."""
    # A page on this machine, which no list may name otherwise.
    services = open_services(registries, patience=patience, trusted=[site] if site else [])
    with open_lock(path, lambda _: None) as lock:
        known = refresh_lock(
            references,
            services,
            lock.lines(),
            lock.add,
            lambda _: None,
            today=today,
            max_age_days=30,
            journals=read_journals(),
        )
    for client in services.clients():
        client.session.close()
    return read_lock(path), closing_lines(known, services)


def outcomes(answers):
    """(source, what was asked for) to the outcome."""
    return {
        (line["_source"], name, value): line["_outcome"]
        for line in answers
        for name, value in line["_query"].items()
    }


def verdicts(references, answers):
    report = build_report(resolve_references(references, answers), None, [], today="2026-11-22")
    return {
        entry["key"]: (entry["verdict"], entry["doi"], [one["code"] for one in entry["findings"]])
        for entry in report["references"]
    }


def test_every_kind_of_reference_finds_its_registry(tmp_path, start):
    world = start()
    references = every_kind_of_reference(world.site)
    answers, closing = refreshed(
        tmp_path / "works.jsonl", references, world.registries, site=world.site
    )
    found = outcomes(answers)
    by_doi = {
        (source, value): outcome
        for (source, name, value), outcome in found.items()
        if name == "doi" and source != "europepmc"
    }
    assert by_doi == {
        ("crossref", "10.1000/a"): "found",
        ("crossref", "10.1000/old"): "found",
        ("crossref", "10.1000/odd,1:2"): "found",
        ("crossref", "10.1000/search"): "found",
        ("crossref", "10.3779/j.issn.1009-3419.2020.1"): "not-found",
        ("crossref", "10.3760/cma.j.1"): "not-found",
        ("crossref", "10.5281/zenodo.7"): "not-found",
        ("crossref", "10.1000/invented"): "not-found",
        ("agency", "10.3760/cma.j.1"): "found",
        ("agency", "10.5281/zenodo.7"): "found",
        ("agency", "10.1000/invented"): "found",
        ("agency", "10.3779/j.issn.1009-3419.2020.1"): "not-found",
        ("handle", "10.3760/cma.j.1"): "found",
        ("handle", "10.5281/zenodo.7"): "found",
        ("handle", "10.1000/invented"): "not-found",
        ("handle", "10.3779/j.issn.1009-3419.2020.1"): "not-found",
        ("datacite", "10.5281/zenodo.7"): "found",
    }
    assert {value: one for (source, _, value), one in found.items() if source == "web"} == {
        f"{world.site}/label": "found",
        f"{world.site}/gone": "not-found",
    }
    assert found["clinicaltrials", "registration", "NCT03059797"] == "found"
    assert not any("ChiCTR" in value for _, _, value in found)
    assert found["crossref", "updates", "10.1000/a"] == "found"
    assert found["crossref", "updates", "10.1000/search"] == "not-found"
    assert "failed" not in found.values()
    assert [line.partition(":")[0] for line in closing[:-1]] == [
        "Crossref",
        "Crossref, notices",
        "Europe PMC",
        "DataCite",
        "DOI agencies (doi.org)",
        "DOI handles (doi.org)",
        "ClinicalTrials.gov",
        "web pages",
    ]


def test_what_the_answers_say_of_every_kind_of_reference(tmp_path, start):
    world = start()
    references = every_kind_of_reference(world.site)
    answers, _ = refreshed(tmp_path / "works.jsonl", references, world.registries, site=world.site)
    found = verdicts(references, answers)
    assert found["searched"] == ("suggested", "10.1000/search", ["doi.missing"])
    assert found["chinese"][:2] == ("suggested", "10.3779/j.issn.1009-3419.2020.1")
    assert found["invented"] == ("unknown-doi", None, ["doi.unknown"])
    assert found["istic"][0] == "elsewhere"
    assert found["trial"][0] == found["chictr"][0] == found["label"][0] == "elsewhere"
    assert "status.corrected" in found["held"][2]


def test_a_second_refresh_asks_nothing(tmp_path, start):
    world = start()
    references = every_kind_of_reference(world.site)
    path = tmp_path / "works.jsonl"
    refreshed(path, references, world.registries, site=world.site)
    before = path.read_bytes()
    doubles = (world.crossref, world.europepmc, world.doi, world.datacite, world.clinicaltrials)
    asked = [len(double.requests) for double in doubles]
    _, closing = refreshed(path, references, world.registries, site=world.site)
    assert [len(double.requests) for double in doubles] == asked
    assert closing == ["nothing to ask: every question has an answer that is young enough"]
    assert path.read_bytes() == before


def test_the_default_bibliography_takes_two_lists(tmp_path):
    references = read_bibtex("data/references.bib")
    with LocalCrossref(works_of_bibliography(references), limits=FAST) as crossref:
        registries = {**NOBODY, "crossref": crossref.address}
        answers, _ = refreshed(tmp_path / "works.jsonl", references, registries)
        lists = [request for request in crossref.requests if "filter" in request.query]
        searches = [request for request in crossref.requests if "filter" not in request.query]
        refreshed(tmp_path / "works.jsonl", references, registries)
        assert len(crossref.requests) == len(lists) + len(searches)
    assert len(lists) == 2  # the records, and the notices about them
    assert len(searches) < 10  # one for each work printed without a DOI
    assert max(Counter(request.target for request in crossref.requests).values()) == 1
    dois = {one.doi for one in references if one.doi}
    assert {line["_query"]["doi"] for line in answers if "doi" in line["_query"]} == dois
    assert {line["_outcome"] for line in answers if "doi" in line["_query"]} == {"found"}


KINDS = [
    "429",
    "429-html",
    "503",
    "500",
    "hang",
    "truncated",
    "garbled",
    "wrong-type",
    "reset",
    "slow-drip",
    "other-doi",
    "403",
    "redirect-private",
]


def is_search(request):
    return "query.bibliographic" in request.query or "VOLUME" in request.query.get("query", "")


@pytest.mark.parametrize("kind", KINDS)
def test_faults_in_a_third_of_answers_lose_and_invent_nothing(tmp_path, start, kind):
    sound = start()
    references = every_kind_of_reference(sound.site)
    whole, _ = refreshed(tmp_path / "sound.jsonl", references, sound.registries, site=sound.site)
    # Candidates of a search are whatever the registry says: another work among them is no fault
    # that can be seen, and the judgement of each candidate bears it.
    only = (lambda request: not is_search(request)) if kind == "other-doi" else None
    faults = Faults(
        share=1 / 3, kinds=[kind], seed=7, hang_seconds=1.0, drip_seconds=0.05, only=only
    )
    faulty = start(faults)
    answers, _ = refreshed(
        tmp_path / "faulty.jsonl",
        every_kind_of_reference(sound.site),
        faulty.registries,
        site=sound.site,
    )
    expected = {question_of(line): line for line in whole}
    for line in answers:
        if line["_outcome"] != "failed":
            assert line == expected[question_of(line)]
        else:
            assert line["_reason"]
    before, after = verdicts(references, whole), verdicts(references, answers)
    failed = {value for (*_, value), outcome in outcomes(answers).items() if outcome == "failed"}
    if not failed:
        assert sorted(map(json.dumps, answers)) == sorted(map(json.dumps, whole))
    for key, (verdict, *_) in after.items():
        # What was not answered says nothing: never worse than with all answers.
        assert verdict in (before[key][0], "unchecked", "verified", "elsewhere", "not-found"), key
        if before[key][0] not in ("unknown-doi", "not-found"):
            assert verdict not in ("unknown-doi", "not-found", "differs"), key


def test_an_unreachable_registry_says_nothing(tmp_path, start):
    world = start()
    references = every_kind_of_reference(world.site)
    with LocalCrossref() as closed:
        nobody = dict.fromkeys(("crossref", "europepmc", "doi", "datacite"), closed.address)
    registries = {**NOBODY, **nobody, "clinicaltrials": nobody["doi"]}
    answers, closing = refreshed(tmp_path / "works.jsonl", references, registries)
    assert {line["_outcome"] for line in answers} == {"failed"}
    assert {line["_reason"] for line in answers} == {"cannot be reached"}
    found, unasked = verdicts(references, answers), verdicts(references, [])
    assert found == unasked
    assert closing[0].endswith("not answered (cannot be reached)")


def test_a_failure_replaces_no_answer_and_is_asked_for_again(tmp_path, start):
    world = start()
    title = WORKS[0]["title"][0]
    references = [reference(1, "held", doi="10.1000/a", title=title, authors=NAMES)]
    path = tmp_path / "works.jsonl"
    registries = {**NOBODY, "crossref": world.crossref.address}
    whole, _ = refreshed(path, references, registries)
    world.crossref.server.faults = Faults(share=1.0, kinds=["503"])
    later, closing = refreshed(path, references, registries, today=date(2027, 11, 22))
    assert later == whole
    # The record, and then the notices about it.
    assert closing[:2] == [
        "Crossref: 1 asked: 0 found, 0 not found, 1 not answered (HTTP 503)",
        "Crossref, notices: 1 asked: 0 with notices, 0 without, 1 not answered (HTTP 503)",
    ]


PRINTED = {
    "title": WORKS[3]["title"][0],
    "authors": NAMES,
    "container_title": "Annals of Oncology",
    "year": 2022,
    "volume": "33",
    "page": "401-410",
}


@pytest.mark.parametrize(
    ("doi", "verdict", "code"),
    [
        pytest.param("10.1000/serach", "unknown-doi", "doi.unknown", id="mistyped"),
        pytest.param("10.1000/a", "wrong-work", "doi.wrong-work", id="another work's"),
    ],
)
def test_a_wrong_doi_is_followed_by_the_right_one(tmp_path, start, doi, verdict, code):
    world = start()
    references = [reference(1, "wrong", doi=doi, **PRINTED)]
    answers, _ = refreshed(tmp_path / "works.jsonl", references, world.registries)
    assert ("crossref", "doi", "10.1000/search") in outcomes(answers)
    found = verdicts(references, answers)["wrong"]
    assert found[:2] == (verdict, "10.1000/search")
    assert code in found[2]


def test_the_end_of_a_publishers_address_is_no_part_of_a_doi(tmp_path, start):
    world = start()
    references = [reference(1, "pasted", doi="10.1000/search/full", **PRINTED)]
    answers, _ = refreshed(tmp_path / "works.jsonl", references, world.registries)
    found = verdicts(references, answers)["pasted"]
    assert found == ("verified", "10.1000/search", ["doi.repaired"])


CONFIG = """
bibliography: references.bib
evidence: {{en: evidence.md}}
registries:
  crossref: {address}
  europepmc: ""
  doi: ""
  datacite: ""
  clinicaltrials: ""
  web_pages: false
  mailto: someone@example.org
"""


def review(folder, address, works):
    """A folder with a configuration and a list of the works' DOIs."""
    folder.mkdir()
    entries = [f"@article{{k{n},\n  doi = {{{one['DOI']}}},\n}}\n" for n, one in enumerate(works)]
    (folder / "references.bib").write_text("\n".join(entries), encoding="utf-8")
    (folder / "config").mkdir()
    (folder / "config" / "config.yaml").write_text(CONFIG.format(address=address))
    return folder


def refresh_command(folder):
    return subprocess.Popen(
        [sys.executable, "-m", "livingreview.cli", "refresh"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def lock_of(folder):
    return folder / "data" / "lock" / "works.jsonl"


def answered(path):
    """The questions that whole lines of the file answer, as the double counts them."""
    found = set()
    if path.exists():
        for text in path.read_bytes().split(b"\n")[1:-1]:
            line = json.loads(text)
            [(name, value)] = line["_query"].items()
            found.add(("updates" if name == "updates" else "doi", value))
    return found


def asked_in(requests):
    found = set()
    for request in requests:
        for part in request.query.get("filter", "").split(","):
            name, _, value = part.partition(":")
            if value:
                found.add((name, value))
        if request.path.startswith("/works/"):
            found.add(("doi", request.path.removeprefix("/works/").replace("%2F", "/").lower()))
    return found


def test_killed_twenty_times_and_still_the_same_lock(tmp_path):
    held = synthetic_works(60)
    absent = [{"DOI": f"10.9999/absent.{n}"} for n in range(60)]
    chance = random.Random(20)
    with LocalCrossref(held, limits=FAST, latency=0.05) as crossref:
        whole = review(tmp_path / "whole", crossref.address, held + absent)
        with refresh_command(whole) as process:
            _, problem = process.communicate(timeout=60)
        assert process.returncode == 0, problem
        killed = review(tmp_path / "killed", crossref.address, held + absent)
        cut_short = 0
        for _ in range(20):
            before, earlier = answered(lock_of(killed)), len(crossref.requests)
            with refresh_command(killed) as process:
                time.sleep(chance.uniform(0.2, 0.6))
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
                cut_short += process.returncode == -signal.SIGKILL
            assert not before & asked_in(crossref.requests[earlier:])
        with refresh_command(killed) as process:
            _, problem = process.communicate(timeout=60)
        assert process.returncode == 0, problem
    assert cut_short > 3
    assert lock_of(killed).read_bytes() == lock_of(whole).read_bytes()


def test_the_second_refresh_of_one_repository_says_so_and_stops(tmp_path):
    with LocalCrossref(synthetic_works(3), limits=FAST, latency=1.5) as crossref:
        folder = review(tmp_path / "one", crossref.address, synthetic_works(3))
        with refresh_command(folder) as first:
            # The double logs a request when it is answered; the lock is taken before it is asked.
            for _ in range(200):
                if lock_of(folder).exists():
                    break
                time.sleep(0.05)
            assert first.poll() is None
            with refresh_command(folder) as second:
                _, problem = second.communicate(timeout=30)
            assert second.returncode == 2
            assert "another refresh is writing this lock" in problem
            assert problem.count("\n") == 1
            first.kill()
            first.communicate()
