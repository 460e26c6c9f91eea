"""Files that are written for programs, told by their names: never copy, though their endings are those of formats."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cache

MACHINERY: dict[str, str] = {
    "manifests and lock files of packages": """
        package.json package-lock.json npm-shrinkwrap.json pnpm-lock.yaml pnpm-workspace.yaml bower.json lerna.json
        deno.json deno.jsonc jsr.json composer.json packages.lock.json pyproject.toml requirements*.txt
        *-requirements.txt constraints*.txt environment.yml cargo.toml pubspec.yaml chart.yaml pom.xml
        cmakelists.txt
    """,
    "settings of tools and services": """
        claimcheck.yaml claimcheck-baseline.jsonl
        tsconfig*.json jsconfig*.json tslint.json typedoc.json *.config.js *.config.mjs *.config.cjs
        *.config.ts *.config.mts babel.config.json biome.json biome.jsonc renovate.json nx.json turbo.json
        angular.json cypress.json nodemon.json components.json ruff.toml poetry.toml rustfmt.toml
        rust-toolchain.toml vercel.json netlify.toml fly.toml wrangler.toml wrangler.json wrangler.jsonc
        firebase.json serverless.yml render.yaml docker-compose*.yml docker-compose*.yaml compose.yml compose.yaml
        codecov.yml appveyor.yml azure-pipelines*.yml bitbucket-pipelines.yml cloudbuild.yaml taskfile.yml
        lefthook.yml browserconfig.xml
    """,
    "what crawlers read": """
        robots.txt ads.txt app-ads.txt sitemap.xml sitemap[-_0-9]*.xml crossdomain.xml opensearch.xml
    """,
    "licences of software": """
        license.* licence.* license-*.txt license-*.md *.license.txt copying.* unlicense.* third-party-notices.*
        third-party-licenses.* thirdpartynotices.*
    """,
    "schemas and descriptions of interfaces": """
        *.schema.json *.schema.yaml *.schema.yml openapi.json openapi.yaml openapi.yml swagger.json swagger.yaml
        swagger.yml asyncapi.json asyncapi.yaml asyncapi.yml *.d.ts *.d.mts *.d.cts
    """,
    "what a build made": """
        *.min.js *.min.mjs *.bundle.js *.chunk.js
    """,
    "tests and stories of components": """
        *.test.jsx *.test.tsx *.test.js *.test.ts *.spec.jsx *.spec.tsx *.spec.js *.spec.ts *.stories.jsx
        *.stories.tsx *.stories.js *.stories.ts *.stories.mdx
    """,
}
"""What they are, and globs of their names in lower case."""

_WILD = re.compile(r"\*|\[[^]]*\]")


def is_machinery(name: str) -> bool:
    """Whether a file of that name (without its folder) is written for programs."""
    lower = name.lower()
    names, globs = _table()
    return lower in names or any(
        lower.startswith(begin) and lower.endswith(end) and fnmatchcase(lower, glob) for begin, end, glob in globs
    )


@cache
def _table() -> tuple[frozenset[str], list[tuple[str, str, str]]]:
    """Names, and globs with how what they fit begins and ends: to make one pattern of all takes a hook too long."""
    table = [glob for globs in MACHINERY.values() for glob in globs.split()]
    wild = [glob for glob in table if _WILD.search(glob)]
    return frozenset(table) - frozenset(wild), [(_WILD.split(one)[0], _WILD.split(one)[-1], one) for one in wild]
