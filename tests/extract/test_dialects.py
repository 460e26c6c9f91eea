"""Dialects of Markdown: shortcodes, Liquid, fences, attributes, admonitions."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcheck.extract import extract
from claimcheck.model import Comment
from tests.extract.promised import check_map

SEGMENTS = [
    pytest.param(
        'One\n{{< figure src="a b.png" alt="Soft skin" caption=\'Firm jaw\' >}}\nTwo {{< ref "x y" >}} three\n',
        [
            "paragraph 0.0: One",
            "attribute 1.0 metadata: Soft skin",
            "attribute 2.0 metadata: Firm jaw",
            "paragraph 3.0: Two \ufffc three",
        ],
        id="shortcodes of Hugo and Quarto",
    ),
    pytest.param(
        "One\n{{% notice %}}\nTwo\n{{% /notice %}}\nThree {{< hl >}}four{{< /hl >}} "
        "{{</* a title='No no' */>}} five\n",
        ["paragraph 0.0: One", "paragraph 1.0: Two", "paragraph 2.0: Three \ufffcfour  five"],
        id="what stands between shortcodes is text",
    ),
    pytest.param(
        "{% include a.html title=\"Soft skin\" class='a bc' %}\n\n{{ page.title }} fades [spots]({{ site.url }}/a) "
        "{{ 'in four weeks' | upcase }}\n\n{% highlight ruby %}\nhidden\n{% endhighlight %}\n",
        ["attribute 0.0 metadata: Soft skin", "paragraph 1.0: \ufffc fades spots in four weeks"],
        id="Liquid of Jekyll",
    ),
    pytest.param(
        "| a | b |\n|---|---|\n{% for x in y %}\n| {{ x }} | c |\n{% endfor %}\n\n- d\n{% if a %}\n- e\n{% endif %}\n",
        ["cell 0.0: a", "cell 0.0: b", "cell 1.0: c", "item 2.0: d", "item 3.0: e"],
        id="statements do not cut tables",
    ),
    pytest.param(
        "```\n{{ a }} {{< b title='No no' >}}\n{{\n```\n\nOne `{{ a` two ``{% ` b`` three \\` {{ c }} `\n\n"
        "> ~~~\n> {{< b title='No no' >}}\n> ~~~\n> Four\n",
        ["paragraph 0.0: One \ufffc two \ufffc three ` \ufffc `", "quote 1.0: Four"],
        id="code stays code",
    ),
    pytest.param(
        '::: {.callout-note title="Soft skin"}\nOne\n:::\nTwo\n\n:::tip Firm jaw\nThree\n:::\n\n'
        ':::note[Calm skin]\nFour\n:::\n',
        [
            "attribute 0.0 metadata: Soft skin",
            "paragraph 1.0: One",
            "paragraph 2.0: Two",
            "attribute 3.0 metadata: Firm jaw",
            "paragraph 4.0: Three",
            "attribute 5.0 metadata: Calm skin",
            "paragraph 6.0: Four",
        ],
        id="fences of Pandoc and Docusaurus",
    ),
    pytest.param(
        '# One {#one .two title="Soft skin"}\n\nA [big]{.mark} word{: .c} ![](x.png){fig-alt="Firm jaw"}\n{: .lead}\n',
        [
            "heading1 0.0: One",
            "attribute 1.0 metadata: Soft skin",
            "paragraph 2.0: A big word",
            "attribute 3.0 metadata: Firm jaw",
        ],
        id="attributes of Pandoc and kramdown",
    ),
    pytest.param(
        'One\n\n!!! note "Soft skin"\n    Two\n\n    Three\n\n    ```\n    hidden\n    ```\n\n    ??? tip\n'
        '        Four\n\nFive\n\n=== "Firm jaw"\n\n    - Six\n\n!!! is no note\n\nEight\n',
        [
            "paragraph 0.0: One",
            "attribute 1.0 metadata: Soft skin",
            "item 2.0 <0: Two",
            "item 2.0 <0: Three",
            "item 3.0 <2: Four",
            "paragraph 4.0: Five",
            "attribute 5.0 metadata: Firm jaw",
            "item 6.0 <4: Six",
            "paragraph 7.0: !!! is no note",
            "paragraph 8.0: Eight",
        ],
        id="admonitions and tabs of MkDocs",
    ),
    pytest.param(
        "{{ open\n\n{% open\n\n{{< open\n\nText\n",
        ["paragraph 0.0: {{ open", "paragraph 1.0: {% open", "paragraph 2.0: {{< open", "paragraph 3.0: Text"],
        id="what is not closed is text",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_a_dialect_becomes_segments(source: str, expected: list[str], outline: Callable[[str, str], list[str]]) -> None:
    assert outline("markdown", source) == expected


@pytest.mark.parametrize(("source", "expected"), SEGMENTS)
def test_the_line_ends_change_nothing(
    source: str, expected: list[str], outline: Callable[[str, str], list[str]]
) -> None:
    assert [outline("markdown", source.replace("\n", end)) for end in ("\r\n", "\r")] == [expected, expected]


@pytest.mark.parametrize("source", ["{% comment %}one{% endcomment %}", "{{</* one */>}}", "{::comment}one{:/comment}"])
def test_a_comment_is_kept(source: str) -> None:
    document = extract(f"a\n\n{source}\n\nb".encode(), "a.md")

    assert document.comments == (Comment("one", 3, 3 + len(source), 1),)
    assert [segment.text for segment in document.segments] == ["a", "b"]


# In the pieces V is replaced by a word that a reader sees, H by one that no reader sees.
PIECES = (
    "V V", "# V {#H}", "- V\n- V", "V {{ H }} V", "{{< h alt='V V' src=\"H\" >}}", "{{% h %}}\nV\n{{% /h %}}",
    "{% h title='V V' %}", "{% if H %}\nV\n{% endif %}", "```\n{{ H }}\n```", "V `{{ H` V", "`` ` {% H `` V",
    "::: {.h title='V V'}\nV\n:::", ":::h V V\nV\n:::", "!!! h 'H'\n    V\n\n    - V", '!!! h "V"\n    V',
    '=== "V"\n\n    V',
    "[V]{.h} V", "V\n{: .h}", "![V](h){title='V'}", "[V]({{ H }}/h)", "{% comment %}H{% endcomment %}",
    "| V | V |\n|---|---|\n| V | {{ H }} |", "> V {{< h >}}\n> V", "<div>V {{ H }}</div>", "V[^1] {{ 'V V' | h }}",
)  # fmt: skip


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_what_is_seen_is_in_a_segment_and_nothing_else(data: st.DataObject) -> None:
    numbers = count(1000)
    digits = str.maketrans("0123456789", "abcdefghij")
    pieces = st.lists(st.sampled_from(PIECES), max_size=8)
    source = re.sub(
        r"[VH](?![a-z])",
        lambda found: f"{found[0]}{str(next(numbers)).translate(digits)}z",
        "\n\n".join(data.draw(pieces)),
    )

    document = extract(source.replace("\n", data.draw(st.sampled_from(["\n", "\r\n", "\r"]))).encode(), "a.md")

    check_map(document)
    found = re.findall(r"[VH][a-j]+z", " ".join(segment.text for segment in document.segments))
    assert sorted(found) == sorted(re.findall(r"V[a-j]+z", source))


@given(st.text(st.sampled_from("ab {}%<>:=!\"'`~.#[]()|-+\n\t ?/"), max_size=80))
@settings(max_examples=400, deadline=None)
def test_the_map_is_exact_in_any_file(source: str) -> None:
    check_map(extract(f"{{{{{source}".encode(), "a.md"))


HOSTILE = {
    "fences": "::: tip\n" * 20_000,
    "admonitions": "!!! note\n    a\n" * 10_000,
    "admonitions in admonitions": "".join(" " * depth + "!!! note\n" for depth in range(0, 1_600, 4)),
    "an admonition and blank lines": "!!! a" + "\n \t" * 50_000 + "{{",
    "backticks of growing length": "{{" + "".join("`" * length + "a" for length in range(350)),
    "backticks and blank lines": "{{`a\n\n" * 20_000,
    "open fences": "{{\n```\n" * 20_000,
    "open shortcodes": "{{< a='" * 30_001 + "{{% " * 30_000,
    "shortcodes": "{{< a >}}\n" * 20_000,
    "open attributes": "{.a " * 50_000 + '{a="' * 20_000,
    "attributes": "[a]{.b}" * 20_000,
    "open spans": "[a" * 50_000 + "{{",
    "open comments": "{::comment}" * 20_000,
}


@pytest.mark.usefixtures("deadline")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_to_its_end(name: str) -> None:
    assert extract(HOSTILE[name].encode(), "a.md").text == HOSTILE[name]
