"""What tests of several layers share: the shipped rules and one linter, for it keeps spaCy's matchers."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest

from claimcheck.engine.linter import Linter
from claimcheck.packs.rulebook import Rulebook, load_rulebook


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the user's own runs have kept is neither used nor added to."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", os.fspath(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    """The shipped rules."""
    return load_rulebook()


@pytest.fixture(scope="session")
def linter(rulebook: Rulebook) -> Linter:
    """The shipped rules, ready to read documents."""
    return Linter(rulebook)


@pytest.fixture(scope="session")
def word_file() -> Callable[..., bytes]:
    """Makes a plain Word document of paragraphs."""

    def make(*paragraphs: str) -> bytes:
        body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in {**_WORD, "word/document.xml": _DOCUMENT.format(body)}.items():
                archive.writestr(name, content)
        return out.getvalue()

    return make


_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_WORD = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
    f' ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
    f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
}
_DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{}</w:body></w:document>"
)
