"""A broker that is absent, and one that refuses us: the command says what to do in one sentence, and ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.broker.cluster import PASSWORD, USER, Cluster
from tests.flows.command import Marsad

pytestmark = [pytest.mark.kafka, pytest.mark.slow]


def signing_in(cluster: Cluster, password: str) -> dict[str, str]:
    return {"bus": cluster.secure_url, "kafka_security": "sasl_ssl", "kafka_mechanism": "PLAIN", "kafka_user": USER,
            "kafka_password": password, "kafka_ca": str(cluster.certificate)}


@pytest.mark.parametrize("command", [("work", "classify"), ("doctor",)])
def test_no_broker_there(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = Marsad(tmp_path / "data")(*command, bus="kafka://127.0.0.1:1")
    told = done.out + done.err
    assert done.code == 4
    assert "Kafka at 127.0.0.1:1 does not answer: is a broker running there (`make kafka` starts one" in " ".join(told.split())
    assert "Traceback" not in told


def test_credentials_right_and_wrong(tmp_path: Path, kafka: Cluster) -> None:
    marsad = Marsad(tmp_path / "data")
    assert marsad("work", "classify", "--once", **signing_in(kafka, PASSWORD)).code == 0
    done = marsad("work", "classify", "--once", **signing_in(kafka, "guessed"))
    told = " ".join((done.out + done.err).split())
    assert done.code == 4
    assert "wrong credentials: check MARSAD_KAFKA_USER, MARSAD_KAFKA_PASSWORD and MARSAD_KAFKA_MECHANISM" in told
    assert "Traceback" not in told
    assert "guessed" not in told
