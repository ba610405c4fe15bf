"""What can go wrong on the way to an answer, in words, and whether a second try may mend it."""

from __future__ import annotations

import email.utils
import time
from collections.abc import Iterator

import requests
import urllib3


def seconds_to_wait(retry_after: str | None) -> float | None:
    """Of a Retry-After header, which is a number of seconds or a date (RFC 9110, 10.2.3)."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        date = email.utils.parsedate_to_datetime(text)
        return max(0.0, date.timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None


def is_unreachable(error: BaseException) -> bool:
    """Whether the host has no address or takes no connection, which a second try seldom mends."""
    return any(isinstance(one, urllib3.exceptions.NewConnectionError) for one in causes(error))


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it wraps: urllib3 keeps the cause in `reason`, requests in its text."""
    seen: list[BaseException] = []
    waiting = [error]
    while waiting and len(seen) < 20:
        one = waiting.pop()
        if any(one is other for other in seen):
            continue
        seen.append(one)
        yield one
        inner = [getattr(one, "reason", None), one.__cause__, one.__context__, *one.args]
        waiting += [item for item in inner if isinstance(item, BaseException)]


def words_for(error: Exception) -> str:
    """What went wrong on the way, without the address that was asked."""
    if is_silence(error):
        return "no answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "no trusted connection (TLS)"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy does not answer"
    return "the connection broke off"


def is_silence(error: Exception) -> bool:
    return isinstance(error, (requests.Timeout, urllib3.exceptions.TimeoutError))
