"""Headlines and publishers."""

from __future__ import annotations

import pytest

from tacitus.ingest.headline import find_headline, split_title
from tacitus.ingest.phrases import load_phrases

STORY = "Rebels entered the town on Monday, officials said, and the army withdrew without a fight."


@pytest.mark.parametrize(
    ("pieces", "title", "publisher"),
    [
        (
            ["Rebels enter Goma - Daily Courier", "Home", "Rebels enter Goma", STORY],
            "Rebels enter Goma",
            "Daily Courier",
        ),
        (["Skip to content", "Home » Rebels enter Goma", "Rebels enter Goma", STORY], "Rebels enter Goma", None),
        (["Rebels enter Goma | Africa | Reuters", "Rebels enter Goma", STORY], "Rebels enter Goma", "Reuters"),
        (["Rebels enter Goma", STORY], "Rebels enter Goma", None),
        (
            ["War in Congo - latest: rebels enter Goma - CNN", "War in Congo - latest: rebels enter Goma", STORY],
            "War in Congo - latest: rebels enter Goma",
            "CNN",
        ),
        ([STORY, STORY], None, None),
        (["The army left.", STORY], None, None),
        (["Rebels enter Goma"], None, None),
        ([], None, None),
    ],
)
def test_find_headline(pieces: list[str], title: str | None, publisher: str | None) -> None:
    found = find_headline(pieces, phrases=load_phrases())
    assert (found.title if found else None, found.publisher if found else None) == (title, publisher)


@pytest.mark.parametrize(
    ("text", "title", "publisher"),
    [
        ("Troops cross the river - Daily Post", "Troops cross the river", "Daily Post"),
        (
            "Troops cross the river — and nobody stops them at the other side",
            "Troops cross the river — and nobody stops them at the other side",
            None,
        ),
        ("Troops cross river", "Troops cross river", None),
        ("Cease-fire holds | World News | The Evening Star", "Cease-fire holds | World News", "The Evening Star"),
    ],
)
def test_split_title(text: str, title: str, publisher: str | None) -> None:
    assert (split_title(text).title, split_title(text).publisher) == (title, publisher)
