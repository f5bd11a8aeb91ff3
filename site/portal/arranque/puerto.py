"""The port the site listens on."""

import socket

DIRECCION = "127.0.0.1"


def puerto_ocupado(puerto: int) -> bool:
    """Whether another program already listens on `puerto` of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as enchufe:
        enchufe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            enchufe.bind((DIRECCION, puerto))
        except OSError:
            return True
    return False


def puerto_libre_desde(puerto: int) -> int:
    """The first free port after `puerto`, to suggest it."""
    return next(
        (candidato for candidato in range(puerto + 1, 65536) if not puerto_ocupado(candidato)),
        puerto + 1,
    )
