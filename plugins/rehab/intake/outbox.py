"""Mails that wait → a mail server. What it does not take is tried again, later and later, for a week.

A mail leaves the outbox when the server has it; after a crash in between it goes out a second time under the same
Message-ID, so that a mail program shows it once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Final

from rehab.intake.desk import stamp

if TYPE_CHECKING:
    from rehab.intake.database import Row
    from rehab.intake.desk import Desk
    from rehab.intake.settings import Mail

SECONDS: Final = 20
"""For one answer of the mail server."""
AT_ONCE: Final = 20
"""Mails of one visit to the mail server."""
DAYS: Final = dt.timedelta(days=7)
"""For how long a mail is tried; sending servers are told to give up after four or five days (RFC 5321, 4.5.4.1)."""
_POLICY: Final = SMTP.clone(cte_type="7bit")  # not every server takes eight bits
_LONGEST_PAUSE: Final = dt.timedelta(hours=6)


def send_due(desk: Desk) -> int:
    """Send the mails whose time has come, and return how many went out. Never raises for a mail server."""
    mail = desk.settings.mail
    due = desk.database.rows("SELECT * FROM outbox WHERE next <= ? ORDER BY number LIMIT ?", (desk.now, AT_ONCE))
    if mail is None or not due:
        return 0
    sent = 0
    try:
        with _connect(mail) as server:
            for row in due:
                sent += _send(desk, server, mail, row)
    except (OSError, smtplib.SMTPException) as wrong:
        for row in due[sent:]:
            _put_off(desk, row, wrong)
    return sent


def _connect(mail: Mail) -> smtplib.SMTP:
    """Return a connection on which nobody reads along, unless the settings say that this is no matter."""
    context = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    try:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user and mail.password_file:
            server.login(mail.user, mail.password_file.read_text("utf-8").strip())
    except BaseException:
        server.close()
        raise
    return server


def _send(desk: Desk, server: smtplib.SMTP, mail: Mail, row: Row) -> bool:
    """Send one mail; one that the server refuses for itself does not keep the others back."""
    try:
        server.send_message(render_mail(mail, row))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError) as wrong:
        _put_off(desk, row, wrong)
        return True
    with desk.database.writing() as connection:
        connection.execute("DELETE FROM outbox WHERE number = ?", (row["number"],))
    return True


def render_mail(mail: Mail, row: Row) -> EmailMessage:
    """Return a mail of plain text. Raises ValueError for a header that holds a line end."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = mail.sender
    message["To"] = row["recipient"]
    message["Subject"] = row["subject"]
    message["Date"] = dt.datetime.fromisoformat(row["since"])
    digest = hashlib.sha256(f"{row['number']} {row['since']} {row['subject']}".encode()).hexdigest()[:24]
    message["Message-ID"] = f"<{digest}@{mail.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if row["unsubscribe"]:
        message["List-Unsubscribe"] = f"<{row['unsubscribe']}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(row["body"])
    return message


def _put_off(desk: Desk, row: Row, wrong: Exception) -> None:
    """Try a mail again later: after a minute, two, four, and at last every six hours."""
    pause = min(dt.timedelta(minutes=2 ** min(row["tries"], 12)), _LONGEST_PAUSE)
    with desk.database.writing() as connection:
        connection.execute(
            "UPDATE outbox SET tries = tries + 1, next = ?, fault = ? WHERE number = ?",
            (stamp(desk.clock() + pause), _reason(wrong), row["number"]),
        )


def _reason(wrong: Exception) -> str:
    """Return why a mail was not taken, without the address that it was for."""
    if isinstance(wrong, smtplib.SMTPResponseException):
        return f"the mail server answered {wrong.smtp_code}"
    if isinstance(wrong, smtplib.SMTPRecipientsRefused):
        return "the mail server refuses the recipient"
    return f"the mail server cannot be used: {getattr(wrong, 'strerror', None) or type(wrong).__name__}"
