"""`python -m shop --port P [--faults a,b]`: the shop in one process."""

import logging
import os

from shop.app import application
from shop.command_line import Arguments, between
from shop.faults import UnknownFault
from shop.server import listening, serve


def main() -> None:
    """Exit code 1 when the port is taken, 2 for wrong arguments."""
    arguments = Arguments(prog="shop", description="A small web shop with faults to switch on.")
    arguments.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)"
    )
    arguments.add_argument(
        "--port", type=between(0, 65535), default=8000, help="0 picks a free one (default: 8000)"
    )
    arguments.add_argument(
        "--faults",
        default=os.environ.get("SHOP_FAULTS", ""),
        help="names with commas between, on from the start (default: $SHOP_FAULTS)",
    )
    given = arguments.parse_args()
    # What libraries warn of; the agent's warnings tell why nobody hears of a shop.
    logging.basicConfig()

    try:
        shop = application(name.strip() for name in given.faults.split(",") if name.strip())
    except UnknownFault as unknown:
        arguments.error(str(unknown))
    try:
        listener = listening(given.host, given.port)
    except OSError as refused:
        arguments.exit(1, f"shop: port {given.port}: {refused.strerror}, expected a free one\n")
    serve(shop, listener)


if __name__ == "__main__":
    main()
