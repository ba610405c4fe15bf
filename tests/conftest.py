"""Shared fixtures: the package on the path, the material that lives outside the repository."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "workflow" / "scripts"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the review and its sources, which is not part of this repository."""
    folder = ROOT.parent / "shared"
    if not (folder / "DESIGN.md").exists():
        pytest.skip("needs the folder shared/ beside the repository")
    return folder
