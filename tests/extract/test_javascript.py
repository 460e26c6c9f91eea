"""JavaScript, TypeScript and JSX: markup and strings that are copy, what is none, and the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import Reading, extract
from claimcheck.extract.javascript import DEEPEST
from claimcheck.model import Comment, Document
from tests.extract.promised import check_map

MARKUP = [
    pytest.param("", [], id="an empty file has no segments"),
    pytest.param(
        "const a = (\n  <main>\n    <h1>Softens <b>old</b>{' '}\n      scars</h1>\n"
        "    <p>Reads &amp; rests</p>\n  </main>\n);",
        ["heading1 0.0: Softens old scars", "paragraph 1.0: Reads & rests"],
        id="text joins across inline tags and lines, blocks stand apart",
    ),
    pytest.param(
        "a = <p>Fades {name} in {'it\\'s'} {\"two\\u2019s\"} {`${n} days`}{/* or more */}.</p>",
        ["paragraph 0.0: Fades \ufffc in it's two\u2019s \ufffc days."],
        id="strings in braces are text, other code stands for something unknown",
    ),
    pytest.param(
        "a = <p>{soon && <b>Firms</b>} {x ? 'now' : <i>later</i>} skin</p>",
        ["paragraph 0.0: Firms now\ufffclater skin"],
        id="markup in code is text, alternatives do not join",
    ),
    pytest.param(
        "a = <p>{'Calms ' +\n 'red'} {'skin ' + n + ' times'} {t('each day')} {date('MMM d, yyyy')}</p>",
        ["paragraph 0.0: Calms red skin \ufffc times each day \ufffc"],
        id="strings that are put together join",
    ),
    pytest.param(
        "a = <ul>{items.map((item) => (\n  <li key={item.id}>It's {item.name}</li>\n))}<li>Last</li></ul>",
        ["item 0.0: It's \ufffc", "item 1.0: Last"],
        id="lists that code makes",
    ),
    pytest.param(
        'a = <><img alt="Calm skin" src="a b"/><input placeholder="Your name" className="wide field"/>'
        "<a title={`More of ${x}`} href='/a b'>Read</a></>",
        [
            "attribute 0.0 metadata: Calm skin",
            "attribute 0.0 metadata: Your name",
            "attribute 1.0 metadata: More of \ufffc",
            "paragraph 0.0: Read",
        ],
        id="attributes that are spoken",
    ),
    pytest.param(
        'a = <Teaser headline="Fades spots" text={"Calms &amp; soothes"} variant="outline dark" id="the one"'
        " points={['Firms the jaw', 'lifts']} cta={{ label: 'Buy', href: '/buy now' }} alt=\"A jar\"/>",
        [
            "value 0.0: Fades spots",
            "value 1.0: Calms & soothes",
            "value 2.0 <1: Firms the jaw",
            "value 3.1: Buy",
            "attribute 4.0 metadata: A jar",
        ],
        id="props of components are visible text",
    ),
    pytest.param(
        "a = <Card icon={<p>New in</p>} render={() => <b>Slowly</b>}>"
        "<Title>Less red</Title><Text>In days</Text></Card>",
        ["paragraph 0.0: New in", "paragraph 1.0: Slowly", "paragraph 2.0: Less red", "paragraph 3.0: In days"],
        id="components side by side are blocks",
    ),
    pytest.param(
        "a = <p>Fades <Mark>old</Mark> <Foo.Bar<X> x={a > b}>scars</Foo.Bar> <Icon name='a b'/>fast</p>",
        ["paragraph 0.0: Fades old scars fast"],
        id="components in a line of words are part of it",
    ),
    pytest.param(
        "a = <div><style jsx>{`p { color: red }`}</style><script>{`go('a b')`}</script><code>{'a b c'}</code>"
        "<pre>{`a b`}</pre><p hidden>Out of sight</p><svg><text>In a picture</text></svg></div>",
        [],
        id="style sheets, scripts, code and what is hidden are no copy",
    ),
    pytest.param(
        'a = <div dangerouslySetInnerHTML={{ __html: "<p>One <b>bit</b></p><p>Two</p>" }} />',
        ["value 0.0: One bit", "value 1.0: Two"],
        id="HTML in a string",
    ),
    pytest.param(
        "function F() { return <T,>(x) => x < y && x > z ? <i>yes</i> : null }",
        ["paragraph 0.0: yes"],
        id="comparisons and type parameters are no tags",
    ),
    pytest.param(
        "a = <div><p/>Text<ul/><motion.h2>Big</motion.h2></div>",
        ["paragraph 0.0: Text", "heading2 1.1: Big"],
        id="elements without content end where they stand",
    ),
]

STRINGS = [
    pytest.param(
        "export default { title: 'Glow', description: \"Calms red skin\", slug: 'calms red', other: 'one',"
        " note: 'Two words' };",
        ["heading2 0.0: Glow", "value 1.0: Calms red skin", "value 2.0: Two words"],
        id="by the name they are given to, or their words",
    ),
    pytest.param(
        "const title = 'Glow'; let label: string = 'Buy'; x.heading = 'Pure'; function f(text = 'Soft', y = 'hard') {}",
        ["value 0.0: Glow", "value 1.0: Buy", "value 2.0: Pure", "value 3.0: Soft"],
        id="variables, members and parameters have names too",
    ),
    pytest.param(
        "a = [{ title: 'One', text: 'For dry skin' }, { title: 'Two', items: ['Lifts the brow', 'Firms the jaw'] }]",
        [
            "heading2 0.0: One",
            "value 1.0: For dry skin",
            "heading2 2.1: Two",
            "value 3.1 <2: Lifts the brow",
            "value 4.1 <2: Firms the jaw",
        ],
        id="an object with copy is a section",
    ),
    pytest.param(
        "'use client';\nimport a from 'b c d';\nimport 'e f g';\nexport * from 'h i j';\nrequire('k l m');\n"
        "console.log('we are here', { title: 'Logged' });\nthrow new Error(`out of range`);\n"
        "assert.equal(a, 'some words here');\n"
        "if (a === 'two words' || 'red skin' == b) {}\nswitch (a) { case 'one two': }\nx['a key here'];\n"
        "type T = 'dry skin' | 'oily skin';\nlet y: T = z as 'old skin';\ndescribe('the widget', () => {});\n"
        "cn('block of text', { 'some class': true });\n"
        "({ 'a key here': 1, className: 'big bold', query: 'SELECT a FROM b' });\n"
        "gql`query { a b }`; css`color: light red`; styled.div`margin: none at all`;"
        " styled(A)`padding: none at all`;\n",
        [],
        id="what speaks to machines and developers is no copy",
    ),
    pytest.param(
        "a = /['\"`]/.test(b) ? 'Firms the jaw' : c / 2 / 'x'; // it's `odd`\n"
        "b = a++ / 2; /* don't */ c = (1) / 2 + ' Lifts the brow';",
        ["value 0.0: Firms the jaw", "value 1.0: Lifts the brow"],
        id="regular expressions, divisions and comments hide no string",
    ),
    pytest.param(
        "a = 'Calms ' + 'red' +\n  \" skin in \" + days + ' days';"
        " b = `Fades ${x ? 'old scars' : `new ${y} scars`} fast`;",
        [
            "value 0.0: Calms red skin in \ufffc days",
            "value 1.0: Fades \ufffc fast",
            "value 2.0: old scars",
            "value 3.0: new \ufffc scars",
        ],
        id="strings in parts, and templates in templates",
    ),
    pytest.param(
        "a = 'It\\x27s \\u{1F600} so\\u00adft \\ud83d\\ude00\\n\\nand\\tcalm\\\ner \\q';\n"
        'b = \'open string\nc = "ends here";',
        ["value 0.0: It's \U0001f600 soft \U0001f600", "value 1.0: and calmer q", "value 2.0: ends here"],
        id="escapes are decoded; a string that is not closed is none",
    ),
    pytest.param(
        "a = '<p>Calms <em>red</em> skin.</p><p class=\"x y\">Soothes.</p>'; b = '**Fades** old scars';"
        " c = html`<h2>For ${x}</h2>`;",
        [
            "value 0.0: Calms red skin.",
            "value 1.0: Soothes.",
            "value 2.0: Fades old scars",
            "heading2 3.0: For \ufffc",
        ],
        id="HTML and Markdown in strings",
    ),
    pytest.param(
        "t('Buy'); t('cart.buy'); i18n.t(`Pay`); __('Save'); f('Some more words'); f('word'); t`Go on`;",
        [
            "value 0.0: Buy",
            "value 1.0: Pay",
            "value 2.0: Save",
            "value 3.0: Some more words",
            "value 4.0: Go on",
        ],
        id="arguments: what is translated, and what reads as prose",
    ),
]


@pytest.mark.parametrize(("source", "expected"), MARKUP)
def test_markup_becomes_segments(source: str, expected: list[str], outline: Callable[[str, str], list[str]]) -> None:
    assert outline("jsx", source) == expected


@pytest.mark.parametrize(("source", "expected"), STRINGS)
def test_strings_that_are_copy_become_segments(
    source: str, expected: list[str], outline: Callable[[str, str], list[str]]
) -> None:
    assert outline("javascript", source) == expected


def test_typescript_knows_casts_and_no_markup() -> None:
    source = "const a = <Props>b; const c = <T>(x: T) => x; const text = 'Calm'; // </Props>"

    assert [segment.text for segment in extract(source.encode(), "a.ts").segments] == ["Calm"]


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        ("/* \u00e9\U0001f600 */ a = <p>Fades <b>old</b> scars</p>", "Fades old scars", "Fades <b>old</b> scars"),
        ("a = <p>It{'\\'s'} {\"calm\"}</p>", "It's calm", "It{'\\'s'} {\"calm"),
        ("a = <p>now {'\\u2019'}so</p>", "\u2019so", "\\u2019'}so"),
        ("a = <Card text='one &amp; two'/>", "one & two", "one &amp; two"),
        ("text = 'fine' +\n ' lines'", "fine lines", "fine' +\n ' lines"),
        ("text = 'it\\x27s so'", "it's", "it\\x27s"),
        ("text = `a ${ b } c`", "a \ufffc c", "a ${ b } c"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a.jsx"), phrase) == expected


def test_comments_are_kept_with_the_block_that_follows() -> None:
    source = (
        "// one\nconst title = 'Glow'; /* two */\n"
        "a = <p>{/** three */}Calm <b // four\n title='x y'>skin</b></p>; // five"
    )

    comments = extract(source.encode(), "a.tsx").comments

    found = re.finditer(r"// (\w+)|/\*+ (\w+) \*/", source)
    assert comments == tuple(
        Comment(each[1] or each[2], *each.span(), block) for each, block in zip(found, (0, 1, 1, 1, None), strict=True)
    )


def test_a_configuration_says_which_names_hold_copy() -> None:
    source = "a = { usp: 'glow', text: 'Calms skin', b: <Card usp='soft' text='Firms skin'/> }"
    reading = Reading(copy=("usp",), other=("text",))

    document = extract(source.encode(), "a.jsx", reading=reading)

    assert [segment.text for segment in document.segments] == ["glow", "soft"]


def test_markup_in_attributes_without_end_is_refused() -> None:
    with pytest.raises(ExtractError) as caught:
        extract(("a = " + "<A b={" * 40 + "}/>" * 40).encode(), "a.jsx")

    # The first of them stands in none.
    assert caught.value.where == f"a.jsx:1:{len('a = ' + '<A b={' * (DEEPEST + 1)) + 1}"


INLINE = (
    "V", "V", "<b>V</b>", "{H}", '{"V V"}', "{'V\\'V V'}", "{`V ${H} V`}", "{/* H */}", "V &amp; V", "V&nbsp;V",
    '<a href="/H" title="V">V</a>', '<span className="H H">V</span>', "{H && <i>V</i>}", "<br/>", "<code>H</code>",
    '{H === "H H" ? "V" : <b>V</b>}', '<img alt="V V" src="H"/>', "{t('V V')}", "<Link to='/H'>V</Link>", "<>V</>",
    "{H.map((H) => <b key={H}>V</b>)}", "V\u00adV", "\U0001f600 V", "it's V", "{'V ' + H + \" V\"}", "<Icon name='H'/>",
    "{[H].map(H => { const x = H < 2; return <u>V {x}</u>; })}", "(V)", "// V", "{/* <b>H */}", "{'V\\u2019V'}",
)  # fmt: skip
BLOCKS = (
    "<h2>P</h2>", "<p>P</p>", "<ul><li>P</li><li>P</li></ul>", '<Teaser headline="V V" id="H" body={`V ${H} V`} />',
    '<Card icon={<p>V</p>} onClick={() => H("H")}>\nP\n</Card>', "<style>{`H`}</style>", "<p hidden>H</p>",
    '<div dangerouslySetInnerHTML={{ __html: "<p>V</p>" }} />', "<A b={{ title: 'V', c: 'H' }} {...H}>P</A>",
    "{H ? (\n<p>P</p>\n) : (\n<p>P</p>\n)}", "<table><tr><td>P</td></tr></table>", "<List items={['V V', 'H']}/>",
    "{/*\n<p>H</p>\n*/}", "<section aria-label='V V'>P</section>", "<T<H> text='V'>P</T>", "<x.y z='H'>P</x.y>",
)  # fmt: skip
STATEMENTS = (
    'import H from "H H";', 'console.log("H H", { title: "H H" });', "throw new Error(`H H`);", "// H 'H\n",
    "/* H ` */",
    'const x = { title: "V", className: "H H", body: \'V V\' };', 'const y = ["V V", "H"];', "type A = 'H H' | 'h H';",
    'if (x === "H H") { y = "V V" }', "const z = /H 'H`/.test(x) / 2;", 'x = `V ${H["H H"]} V`;',
    'x = "V V " + H + " V";', "html`<p>V ${H}</p>`;", "css`H: H H;`;", "switch (H) { case 'H H': f('V V') }",
    "a = (H) => { return 'V V' };", "b = H < 1 ? 'V V' : c > 2;", "f(a => a / 2, 'V V', /[/']H/);", "t(`V`);",
    "x = 'V\\\nV V';", "class A { title = 'V'; b() { return <p>P</p> } }", "return <main>B</main>;", "x = <>B</>;",
    "x = y ? <p>P</p> : 'V V';", "const c = { render() { return <p>P</p> }, text: `V` };",
)  # fmt: skip


def worded(template: str) -> str:
    """The template with words for its V and H, each another one: of letters only, as copy is."""
    numbers = count(125)

    def word(found: re.Match[str]) -> str:
        number = next(numbers)
        letters = "".join("abcde"[number // 5**place % 5] for place in range(4))
        return f"{found[0]}{letters}{found[0].lower()}"

    return re.sub("[VH]", word, template)


def words_of(document: Document) -> list[str]:
    """The words of a made up document that are in its segments."""
    return sorted(re.findall(r"[VH][a-e]{4}[vh]", " ".join(segment.text for segment in document.segments)))


inline = st.lists(st.sampled_from(INLINE), min_size=1, max_size=5).map(lambda pieces: " ".join(("V", *pieces)))


@st.composite
def markup(draw: st.DrawFn) -> str:
    """Markup in which visible words are V and hidden ones H."""
    blocks = draw(st.lists(st.sampled_from(BLOCKS), max_size=4))
    return re.sub("P", lambda _: draw(inline), "\n".join(blocks))


@st.composite
def script(draw: st.DrawFn) -> str:
    """A file of code in which visible words are V and hidden ones H."""
    statements = "\n".join(draw(st.lists(st.sampled_from(STATEMENTS), max_size=5)))
    return re.sub("P", lambda _: draw(inline), re.sub("B", lambda _: draw(markup()), statements))


@given(script(), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=250, deadline=None)
def test_what_is_seen_is_in_a_segment_and_nothing_else(template: str, line_end: str) -> None:
    source = worded(template).replace("\n", line_end)

    document = extract(source.encode(), "a.jsx")

    assert words_of(document) == sorted(re.findall(r"V[a-e]{4}v", source))
    check_map(document)


@given(st.text(st.sampled_from("ab '\"`${}()[]<>/=>&;:,.\\\n\r+*u{41}\u00e9\U0001f600\u200bA-!"), max_size=60))
@settings(max_examples=400, deadline=None)
@pytest.mark.parametrize("form", ["jsx", "javascript", "vue", "svelte", "astro"])
def test_the_map_is_exact_in_any_file(form: str, source: str) -> None:
    check_map(extract(source.encode(), "a", form))


HOSTILE = {
    "round brackets": "(" * 100_000,
    "all brackets": "([{" * 50_000,
    "closing brackets": "[" * 50_000 + ")" * 50_000 + "}" * 50_000,
    "elements": "<a>" * 100_000,
    "elements that end": "x=" + "<a>" * 50_000 + "</a>" * 50_000,
    "elements of many names": "x=" + "".join(f"<a{n}>" for n in range(20_000)),
    "end tags in vain": "x=<a>" + "</b>" * 100_000 + "</a>",
    "code in elements": "x=" + "<a>{" * 50_000,
    "templates in templates": "`${" * 50_000,
    "templates of HTML": "html`${" * 30_000,
    "objects in objects": "x={a:" * 50_000 + "'Some words'" + "}" * 50_000,
    "open strings": "'a\n" * 100_000,
    "strings put together": "x='a b'" + "+'a b'" * 50_000,
    "open regular expressions": "=/[a" * 50_000,
    "open regular expressions in brackets": "(/[ " * 50_000,
    "tags": "<a " * 100_000,
    "open attributes": "x=<a " + "b='" * 100_001,
    "generics": "a<" * 100_000,
    "one long word": "a" * 2_000_000,
    "one long space": "x" + " " * 2_000_000 + "y",
    "assignments without end": "x=\n;" * 50_000,
    "comments": "/*" * 100_000,
    "small markup": "x=<p>V</p>;" * 20_000,
}


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("form", ["jsx", "vue", "svelte", "astro", "mdx"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_or_refused(name: str, form: str) -> None:
    source = f"<template>{HOSTILE[name]}" if form == "vue" else HOSTILE[name]

    try:
        document = extract(source.encode(), "a", form)
    except ExtractError as error:
        assert error.where.startswith("a:")  # noqa: PT017 - either end is a good one
    else:
        assert document.text == source
