"""Plain Starlette routes and the guard in front of every request; nothing here knows Streamlit."""
