"""The table of formats: what there is, and what a file is read as by its name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """
    A kind of file that can be read.

    Args:
        name: As it stands in ``Document.format`` and in options.
        title: What people call it.
        suffixes: Endings of file names, lower case, with their dot; of several that fit, the longest counts.
        module: Holds ``read(data: bytes, path: str, reading: Reading) -> Document`` or, if ``records``,
            ``read_records(data, path, reading) -> Iterator[Document]``; imported when the first such file comes.
        records: Whether each row, item or message is a document of its own.
        binary: Whether such a file is no text.
        walked: Whether a walk through a folder takes such files; the others are read when they are named.
        extra: The extra of the distribution that reading needs; empty for none.
        needs: The module that this extra brings.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    module: str
    records: bool = False
    binary: bool = False
    walked: bool = True
    extra: str = ""
    needs: str = ""


_HERE = "claimcheck.extract."

FORMATS: tuple[Format, ...] = (
    Format("text", "plain text", (".txt", ".text"), f"{_HERE}plaintext"),
    Format("markdown", "Markdown, Quarto", (".md", ".markdown", ".mkd", ".qmd", ".rmd"), f"{_HERE}markdown"),
    Format("mdx", "MDX", (".mdx",), f"{_HERE}mdx"),
    Format("html", "HTML", (".html", ".htm", ".xhtml"), f"{_HERE}html"),
    Format("rst", "reStructuredText", (".rst",), f"{_HERE}rst"),
    Format("asciidoc", "AsciiDoc", (".adoc", ".asciidoc", ".asc"), f"{_HERE}asciidoc"),
    Format("srt", "SubRip subtitles", (".srt",), f"{_HERE}subtitles"),
    Format("vtt", "WebVTT subtitles", (".vtt",), f"{_HERE}subtitles"),
    Format("json", "JSON", (".json", ".jsonc"), f"{_HERE}json"),
    Format("jsonl", "JSON Lines", (".jsonl", ".ndjson"), f"{_HERE}jsonlines", records=True),
    Format("yaml", "YAML", (".yaml", ".yml"), f"{_HERE}yaml"),
    Format("toml", "TOML", (".toml",), f"{_HERE}toml"),
    Format("csv", "CSV", (".csv",), f"{_HERE}csv", records=True),
    Format("tsv", "tab-separated values", (".tsv", ".tab"), f"{_HERE}csv", records=True),
    Format("xml", "XML, RSS, Atom", (".xml", ".rss", ".atom"), f"{_HERE}xml", records=True),
    Format("po", "gettext messages", (".po", ".pot"), f"{_HERE}gettext", records=True),
    Format("liquid", "Liquid", (".liquid",), f"{_HERE}liquid"),
    Format("jinja", "Jinja, Nunjucks, Twig", (".jinja", ".jinja2", ".j2", ".njk", ".twig"), f"{_HERE}jinja"),
    Format("handlebars", "Handlebars, Mustache", (".hbs", ".handlebars", ".mustache"), f"{_HERE}handlebars"),
    Format("erb", "ERB", (".erb",), f"{_HERE}erb"),
    Format("php", "PHP", (".php", ".phtml"), f"{_HERE}php"),
    Format("blade", "Blade", (".blade.php",), f"{_HERE}blade"),
    Format("astro", "Astro", (".astro",), f"{_HERE}astro"),
    Format("vue", "Vue", (".vue",), f"{_HERE}vue"),
    Format("svelte", "Svelte", (".svelte",), f"{_HERE}svelte"),
    Format("jsx", "JSX, TSX", (".jsx", ".tsx"), f"{_HERE}jsx"),
    Format(
        "javascript",
        "JavaScript, TypeScript",
        (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"),
        f"{_HERE}javascript",
        walked=False,
    ),
    Format("docx", "Word", (".docx",), f"{_HERE}docx", binary=True),
    Format("odt", "OpenDocument text", (".odt",), f"{_HERE}odt", binary=True),
    Format("pdf", "PDF", (".pdf",), f"{_HERE}pdf", binary=True, extra="pdf", needs="pypdfium2"),
)

_BY_NAME = {known.name: known for known in FORMATS}
_BY_SUFFIX = {suffix: known for known in FORMATS for suffix in known.suffixes}


def format_of(path: str) -> str | None:
    """Name of the format that a file's name stands for, in any case; ``None`` if it stands for none."""
    name = path.replace("\\", "/").rpartition("/")[2].lower()
    at = name.find(".", 1)
    while at >= 0:
        if known := _BY_SUFFIX.get(name[at:]):
            return known.name
        at = name.find(".", at + 1)
    return None


def format_named(name: str) -> Format:
    """
    The format of a name; one that is not in the table is looked for among those that other packages bring.

    Raises:
        UsageError: If there is none, or it cannot be loaded.
    """
    if known := _BY_NAME.get(name):
        return known
    # Entry points take as long to read as a page does.
    from claimcheck.extract.thirdparty import third_party

    return third_party(name)


def is_shipped(known: Format) -> bool:
    """Whether a format is one of the table."""
    return _BY_NAME.get(known.name) is known
