"""The endpoints of api.line.me and api-data.line.me that an account for counseling uses.

Source: messaging-api.yml of line/line-openapi. What is not here answers 404, as an unknown address does.
"""

from aiohttp import web

from simulator import line_account, sending
from simulator.events import event_of
from simulator.gate import PLATFORM, Answer, Call, Endpoint, gated, refusal
from simulator.people import Tie
from simulator.refusals import NOT_FOUND, Refused
from simulator.rules import USER, checked_loading_seconds, checked_messages, checked_recipient
from simulator.webhooks import parcel_of


async def push(call: Call) -> Answer:
    """Send messages to one person, at any time; counted in the quota."""
    return Answer(sending.push(sending_of(call)))


async def reply(call: Call) -> Answer:
    """Answer one event within its minute; free of quota."""
    return Answer(sending.reply(sending_of(call)))


def sending_of(call: Call) -> sending.Sending:
    """What accepting needs to know of the request."""
    retry_key = call.request.headers.get("X-Line-Retry-Key")
    return sending.Sending(call.platform, call.channel, call.request_id, call.json(), call.raw, retry_key)


async def validate(call: Call) -> Answer:
    """LINE's dry run of messages."""
    checked_messages(call.json())
    return Answer()


async def show_quota(call: Call) -> Answer:
    """How many messages a month."""
    quota = call.channel.quota
    return Answer({"type": "none"} if quota is None else {"type": "limited", "value": quota})


async def show_consumption(call: Call) -> Answer:
    """How many of them are used."""
    return Answer({"totalUsage": call.channel.usage(call.platform.clock.month())})


async def start_loading(call: Call) -> Answer:
    """The dots that say somebody is writing. LINE answers 202."""
    body = call.json()
    user = checked_recipient(body, "chatId", USER)
    seconds = checked_loading_seconds(body)
    if call.platform.people.tie(user, call.channel.channel_id) is None:
        raise Refused(400, "The property, 'chatId', in the request body is invalid (line: -, column: -)")
    call.platform.live.tell("loading", user=user, channel=call.channel.channel_id, seconds=seconds)
    return Answer(status=202)


async def mark_as_read(call: Call) -> Answer:
    """By token (current) or by person (older): everything up to there is read."""
    body = call.json()
    token = body.get("markAsReadToken")
    chat = body.get("chat")
    user = chat.get("userId") if isinstance(chat, dict) else None
    own = [one for one in call.platform.ledger.entries if one.channel == call.channel.channel_id and one.by == "person"]
    if token is not None:
        marked = next((one for one in own if one.message.get("markAsReadToken") == token), None)
        if marked is None:
            raise Refused(400, "The property, 'markAsReadToken', in the request body is invalid (line: -, column: -)")
        own = [one for one in own if one.user == marked.user and one.seq <= marked.seq]
    else:
        own = [one for one in own if one.user == user]
    for entry in own:
        if not entry.read:
            entry.read = True
            call.platform.live.tell("changed", entry=entry.shown())
    return Answer()


async def describe_person(call: Call) -> Answer:
    """404 for strangers and for those who blocked the account, as LINE does."""
    person = call.platform.people.by_id.get(call.part("user_id"))
    if person is None or call.platform.people.tie(person.user_id, call.channel.channel_id) is not Tie.FRIEND:
        raise Refused(404, NOT_FOUND)
    return Answer({"displayName": person.name, "userId": person.user_id, "language": person.language})


async def leave(call: Call) -> Answer:
    """Leave a group or a room; a second time there is nothing to leave."""
    group = call.part("group_id")
    if call.platform.people.groups.pop(group, None) != call.channel.channel_id:
        raise Refused(404, NOT_FOUND)
    said = {"type": "leave", "group": group}
    event = event_of(said, "", call.platform.clock.now_ms(), call.platform.identifiers)
    call.platform.webhooks.later(call.platform.webhooks.deliver(parcel_of(call.channel, [event])))
    return Answer()


async def content(call: Call) -> Answer:
    """A file that a person sent: 202 while it is prepared, 404 when unknown, 410 when taken back."""
    found = call.platform.contents.get(call.part("message_id"))
    if found is None or found.missing:
        raise Refused(404, NOT_FOUND)
    if found.gone:
        raise Refused(410, "Gone")
    if found.pending > 0:
        found.pending -= 1
        return Answer(status=202, raw=b"")
    return Answer(raw=found.body, content_type=found.content_type)


async def transcoding(call: Call) -> Answer:
    """Whether a film or a sound is ready."""
    found = call.platform.contents.get(call.part("message_id"))
    if found is None or found.kind not in ("video", "audio") or found.missing:
        raise Refused(404, NOT_FOUND)
    if found.gone:
        raise Refused(410, "Gone")
    return Answer({"status": "processing" if found.pending > 0 else "succeeded"})


async def issue_token(request: web.Request) -> web.Response:
    """A fresh token for channel id and secret, as LINE's short-lived and stateless tokens are issued."""
    platform = request.app[PLATFORM]
    form = await request.post()
    channel = platform.channels.by_id.get(str(form.get("client_id")))
    if channel is None or form.get("client_secret") != channel.secret or form.get("grant_type") != "client_credentials":
        wrong = {"error": "invalid_client", "error_description": "invalid client_id or client_secret"}
        return web.json_response(wrong, status=400)
    token = platform.identifiers.token() * 2
    platform.channels.issue(channel, token)
    return web.json_response({"access_token": token, "token_type": "Bearer", "expires_in": 900})


async def unknown(request: web.Request) -> web.Response:
    """An address that LINE has not, or that this platform does not play."""
    return refusal(Refused(404, NOT_FOUND), request.app[PLATFORM].identifiers.request_id())


ENDPOINTS: tuple[tuple[str, str, Endpoint], ...] = (
    ("POST", "/v2/bot/message/push", push),
    ("POST", "/v2/bot/message/reply", reply),
    ("POST", "/v2/bot/message/validate/push", validate),
    ("POST", "/v2/bot/message/validate/reply", validate),
    ("GET", "/v2/bot/message/quota", show_quota),
    ("GET", "/v2/bot/message/quota/consumption", show_consumption),
    ("POST", "/v2/bot/chat/loading/start", start_loading),
    ("POST", "/v2/bot/chat/markAsRead", mark_as_read),
    ("POST", "/v2/bot/message/markAsRead", mark_as_read),
    ("GET", "/v2/bot/profile/{user_id}", describe_person),
    ("POST", "/v2/bot/group/{group_id}/leave", leave),
    ("POST", "/v2/bot/room/{group_id}/leave", leave),
    ("GET", "/v2/bot/message/{message_id}/content", content),
    ("GET", "/v2/bot/message/{message_id}/content/preview", content),
    ("GET", "/v2/bot/message/{message_id}/content/transcoding", transcoding),
)


def add_routes(app: web.Application) -> None:
    """LINE's addresses."""
    for method, path, endpoint in (*ENDPOINTS, *line_account.ENDPOINTS):
        app.router.add_route(method, path, gated(endpoint))
    app.router.add_post("/v2/oauth/accessToken", issue_token)
    app.router.add_post("/oauth2/v3/token", issue_token)
