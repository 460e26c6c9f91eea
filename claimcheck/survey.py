"""What a repository tells of itself: formats, markets by folder, what builds it, its footers, its CI."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from claimcheck.globs import literal

Service: TypeAlias = Literal["github", "gitlab", ""]

_REGIONS = {"gb": "uk", "uk": "uk", "us": "us", "ca": "ca", "au": "au", "ie": "eu", "eu": "eu"}
_LOCALE = re.compile(r"en[-_]([a-z]{2})", re.IGNORECASE)
# Alone they are languages, too: Catalan and Basque.
_DOUBTFUL = frozenset({"ca", "eu"})
_BARE = frozenset({"uk", "gb", "us", "au", *_DOUBTFUL})

_TOOLS = (
    ("Hugo", ("hugo.toml", "hugo.yaml", "hugo.json", "config/_default"), ("public/", "resources/_gen/")),
    ("Jekyll", ("_config.yml",), ("_site/",)),
    ("Eleventy", (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs"), ("_site/",)),
    ("Astro", ("astro.config.mjs", "astro.config.js", "astro.config.ts"), ("dist/",)),
    ("Next.js", ("next.config.js", "next.config.mjs", "next.config.ts"), ("out/",)),
    ("Gatsby", ("gatsby-config.js", "gatsby-config.ts"), ("public/",)),
    ("Nuxt", ("nuxt.config.js", "nuxt.config.ts"), ("dist/",)),
    ("Shopify", ("config/settings_schema.json",), ()),
    ("WordPress", ("wp-content", "wp-config.php"), ("wp-admin/", "wp-includes/", "wp-content/plugins/")),
)
"""What builds a site, what tells it, and folders of files that nobody writes by hand."""

_SETTINGS = ("hugo.toml", "hugo.yaml", "config.toml", "_config.yml")
_LANGUAGE = re.compile(
    r"^\s*(?:languageCode|lang|locale)\s*[:=]\s*[\"']?en[-_]([a-z]{2})\b", re.IGNORECASE | re.MULTILINE
)
_FOOTER = re.compile(
    r"(?:.*/)?[^/]*footer[^/]*\.(?:html?|liquid|njk|jinja2?|j2|twig|hbs|php|erb|vue|svelte|astro|jsx|tsx)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Survey:
    """
    What a repository tells of itself.

    Args:
        files: How many files a check would take, by the ending of their names, most first.
        policy: That of the market that the site names as its own; empty when it names none.
        markets: ``(pattern of files, policy)`` of folders and names that name a market.
        tools: What builds the site.
        built: Folders, as patterns, of files that nobody writes by hand.
        footers: Paths of templates of footers.
        service: Whose CI it uses.
        hooks: Whether it has a configuration of pre-commit.
        git: Whether it is a repository of git.
    """

    files: tuple[tuple[str, int], ...]
    policy: str
    markets: tuple[tuple[str, str], ...]
    tools: tuple[str, ...]
    built: tuple[str, ...]
    footers: tuple[str, ...]
    service: Service
    hooks: bool
    git: bool


def survey(folder: Path, files: Sequence[str]) -> Survey:
    """
    Look at a repository.

    Args:
        folder: Its top.
        files: Those that a check would take, from there, with ``/``.
    """
    tools = [one for one in _TOOLS if any((folder / name).exists() for name in one[1])]
    built = dict.fromkeys(
        out for _, _, outputs in tools for out in outputs if any(file.startswith(out) for file in files)
    )
    written = [file for file in files if not file.startswith(tuple(built))]
    endings = Counter(Path(file).suffix.lower() for file in written)
    return Survey(
        files=tuple(sorted(endings.items(), key=lambda one: (-one[1], one[0]))),
        policy=_own_policy(folder),
        markets=_markets(written),
        tools=tuple(name for name, _, _ in tools),
        built=tuple(f"/{out}" for out in built),
        footers=tuple(file for file in written if _FOOTER.fullmatch(file)),
        service=_service(folder),
        hooks=(folder / ".pre-commit-config.yaml").exists(),
        git=(folder / ".git").exists(),
    )


def _markets(files: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found = dict(one for file in files for one in _market(file))
    certain = {policy for pattern, policy in found.items() if pattern.strip("/").rpartition("/")[2] not in _DOUBTFUL}
    return tuple(
        (pattern, policy)
        for pattern, policy in sorted(found.items())
        if certain or pattern.strip("/").rpartition("/")[2] not in _DOUBTFUL
    )


def _market(file: str) -> Iterator[tuple[str, str]]:
    """The first folder of a path, or the part of its name, that names a market."""
    *folders, name = file.split("/")
    for depth, one in enumerate(folders, 1):
        if policy := _policy_of(one):
            yield _pattern("/".join(folders[:depth])) + "/", policy
            return
    *parts, _ = name.split(".")
    for one in parts:
        if (locale := _LOCALE.fullmatch(one)) and (policy := _REGIONS.get(locale[1].lower(), "")):
            yield (_pattern(file) if len(parts) == 1 else f"*.{one}.*"), policy
            return


def _policy_of(folder: str) -> str:
    locale = _LOCALE.fullmatch(folder)
    region = locale[1].lower() if locale else folder.lower()
    return _REGIONS.get(region, "") if locale or region in _BARE else ""


def _pattern(path: str) -> str:
    """What fits a path from the top; without the slash in front where another makes it needless."""
    fit = literal(path)
    return fit[1:] if "/" in path else fit


def _own_policy(folder: Path) -> str:
    for name in _SETTINGS:
        try:
            text = (folder / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if said := _LANGUAGE.search(text):
            return _REGIONS.get(said[1].lower(), "")
    return ""


def _service(folder: Path) -> Service:
    if (folder / ".gitlab-ci.yml").exists():
        return "gitlab"
    if (folder / ".github").is_dir():
        return "github"
    try:
        remotes = (folder / ".git" / "config").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    if "gitlab" in remotes:
        return "gitlab"
    return "github" if "github" in remotes else ""
