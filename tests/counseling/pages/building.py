"""A form's builder as a browser without a script uses it."""

from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.test import Client


class Fields(HTMLParser):
    """What the form with `data-draft` would send, and the names of the questions that are folded."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.names: list[str] = []
        self.inside, self.selected, self.reading = False, "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a field's value."""
        told = dict(attrs)
        self.inside = self.inside or "data-draft" in told
        name = told.get("name") or ""
        self.reading = tag
        if tag == "p" and told.get("class") == "question-name":
            self.names.append("")
        if not self.inside:
            return
        if tag == "input" and (told.get("type") not in {"checkbox", "radio"} or "checked" in told):
            self.sent.setdefault(name, []).append(told.get("value") or "")
        elif tag == "textarea":
            self.selected, self.sent[name] = name, [""]
        elif tag == "select":
            self.selected = name
        elif tag == "option" and "selected" in told:
            self.sent[self.selected] = [told.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        """After the number of a question comes its name."""
        self.inside = self.inside and tag != "form"
        self.reading = "name" if tag == "span" and self.names and not self.names[-1] else ""

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        if self.reading == "textarea":
            self.sent[self.selected] = [data.removeprefix("\n")]
        elif self.reading == "name":
            self.names[-1] = data


class Builder:
    """The page of one form: every hidden field goes back as it came."""

    def __init__(self, browser: Client, part: str = "intake") -> None:
        self.browser, self.address = browser, f"/programs/women/forms/{part}/"
        self.raw = browser.get(self.address).content.decode()

    @property
    def page(self) -> str:
        """What can be read."""
        return unescape(self.raw)

    @property
    def names(self) -> list[str]:
        """The questions that are folded, in their order."""
        return [unescape(name) for name in Fields(self.raw).names]

    @property
    def frame(self) -> str:
        """What the preview draws; empty where there is none."""
        _before, _at, rest = self.raw.partition('srcdoc="')
        return unescape(rest.partition('"')[0])

    def press(self, act: str, **typed: Any) -> str:
        """Press a button with these fields written anew; the page that comes."""
        response = self.browser.post(self.address, Fields(self.raw).sent | typed | {"act": act}, follow=True)
        assert response.status_code == 200
        self.raw = response.content.decode()
        return self.page
