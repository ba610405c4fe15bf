"""How fast a registry is asked: from its answers' headers alone."""

import threading

import pytest

from livingreview.registries.pace import COURTESY, MARGIN, Pace, number, seconds


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self):
        self.now = 100.0

    def read(self):
        return self.now

    def sleep(self, duration):
        self.now += duration


def crossref(limit, concurrency, interval="1s"):
    return {
        "x-rate-limit-limit": str(limit),
        "x-rate-limit-interval": interval,
        "x-concurrency-limit": str(concurrency),
    }


def starts(pace, clock, turns, headers):
    """When each of the turns began, the first at 0; each answer carries its pool's headers."""
    begun = []
    for pool in turns:
        with pace.turn(pool):
            begun.append(clock.now - 100.0)
            pace.learn(pool, headers[pool])
    return begun


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        pytest.param(crossref(5, 1), [0, 0.2 * MARGIN, 0.4 * MARGIN], id="five a second"),
        pytest.param(crossref(1, 1), [0, MARGIN, 2 * MARGIN], id="one a second"),
        pytest.param(crossref(100, 1, "1m"), [0, 0.6 * MARGIN, 1.2 * MARGIN], id="per minute"),
        pytest.param(
            {"x-ratelimit-limit": "50", "x-ratelimit-interval": "1s"},
            [0, 0.02 * MARGIN, 0.04 * MARGIN],
            id="the older names",
        ),
        pytest.param({}, [0, COURTESY, 2 * COURTESY], id="no word: our own courtesy"),
        pytest.param(crossref(0, 0), [0, COURTESY, 2 * COURTESY], id="no sensible word"),
        pytest.param(crossref("-3", "x", "soon"), [0, COURTESY, 2 * COURTESY], id="nonsense"),
    ],
)
def test_turns_keep_the_distance_that_the_headers_name(headers, expected):
    clock = Clock()
    pace = Pace(clock.sleep, clock=clock.read)
    found = starts(pace, clock, ["single"] * 3, {"single": headers})
    assert found == pytest.approx(expected)


def test_lists_and_single_records_are_counted_apart():
    clock = Clock()
    pace = Pace(clock.sleep, clock=clock.read)
    headers = {"list": crossref(1, 1), "single": crossref(5, 1)}
    found = starts(pace, clock, ["list", "single", "single", "list", "single"], headers)
    assert found == pytest.approx([0, 0, 0.2 * MARGIN, MARGIN, MARGIN])


def test_a_pool_that_has_not_answered_goes_at_the_slowest_pace_known():
    clock = Clock()
    pace = Pace(clock.sleep, clock=clock.read)
    with pace.turn("list"):
        pace.learn("list", crossref(1, 1))
    begun = []
    for _ in range(2):
        with pace.turn("single"):
            begun.append(clock.now - 100.0)
    assert begun == pytest.approx([0, MARGIN])


def test_a_refusal_holds_everybody_and_slows_its_pool():
    clock = Clock()
    pace = Pace(clock.sleep, clock=clock.read)
    with pace.turn("list"):
        pace.learn("list", crossref(1, 1))
    pace.hold("list", 5.0)
    found = starts(pace, clock, ["single", "list", "list"], {"single": {}, "list": {}})
    assert found == pytest.approx([5.0, 5.0, 5.0 + 1.5 * MARGIN])


@pytest.mark.parametrize(
    ("told", "most"),
    [pytest.param("1", 1, id="one"), pytest.param("3", 3, id="three"), pytest.param(None, 1)],
)
def test_no_more_at_once_than_the_registry_allows(told, most):
    pace = Pace(sleep=lambda _: None)
    headers = {"x-rate-limit-limit": "1000000", "x-rate-limit-interval": "1s"}
    with pace.turn("list"):
        pace.learn("list", headers | ({"x-concurrency-limit": told} if told else {}))
    guard, inside, seen = threading.Lock(), [0], []
    full = threading.Barrier(most)

    def ask():
        with pace.turn("list"):
            with guard:
                inside[0] += 1
                seen.append(inside[0])
            full.wait(timeout=5)
            with guard:
                inside[0] -= 1

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert max(seen) == most
    assert len(seen) == 6


def test_before_the_first_answer_there_is_one_request_at_a_time():
    pace = Pace(sleep=lambda _: None)
    entered = threading.Event()

    def second():
        with pace.turn("list"):
            entered.set()

    with pace.turn("list"):
        thread = threading.Thread(target=second)
        thread.start()
        assert not entered.wait(timeout=0.05)
        pace.learn("list", crossref(1000, 3))
        assert entered.wait(timeout=5)
    thread.join(timeout=5)


def test_numbers_and_durations_of_headers():
    assert [number(text) for text in ("5", "0.5", "0", "-1", "nan", "inf", "x", None)] == [
        5.0,
        0.5,
        *[None] * 6,
    ]
    assert [seconds(text) for text in ("1s", "500ms", "2m", "3", "0s", "soon", "", None)] == [
        1.0,
        0.5,
        120.0,
        3.0,
        *[None] * 4,
    ]
