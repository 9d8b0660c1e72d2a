"""The reading room: what the database holds as web pages and as JSON, for one machine, without any request to another one.

Needs the extra `tacitus[web]`; nothing is imported before `create_app` is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tacitus.web.settings import RoomSettings

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["RoomSettings", "create_app"]


def create_app(settings: RoomSettings) -> Starlette:
    """The application. Raises StoreError when the database cannot be read, SettingsError when the extra is not installed."""
    from tacitus.errors import SettingsError

    try:
        from tacitus.web.app import build
    except ModuleNotFoundError as err:
        raise SettingsError(f"the reading room needs {err.name}; install it with: pip install 'tacitus[web]'") from err
    return build(settings)
