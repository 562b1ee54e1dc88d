"""docker-compose.yml holds what operators rely on: limits, health checks, no privileges, known settings, no secrets."""

from __future__ import annotations

import re
from typing import Any

import pytest

from config.settings import ROOT, Settings
from tests.flows.compose import FILE, IMAGE, VARIABLE, read_compose

GIVEN = {"POSTGRES_PASSWORD": "x" * 8, "MARSAD_USER_AGENT": "Test/1 (+https://newsroom.example/bot)"}
ENDS = {"deploy"}
"""Services that do their work and end."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return read_compose(GIVEN)


def test_every_service_has_limits_health_restart_and_bounded_logs(compose: dict[str, Any]) -> None:
    for name, row in compose["services"].items():
        limits = row["deploy"]["resources"]["limits"]
        assert set(limits) == {"cpus", "memory"}, name
        assert row["restart"] == ("on-failure" if name in ENDS else "unless-stopped"), name
        assert ("healthcheck" in row) != (name in ENDS), name
        assert row["logging"]["options"]["max-size"], name


def test_ours_run_without_privileges_on_a_read_only_system(compose: dict[str, Any]) -> None:
    ours = {name: row for name, row in compose["services"].items() if row["image"] == IMAGE}
    for name, row in {**ours, "mail": compose["services"]["mail"]}.items():
        assert str(row["user"]) not in ("", "0", "root"), name
        assert row["read_only"], name
        assert row["cap_drop"] == ["ALL"], name
        assert row["security_opt"] == ["no-new-privileges:true"], name


def test_only_loopback_is_published(compose: dict[str, Any]) -> None:
    published = [port for row in compose["services"].values() for port in row.get("ports", ())]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_settings_and_volumes_exist(compose: dict[str, Any]) -> None:
    known = {f"MARSAD_{name.upper()}" for name in Settings.model_fields}
    for name, row in compose["services"].items():
        assert {key for key in row["environment"] if key.startswith("MARSAD_")} <= known, name
        named = {volume.split(":")[0] for volume in row.get("volumes", ())} - {"./config"}
        assert named <= set(compose["volumes"]), name
    template = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^# (MARSAD_\w+)=", template, re.M)) - {"MARSAD_UID"} <= known


def test_the_template_names_every_variable() -> None:
    text = FILE.read_text(encoding="utf-8")
    asked = {found["name"] for found in VARIABLE.finditer(text) if found["name"]}
    assert asked <= set(re.findall(r"^# (\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M))


def test_no_secret_has_a_default() -> None:
    with pytest.raises(KeyError, match="POSTGRES_PASSWORD"):
        read_compose({"MARSAD_USER_AGENT": "Test/1"})
    with pytest.raises(KeyError, match="MARSAD_USER_AGENT"):
        read_compose({"POSTGRES_PASSWORD": "x"})


def test_who_waits_for_whom_is_there(compose: dict[str, Any]) -> None:
    services = compose["services"]
    for name, row in services.items():
        for other, how in row.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if other in ENDS else "service_healthy"
            assert how["condition"] == wanted, f"{name} waits for {other}"
            assert other in services


def test_heap_and_tables_fit_their_limits(compose: dict[str, Any]) -> None:
    services = compose["services"]
    heap = re.search(r"-Xmx(\d+)m", services["kafka"]["environment"]["KAFKA_HEAP_OPTS"])
    assert heap is not None
    assert int(heap[1]) <= 0.75 * megabytes(services["kafka"]["deploy"]["resources"]["limits"]["memory"])
    for name in ("loader", "web"):
        tables = megabytes(services[name]["environment"]["MARSAD_MEMORY_LIMIT"])
        assert tables <= 0.6 * megabytes(services[name]["deploy"]["resources"]["limits"]["memory"]), name


def megabytes(text: str) -> int:
    number, unit = re.fullmatch(r"(\d+)([mg])b?", text.lower()).groups()  # type: ignore[union-attr]  # else the test fails
    return int(number) * (1024 if unit == "g" else 1)


def test_the_stages_are_those_of_the_topology(compose: dict[str, Any]) -> None:
    from pipeline.topology import STAGES

    run = {row["command"][2] for row in compose["services"].values() if row.get("command", [])[:2] == ["marsad", "work"]}
    assert run == {stage.name for stage in STAGES}
