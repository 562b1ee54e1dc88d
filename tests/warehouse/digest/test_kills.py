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


@pytest.mark.slow
def test_the_same_before_another_server(tmp_path: Path, with_exim: None) -> None:
    outcome = campaign(tmp_path, runs=6, claims=12, seed=8, server="exim")
    assert outcome.killed >= 2
    assert (outcome.missing, outcome.repeated) == (0, 0)
    assert outcome.mails >= 4
