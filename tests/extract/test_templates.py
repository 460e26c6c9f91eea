"""Templates: what stands around the code, what of the code is copy, and the way back to the file."""

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
            "attribute 3.0 metadata: Plumps fine lines",
        ],
        id="strings of statements are attributes",
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
        pytest.param("a.css.liquid", "a b { c: d } {% render 'x', text: 'Soft skin' %}", ["Soft skin"], id="code"),
    ],
)
def test_the_ending_before_the_last_tells_what_stands_around_the_code(
    path: str, source: str, expected: list[str]
) -> None:
    assert [segment.text for segment in extract(source.encode(), path).segments] == expected


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

    assert comments == (Comment(comments[0].text, 8, 8 + len(source), 1),)
    assert comments[0].text.strip(" -") == "one"


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
    "liquid": (*HTML, *BRACES, "{% style %}H{% endstyle %}", "{% schema %}{H}{% endschema %}"),
    "jinja": (*HTML, *BRACES, "{# H #}", "{% trans %}V{% endtrans %}"),
    "handlebars": (
        *HTML, "{{ H }}", "{{{H}}}", "{{#if H}}V{{else}}V{{/if}}", "{{t 'V V'}}", '{{> h text="V V"}}', "{{!-- H --}}",
        "{{! H }}", "<a href='{{H}}'>V</a>", "{{{{h}}}}V{{{{/h}}}}", "{{h '}}' H}}",
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
}


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("form", PIECES)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_to_its_end(name: str, form: str) -> None:
    assert extract(HOSTILE[name].encode(), "a", form).text == HOSTILE[name]
