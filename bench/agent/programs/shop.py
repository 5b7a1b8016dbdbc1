"""A service with some work to do: builds, sorts and serialises a small order."""

import json

ITEMS = [{"name": f"item {n}", "price": n * 7919 % 1000, "tags": ["a", "b"]} for n in range(40)]


def work():
    order = sorted(
        ({**item, "total": item["price"] * 3} for item in ITEMS), key=lambda i: i["price"]
    )
    return json.dumps(order).encode()


def wsgi(environ, start_response):
    body = work()
    start_response(
        "200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    )
    return [body]


async def asgi(scope, receive, send):
    if scope["type"] != "http":
        raise RuntimeError("only http")
    body = work()
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
