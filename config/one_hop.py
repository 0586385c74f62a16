"""HTTP under ASGI in one hop: the whole of a request, middleware and view, in one thread of a few kept ones.

Django's own handler walks each middleware's two halves through a thread of their own request: every view here is
plain, so that bought nothing and cost six times the rest of an empty request.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import IO, Any

from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

# With the hub's eight they take what the pool of connections has; more requests wait here, not for a connection.
THREADS = 12
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="web")


class Handler(ASGIHandler):
    """The HTTP application."""

    def __init__(self) -> None:
        BaseHandler.__init__(self)
        self.load_middleware(is_async=False)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One request."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        loop = asyncio.get_running_loop()
        answer = partial(copy_context().run, self._answer, scope, body)
        response = await loop.run_in_executor(_threads, answer)
        await self.send_response(response, send)
        if response.streaming:
            await loop.run_in_executor(_threads, response.close)

    def _answer(self, scope: Any, body: IO[bytes]) -> HttpResponseBase:
        with body:
            set_script_prefix(get_script_prefix(scope))
            signals.request_started.send(sender=self.__class__, scope=scope)
            request, refusal = self.create_request(scope, body)
            response = self.get_response(request) if request else refusal
            assert response is not None  # noqa: S101 - create_request() gives one or the other
            # Django's signal that gives the connection back names this class.
            response._handler_class = self.__class__  # type: ignore[attr-defined]
            if not response.streaming:
                response.close()
            return response
