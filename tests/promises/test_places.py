"""One sentence in every format and every place: found in all of them, at its place, and in no code, URL or comment."""

from __future__ import annotations

import re
from itertools import count

import pytest

from claimcheck.api import load_linter
from claimcheck.engine.linter import Linter
from claimcheck.extract import FORMATS, documents

# In the files below V stands for a sentence that a reader sees, H for one that nobody sees. They are numbered.
SEEN = "Serum {} erases wrinkles"
HIDDEN = "Secret {} erases wrinkles"
CLAIM = "erases wrinkles"

PLACES = {
    "page.txt": """\
{V}

A PARAGRAPH OF ITS OWN

It is plain: {V}.

- {V}
- one more: {V}

{V},
wrapped, says: {V}.
""",
    "page.md": """\
---
title: {V}
description: "{V}"
summary: >
  Folded:
  {V}
intro: |
  - {V}
body: "<p>{V}</p>"
slug: {H}
nested:
  cards:
    - heading: {V}
---

# {V}

{V}. And *{V}*.

- {V}
  1. {V}

> {V}

| {V} | b |
|---|---|
| {V} | `{H}` |

![{V}](x.png "{V}") [{V}](https://example.org/ "{V}")

<p title="{V}">{V}</p>

Marked[^1].

[^1]: {V}

    {H}

```
{H}
```

<!-- {H} -->
""".replace("    {H}\n\n```", "```"),
    "page.qmd": """\
---
title: {V}
---

::: {{.callout-note title="{V}"}}
{V}
:::

{V} {{#sec .class}}

```{{r}}
{H}
```

{{{{< video https://example.org/{H} >}}}}
""",
    "hugo.md": """\
+++
title = "{V}"
url = "{H}"
[params]
lead = \"\"\"
{V}
\"\"\"
+++

{V} {{{{< highlight >}}}}

{{{{< figure src="a.png" alt="{V}" caption="{V}" >}}}}

{{{{% notice %}}}}
{V}
{{{{% /notice %}}}}

{{{{/* {H} */}}}}
""",
    "jekyll.md": """\
---
title: {V}
---
{{% comment %}}{H}{{% endcomment %}}

{{% if page.serum %}}{V}{{% endif %}} {{{{ page.title }}}}.

{{% include card.html title="{V}" %}}
""",
    "page.mdx": """\
---
title: {V}
---
import Hero from './{H}'
export const meta = {{ title: '{V}' }}

# {V}

<Hero headline="{V}" className="{H}">
  {V}
</Hero>

{{/* {H} */}}

Text with <b>{V}</b>.

```js
{H}
```
""",
    "page.html": """\
<!doctype html>
<html lang="en">
<head>
<title>{V}</title>
<meta name="description" content="{V}">
<meta property="og:title" content="{V}">
<meta name="twitter:description" content="{V}">
<meta name="generator" content="{H}">
<script type="application/ld+json">{{"@type": "Product", "name": "{V}", "description": "{V}", "url": "https://e.org/{H}"}}</script>
<script>var x = "{H}";</script>
<style>.a::after {{ content: "{H}" }}</style>
</head>
<body>
<header><h1>{V}</h1></header>
<nav><a href="/{H}" title="{V}">{V}</a></nav>
<main>
<p>{V}.<br>{V}
<ul><li>{V}<li>{V}</ul>
<table><tr><th>{V}</th><td>{V}</td></tr></table>
<blockquote>{V}</blockquote>
<img src="{H}.png" alt="{V}">
<button aria-label="{V}">{V}</button>
<input type="submit" value="{V}"><input placeholder="{V}"><input type="hidden" value="{H}">
<details><summary>{V}</summary>{V}</details>
<p hidden>{H}</p><p style="display: none">{H}</p>
<div class="{H}" data-x="{H}">{V}</div>
<!-- {H} -->
<code>{H}</code>
<noscript>{V}</noscript>
</main>
<aside>{V}</aside>
<footer>{V}</footer>
</body></html>
""",
    "minified.html": '<div><h2>{V}</h2><p>{V}</p><ul><li>{V}</li></ul><img alt="{V}"><script>{H}</script></div>',
    "jekyll.html": """\
---
title: {V}
---
{{% comment %}} {H} {{% endcomment %}}
<a href="{{{{ url_for("x") }}}}" title="{V}">{V}</a>
{{{{ range .Pages }}}}<p>{{{{ .Title }}}}: {V}</p>{{{{ end }}}}
<script>var a = {{b: {{c: "{H}"}}}};</script>
{{% if page.x %}}<p>{V}</p>{{% endif %}}
""",
    "page.liquid": """\
{{% comment %}} {H} {{% endcomment %}}
{{% assign x = 'key' %}}
<h1>{V}</h1>
<p>{{{{ product.title }}}}: {V}</p>
{{% if a == "b" %}}<p>{V}</p>{{% endif %}}
<p>{{{{ section.settings.text | default: '{V}' }}}}</p>
<img alt="{V}" src="{{{{ x | img_url: '{H}.png' }}}}">
{{% render 'card', text: '{V}' %}}
{{% liquid
  comment
    {H}
  endcomment
  # {H}
  echo '{V}'
%}}
{{% schema %}}
{{"name": "Hero", "settings": [
  {{"type": "text", "id": "t", "default": "{V}"}}, {{"type": "richtext", "default": "<p>{V}</p>"}}
]}}
{{% endschema %}}
{{% stylesheet %}} .x {{ content: "{H}" }} {{% endstylesheet %}}
""",
    "page.njk": """\
---
title: {V}
---
{{# {H} #}}
<p>{V} {{{{ name }}}}</p>
<p>{{{{ _('{V}') }}}}</p>
<p>{{% trans %}}{V}{{% endtrans %}}</p>
<p>{{% raw %}}{V}{{% endraw %}}</p>
{{% set x = a.b %}}
""",
    "page.hbs": """\
{{{{!-- {{{{x}}}} {H} --}}}}
<h1>{V}</h1>
{{{{#if x}}}}<p>{V}</p>{{{{/if}}}}
{{{{> card text="{V}"}}}}
<p>{{{{{{html}}}}}} {V}</p>
""",
    "page.erb": """\
<%# {H} %>
<h1>{V}</h1>
<p><%= "{V}" %></p>
<% if a == "x" %><p>{V}</p><% end %>
""",
    "page.php": """\
<?php
// {H}
/* {H} */
$page = [
  'title' => '{V}',
  'description' => '{V}',
  'slug' => '{H}',
];
?>
<h1>{V}</h1>
<p><?= __('{V}') ?></p>
<?php echo "<p>{V}</p>"; ?>
<p>{V}</p>
""",
    "page.blade.php": """\
@extends('layouts.app')
{{{{-- {H} --}}}}
@section('title', '{V}')
<h1>{V}</h1>
@if ($a)
<p>{V} {{{{ $name }}}}</p>
@endif
<p>{{!! __('{V}') !!}}</p>
<x-card title="{V}"/>
@php
$x = ['description' => '{V}'];
// {H}
@endphp
""",
    "page.astro": """\
---
import Hero from '../{H}';
// {H}
const title = "{V}";
const cards = [{{ heading: '{V}', body: `{V}` }}];
---
<html lang="en">
<h1>{V}</h1>
<p>{{title}} {V}</p>
<Hero headline="{V}" class="{H}" />
<p set:html="<b>{V}</b>" /><p set:text={{'{V}'}} />
{{cards.map((c) => <li>{V}</li>)}}
<style>.a {{ content: "{H}" }}</style>
</html>
""",
    "page.vue": """\
<template>
  <!-- {H} -->
  <h1 :class="'{H}'">{V}</h1>
  <p v-if="a">{{{{ name }}}}: {V}</p>
  <Card title="{V}" :text="'{V}'" @click="go('{H}')" />
  <img alt="{V}">
</template>
<script setup>
// {H}
const cards = [{{ title: '{V}', text: "{V}" }}]
this.$emit('{H}', this.$t('{V}'))
</script>
<i18n lang="yaml">
# {H}
en:
  title: {V}
</i18n>
<style>.a {{ content: "{H}" }}</style>
""",
    "page.svelte": """\
<script>
  // {H}
  let headline = '{V}';
</script>
<!-- {H} -->
<h1>{V}</h1>
{{#if a}}<p>{{name}} {V}</p>{{/if}}
{{@html '<p>{V}</p>'}}<p>{{@html "{V}"}}</p>
<Card title="{V}" class="{H}" />
<img alt="{V}">
<style>.a {{ content: "{H}" }}</style>
""",
    "page.tsx": """\
import Hero from './{H}';
// {H}
/* {H} */
const copy = {{ title: "{V}", body: `{V}`, slug: '{H}' }};
const lines = ["{V}", '{V}'];
export default function Page({{ name }}: {{ name: string }}) {{
  console.log("{H}");
  return (
    <main className="{H}">
      <h1>{V}</h1>
      <p>
        {{name}}: {V}. <b>{V}</b>
      </p>
      <img alt="{V}" src="{H}" />
      <Hero headline="{V}" />
      {{name && <p>{V}</p>}}
      {{"{V}"}}
      {{/* {H} */}}
    </main>
  );
}}
""",
    "data.js": """\
// {H}
export const cards = [{{ title: "{V}", text: '{V}' }}, `{V}`];
""",
    "data.json": """\
/* {H} */
{{"title": "{V}", "url": "/{H}", "body": "<p>{V}</p>\\n<p>\\u201c{V}\\u201d</p>",
 "cards": [{{"heading": "{V}", "text": "one\\n\\n{V}"}}, "{V}"], "seo": {{"description": "{V}"}}}}
""",
    "data.jsonl": '{{"title": "{V}", "id": "x"}}\n{{"title": "Two", "description": "<b>{V}</b>"}}\n',
    "data.yaml": """\
# {H}
title: {V}
url: /{H}
text: 'It''s here: {V}'
folded: >-
  Folded
  {V}
literal: |
  - {V}
  - {V}
cards:
  - heading: "{V}"
    html: <p>{V}</p>
""",
    "data.toml": """\
# {H}
title = "{V}"
url = "/{H}"
[card]
text = '''
{V}
'''
lines = ["{V}", '{V}']
""",
    "feed.csv": """\
id,title,description,Body (HTML),link
1,{V},"{V}, he said ""yes"" twice","<p>{V}</p>
<p>{V}</p>",https://e.org/{H}
2,{V},{V},,https://e.org/
""",
    "feed.tsv": "id\ttitle\tdescription\n1\t{V}\t{V}\n",
    "feed.xml": """\
<?xml version="1.0"?>
<!-- {H} -->
<rss version="2.0"><channel><title>{V}</title>
<item><title>{V}</title><link>https://e.org/{H}</link><description>&lt;p&gt;{V}&lt;/p&gt;</description></item>
<item><title>{V}</title><description><![CDATA[<b>{V}</b>]]></description></item>
</channel></rss>
""",
    "messages.po": """\
msgid ""
msgstr "Language: en\\n"

# {H}
#: src/{H}.c:1
msgid "{V}"
msgstr ""

msgid "key"
msgstr ""
"Two lines: "
"{V}"

#~ msgid "{H}"
#~ msgstr "{H}"
""",
    "page.rst": """\
{V}
==================================

:Author: me

{V}.

* {V}
* two

  {V}

.. note:: {V}

.. figure:: x.png
   :alt: {V}

   {V}

.. code-block:: python

   {H}

.. {H}

``{H}``

term
  {V}

+--------------------------+
| {V} |
+--------------------------+

Literal::

  {H}

Marked [1]_.

.. [1] {V}
""",
    "page.adoc": """\
= {V}
:description: {V}

{V}.

== {V}

* {V}
** {V}

term:: {V}

NOTE: {V}

----
{H}
----

// {H}

`{H}`

|===
|{V} |{V}
|===

image::x.png[{V}]

____
{V}
____
""",
    "film.srt": "1\n00:00:01,000 --> 00:00:02,000\n<i>{V}.</i>\n\n2\n00:00:03,000 --> 00:00:04,000\nAnd: {V}.\n",
    "film.vtt": """\
WEBVTT

NOTE {H}

STYLE
::cue {{ content: "{H}" }}

00:01.000 --> 00:02.000
<v Ann>{V}.</v>
""",
}


@pytest.fixture(scope="module")
def linter() -> Linter:
    return load_linter()


def filled(template: str) -> str:
    """The file, its sentences numbered."""
    numbers = count(10)
    source = template.replace("{V}", "\0V").replace("{H}", "\0H").replace("{{", "{").replace("}}", "}")
    return re.sub("\0([VH])", lambda found: (SEEN if found[1] == "V" else HIDDEN).format(next(numbers)), source)


def places_in(source: str, words: str) -> list[tuple[int, int]]:
    """Line and column, from 1, of the claim in every sentence that begins with these words."""
    starts = [found.end() - len(CLAIM) for found in re.finditer(rf"{words} \d+ {CLAIM}", source)]
    return [(source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at)) for at in starts]


@pytest.mark.parametrize("name", PLACES)
def test_a_sentence_is_found_wherever_a_reader_sees_it_and_nowhere_else(name: str, linter: Linter) -> None:
    source = filled(PLACES[name])

    found = []
    for document in documents(source.encode(), name):
        for claim in linter.analyse(document).claims:
            at = document.position(claim.place.start)
            assert document.text[claim.place.start : claim.place.end] == claim.text == CLAIM
            found.append((at.line, at.column))

    assert sorted(found) == places_in(source, "Serum")


def test_every_text_format_has_such_a_file() -> None:
    named = {name for name, *_ in (document_formats(source, name) for name, source in PLACES.items())}

    assert named == {known.name for known in FORMATS if not known.binary}


def document_formats(source: str, name: str) -> tuple[str, ...]:
    return tuple(document.format for document in documents(filled(source).encode(), name))
