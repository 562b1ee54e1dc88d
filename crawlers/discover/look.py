"""An address in, whether it looks like an article's out: the outlet's own rules where it has them, else what addresses share.

A wrong yes costs one request, for extract reads the page before it believes it; a wrong no loses an article.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from config.outlet import Outlet

_FILES: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|bmp|avif|pdf|docx?|xlsx?|pptx?|zip|rar|gz|mp[34]|m4[av]|avi|mov|webm|ogg|wav|css|js|json"
    r"|xml|rss|atom|txt|ics|apk|woff2?)$", re.I)
_LISTINGS: Final = frozenset(
    "category categories categorie rubrique rubriques section sections tag tags mot-cle mots-cles sujet sujets topic topics "
    "author authors auteur auteurs autor etiqueta etiquetas page pages search recherche buscar archive archives feed feeds rss "
    "sitemap login connexion register inscription account compte abonnement subscribe newsletter newsletters contact "
    "contactez-nous about "
    "a-propos qui-sommes-nous mentions-legales legal privacy confidentialite politique-de-confidentialite cgu cgv terms cookies "
    "publicite advertise comments comment wp-admin wp-content wp-includes wp-json wp-login.php cdn-cgi cart panier share print "
    "embed amp outboundfeeds calendar calendrier agenda live direct".split())
_STOPS: Final = frozenset("فئة تصنيف وسم كاتب بحث اتصل-بنا من-نحن".split())
_DATED: Final = re.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2])(?:/(?:0?[1-9]|[12]\d|3[01]))?/[^/]{3,}")
_NUMBERED: Final = re.compile(r"(?:^|\D)\d{4,}(?:\D|$)")
_SLUG: Final = re.compile(r"[^\W_]+(?:[-_+][^\W_]+){3,}")
_SHORT_NUMBER: Final = re.compile(r"(?:[-,_]|^)\d+(?:\.html?|\.php)?$")
_IDS: Final = frozenset("p id article article_id id_article aid idarticle newsid storyid post".split())


def looks_like_article(outlet: Outlet, url: str, *, announced: bool) -> bool:
    """`announced`: a feed or news sitemap names it, which name hardly anything else: only what is surely none is left out."""
    parts = urlsplit(url)
    where = parts.path + (f"?{parts.query}" if parts.query else "")
    if outlet.not_article_url and re.search(outlet.not_article_url, where):
        return False
    if outlet.article_url:
        return re.search(outlet.article_url, where) is not None
    path = unquote(parts.path).rstrip("/")
    named = _has_id(parts.query)
    if (not path and not named) or _FILES.search(path):
        return False
    return announced or named or _looks(path)


def _has_id(query: str) -> bool:
    return any(name.lower() in _IDS and value.isdigit() for name, value in parse_qsl(query))


def _looks(path: str) -> bool:
    segments = [segment.lower() for segment in path.split("/") if segment]
    if any(segment in _LISTINGS or segment in _STOPS for segment in segments):
        return False
    last = re.sub(r"\.(?:html?|php|aspx?)$", "", segments[-1])
    return bool(
        _DATED.search(path) or _SLUG.search(last) or _NUMBERED.search(last)
        or (_SHORT_NUMBER.search(segments[-1]) and len(last) > 12)
        or (len(segments) > 1 and _NUMBERED.fullmatch(segments[-2]))
        or (len(segments) > 1 and _SLUG.search(segments[-2]) and _SHORT_NUMBER.search(last)))
