"""PHP and Blade: the page around the code, the strings that are copy, and the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.extract import extract
from claimcheck.model import Comment, Document
from tests.extract.promised import check_map

PHP = [
    pytest.param(
        "<h1>Soft <?= $x ?> skin</h1><?php if ($a): ?><p>One</p><?php else: ?><p>Two</p><?php endif; ?>",
        ["heading1 0.0: Soft \ufffc skin", "paragraph 1.0: One", "paragraph 2.0: Two"],
        id="the page around the code",
    ),
    pytest.param(
        "<p>It <?= __('fades dark spots', 'shop') ?> and <?php esc_html_e( \"calms red skin\" ); ?>.</p>"
        "<?php echo '<p title=\"Soft skin\">Don\\'t rub ' . esc_html($x) . ' hard</p>'; ?>",
        [
            "paragraph 0.0: It fades dark spots and calms red skin.",
            "attribute 1.0 metadata: Soft skin",
            "paragraph 1.0: Don't rub \ufffc hard",
        ],
        id="strings that are shown are part of the text",
    ),
    pytest.param(
        "<?php return ['title' => 'Soft skin', 'slug' => 'soft skin', 'class' => 'one two', 'one two' => 3,\n"
        "  'items' => [['description' => \"Fades {$a->b} spots,\\t$c and \\\"more\\\"\"], array('Calms red skin')]];",
        [
            "value 0.0: Soft skin",
            'value 1.1: Fades \ufffc spots, \ufffc and "more"',
            "value 2.2: Calms red skin",
        ],
        id="values of arrays by their words and keys, each array a section",
    ),
    pytest.param(
        "<?php $title = 'Soft skin'; $class = 'one two'; $q = 'SELECT a FROM b'; $d = 'F j, Y'; $k = 'cart.add';\n"
        "if ($a == 'Some thing') { throw new MyException('Went quite wrong'); } $a['some thing'] = define('A', 'B');",
        ["value 0.0: Soft skin"],
        id="what is no copy",
    ),
    pytest.param(
        "<?php $a = '<ul><li>Soft ' . $skin . '</li>' . '<li>Firm jaw</li></ul>'; echo \"<b class='x y'></b>\";",
        ["item 0.0: Soft \ufffc", "item 1.0: Firm jaw"],
        id="HTML in strings that are joined",
    ),
    pytest.param(
        "<?php $a = <<<HTML\n  <p>Calms $red skin</p>\n  HTML;\n$b = <<<'X'\nFades $5 spots\nX;\n"
        "$c = <<<SQL\nselect us from it\nSQL;",
        ["value 0.0: Calms \ufffc skin", "value 1.0: Fades $5 spots"],
        id="heredocs and nowdocs",
    ),
    pytest.param(
        "<?php $a = 'Fades %1$s spots in %s weeks'; $b = \"Firms %2\\$s lines, 90%% saw it\";\n"
        "$c = <<<'X'\nLess %s red\nX;\n$d = 'Up to 50% off'; ?><p><?= sprintf('Seen by 9%% in %d weeks', $e) ?></p>",
        [
            "value 0.0: Fades \ufffc spots in \ufffc weeks",
            "value 1.0: Firms \ufffc lines, 90% saw it",
            "value 2.0: Less \ufffc red",
            "value 3.0: Up to 50% off",
            "paragraph 4.0: Seen by 9% in \ufffc weeks",
        ],
        id="placeholders of printf are no words",
    ),
    pytest.param(
        "<p>A</p><?php // it's ?><p>B</p><?php # \"x ?><p>C</p><?php /* ' ?> */ $a = 'Soft skin'; `some thing`",
        ["paragraph 0.0: A", "paragraph 1.0: B", "paragraph 2.0: C", "value 3.0: Soft skin"],
        id="comments end with the code, a string does not",
    ),
    pytest.param(
        "<?php $a = \"?>\"; $b = 'Soft skin'; ?><p>A</p><?php $c = 'Firm jaw",
        ["value 0.0: Soft skin", "paragraph 1.0: A"],
        id="code without end",
    ),
    pytest.param(
        "<?xml version='1.0'?><p>A <? echo 'Soft skin' ?></p>", ["paragraph 0.0: A Soft skin"], id="short tags"
    ),
]  # fmt: skip

BLADE = [
    pytest.param(
        "<p>{{ $a }} {!! $b !!} {{ __('Soft skin') }} @{{ seen }} a@b.org @instagram</p>",
        ["paragraph 0.0: \ufffc \ufffc Soft skin @{{ seen }} \ufffc @instagram"],
        id="output",
    ),
    pytest.param(
        "@extends('a')\n@section('title', 'Soft skin')\n@if ($a == f(')', 'Some thing'))\n<p>A</p>@else<p>B</p>\n@endif"
        "\n@include('card', ['text' => 'Fades (dark) spots', 'class' => 'a bc'])\n"
        "<p @class(['one two'])>@lang('Firm jaw')</p>",
        [
            "attribute 0.0 metadata: Soft skin",
            "paragraph 1.0: A",
            "paragraph 2.0: B",
            "attribute 3.0 metadata: Fades (dark) spots",
            "paragraph 4.0: Firm jaw",
        ],
        id="directives",
    ),
    pytest.param(
        "@php $a = ['title' => 'Soft skin']; @endphp @verbatim<p>{{ seen }}</p>@endverbatim <?php echo 'Firm jaw' ?>",
        ["value 0.0: Soft skin", "paragraph 1.1: {{ seen }}", "paragraph 2.1: Firm jaw"],
        id="code and verbatim text",
    ),
    pytest.param(
        "<x-card title=\"Soft skin\" heading=\"Firm jaw\" class=\"a bc\" :text=\"__('Calms red skin')\">A</x-card>",
        [
            "attribute 0.0 metadata: Soft skin",
            "attribute 1.0 metadata: Firm jaw",
            "attribute 2.0 metadata: Calms red skin",
            "paragraph 0.0: A",
        ],
        id="attributes of components",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "source", "expected"),
    [pytest.param("php", *case.values, id=case.id) for case in PHP]
    + [pytest.param("blade", *case.values, id=f"Blade: {case.id}") for case in BLADE],
)
def test_code_becomes_segments(
    form: str, source: str, expected: list[str], outline: Callable[[str, str], list[str]]
) -> None:
    assert outline(form, source) == expected


@pytest.mark.parametrize(
    ("form", "source", "place"),
    [
        ("php", "<?php // one ?>", "// one "),
        ("php", "<?php # one ?>", "# one "),
        ("php", "<?php /** one */ ?>", "/** one */"),
        ("blade", "{{-- one --}}", "{{-- one --}}"),
    ],
)
def test_a_comment_is_kept(form: str, source: str, place: str) -> None:
    page = f"<p>a</p>{source}<p>b</p>"

    comments = extract(page.encode(), "a", form).comments

    start = page.index(place)
    assert comments == (Comment("one", start, start + len(place), 1),)


@pytest.mark.parametrize(
    ("source", "phrase", "expected"),
    [
        ("\u00e9\U0001f600<?php f('Don\\'t rub it');", "Don't rub", "Don\\'t rub"),
        ('<?php f("Soft\\u{e9} $x->y skin");', "Soft\u00e9 \ufffc skin", "Soft\\u{e9} $x->y skin"),
        ("<?php $a = '<b>Soft</b> ' . $b . ' skin';", "Soft \ufffc skin", "Soft</b> ' . $b . ' skin"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a", "php"), phrase) == expected


def test_comments_may_hold_instructions() -> None:
    source = "<?php\n/*\n * claimcheck: off\n */\nf('Soft skin');"

    assert extract(source.encode(), "a", "php").comments == (Comment("claimcheck: off", 6, 31, 0),)


# In the pieces V is replaced by a word that a reader sees, H by one that no reader sees.
HTML = ("V", "<p>V</p>", '<b class="H" title="V V">V</b>', "<!-- H -->", "V &amp; V", "\n\n", "<ul><li>V<li>V</ul>")
CODE = (
    "$H = 'V V';", "f(H);", "// H\n", "/* H */", "# H\n", "$a = ['title' => 'V V', 'slug' => 'H H', 'H H' => 1];",
    '$a = "V $H V";', '$a = "V {$H->h} V";', "$a = '<p>V</p>' . H . '<b class=\"H\">V</b>';", "if ($a == 'H H') {}",
    "$a = <<<X\nV V\nX;\n", "$a = <<<'X'\nV V\nX;\n", "$a = <<<SQL\nH H\nSQL;\n", "$a = 'H';", '$a = "\\"V\\" V";',
    "$a = '?>'; $b = 'V V';", "[['V V'], ['V V']];", "`H H`;",
)  # fmt: skip
SHOWN = (
    "<?= H ?>",
    "<?= f('V V') ?>",
    "<?php echo 'V V' . H . ' V V'; ?>",
    "<?php _e( 'V V' ) ?>",
    "<a href='<?= H ?>'>V</a>",
)
DIRECTIVES = (
    "{{ H }}", "{!! H !!}", "{{-- H --}}", "@if(H)V@endif", "@include('h', ['text' => 'V V'])",
    "@php $H = 'V V'; @endphp", "@section('title', 'V V')", "{{ f('V V') }}", "@verbatim V @endverbatim",
    "<x-h heading='V V'>V</x-h>", "@lang('V V')", "@foreach (H as H) V @endforeach", "<a href='{{ H }}'>V</a>",
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn, form: str) -> str:
    """A page with code in it."""
    code = st.lists(st.sampled_from(CODE), max_size=5).map(lambda lines: "<?php " + "\n".join(lines) + " ?>")
    more = SHOWN if form == "php" else DIRECTIVES
    return "\n".join(draw(st.lists(st.one_of(st.sampled_from((*HTML, *more)), code), max_size=10)))


@given(st.data())
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("form", ["php", "blade"])
def test_what_is_seen_is_in_a_segment_and_nothing_else(form: str, data: st.DataObject) -> None:
    numbers = count(1000)
    digits = str.maketrans("0123456789", "abcdefghij")
    source = re.sub(
        r"[VH](?![a-z])", lambda found: f"{found[0]}{str(next(numbers)).translate(digits)}z", data.draw(pages(form))
    )

    document = extract(source.encode(), "a", form)

    check_map(document)
    found = re.findall(r"[VH][a-j]+z", " ".join(segment.text for segment in document.segments))
    assert sorted(found) == sorted(re.findall(r"V[a-j]+z", source))


@given(st.text(st.sampled_from("ab <?=>php{}@()[]'\"\\$.;/*#!-\n&"), max_size=60))
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("form", ["php", "blade"])
@pytest.mark.parametrize("start", ["", "<?php "])
def test_the_map_is_exact_in_any_file(start: str, form: str, source: str) -> None:
    check_map(extract(f"{start}{source}".encode(), "a", form))


HOSTILE = {
    "open quotes": "<?php '" * 50_000,
    "escapes": '<?php "' + '\\"' * 50_000,
    "escapes outside": "<?php " + "\\'" * 50_000,
    "joined strings": "<?php " + "'a b'." * 30_000,
    "arrays": "<?php " + "[" * 50_000 + "'Soft skin'" + "]" * 50_000,
    "open comments": "<?php /*" * 30_000,
    "asterisks in a comment": "<?php /* a" + "*" * 250_000 + "b */",
    "open heredocs": "<?php <<<A\n" * 30_000,
    "heredocs": "<?php " + "".join(f"<<<A{number}\nSoft skin\nA{number};\n" for number in range(5_000)),
    "variables": '<?php "' + "$a->b[c] " * 20_000 + '"',
    "open variables": '<?php "' + "{$" * 50_000,
    "keys": "<?php " + "'a b' => " * 20_000,
    "output": "<?= 'Soft skin' ?>" * 10_000,
    "directives": "@a(" * 30_000,
    "open strings in directives": "@lang('" * 30_001,
    "open components": "<x-a b='" * 20_001,
    "open attributes": " :a='" * 30_001,
    "open verbatim text": "@verbatim @php " * 20_000,
    "open braces": "{{ '" * 30_001 + "{!! " * 30_000 + "{{--" * 30_000,
}  # fmt: skip


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("form", ["php", "blade"])
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_to_its_end(name: str, form: str) -> None:
    assert extract(HOSTILE[name].encode(), "a", form).text == HOSTILE[name]
