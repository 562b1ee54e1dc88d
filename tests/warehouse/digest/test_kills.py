"""Killed at random moments before a mail server that fails: every claim reaches every reader, none by two mails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.mail_kills import campaign


@pytest.mark.slow
def test_every_claim_is_told_once_whatever_crashes(tmp_path: Path) -> None:
    outcome = campaign(tmp_path, runs=8, claims=16, seed=7)
    assert outcome.killed >= 3
    assert (outcome.missing, outcome.repeated) == (0, 0)
    assert outcome.mails >= 4
