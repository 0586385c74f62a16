"""What staff open comes in the page's language: one build for each."""

import pytest
from django.template import Context, Template
from django.utils import translation

from config import settings

PAGE = Template("{% load components %}{% script 'console' %}")


@pytest.mark.parametrize(
    ("spoken", "built"), [("ja", "ja"), ("en", "en"), ("en-gb", "en"), ("ja-easy", "ja"), ("fr", "ja")]
)
def test_a_page_fetches_the_program_in_its_language(spoken: str, built: str) -> None:
    with translation.override(spoken):
        address = PAGE.render(Context())
    assert address == f"/static/dist/console.{built}.js"
    assert (settings.BASE_DIR / f"static/dist/console.{built}.js").is_file()
