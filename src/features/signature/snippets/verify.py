import hashlib
import hmac


def is_from_nexudus(body: bytes, signature: str, secret: str) -> bool:
    """`body` are the bytes as they arrived, before anything parses them."""
    expected = hmac.new(secret.encode("ascii"), body, hashlib.sha256).hexdigest().upper()
    return hmac.compare_digest(expected, (signature or "").upper())
