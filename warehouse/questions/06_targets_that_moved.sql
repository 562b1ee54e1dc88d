-- Which targets for 2030 and later were changed after they were first reported?
-- `reported` lists the values in order, each with outlet, date and whether the outlet still says so.
-- chart: horizon, subject = moved
SELECT horizon, subject, first_value, value, unit, currency, moved, state, reported
FROM targets_by_horizon
WHERE year >= 2030 AND moved <> 0
ORDER BY horizon, abs(moved) DESC;
