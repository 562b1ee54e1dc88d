-- Weeks and months by UTC, whatever time zone a reader's session is in.
CREATE OR REPLACE MACRO week_of(moment) AS CAST(date_trunc('week', timezone('UTC', moment)) AS DATE);
COMMENT ON MACRO week_of IS 'Monday of the week a moment falls in (UTC).';
CREATE OR REPLACE MACRO month_of(moment) AS CAST(date_trunc('month', timezone('UTC', moment)) AS DATE);
COMMENT ON MACRO month_of IS 'First day of the month a moment falls in (UTC).';
CREATE OR REPLACE MACRO hours_between(earlier, later) AS (epoch(later) - epoch(earlier)) / 3600;
COMMENT ON MACRO hours_between IS 'Hours from one moment to another; negative where the second is earlier.';
