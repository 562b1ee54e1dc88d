"""A run's page in Prefect shows what the run did; a Prefect that refuses a table does not make the run a failed one."""

from __future__ import annotations

import pytest

from flows import artifacts


class Refusing:
    """A Prefect that takes no artifact."""

    def __init__(self) -> None:
        self.asked: list[dict[str, object]] = []

    def __call__(self, **given: object) -> None:
        self.asked.append(given)
        raise RuntimeError("no such artifact type")


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Refusing:
    refuses = Refusing()
    monkeypatch.setattr(artifacts, "create_table_artifact", refuses)
    monkeypatch.setattr(artifacts, "create_link_artifact", refuses)
    return refuses


def test_a_refusal_is_no_failure(refusing: Refusing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT__RUNTIME__FLOW_RUN__ID", "one")
    artifacts.show_table("crawl-Le_Phare", "What it did", [{"pages": 3, "detail": None}] * 900)
    artifacts.show_link("page", "Marsad", "http://127.0.0.1:8460")
    table, link = refusing.asked
    assert table["key"] == "crawl-le-phare"
    assert len(table["table"]) == artifacts.MOST_ROWS  # type: ignore[arg-type]
    assert link["link"] == "http://127.0.0.1:8460"


def test_outside_a_run_there_is_nothing_to_show(refusing: Refusing) -> None:
    artifacts.show_table("load", "What was loaded", [{"records": 3}])
    assert refusing.asked == []
