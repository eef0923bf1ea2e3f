"""Routes for people with an account: signing in and out, downloads, map shapes; each checks the session itself."""
