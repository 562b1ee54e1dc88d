"""A certificate that cannot be verified keeps the crawler out, in words that help; a file can waive it."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from config.outlet import Outlet
from crawlers.crawl import CrawlReport
from crawlers.telling import MEANINGS
from tests.crawlers.desk import CrawlDesk, urls
from tests.crawlers.hostile import Reply, serving

pytestmark = pytest.mark.slow
AUTHORITY = trustme.CA()


def plain(path: str, asked: int) -> Reply:
    if path == "/":
        return Reply(b'<p><a href="/un-article-1000">un lien</a></p>')
    return Reply(b"<html><h1>Un titre</h1><p>Un texte.</p></html>") if "article" in path else Reply(b"", 404)


def crawl_over_tls(
    tmp_path: Path, certificate: trustme.LeafCert, trusted: trustme.CA, monkeypatch: pytest.MonkeyPatch, **fields: object,
) -> tuple[CrawlDesk, CrawlReport]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    trusted.cert_pem.write_to_path(str(tmp_path / "trusted.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    with serving(plain, context) as site:
        outlets = site.outlet(tmp_path / "outlets", "phare", discover=[{"kind": "section", "url": "{base}/"}], **fields)
        desk = CrawlDesk(tmp_path / "data", outlets)
        return desk, desk.crawl("phare", seconds=60)["phare"]


def test_a_certificate_of_an_authority_we_trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, report = crawl_over_tls(tmp_path, AUTHORITY.issue_cert("127.0.0.1"), AUTHORITY, monkeypatch)
    assert (report.state, len(urls(desk.pages()))) == ("completed", 1)


@pytest.mark.parametrize(("certificate", "word"), [
    (trustme.CA().issue_cert("127.0.0.1"), "certificate_untrusted"),
    (AUTHORITY.issue_cert("127.0.0.1", not_before=datetime(2020, 1, 1, tzinfo=UTC), not_after=datetime(2021, 1, 1, tzinfo=UTC)),
     "certificate_untrusted"),
    (AUTHORITY.issue_cert("elsewhere.example"), "certificate_of_another_host"),
])
def test_others_keep_us_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificate: trustme.LeafCert, word: str,
) -> None:
    desk, report = crawl_over_tls(tmp_path, certificate, AUTHORITY, monkeypatch)
    assert report.state == "failed"
    assert MEANINGS[word] in str(report)
    assert desk.pages() == []
    assert {one.outcome for one in desk.fetches() if one.purpose == "robots"} == {f"failed:{word}"}
    assert all(one.status is None for one in desk.fetches())


def test_an_outlets_file_can_waive_it_with_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, report = crawl_over_tls(
        tmp_path, trustme.CA().issue_cert("elsewhere.example"), AUTHORITY, monkeypatch, certificates="ignore",
        certificates_reason="its chain is incomplete, seen 2026-11-25")
    assert (report.state, len(urls(desk.pages()))) == ("completed", 1)
    with pytest.raises(ValueError, match="needs a `certificates_reason`"):
        Outlet(id="x", title="x", language="fr", certificates="ignore")
