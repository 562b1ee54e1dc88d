"""A web page is read down to what the journalist wrote, by general rules alone."""

from __future__ import annotations

import json

import pytest

from pipeline.events import Article
from pipeline.extract import MAX_PARSE_BYTES, extract
from tests.pipeline.extract.pages import OUTLET, page, read, refuse

PARAGRAPHS = (
    "Le port sec de Guercif recevra ses premiers conteneurs au mois d'avril, a annoncé mardi le directeur du "
    "chantier devant les élus.",
    "Il occupe 40 hectares le long de la voie ferrée et doit traiter 90.000 conteneurs par an quand ses trois quais "
    "seront ouverts.",
    "La région y a mis 220 millions de dirhams, et un opérateur de Nador s'est engagé pour 35 millions sur les grues "
    "et les entrepôts.",
    "Les transporteurs de la province craignent pourtant que la route de Taza ne suffise pas au trafic des camions "
    "en été.",
)
TITLE = "Le port sec de Guercif ouvre en avril"
MENU = "".join(f'<li><a href="/rubrique-{n}">Rubrique {n}</a></li>' for n in range(7))


def html(inner: str, *, head: str = "", title: str = TITLE) -> str:
    return (f'<!DOCTYPE html><html lang="fr"><head><title>{title} - La Gazette du Détroit</title>{head}</head><body>'
            f'<header><a href="/">La Gazette du Détroit</a><nav><ul>{MENU}</ul></nav></header>{inner}'
            f'<footer><p>© 2026 La Gazette du Détroit. Tous droits réservés.</p></footer></body></html>')


def body(*extra: str, tag: str = "p") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in PARAGRAPHS) + "".join(extra)


def card(n: int) -> str:
    return (f'<div class="c"><h3><a href="/autre-{n}">Un tout autre sujet de la rédaction, le {n}</a></h3>'
            f"<p>Ce que raconte l'autre sujet tient dans cette phrase de résumé assez longue.</p></div>")


def test_the_parts_of_an_article() -> None:
    found = read(html(
        f'<main><div class="bc"><a href="/">Accueil</a> &gt; <a href="/eco">Économie</a></div><h1>{TITLE}</h1>'
        '<div class="meta">Par <a rel="author" href="/a">Nora Filali</a> <time '
        'datetime="2026-02-24T18:30:00+01:00">24 février</time></div>'
        f'<figure><img src="a.jpg"><figcaption>Le chantier vu du ciel. © MAP</figcaption></figure><div '
        f'class="texte">{body()}</div></main>',
        head='<meta property="article:section" content="Économie"><meta name="keywords" content="Guercif, fret">'))
    assert (found.headline, found.authors, found.language) == (TITLE, ("Nora Filali",), "fr")
    assert found.body == "\n".join(PARAGRAPHS)
    assert found.captions == "Le chantier vu du ciel. © MAP"
    assert found.published is not None
    assert (found.published.at.isoformat(), found.published.origin) == ("2026-02-24T17:30:00+00:00", "time")
    assert (found.section, found.tags) == ("Économie", ("Guercif", "fret"))


@pytest.mark.parametrize("noise", [
    '<p><strong>À lire aussi : <a href="/x">Un barrage presque vide à Taza</a></strong></p>',
    '<p><a href="/x">Un barrage presque vide à Taza, les agriculteurs inquiets</a></p>',
    '<blockquote><a href="/x">Un barrage presque vide à Taza, les agriculteurs inquiets</a></blockquote>',
    "<p>(Publicité)</p>",
    '<div class="box"><strong>La newsletter</strong><p>Chaque jour, recevez gratuitement le meilleur de '
    'l’information.</p></div>',
    '<div><h4>Sur le même sujet</h4><ul><li><a href="/1">Une première nouvelle à lire</a></li><li><a href="/2">Une '
    'seconde nouvelle</a></li></ul></div>',
    '<p>اقرأ أيضا: <a href="/x">سد مجاور شبه فارغ</a></p>',
    '<p><em>Lea también: <a href="/x">Un embalse casi vacío</a></em></p>',
    '<p>Read also: <a href="/x">A dam runs nearly dry</a></p>', "".join(map(card, range(3))),
])
def test_what_stands_between_paragraphs_and_is_none(noise: str) -> None:
    texts = [f"<p>{text}</p>" for text in PARAGRAPHS]
    found = read(html(f"<article><h1>{TITLE}</h1><div>{''.join(texts[:2])}{noise}{''.join(texts[2:])}</div></article>"))
    assert found.body == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("after", [
    '<div class="x"><h3>Commentaires (2)</h3><div><b>Ali</b><p>On verra bien dans deux ans ce qu’il en reste '
    'vraiment.</p></div></div>',
    '<div class="bio"><b>Nora Filali</b><p>Elle suit les transports et l’industrie depuis une douzaine '
    'd’années.</p></div>',
    f"<div><div>À lire aussi</div>{''.join(map(card, range(4)))}</div>",
    "<p>Suivez La Gazette du Détroit sur WhatsApp et Facebook</p>",
    "<p>Pour ne rien manquer, abonnez-vous à notre lettre du matin.</p>",
    '<ul><li>• <a href="#">Une autre nouvelle à découvrir ici</a><p>Son résumé en une phrase.</p></li><li>• <a '
    'href="#">Une troisième nouvelle '
    "du même jour</a><p>Son résumé aussi.</p></li></ul>",
])
def test_what_stands_below_the_text(after: str) -> None:
    found = read(html(f"<div class='page'><h1>{TITLE}</h1><div class='t'>{body()}</div>{after}</div>"))
    assert found.body == "\n".join(PARAGRAPHS)


def test_paragraphs_lists_tables_and_subheadings_stay_apart_and_whole() -> None:
    found = read(html(f"<h1>{TITLE}</h1><article>{body('<h2>Les chiffres</h2><p>Trois quais sont prévus, dans cet ordre :</p>')}"
                      "<ul><li>le quai <strong>nord</strong>,</li><li>le quai "
                      "sud</li></ul><table><tr><td>Quai</td><td>Hectares</td></tr>"
                      "<tr><td>Nord</td><td>12</td></tr></table><p>La <a href='/x'>chambre de commerce</a>, "
                      "elle,<br>attend les tarifs de "
                      "<b>l'opérateur</b> et les horaires des trains avant de se prononcer.</p></article>"))
    lines = found.body.split("\n")
    assert lines[:4] == list(PARAGRAPHS)
    assert lines[4:10] == ["Les chiffres", "Trois quais sont prévus, dans cet ordre :", "- le quai nord,",
                           "- le quai sud", "Quai | Hectares",
                           "Nord | 12"]
    assert " ".join(lines[10:]) == ("La chambre de commerce, elle, attend les tarifs de l'opérateur et les horaires "
        "des trains avant de se "
                                    "prononcer.")


def test_line_breaks_divide_paragraphs_and_short_headings_among_them() -> None:
    found = read(html(f"<table><tr><td><h1>{TITLE}</h1>{PARAGRAPHS[0]}<br><br>{PARAGRAPHS[1]}<br><b>Les "
        f"craintes</b><br>{PARAGRAPHS[2]}<br>"
                      f"{PARAGRAPHS[3]}</td></tr></table>"))
    assert found.body.split("\n") == [*PARAGRAPHS[:2], "Les craintes", *PARAGRAPHS[2:]]


def test_a_lead_outside_the_body_comes_first() -> None:
    found = read(html(f"<h1>{TITLE}</h1><div class='chapo'>{PARAGRAPHS[0]}</div><div>Par Nora Filali</div><div "
        f"class='t'>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS[1:])}"
                      f"<p>{PARAGRAPHS[1][:60]} encore une fois, selon le maire de la commune.</p></div>"))
    assert found.lead == PARAGRAPHS[0]
    assert found.body.startswith(PARAGRAPHS[0] + "\n" + PARAGRAPHS[1])
    assert found.authors == ("Nora Filali",)


def test_json_ld_tells_who_when_and_for_whom() -> None:
    data = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "La Gazette du Détroit"}, {
        "@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-02-24T17:30:00Z",
        "dateModified": "2026-02-24T19:00:00Z",
        "author": {"@type": "Person", "name": "Nora Filali"}, "isAccessibleForFree": False,
        "articleSection": "Économie"}]}
    found = read(html(f"<h1>{TITLE}</h1><article>{body()}</article>",
                      head=f'<script type="application/ld+json">{json.dumps(data)}</script>'))
    assert (found.authors, found.section, found.is_accessible_for_free) == (("Nora Filali",), "Économie", False)
    assert found.published is not None
    assert found.modified is not None
    assert found.published.at < found.modified.at


def test_the_site_is_no_author_and_its_name_no_part_of_the_title() -> None:
    found = read(html(f"<h2 class='post-title'>{TITLE}</h2><article>{body()}</article>",
                      head='<meta name="author" content="La Gazette du Détroit">'
                      f'<meta property="og:title" content="{TITLE} | La Gazette du Détroit">'))
    assert (found.headline, found.authors) == (TITLE, ())


def test_arabic_page_with_moroccan_month_and_signature() -> None:
    texts = ("يستقبل الميناء الجاف لجرسيف أولى الحاويات خلال شهر أبريل، حسب ما أعلنه مدير الورش أمام المنتخبين يوم "
        "الثلاثاء.",
             "ويمتد المشروع على 40 هكتارا بمحاذاة السكة الحديدية، ويرتقب أن يعالج 90 ألف حاوية في السنة عند اكتمال "
             "الأرصفة.",
             "وساهمت الجهة بمبلغ 220 مليون درهم، فيما التزم فاعل من الناظور باستثمار 35 مليونا في الرافعات "
             "والمستودعات.")
    found = read(html(f"<h1>الميناء الجاف لجرسيف يفتح في أبريل</h1><span class='date'>الثلاثاء 24 غشت 2025 - "
        f"18:30</span><div>"
                      f"{''.join(f'<p>{one}</p>' for one in texts)}<p>*سلمى الإدريسي.. صحافية متدربة</p></div>",
                      title="الميناء الجاف لجرسيف"))
    assert (found.language, found.authors) == ("ar", ("سلمى الإدريسي",))
    assert found.published is not None
    assert found.published.at.isoformat() == "2025-08-24T17:30:00+00:00"
    assert found.body == "\n".join(texts)


def test_the_same_page_is_read_the_same_every_time() -> None:
    content = html(f"<div><h1>{TITLE}</h1><h2>{PARAGRAPHS[0]}</h2><div "
        f"class='t'>{''.join(f'<div>{p}</div>' for p in PARAGRAPHS[1:])}</div></div>")
    first = extract(page(content), OUTLET)
    assert isinstance(first, Article)
    assert first.body.startswith(PARAGRAPHS[0])
    assert all(extract(page(content), OUTLET) == first for _ in range(5))


def test_withdrawn() -> None:
    found = read("", status=410)
    assert (found.status, found.body) == ("withdrawn", "")


LISTING = f"<h1>Économie</h1><div>{''.join(map(card, range(12)))}</div>"
REFUSED = [
    (html(LISTING, title="Économie"), {}, "not_an_article"),
    (html(LISTING, title="Économie", head='<meta property="og:type" content="article">'), {}, "not_an_article"),
    (html(f"<h1>{TITLE}</h1>{body()}"), {"url": "https://gazette.example.ma/"}, "not_an_article"),
    (html("<h1>Contactez-nous</h1><p>Pour toute question, écrivez à la rédaction, qui répond sous deux jours ouvrés "
        "à tous ses lecteurs.</p>",
          title="Contact"), {}, "not_an_article"),
    (html("<h1>En vidéo : le port sec</h1><video src='v.mp4'></video><p>Le port sec.</p>",
          title="Vidéo : le port sec"), {}, "not_an_article"),
    (html("<h1>Page introuvable</h1><p>L'article que vous cherchez n'existe plus.</p>", title="Page introuvable"), {},
     "soft_404"),
    ("<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>", {}, "blocked"),
    ("<html><head><title>403 Forbidden</title></head><body>Request blocked.</body></html>", {"status": 403}, "blocked"),
    (html(f"<h1>{TITLE}</h1><p>Cet article est réservé aux abonnés.</p><p>Déjà abonné ? Connectez-vous</p>"), {},
     "paywalled"),
    ("<?xml version='1.0'?><rss><channel><title>x</title></channel></rss>", {}, "not_html"),
    ("%PDF-1.7 abc", {}, "not_html"),
    ("", {}, "empty"), ("seulement du texte sans balise", {}, "not_html"),
    (html("<p>oui</p>"), {"status": 500}, "http_error"),
    ("x" * (MAX_PARSE_BYTES + 1), {}, "oversized"),
]


@pytest.mark.parametrize(("content", "fields", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_article(content: str, fields: dict[str, object], reason: str) -> None:
    assert refuse(content, **fields) == reason  # type: ignore[arg-type]


HOSTILE = ["<div>" * 50_000 + "x", "<p" + " a" * 5000 + ">", "<html>" + "<p>a</p>" * 20_000, "<b><i>" * 3000,
           "<table>" * 500 + "y",
           "<a href='" + "z" * 100_000 + "'>"]


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_pages_end(content: str) -> None:
    extract(page(content), OUTLET)


@pytest.mark.parametrize(("header", "at"), [
    ("<div><small>06/02/2026 19:37</small> <span>3 min de lecture</span></div><h1>{}</h1>", "2026-02-06T18:37"),
    ("<div class='today'>Samedi 28 février 2026</div><h1>{}</h1><div>Publié le 6 février 2026 à 19h37</div>", "2026-02-06T18:37"),
    ("<h1>{}</h1><p>Par LE RIVAGE 4 février 2026 à 08:00</p><span class='when'>Mis en ligne le 6 février 2026 à 19h37</span>",
     "2026-02-06T18:37"),
    ("<h1>{}</h1><div>Mis à jour le 9 février 2026 à 10h00 · Publié le 6 février 2026 à 19h37</div>", "2026-02-06T18:37"),
    ("<h1>{}</h1><div>il y a 25 minutes</div>", "2026-03-02T08:35"),
    ("<h1>{}</h1><div>La foire ouvrira le 12 juin 2026 à 9h00, selon le maire.</div>", None),
])
def test_the_date_of_the_header(header: str, at: str | None) -> None:
    found = read(html(f"<main>{header.format(TITLE)}<div class='t'>{body()}</div></main>"))
    assert (found.published.at.isoformat()[:16] if found.published else None) == at
