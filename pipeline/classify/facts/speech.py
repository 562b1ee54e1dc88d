"""Folded words around a quotation in, whether they say that somebody speaks there out: verbs and phrases of four languages."""

from __future__ import annotations

import re
from typing import Final

from pipeline.classify.facts.spelling import spelt

_FRENCH = (
    r"affirme|ajoute|alerte|analyse|annonce|appelle|appele|argue|argumente|assene|assure|avance|averti[t]?|avoue|clame|"
    r"commente|complete|conclut?|confie|confirme|conseille|considere|"
    r"constate|critique|declare|decrit|defend|defendu|denonce|deplore|detaille|developpe|devoile|dit|ecrit|enchaine|enonce|"
    r"espere|estime|evoque|exhorte|explique|exprime|exige|felicite|"
    r"fait (?:savoir|valoir|remarquer|observer|noter|part|etat)|fustige|garantit?|glisse|indique|insiste|interroge|ironise|"
    r"juge|jure|justifie|lache|lance|lit-on|peut-on lire|"
    r"martele|mentionne|met en (?:garde|avant)|mis en (?:garde|avant)|note|nuance|observe|opine|pense|plaide|pointe|"
    r"poursuit|poursuivi|precise|predit|preconise|previent|prevenu|promet|promis|prone|"
    r"propose|proteste|raconte|rappele|rappelle|rapporte|rassure|reagit?|reaffirme|recommande|reconnait|reconnu|regrette|"
    r"reitere|rejette|releve|remarque|repete|replique|repond|repondu|resume|"
    r"retorque|revele|revendique|salue|se (?:felicite|rejouit|demande|souvient)|s'est (?:felicite|rejoui|indigne|interroge|"
    r"adresse)e?|signale|souhaite|soulevee?|souligne|"
    r"soutient|soutenu|stipule|suggere|surencherit|temoigne|tempere|tranche|tonne|tweete|vante|met l'accent|mis l'accent|"
    r"tient a|tenu a|exhorte|invite|reclame|demande|s'exclame|s'engage")
_PARTICIPLES = (
    r"affirmant|ajoutant|annoncant|appelant|arguant|assurant|avancant|citant|concluant|confiant|confirmant|considerant|"
    r"declarant|denoncant|deplorant|disant|ecrivant|esperant|"
    r"estimant|evoquant|expliquant|faisant (?:savoir|valoir|remarquer|observer|noter)|indiquant|insistant|invitant|jugeant|"
    r"lancant|martelant|mettant en (?:garde|avant)|notant|observant|"
    r"plaidant|pointant|poursuivant|precisant|prevenant|promettant|pronant|qualifiant|rappelant|reaffirmant|recommandant|"
    r"reconnaissant|regrettant|relevant|repetant|reiterant|"
    r"saluant|signalant|souhaitant|soulignant|soutenant|suggerant|avant d'ajouter|avant de (?:conclure|poursuivre|preciser)|"
    r"demandant|exhortant|reclamant|exprimant")
_ACCORDING = (
    r"selon|d'apres|de l'avis de|aux yeux de|pour (?=(?:m\. |mme |l[ae] |l')|[a-z]+ [a-z]+ ?,)|dixit|aux dires de|"
    r"de l'aveu de|according to|in the words of|segun|in a (?:statement|post)")
_ENGLISH = (
    r"said|says|say|told|tells|added|adds|explained|explains|stated|states|noted|notes|stressed|stresses|emphasi[sz]ed|"
    r"emphasi[sz]es|underlined|underlines|underscored|affirmed|declared|"
    r"announced|pointed out|wrote|writes|argued|argues|warned|warns|continued|concluded|insisted|insists|described|hailed|"
    r"praised|tweeted|commented|remarked|highlighted|highlights|"
    r"reiterated|confirmed|recalled|asserted|observed|observes|reads|read|called|acknowledged|lamented|denounced|condemned|"
    r"urged|replied|responded|claimed|claims|revealed|maintained|"
    r"indicated|welcomed|predicted|admitted|complained|quoted|believes?|saying|adding|noting|explaining|stressing|arguing|"
    r"calling|describing|emphasi[sz]ing|"
    r"insisting|warning|stating|declaring|pointing out|reaffirmed|expressed|recounted|joked|denied|suggested|cited")
_SPANISH = (
    r"dijo|dice|afirmo|afirma|anadio|anade|explico|explica|senalo|senala|subrayo|subraya|declaro|declara|destaco|destaca|"
    r"indico|indica|aseguro|asegura|preciso|precisa|recordo|recuerda|"
    r"manifesto|apunto|apunta|agrego|agrega|insistio|insiste|sostuvo|sostiene|advirtio|advierte|lamento|lamenta|considero|"
    r"considera|escribio|concluyo|anuncio")
_ARABIC_STEMS = spelt(
    "قال|اضاف|اوضح|اكد|ابرز|صرح|اعتبر|شدد|تابع|زاد|ختم|سجل|اورد|اشار|لفت|ذكر|اعلن|كشف|افاد|استطرد|استرسل|واصل|خلص|نبه|حذر|"
    "علق|كتب|عبر|انتقد|راي|دعا|دعت|طالب|استنكر|"
    "وصف|نفي|جدد|خاطب|رد|تساءل|اقترح|ذهب|اردف|استدرك|نوه|اقر|اعرب|ابدي|استغرب|ندد|هدد|وعد|تعهد|توقع|اتهم|شكك|رفض|نقل|طمان|"
    "دافع|نص|نصت|عزا|ناشد|اعترف|دون|غرد|نشر|قرر|حث|حثت|روي|حكي|"
    "اخبر|صرحت|لخص|تحدث|ابرق|هنا|شرح|بين(?= ان)|استعرض|اجاب|عقب|تمني|اشاد|تاسف|ابلغ|اختتم|استهل|وضح|نصح|تمسك|تشبث|سمي|سماه|"
    "اسماه|وسم|نعت")
_ARABIC_PRESENT = spelt(
    "قول|ضيف|وضح|وكد|برز|صرح|عتبر|شدد|تابع|زيد|ختم|سجل|ورد|شير|لفت|ذكر|علن|كشف|فيد|ستطرد|سترسل|واصل|خلص|نبه|حذر|علق|كتب|عبر|"
    "نتقد|ري|دعو|طالب|ستنكر|صف|نفي|جدد|رد|تساءل|قترح|"
    "ذهب|ردف|ستدرك|نوه|قر|عرب|ستغرب|ندد|توقع|تهم|رفض|نقل|نص|حكي|روي|شرح|جيب|بين|تحدث")
_ARABIC_PARTICIPLES = spelt(
    "مضيف|موضح|موكد|مشدد|معتبر|مبرز|مشير|قائل|داعي|مطالب|مسجل|لافت|مردف|متابع|مستطرد|منبه|محذر|مستنكر|معلن|معرب|معبر|واصف|"
    "مستدرك|منوه|كاشف|متسائل|منتقد|مبين|مذكر|"
    "مستغرب|منددا|مفيد|مستحضر|معلق|مقر|نافي|مجدد|مسترسل|خاتم|مشيد|محيل|مقترح|متهم|مستشهد|ناقل|مخاطب")
_ARABIC_ACCORDING = spelt(
    "وفق|حسب|بحسب|وفقا|تبعا|بقول(?:ه|ها|هم)?|قول(?:ه|ها|هم)|القول|(?:علي )?(?:حد )?تعبير(?:ه|ها|هم|هما)?|بتعبير(?:ه|ها)?|"
    "علي حد قول(?:ه|ها|هم)|علي لسان|تصريح(?:ه|ها)? ب|في نظر|استنادا|نقلا عن|جاء في|ورد في|"
    "بلغه|بالقول|من خلال القول|تحت شعار الرفض|عبر عن(?:ه|ها)|وفقا ل|علي راي")
_LATIN = rf"(?:{_FRENCH}|{_PARTICIPLES}|{_ENGLISH}|{_SPANISH})"
_WORD = r"(?<![^\W\d_])"
VERB: Final = re.compile(
    rf"{_WORD}(?:{_LATIN}(?:nt|e|es|s|ent)?(?:-t-(?:il|elle|on)|-(?:ils|elles|il|elle))?(?![\w'-])|"
    rf"(?:{_ACCORDING})(?![^\W\d_])"
    rf"|[وف]?(?:(?:{_ARABIC_STEMS})(?:ت|وا|ا|تا|ن)?|[يت](?:{_ARABIC_PRESENT})(?:ون|ان|وا|ن|و)?|"
    rf"(?:{_ARABIC_PARTICIPLES})(?:ا|ه|ين|ون|تين)?|[ول]?(?:{_ARABIC_ACCORDING}))(?![^\W\d_]))")
"""A verb or phrase of saying, in folded text."""
AFTER: Final = re.compile(
    rf"[\s,،.؛;!?-]{{0,4}}(?:(?:lui |nous |leur |encore |par ailleurs,? |toutefois,? |ainsi |egalement |notamment |comme "
    rf"l'?|tel que l'?|he |she |they |as |est |c'est (?:ce |en ces termes )?(?:que|qu') ?|ce qu')){{0,2}}"
    rf"(?:(?:a|ont|avait|avaient|aurait|s'est|se|s'est-il|has|had|ha)(?:-t-(?:il|elle|on)|-(?:ils|elles|il|"
    rf"elle))?[ ](?:\w+[ ]){{0,2}}?)?(?=(?:{_LATIN}|{_ACCORDING})(?:nt|e|es|s|ent)?(?:-t-|-il|-elle|(?![\w'])))")
"""What may stand between a closing mark and a Latin verb of saying that follows it at once."""
AFTER_ENGLISH: Final = re.compile(rf"[\s,.]{{0,3}}(?:the |a |an |mr\.? |ms\.? |mrs\.? |dr\.? )?(?:[\w.'-]+ "
    rf"){{1,8}}?(?={_ENGLISH})")
AFTER_ARABIC: Final = re.compile(
    rf"[\s,،.؛]{{0,4}}(?:كما |هكذا |بذلك |مثلما |ايضا |وذلك |ما )?(?=[وف]?(?:(?:{_ARABIC_STEMS})(?:ت|وا|تا)?|"
    rf"[يت](?:{_ARABIC_PRESENT})(?:ون|ان)?|(?:{_ARABIC_PARTICIPLES})(?:ا|ه)?|(?:{_ARABIC_ACCORDING}))(?![^\W\d_]))")
NAMING: Final = re.compile(spelt(
    r"(?:theme|intitulee?s?|slogan|baptisee?s?|denommee?s?|nommee?s?|appelee?s?|surnommee?s?|dites?|titre|sous le signe|"
    r"programme|projet|strategie|initiative|plan|film|livre|ouvrage|"
    r"roman|album|festival|salon|journal|magazine|emission|operation|label|marque|application|plateforme|campagne|edition|"
    r"forum|prix|concours|logiciel|journee|offre|rapport|etude|"
    r"themed|titled|entitled|called the|dubbed|named|under the theme|slogan|documentary|book|programme|novel|so-called|"
    r"known as|"
    r"موضوع|شعار|بعنوان|عنوان|المعنون|المعنونه|الموسوم|الموسومه|يحمل اسم|المسمي|المسماه|يسمي|تسمي|برنامج|مشروع|كتاب|روايه|"
    r"فيلم|مسلسل|مهرجان|معرض|منتدي|منصه|تطبيق|مبادره|حمله|حزب|جريده|"
    r"صحيفه|مجله|قناه|جائزه|مؤسسه|شركه|جمعيه|فريق|ماستر|اغنيه|البوم|عمليه|لقب|باسم|المعروف ب|الملقب ب|عباره|كلمه|مصطلح|"
    r"mots?|terme|expression|اسود|منظمه|مكتب|هاشتاغ|وسم)"
    r"(?: (?:de|du|des|d'|of|on|:))?[\s:]*(?:ب|ل)?$"))
"""Before a quotation: a title, a name or a theme follows, not speech."""
PRONOUN: Final = re.compile(r"-t-(?:il|elle)|-(?:ils|elles)|(?<![\w'])(?:il|elle|ils|elles|he|she|they)(?![\w'])")
PARTICIPLE: Final = re.compile(rf"(?:{_PARTICIPLES}|\w+ing(?: out)?|(?:{_ARABIC_PARTICIPLES})(?:ا|ه|ين|ون|تين)?)")
"""A verb form whose subject is that of the sentence."""
ACCORDING: Final = re.compile(rf"(?<![^\W\d_])(?:{_ACCORDING}|[ول]?(?:وفق|حسب|بحسب|وفقا|تبعا|نقلا عن))(?![^\W\d_])")


def last_verb(folded: str) -> re.Match[str] | None:
    """What says in the folded text that somebody speaks: "selon X" if there is one, else the verb nearest to the end."""
    for pattern in (ACCORDING, VERB):
        if found := list(pattern.finditer(folded)):
            return found[-1]
    return None
