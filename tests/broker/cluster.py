"""A folder in, a Kafka cluster of one or more brokers on loopback out: started, killed and started again one by one."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.broker.certificate import CERTIFICATE, KEYSTORE, write_certificate
from tests.broker.jars import NoBrokerError, jars, java

START_SECONDS = 90.0
STOP_SECONDS = 20.0
CLUSTER_ID = "MarsadBrokersOnLoopbk0"
USER, PASSWORD = "marsad", "observatory"
LOGIN = f'org.apache.kafka.common.security.plain.PlainLoginModule required user_{USER}="{PASSWORD}";'
HEAP = ("-Xms128m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
LOGGING = """status = error
appender.file.type = Console
appender.file.name = out
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d %p %c{1} %m%n
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
"""
PROPERTIES = """process.roles=broker,controller
node.id={node}
controller.quorum.voters={voters}
listeners=BROKER://127.0.0.1:{port},SECURE://127.0.0.1:{secure},CONTROLLER://127.0.0.1:{controller}
listener.security.protocol.map=BROKER:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT
listener.name.secure.sasl.enabled.mechanisms=PLAIN
listener.name.secure.plain.sasl.jaas.config={login}
listener.name.secure.ssl.keystore.type=PEM
listener.name.secure.ssl.keystore.location={pem}
controller.listener.names=CONTROLLER
inter.broker.listener.name=BROKER
log.dirs={data}
auto.create.topics.enable=false
default.replication.factor={copies}
min.insync.replicas={in_sync}
offsets.topic.replication.factor={copies}
offsets.topic.num.partitions=4
transaction.state.log.replication.factor={copies}
transaction.state.log.min.isr={in_sync}
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor={copies}
share.coordinator.state.topic.min.isr={in_sync}
share.coordinator.state.topic.num.partitions=1
message.max.bytes=4259840
replica.fetch.max.bytes=4259840
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=3000
controlled.shutdown.max.retries=1
log.cleaner.dedupe.buffer.size=4194304
"""
"""Small and quick to fail over: a killed broker is noticed after 3 s, a killed consumer after the session timeout it asks for."""


@dataclass
class Node:
    """One broker (and controller) of the cluster."""

    number: int
    port: int
    controller: int
    secure: int
    """Port of the listener with TLS, where USER signs in with PASSWORD."""
    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Of its process, while it runs."""
        return self.process.pid if self.process and self.process.poll() is None else None


@dataclass
class Cluster:
    """`brokers` nodes below `folder`; each is broker and controller."""

    folder: Path
    brokers: int = 1
    more: str = ""
    """Further lines of every broker's properties."""
    nodes: list[Node] = field(default_factory=list)

    @property
    def secure_url(self) -> str:
        """The same through the listener with TLS and sign-in; `certificate` vouches for it."""
        return "kafka://" + ",".join(f"127.0.0.1:{node.secure}" for node in self.nodes)

    @property
    def certificate(self) -> Path:
        """PEM file for MARSAD_KAFKA_CA."""
        return self.folder / CERTIFICATE

    @property
    def url(self) -> str:
        """The value of MARSAD_BUS."""
        return "kafka://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    def start(self) -> None:
        """Format and start all nodes, and wait until they serve. Raises NoBrokerError."""
        ports = iter(_free_ports(3 * self.brokers))
        self.nodes = [Node(number, next(ports), next(ports), next(ports), self.folder / f"node-{number}")
                      for number in range(1, self.brokers + 1)]
        self.folder.mkdir(parents=True, exist_ok=True)
        write_certificate(self.folder)
        for node in self.nodes:
            self._format(node)
        for node in self.nodes:
            self.start_node(node)
        self.await_ready()

    def _format(self, node: Node) -> None:
        node.folder.mkdir(parents=True, exist_ok=True)
        copies = min(3, self.brokers)
        (node.folder / "server.properties").write_text(PROPERTIES.format(
            node=node.number, port=node.port, controller=node.controller, secure=node.secure, login=LOGIN,
            pem=self.folder / KEYSTORE, data=node.folder / "data", copies=copies,
            in_sync=max(1, copies - 1), voters=",".join(f"{one.number}@127.0.0.1:{one.controller}" for one in self.nodes),
        ) + self.more)
        (node.folder / "log4j2.properties").write_text(LOGGING)
        # One argument: a cluster id may begin with a hyphen, which the tool would take for an option.
        command = self._java(node, "kafka.tools.StorageTool", "format", f"--cluster-id={CLUSTER_ID}", "--ignore-formatted",
                             "-c", "server.properties")
        done = subprocess.run(command, cwd=node.folder, capture_output=True, text=True, timeout=START_SECONDS, check=False)
        if done.returncode != 0:
            raise NoBrokerError(f"Kafka's storage cannot be formatted in {node.folder}:\n{(done.stdout + done.stderr)[-2000:]}")

    @staticmethod
    def _java(node: Node, *arguments: str) -> list[str]:
        logging = f"-Dlog4j2.configurationFile={node.folder / 'log4j2.properties'}"
        return [java(), *HEAP, logging, "-cp", f"{jars()}/*", *arguments]

    def start_node(self, node: Node) -> None:
        """Start one node; does not wait."""
        with (node.folder / "server.log").open("ab") as log:
            node.process = subprocess.Popen(self._java(node, "kafka.Kafka", "server.properties"), cwd=node.folder,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)

    def await_ready(self, seconds: float = START_SECONDS) -> None:
        """Wait until every node that runs takes part in the cluster. Raises NoBrokerError with the end of its log."""
        deadline = time.monotonic() + seconds
        while len(_serving(self.nodes)) < len(self.nodes):
            for node in self.nodes:
                if node.pid is None:
                    raise NoBrokerError(f"Kafka node {node.number} ended while starting:\n{self._log(node)}")
            if time.monotonic() > deadline:
                raise NoBrokerError(f"Kafka is not ready after {seconds:.0f} s:\n{self._log(self.nodes[0])}")
            time.sleep(0.1)

    @staticmethod
    def _log(node: Node) -> str:
        return (node.folder / "server.log").read_text(errors="replace")[-2000:]

    def kill(self, node: Node) -> None:
        """SIGKILL."""
        if node.process and node.pid:
            node.process.kill()
            node.process.wait(STOP_SECONDS)

    def freeze(self, node: Node) -> None:
        """Stop its time: it neither answers nor closes its connections, until thaw()."""
        if node.pid:
            os.kill(node.pid, signal.SIGSTOP)

    def thaw(self, node: Node) -> None:
        """Let it go on."""
        if node.pid:
            os.kill(node.pid, signal.SIGCONT)

    def stop(self) -> None:
        """End all nodes, gently at first."""
        for node in self.nodes:
            if node.process and node.pid:
                node.process.terminate()
        for node in self.nodes:
            if node.process:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    node.process.wait(STOP_SECONDS)
                self.kill(node)

    def __enter__(self) -> Cluster:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()


def _serving(nodes: list[Node]) -> set[int]:
    """Numbers of the nodes that the cluster counts as its own and that answer."""
    from kafka.admin import KafkaAdminClient
    from kafka.errors import KafkaError
    seen: list[set[int]] = []
    for node in nodes:
        try:
            client = KafkaAdminClient(bootstrap_servers=f"127.0.0.1:{node.port}", bootstrap_timeout_ms=2000,
                                      request_timeout_ms=3000)
            with contextlib.closing(client):
                seen.append({broker["broker_id"] for broker in client.describe_cluster()["brokers"] if not broker["is_fenced"]})
        except (KafkaError, OSError):
            return set()
    return set.intersection(*seen)


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
