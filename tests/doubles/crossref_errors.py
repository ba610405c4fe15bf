"""The refusals of the local Crossref: each knows its status, kind, value and wording."""

from __future__ import annotations

import json

from doubles.wire import Reply

JSON = {"content-type": "application/json"}
JSON_UTF8 = {"content-type": "application/json;charset=utf-8", "vary": "Accept"}


class Refused(Exception):
    """One or more things wrong with a question: [(type, value, message)]."""

    def __init__(self, *problems: tuple[str, object, str]) -> None:
        super().__init__(problems)
        self.problems = problems


def refusal(problems: tuple[tuple[str, object, str], ...]) -> Reply:
    return Reply(400, JSON_UTF8, body("validation-failure", problems), chunked=True)


def cursor_invalid(value: str) -> Reply:
    problem = ("cursor-invalid", value, "Cursor specified but it is invalid")
    return Reply(404, JSON, body("resource-failure", (problem,)), chunked=True)


def not_found(content_type: str = "text/plain") -> Reply:
    """The same words whatever the type says: it is never JSON."""
    headers = {"content-type": content_type}
    if "charset" in content_type:
        headers["vary"] = "Accept"
    return Reply(404, headers, b"Resource not found.", chunked=True)


def too_long() -> Reply:
    return Reply(414, {"content-type": "text/html"}, b"<h1>414 Request-URI Too Large</h1>")


def body(kind: str, problems: tuple[tuple[str, object, str], ...]) -> bytes:
    message = [
        {"type": type_, "value": value, "message": words} for type_, value, words in problems
    ]
    return packed({"status": "failed", "message-type": kind, "message": message})


def packed(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def bad_integer(value: str, highest: int) -> Refused:
    words = (
        f"Integer specified as {value} but must be a positive integer less than or equal to"
        f" {highest}. "
    )
    return Refused(("integer-not-valid", value, words))
