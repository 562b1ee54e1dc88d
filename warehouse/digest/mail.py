"""An issue and a reader in, the mail out: text and HTML, a way out by one click, the same id at every attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from markupsafe import Markup, escape

from config.settings import Settings
from pipeline.events import Language, content_id
from pipeline.state.letters import Body
from warehouse.digest.tokens import Tokens
from warehouse.digest.view import clean
from warehouse.digest.wording import Wording

SUBJECT: Final = 150
POLICY: Final = SMTP.clone(max_line_length=78)
LINK: Final = Markup('<p class="colophon links" style="margin:.75rem 0 0;font-size:.875rem;color:#5c5952">{why} '
                      '<a href="{url}" style="color:#1d1c1a">{word}</a></p>')


@dataclass(frozen=True)
class Mailer:
    """Composes mail from one address."""

    sender: str
    web_url: str
    tokens: Tokens
    returns: str = ""
    """Envelope sender of letters, `{letter}` in it standing for their id; empty: the sender."""

    @property
    def domain(self) -> str:
        """The domain that message ids are of."""
        return self.sender.rpartition("@")[2]

    def return_path(self, body: Body, address: str) -> str:
        """Where the letter comes back to if it cannot be delivered."""
        return self.returns.replace("{letter}", message_id(body.issue_id, self.tokens.reader(address))) or self.sender

    def issue(self, body: Body, address: str) -> EmailMessage:
        """The issue for one reader. Raises ValueError where the address or subject cannot stand in a header."""
        wording = Wording(_language(body.language))
        leave = f"{self.web_url}/unsubscribe/{self.tokens.leave(body.digest, address)}"
        reader = self.tokens.reader(address)
        mail = self._blank(address, body.subject, body.written_at, message_id(body.issue_id, reader), wording)
        thread = f"<{content_id(body.digest, reader)}@{self.domain}>"
        mail["In-Reply-To"] = mail["References"] = thread
        mail["List-Id"] = f"<{body.digest}.marsad.{self.domain}>"
        mail["List-Unsubscribe"] = f"<{leave}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        why, word = wording.text("why_you", title=clean(body.subject, 100)), wording.text("unsubscribe")
        mail.set_content(f"{body.text}\n{why}\n{word}{wording.colon} {leave}\n")
        footer = str(LINK.format(why=why, url=leave, word=word))
        mail.add_alternative(body.html.replace("</main>", f"{footer}</main>", 1), subtype="html")
        return mail

    def confirmation(self, digest: str, title: str, address: str, language: Language, at: datetime) -> EmailMessage:
        """What asks a reader who signed up whether it was they. Raises ValueError as `issue`."""
        wording = Wording(language)
        link = f"{self.web_url}/confirm/{self.tokens.confirm(digest)}"
        mail = self._blank(address, wording.text("confirm_subject"), at, content_id("confirm", digest), wording)
        parts = [wording.text("confirm_text", title=clean(title, 100)), link, wording.text("confirm_ignore")]
        mail.set_content("\n\n".join(parts) + "\n")
        html = "".join(f"<p>{escape(part) if part is not link else LINKED.format(link=link)}</p>" for part in parts)
        mail.add_alternative(
            f'<!DOCTYPE html><html lang="{language}" dir="{wording.dir}"><head><meta charset="utf-8">'
            f'<meta name="color-scheme" content="light dark"><title>Marsad</title></head><body>{html}</body></html>',
            subtype="html")
        return mail

    def _blank(self, address: str, subject: str, at: datetime, id_: str, wording: Wording) -> EmailMessage:
        mail = EmailMessage(policy=POLICY)
        mail["From"] = Address("Marsad", addr_spec=self.sender)
        mail["To"] = Address(addr_spec=address)
        mail["Subject"] = clean(subject, SUBJECT)
        mail["Date"] = at
        mail["Message-ID"] = f"<{id_}@{self.domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["Content-Language"] = wording.language
        return mail


LINKED: Final = Markup('<a href="{link}">{link}</a>')


def load_mailer(settings: Settings, tokens: Tokens) -> Mailer | None:
    """The mailer of the settings, None where no mail is to be sent."""
    if not (settings.smtp_host and settings.mail_from):
        return None
    return Mailer(settings.mail_from, settings.web_url, tokens, settings.mail_return_path)


def message_id(issue_id: str, reader: str) -> str:
    """What a letter's mail is known by, the same at every attempt; nobody can guess it who has not the mail."""
    return content_id(issue_id, reader)


def _language(code: str) -> Language:
    return code if code in ("ar", "fr", "en", "es") else "fr"  # type: ignore[return-value]
