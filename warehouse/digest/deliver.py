"""A rendered issue in, files and queued letters out: files whole or not at all, letters once a reader."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import msgspec

from config.watch import Subscription
from pipeline.state.letters import Body, Channel, Letters
from warehouse.digest.mail_style import mail_html
from warehouse.digest.render import Rendered
from warehouse.digest.subscriptions import kind_of
from warehouse.digest.tokens import Tokens
from warehouse.digest.view import clean

OWN: Final = "s-"
"""What the ids of digests that readers made for themselves begin with."""


class DeliveryError(Exception):
    """An issue could not be delivered; the next run tries it again under the same id. The message says what to do."""


class Deliverer(Protocol):
    """A way by which issues reach their readers."""

    def deliver(self, rendered: Rendered) -> None:
        """Deliver the issue; doing so again changes nothing for its readers. Raises DeliveryError."""


@dataclass(frozen=True)
class Folder:
    """Delivers to files: `<digest>/<issue>.html`, `<digest>/<issue>.txt` and `<digest>.atom` below `path`."""

    path: Path

    def deliver(self, rendered: Rendered) -> None:
        """Write the three files, the feed last. Raises DeliveryError."""
        home = self.path / rendered.issue.digest
        try:
            home.mkdir(parents=True, exist_ok=True)
            write_whole(home / f"{rendered.issue.issue_id}.html", rendered.html)
            write_whole(home / f"{rendered.issue.issue_id}.txt", rendered.text)
            write_whole(self.path / f"{rendered.issue.digest}.atom", rendered.atom)
        except OSError as error:
            raise DeliveryError(
                f"{error.filename or home}: issue {rendered.issue.issue_id} cannot be written ({error.strerror}): mend the "
                "folder's permissions or free some space; the next run sends it again") from error


@dataclass(frozen=True)
class Post:
    """Delivers to the queue of letters: mail, webhook and channels of each subscription, but for readers who left."""

    letters: Letters
    subscriptions: Mapping[str, Subscription]
    tokens: Tokens

    def deliver(self, rendered: Rendered) -> None:
        """Queue the issue for each of its readers; for who has it already nothing changes. Raises DeliveryError."""
        issue = rendered.issue
        to = self._readers(issue.digest)
        if not to:
            return
        body = Body(issue.issue_id, issue.digest, issue.language, clean(issue.title), mail_html(rendered.html), rendered.text,
                    issue_json(rendered), issue.at)
        try:
            self.letters.queue(body, to)
        except OSError as error:
            raise DeliveryError(f"issue {issue.issue_id} cannot be queued: {error}; the next run does") from error

    def _readers(self, digest: str) -> list[tuple[Channel, str, str]]:
        subscription = self.subscriptions[digest]
        left = self.letters.opted_out(digest)
        readers: list[tuple[Channel, str, str]] = [
            ("mail", address, address.rpartition("@")[2].lower()) for address in subscription.to
            if self.tokens.reader(address) not in left]
        readers += [("webhook", subscription.webhook, subscription.webhook)] if subscription.webhook else []
        return readers + [("apprise", name, name) for name in subscription.channels]


@dataclass(frozen=True)
class Ways:
    """Delivers by several ways, in order. A digest that readers made for themselves has no files."""

    folder: Folder
    post: Post

    def deliver(self, rendered: Rendered) -> None:
        """Deliver by each. Raises DeliveryError."""
        if not rendered.issue.digest.startswith(OWN):
            self.folder.deliver(rendered)
        self.post.deliver(rendered)


def issue_json(rendered: Rendered) -> str:
    """The issue as webhooks get it: each story with its claims, their evidence and where it stands."""
    issue = rendered.issue
    stories = [{
        "story_id": story.story_id, "headline": story.headline, "topics": story.topics, "sectors": story.sectors,
        "claims": [{
            "claim_id": claim.claim_id, "mark": claim.mark, "at": claim.at.isoformat(), "kind": kind_of(claim.statement.fields),
            "fields": msgspec.to_builtins(claim.statement.fields), "sentence": claim.statement.evidence.sentence,
            "outlet": claim.statement.source.outlet, "url": claim.statement.source.url, "sides": len(claim.sides),
            "late": claim.read_at is not None,
        } for claim in story.claims]} for story in issue.stories]
    return json.dumps({
        "issue_id": issue.issue_id, "digest": issue.digest, "title": issue.title, "language": issue.language,
        "at": issue.at.isoformat(), "stories": stories}, ensure_ascii=False)


def write_whole(path: Path, text: str) -> None:
    """Replace the file by `text` in one step, on disk when this returns. Raises OSError."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
