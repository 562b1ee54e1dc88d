"""A language in, the HTML of a mail with all that a digest can hold out: a dispute, an update, a copy, something new."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec

from pipeline.events import Language
from pipeline.state.letters import Body
from tests.warehouse.digest.samples import (
    ARABIC,
    COPY,
    DEAL,
    NOW,
    OTHER_SUM,
    SUM,
    Says,
    claim_event,
    names,
)
from warehouse.digest.compose import Sent, compose
from warehouse.digest.issue import Issue
from warehouse.digest.mail import Mailer
from warehouse.digest.mail_style import mail_html
from warehouse.digest.render import render
from warehouse.digest.tokens import Tokens

TITLES: dict[str, str] = {"fr": "IA et numérique : ce qui est annoncé", "ar": "الذكاء الاصطناعي والرقمنة: آخر الإعلانات"}
HIGHER = replace(
    Says(), outlet="bladi", hours_ago=1, fields=msgspec.structs.replace(SUM, value=2.7e9, surface="2,7 milliards de dirhams"),
    sentence="Le coût du centre de données de Nouaceur passe à 2,7 milliards de dirhams, dit désormais le groupe.")
SIGNED = replace(
    Says(), fields=DEAL, headline="Santé : une convention sur l'imagerie", hours_ago=2.5,
    sentence="Le ministère de la Santé a signé une convention avec Atlas Calcul sur l'imagerie assistée par l'IA.")


def sample_mail(language: Language) -> str:
    """The HTML part."""
    sent = {"claim-2": Sent("new", (Says().report(),), "claim-2", NOW - timedelta(days=2))}
    stories = compose([
        claim_event(Says(), ARABIC, OTHER_SUM, COPY, change="disputed"),
        claim_event(HIGHER, change="updated", claim="claim-2", seq=2),
        claim_event(SIGNED, replace(SIGNED, outlet="bladi", hours_ago=2), claim="claim-3", seq=3, story_id="story-3",
                    sectors=("sante",))], sent, {}).stories
    shown = render(Issue("ia-1", "ia", TITLES[language], language, NOW, stories), [], names())
    body = Body("ia-1", "ia", language, TITLES[language], mail_html(shown.html), shown.text, "{}", NOW)
    page = Mailer("digest@marsad.example", "https://marsad.example", Tokens("k" * 40)).issue(
        body, "anna@one.example").get_body(("html",))
    assert page is not None
    return str(page.get_content())
