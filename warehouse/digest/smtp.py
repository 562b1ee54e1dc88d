"""A mail in, the mail server's word on it out: taken, later, or never."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage

from config.settings import Settings
from warehouse.digest.outcome import Failed, Later, Never, Outcome, Taken


class MailServer:
    """One connection to the server, opened when first needed and again after a fault."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open: smtplib.SMTP | None = None

    def send(self, mail: EmailMessage, sender: str, address: str) -> Outcome:
        """Hand the mail over. `Failed` where the server cannot serve at all: then other mail need not be tried now."""
        try:
            server = self._open or self._connect()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Failed(f"{self._settings.smtp_host}: {_told(error)}")
        try:
            server.send_message(mail, sender, [address])
        except smtplib.SMTPRecipientsRefused as error:
            return _answered(server, *next(iter(error.recipients.values())))
        except smtplib.SMTPResponseException as error:
            return self._after(_answered(server, error.smtp_code, error.smtp_error), error.smtp_code)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Later(_told(error))
        except (ValueError, UnicodeError) as error:
            self.close()
            return Never(f"cannot be written as mail: {error}")
        return Taken()

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._open.close()
        self._open = None

    def _after(self, outcome: Outcome, code: int) -> Outcome:
        """421 and its like announce that the server hangs up."""
        if code in (421, -1):
            self.close()
        return outcome

    def _connect(self) -> smtplib.SMTP:
        on = self._settings
        context = ssl.create_default_context(cafile=str(on.smtp_ca) if on.smtp_ca else None)
        if on.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(on.smtp_host, on.smtp_port, timeout=on.smtp_seconds, context=context)
        else:
            server = smtplib.SMTP(on.smtp_host, on.smtp_port, timeout=on.smtp_seconds)
        self._open = server
        if on.smtp_security == "starttls":
            server.starttls(context=context)
        if on.smtp_user:
            server.login(on.smtp_user, on.smtp_password.get_secret_value())
        return server


def _answered(server: smtplib.SMTP, code: int, words: bytes | str) -> Outcome:
    with suppress(OSError, smtplib.SMTPException):
        server.rset()
    told = f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    return Never(told) if code >= 500 else Later(told)


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
