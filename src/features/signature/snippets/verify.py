import hashlib
import hmac
import re


def is_from_nexudus(body: bytes, signature: str, secret: str) -> bool:
    """`body` are the bytes as they arrived, before anything parses them."""
    given = (signature or "").upper()
    if not re.fullmatch("[0-9A-F]{64}", given):
        return False

    # the documented routine signs a "?" for each UTF-16 unit beyond ASCII, so that form is good, too
    text = body.decode("utf-8", "replace")
    substituted = "".join(
        c if ord(c) < 128 else "?" if ord(c) < 0x10000 else "??" for c in text
    ).encode("ascii")
    key = secret.encode("utf-8")
    return any(
        hmac.compare_digest(hmac.new(key, message, hashlib.sha256).hexdigest().upper(), given)
        for message in (body, substituted)
    )
