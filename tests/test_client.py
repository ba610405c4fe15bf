"""One client of one registry: what it tries again, what it gives up, what it refuses."""

import contextlib
import socket
import threading
import time
from dataclasses import replace

import pytest
import requests
import urllib3

from doubles.faults import Faults
from doubles.server import LocalServer
from doubles.transport import FunctionTransport, reply, session_of
from doubles.wire import Reply
from livingreview.registries.client import (
    Client,
    GarbledError,
    NoAnswerError,
    Patience,
    RefusedError,
    RegistryError,
    Response,
    StoppedError,
    UnreadableError,
    seconds_to_wait,
)

HASTE = Patience(first_wait=0.001, longest_wait=30.0, connect=1.0, read=0.3, whole=0.6)
FAST = {"x-rate-limit-limit": "100000", "x-rate-limit-interval": "1s"}


def client_of(respond, **options):
    """A client and its transport; `respond` is a function, or a list of answers in turn."""
    answers = iter(respond) if isinstance(respond, list) else None
    transport = FunctionTransport(lambda request: next(answers) if answers else respond(request))
    options.setdefault("patience", HASTE)
    client = Client("https://registry.example.org", session=session_of(transport), **options)
    return client, transport


def body_of(response):
    return response.status, response.body


def good(body=b"yes", **headers):
    return reply(200, body, {**FAST, **headers})


@pytest.mark.parametrize(
    "first",
    [
        pytest.param([reply(429)], id="429 without a word"),
        pytest.param([reply(429, b"<html>429</html>", {"Connection": "close"})], id="429 page"),
        pytest.param([reply(503, b"<html>unavailable</html>")], id="503"),
        pytest.param([reply(500), reply(502), reply(504)], id="three kinds of 5xx"),
    ],
)
def test_what_is_tried_again(first):
    client, transport = client_of([*first, good()])
    assert client.ask("/a", body_of) == (200, b"yes")
    assert len(transport.requests) == len(first) + 1 == client.requests


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (requests.ReadTimeout("slow"), "no answer in time"),
        (requests.ConnectTimeout("slow"), "no answer in time"),
        (requests.ConnectionError("reset"), "the connection broke off"),
        (requests.exceptions.ChunkedEncodingError("cut"), "the connection broke off"),
        (requests.exceptions.SSLError("bad"), "no trusted connection (TLS)"),
        (requests.exceptions.ProxyError("away"), "the proxy does not answer"),
    ],
)
def test_what_breaks_on_the_way_is_tried_again_and_named(error, reason):
    def respond(_):
        raise error

    client, transport = client_of(respond)
    with pytest.raises(NoAnswerError) as raised:
        client.ask("/a", body_of)
    assert raised.value.reason == reason
    # A registry that was never heard is not waited for as long.
    silent = reason == "no answer in time"
    assert len(transport.requests) == (HASTE.first_attempts if silent else HASTE.attempts)


def test_a_garbled_answer_is_asked_for_again():
    client, transport = client_of([good(b"{"), good(b"NaN"), good(b"[1]")])
    assert client.ask("/a", Response.json) == [1]
    assert len(transport.requests) == 3


@pytest.mark.parametrize(
    ("body", "value"),
    [
        pytest.param(b'["\\ud800 \\u4e2d"]', ["\ufffd\ufffd\ufffd 中"], id="half a surrogate pair"),
        pytest.param(b'["\xed\xa0\x80 x"]', ["��� x"], id="the same in bytes"),
        pytest.param('\ufeff["肺癌"]'.encode(), ["肺癌"], id="a byte order mark"),
    ],
)
def test_signs_that_no_text_can_hold_cost_no_answer(body, value):
    client, _ = client_of([good(body)])
    assert client.ask("/a", Response.json) == value


def reasons_of(client, times):
    reasons = []
    for _ in range(times):
        with pytest.raises((NoAnswerError, UnreadableError, StoppedError)) as raised:
            client.ask("/a", Response.json)
        reasons.append(raised.value.reason)
    return reasons


def test_what_is_no_registry_at_all_is_asked_little():
    client, transport = client_of(lambda _: good(b"<html>"))
    assert reasons_of(client, 3) == [
        *["the answer is not JSON"] * 2,
        "does not answer to the question (the answer is not JSON)",
    ]
    assert len(transport.requests) == HASTE.first_attempts + 2


def test_a_registry_that_is_right_no_more_is_asked_less_and_less():
    client, transport = client_of([good(b"[]"), *[good(b"<html>")] * 100])
    client.ask("/a", Response.json)
    assert reasons_of(client, HASTE.unreadable + 1) == [
        *["the answer is not JSON"] * HASTE.unreadable,
        "does not answer to the question (the answer is not JSON)",
    ]
    # The first is asked for with patience, those after it twice.
    assert len(transport.requests) == 1 + HASTE.attempts + 2 * (HASTE.unreadable - 1)


def test_what_cannot_be_read_is_no_outage():
    def respond(request):
        return good(b"{") if request.url.endswith("odd") else good(b"[]")

    client, _ = client_of(respond)
    client.ask("/even", Response.json)
    for _ in range(4):
        for target in ("/odd", "/odd", "/odd", "/even"):
            try:
                assert client.ask(target, Response.json) == []
            except UnreadableError:
                assert target == "/odd"


@pytest.mark.parametrize("status", [400, 413, 414, 431])
def test_a_refused_question_is_not_asked_twice(status):
    client, transport = client_of(lambda _: reply(status))
    with pytest.raises(RefusedError) as raised:
        client.ask("/a", body_of)
    assert raised.value.status == status
    assert len(transport.requests) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_registry_that_forbids_is_asked_nothing_more(status):
    client, transport = client_of(lambda _: reply(status))
    for _ in range(3):
        with pytest.raises(StoppedError) as raised:
            client.ask("/a", body_of)
        assert raised.value.reason == f"refuses to answer (HTTP {status})"
    assert len(transport.requests) == 1


def test_of_many_sites_one_that_forbids_says_nothing_about_the_others():
    def respond(request):
        return reply(403) if "shut" in request.url else good()

    client, transport = client_of(respond, is_one_host=False, services={"https://shut.example:443"})
    with pytest.raises(NoAnswerError):
        client.ask("https://shut.example/", body_of)
    assert client.ask("/open", body_of) == (200, b"yes")
    assert len(transport.requests) == 2


def test_after_three_failures_in_a_row_no_more_is_asked():
    client, transport = client_of([good(b"[]"), *[reply(500)] * 100])
    client.ask("/a", Response.json)
    assert reasons_of(client, 5) == ["HTTP 500"] * 3 + ["does not answer (HTTP 500)"] * 2
    assert len(transport.requests) == 1 + HASTE.attempts + 2 + 2


def test_a_registry_that_fails_from_the_first_is_given_up_soon():
    client, transport = client_of(lambda _: reply(503))
    assert reasons_of(client, 3) == ["HTTP 503", "HTTP 503", "does not answer (HTTP 503)"]
    assert len(transport.requests) == HASTE.attempts + 2


def test_a_list_that_will_be_asked_for_in_parts_is_not_counted():
    client, _ = client_of(lambda _: reply(500))
    for _ in range(5):
        with pytest.raises(RefusedError) as raised:
            client.ask("/a", body_of, divisible=True)
        assert raised.value.reason == "HTTP 500"


@pytest.mark.parametrize("status", [402, 405, 422, 451])
def test_another_status_is_said_of_the_question_alone(status):
    def respond(request):
        return reply(status) if request.url.endswith("odd") else good()

    client, transport = client_of(respond)
    with pytest.raises(RefusedError):
        client.ask("/odd", body_of)
    assert client.ask("/even", body_of) == (200, b"yes")
    assert len(transport.requests) == 2


def test_one_refused_connection_stops_no_registry_that_answers():
    error = urllib3.exceptions.NewConnectionError(None, "refused")

    def respond(request):
        if request.url.endswith("gone"):
            raise requests.ConnectionError(error)
        return good()

    client, _ = client_of(respond)
    client.ask("/a", body_of)
    with pytest.raises(NoAnswerError) as raised:
        client.ask("/gone", body_of)
    assert raised.value.reason == "cannot be reached"
    assert client.ask("/a", body_of) == (200, b"yes")


def test_an_answer_between_failures_begins_the_count_anew():
    def respond(request):
        return good() if request.url.endswith("good") else reply(500)

    client, _ = client_of(respond)
    for target in ("/good", *("/bad", "/bad", "/good") * 2):
        try:
            assert client.ask(target, body_of) == (200, b"yes")
        except NoAnswerError:
            assert target == "/bad"


def test_long_trouble_is_said():
    told = []
    patience = replace(HASTE, word_after=0.0)
    client, _ = client_of(
        [reply(503), reply(503), good()], patience=patience, tell=told.append, name="R"
    )
    client.ask("/a", body_of)
    assert told == ["R: HTTP 503; trying again (2 of 5)", "R: HTTP 503; trying again (3 of 5)"]


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there_is_an_answer(status):
    client, _ = client_of(lambda _: reply(status, b"Resource not found."))
    assert client.ask("/a", body_of) == (status, b"Resource not found.")


def test_a_wait_that_the_registry_asks_for_is_kept():
    client, _ = client_of([reply(429, headers={"Retry-After": "1"}), good()])
    begin = time.monotonic()
    assert client.ask("/a", body_of) == (200, b"yes")
    assert time.monotonic() - begin >= 1.0


def test_a_wait_that_is_too_long_ends_the_asking():
    client, transport = client_of(lambda _: reply(429, headers={"Retry-After": "3600"}))
    with pytest.raises(StoppedError) as raised:
        client.ask("/a", body_of)
    assert raised.value.reason == "asks to wait 3600 s (HTTP 429)"
    assert len(transport.requests) == 1


def test_seconds_to_wait():
    assert [seconds_to_wait(text) for text in ("7", " 0 ", "-1", "soon", "", None)] == [
        7.0,
        0.0,
        *[None] * 4,
    ]
    assert seconds_to_wait("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0


def test_it_says_who_asks():
    client, transport = client_of(lambda _: good(), mailto="someone@example.org")
    client.ask("/a", body_of, accept="text/html")
    headers = transport.requests[0].headers
    assert headers["User-Agent"].startswith("livingreview/")
    assert headers["User-Agent"].endswith("(mailto:someone@example.org)")
    assert headers["Accept"] == "text/html"
    anonymous, transport = client_of(lambda _: good())
    anonymous.ask("/a", body_of)
    assert "mailto" not in transport.requests[0].headers["User-Agent"]


def moved(location):
    return reply(302, b"", {**FAST, "Location": location})


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://127.0.0.1:9/", "the address leads into a private network"),
        ("http://[::ffff:10.0.0.1]/", "the address leads into a private network"),
        ("http://127.0.0.1:9\\@8.8.8.8/", "the address leads into a private network"),
        ("http://[bad/", "the address is no web address"),
        ("file:///etc/passwd", "the address is no http(s) address"),
        ("https://registry.example.org/a", "the answer is redirected without end"),
    ],
)
def test_redirects_lead_nowhere_dangerous(location, reason):
    client, transport = client_of(
        lambda _: moved(location), services={"https://registry.example.org:443"}
    )
    with pytest.raises(UnreadableError) as raised:
        client.ask("/a", body_of)
    assert raised.value.reason == reason
    assert {request.url for request in transport.requests} == {"https://registry.example.org/a"}


@pytest.mark.parametrize("location", ["/b", "https://registry.example.org/b"])
def test_redirects_within_the_registry_are_followed(location):
    def respond(request):
        return good() if request.url.endswith("/b") else moved(location)

    client, _ = client_of(respond, services={"https://registry.example.org:443"})
    answer = client.ask("/a", lambda response: response)
    assert (answer.url, answer.redirected) == ("https://registry.example.org/b", True)


def test_a_web_address_in_a_list_is_a_strangers_word_too():
    client, transport = client_of(lambda _: good())
    for address, reason in [
        ("http://127.0.0.1:1/secret", "the address leads into a private network"),
        ("http://127.0.0.1:1\\@8.8.8.8/secret", "the address leads into a private network"),
        ("http://8.8.8.8@127.0.0.1:1/secret", "the address is no web address"),
        ("http://[bad/", "the address is no web address"),
    ]:
        with pytest.raises(RefusedError) as raised:
            client.ask(address, body_of)
        assert raised.value.reason == reason
    assert transport.requests == []


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("hang", "no answer in time"),
        ("truncated", "the connection broke off"),
        ("reset", "the connection broke off"),
        ("slow-drip", "no answer in time"),
        ("huge", "the answer is too large"),
    ],
)
def test_answers_over_a_real_connection_are_bounded(kind, reason):
    faults = Faults(share=1.0, kinds=[kind], hang_seconds=2.0, drip_seconds=0.1)
    body = Reply(200, {"content-type": "application/json"}, b"x" * 4000)
    patience = Patience(
        attempts=2, first_wait=0.001, connect=1.0, read=0.3, whole=0.5, most_bytes=1_000_000
    )
    with LocalServer(lambda _: body, faults=faults) as server:
        client = Client(server.address, patience=patience)
        with client.session, pytest.raises(RegistryError) as raised:
            client.ask("/a", body_of)
    assert raised.value.reason == reason
    assert client.requests == 2


def test_a_head_that_drips_is_bounded_too():
    listener = socket.create_server(("127.0.0.1", 0))

    def drip():
        connection, _ = listener.accept()
        with connection, contextlib.suppress(OSError):
            for _ in range(100):
                connection.sendall(b"H")
                time.sleep(0.05)

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    patience = Patience(attempts=1, connect=1.0, read=1.0, whole=0.4)
    client = Client(f"http://127.0.0.1:{listener.getsockname()[1]}", patience=patience)
    begin = time.monotonic()
    with client.session, pytest.raises(NoAnswerError) as raised:
        client.ask("/a", body_of)
    assert raised.value.reason == "no answer in time"
    assert time.monotonic() - begin < 2
    listener.close()
    thread.join(timeout=10)


def test_a_name_that_becomes_another_host_is_not_asked(monkeypatch):
    """Public when it was looked at, private when it is connected to."""
    with LocalServer(lambda _: Reply(200, {}, b"secret")) as server:
        monkeypatch.setattr("livingreview.registries.guard.resolved", lambda *_: ["93.184.216.34"])
        port = server.address.rpartition(":")[2]
        client = Client("", is_one_host=False, patience=HASTE)
        with client.session, pytest.raises(RefusedError) as raised:
            client.ask(f"http://localhost:{port}/", body_of)
        assert raised.value.reason == "the address leads into a private network"
        assert server.requests == []


def test_a_stop_ends_a_hold_without_spinning():
    client, _ = client_of([reply(429, headers={"Retry-After": "20"}), good()])
    timer = threading.Timer(0.3, client.stop, ["interrupted"])
    timer.start()
    begin, busy = time.monotonic(), time.process_time()
    with pytest.raises(StoppedError):
        client.ask("/a", body_of)
    assert time.monotonic() - begin < 3
    assert time.process_time() - busy < 1
    timer.join()


def test_sites_are_paced_apart():
    def respond(request):
        slow = "slow" in request.url
        return reply(429, headers={"Retry-After": "20"}) if slow else good()

    sites = {"https://slow.example:443", "https://quick.example:443"}
    client, _ = client_of(respond, is_one_host=False, services=sites)
    thread = threading.Thread(target=ignored, args=(client, "https://slow.example/"), daemon=True)
    thread.start()
    begin = time.monotonic()
    assert client.ask("https://quick.example/", body_of) == (200, b"yes")
    assert time.monotonic() - begin < 3
    client.stop("done")
    thread.join(timeout=5)


def ignored(client, target):
    with contextlib.suppress(StoppedError):
        client.ask(target, body_of)


def test_no_host_and_a_closed_port_cost_two_attempts_in_all():
    with LocalServer(lambda _: Reply(200)) as server:
        address = server.address
    for unreachable in (address, "http://no-such-host.invalid"):
        client = Client(unreachable, patience=HASTE)
        for error in (NoAnswerError, StoppedError):
            with client.session, pytest.raises(error) as raised:
                client.ask("/a", body_of)
            assert raised.value.reason == "cannot be reached"
        assert client.requests == 2


def test_a_stopped_client_wakes_those_who_wait():
    client, _ = client_of(lambda _: reply(500), patience=Patience(first_wait=20.0))
    begin = time.monotonic()

    def respond(_):
        client.stop("interrupted")
        return reply(500)

    client.session.get_adapter("https://x").respond = respond
    with pytest.raises(StoppedError) as raised:
        client.ask("/a", body_of)
    assert raised.value.reason == "interrupted"
    assert time.monotonic() - begin < 5


def test_connections_are_kept_and_no_cookies_are():
    reply_ = Reply(200, {**FAST, "set-cookie": "a=b"}, b"yes")
    with LocalServer(lambda _: reply_) as server:
        client = Client(server.address, patience=HASTE)
        with client.session:
            for _ in range(3):
                client.ask("/a", body_of)
        assert all("cookie" not in request.headers for request in server.requests)
    with pytest.raises(GarbledError):
        Response(200, {}, b"[", "").json()
