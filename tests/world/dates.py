"""A moment in, the ways in which the sample outlets print it out."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import config  # noqa: F401  (takes the time zones from tzdata: Morocco left UTC+1 in September 2026)

CASABLANCA = ZoneInfo("Africa/Casablanca")
MONTHS = {
    "fr": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet",
           "août", "septembre", "octobre", "novembre", "décembre"],
    "ar": ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"],
    "en": ["January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December"],
    "es": ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
           "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
}
DAYS = {
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "ar": ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "es": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
}
AGO = {
    "fr": ("il y a {} h", "il y a {} j"), "ar": ("منذ {} ساعات", "منذ {} أيام"),
    "en": ("{} hours ago", "{} days ago"), "es": ("hace {} horas", "hace {} días"),
}
DURATION = re.compile(r"^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$")
PLACEHOLDER = re.compile(r"\{(w|d|dm|m|y|iso)([+-]\d+)?\}")


def duration(text: str) -> timedelta:
    """`1d4h30m` as a span of time; a leading minus turns it round. Raises ValueError."""
    found = DURATION.match(text.removeprefix("-"))
    if not found or not any(found.groups()):
        raise ValueError(f"not a duration such as 1d4h30m: {text!r}")
    days, hours, minutes = (int(part or 0) for part in found.groups())
    span = timedelta(days=days, hours=hours, minutes=minutes)
    return -span if text.startswith("-") else span


def local(moment: datetime) -> datetime:
    """The moment on a Moroccan clock."""
    return moment.astimezone(CASABLANCA)


def day_month(moment: datetime, lang: str) -> str:
    """24 novembre, 24 نونبر, November 24, 24 de noviembre; `1er` in French."""
    here = local(moment)
    month = MONTHS[lang][here.month - 1]
    if lang == "en":
        return f"{month} {here.day}"
    if lang == "es":
        return f"{here.day} de {month}"
    return f"{'1er' if lang == 'fr' and here.day == 1 else here.day} {month}"


def date(moment: datetime, lang: str) -> str:
    """The day in full: 24 novembre 2026."""
    between = {"en": ", ", "es": " de "}.get(lang, " ")
    return f"{day_month(moment, lang)}{between}{local(moment).year}"


def weekday(moment: datetime, lang: str) -> str:
    """The day's name."""
    return DAYS[lang][local(moment).weekday()]


def clock(moment: datetime, form: str = "%H:%M") -> str:
    """The Moroccan time of day."""
    return local(moment).strftime(form)


def numeric(moment: datetime, form: str = "%d/%m/%Y") -> str:
    """The Moroccan day in figures."""
    return local(moment).strftime(form)


def ago(moment: datetime, now: datetime, lang: str) -> str:
    """As listings print it: il y a 3 h, منذ 2 أيام."""
    hours = max(1, int((now - moment).total_seconds() // 3600))
    by_hour, by_day = AGO[lang]
    return by_hour.format(hours) if hours < 24 else by_day.format(hours // 24)


def iso(moment: datetime, zone: str = "local") -> str:
    """ISO 8601 with offset, Moroccan (`local`) or UTC (`utc`)."""
    return (local(moment) if zone == "local" else moment.astimezone(UTC)).isoformat(timespec="seconds")


def rfc822(moment: datetime) -> str:
    """As RSS and HTTP headers print it."""
    at = moment.astimezone(UTC)
    return f"{DAYS['en'][at.weekday()][:3]}, {at.day:02} {MONTHS['en'][at.month - 1][:3]} {at.year} {at:%H:%M:%S} GMT"


def fill(text: str, event: datetime, lang: str) -> str:
    """The text with `{w}` (weekday), `{d}` (date), `{dm}` (day and month), `{m}` (month), `{y}` (year) and `{iso}` of the event
    put in, each also with +N or -N days."""
    def put(found: re.Match[str]) -> str:
        moment = event + timedelta(days=int(found[2] or 0))
        forms = {
            "w": weekday(moment, lang), "d": date(moment, lang), "dm": day_month(moment, lang),
            "m": MONTHS[lang][local(moment).month - 1], "y": str(local(moment).year), "iso": numeric(moment, "%Y-%m-%d"),
        }
        return forms[found[1]]
    return PLACEHOLDER.sub(put, text)
