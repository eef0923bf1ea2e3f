"""Composition root: the Streamlit screens, the plain routes beside them, the guard before both, and what starts them."""

import streamlit as st

import settings
from ui.start import lifespan
from web.routes import MIDDLEWARE, ROUTES

app = st.App(settings.ROOT / "ui" / "main.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)

if __name__ == "__main__":
    app.run()
