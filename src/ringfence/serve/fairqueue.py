"""A bounded queue that is fair between callers: each has a line of its own, served in turn."""

import collections
import threading
from typing import Generic, TypeVar

from ringfence.errors import Busy

T = TypeVar("T")


class FairQueue(Generic[T]):
    """At most `size` items in all. Thread-safe."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._count = 0
        self._lines: collections.OrderedDict[object, collections.deque[T]] = collections.OrderedDict()
        self._changed = threading.Condition()
        self._closed = False

    def put(self, caller: object, item: T) -> None:
        """Join the caller's line. Raises Busy where the queue is full or closed."""
        with self._changed:
            if self._closed:
                raise Busy("the server is stopping", hint="call again once it is back")
            if self._count >= self._size:
                raise Busy(f"{self._size} calls are waiting already", hint="call again later")
            self._lines.setdefault(caller, collections.deque()).append(item)
            self._count += 1
            self._changed.notify()

    def get(self) -> T | None:
        """The next item, waiting for one; None once the queue is closed and empty."""
        with self._changed:
            while not self._count:
                if self._closed:
                    return None
                self._changed.wait()
            caller, line = next(iter(self._lines.items()))
            item = line.popleft()
            self._count -= 1
            if line:
                self._lines.move_to_end(caller)
            else:
                del self._lines[caller]
            return item

    def remove(self, caller: object, item: T) -> bool:
        """Take an item back; False where it is no longer waiting."""
        with self._changed:
            line = self._lines.get(caller)
            if line is None or item not in line:
                return False
            line.remove(item)
            self._count -= 1
            if not line:
                del self._lines[caller]
            return True

    def close(self) -> None:
        """Take nothing more; what waits is still served."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
