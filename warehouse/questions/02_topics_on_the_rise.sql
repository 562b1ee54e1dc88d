-- Which topics are written about more than usual, outlet by outlet?
-- growth_originals is the share among the outlet's own texts against its eight weeks before; look at completeness before you believe a fall.
-- chart: week, topic, outlet = growth
SELECT week, outlet, topic, originals, outlet_originals, round(growth_originals, 1) AS growth, round(z, 1) AS z, completeness,
       bar(growth_originals, 0, 5, 20) AS chart
FROM topic_trend
WHERE significant
ORDER BY week DESC, z DESC
LIMIT 30;
