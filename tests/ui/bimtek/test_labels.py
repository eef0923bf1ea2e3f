"""Two people of one name and one institution must stay two choices."""

from streamlit.testing.v1 import AppTest

from ui.bimtek.labels import apart


def test_equal_labels_are_numbered_and_never_meet_another() -> None:
    assert apart({1: "A", 2: "A", 3: "A (2)", 4: "A"}) == {1: "A", 2: "A (2)", 3: "A (2) (2)", 4: "A (3)"}


def test_the_first_of_two_equals_can_be_chosen() -> None:
    """Story: pre and post have one title; without this, choosing the pre-test stored answers to the post-test."""

    def page() -> None:
        import streamlit as st

        from ui.bimtek.labels import apart

        words = apart({1: "Tes", 2: "Tes"})
        st.text(str(st.selectbox("Formulir", list(words), 0, words.__getitem__)))

    app = AppTest.from_function(page).run(timeout=20)
    assert app.text[0].value == "1"
    assert app.selectbox[0].set_value(2).run().text[0].value == "2"
