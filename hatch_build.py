"""Puts ``patterns/`` and its compilation into the wheel; an editable install reads ``patterns/`` where it stands."""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PatternsHook(BuildHookInterface[Any]):
    """
    Adds ``claimcheck/patterns/`` to a standard wheel.

    The files are listed one by one and only here: hatchling's own ``force-include`` would copy them into editable
    installs too, which would then never see an edit.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds; ``version`` is ``standard`` or ``editable``."""
        if version != "standard":
            return
        patterns = Path(self.root, "patterns")
        included: dict[str, str] = build_data["force_include"]
        for source in sorted(path for path in patterns.rglob("*") if path.is_file()):
            included[str(source)] = f"claimcheck/patterns/{source.relative_to(patterns).as_posix()}"
        compiled = Path(self._scratch(), "compiled.json")
        self._write_compiled(patterns, compiled)
        included[str(compiled)] = "claimcheck/patterns/compiled.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's
        """Called by hatchling after it has built."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()

    def _scratch(self) -> str:
        self._folder = tempfile.TemporaryDirectory(prefix="claimcheck-build-")
        return self._folder.name

    def _write_compiled(self, patterns: Path, target: Path) -> None:
        """The compiler is the sources' own, not that of a claimcheck that happens to be installed."""
        sys.path.insert(0, self.root)
        try:
            store = importlib.import_module("claimcheck.packs.store")
        finally:
            sys.path.remove(self.root)
        store.write_compiled(patterns, target)
