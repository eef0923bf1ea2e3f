"""The shipped Streamlit settings: every option exists in this Streamlit, safety holds, and text can be read."""

import tomllib
from typing import Any

import pytest
from streamlit import config

import settings
from ui.charts import theme

CONFIG: dict[str, Any] = tomllib.loads((settings.ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))


def options(tree: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in tree.items():
        path = prefix + name
        found |= options(value, path + ".") if isinstance(value, dict) else {path: value}
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def faded(colour: str, on: str, share: float) -> str:
    mixed = [round(share * int(colour[i : i + 2], 16) + (1 - share) * int(on[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{part:02X}" for part in mixed)


@pytest.mark.parametrize("name", options(CONFIG))
def test_option_exists_in_this_streamlit(name: str) -> None:
    config.get_option(name)  # raises for an unknown name; runner.postScriptGC is a hidden one


def test_shipped_settings_are_the_required_ones() -> None:
    shipped = options(CONFIG)

    def get(name: str) -> object:
        return shipped.get(name, config.get_option(name))

    assert settings.wrong_options(get) == []


@pytest.mark.parametrize(
    "name", ["textColor", "primaryColor", "redColor", "orangeColor", "yellowColor", "greenColor", "grayColor"]
)
@pytest.mark.parametrize("ground", ["#FFFFFF", "#F3F6F9"])
def test_text_colours_can_be_read(name: str, ground: str) -> None:
    assert contrast(CONFIG["theme"][name], ground) >= 4.5


@pytest.mark.parametrize("ground", ["#FFFFFF", "#F3F6F9"])
def test_captions_can_be_read(ground: str) -> None:
    assert contrast(faded(CONFIG["theme"]["textColor"], ground, 0.6), ground) >= 4.5


def test_chart_colours_stand_out_and_the_chart_code_uses_them() -> None:
    colours = CONFIG["theme"]["chartCategoricalColors"]
    assert all(contrast(colour, "#FFFFFF") >= 3 for colour in colours[:6])
    assert set(theme.KLUSTER.values()) == set(colours[:6]) and colours[6] == theme.REST
    assert CONFIG["theme"]["chartSequentialColors"] == theme.SEQUENTIAL
    assert contrast(theme.LABEL, "#FFFFFF") >= 4.5


def test_theme_is_light_only() -> None:
    assert CONFIG["theme"]["base"] == "light" and not {"light", "dark"} & set(CONFIG["theme"])
