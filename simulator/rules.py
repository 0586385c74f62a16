"""What LINE demands of messages. Pure: no state, no clock.

Sources: messaging-api.yml of line/line-openapi, LINE's Messaging API reference (message objects, quick reply, actions).
Each check yields details `{"message": …, "property": "messages[0].text"}`, as LINE's 400 answer lists them.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from simulator.refusals import Refused, invalid_fields, invalid_property

MAX_MESSAGES = 5
MAX_TEXT_UNITS = 5000
MAX_QUICK_REPLIES = 13
MAX_POSTBACK = 300
USER = re.compile(r"U[0-9a-f]{32}\Z")
RECIPIENT = re.compile(r"[UCR][0-9a-f]{32}\Z")
UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")

Details = Iterator[dict[str, str]]


def utf16_units(text: str) -> int:
    """How LINE counts the characters of a text."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def is_retry_key(key: str) -> bool:
    """A hexadecimal UUID with its hyphens, in any case."""
    return bool(UUID.match(key))


def canonical_retry_key(key: str) -> str:
    """The same key however it was written."""
    return str(uuid.UUID(key))


def wrong(message: str, where: str) -> dict[str, str]:
    """One detail of LINE's answer."""
    return {"message": message, "property": where}


def check_text(value: object, where: str, limit: int, *, required: bool = True) -> Details:
    """A text of 1 to `limit` UTF-16 units."""
    if value is None and not required:
        return
    if not isinstance(value, str) or value == "":
        yield wrong("May not be empty", where)
    elif utf16_units(value) > limit:
        yield wrong(f"Length must be between 0 and {limit}", where)


def check_https(value: object, where: str) -> Details:
    """An https address of up to 2,000 characters."""
    yield from check_text(value, where, 2000)
    if isinstance(value, str) and value and not value.startswith("https://"):
        yield wrong("Must be a valid HTTPS URL", where)


def check_action(action: object, where: str, *, labelled: bool = True) -> Details:
    """An action object; only a rich menu's may go without a label."""
    if not isinstance(action, dict):
        yield wrong("May not be null", where)
        return
    kind = action.get("type")
    if kind not in ACTIONS:
        yield wrong(f"Must be one of the following values: [{', '.join(ACTIONS)}]", f"{where}.type")
        return
    yield from check_text(action.get("label"), f"{where}.label", 20, required=labelled)
    for name, limit, required in ACTIONS[kind]:
        yield from check_text(action.get(name), f"{where}.{name}", limit, required=required)


ACTIONS: dict[str, tuple[tuple[str, int, bool], ...]] = {
    "postback": (("data", MAX_POSTBACK, True), ("displayText", 300, False)),
    "message": (("text", 300, True),),
    "uri": (("uri", 1000, True),),
    "datetimepicker": (("data", MAX_POSTBACK, True), ("mode", 10, True)),
    "camera": (),
    "cameraRoll": (),
    "location": (),
    "clipboard": (("clipboardText", 1000, True),),
    "richmenuswitch": (("richMenuAliasId", 32, True), ("data", MAX_POSTBACK, False)),
}


def check_quick_reply(quick_reply: object, where: str) -> Details:
    """Up to 13 buttons, each with an action."""
    items = quick_reply.get("items") if isinstance(quick_reply, dict) else None
    if not isinstance(items, list) or not 1 <= len(items) <= MAX_QUICK_REPLIES:
        yield wrong(f"Size must be between 1 and {MAX_QUICK_REPLIES}", f"{where}.items")
        return
    for index, item in enumerate(items):
        action = item.get("action") if isinstance(item, dict) else None
        yield from check_action(action, f"{where}.items[{index}].action")


def check_text_message(message: dict[str, Any], where: str) -> Details:
    """A text: up to 5,000 UTF-16 units."""
    yield from check_text(message.get("text"), f"{where}.text", MAX_TEXT_UNITS)


def check_sticker(message: dict[str, Any], where: str) -> Details:
    """A sticker is named by package and number."""
    yield from check_text(message.get("packageId"), f"{where}.packageId", 20)
    yield from check_text(message.get("stickerId"), f"{where}.stickerId", 20)


def check_pictured(message: dict[str, Any], where: str) -> Details:
    """Pictures and videos: the original and its preview, both https."""
    yield from check_https(message.get("originalContentUrl"), f"{where}.originalContentUrl")
    yield from check_https(message.get("previewImageUrl"), f"{where}.previewImageUrl")


def check_audio(message: dict[str, Any], where: str) -> Details:
    """A sound with its length in milliseconds."""
    yield from check_https(message.get("originalContentUrl"), f"{where}.originalContentUrl")
    duration = message.get("duration")
    if not isinstance(duration, int) or duration < 1:
        yield wrong("Must be greater than or equal to 1", f"{where}.duration")


def check_location(message: dict[str, Any], where: str) -> Details:
    """A place on the map."""
    yield from check_text(message.get("title"), f"{where}.title", 100)
    yield from check_text(message.get("address"), f"{where}.address", 100)
    for name in ("latitude", "longitude"):
        if not isinstance(message.get(name), int | float):
            yield wrong("May not be null", f"{where}.{name}")


def check_template(message: dict[str, Any], where: str) -> Details:
    """Buttons and confirmations in full; carousels only in outline, since the portal sends none."""
    yield from check_text(message.get("altText"), f"{where}.altText", 1500)
    template = message.get("template")
    if not isinstance(template, dict) or template.get("type") not in TEMPLATES:
        yield wrong(f"Must be one of the following values: [{', '.join(TEMPLATES)}]", f"{where}.template.type")
        return
    most, limit = TEMPLATES[str(template["type"])]
    if most == 0:
        return
    yield from check_text(template.get("text"), f"{where}.template.text", limit)
    actions = template.get("actions")
    if not isinstance(actions, list) or not 1 <= len(actions) <= most:
        yield wrong(f"Size must be between 1 and {most}", f"{where}.template.actions")
        return
    for index, action in enumerate(actions):
        yield from check_action(action, f"{where}.template.actions[{index}]")


TEMPLATES = {"buttons": (4, 160), "confirm": (2, 240), "carousel": (0, 0), "image_carousel": (0, 0)}


def check_flex(message: dict[str, Any], where: str) -> Details:
    """Free layouts are checked only in outline."""
    yield from check_text(message.get("altText"), f"{where}.altText", 1500)
    contents = message.get("contents")
    if not isinstance(contents, dict) or contents.get("type") not in ("bubble", "carousel"):
        yield wrong("Must be one of the following values: [bubble, carousel]", f"{where}.contents.type")


MESSAGES: dict[str, Callable[[dict[str, Any], str], Details]] = {
    "text": check_text_message,
    "textV2": check_text_message,
    "sticker": check_sticker,
    "image": check_pictured,
    "video": check_pictured,
    "audio": check_audio,
    "location": check_location,
    "template": check_template,
    "flex": check_flex,
}


def check_message(message: object, where: str) -> Details:
    """One message object with its quick replies."""
    kind = message.get("type") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(kind, str) or kind not in MESSAGES:
        yield wrong(f"Must be one of the following values: [{', '.join(MESSAGES)}]", f"{where}.type")
        return
    yield from MESSAGES[kind](message, where)
    if message.get("quickReply") is not None:
        yield from check_quick_reply(message["quickReply"], f"{where}.quickReply")


def checked_messages(body: dict[str, Any]) -> list[dict[str, Any]]:
    """The one to five messages of a request; raises Refused with every fault found."""
    messages = body.get("messages")
    if not isinstance(messages, list) or not 1 <= len(messages) <= MAX_MESSAGES:
        raise invalid_fields([wrong(f"Size must be between 1 and {MAX_MESSAGES}", "messages")])
    details = [one for index, message in enumerate(messages) for one in check_message(message, f"messages[{index}]")]
    if details:
        raise invalid_fields(details)
    return messages


def checked_recipient(body: dict[str, Any], name: str = "to", form: re.Pattern[str] = RECIPIENT) -> str:
    """The recipient's id, right in form; whether it exists is another question."""
    value = body.get(name)
    if not isinstance(value, str) or not form.match(value):
        raise invalid_property(name)
    return value


def checked_loading_seconds(body: dict[str, Any]) -> int:
    """How long the dots are shown: 5 to 60 in steps of 5, 20 when not said."""
    seconds = body.get("loadingSeconds", 20)
    if isinstance(seconds, bool) or not isinstance(seconds, int) or seconds not in range(5, 61, 5):
        raise invalid_fields([wrong("Must be a multiple of 5 between 5 and 60", "loadingSeconds")])
    return seconds


def checked_object(found: object) -> dict[str, Any]:
    """A JSON object; raises Refused for anything else."""
    if not isinstance(found, dict):
        raise Refused(400, "The request body could not be parsed as JSON (line: 1, column: 1)")
    return found
