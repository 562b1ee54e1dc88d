"""Links cannot be made up, confirmations age, and the key is made once."""

from __future__ import annotations

import stat
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from itsdangerous import URLSafeTimedSerializer

from config.settings import Settings
from warehouse.digest.tokens import CONFIRM_SECONDS, Leaving, Tokens, load_tokens

ONE, OTHER = Tokens("one key of the tests, long enough"), Tokens("another key of the tests, long enough")


def test_a_link_leads_back_to_what_it_was_made_for() -> None:
    assert ONE.confirmed(ONE.confirm("s-1")) == "s-1"
    assert ONE.leaving(ONE.leave("ia", "A@x.ma")) == Leaving("ia", ONE.reader("a@X.ma "))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é" * 50, "." * 5000])
def test_forged_links_lead_nowhere(token: str) -> None:
    assert ONE.confirmed(token) is None
    assert ONE.leaving(token) is None


def test_a_token_is_good_for_one_key_and_one_use() -> None:
    assert OTHER.confirmed(ONE.confirm("s-1")) is None
    assert ONE.leaving(ONE.confirm("s-1")) is None
    assert ONE.confirmed(ONE.leave("ia", "a@x.ma")) is None
    changed = ONE.confirm("s-1")
    assert ONE.confirmed(changed[:-2] + ("AA" if changed[-2:] != "AA" else "BB")) is None


def test_a_confirmation_ages(monkeypatch: pytest.MonkeyPatch) -> None:
    token, now = ONE.confirm("s-1"), time.time()
    monkeypatch.setattr(time, "time", lambda: now + CONFIRM_SECONDS + 2)
    assert ONE.confirmed(token) is None


def test_one_key_whoever_asks_first(own_data: Settings) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = [load_tokens(own_data).confirm("s-1") for _ in range(1)]
        tokens = list(pool.map(lambda _: load_tokens(own_data), range(8)))
    assert {one.confirmed(made[0]) for one in tokens} == {"s-1"}
    assert stat.S_IMODE((own_data.data / "secret.key").stat().st_mode) == 0o600


def test_what_signs_is_not_what_itsdangerous_signs_by_default() -> None:
    assert ONE.confirmed(str(URLSafeTimedSerializer("one key of the tests, long enough").dumps("s-1"))) is None
