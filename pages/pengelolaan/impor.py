"""Impor: a workbook into the register in four steps; nothing is stored before Simpan."""

import streamlit as st

from ui import feedback, importing, state
from ui.text import impor as t
from ui.text import umum

by = state.actor()
st.title(umum.IMPOR)
now = importing.step()
importing.progress_line(now)
st.caption(f"{t.JANJI} {t.KEBIJAKAN}")
importing.saved()

if now == 1:
    importing.upload(by)
elif now == 2:
    importing.wait_for_reading(by)
else:
    found = importing.found()
    assert found is not None
    st.header(feedback.escape(found.file_name), divider="gray")
    importing.columns(by, found)
    importing.preview(by, found)
    importing.save(by, found)

if now == 1:
    importing.earlier(by)
