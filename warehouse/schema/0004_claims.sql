-- What several facts assert about one thing: claims, who says what, where they disagree, and what readers were told.

CREATE TABLE claims (
    claim_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, key VARCHAR NOT NULL, state VARCHAR NOT NULL, story_id VARCHAR NOT NULL,
    first_fact_id VARCHAR NOT NULL, leading_fact_id VARCHAR NOT NULL, first_article_id VARCHAR NOT NULL, first_outlet VARCHAR NOT NULL,
    first_published TIMESTAMPTZ, last_published TIMESTAMPTZ, first_fetched_at TIMESTAMPTZ NOT NULL, origin VARCHAR NOT NULL,
    fresh BOOLEAN NOT NULL, settled BOOLEAN NOT NULL, value DOUBLE, currency VARCHAR, unit VARCHAR, status VARCHAR, subject VARCHAR, sentence VARCHAR NOT NULL,
    reports INTEGER NOT NULL, sources INTEGER NOT NULL, outlets VARCHAR[] NOT NULL
);
COMMENT ON TABLE claims IS 'One row is what one or several facts assert about the same thing; the value is not part of its identity.';
COMMENT ON COLUMN claims.claim_id IS 'Id of the claim: hash of its key and of what its first report says.';
COMMENT ON COLUMN claims.kind IS 'Kind of fact: amount, agreement, ...';
COMMENT ON COLUMN claims.key IS 'What says that two facts are about the same thing (no value in it).';
COMMENT ON COLUMN claims.state IS 'new, confirmed (independent sources agree), updated, disputed (they do not), withdrawn (nobody says it any more).';
COMMENT ON COLUMN claims.story_id IS 'Story of its first report.';
COMMENT ON COLUMN claims.first_fact_id IS 'Fact that reported it first.';
COMMENT ON COLUMN claims.leading_fact_id IS 'Fact whose value stands now: the latest stage or correction, else the first that still stands.';
COMMENT ON COLUMN claims.first_article_id IS 'Article that reported it first.';
COMMENT ON COLUMN claims.first_outlet IS 'Outlet that reported it first.';
COMMENT ON COLUMN claims.first_published IS 'Publication time of the first report (UTC); NULL where it states none.';
COMMENT ON COLUMN claims.last_published IS 'Publication time of the last report (UTC).';
COMMENT ON COLUMN claims.first_fetched_at IS 'When the first report was fetched (UTC).';
COMMENT ON COLUMN claims.origin IS 'How the first report came: live, backfill, replay or import.';
COMMENT ON COLUMN claims.fresh IS 'True where the first report came live and was published shortly before its fetch: news, not history.';
COMMENT ON COLUMN claims.settled IS 'True where reports disagreed once and those that stand no longer do.';
COMMENT ON COLUMN claims.value IS 'The value that stands now (of an agreement its amount); NULL where the kind has none.';
COMMENT ON COLUMN claims.currency IS 'ISO 4217 code of that value.';
COMMENT ON COLUMN claims.unit IS 'Unit of that value, where it is no money.';
COMMENT ON COLUMN claims.status IS 'The stage that stands now: signed, planned, ...';
COMMENT ON COLUMN claims.subject IS 'What it is about, in the words of the first report.';
COMMENT ON COLUMN claims.sentence IS 'Evidence of the first report.';
COMMENT ON COLUMN claims.reports IS 'Facts that report it now, copies included; 0 for a withdrawn claim.';
COMMENT ON COLUMN claims.sources IS 'Independent sources among them (of a withdrawn claim: among those that reported it).';
COMMENT ON COLUMN claims.outlets IS 'Outlets that report it now, alphabetical.';

CREATE TABLE claim_facts (
    claim_id VARCHAR NOT NULL, fact_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL, position INTEGER NOT NULL,
    source VARCHAR NOT NULL, independent BOOLEAN NOT NULL, is_current BOOLEAN NOT NULL
);
COMMENT ON TABLE claim_facts IS 'One row is a fact that reports a claim.';
COMMENT ON COLUMN claim_facts.claim_id IS 'The claim.';
COMMENT ON COLUMN claim_facts.fact_id IS 'The fact (facts.fact_id).';
COMMENT ON COLUMN claim_facts.article_id IS 'The article that states it.';
COMMENT ON COLUMN claim_facts.position IS 'Order of the reports, from 1: first report first.';
COMMENT ON COLUMN claim_facts.source IS 'Whom the report rests on: copies and articles on one agency dispatch share a source.';
COMMENT ON COLUMN claim_facts.independent IS 'True for the first report of each source.';
COMMENT ON COLUMN claim_facts.is_current IS 'False where the article no longer says so.';

CREATE TABLE conflicts (
    claim_id VARCHAR NOT NULL, fact_a VARCHAR NOT NULL, fact_b VARCHAR NOT NULL, field VARCHAR NOT NULL,
    explanation_fr VARCHAR NOT NULL, explanation_ar VARCHAR NOT NULL, explanation_en VARCHAR NOT NULL
);
COMMENT ON TABLE conflicts IS 'One row is a disagreement of two independent sources about a claim.';
COMMENT ON COLUMN conflicts.claim_id IS 'The claim.';
COMMENT ON COLUMN conflicts.fact_a IS 'The fact reported first.';
COMMENT ON COLUMN conflicts.fact_b IS 'The fact that says otherwise.';
COMMENT ON COLUMN conflicts.field IS 'Field in which the two differ: value, amount_value, date, ...';
COMMENT ON COLUMN conflicts.explanation_fr IS 'Who says what, in a French sentence.';
COMMENT ON COLUMN conflicts.explanation_ar IS 'The same in Arabic.';
COMMENT ON COLUMN conflicts.explanation_en IS 'The same in English.';

CREATE TABLE claim_redirects (claim_id VARCHAR NOT NULL, into_claim_id VARCHAR NOT NULL);
COMMENT ON TABLE claim_redirects IS 'One row is an id that a claim bore or could have borne (another first report, story or rule), and the claim that goes on.';
COMMENT ON COLUMN claim_redirects.claim_id IS 'Former claim id.';
COMMENT ON COLUMN claim_redirects.into_claim_id IS 'The claim that goes on (itself perhaps redirected later).';

CREATE TABLE claim_events (
    seq BIGINT NOT NULL, event_id VARCHAR NOT NULL, claim_id VARCHAR NOT NULL, change VARCHAR NOT NULL, what VARCHAR NOT NULL, noted_at TIMESTAMPTZ NOT NULL,
    alert BOOLEAN NOT NULL, event JSON NOT NULL, produced_at TIMESTAMPTZ
);
COMMENT ON TABLE claim_events IS 'One row is a change of a claim that readers are told of: the outbox of the topic claim-events.';
COMMENT ON COLUMN claim_events.seq IS 'Order in which the changes were noted, from 1.';
COMMENT ON COLUMN claim_events.event_id IS 'Id of the change, from claim and what changed: noted once, whatever comes again.';
COMMENT ON COLUMN claim_events.claim_id IS 'The claim.';
COMMENT ON COLUMN claim_events.change IS 'new, confirmed, updated, disputed, settled or withdrawn.';
COMMENT ON COLUMN claim_events.what IS 'What changed, as values: the same change of a claim is noted once.';
COMMENT ON COLUMN claim_events.noted_at IS 'Load time at which it was noted (UTC).';
COMMENT ON COLUMN claim_events.alert IS 'True where origin and freshness allow an alert.';
COMMENT ON COLUMN claim_events.event IS 'The whole event as JSON.';
COMMENT ON COLUMN claim_events.produced_at IS 'When it was on the bus (UTC); NULL until then.';

CREATE TABLE claim_history (
    claim_id VARCHAR NOT NULL, noted_at TIMESTAMPTZ NOT NULL, state VARCHAR NOT NULL, value DOUBLE, currency VARCHAR, unit VARCHAR,
    status VARCHAR, reports INTEGER NOT NULL, sources INTEGER NOT NULL, first_fact_id VARCHAR NOT NULL, first_outlet VARCHAR NOT NULL,
    first_published TIMESTAMPTZ, story_id VARCHAR NOT NULL
);
COMMENT ON TABLE claim_history IS 'One row is how a claim stood from a load on, until its next row: what was known when. state is replaced where it goes on under another id, dropped where nothing says it any more.';
COMMENT ON COLUMN claim_history.claim_id IS 'The claim, under the id it bore then.';
COMMENT ON COLUMN claim_history.noted_at IS 'Load time from which it stood so (UTC).';
COMMENT ON COLUMN claim_history.state IS 'As claims.state; or replaced (see claim_redirects), or dropped.';
COMMENT ON COLUMN claim_history.value IS 'The value that stood then.';
COMMENT ON COLUMN claim_history.currency IS 'ISO 4217 code of that value.';
COMMENT ON COLUMN claim_history.unit IS 'Unit of that value, where it is no money.';
COMMENT ON COLUMN claim_history.status IS 'The stage that stood then.';
COMMENT ON COLUMN claim_history.reports IS 'Facts that reported it then, copies included.';
COMMENT ON COLUMN claim_history.sources IS 'Independent sources among them.';
COMMENT ON COLUMN claim_history.first_fact_id IS 'Fact then known as the first to report it.';
COMMENT ON COLUMN claim_history.first_outlet IS 'Outlet then known as the first to report it.';
COMMENT ON COLUMN claim_history.first_published IS 'Publication time then known of the first report (UTC).';
COMMENT ON COLUMN claim_history.story_id IS 'Its story then.';
