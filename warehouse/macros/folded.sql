-- Names compared whatever their accents, case and forms of Arabic letters.
CREATE OR REPLACE MACRO folded(words) AS trim(regexp_replace(translate(
    regexp_replace(lower(strip_accents(words)), '[ـً-ْٰ]', '', 'g'), 'أإآٱىةؤئ', 'اااايهوي'), '[^\p{L}\p{N}]+', ' ', 'g'));
COMMENT ON MACRO folded IS 'Text in lower case without accents, vowel signs and punctuation; alef, ya and ta marbuta in one form each.';
