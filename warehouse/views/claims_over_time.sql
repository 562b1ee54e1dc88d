-- When was each claim first known, corrected, disputed, withdrawn? One row a claim; former ids count as the claim that goes on.
CREATE VIEW claims_over_time AS
WITH RECURSIVE names AS (
    SELECT claim_id AS former, claim_id FROM claims
    UNION SELECT r.claim_id, n.claim_id FROM claim_redirects r JOIN names n ON r.into_claim_id = n.former
), life AS (
    SELECT n.claim_id, min(h.noted_at) AS known_from, min(h.noted_at) FILTER (h.state = 'confirmed') AS confirmed_at,
           min(h.noted_at) FILTER (h.state = 'updated') AS updated_at, min(h.noted_at) FILTER (h.state = 'disputed') AS disputed_at,
           max(h.noted_at) FILTER (h.state = 'withdrawn') AS withdrawn_at, count(DISTINCT h.value) AS "values",
           arg_min(h.value, h.noted_at) AS first_value
    FROM names n JOIN claim_history h ON h.claim_id = n.former GROUP BY n.claim_id
)
SELECT c.claim_id, c.kind, c.subject, c.state, l.known_from, l.confirmed_at, l.updated_at, l.disputed_at,
       CASE WHEN c.state = 'withdrawn' THEN l.withdrawn_at END AS withdrawn_at, l."values", l.first_value, c.value, c.currency, c.unit, c.story_id
FROM claims c JOIN life l USING (claim_id);
COMMENT ON VIEW claims_over_time IS 'When each claim was first known, corrected, disputed, withdrawn: one row a claim, times are those of the load.';
COMMENT ON COLUMN claims_over_time.claim_id IS 'The claim.';
COMMENT ON COLUMN claims_over_time.kind IS 'Kind of fact.';
COMMENT ON COLUMN claims_over_time.subject IS 'What it is about, in the words of the first report.';
COMMENT ON COLUMN claims_over_time.state IS 'How it stands now.';
COMMENT ON COLUMN claims_over_time.known_from IS 'When it was first loaded (UTC).';
COMMENT ON COLUMN claims_over_time.confirmed_at IS 'When it was first confirmed.';
COMMENT ON COLUMN claims_over_time.updated_at IS 'When it was first corrected or came a stage further.';
COMMENT ON COLUMN claims_over_time.disputed_at IS 'When it was first disputed.';
COMMENT ON COLUMN claims_over_time.withdrawn_at IS 'When nobody said it any more, where that is so now.';
COMMENT ON COLUMN claims_over_time."values" IS 'Different values it stood at.';
COMMENT ON COLUMN claims_over_time.first_value IS 'The value it was first known with.';
COMMENT ON COLUMN claims_over_time.value IS 'The value that stands now.';
COMMENT ON COLUMN claims_over_time.currency IS 'ISO 4217 code of that value.';
COMMENT ON COLUMN claims_over_time.unit IS 'Unit of that value.';
COMMENT ON COLUMN claims_over_time.story_id IS 'Story of the first report.';
