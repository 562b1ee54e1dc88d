"""config/entities.yml and config/taxonomy.yml: what no model can check."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from config.settings import ROOT
from config.watch import Office, Watch, WatchedEntity, load_watch
from pipeline.classify.aliases import forms


@pytest.fixture(scope="module")
def watch() -> Watch:
    return load_watch(ROOT / "config" / "taxonomy.yml", ROOT / "config" / "entities.yml")


def test_no_name_stands_for_two_entities(watch: Watch) -> None:
    holders = defaultdict(set)
    for entity_id, entity in watch.entities.entities.items():
        for form in forms(entity_id, entity):
            holders[form.text, form.case].add(entity_id)
    assert {name: ids for name, ids in holders.items() if len(ids) > 1} == {}


def test_every_organisation_referred_to_is_there(watch: Watch) -> None:
    known = watch.entities.entities
    named = {org for entity in known.values() for org in (entity.org, *(office.org for office in entity.past)) if org}
    assert named - known.keys() == set()


def test_every_hint_is_a_category(watch: Watch) -> None:
    hints = {hint for entity in watch.entities.entities.values() for hint in entity.hints}
    taxonomy = watch.taxonomy
    assert hints - (taxonomy.topics.keys() | taxonomy.sectors.keys() | taxonomy.announcements.keys()) == set()


def test_offices_end_after_they_begin(watch: Watch) -> None:
    for entity_id, entity in watch.entities.entities.items():
        offices: tuple[WatchedEntity | Office, ...] = (entity, *entity.past)
        for office in offices:
            if office.since and office.until:
                assert office.since < office.until, entity_id


def test_arabic_names_are_in_arabic_letters_and_french_ones_are_not(watch: Watch) -> None:
    arabic = re.compile(r"[\u0600-\u06ff]")
    for entity_id, entity in watch.entities.entities.items():
        assert arabic.search(entity.name.get("ar", "ا")), entity_id
        assert not any(arabic.search(entity.name.get(language, "")) for language in ("fr", "en")), entity_id


def test_every_category_is_named_in_four_languages_and_found_in_each(watch: Watch) -> None:
    taxonomy = watch.taxonomy
    assert len(taxonomy.sectors) == 18
    for code, category in {**taxonomy.topics, **taxonomy.sectors, **taxonomy.announcements, **taxonomy.novelty}.items():
        assert set(category.name) == {"fr", "ar", "en", "es"}, code
        assert set(category.strong) == {"fr", "ar", "en", "es"}, code
    for code, category in {**taxonomy.topics, **taxonomy.sectors}.items():
        assert re.fullmatch(r"medtop:\d{8}", category.iptc or ""), code
