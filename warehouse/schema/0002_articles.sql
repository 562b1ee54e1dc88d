-- What was published: articles, their versions, what they are about, and the stories they tell.

CREATE TABLE articles (
    article_id VARCHAR NOT NULL, source_id VARCHAR, url VARCHAR NOT NULL, canonical_url VARCHAR NOT NULL, outlet VARCHAR NOT NULL,
    original_outlet VARCHAR, agency VARCHAR, language VARCHAR NOT NULL, headline VARCHAR NOT NULL, authors VARCHAR[],
    date_published TIMESTAMPTZ, date_published_raw VARCHAR, date_published_origin VARCHAR, date_published_precision VARCHAR,
    published_by TIMESTAMPTZ, date_modified TIMESTAMPTZ, date_modified_raw VARCHAR, event_time TIMESTAMPTZ NOT NULL, section VARCHAR, tags VARCHAR[],
    body VARCHAR NOT NULL, lead VARCHAR, captions VARCHAR, word_count INTEGER NOT NULL, is_accessible_for_free BOOLEAN,
    story_id VARCHAR NOT NULL, placement VARCHAR NOT NULL, copy_of VARCHAR, similarity DOUBLE, placed_by VARCHAR,
    placed_story_id VARCHAR NOT NULL, status VARCHAR NOT NULL, withdrawn_at TIMESTAMPTZ, version INTEGER NOT NULL,
    versions INTEGER NOT NULL, event_id VARCHAR NOT NULL, fetched_at TIMESTAMPTZ NOT NULL, origin VARCHAR NOT NULL,
    discovered_via VARCHAR, page_id VARCHAR NOT NULL, archive_file VARCHAR, archive_offset BIGINT, reading VARCHAR, taxonomy VARCHAR,
    loaded_in BIGINT NOT NULL
);
COMMENT ON TABLE articles IS 'One row is an article as its outlet shows it now (the current version). Leave copies out with placement <> ''copy''.';
COMMENT ON COLUMN articles.article_id IS 'Id of the article: uuid5 of its canonical address.';
COMMENT ON COLUMN articles.source_id IS 'The row''s own id where the article came from a file.';
COMMENT ON COLUMN articles.url IS 'Address asked for.';
COMMENT ON COLUMN articles.canonical_url IS 'The one address of the article.';
COMMENT ON COLUMN articles.outlet IS 'Outlet that published it here (outlets.outlet; imports may name others).';
COMMENT ON COLUMN articles.original_outlet IS 'Outlet it was taken from, where the article says so.';
COMMENT ON COLUMN articles.agency IS 'Credited news agency (MAP, AFP, EFE, ...).';
COMMENT ON COLUMN articles.language IS 'ar, fr, en or es, read from the text.';
COMMENT ON COLUMN articles.headline IS 'Headline.';
COMMENT ON COLUMN articles.authors IS 'Names in the byline.';
COMMENT ON COLUMN articles.date_published IS 'Publication time as the publisher states it (UTC); NULL where none was found.';
COMMENT ON COLUMN articles.date_published_raw IS 'The text it was read from.';
COMMENT ON COLUMN articles.date_published_origin IS 'Where that text stood: json_ld, meta, time, text, url, feed, given.';
COMMENT ON COLUMN articles.date_published_precision IS 'second, minute, day, month or year.';
COMMENT ON COLUMN articles.published_by IS 'Latest moment that date_published and its precision allow: decides who was first, so that a mere day never beats an hour (UTC).';
COMMENT ON COLUMN articles.date_modified IS 'Time of the last change as the publisher states it (UTC).';
COMMENT ON COLUMN articles.date_modified_raw IS 'The text it was read from.';
COMMENT ON COLUMN articles.event_time IS 'date_published, or fetched_at where there is none: the time for trends (UTC).';
COMMENT ON COLUMN articles.section IS 'Section of the outlet, as it names it.';
COMMENT ON COLUMN articles.tags IS 'Keywords the outlet gave it.';
COMMENT ON COLUMN articles.body IS 'Text of the article, paragraphs separated by newlines; includes the lead.';
COMMENT ON COLUMN articles.lead IS 'The standfirst, where the page marks one: the first paragraphs of body.';
COMMENT ON COLUMN articles.captions IS 'Photo captions, separated by newlines.';
COMMENT ON COLUMN articles.word_count IS 'Words of the body.';
COMMENT ON COLUMN articles.is_accessible_for_free IS 'False behind a paywall; NULL where the page does not say.';
COMMENT ON COLUMN articles.story_id IS 'The story it tells (stories.story_id), merges followed.';
COMMENT ON COLUMN articles.placement IS 'new (first of its story), same_event (its own text) or copy (republished text).';
COMMENT ON COLUMN articles.copy_of IS 'article_id of the original, for a copy.';
COMMENT ON COLUMN articles.similarity IS 'Share of its word sequences found in the original, 0 to 1.';
COMMENT ON COLUMN articles.placed_by IS 'Rule that decided the placement.';
COMMENT ON COLUMN articles.placed_story_id IS 'The story as placed, before merges were followed.';
COMMENT ON COLUMN articles.status IS 'published, or withdrawn: the address answers 404 or 410 (text columns keep the last text).';
COMMENT ON COLUMN articles.withdrawn_at IS 'Fetch time at which it was found withdrawn (UTC).';
COMMENT ON COLUMN articles.version IS 'Number of the current version, from 1.';
COMMENT ON COLUMN articles.versions IS 'How many versions are known (article_versions).';
COMMENT ON COLUMN articles.event_id IS 'Event that made the current version.';
COMMENT ON COLUMN articles.fetched_at IS 'When the current version was fetched (UTC).';
COMMENT ON COLUMN articles.origin IS 'How it came: live, backfill, replay or import.';
COMMENT ON COLUMN articles.discovered_via IS 'feed, sitemap, section, link or file.';
COMMENT ON COLUMN articles.page_id IS 'The page it was read from: hash of address and content.';
COMMENT ON COLUMN articles.archive_file IS 'WARC file that holds the page, below the archive folder.';
COMMENT ON COLUMN articles.archive_offset IS 'Byte offset of the record in that file.';
COMMENT ON COLUMN articles.reading IS 'Version of the extracting code and profile.';
COMMENT ON COLUMN articles.taxonomy IS 'Version of taxonomy and entities that labelled it.';
COMMENT ON COLUMN articles.loaded_in IS 'Number of the loading transaction that last wrote this row (load_state.generation): what is greater is new since.';

CREATE TABLE article_versions (
    article_id VARCHAR NOT NULL, version INTEGER NOT NULL, status VARCHAR NOT NULL, event_id VARCHAR NOT NULL, is_current BOOLEAN NOT NULL,
    headline VARCHAR NOT NULL, body VARCHAR, word_count INTEGER NOT NULL, text_hash VARCHAR NOT NULL, date_modified TIMESTAMPTZ,
    changed VARCHAR[], words_added INTEGER, words_removed INTEGER, fetched_at TIMESTAMPTZ NOT NULL, origin VARCHAR NOT NULL,
    reading VARCHAR, taxonomy VARCHAR, placed_story_id VARCHAR NOT NULL, placement VARCHAR NOT NULL, copy_of VARCHAR,
    similarity DOUBLE, placed_by VARCHAR
);
COMMENT ON TABLE article_versions IS 'One row is a text that the outlet published at the address, or its withdrawal.';
COMMENT ON COLUMN article_versions.article_id IS 'The article.';
COMMENT ON COLUMN article_versions.version IS 'Number of the text, from 1.';
COMMENT ON COLUMN article_versions.status IS 'published or withdrawn.';
COMMENT ON COLUMN article_versions.event_id IS 'Event that made it; of several readings of one text the latest.';
COMMENT ON COLUMN article_versions.is_current IS 'True for the version that `articles` shows.';
COMMENT ON COLUMN article_versions.headline IS 'Headline of this version.';
COMMENT ON COLUMN article_versions.body IS 'Text of an earlier version; NULL for the current one, whose text is articles.body.';
COMMENT ON COLUMN article_versions.word_count IS 'Words of its body.';
COMMENT ON COLUMN article_versions.text_hash IS 'Hash of headline and body.';
COMMENT ON COLUMN article_versions.date_modified IS 'Time of change as the publisher states it (UTC).';
COMMENT ON COLUMN article_versions.changed IS 'What differs from the version numbered before it: headline, body; withdrawn for a withdrawal; empty for the first.';
COMMENT ON COLUMN article_versions.words_added IS 'Words of the body that the version before had not (counted with repetition).';
COMMENT ON COLUMN article_versions.words_removed IS 'Words of the version before that this one has not.';
COMMENT ON COLUMN article_versions.fetched_at IS 'When it was fetched (UTC).';
COMMENT ON COLUMN article_versions.origin IS 'live, backfill, replay or import.';
COMMENT ON COLUMN article_versions.reading IS 'Version of the extracting code and profile.';
COMMENT ON COLUMN article_versions.taxonomy IS 'Version of taxonomy and entities.';
COMMENT ON COLUMN article_versions.placed_story_id IS 'Story it was first placed in.';
COMMENT ON COLUMN article_versions.placement IS 'How it was first placed: new, same_event, copy.';
COMMENT ON COLUMN article_versions.copy_of IS 'Its original as first placed.';
COMMENT ON COLUMN article_versions.similarity IS 'Share of its word sequences found in that original, 0 to 1.';
COMMENT ON COLUMN article_versions.placed_by IS 'Rule that placed it.';

CREATE TABLE placement_changes (
    event_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL, before_story_id VARCHAR NOT NULL, before_placement VARCHAR NOT NULL,
    before_copy_of VARCHAR, after_story_id VARCHAR NOT NULL, after_placement VARCHAR NOT NULL, after_copy_of VARCHAR,
    after_similarity DOUBLE, after_placed_by VARCHAR
);
COMMENT ON TABLE placement_changes IS 'One row is a later arrival''s effect on an article''s place (a late original, a merge, a split).';
COMMENT ON COLUMN placement_changes.event_id IS 'Id of the change.';
COMMENT ON COLUMN placement_changes.article_id IS 'The article.';
COMMENT ON COLUMN placement_changes.before_story_id IS 'Story before.';
COMMENT ON COLUMN placement_changes.before_placement IS 'Placement before: new, same_event, copy.';
COMMENT ON COLUMN placement_changes.before_copy_of IS 'Original before.';
COMMENT ON COLUMN placement_changes.after_story_id IS 'Story after.';
COMMENT ON COLUMN placement_changes.after_placement IS 'Placement after.';
COMMENT ON COLUMN placement_changes.after_copy_of IS 'Original after.';
COMMENT ON COLUMN placement_changes.after_similarity IS 'Share of its word sequences found in that original, 0 to 1.';
COMMENT ON COLUMN placement_changes.after_placed_by IS 'Rule that decided.';

CREATE TABLE story_merges (event_id VARCHAR NOT NULL, story_id VARCHAR NOT NULL, into_story_id VARCHAR NOT NULL);
COMMENT ON TABLE story_merges IS 'One row is a merge of two stories as decided.';
COMMENT ON COLUMN story_merges.event_id IS 'Id of the merge.';
COMMENT ON COLUMN story_merges.story_id IS 'Story that ended.';
COMMENT ON COLUMN story_merges.into_story_id IS 'Story that goes on.';

CREATE TABLE labels (
    article_id VARCHAR NOT NULL, scheme VARCHAR NOT NULL, code VARCHAR NOT NULL, score DOUBLE NOT NULL, decided_by VARCHAR NOT NULL,
    zone VARCHAR, start_offset INTEGER, end_offset INTEGER, surface VARCHAR
);
COMMENT ON TABLE labels IS 'One row is a label of an article''s current version.';
COMMENT ON COLUMN labels.article_id IS 'The article.';
COMMENT ON COLUMN labels.scheme IS 'topic, sector, announcement or novelty.';
COMMENT ON COLUMN labels.code IS 'The label, as energie or agreement_signed.';
COMMENT ON COLUMN labels.score IS 'How strongly, 0 to 1.';
COMMENT ON COLUMN labels.decided_by IS 'Rule or model version.';
COMMENT ON COLUMN labels.zone IS 'Where the deciding words stand: title, lead, body or caption.';
COMMENT ON COLUMN labels.start_offset IS 'Their start in that zone, in code points.';
COMMENT ON COLUMN labels.end_offset IS 'Their end, exclusive.';
COMMENT ON COLUMN labels.surface IS 'The deciding words.';

CREATE TABLE mentions (
    article_id VARCHAR NOT NULL, entity_id VARCHAR, kind VARCHAR NOT NULL, name VARCHAR NOT NULL, surface VARCHAR NOT NULL,
    zone VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL
);
COMMENT ON TABLE mentions IS 'One row is somebody or something named in an article''s current version.';
COMMENT ON COLUMN mentions.article_id IS 'The article.';
COMMENT ON COLUMN mentions.entity_id IS 'The entity (entities.entity_id); NULL for a name that is recognised as one but not watched.';
COMMENT ON COLUMN mentions.kind IS 'person, organisation, place, programme or event.';
COMMENT ON COLUMN mentions.name IS 'Canonical name, or the surface where it is not watched.';
COMMENT ON COLUMN mentions.surface IS 'As the text has it.';
COMMENT ON COLUMN mentions.zone IS 'title, lead, body or caption.';
COMMENT ON COLUMN mentions.start_offset IS 'Start in that zone, in code points.';
COMMENT ON COLUMN mentions.end_offset IS 'End, exclusive.';

CREATE TABLE entities (
    entity_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, name VARCHAR NOT NULL, name_fr VARCHAR, name_ar VARCHAR, name_en VARCHAR,
    name_es VARCHAR, role VARCHAR, org VARCHAR
);
COMMENT ON TABLE entities IS 'One row is who or what is watched, as configured now.';
COMMENT ON COLUMN entities.entity_id IS 'Id of the entity.';
COMMENT ON COLUMN entities.kind IS 'person, organisation, place, programme or event.';
COMMENT ON COLUMN entities.name IS 'Canonical name: the French, else the first.';
COMMENT ON COLUMN entities.name_fr IS 'Name in French.';
COMMENT ON COLUMN entities.name_ar IS 'Name in Arabic.';
COMMENT ON COLUMN entities.name_en IS 'Name in English.';
COMMENT ON COLUMN entities.name_es IS 'Name in Spanish.';
COMMENT ON COLUMN entities.role IS 'Office, for a person.';
COMMENT ON COLUMN entities.org IS 'Entity id of the organisation a person leads.';

CREATE TABLE entity_aliases (entity_id VARCHAR NOT NULL, alias VARCHAR NOT NULL);
COMMENT ON TABLE entity_aliases IS 'One row is another name of an entity, in any script.';
COMMENT ON COLUMN entity_aliases.entity_id IS 'The entity.';
COMMENT ON COLUMN entity_aliases.alias IS 'The name.';

CREATE TABLE stories (
    story_id VARCHAR NOT NULL, headline VARCHAR NOT NULL, first_seen TIMESTAMPTZ NOT NULL, last_seen TIMESTAMPTZ NOT NULL,
    first_article_id VARCHAR NOT NULL, first_outlet VARCHAR NOT NULL, languages VARCHAR[] NOT NULL, outlets VARCHAR[] NOT NULL,
    articles INTEGER NOT NULL, copies INTEGER NOT NULL, withdrawn INTEGER NOT NULL
);
COMMENT ON TABLE stories IS 'One row is a story: the articles about one event.';
COMMENT ON COLUMN stories.story_id IS 'Id of the story.';
COMMENT ON COLUMN stories.headline IS 'Headline of its first article.';
COMMENT ON COLUMN stories.first_seen IS 'Publication time of its first article (UTC).';
COMMENT ON COLUMN stories.last_seen IS 'Publication time of its last article (UTC).';
COMMENT ON COLUMN stories.first_article_id IS 'Its first article: originals before copies, then by published_by, then by id.';
COMMENT ON COLUMN stories.first_outlet IS 'Outlet of its first article.';
COMMENT ON COLUMN stories.languages IS 'Languages it was told in, alphabetical.';
COMMENT ON COLUMN stories.outlets IS 'Outlets that told it, alphabetical; copies included.';
COMMENT ON COLUMN stories.articles IS 'Articles, copies and withdrawn ones included.';
COMMENT ON COLUMN stories.copies IS 'How many of them are copies.';
COMMENT ON COLUMN stories.withdrawn IS 'How many of them are withdrawn.';

CREATE TABLE story_redirects (story_id VARCHAR NOT NULL, into_story_id VARCHAR NOT NULL);
COMMENT ON TABLE story_redirects IS 'One row is a story that no longer stands under its id, and where it stands now.';
COMMENT ON COLUMN story_redirects.story_id IS 'Former story id.';
COMMENT ON COLUMN story_redirects.into_story_id IS 'The story that goes on (itself perhaps redirected later).';
