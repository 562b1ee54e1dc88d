"""Maven and Java in, a folder of Kafka's jars out, kept outside the tree so that they are fetched once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

KAFKA = "4.3.1"
LOG4J = "2.25.4"
PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
"""Newer ones may need a newer Maven than 3.8."""
JAVA = 17
FETCH_SECONDS = 600
POM = f"""<project><modelVersion>4.0.0</modelVersion><groupId>marsad</groupId><artifactId>broker</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{KAFKA}</version></dependency>
<dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>{LOG4J}</version></dependency>
</dependencies></project>
"""


class NoBrokerError(Exception):
    """A broker cannot be started here; the message says what is missing."""


def cache() -> Path:
    """Where jars and clusters are kept: below XDG_CACHE_HOME, else ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "marsad" / "kafka"


def java() -> str:
    """The `java` command. Raises NoBrokerError where there is none that is new enough."""
    path = shutil.which("java")
    if path is None:
        raise NoBrokerError(f"no `java` on the PATH: Kafka needs Java {JAVA} (Debian: apt install openjdk-17-jre-headless)")
    said = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=60, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < JAVA:
        raise NoBrokerError(f"Kafka needs Java {JAVA} or newer; `{path} -version` says {said.splitlines()[:1]}")
    return path


def place() -> Path:
    """Where the jars lie once they have been fetched."""
    return cache() / f"kafka-{KAFKA}-log4j-{LOG4J}"


def jars() -> Path:
    """The folder of Kafka's jars, fetched with Maven where they are not there yet. Raises NoBrokerError."""
    if not place().is_dir():
        _fetch(place())
    return place()


def _fetch(folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NoBrokerError("no `mvn` on the PATH: Maven fetches Kafka from Maven Central (Debian: apt install maven)")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        (Path(work) / "pom.xml").write_text(POM)
        command = [maven, "-q", "-B", PLUGIN, "-DincludeScope=runtime", "-DoutputDirectory=libs"]
        try:
            done = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=FETCH_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise NoBrokerError(f"Maven did not fetch Kafka within {FETCH_SECONDS} s: is Maven Central within reach?") from error
        if done.returncode != 0:
            said = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
            raise NoBrokerError(f"Maven could not fetch Kafka {KAFKA}:\n{said}")
        if not folder.exists():
            (Path(work) / "libs").rename(folder)
