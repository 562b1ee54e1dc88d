-- What the articles state: facts with their evidence.

CREATE TABLE facts (
    fact_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL, version INTEGER NOT NULL, is_current BOOLEAN NOT NULL, kind VARCHAR NOT NULL,
    variety VARCHAR, value DOUBLE, currency VARCHAR, unit VARCHAR, surface VARCHAR, modality VARCHAR, role VARCHAR, subject VARCHAR,
    subject_entity VARCHAR, period VARCHAR, horizon VARCHAR, direction VARCHAR, "position" INTEGER, delta INTEGER,
    index_surface VARCHAR, entity VARCHAR, entity_id VARCHAR, edition VARCHAR, instrument VARCHAR, object VARCHAR,
    status VARCHAR, stage VARCHAR, number VARCHAR, name VARCHAR, person VARCHAR, person_surface VARCHAR, person_entity VARCHAR,
    role_surface VARCHAR, org VARCHAR, org_entity VARCHAR, speaker VARCHAR, speaker_surface VARCHAR, speaker_entity VARCHAR,
    text VARCHAR, partial BOOLEAN, date VARCHAR, date_to VARCHAR, place VARCHAR, attributed_to VARCHAR, fields JSON NOT NULL,
    sentence VARCHAR NOT NULL, zone VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL,
    extractor VARCHAR NOT NULL, confidence DOUBLE NOT NULL, claim_key VARCHAR
);
COMMENT ON TABLE facts IS 'One row is one checkable statement of an article''s version, with the sentence that says so. Use is_current for what outlets say now.';
COMMENT ON COLUMN facts.fact_id IS 'Id of the fact: hash of article, text, kind, place in the text and fields.';
COMMENT ON COLUMN facts.article_id IS 'The article.';
COMMENT ON COLUMN facts.version IS 'The version of the article that states it.';
COMMENT ON COLUMN facts.is_current IS 'False where a later version replaced that text or the article was withdrawn.';
COMMENT ON COLUMN facts.kind IS 'amount, agreement, count, percentage, target, capacity, ranking, person_role, appointment, law, initiative, event or quote.';
COMMENT ON COLUMN facts.variety IS 'What kind of it: of a percentage share, change or rate; of a law loi, décret, ...; of an initiative programme, plan, centre, ...';
COMMENT ON COLUMN facts.value IS 'The number; of an agreement its amount; in units of currency or unit, never in thousands or millions.';
COMMENT ON COLUMN facts.currency IS 'ISO 4217 code of a sum of money.';
COMMENT ON COLUMN facts.unit IS 'Unit of a count, target or capacity.';
COMMENT ON COLUMN facts.surface IS 'The value or instrument as the text has it.';
COMMENT ON COLUMN facts.modality IS 'exact, about, up_to, at_least, more_than, less_than or potential.';
COMMENT ON COLUMN facts.role IS 'What an amount is: budget, investment, revenue, profit, debt, loan, contract, trade, aid, fine, price, cost, stock, other.';
COMMENT ON COLUMN facts.subject IS 'What the value is of, short, in the text''s own words.';
COMMENT ON COLUMN facts.subject_entity IS 'Entity id of the subject, where resolved.';
COMMENT ON COLUMN facts.period IS 'ISO year, quarter or half-year: 2025, 2025-Q1, 2025-S1.';
COMMENT ON COLUMN facts.horizon IS 'Year or date by which a target is to be reached.';
COMMENT ON COLUMN facts.direction IS 'up or down.';
COMMENT ON COLUMN facts."position" IS 'Place in a ranking.';
COMMENT ON COLUMN facts.delta IS 'Places won or lost in a ranking, without sign.';
COMMENT ON COLUMN facts.index_surface IS 'The index or list of a ranking, as the text has it.';
COMMENT ON COLUMN facts.entity IS 'Who is ranked.';
COMMENT ON COLUMN facts.entity_id IS 'Entity id of who is ranked, or of the initiative or event, where resolved.';
COMMENT ON COLUMN facts.edition IS 'Year of an index, number of an event.';
COMMENT ON COLUMN facts.instrument IS 'Kind of agreement, French short form.';
COMMENT ON COLUMN facts.object IS 'What an agreement, law or initiative is about, in the text''s words.';
COMMENT ON COLUMN facts.status IS 'Of an agreement: signed, planned, renewed, in_talks, terminated; of an appointment: appointed, dismissed, elected, resigned.';
COMMENT ON COLUMN facts.stage IS 'How far a law or initiative has come.';
COMMENT ON COLUMN facts.number IS 'Number of a law.';
COMMENT ON COLUMN facts.name IS 'Name of an initiative or event, else as the text has it.';
COMMENT ON COLUMN facts.person IS 'Person of an appointment or role: canonical name where resolved.';
COMMENT ON COLUMN facts.person_surface IS 'The person as the text has it.';
COMMENT ON COLUMN facts.person_entity IS 'Entity id of the person, where resolved.';
COMMENT ON COLUMN facts.role_surface IS 'Office of the person, as the text has it.';
COMMENT ON COLUMN facts.org IS 'Organisation of an appointment or role.';
COMMENT ON COLUMN facts.org_entity IS 'Entity id of the organisation, where resolved.';
COMMENT ON COLUMN facts.speaker IS 'Who is quoted: canonical name where resolved.';
COMMENT ON COLUMN facts.speaker_surface IS 'Who is quoted, as the text has it; NULL where only a pronoun stands there.';
COMMENT ON COLUMN facts.speaker_entity IS 'Entity id of who is quoted, where resolved.';
COMMENT ON COLUMN facts.text IS 'The words of a quote.';
COMMENT ON COLUMN facts.partial IS 'True for a quote of less than a full clause.';
COMMENT ON COLUMN facts.date IS 'Date it concerns, ISO 8601 to the precision known.';
COMMENT ON COLUMN facts.date_to IS 'Last date of an event.';
COMMENT ON COLUMN facts.place IS 'Place it concerns.';
COMMENT ON COLUMN facts.attributed_to IS 'Whose word it is, where the text distances itself from it: as named there, or unnamed.';
COMMENT ON COLUMN facts.fields IS 'All fields of the fact as JSON.';
COMMENT ON COLUMN facts.sentence IS 'The evidence: the whole sentence, verbatim.';
COMMENT ON COLUMN facts.zone IS 'Where it stands: title, lead, body or caption.';
COMMENT ON COLUMN facts.start_offset IS 'Its start in that zone in code points; lead and body count from the start of the body.';
COMMENT ON COLUMN facts.end_offset IS 'Its end, exclusive.';
COMMENT ON COLUMN facts.extractor IS 'Rule module and version, as amounts/1.';
COMMENT ON COLUMN facts.confidence IS 'Share of such readings expected to be right, 0 to 1.';
COMMENT ON COLUMN facts.claim_key IS 'What the fact is about, where that is known beyond its story: facts with equal keys may be one claim; else NULL.';

CREATE TABLE fact_parties (
    fact_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL,
    name VARCHAR NOT NULL, surface VARCHAR NOT NULL, entity_id VARCHAR
);
COMMENT ON TABLE fact_parties IS 'One row is a party to an agreement.';
COMMENT ON COLUMN fact_parties.fact_id IS 'The agreement (facts.fact_id).';
COMMENT ON COLUMN fact_parties.article_id IS 'The article that states it.';
COMMENT ON COLUMN fact_parties.version IS 'The version of the article that states it.';
COMMENT ON COLUMN fact_parties.position IS 'Order in the text, from 1.';
COMMENT ON COLUMN fact_parties.name IS 'Canonical name where resolved, else as the text has it.';
COMMENT ON COLUMN fact_parties.surface IS 'As the text has it.';
COMMENT ON COLUMN fact_parties.entity_id IS 'The entity, where resolved.';
