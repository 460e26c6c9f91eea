"""Templates: what stands around the code, what of the code is copy, and the way back to the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.errors import ExtractError
from claimcheck.extract import extract
from claimcheck.model import Comment, Document
from tests.extract.promised import check_map

SEGMENTS = [
    pytest.param(
        "liquid",
        "<p>Our {{ product.title | escape }} soft{% if many %}en{% endif %}s skin.</p>",
        ["paragraph 0.0: Our \ufffc softens skin."],
        id="output stands in for what it shows, a statement leaves no trace",
    ),
    pytest.param(
        "liquid",
        "<p>It lifts{% else %}firms skin</p>",
        ["paragraph 0.0: It lifts\ufffcfirms skin"],
        id="alternatives do not join",
    ),
    pytest.param(
        "liquid",
        '<h2>{{ "Fades dark spots" | t }}</h2><p>{{ name | default: "Calms red skin" }} now</p>',
        ["heading2 0.0: Fades dark spots", "paragraph 1.0: Calms red skin now"],
        id="strings that are shown and are copy are part of the text",
    ),
    pytest.param(
        "liquid",
        "{{ 'cart.add' | t }}{{ now | date: '%B %d, %Y' }}{{ 'a b.css' | asset_url }}"
        "{{ x | tag: class: 'btn btn-big' }}{% if type == 'Face cream' %}{% endif %}",
        [],
        id="keys, dates, files, classes and what is compared are none",
    ),
    pytest.param(
        "liquid",
        "{% render 'card', text: 'Fades dark spots', class: 'grid wide' %}{% assign a = \"Calms red skin\" %}"
        "{% liquid\n  assign b = 'Firms the jaw'\n  if a == 'Lifts the lid'\n    echo 'Plumps fine lines'\n  endif\n%}",
        [
            "attribute 0.0 metadata: Fades dark spots",
            "attribute 1.0 metadata: Calms red skin",
            "attribute 2.0 metadata: Firms the jaw",
            "paragraph 3.0: Plumps fine lines",
        ],
        id="strings of statements are attributes, but of those that show them",
    ),
    pytest.param(
        "liquid",
        "{% liquid\n  comment\n    Not one word\n  endcomment\n  # nor this\n  echo 'Calms red skin' | t\n  echo name\n"
        "  assign a = 'Firms the jaw'\n  echo \"Peels away\"\n%}",
        ["paragraph 0.0: Calms red skin\ufffcPeels away", "attribute 1.0 metadata: Firms the jaw"],
        id="lines of a tag that show something are text, its comments are not",
    ),
    pytest.param(
        "liquid",
        '<p>{{ "}}" }}One {{ \'%}\' }}{% a "%}" %}two</p>',
        ["paragraph 0.0: \ufffcOne \ufffctwo"],
        id="marks in strings end nothing",
    ),
    pytest.param(
        "liquid", "<p>{{ don't }} One\n{% # it's %}two's</p>", ["paragraph 0.0: \ufffc One two's"], id="an odd quote"
    ),
    pytest.param(
        "liquid",
        "<p>{% raw %}{{ seen }}{% endraw %}</p>{% style %}a b{% endstyle %}{%- javascript -%}c d{%- endjavascript -%}"
        "{% stylesheet %}e f{% endstylesheet %}{% highlight ruby %}g h{% endhighlight %}{% doc %}i j{% enddoc %}",
        ["paragraph 0.0: {{ seen }}"],
        id="raw blocks are text, styles, scripts and code are none",
    ),
    pytest.param(
        "liquid",
        '<p>Hello</p>{% schema %}{"name": "Rich text", "settings": [{"label": "The text", '
        '"default": "<p>Fades dark spots</p>"}]}{% endschema %}',
        ["paragraph 0.0: Hello", "value 1.1: Fades dark spots"],
        id="defaults of a schema are text, what it says to builders is not",
    ),
    pytest.param("liquid", "<p>Hello</p>{% schema %}{{ a b }}{% endschema %}", ["paragraph 0.0: Hello"], id="no JSON"),
    pytest.param(
        "liquid",
        '<{{ tag }} class="one two">Text</{{ tag }}><{% if a %}a href="x y"{% else %}b{% endif %} title="A title">More'
        '<img {% if b %}alt="Fine lines"{% endif %}><img alt="Soft {{ x | t: "a" }} skin">',
        [
            "paragraph 0.0: TextMore",
            "attribute 0.0 metadata: A title",
            "attribute 0.0 metadata: Fine lines",
            "attribute 0.0 metadata: Soft \ufffc skin",
        ],
        id="code in tags",
    ),
    pytest.param(
        "liquid",
        '<b title="{{ \'They say "wow" to it\' | t }}">x</b>',
        ["attribute 0.0 metadata: They say wow to it", "paragraph 0.0: x"],
        id="quotes in a string do not end the attribute",
    ),
    pytest.param(
        "liquid",
        "---\ntitle: Soft skin\n---\n<p>{{ content }} here</p>",
        ["value 0.0 metadata: Soft skin", "paragraph 1.0: \ufffc here"],
        id="front matter",
    ),
    pytest.param(
        "liquid", "<p>{{ one</p><p>{% two</p>", ["paragraph 0.0: {{ one", "paragraph 1.0: {% two"], id="open tags"
    ),
    pytest.param(
        "jinja",
        '<p>{{ _("Fades dark spots") }}, {% trans "Calms red skin" %}, {% trans n=1 %}firms {{ n }} line{% pluralize %}'
        "firms lines{% endtrans %}.</p>",
        ["paragraph 0.0: Fades dark spots, Calms red skin, firms \ufffc line\ufffcfirms lines."],
        id="messages are text",
    ),
    pytest.param(
        "jinja",
        "{# no #}{% comment %}no{% endcomment %}{% raw %}{{ a }}{% endraw %}{% verbatim x %}{% b %}{% endverbatim %}"
        "{{ {'a': '}}'}['a'] }}",
        ["paragraph 0.0: {{ a }}{% b %}\ufffc"],
        id="comments are no text, raw blocks are",
    ),
    pytest.param(
        "jinja",
        "{% include 'a.html' with {'title': 'Fades dark spots', 'class': 'one two'} %}{% set a = 'Calms red skin' %}"
        "{% for a in b if a != 'Lifts skin now' %}{% endfor %}",
        ["attribute 0.0 metadata: Fades dark spots", "attribute 1.0 metadata: Calms red skin"],
        id="arguments of statements",
    ),
    pytest.param(
        "handlebars",
        '<p>{{t "Fades dark spots"}} {{{body}}} {{&more}} \\{{seen}}</p>{{> card text="Calms red skin" class="a bc"}}'
        '{{#> layout title="Firms the jaw"}}A{{else}}B{{^}}C{{/layout}}{{{{raw}}}}{{ x }}{{{{/raw}}}}',
        [
            "paragraph 0.0: Fades dark spots \ufffc \ufffc \\{{seen}}",
            "attribute 1.0 metadata: Calms red skin",
            "attribute 2.0 metadata: Firms the jaw",
            "paragraph 3.0: A\ufffcB\ufffcC{{ x }}",
        ],
        id="Handlebars",
    ),
    pytest.param(
        "handlebars",
        "<p>A</p>{{!-- {{b}} c --}}<p>D</p>{{!-- e --~}}<p>F</p>{{!--}}<p>G</p>{{! h }}<p>I</p>{{!-- open }}<p>J</p>",
        [f"paragraph {number}.0: {word}" for number, word in enumerate("ADFGIJ")],
        id="braces end no long comment of Handlebars",
    ),
    pytest.param(
        "erb",
        '<p><%= link_to "Fades #{n} dark spots", path, class: "one two" %> <% if a == "Some one" %>A<% else %>B'
        '<% end -%></p><% content_for :title, "Calms \\"red\\" skin" %>',
        ["paragraph 0.0: Fades \ufffc dark spots A\ufffcB", 'attribute 1.0 metadata: Calms "red" skin'],
        id="ERB",
    ),
]


@pytest.mark.parametrize(("form", "source", "expected"), SEGMENTS)
def test_a_template_becomes_segments(
    form: str, source: str, expected: list[str], outline: Callable[[str, str], list[str]]
) -> None:
    assert outline(form, source) == expected


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        pytest.param("a.md.erb", "# Hi\n\nOne\n<% if a %>\nTwo\n<% end %>\n", ["Hi", "One", "Two"], id="Markdown"),
        pytest.param("a.html.erb", "<p>One\n\nTwo</p>", ["One Two"], id="HTML"),
        pytest.param("a.txt.j2", "One {{ a }}\n\nTwo\nthree", ["One \ufffc", "Two three"], id="plain text"),
        pytest.param("a.json.liquid", '{"a": {{ b }}, "title": "Soft skin"}', ["Soft skin"], id="JSON"),
        pytest.param(
            "a.yaml.j2",
            "title: {{ a }} Soft skin\n{% if b %}\nbody:\n  text: Firms the jaw\n{% endif %}\n",
            ["\ufffc Soft skin", "Firms the jaw"],
            id="YAML",
        ),
        pytest.param("a.toml.j2", 'title = "Soft skin"\nother = {{ a }}\n', ["Soft skin"], id="TOML"),
        pytest.param(
            "a.xml.j2",
            "{# a #}\n<?xml version='1.0'?>\n<rss {{ a }}>{% for b in c %}<item {% if d %}e='f'{% endif %}>\n{% if g %}"
            "<title>Soft {{ h }} skin</title>{% else %}<title>Two words</title>{% endif %}\n<link>{{ i }}</link>"
            "<description><![CDATA[<p>Fades <b>spots</b></p>{{ j }}]]></description></item>{% endfor %}\n"
            "<{{ k }}><text>Firms the jaw</text></{{ k }}></rss>{# l #}\n",
            ["Soft \ufffc skin", "Two words", "Fades spots", "Firms the jaw"],
            id="XML",
        ),
        pytest.param("a.rss.erb", "<% a %>", [], id="XML in code"),
        pytest.param(
            "a.csv.liquid",
            "{% comment %} a {% endcomment %}\nhandle,title,body,sku\n{% for b in c %}\n{{ b }},Soft skin,"
            '"Fades ""{{ d }}"" spots",A b c\n{% endfor %}\n',
            ["Soft skin", 'Fades "\ufffc" spots'],
            id="CSV",
        ),
        pytest.param("a.css.liquid", "a b { c: d } {% render 'x', text: 'Soft skin' %}", ["Soft skin"], id="code"),
    ],
)
def test_the_ending_before_the_last_tells_what_stands_around_the_code(
    path: str, source: str, expected: list[str]
) -> None:
    assert [segment.text for segment in extract(source.encode(), path).segments] == expected


def test_rows_and_elements_of_a_template_are_sections_of_one_document() -> None:
    table = extract(b"title,body\nOne,Soft skin\n{{ a }},Firm jaw\n", "a.csv.j2")
    feed = extract(b"<rss><item><title>Soft skin</title></item><item><title>Firm jaw</title></item></rss>", "a.xml.j2")

    assert [(one.text, one.section) for one in table.segments] == [("One", 0), ("Soft skin", 0), ("Firm jaw", 1)]
    assert [(one.text, one.section) for one in feed.segments] == [("Soft skin", 0), ("Firm jaw", 1)]
    check_map(table)
    check_map(feed)


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.xml.j2", "<a>" + "{{ b }}{% c %} " * 30_000 + "</a>"),
        ("a.xml.j2", "<a " + "{% b %} " * 50_000 + "/>"),
        ("a.csv.j2", "{% b %}\n" * 50_000 + "{{ c }}," * 40_000),
    ],
    ids=["code in XML", "code in a tag", "code in rows"],
)
def test_hostile_data_with_code_is_read_to_its_end(path: str, source: str) -> None:
    assert extract(source.encode(), path).text == source


@pytest.mark.parametrize(
    ("path", "source", "where"),
    [
        ("a.json.j2", '{"a": {{ b\n}},\n "c": ]}', "a.json.j2:3:7"),
        ("a.yaml.j2", "a: {{ b\n}}\nc: [\n", "a.yaml.j2:4:1"),
        ("a.xml.j2", "{# b\n #}\n<a>\n{{ b\n }}</c></a>", "a.xml.j2:5:6"),
        ("a.xml.j2", "{# b\n #}<!DOCTYPE a [\n<!ENTITY b 'c'>]><a>&b;</a>", "a.xml.j2:3"),
        ("a.csv.j2", 'title\n{{ b\n}}\n"Soft skin\n', "a.csv.j2:4:1"),
        ("a.jsonl.j2", '{"title": "Soft skin"}\n', "a.jsonl.j2"),
        ("a.po.j2", 'msgid "Soft skin"\n', "a.po.j2"),
    ],
)
def test_data_that_cannot_be_read_without_the_code_is_refused(path: str, source: str, where: str) -> None:
    with pytest.raises(ExtractError) as caught:
        extract(source.encode(), path)

    assert caught.value.where == where


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ("liquid", "{% comment %} one {% endcomment %}"),
        ("liquid", "{%- # one -%}"),
        ("jinja", "{# one #}"),
        ("jinja", "{% comment 'x' %}one{% endcomment %}"),
        ("handlebars", "{{!-- one --}}"),
        ("handlebars", "{{! one }}"),
        ("erb", "<%# one %>"),
    ],
)
def test_a_comment_is_kept(form: str, source: str) -> None:
    comments = extract(f"<p>a</p>{source}<p>b</p>".encode(), "a", form).comments

    assert comments == (Comment("one", 8, 8 + len(source), 1),)


@pytest.mark.parametrize(
    ("form", "source", "phrase", "expected"),
    [
        ("liquid", "\u00e9\U0001f600{{ a }} Soft{{ b }} skin", "Soft\ufffc skin", "Soft{{ b }} skin"),
        ("jinja", "{{ _('Don\\'t rub it') }}", "Don't rub", "Don\\'t rub"),
        ("erb", '<% a "It\\nfades #{x} spots" %>', "It fades \ufffc", "It\\nfades #{x}"),
    ],
)
def test_a_phrase_is_located_in_the_file(
    form: str, source: str, phrase: str, expected: str, located: Callable[[Document, str], str]
) -> None:
    assert located(extract(source.encode(), "a", form), phrase) == expected


# In the pieces V is replaced by a word that a reader sees, H by one that no reader sees.
HTML = (
    "V",
    "<p>V</p>",
    '<b class="H" title="V V">V</b>',
    "<!-- H -->",
    "<script>H</script>",
    "V &amp; V",
    "\n\n",
    "V<br>V",
)
BRACES = (
    "{{ H.h }}", "{{- H | h: 'x' -}}", "{% H %}", "<a href='{{ H }}'>V</a>", "{{ 'V V' | h }}",
    '{{ h | default: "V V" }}',
    "{% include 'h', text: 'V V' %}", "{% if H == 'H H' %}V{% endif %}", "{% raw %}V{% endraw %}",
    "{% comment %}H{% endcomment %}", "{{ '}}' | H }}", "<p {% if H %}title='V'{% endif %}>V</p>",
)  # fmt: skip
PIECES = {
    "liquid": (
        *HTML, *BRACES, "{% style %}H{% endstyle %}", "{% schema %}{H}{% endschema %}",
        "{% liquid\n echo 'V V'\n comment\n H\n endcomment\n # H\n h text: 'V V'\n echo H\n%}",
    ),
    "jinja": (*HTML, *BRACES, "{# H #}", "{% trans %}V{% endtrans %}"),
    "handlebars": (
        *HTML, "{{ H }}", "{{{H}}}", "{{#if H}}V{{else}}V{{/if}}", "{{t 'V V'}}", '{{> h text="V V"}}',
        "{{!-- {{H}} --}}", "{{! H }}", "<a href='{{H}}'>V</a>", "{{{{h}}}}V{{{{/h}}}}", "{{h '}}' H}}",
    ),
    "erb": (
        *HTML, "<%= H %>", "<% if H == 'H H' %>V<% end %>", "<%# H %>", "<%= h 'V V', H %>", '<%= "V #{H} V" %>',
        "<% h text: 'V V' -%>", "<a href='<%= H %>'>V</a>",
    ),
}  # fmt: skip


def letters(number: int) -> str:
    """A word for a number: of letters only, as words with digits are no prose in code."""
    return str(number).translate(str.maketrans("0123456789", "abcdefghij"))


@given(st.data())
@settings(max_examples=100, deadline=None)
@pytest.mark.parametrize("form", PIECES)
def test_what_is_seen_is_in_a_segment_and_nothing_else(form: str, data: st.DataObject) -> None:
    numbers = count(1000)
    template = "\n".join(data.draw(st.lists(st.sampled_from(PIECES[form]), max_size=10)))
    source = re.sub(r"[VH](?![a-z])", lambda found: f"{found[0]}{letters(next(numbers))}z", template)

    document = extract(source.encode(), "a", form)

    check_map(document)
    found = re.findall(r"[VH][a-j]+z", " ".join(segment.text for segment in document.segments))
    assert sorted(found) == sorted(re.findall(r"V[a-j]+z", source))


@given(st.text(st.sampled_from("ab {}%#<>=!-/'\"\\\n&;@"), max_size=60))
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("form", PIECES)
def test_the_map_is_exact_in_any_file(form: str, source: str) -> None:
    check_map(extract(source.encode(), "a", form))


HOSTILE = {
    "open tags": "{{ " * 50_000,
    "open statements": "{% " * 50_000,
    "braces": "{" * 100_000,
    "open comments": "{#" * 20_000 + "{{!--" * 20_000 + "<%#" * 20_000,
    "open quotes": "{{ '" * 50_001 + "}}",
    "ends in strings only": '{{ "}}" ' * 20_000,
    "escapes": "{{ '" + "\\'" * 50_000 + " }}",
    "escapes without a string": '{{ "' + '\\"' * 50_000 + " }}",
    "blocks without end": "{% comment %}{% raw %}{% schema %}" * 10_000,
    "raw blocks without end": "{{{{a}}}}" * 20_000,
    "schemas": "{% schema %}{}{% endschema %}" * 3_000,
    "holes": '<%= "a b ' + "#{" * 50_000 + '" %>',
    "strings": "{{ " + "'Soft skin' " * 10_000 + "}}",
    "names": "{% a " + "a: " * 50_000 + "'b c' %}",
    "code for names": "<{{ a }} " * 10_000,
    "open code": "<% " * 50_000,
    "an open raw block": "{{{{" + "a-" * 100_000,
    "open long comments": "{{!-- a }} --" * 20_000,
    "spaces in strings": "{% a b: 'Soft skin" + " \t" * 100_000 + "c' %}",
    "carriage returns in strings": "{% a b: 'Soft skin" + "\r" * 250_000 + "c' %}",
    "paths in strings": "{{ 'a b " + "c/d-" * 50_000 + "' }}",
}


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("form", PIECES)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_to_its_end(name: str, form: str) -> None:
    assert extract(HOSTILE[name].encode(), "a", form).text == HOSTILE[name]
