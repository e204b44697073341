"""A way to a database that can be cut, slowed down and lost: a loopback proxy in front of a server of TCP."""

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread

CHUNK = 65_536


class Proxy:
    """Passes every byte on until it is told otherwise.

    `on_request` sees what the client says and may say what happens to it: "cut" (both ways, before it arrives),
    "deaf" (it arrives, and the answer does not), or "" for nothing. While `closed`, nobody gets in.
    """

    def __init__(self, host: str, port: int, on_request: Callable[[bytes], str] = lambda said: "") -> None:
        self.target, self.on_request = (host, port), on_request
        self.closed = Event()
        self.lock, self.links = Lock(), set[socket.socket]()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Every connection there is, both ways."""
        with self.lock:
            links = list(self.links)
        for one in links:
            self._close(one)

    def stop(self) -> None:
        self._close(self.listener)
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                if self.closed.is_set():
                    client.close()
                    continue
                server = socket.create_connection(self.target)
                with self.lock:
                    self.links |= {client, server}
                deaf = Event()
                Thread(target=self._asks, args=(client, server, deaf), daemon=True).start()
                Thread(target=self._answers, args=(server, client, deaf), daemon=True).start()

    def _asks(self, client: socket.socket, server: socket.socket, deaf: Event) -> None:
        with suppress(OSError):
            while said := client.recv(CHUNK):
                fate = self.on_request(said)
                if fate == "cut":
                    break
                if fate == "deaf":
                    deaf.set()
                server.sendall(said)
        if not deaf.is_set():
            self._close(server)
        self._close(client)

    def _answers(self, server: socket.socket, client: socket.socket, deaf: Event) -> None:
        with suppress(OSError):
            while told := server.recv(CHUNK):
                if deaf.is_set():
                    break
                client.sendall(told)
        self._close(client)
        self._close(server)

    def _close(self, one: socket.socket) -> None:
        with self.lock:
            self.links.discard(one)
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()
