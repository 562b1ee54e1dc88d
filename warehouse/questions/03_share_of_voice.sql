-- Who speaks most of an institution, measured by what each outlet publishes?
-- Put the entity's id in place of 'onee' (FROM entities). share_of_outlet_originals is comparable between large and small outlets.
-- chart: month, outlet = percent
SELECT month, outlet, originals, outlet_originals, round(100 * share_of_outlet_originals, 1) AS percent,
       bar(share_of_outlet_originals, 0, 0.5, 20) AS chart
FROM share_of_voice
WHERE entity_id = 'onee'
ORDER BY month DESC, share_of_outlet_originals DESC;
