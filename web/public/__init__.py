"""Routes for people without an account, a different trust zone: nothing here may read the register."""

# Path prefixes that need no sign-in; the guard lets them pass and everything below them must be a route of this folder.
PREFIXES: tuple[str, ...] = ("/isi", "/daftar")
