-- Who signs the most agreements?
-- Each agreement counts once, however many outlets report it; `confirmed` are those with independent sources.
-- chart: party = agreements
SELECT party, sum(agreements) AS agreements, sum(confirmed) AS confirmed, bar(sum(agreements), 0, 20, 20) AS chart
FROM agreements_by_party
GROUP BY party
ORDER BY agreements DESC, party
LIMIT 20;
