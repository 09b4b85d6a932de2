"""Check whether a service can listen on its address, before it loads the data."""

from __future__ import annotations

import errno
import os
import socket

from buldan.errors import QueryError

__all__ = ["check_address"]

_ADVICE = {
    errno.EADDRINUSE: "another program uses it; stop that program, or choose another port with --port",
    errno.EACCES: "this needs more rights; choose a port above 1023 with --port",
    errno.EADDRNOTAVAIL: "this machine has no such address; choose another with --host",
}


def check_address(host: str, port: int) -> None:
    """Refuse an address on which nothing can listen.

    Raises:
        QueryError: the port is in use or not allowed, or the host is not an address of this machine.
    """
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as listener:
            if os.name == "posix":  # as in the server: a port that was released a moment ago counts as free
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except socket.gaierror as error:
        advice = _ADVICE[errno.EADDRNOTAVAIL]
        raise QueryError(f"cannot listen on {host}: {error.strerror}; {advice}", field="host") from None
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, error.strerror or str(error))
        raise QueryError(f"cannot listen on {host}, port {port}: {advice}", field="port") from None
