"""What a user may choose about the reading room."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tacitus.errors import SettingsError

LOCAL = ("127.0.0.1", "localhost", "::1")
ANYWHERE = ("0.0.0.0", "::")
MIN_TOKEN = 16  # characters; shorter ones can be tried out


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSettings:
    """Which database, and who may read it.

    `host` other than this machine's own needs a `token`, which every visitor must present once. `actors`, `gazetteer`, `places`: the files
    with which the pages were coded, so that reviewers choose among the same entries.
    """

    db: Path
    host: str = "127.0.0.1"
    port: int = 8400
    token: str | None = None
    actors: tuple[Path, ...] = ()
    gazetteer: Path | None = None
    places: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if self.host not in LOCAL and self.token is None:
            raise SettingsError(
                f"--host {self.host}: others could read along; give a --token as well, or leave --host out"
            )
        if self.token is not None and len(self.token) < MIN_TOKEN:
            raise SettingsError(f"the token must have at least {MIN_TOKEN} characters")

    @property
    def hosts(self) -> frozenset[str] | None:
        """The names under which the room may be addressed; None for any.

        A page elsewhere can point a name of its own at 127.0.0.1 and read along as that name; so only ours are answered. Where the room
        listens on all addresses its names are not known, and the token, which no such page has, keeps it out.
        """
        return None if self.host in ANYWHERE else frozenset({*LOCAL, self.host})
