"""A failure is told in one sentence."""

from starlette.responses import JSONResponse, Response


def sentence(status: int, what: str) -> Response:
    """An error answer: `{"error": what}`."""
    return JSONResponse({"error": what}, status)
