-- Whether a share differs from another by more than chance.
CREATE OR REPLACE MACRO z_of(hits, total, hits_before, total_before) AS
    (hits / nullif(total, 0) - hits_before / nullif(total_before, 0)) / nullif(sqrt(
        (hits + hits_before) / (total + total_before) * (1 - (hits + hits_before) / (total + total_before))
        * (1 / nullif(total, 0) + 1 / nullif(total_before, 0))), 0);
COMMENT ON MACRO z_of IS 'Two-proportion z score of hits/total against hits_before/total_before (pooled variance); beyond 2.58 chance explains less than 1 in 100.';
