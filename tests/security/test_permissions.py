"""Every public service that acts for somebody, by every role: refused exactly when the role lacks its permission.

The table is made from the services themselves: a new function that takes `by` and is not written down here fails.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_origin

import pytest

import services
from domain.errors import NotPermitted, PilarError
from domain.filters import Filters
from domain.permissions import ROLES, Actor, Permission
from services import audit

P = Permission
# What each takes; None: whoever is signed in, by the reason beside it.
NEEDS: dict[str, Permission | None] = {}
