-- Who republishes whose texts, and how much of its output is that?
-- Leave out within_outlet (an outlet that publishes a text twice). `credited` copies name where they come from.
-- chart: copier, original = copies
SELECT copier, original, copies - within_outlet AS copies, credited, round(100 * share_of_copier, 1) AS percent_of_copier,
       round(median_hours, 1) AS hours_later, bar(share_of_copier, 0, 1, 20) AS chart
FROM who_copies_whom
WHERE copies > within_outlet
ORDER BY copies DESC, copier, original;
