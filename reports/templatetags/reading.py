"""Readings above the fixed words of results, where a page is read with them."""

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from counseling.templatetags.visitor import ruby
from reports.reading.furigana import marked

register = template.Library()


@register.filter
def yomi(text: Any, shown: Any) -> SafeString:
    """Our own words with their readings where `shown`, else as they stand. Never for words that programs wrote."""
    return ruby(marked(str(text)), shown=True) if shown else conditional_escape(text)
