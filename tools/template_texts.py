"""The texts of the page templates that are marked for translation, as Django's own parser finds them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import django
from django.template import Engine
from django.template.base import Token
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import trim_whitespace
from sentences import PACKAGE, Text

TEMPLATES = PACKAGE / "clinic" / "templates"
_INLINE = re.compile(r"""_\((?:"([^"]+)"|'([^']+)')\)""")


def template_texts() -> list[Text]:
    """Every marked text, the same one once; one with a plural is a pair."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "natalizumab.clinic.settings.test")
    django.setup()
    texts: dict[str | tuple[str, str], Text] = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        for english in _marked(path):
            text = texts.setdefault(english, Text(english, found=True))
            text.places = sorted({*text.places, path.relative_to(PACKAGE).as_posix()})
    return list(texts.values())


def _marked(path: Path) -> Iterator[str | tuple[str, str]]:
    source = path.read_text(encoding="utf-8")
    template = Engine.get_default().from_string(source)
    for node in template.nodelist.get_nodes_by_type(TranslateNode):
        assert isinstance(node, TranslateNode)
        literal = node.filter_expression.var
        yield _doubled(str(getattr(literal, "literal", None) or literal))
    for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
        assert isinstance(node, BlockTranslateNode)
        singular = _written(node, node.singular)
        yield (singular, _written(node, node.plural)) if node.plural else singular
    for double, single in _INLINE.findall(source):
        yield _doubled(double or single)


def _doubled(text: str) -> str:
    """With percent signs as Django looks a text up."""
    return text.replace("%", "%%")


def _written(node: BlockTranslateNode, tokens: list[Token]) -> str:
    text = str(node.render_token_list(tokens)[0])
    return trim_whitespace(text) if node.trimmed else text
