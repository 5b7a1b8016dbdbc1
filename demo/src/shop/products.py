"""The healthy part of the shop: what it sells."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shop.errors import sentence

PRODUCTS = [
    {"id": number, "name": f"enamel mug no. {number}", "cents": 990 + 10 * number}
    for number in range(1, 25)
]


async def _all(_: Request) -> Response:
    return JSONResponse(PRODUCTS)


async def _one(request: Request) -> Response:
    number = request.path_params["number"]
    for product in PRODUCTS:
        if str(product["id"]) == number:
            return JSONResponse(product)
    return sentence(
        404, f"product {number!r}: unknown, expected a number from 1 to {len(PRODUCTS)}"
    )


ROUTES = [Route("/products", _all), Route("/products/{number}", _one)]
