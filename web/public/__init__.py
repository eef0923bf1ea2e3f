"""Routes for people without an account, a different trust zone: of the register only what a personal link opens."""

# Path prefixes that need no sign-in; the guard lets them pass and everything below them must be a route of this folder.
PREFIXES: tuple[str, ...] = ("/isi", "/daftar", "/sertifikat")
