"""Parts of a registry's answer, which may be absent or misshapen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def object_of(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = record.get(name)
    return value if isinstance(value, dict) else {}
