"""The words by which pages mark what is not the article, in French, Arabic, English and Spanish, as patterns over plain text.

"Plain" is `plain()`: lower case, no accents, hamza or vowel signs, ASCII digits. Every pattern is about a whole line or
block; what may stand inside a sentence is anchored at the start.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from pipeline.language.months import fold

SHORT: Final = 400
"""Characters up to which a folded text is kept: the same lines are asked for again and again."""
_SIGNS = re.compile("[\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")


def plain(text: str) -> str:
    """`text` folded for comparison: no accents, vowel signs or invisible characters, single spaces, trimmed."""
    return _plain(text) if len(text) <= SHORT else _fold(text)


def _fold(text: str) -> str:
    return " ".join(fold(_SIGNS.sub("", unicodedata.normalize("NFC", text))).split())


_plain: Final = lru_cache(maxsize=8192)(_fold)


class Wording:
    """Patterns of which one must be found. Those that begin with `^` are only tried at the start: it is several times faster."""

    def __init__(self, *parts: str) -> None:
        at_start, anywhere = [part for part in parts if part[0] == "^"], [part for part in parts if part[0] != "^"]
        self._start = re.compile("|".join(f"(?:{part})" for part in at_start)) if at_start else None
        self._anywhere = re.compile("|".join(f"(?:{part})" for part in anywhere)) if anywhere else None

    def is_in(self, text: str) -> bool:
        """Whether one of the patterns is found in `text` (plain)."""
        return bool((self._start and self._start.match(text)) or (self._anywhere and self._anywhere.search(text)))

    def is_whole(self, text: str) -> bool:
        """Whether one of the patterns is all of `text` (plain)."""
        return bool(self._anywhere and self._anywhere.fullmatch(text))


_MARK = r"\s*[:|>»›→•–—-]"
READ_MORE: Final = Wording(
    rf"^[•\W]{{0,3}}a (?:lire|voir|ecouter|decouvrir|regarder)(?: (?:aussi|egalement|encore|sur [\w.]+))?{_MARK}",
    r"^[•\W]{0,3}(?:a )?(?:lire|voir|ecouter) (?:aussi|egalement)\b(?! que\b)",
    rf"^[•\W]{{0,3}}(?:lire|voir)(?: la suite| plus| notre dossier)?{_MARK} ",
    rf"^[•\W]{{0,3}}(?:sur le meme (?:sujet|theme)|pour aller plus loin|retrouvez (?:ici|aussi)){_MARK}",
    r"^[•\W]{0,3}(?:read|see|watch)(?: it)? also\b", rf"^[•\W]{{0,3}}also (?:read|see|watch){_MARK}",
    rf"^[•\W]{{0,3}}(?:read (?:more|next)|see (?:also|more)|related(?: (?:article|story|stories|news|reading))?"
    rf"|don't miss|must read){_MARK}",
    r"^[•\W]{0,3}(?:lea|lee|leer|vea|ver|mira|mire|lean|vean) (?:tambien|ademas|asimismo)\b",
    rf"^[•\W]{{0,3}}(?:mira|mire|vea|lea|lee|puedes? (?:leer|ver)|te recomendamos|no te pierdas"
    rf"|notas? relacionadas?){_MARK}",
    rf"^[•\W]{{0,3}}(?:tambien )?(?:te|le|les) puede[n]? interesar\b(?:{_MARK}|$)",
    r"^[•\W]{0,3}(?:اقرا|اقرؤوا|اقراوا|اقرئي|اقرءوا|شاهد|شاهدوا|طالع|انظر|تابع) (?:ايضا|كذلك|المزيد)",
    rf"^[•\W]{{0,3}}(?:قد يهمك(?:م)?(?: ايضا)?|للمزيد|ذات صله|مواضيع ذات صله|مقالات ذات صله|اقرا المزيد)(?:{_MARK}|$)",
)
"""Start of an inline pointer to another article."""

RELATED: Final = Wording(
    r"(?:a |pour )?(?:lire|voir|decouvrir|suivre) (?:aussi|egalement|ensuite|plus)", r"lire aussi.{0,20}",
    r"sur le meme (?:sujet|theme).{0,20}",
    r"(?:vous|cela|ceci|ca|qui) (?:aimerez|aimeriez|devriez|pourrait|pourraient|pouvez|peut|vous).{0,30}(?:aussi"
    r"|interesser|plaire|aimer|lire)",
    r"(?:articles?|actualites?|contenus?|sujets?|informations?|news|infos?) (?:similaires?|connexes?|associes?|lies?"
    r"|liees?|recents?|recentes?|suggeres?"
    r"|recommandes?|qui pourrai(?:en)?t.{0,30}|les plus l[ue]s?|populaires?|du meme.{0,20}|en relation.{0,20})",
    r"(?:les )?(?:articles? )?(?:les )?plus (?:lus?|lues|populaires|commentes|consultes|partages)",
    r"derniers? (?:articles?|infos?)",
    r"dernieres? (?:actualites?|nouvelles|infos?|minutes?|depeches)", r"plus de l'auteur", r"(?:du|par le) meme auteur",
    r"dans la meme (?:rubrique|categorie|section)", r"(?:toute )?l'actu(?:alite)?(?: en continu| du jour)?",
    r"(?:le )?fil (?:info|actu|d'actualite)s?",
    r"a ne pas (?:manquer|rater)", r"a la une(?: de .{0,30})?", r"nos (?:recommandations|suggestions|selections?)",
    r"en relation.{0,20}", r"recommande(?:s|es)? pour vous",
    r"article (?:precedent|suivant)", r"(?:tendances?|en vogue|trending(?: (?:now|topics|news))?)",
    r"documents? a telecharger", r"voir aussi",
    r"(?:read|see|watch) (?:also|more|next)", r"(?:you )?(?:may|might) (?:also )?(?:like|be interested.{0,10})",
    r"related(?: \w+){0,2}", r"more (?:from|on|in|stories|news|articles).{0,30}",
    r"(?:most|popular|latest|recent|top|recommended|similar|trending|other|editor's)(?: \w+){0,2}",
    r"(?:what to read|up) next", r"don't miss", r"in case you missed it",
    r"(?:previous|next) (?:article|post|story)", r"(?:lea|ver|vea|lee|leer) (?:tambien|mas|ademas)",
    r"(?:noticias|articulos|notas|contenidos?|temas) (?:relacionad[oa]s?|similares|recientes|de interes"
    r"|destacad[oa]s?)",
    r"(?:lo )?(?:mas|lo mas) (?:leido|visto|reciente|popular|comentado|en .{0,20})s?",
    r"(?:tambien )?(?:te|le) puede interesar", r"ultimas? (?:noticias?|hora)", r"te recomendamos", r"no te pierdas",
    r"otras noticias",
    r"(?:مواضيع|مقالات|اخبار|مواد|قصص) (?:ذات صله|مشابهه|متعلقه|اخري|مرتبطه|مقترحه).{0,20}",
    r"(?:اقرا|شاهد|طالع|تابع) (?:ايضا|المزيد|كذلك)", r"(?:الاكثر|الاعلي) (?:قراءه|مشاهده|تعليقا|تداولا|رواجا|شعبيه)",
    r"قد (?:يهمك|يعجبك|تعجبك)(?:م)?.{0,15}", r"(?:اخر|احدث) (?:الاخبار|المستجدات|المقالات|المواضيع)",
    r"(?:المزيد|مزيد) (?:من|في).{0,30}", r"المواضيع الرائجه", r"في نفس (?:القسم|السياق|الموضوع).{0,10}", r"ذات صله",
    r"(?:المقال|الخبر|الموضوع) (?:السابق|التالي)", r"اختيارات? (?:المحرر|القراء)", r"من نفس .{0,20}",
)
"""Heading of a list of other articles (to be matched whole, without a closing colon)."""

NOISE: Final = Wording(
    r"^[(\[-]?\s*(?:publicite|pub|annonce|advertisement|ads?|sponsored|contenu sponsorise|anuncio|publicidad"
    r"|patrocinado|اعلان|اعلانات|اشهار)\s*[)\]-]?$",
    r"^(?:©|\(c\)|copyright\s*(?:©|\(c\)|:|\d{4}|.{0,60}\d{4}))", r"^.{0,60}(?:tous droits (?:de reproduction )?reserves"
    r"|toute reproduction (?:\S+ )?interdite|reproduction interdite)",
    r"^.{0,60}(?:all rights reserved|todos los derechos reservados|prohibida (?:su|la) reproduccion|(?:جميع|كل"
    r"|كافه) الحقوق محفوظه)",
    r"^.{0,30}(?:temps|duree) de lecture.{0,30}$", r"^\d+\s?(?:min(?:utes?)?|mn)\.? (?:de lecture|read)\b",
    r"^(?:reading time|tiempo de lectura|وقت القراءه|مده القراءه)",
    r"^[\d\s.,k]+ ?(?:vues?|views?|lectures?|reads|visitas|vistas|مشاهده|مشاهدات|قراءه)$",
    r"^(?:inscrivez-vous|abonnez-vous|s'abonner|je m'abonne|s'inscrire|recevez (?:chaque|toute|nos|notre|l'essentiel"
    r"|gratuitement|par))",
    r"^.{0,40}(?:newsletter|lettre d'information|infolettre|boletin de noticias|nuestro boletin|النشره البريديه"
    r"|نشرتنا البريديه|القائمه البريديه).{0,160}$",
    r"^chaque (?:jour|matin|semaine|soir), (?:recevez|retrouvez)",
    r"^(?:subscribe|sign up|get (?:our|the) (?:latest|best|daily)|suscribe(?:te|ase)|suscribete|suscribase"
    r"|recib[ae] (?:cada|las|nuestr|en tu)|اشترك|اشتركوا|سجل في)\b",
    r"^.{0,60}(?:suscribete|suscribase) (?:por|a|en|ya|aqui)\b",
    r"^(?:suivez|rejoignez|retrouvez|telechargez|follow|join|sigue|siguenos|unete|تابعونا|تابعوا|انضم|انضموا"
    r"|حمل)\b.{0,120}"
    r"(?:whatsapp|facebook|telegram|twitter|instagram|google (?:news|actualites|play)|tiktok|youtube|linkedin"
    r"|application|app\b|reseaux sociaux|redes|واتساب|واتس|فيسبوك|تلغرام|تيليغرام|تلغرام|انستغرام|يوتيوب|تطبيق|غوغل)",
    r"^si vous voulez que l'information se rapproche",
    r"^(?:partager|partagez|share|compartir|compart[ea]|شارك|شاركها|مشاركه)(?: (?:sur|cet?|l'|this|on|en|esta|este"
    r"|via|هذا|المقال|الخبر|عبر|الموضوع|علي)\b.{0,80}|\s*:?)$",
    r"^(?:imprimer|print|envoyer (?:a|par|cet).{0,30}|طباعه.{0,40}|ارسال .{0,30}|copier le lien|copy link"
    r"|copiar enlace|نسخ الرابط)$",
    r"^(?:laissez?r?|ajouter|ecrire|poster) (?:un commentaire|une reponse|votre commentaire)",
    r"^(?:commentaires?|comments?|comentarios|التعليقات|تعليقات.{0,20}|عدد التعليقات.{0,20})(?:\s*\(?\d*\)?)$",
    r"votre adresse e-?mail ne sera pas|enregistrer mon nom, mon e-?mail|champs (?:requis|obligatoires)",
    r"^(?:bienvenue dans l'espace commentaire|lire notre charte)",
    r"^(?:leave a (?:comment|reply)|your email address will not|save my name|join the conversation"
    r"|deja (?:un comentario|una respuesta)|tu (?:direccion de )?correo electronico no)",
    r"^(?:اترك (?:تعليق|ردا|رد)|اضف تعليق|شارك برايك|لن يتم نشر)", r"لن يتم نشر (?:عنوان|بريدك)",
    r"^(?:nous utilisons|ce site utilise|en poursuivant votre navigation|we use|this (?:web)?site uses|usamos"
    r"|utilizamos|este sitio).{0,40}cookies", r"ملفات تعريف الارتباط",
    r"(?:\bnos|\bour|\bnuestros) (?:\d+ )?(?:partenaires|partners|socios)\b.{0,120}\b(?:traceurs|cookies|stocke\w*|store"
    r"|consent\w*|donnees|data|datos)\b|شركا\w+.{0,80}(?:تعريف الارتباط|موافقت)",
    r"javascript (?:is disabled|est desactive|est necessaire)|(?:please )?enable javascript",
    r"^(?:cliquez|appuyez) ici pour (?:lire|voir|consulter|acceder|telecharger)|^click here to (?:read|see|view"
    r"|download)|^(?:haga|haz) clic aqui|^(?:اضغط|انقر)(?:وا)? هنا",
    r"^(?:merci d'avoir signale|cette image sera automatiquement|شكرا علي الابلاغ)",
    r"^(?:a[+-]?|ص[+-]?)(?:\s+(?:a|ص)[+-]?)*$",
    r"^(?:voir plus|charger plus|afficher plus|en savoir plus|load more|show more|see all|view all|voir tout|ver mas"
    r"|cargar mas|المزيد|عرض المزيد|تحميل المزيد|lire la suite|la suite|read more|continue reading|اقرا المزيد"
    r"|تتمه)\W*$",
    r"^(?:track all markets on tradingview|powered by|recommande par|recommended by)\b",
    r"^(?:j'accepte|accepter|accept(?: all)?|refuser|aceptar|موافق|اوافق)$",
    r"^(?:signaler une erreur|report an error|vous avez (?:trouve|repere) une (?:faute|erreur)|الابلاغ عن خطا)",
    r"^(?:mots[- ]cles|tags|etiquettes|etiquetas|palabras clave|keywords"
    r"|كلمات (?:دلاليه|مفتاحيه)|الوسوم|وسوم)\b(?:\s*:|[^.:]{0,120}$)",
)
"""Lines that are never the article's: advertising, newsletters, sharing, comments, cookies, copyright, reading aids."""

_CLAUSE = r"(?:^|[:?!;,.–—-] ?)"
PROMOTION: Final = Wording(
    rf"{_CLAUSE}(?:soutenez|abonnez|rejoignez|telechargez|retrouvez|recevez|suivez|ecrivez|contactez|partagez)(?:-nous|-vous)?\b.{{0,80}}"
    r"\b(?:presse|journal|redaction|application|canal|chaine|edition|kiosques?|newsletter|lettre|alertes|telegram"
    r"|whatsapp|facebook|magazine|reseaux|abonnes)\b",
    rf"{_CLAUSE}(?:to follow .{{0,30}}, )?(?:support|join|subscribe|download|follow|get|write|contact|find|sign up)\b.{{0,80}}"
    r"\b(?:newsroom|newspaper|journalism|reporting|app|application|channel|edition|newsletter|alerts|telegram|whatsapp|facebook)\b",
    rf"{_CLAUSE}(?:apoye|apoya|unase|unete|descargue|descarga|siga|sigue|siganos|encuentre|escriba|escribe|reciba|recibe|suscribase)\b"
    r".{0,80}\b(?:prensa|diario|periodico|redaccion|aplicacion|canal|edicion|boletin|alertas|telegram|whatsapp|facebook)\b",
    r"(?:^|[:؟!؛،.] ?)(?:تابعوا|تابعونا|انضموا|حملوا|ساهموا|ادعموا|راسلوا?|اشتركوا|توصلوا|للتوصل|لمتابعه|يمكنكم متابعه)\b.{0,80}"
    r"(?:قناه|قناتنا|قنواتنا|تطبيق|صحافه|جريده|هيئه التحرير|صفحتنا|صفحاتنا|صفحه|واتساب|تيليغرام|تلغرام|النشره|فيسبوك|يوتيوب)",
)
"""The outlet's word to its readers about itself; looked for in the last lines of a text only."""

PAYWALL: Final = Wording(
    r"(?:article|contenu|lecture) (?:est )?(?:reserve|exclusif).{0,20}abonnes",
    r"il vous reste \d+ ?% de (?:cet article|ce contenu)", r"la suite est reservee",
    r"pour lire la suite.{0,40}abonn", r"abonnez-vous pour (?:lire|continuer|acceder)", r"deja abonne ?\?",
    r"subscribe to (?:read|continue|keep reading)",
    r"this (?:article|content|story) is (?:reserved )?(?:for|available to) (?:our )?subscribers",
    r"already a subscriber ?\?",
    r"(?:contenido|articulo) (?:exclusivo|solo) para suscriptores",
    r"(?:محتوي|مقال|هذا المقال) (?:حصري|مخصص|خاص)? ?(?:ل|بال)(?:ل)?مشتركين", r"للمشتركين فقط",
)
"""Text that says the rest is for subscribers."""

BYLINE: Final = re.compile(
    r"^\W{0,3}(?:avatar de|(?:ecrit|redige|publie|propos recueillis|realise) par|auteure?s?|author|written by"
    r"|posted by|escrito por|autora?|"
    r"par|by|por|texto de|بقلم|كتب(?:ه|ت|ته)?|اعداد|تحرير|حرره|حررته|حاور(?:ه|ها)?|الكاتب)\s*:?\s+(?=\S)|^(?:كتب|بقلم|auteur"
    r"|author|par|by|por)\s*:\s*")
"""Start of a line that names the author."""


def is_related_heading(text: str) -> bool:
    """Whether a short text is the heading of a list of other articles."""
    return len(text) <= 80 and RELATED.is_whole(plain(text).strip(" :|.…»>-–—"))


def is_noise(text: str) -> bool:
    """Whether a line or small block is never part of an article."""
    return len(text) <= 600 and NOISE.is_in(plain(text))


def is_promotion(text: str) -> bool:
    """Whether a last line asks the reader for something on the outlet's behalf. What somebody is quoted to say does not."""
    return len(text) <= 220 and not re.search(r"[«»“”\"]", text) and PROMOTION.is_in(plain(text))


def is_read_more(text: str) -> bool:
    """Whether a line points to another article."""
    return len(text) <= 400 and READ_MORE.is_in(plain(text))
