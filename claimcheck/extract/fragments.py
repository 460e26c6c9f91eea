"""Which files are fragments: they cannot hold the caveats of the page that they become part of."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Formats of data in which messages of a program are kept, and where.
_CATALOGUES = frozenset("json jsonl yaml toml xml csv tsv".split())
_CODE_CATALOGUES = frozenset("php javascript".split())
_CATALOGUE_FOLDERS = frozenset(
    "i18n l10n lang langs languages locale locales messages translation translations".split()
)
# Of other languages, nothing is reported anyway.
_CATALOGUE_NAME = r"(?:en(?:[-_](?:latn|[a-z]{2}|\d{3}))*|messages|strings|translations?)(?:\.[\w-]+)+|.*\.arb"

_WHOLE = frozenset("docx odt pdf srt vtt".split())

_PARTIAL_FOLDERS = frozenset(
    "_includes _layouts _partial _partials blocks components includes layout layouts partials sections snippets"
    " template-parts".split()
)
_COMPONENTS = frozenset("astro javascript jsx svelte vue".split())
_PAGE_FOLDERS = frozenset("pages views".split())


def is_fragment(path: str, format: str, patterns: Sequence[str] = ()) -> bool:
    """
    Whether a file cannot hold its page's caveats: a message catalogue, a partial, a component that is no page.

    Args:
        path: As it is reported; names of folders and files tell.
        format: Name of the format that it is read as.
        patterns: What a configuration says of that: as in ``.gitignore``, those after ``!`` are none. What they leave
            open is told by format and name.

    Raises:
        UsageError: If a pattern makes no sense.
    """
    if patterns:
        from claimcheck.globs import verdict

        if (said := verdict(patterns, path)) is not None:
            return said
    *folders, name = path.lower().split("/")
    if format == "po":
        return True
    if format in _CATALOGUES or (format in _CODE_CATALOGUES and not _CATALOGUE_FOLDERS.isdisjoint(folders)):
        return not _CATALOGUE_FOLDERS.isdisjoint(folders) or re.fullmatch(_CATALOGUE_NAME, name) is not None
    return format not in _WHOLE and _is_part(folders, name, component=format in _COMPONENTS)


def _is_part(folders: list[str], name: str, *, component: bool) -> bool:
    """Whether a page, template or component is a part of others; the folder that is nearest to it decides."""
    stem = name.partition(".")[0]
    # SvelteKit, Next.js.
    if stem.startswith("+page") or (component and stem == "page" and "app" in folders):
        return False
    # Of Hugo and Remix, "_index" is a page.
    if (name.startswith("_") and stem != "_index") or name.endswith(".component.html"):
        return True
    for folder in reversed(folders):
        if folder in _PARTIAL_FOLDERS:
            return True
        if component and (folder in _PAGE_FOLDERS or (folder == "routes" and not name.endswith(".svelte"))):
            return False
    return component
