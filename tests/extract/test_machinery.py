"""Files that are written for programs."""

from __future__ import annotations

import pytest

from claimcheck.extract.formats import format_of
from claimcheck.extract.machinery import MACHINERY, is_machinery


@pytest.mark.parametrize(
    "name",
    [
        "package.json",
        "Cargo.toml",
        "CMakeLists.txt",
        "requirements-dev.txt",
        "tsconfig.build.json",
        "tailwind.config.ts",
        "docker-compose.prod.yml",
        "claimcheck.yaml",
        "robots.txt",
        "sitemap-3.xml",
        "LICENSE.md",
        "LICENSE-MIT.txt",
        "product.schema.json",
        "app.min.js",
        "Hero.test.tsx",
        "Hero.stories.mdx",
    ],
)
def test_manifests_settings_licences_and_the_like_are_written_for_programs(name: str) -> None:
    assert is_machinery(name) is True


@pytest.mark.parametrize(
    "name",
    [
        "CHANGELOG.md",
        "README.md",
        "licensed-practitioners.md",
        "products.json",
        "site.yaml",
        "_config.yml",
        "mkdocs.yml",
        "sitemap.md",
        "requirements.md",
        "notice.txt",
        "testing.tsx",
        "config.json",
    ],
)
def test_what_may_hold_copy_is_not(name: str) -> None:
    assert is_machinery(name) is False


@pytest.mark.parametrize("glob", " ".join(MACHINERY.values()).split())
def test_every_name_of_the_table_would_be_read_otherwise(glob: str) -> None:
    name = "txt".join(glob.rsplit("*", 1)) if glob.endswith("*") else glob
    assert (glob, format_of(name)) == (glob.lower(), format_of(name) or "a format")
