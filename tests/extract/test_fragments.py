"""Which files cannot hold their page's caveats."""

from __future__ import annotations

import pytest

from claimcheck.errors import UsageError
from claimcheck.extract.formats import FORMATS, format_of
from claimcheck.extract.fragments import is_fragment

FRAGMENTS = """
    po/de.po messages.pot
    locales/en.json src/i18n/en/home.yaml config/lang/site.toml messages/en.json translations/shop.csv lang/en/site.php
    en.json data/en-GB.yml en_US.default.json messages.en.yaml strings.xml res/values/strings.xml translation.json
    themes/a/locales/en.default.json app/lang/messages.ts
    _includes/note.html layouts/partials/hero.html Partials/Card.hbs snippets/badge.liquid sections/hero.liquid
    blocks/price.twig layout/theme.liquid _layouts/post.md template-parts/hero.php views/components/alert.blade.php
    resources/views/layouts/app.blade.php content/_note.md docs/_partials/setup.mdx _header.njk hero.component.html
    src/components/Hero.vue Hero.svelte src/App.tsx src/layouts/Base.astro pages/components/Card.jsx copy.ts
    src/routes/Card.svelte src/routes/+layout.svelte app/layout.tsx pages/_app.tsx
    """
WHOLE = """
    content/about.md index.html docs/guide.rst notes.txt _index.md content/_index.md blog/_posts/peel.md
    data/products.json content/en/home.json package/feed.csv catalogue.xml config.yaml hugo.toml menu.json enough.json
    locales/about.md lang/en/about.html i18n/brief.docx
    templates/page.liquid templates/base.jinja2 index.php resources/views/home.blade.php
    src/pages/index.astro pages/index.vue src/views/Home.vue components/pages/Home.vue app/page.tsx
    app/shop/[slug]/page.jsx app/components/page.tsx src/routes/+page.svelte src/routes/components/+page.svelte
    app/routes/_index.tsx app/routes/about.tsx components/brief.docx components/film.srt partials/brief.pdf
    """


@pytest.mark.parametrize("path", FRAGMENTS.split())
def test_catalogues_partials_and_components_are_fragments(path: str) -> None:
    assert is_fragment(path, known(path)) is True


@pytest.mark.parametrize("path", WHOLE.split())
def test_pages_and_content_are_none(path: str) -> None:
    assert is_fragment(path, known(path)) is False


def test_catalogues_of_apps_are_fragments_whatever_they_are_read_as() -> None:
    assert is_fragment("lib/l10n/app_en.arb", "json") is True


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("components/home.vue", False),
        ("components/card.vue", True),
        ("content/teasers/a.md", True),
        ("content/teasers/whole.md", False),
        ("content/a.md", False),
    ],
)
def test_a_configuration_knows_better(path: str, expected: bool) -> None:  # noqa: FBT001 - an answer
    patterns = ("!components/home.vue", "content/teasers/", "!whole.md")
    assert is_fragment(path, known(path), patterns) is expected


def test_a_pattern_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(UsageError):
        is_fragment("a.md", "markdown", ("!",))


@pytest.mark.parametrize("format", [one.name for one in FORMATS if one.name != "po"])
def test_a_file_of_no_special_name_is_a_fragment_only_if_it_is_a_component(format: str) -> None:
    components = {"astro", "vue", "svelte", "jsx", "javascript"}
    assert is_fragment("shop/peel.xyz", format) is (format in components)


def known(path: str) -> str:
    """The format of a name."""
    name = format_of(path)
    assert name is not None
    return name
