-- How much investment is announced in each sector, in dirhams?
-- Amounts that include one another are not told apart, so read totals as an order of size. rate_of says how old the exchange rate is.
-- chart: sector = million_dirhams
SELECT sector, sum(claims) AS amounts, sum(total_mad) / 1e6 AS million_dirhams, sum(not_converted) AS not_converted, max(rate_of) AS rate_of,
       bar(sum(total_mad), 0, max(sum(total_mad)) OVER (), 20) AS chart
FROM amounts_by_sector
WHERE role = 'investment'
GROUP BY sector
ORDER BY million_dirhams DESC NULLS LAST;
