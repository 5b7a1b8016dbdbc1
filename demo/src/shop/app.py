"""The shop as an ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shop import products
from shop.errors import sentence
from shop.faults import UnknownFault
from shop.switchboard import Switch, Switchboard, SwitchedOff


def application(faults_on: Iterable[str] = ()) -> Starlette:
    """A shop with these faults and twins on from the start; raises UnknownFault."""
    board = Switchboard()
    at_start = [board[name] for name in faults_on]

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            for switch in at_start:
                await switch.on()
            yield
        finally:
            await board.all_off()

    return Starlette(
        routes=[
            *products.ROUTES,
            Route("/healthz", _healthz),
            *_switching(board),
            *(_calling(switch) for switch in board),
        ],
        exception_handlers={
            HTTPException: _no_such_page,
            UnknownFault: _not_found,
            SwitchedOff: _not_found,
        },
        lifespan=lifespan,
    )


async def _healthz(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


def _switching(board: Switchboard) -> list[Route]:
    """The routes that list, switch on and switch off."""

    async def listed(_: Request) -> Response:
        return JSONResponse([switch.as_json() for switch in board])

    async def on(request: Request) -> Response:
        switch = board[request.path_params["name"]]
        await switch.on()
        return JSONResponse(switch.as_json())

    async def off(request: Request) -> Response:
        switch = board[request.path_params["name"]]
        await switch.off()
        return JSONResponse(switch.as_json())

    return [
        Route("/faults", listed),
        Route("/faults/{name}", on, methods=["PUT"]),
        Route("/faults/{name}", off, methods=["DELETE"]),
    ]


def _calling(switch: Switch) -> Route:
    """The route of one fault's or twin's endpoint."""

    async def call(_: Request) -> Response:
        try:
            return JSONResponse(await switch.call())
        except asyncio.CancelledError:
            # Only uvicorn cancels a request, and only when its time to end has come.
            return sentence(503, f"{switch.of.path}: not done, the shop is closing")

    return Route(switch.of.path, call)


async def _no_such_page(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return sentence(error.status_code, f"{request.method} {request.url.path}: {error.detail}")


async def _not_found(_: Request, error: Exception) -> Response:
    return sentence(404, str(error))
