"""An outlet's articles in, its feed and sitemaps as XML out."""

from __future__ import annotations

from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from tests.world.dates import iso, rfc822
from tests.world.render import Renderer
from tests.world.texts import Piece

NEWS_AGE = timedelta(hours=48)
"""How long a news sitemap names an article."""


def feed(renderer: Renderer, pieces: list[Piece], hours: float) -> str:
    """The outlet's feed, RSS 2.0 or Atom, newest first."""
    settings = renderer.site.feed or {}
    chosen = pieces[:settings.get("limit", 12)]
    return (_rss if settings["kind"] == "rss" else _atom)(renderer, chosen, hours, bool(settings.get("full")))


def _html(piece: Piece, hours: float) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in piece.paragraphs(hours))


def _rss(renderer: Renderer, pieces: list[Piece], hours: float, full: bool) -> str:
    items = []
    for piece in pieces:
        content = f"<content:encoded><![CDATA[{_html(piece, hours)}]]></content:encoded>" if full else ""
        author = f"<dc:creator>{escape(piece.author)}</dc:creator>" if piece.author else ""
        items.append(
            f"<item><title>{escape(piece.title)}</title><link>{escape(renderer.url(piece))}</link>"
            f"<guid isPermaLink=\"false\">{piece.number}</guid><pubDate>{rfc822(piece.published)}</pubDate>{author}"
            f"<category>{escape(renderer.site.sections[piece.section])}</category>"
            f"<description>{escape(renderer.card(piece).teaser)}</description>{content}</item>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{escape(renderer.site.title)}</title>'
        f"<link>{renderer.base}/</link><description>{escape(renderer.site.title)}</description>"
        f"<language>{renderer.site.lang}</language>\n" + "\n".join(items) + "\n</channel></rss>\n")


def _atom(renderer: Renderer, pieces: list[Piece], hours: float, full: bool) -> str:
    entries = []
    for piece in pieces:
        content = f'<content type="html">{escape(_html(piece, hours))}</content>' if full else ""
        author = f"<author><name>{escape(piece.author)}</name></author>" if piece.author else ""
        url = escape(renderer.url(piece))
        entries.append(
            f'<entry><title>{escape(piece.title)}</title><link rel="alternate" href="{url}"/><id>{url}</id>'
            f"<published>{iso(piece.published)}</published><updated>{iso(piece.changed(hours, renderer.now))}</updated>"
            f"{author}<summary>{escape(renderer.card(piece).teaser)}</summary>{content}</entry>")
    updated = max((piece.changed(hours, renderer.now) for piece in pieces), default=renderer.now)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{renderer.site.lang}">'
        f"<title>{escape(renderer.site.title)}</title><id>{renderer.base}/</id><updated>{iso(updated)}</updated>"
        f'<link rel="alternate" href="{renderer.base}/"/>\n' + "\n".join(entries) + "\n</feed>\n")


def sitemap_index(renderer: Renderer, parts: list[str], modified: datetime) -> str:
    """The index of the outlet's sitemaps."""
    rows = "\n".join(f"<sitemap><loc>{renderer.base}{part}</loc><lastmod>{iso(modified)}</lastmod></sitemap>" for part in parts)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
            f"{rows}\n</sitemapindex>\n")


def sitemap_urls(renderer: Renderer, pieces: list[Piece], hours: float, news: bool) -> str:
    """A sitemap of articles; a news sitemap names only those of the last two days, with title and date."""
    now = renderer.now + timedelta(hours=hours)
    rows = [_row(renderer, piece, hours, news) for piece in pieces if not news or now - piece.published <= NEWS_AGE]
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n' + "\n".join(rows) + "\n</urlset>\n")


def _row(renderer: Renderer, piece: Piece, hours: float, news: bool) -> str:
    site = renderer.site
    told = (
        f"<news:news><news:publication><news:name>{escape(site.title)}</news:name><news:language>{piece.lang}</news:language>"
        f"</news:publication><news:publication_date>{iso(piece.published)}</news:publication_date>"
        f"<news:title>{escape(piece.title)}</news:title></news:news>") if news else ""
    return (f"<url><loc>{escape(renderer.url(piece))}</loc>"
            f"<lastmod>{iso(piece.changed(hours, renderer.now))}</lastmod>{told}</url>")
