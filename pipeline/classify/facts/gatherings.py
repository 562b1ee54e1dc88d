"""Folded text in, the words for public events that it has out, and whether one is held there: Latin and Arabic."""

from __future__ import annotations

import re
from typing import Final

from pipeline.classify.facts.spelling import spelt

FAIRS = (
    r"salon|forum|festival|conference|congres|sommet|assises|colloque|seminaire|symposium|foire|exposition|coupe|championnat|"
    r"rencontres|journees|webinaire|table ronde|etats generaux|convention nationale|hackathon|trophees|moussem|marathon|"
    r"tournoi|rallye|"
    r"fair|summit|expo|conference|congress|exhibition|workshop|cup|championship|symposium|roundtable|feria|cumbre|congreso|"
    r"copa"
)
MEETINGS = (
    r"session(?: ordinaire| extraordinaire)?|reunions?|assemblee generale(?: ordinaire| extraordinaire)?|"
    r"ceremonie|atelier|seminaire|rencontre|conference de presse|journee|visite officielle|edition|meeting|session|ceremony"
)
ARABIC = spelt(
    r"(?:ال)?(?:مؤتمر|منتدى|معرض|مهرجان|قمة|ندوة|ملتقى|مناظرة|كأس|بطولة|أسبوع|يوم دراسي|لقاء|اجتماع|دورة|ورشات|جلسة|خلوة|"
    r"انتخابات|صالون|حفل)"
)
HELD_BY = spelt(r"(?<![^\W\d_])(?:نظم\w*|تنظم|ينظم|تنظيم|عقد\w*|انعقد\w*|انعقاد|احتضن\w*|قاربت|نظمت\w*)(?![^\W\d_])")
CALLED: Final = re.compile(
    r"(?<![^\W\d_])(?:journees?|conferences?|seminaire|rencontres?|forum|festival|exposition|webinaire|table ronde|"
    r"atelier|colloque|"
    r"hackathon|concours|congres|salon|moussem|workshop|conference|summit|exhibition|seminar|jornada|congreso)"
    r"(?: [^\W\d_]+){0,2}? (?:baptisee? |intitulee? |dediee? |sous le theme |placee? sous le theme )?(?=\")|"
    r"(?<![^\W\d_])(?:host(?:s|ed|ing)?|organi[sz](?:e|es|ed|ing)|kick(?:s|ed)? off) (?:the |its |a )?(?:first |"
    r"second |third )?(?=\")")
"""A gathering with its name in quotation marks."""
MET: Final = re.compile(
    r"(?<![^\W\d_])(?:(?:a|ont) (?:co-)?(?:tenu|preside|organise)|tien(?:t|nent)|s'est tenue?|se sont reunis|held|"
    r"chaired|hosted)"
    r"(?P<between>[^.;:\"]{0,60}?)(?:une?|the|a) (?P<met>(?:reunion|rencontre|seance de travail|session|seminaire|"
    r"colloque|atelier|"
    r"webinaire|conference|table ronde|meeting|working session|workshop|seminar)(?![^\W\d_]))")
MET_ARABIC: Final = re.compile(spelt(
    r"(?<![^\W\d_])[وف]?(?:عقدت?|[يت]عقد|ستعقد|سيعقد|ترأست?|[يت]ترأس|نظمت?|[يت]نظم|احتضنت?) "
    r"(?P<met>[^.;:\"]{6,110}? (?:اجتماعا?|لقاء|دورته?ا?|جلسة|ندوة|مؤتمرا?|يوما دراسيا|ملتقى|مهرجانا|معرضا))(?![^\W\d_])"))
"""A body meets: "عقد المجلس، أمس، اجتماعا"."""
SITTING: Final = re.compile(
    r"(?<![^\W_])(?:reunie?s? en (?P<session>session(?: ordinaire| extraordinaire)?)|"
    r"(?:son|le|du) (?P<board>conseil d'administration|conseil de surveillance|assemblee generale)(?=,? (?:reunie?|tenue?) "
    r"))"
)
"""A body sits: "réuni en session ordinaire", "son conseil d'administration, réuni le"."""
HELD: Final = re.compile(
    spelt(
        r"(?<![^\W\d_])(?:(?:s'est |se |etait |sera |est |ete )?(?:tenue?s?|tient|tiendra|tenir|deroule\w*|organise\w*|"
        r"abrit\w+|"
        r"accueill\w+|ouvert\w*|ouvre\w*|cloture\w*|preside\w*|"
        r"reuni\w*|particip\w+|prevue?|prendra part|coup d'envoi|lors (?:de|du|d')|en marge|a l'occasion|dans le cadre|held|"
        r"hosts?|hosted|opens?|opened|kicks? off|took place|takes place|attend\w*|"
        r"chaired|on the sidelines|during|celebra\w*)|نظم\w*|تنظم|ينظم|تنظيم|عقد\w*|انعق\w+|احتضن\w*|تحتضن|افتتح\w*|ترأس\w*|"
        r"خلال|"
        r"على هامش|بمناسبة|أشغال|فعاليات|شارك\w*|مشاركة|قاربت|تستضيف|استضاف\w*)(?![^\W\d_])"
    )
)
