"""Reports of mail that came back, written by hand as servers write them: of RFC 3464 and of RFC 5965."""

from __future__ import annotations

BOUNCE = """\
From: Mail Delivery System <MAILER-DAEMON@mx.one.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_edge"

--=_edge
Content-Type: text/plain; charset=utf-8

Your mail could not be delivered.

--=_edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.one.example
Arrival-Date: Tue, 24 Nov 2026 09:00:03 +0000

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--=_edge
Content-Type: {enclosed}

{headers}
--=_edge--
"""

COMPLAINT = """\
From: <complaints@mailbox.example>
To: {to}
Subject: Abuse report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="=_edge"

--=_edge
Content-Type: text/plain

This is a report about a mail that a user marked as junk.

--=_edge
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeFeedback/1.0
Version: 1

--=_edge
Content-Type: message/rfc822

{headers}

Le texte du message.

--=_edge--
"""

HOLIDAY = """\
From: {address}
To: {to}
Subject: Je suis absente
Auto-Submitted: auto-replied
In-Reply-To: {message_id}

Je reviens lundi.
"""
