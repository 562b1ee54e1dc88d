-- What was erased on request, so that no replay brings it back.

CREATE TABLE erasures (kind VARCHAR NOT NULL, name VARCHAR NOT NULL, erased_at TIMESTAMPTZ NOT NULL, reason VARCHAR NOT NULL);
COMMENT ON TABLE erasures IS 'One row is an outlet or a person that was erased on request: what comes of them later is not loaded.';
COMMENT ON COLUMN erasures.kind IS 'outlet or person.';
COMMENT ON COLUMN erasures.name IS 'Outlet id; or, of a person, the entity id or the folded name.';
COMMENT ON COLUMN erasures.erased_at IS 'When (UTC).';
COMMENT ON COLUMN erasures.reason IS 'Who asked for it and why.';
