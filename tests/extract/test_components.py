"""Components of Vue, Svelte and Astro: what of them is copy, and the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.extract import extract
from claimcheck.model import Document
from tests.extract.promised import check_map
from tests.extract.test_javascript import worded, words_of

SEGMENTS = [
    pytest.param(
        "vue",
        "<script setup lang=\"ts\">\nconst title: string = 'Glow'\nimport a from 'b c d'\n</script>\n"
        "<template>\n<div class=\"a b\" v-if=\"x === 'some words'\">\n<h1>Calms {{ kind }} and {{ 'red' }} skin</h1>\n"
        "<template #end><p>Seen {{ x ? 'now' : \"later\" }}</p></template></div>\n</template>\n"
        "<style scoped>\np { content: 'not a word' }\n</style>\n",
        ["value 0.0: Glow", "heading1 1.1: Calms \ufffc and red skin", "paragraph 2.1: Seen now\ufffclater"],
        id="a template, code in it, scripts and style sheets",
    ),
    pytest.param(
        "vue",
        '<template><teaser-box headline="Fades spots" :text="`For ${x} skin`" :class="\'big bold\'" v-slot:some.words'
        " @click=\"go('to the shop')\"/><p v-html=\"'<b>Less</b> red'\"></p><img alt='A jar' :title=\"'One more'\">"
        "<p hidden>Not here</p></template>",
        [
            "value 0.0: Fades spots",
            "value 1.0: For \ufffc skin",
            "value 2.0: Less red",
            "attribute 3.0 metadata: A jar",
            "attribute 4.0 metadata: One more",
        ],
        id="attributes that are bound to code",
    ),
    pytest.param(
        "vue",
        '<i18n>{"en": {"title": "Buy", "text": "Pay later"}}</i18n><i18n>title: Yes</i18n><docs>Nothing to see</docs>'
        '<template lang="pug">p Not read</template>',
        ["heading2 0.0: Buy", "value 1.0: Pay later"],
        id="messages; other blocks are none",
    ),
    pytest.param(
        "vue",
        '<i18n lang="yaml">\nen:\n  title: Buy\n  text: Pay later\n</i18n>\n<i18n lang="yml">en: [</i18n>\n'
        "<template><p>Ships today</p></template>",
        ["heading2 0.0: Buy", "value 1.0: Pay later", "paragraph 2.1: Ships today"],
        id="messages in YAML",
    ),
    pytest.param(
        "vue",
        "<script>this.$emit('two words', this.$t('Fades spots')); x.$once('more words', f)</script>",
        ["value 0.0: Fades spots"],
        id="names of events are none, messages are",
    ),
    pytest.param(
        "svelte",
        "<script>\n  export let title = 'Glow';\n</script>\n<svelte:head><title>The shop</title></svelte:head>\n"
        "{#if a === 'x y'}\n  <h1>Calms {kind} skin</h1>\n{:else}\n"
        "  <p title=\"For {name} now\">It's {'so'} {@html x}</p>\n"
        "{/if}\n<ul>{#each items as item, i (item.id)}<li on:click={() => go('a b')}>Item {i}</li>{/each}</ul>\n"
        "<Teaser headline=\"Fades spots\" {title} {...rest} text={'Lifts the brow'} />\n"
        "<style>p { color: red }</style>\n",
        [
            "value 0.0: Glow",
            "attribute 1.0 metadata: The shop",
            "heading1 2.1: Calms \ufffc skin",
            "attribute 3.0 metadata: For \ufffc now",
            "paragraph 3.1: It's so \ufffc",
            "item 4.1 <3: Item \ufffc",
            "value 5.1: Fades spots",
            "value 6.1: Lifts the brow",
        ],
        id="blocks, code and components",
    ),
    pytest.param(
        "svelte",
        "<p>It {@html 'calms red'} skin</p>{@html '<h2>Peels</h2><p>For <b>sore</b> skin'}<p>{@html x}</p>"
        "{@html `<p>Fades ${x} spots</p>`}",
        [
            "paragraph 0.0: It calms red skin",
            "heading2 1.0: Peels",
            "value 2.0: For sore skin",
            "value 3.0: Fades \ufffc spots",
        ],
        id="strings of HTML",
    ),
    pytest.param(
        "astro",
        "---\nimport A from './a.astro';\nconst { title = 'Glow' } = Astro.props;\n---\n"
        '<!doctype html>\n<html lang="en">'
        '<head><title>{title} shop</title><meta name="description" content="Calms red skin"></head>\n'
        "<body class:list={['a b', c]}><h1>Fades {kind}<br>spots</h1>\n"
        '{list.map((item) => <li><b>{item.name}</b> it\'s <img alt="A jar"> good</li>)}\n'
        "{show && (<p>Don't {'worry'}</p>)}<Teaser headline=\"Lifts the brow\" /><Card><h2>Two</h2></Card>\n"
        "<script>console.log('not a word'); el.title = 'Yes';</script><style>p { color: red }</style>\n"
        '<script type="application/ld+json">{"description": "Firms the jaw"}</script></body></html>\n',
        [
            "value 0.0: Glow",
            "attribute 1.0 metadata: \ufffc shop",
            "attribute 2.0 metadata: Calms red skin",
            "heading1 3.1: Fades \ufffc spots",
            "item 4.1: \ufffc it's  good",
            "attribute 4.0 metadata: A jar",
            "paragraph 5.1: Don't worry",
            "value 6.1: Lifts the brow",
            "heading2 7.1: Two",
            "value 8.1: Yes",
            "value 9.0 metadata: Firms the jaw",
        ],
        id="front matter in TypeScript, markup in code, data in scripts",
    ),
    pytest.param(
        "astro",
        "<p set:html=\"<b>Less</b> red\" /><p set:text='Firms the jaw'/><p set:html={'<i>Soft</i> skin'}/>"
        "<Fragment set:html={`Fades ${x} spots`}/><p set:text={x}/>",
        ["value 0.0: Less red", "value 1.0: Firms the jaw", "value 2.0: Soft skin", "value 3.0: Fades \ufffc spots"],
        id="what is put into elements",
    ),
    pytest.param(
        "astro", "<p>No front matter --- here</p>", ["paragraph 0.0: No front matter --- here"], id="only markup"
    ),
]


@pytest.mark.parametrize(("form", "source", "expected"), SEGMENTS)
def test_components_become_segments(
    form: str, source: str, expected: list[str], outline: Callable[[str, str], list[str]]
) -> None:
    assert outline(form, source) == expected


@pytest.mark.parametrize(
    ("form", "source", "phrase", "expected"),
    [
        ("vue", "<template><p>\u00e9 {{ 'old' }} scars</p></template>", "old scars", "old' }} scars"),
        ("vue", "<template><p :title=\"'It\\'s'\"/></template>", "It's", "It\\'s"),
        ("svelte", "\U0001f600<p>{#if x}old{/if} <b>scars</b></p>", "old scars", "old{/if} <b>scars"),
        ("astro", "---\n\n---\n<p>{x && <i>old</i>} scars</p>", "old scars", "old</i>} scars"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    form: str, source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a", form), phrase) == expected


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ("vue", "<!-- one -->\n<template><!-- two --><p>A</p></template>\n<script>/* three */</script>"),
        ("svelte", "<script>/* one */</script><!-- two --><p>{/* three */ x}</p>"),
        ("astro", "---\n/* one */\n---\n<!-- two --><p>A</p>{/* three */}"),
    ],
)
def test_comments_of_markup_and_of_code_are_kept(form: str, source: str) -> None:
    comments = extract(source.encode(), "a", form).comments

    places = [found.span() for found in re.finditer(r"<!--.*?-->|/\*.*?\*/", source)]
    assert sorted((each.start, each.end, each.text) for each in comments) == [
        (*place, text) for place, text in zip(places, ("one", "two", "three"), strict=True)
    ]


INLINE = {
    "vue": (
        "V", "<b>V</b>", "{{ H }}", "{{ 'V V' }}", "{{ H ? 'V' : `V ${H}` }}", "<!-- H -->", "V &amp; V", "it's V",
        '<a :href="H" title="V">V</a>', "<br>", "<code>H</code>", "{{ $t('V V') }}",
        "<router-link to='/H'>V</router-link>",
    ),
    "svelte": (
        "V", "<b>V</b>", "{H}", "{'V V'}", "{H ? 'V' : `V ${H}`}", "<!-- H -->", "V &amp; V", "it's V", "{@html H}",
        "{@html 'V V'}", "{@html '<b>V</b> V'}", "{@html `<p>V ${H} V`}",
        '<a href={H} title="V">V</a>', "<br>", "<code>H</code>", "{#if H === 'H H'}V{:else}V{/if}", "{@const x = H}",
    ),
    "astro": (
        "V", "<b>V</b>", "{H}", "{'V V'}", "{H ? 'V' : <i>V</i>}", "<!-- H -->", "V &amp; V", "it's V", "{/* H */}",
        '<a href={H} title="V">V</a>', "<br>", "<code>H</code>", "{H.map((H) => <b>it's V {H}</b>)}", "{H && <br>}",
        "<b set:html='V V' />", '<b set:text="V V" />', "<b set:html={H} />", "<b set:html={'<i>V</i> V'} />",
    ),
}  # fmt: skip
BLOCKS = (
    "<h2>P</h2>", "<p>P</p>", "<p>P", "<ul><li>P</li><li>P</ul>", '<Teaser headline="V V" id="H H" />',
    "<Card>P</Card>",
    '<img alt="V V" src="/H">', "<p hidden>H</p>", "<table><tr><td>P<td>P</table>", "<div class='H H'>P</div>",
    "<svg><text>H</text></svg>", '<p style="display: none">H</p>', "<my-box>P</my-box>", '<input placeholder="V" />',
)  # fmt: skip
AROUND = {
    "vue": "<script>\nexport default { name: 'H', data: () => ({ title: 'V', x: \"V V\", y: `H` }) } // H\n</script>\n"
    "<template>\n<div v-if=\"'H H' === H\">B</div>\n</template>\n<style>\n.H { content: 'H H' }\n</style>\n",
    "svelte": "<script>\nimport H from 'H H'\nexport let title = 'V', x = 'V V'; $: y = H / 2; /* H */\n</script>\n"
    "{#each H as H}\nB\n{/each}\n<style>\n.H { content: 'H H' }\n</style>\n",
    "astro": "---\nimport H from 'H H'\nconst title = 'V', x = 'V V'; // H\n---\n<html>B</html>\n<style>\n.H { top: H }"
    "\n</style><script>f('V V'); console.log('H H')</script>\n",
}


@given(st.data())
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("form", ["vue", "svelte", "astro"])
def test_what_is_seen_is_in_a_segment_and_nothing_else(form: str, data: st.DataObject) -> None:
    inline = st.lists(st.sampled_from(INLINE[form]), min_size=1, max_size=5).map(" ".join)
    blocks = "\n".join(data.draw(st.lists(st.sampled_from(BLOCKS), max_size=4)))
    blocks = re.sub("P", lambda _: data.draw(inline), blocks)
    source = worded(AROUND[form].replace("B", blocks))

    document = extract(source.encode(), "a", form)

    assert words_of(document) == sorted(re.findall(r"V[a-e]{4}v", source))
    check_map(document)


HOSTILE = {
    "open tags": "<a " * 100_000,
    "open quotes in tags": "<a b='" * 50_001,
    "open templates": "<template>" + "<template " * 50_000,
    "open quotes in templates": "<template>" + "<template a='" * 50_001,
    "names of templates": "<template>" + "<template" * 50_000,
    "templates in templates": "<template>" * 50_000,
    "open comments": "<!--" * 100_000,
    "blocks": "<b></b>" * 20_000,
    "messages": "<i18n>{}</i18n>" * 5_000 + "<i18n lang=yaml>a: b c</i18n>" * 5_000,
}


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_blocks_of_vue_are_read_to_their_end(name: str) -> None:
    assert extract(HOSTILE[name].encode(), "a", "vue").text == HOSTILE[name]
