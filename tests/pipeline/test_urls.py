"""One page has one canonical address, and one article id whatever variant was met first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.urls import article_id, canonical_url


@pytest.mark.parametrize(("variant", "canonical"), [
    ("HTTP://Www.Example.MA:80/a/b?utm_source=x&b=2&a=1#top", "http://www.example.ma/a/b?a=1&b=2"),
    ("https://example.ma/eco/article-12.amp.html", "https://example.ma/eco/article-12.html"),
    ("https://amp.example.ma/eco/article/", "https://example.ma/eco/article/"),
    ("https://m.example.ma/x?fbclid=1", "https://example.ma/x"),
    ("https://example.ma/eco/article/amp/", "https://example.ma/eco/article"),
    ("https://example.ma/x;jsessionid=ABC?q=1", "https://example.ma/x?q=1"),
    ("https://example.ma", "https://example.ma/"),
    ("https://example.ma/./eco/../nation//un-quai/./", "https://example.ma/nation/un-quai/"),
    ("https://example.ma/../..", "https://example.ma/"),
    ("https://example.ma/اتفاقية", "https://example.ma/%D8%A7%D8%AA%D9%81%D8%A7%D9%82%D9%8A%D8%A9"),
    ("http://127.0.1.11:8800/a?page=2", "http://127.0.1.11:8800/a?page=2"),
])
def test_variants_fold_into_one_address(variant: str, canonical: str) -> None:
    assert canonical_url(variant) == canonical
    assert canonical_url(canonical) == canonical


def test_the_id_survives_scheme_www_and_trailing_slash() -> None:
    ids = {article_id(canonical_url(url)) for url in (
        "http://example.ma/a/", "https://www.example.ma/a", "https://example.ma/a?utm_medium=mail")}
    assert len(ids) == 1
    assert article_id(canonical_url("https://example.ma/b")) not in ids


@pytest.mark.parametrize("address", ["", "/a", "ftp://example.ma/a", "javascript:alert(1)", "http://"])
def test_what_is_no_web_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not an absolute"):
        canonical_url(address)


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), max_size=60))
def test_canonical_is_a_fixed_point_of_any_path(path: str) -> None:
    try:
        once = canonical_url("https://example.ma/" + path)
    except ValueError:
        return
    assert canonical_url(once) == once
