"""A sentence in, what it says is founded, launched, opened or built out, also where no word says that it is a programme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.classify.facts.spelling import mentions_any, stems
from pipeline.classify.facts.venture_names import name_end, whole_name
from pipeline.classify.facts.ventures import BUILT, FOUNDED, FOUNDED_ARABIC, VENTURE, Stage, kind_of, stage_near
from pipeline.classify.facts.whereabouts import place_near
from pipeline.classify.text import Passage

WISHED: Final = re.compile(
    r"(?<![^\W\d_])(?:evit\w+|propos\w+|recommand\w+|il faut|necessit\w+|necessaire|plaid\w+|appel\w+ a|exig\w+|souhait\w+|"
    r"suggest\w+|call\w+ for|demand\w+|"
    r"need\w*|should|يجب|ضرورة|ضروره|دعا|دعت|طالب\w*|اقترح\w*|توصي)(?![^\W\d_])[^.;:]{0,40}$")
"""What is wished for or advised against is no initiative."""
_CAPITALS: Final = re.compile(r"[A-ZÀ-Þ][\w&’'-]+(?:[ \u00a0][A-ZÀ-Þ][\w&’'-]*)*(?: \([A-Z]{2,8}\))?")
_QUOTED: Final = re.compile(r"[«“\"][ \u00a0]?([A-ZÀ-Þ][^«»“”\"]{2,50}?)[ \u00a0]?[»”\"]")
_ACRONYM: Final = re.compile(r"(?:SARL|SA|PME|TPE|TPME|VSB|GIE|SCI|OPCVM|OPCI|CV|IA|PIB)\b.*")
"""What everybody founds: "la création de SARL"."""
_GATHERING: Final = re.compile(r"(?:Forum|Salon|Congrès|Sommet|Festival|Assises|Conférence|Semaine|Session|Conseil|Foire)\b")
_THROWN: Final = re.compile(
    r"(?:nouvel )?(?:appels?(?! d['’]offres)|enquête|procédure|missile|alerte|pierre|message|regard|roquette|assaut|"
    r"offensive|"
    r"action|grève|poursuite|information|feu|ballon|album|single|film|clip|avertissement|défi|débat|attaque|cri|"
    r"polémique|pétition|mandat|"
    r"porte|brèche|dossier|compte|livre|roman|demande|ère|page|voie|dynamique|climat|espace|"
    r"environnement|relation|crise|"
    r"tension|emploi|audit|vaste audit|valeur|richesse|lien|pont|opportunité|entreprise|situation|phase|étape|"
    r"discussion|négociation|dialogue)")
"""What is launched, opened or made without being an initiative."""
_THINGS: Final = (
    r"consulats?|ambassades?|musees?|reseaux?|comites?|commissions?|cellules?|agences?|systemes?|cadres?(?= (?:de|permanent|"
    r"reglementaire|juridique|national))|marche(?= (?:de|a|structure|secondaire|organise))|registres?|mission|"
    r"services? (?:de|en ligne|numerique)|offres? (?:de|dediee)|bourses? (?:d|de)|chaires?|filieres?|"
    r"masters?|licences?|formations?|referentiel|"
    r"base de donnees|societe (?:de|dediee|mixte|nationale|regionale)|entite|holding|administration|direction|facultes?|"
    r"instance|haute autorite|banque|caisse|taxe|prime|aide directe|subvention|carte|indice|prix|brigade|poste|bureau|"
    r"antenne|"
    r"succursale|village|complexe|marina|hotel|espace de|maison de|centre commercial|siege|chantier|corridor|gamme|outil|"
    r"consulates?|embass(?:y|ies)|museums?|networks?|committees?|council|grants?|scholarships?|"
    r"fellowships?|awards?|chair|lab|service|bank|mission|registry|observatory|mechanism|branch|agency|complex|"
    r"framework(?! (?:of|for|to))|"
    r"hotel|village|scheme|facility|hubs?|prize|"
    r"consulado|embajada|museo|red|comite|agencia|sistema|fondo|banco|oficina|planta|fabrica|hospital|centro|escuela|linea")
_THING: Final = re.compile(rf"(?:{_THINGS})(?![^\W\d_])")
_MADE = r"(?:mise?s? en (?:place|service|oeuvre|ligne|chantier)|cree|lance|inaugure|ouvert|constitue|institue|instaure|" \
        r"installe|construit|amenage|implante|developpe|deploye|elabore|prepare|mis sur pied)(?:e|es|s)?"
_PASSIVE: Final = re.compile(
    r"(?<![^\W\d_])(?P<article>une? |deux |trois |\d+ )(?:nouve(?:au|lle|l|aux|lles) |premi(?:er|ere) |vaste |grand )?"
    rf"(?P<what>[^\W\d_][^.;:«»\"()]{{3,90}}?),? (?:qui )?(?:a ete|ont ete|sera|seront|vient d'etre|"
    rf"est en train d'etre|va etre|"
    rf"devrait etre|doit etre|est|sont)(?: (?:recemment|officiellement|deja|bientot|egalement|aussi))? {_MADE}(?![^\W\d_])")
"""Something new that is made: "un comité de suivi a été créé"."""
_ENGLISH: Final = re.compile(
    r"(?<![^\W\d_])(?:launch(?:ed|es|ing|)?(?: of)?|establish(?:ed|es|ing|ment of|)?|creat(?:e|ed|es|ing|ion of)|"
    r"sett?(?:ing)? up|open(?:ed|s|ing|ing of)|inaugurat(?:ed|es|ion of|ing)|unveil(?:ed|s|ing)|introduc(?:ed|es|ing|"
    r"tion of)|"
    r"(?:to|will|has|have|been) (?:build|built|host|open|launch)|construction of|development of|announced|approved|adopted|"
    r"roll(?:ed|ing)? out|rollout of|implement(?:ed|s|ation of)?|building) "
    r"(?P<article>an? (?:new )?|the (?:first |new )?|its (?:first |new )?|(?:two|three|four|five|"
    r"\d+) (?:new )?|new )")
_SPANISH: Final = re.compile(
    r"(?<![^\W\d_])(?:lanz(?:o|a|ara|aron|amiento de)|inaugur(?:o|a|ara|acion de)|cre(?:o|a|ara|acion de)|aprob(?:o|aron)|"
    r"puesta en marcha de|construccion de|construir|abr(?:io|e|ira)|puso en marcha|anuncio|presento) "
    r"(?P<article>(?:un|una|el|la|su|los|las) (?:nuev[oa]s? |primer[oa]? )?)")
_NAMED: Final = re.compile(r"(?:baptis|intitul|d[eé]nomm)\w*$")
"""Where its own name follows."""
_NAME_WORDS: Final = 6
_NEW: Final = re.compile(r"nouve|new|nuev")
_STEMS: Final = stems(
    "baptis dubbed intitul denomm lanc lanz aprob cre construc inaugur ouv mis met engager launch establish set "
    "open unveil introduc roll build develop "
    "announc approv adopt implement puesta puso abr anunci present إطلاق افتتاح تدشين إحداث إنشاء تشييد بناء sera seront")
_BEFORE_QUOTE: Final = re.compile(r"[^.;:,()\"]{3,70} (?=\")")
_LAUNCHED_BY_NAME: Final = re.compile(
    r"(?<![^\W\d_])(?:(?:launch\w*|unveil\w*|creation|inaugurat\w+|rollout|lanz\w+)(?: of)? (?:its |the |a |their |el |"
    r"la )?(?:new )?"
    r"|(?:a |ont |vient de |va )?lanc(?:e|er|era|ent) (?:le |la |les |son |sa )?|(?:baptise|dubbed|intitule|denomme|"
    r"bautizad)\w* )(?=\")")
_BEFORE_HEAD: Final = 6
"""Words of an English phrase up to the word for the thing."""
_STEP: Final = re.compile(
    r"(?!(?:of|for|to|in|on|by|with|at|that|which|is|was|from|as|who|during|between|its|their|his|her|has|have)(?!\w))"
    r"[\w$'&-]+(?: (?:and|&))? ")


@dataclass(frozen=True)
class Founded:
    """What is founded: name or description and where it begins in the sentence's text, kind, rule, stage."""

    name: str
    start: int
    kind: str
    rule: str
    stage: Stage
    proper: bool


def foundings(passage: Passage) -> Iterator[Founded]:
    """In the order of their rules; the same thing may come twice."""
    if not mentions_any(passage.folded.text, _STEMS):
        return
    if passage.language == "ar":
        yield from _arabic(passage)
        return
    if passage.language == "en":
        yield from _phrases(passage, _ENGLISH)
    elif passage.language == "es":
        yield from _phrases(passage, _SPANISH)
    yield from _french(passage)
    yield from _passive(passage)
    yield from _by_name(passage)


def _french(passage: Passage) -> Iterator[Founded]:
    """ "Le lancement de X", "la construction de deux hôpitaux", "la création d'un comité de suivi"."""
    folded = passage.folded
    for match in FOUNDED.finditer(folded.text):
        start = folded.span(match.end(), match.end())[0]
        proper = _CAPITALS.match(passage.text, start)
        if WISHED.search(folded.text[max(0, match.start() - 50) : match.start()]):
            continue
        word = VENTURE.match(folded.text, match.end())
        if (quoted := _QUOTED.match(passage.text, start)) and word is None:
            yield Founded(quoted[1].strip(" ,"), quoted.start(1), "entité", "founded", "launched", True)
        elif later := _quoted_after(passage, match.end()):
            yield Founded(later[0], later[1], kind_of(word)[0] if word else "entité", "founded", "launched", True)
        elif proper and _is_thing(passage, start) and (word is None or (kind_of(word)[0] in BUILT and " " in proper[0])):
            if not _GATHERING.match(proper[0]) and not _ACRONYM.fullmatch(proper[0]):
                yield Founded(whole_name(passage.text, start, proper[0].strip(" ,.")), start,
                              kind_of(word)[0] if word else "entité", "founded", "launched", True)
        elif match["indefinite"] or match["direct"]:
            name = passage.text[start : name_end(passage.text, start)].strip(" ,.")
            within = start, start + len(name)
            sure = match["direct"] or "nouve" in match[0] or _THING.match(folded.text, match.end()) or place_near(
                passage, start, within=within) is not None
            if sure and len(name.split()) > 1 and not _THROWN.match(name) and not _NAMED.search(name):
                stage, _ = stage_near(folded.text, match.start(), match.start(), 60)
                yield Founded(name, start, kind_of(word)[0] if word else "projet", "object", stage or "launched", False)


def _by_name(passage: Passage) -> Iterator[Founded]:
    """ "Launched its “Light Tour”", "lance « X »"."""
    folded = passage.folded
    for match in _LAUNCHED_BY_NAME.finditer(folded.text):
        quoted = _QUOTED.match(passage.text, folded.span(match.end(), match.end())[0])
        if quoted and len(quoted[1].split()) <= _NAME_WORDS and not _GATHERING.match(quoted[1]):
            yield Founded(quoted[1].strip(" ,"), quoted.start(1), "entité", "founded", "launched", True)


def _quoted_after(passage: Passage, at: int) -> tuple[str, int] | None:
    """Name and start of what a phrase such as "réseau national des centres «X»" is called."""
    folded = passage.folded
    phrase = _BEFORE_QUOTE.match(folded.text, at) if VENTURE.match(folded.text, at) or _THING.match(folded.text, at) else None
    quoted = _QUOTED.match(passage.text, folded.span(phrase.end(), phrase.end())[0]) if phrase else None
    return (quoted[1].strip(" ,"), quoted.start(1)) if quoted and len(quoted[1].split()) <= _NAME_WORDS else None


def _passive(passage: Passage) -> Iterator[Founded]:
    folded = passage.folded
    for match in _PASSIVE.finditer(folded.text):
        word = VENTURE.match(folded.text, match.start("what"))
        if not word and not _THING.match(folded.text, match.start("what")):
            continue
        start, _ = folded.span(match.start("what"), match.end("what"))
        name = passage.text[start : min(name_end(passage.text, start), folded.span(0, match.end("what"))[1])].strip(" ,.")
        stage: Stage = "planned" if re.search(r" (?:sera|seront|va|devrait|doit) ", match[0]) else "launched"
        if len(name.split()) > 1 or _NEW.search(match[0]):
            yield Founded(name, start, kind_of(word)[0] if word else "projet", "object", stage, False)


def _phrases(passage: Passage, founding: re.Pattern[str]) -> Iterator[Founded]:
    """English, where the word for the thing ends the phrase, and Spanish, where it begins it."""
    folded = passage.folded
    for match in founding.finditer(folded.text):
        head = _head(folded.text, match.end(), _BEFORE_HEAD if passage.language == "en" else 1)
        if head is None or WISHED.search(folded.text[max(0, match.start() - 50) : match.start()]):
            continue
        start, end = folded.span(match.end(), head[1])
        name = passage.text[start : max(end, name_end(passage.text, end - 1))].strip(" ,.")
        if len(name.split()) > 1 and not _GATHERING.match(name):
            stage, _ = stage_near(folded.text, match.start(), match.start(), 60)
            yield Founded(name, start, head[0] or "projet", "object", stage or "launched", False)


def _head(folded: str, start: int, most: int) -> tuple[str | None, int] | None:
    """Kind and end of the first word for a thing among the next `most` words of one noun phrase."""
    at = start
    for _ in range(most):
        if word := VENTURE.match(folded, at):
            return kind_of(word)[0], word.end()
        if thing := _THING.match(folded, at):
            return None, thing.end()
        step = _STEP.match(folded, at)
        if step is None:
            return None
        at = step.end()
    return None


def _arabic(passage: Passage) -> Iterator[Founded]:
    """ "افتتاح قنصلية بمدينة العيون"."""
    for match in FOUNDED_ARABIC.finditer(passage.folded.text):
        start = passage.folded.span(*match.span("work"))[0]
        name = passage.text[start : name_end(passage.text, start)].strip(" ,،.")
        if len(name.split()) > 1 and not WISHED.search(passage.folded.text[max(0, match.start() - 50) : match.start()]):
            stage, _ = stage_near(passage.folded.text, match.start(), match.start(), 60)
            yield Founded(name, start, "projet", "object", stage or "launched", False)


def _is_thing(passage: Passage, start: int) -> bool:
    """Neither a place nor a person."""
    at = passage.start + start
    return not any(one.kind in ("place", "person") and one.start <= at < one.end for one in passage.mentions)
