"""
What does a stack wait for?

A call into C such as `time.sleep` has no Python frame, so it is told from the bytecode: the
instruction that the innermost frame is at calls something, and what that is can be found from the
instructions before it. Nothing of the service's is executed for this: names are looked up in
dictionaries of modules and types, never by `getattr` on an object.
"""

from __future__ import annotations

import builtins
import ctypes
import dis
import inspect
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import CodeType, FrameType, ModuleType
from typing import Any, cast

from hognose._frames import Own, Places, is_stdlib, is_users
from hognose._happenings import Cause
from hognose._untouched import held_by, is_a, told_by

# By module, and by module and name: the most telling C functions and types.
_CALLS: dict[str, Cause] = {
    "time.sleep": "SYNC_SLEEP",
    "os.system": "SUBPROCESS",
    "posix.system": "SUBPROCESS",
    "posix.waitpid": "SUBPROCESS",
    "posix.wait": "SUBPROCESS",
    "posix.waitid": "SUBPROCESS",
    "posix.wait3": "SUBPROCESS",
    "posix.wait4": "SUBPROCESS",
    "_posixsubprocess": "SUBPROCESS",
    "_thread": "LOCK",
    "_queue": "LOCK",
    "_multiprocessing": "LOCK",
    "fcntl": "LOCK",
    "_socket": "SYNC_IO",
    "_ssl": "SYNC_IO",
    "select": "SYNC_IO",
    "posix": "SYNC_IO",
    "io": "SYNC_IO",
    "_io": "SYNC_IO",
    "sqlite3": "SYNC_IO",
    "_sqlite3": "SYNC_IO",
}

# Python modules of the standard library that are nothing but a way to wait, innermost first.
_MODULES: dict[str, Cause] = {
    "/subprocess.py": "SUBPROCESS",
    "/multiprocessing/popen_fork.py": "SUBPROCESS",
    "/threading.py": "LOCK",
    "/queue.py": "LOCK",
    "/multiprocessing/synchronize.py": "LOCK",
    "/socket.py": "SYNC_IO",
    "/ssl.py": "SYNC_IO",
    "/http/client.py": "SYNC_IO",
    "/selectors.py": "SYNC_IO",
    "/multiprocessing/connection.py": "SYNC_IO",
}

# Instructions between those that name an object and the call: they name nothing. A `with` of 3.14
# finds both of its methods before it calls one.
_BESIDE = frozenset(("PUSH_NULL", "COPY", "DUP_TOP", "NOP", "KW_NAMES", "LOAD_SPECIAL", "SWAP"))

# Functions that may be left and gone on with later, and what gives a function its own variables.
_SUSPENDED = inspect.CO_COROUTINE | inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR
_COPIES = frozenset(("locals", "vars"))

_Instructions = Sequence[dis.Instruction]


def wait(frame: FrameType, places: Places, own: Own = frozenset()) -> Cause | None:
    """
    What the thread waits for if it waits, by its innermost frame and its stack.

    None when neither says: the thread computes, or waits within C code that is not known here.
    """
    inward = _beyond_user_code(places, own)
    if any(file.endswith("/subprocess.py") for file in inward):
        return "SUBPROCESS"
    return _cause_of(called(frame)) or next(
        (_MODULES[end] for file in reversed(inward) for end in _MODULES if file.endswith(end)), None
    )


def _beyond_user_code(places: Places, own: Own) -> list[str]:
    """The files of the standard library that the service's own code has called into."""
    files: list[str] = []
    for place in reversed(places):
        if is_users(place.file, own):
            break
        if is_stdlib(place.file):
            files.append(place.file)
    return files[::-1]


def _cause_of(name: str) -> Cause | None:
    module = name.partition(".")[0]
    return _CALLS.get(name) or _CALLS.get(module)


def called(frame: FrameType) -> str:
    """
    The C function, as `module.name` or `module.type.name`, that the frame's instruction calls.

    Empty when the instruction is no call or what it calls cannot be told.
    """
    instructions = _until(frame.f_code, frame.f_lasti)
    if not instructions:
        return ""
    expression = _callable_of(instructions)
    return _name(_resolve(expression, frame)) if expression else ""


def _until(code: CodeType, last: int) -> list[dis.Instruction]:
    """The instructions up to the one at the offset, without those that only assist it."""
    return [
        each
        for each in dis.get_instructions(code)
        if each.offset <= last and each.opname not in ("CACHE", "EXTENDED_ARG")
    ]


def _callable_of(instructions: _Instructions) -> list[dis.Instruction]:
    """The instructions that put the called object on the stack: a name and its attributes."""
    call = instructions[-1]
    if call.opname in ("BEFORE_WITH", "SETUP_WITH", "LOAD_SPECIAL"):
        return _chain(instructions[:-1])
    below = _values_above_callable(call)
    if below < 0:
        return []
    at = len(instructions) - 1
    if instructions[at - 1].opname == "PRECALL":
        at -= 1
    while below > 0 and at > 0:
        at -= 1
        each = instructions[at]
        if each.opcode in dis.hasjrel or each.opcode in dis.hasjabs:
            return []
        below -= _pushed(each)
    return _chain(instructions[:at])


def _values_above_callable(call: dis.Instruction) -> int:
    """How many values lie above the called object; negative for what is no call."""
    count = call.arg or 0
    # In hot code of 3.11 one specialised instruction does the work of PRECALL and CALL, and stands
    # where PRECALL was.
    if call.opname in ("CALL", "PRECALL", "CALL_FUNCTION", "CALL_METHOD"):
        return count
    if call.opname in ("CALL_KW", "CALL_FUNCTION_KW"):
        return count + 1
    if call.opname == "CALL_FUNCTION_EX":
        # From 3.14 on there is always a value for arguments by name, which may be none.
        return 2 if sys.version_info >= (3, 14) else 1 + (count & 1)
    return -1


def _pushed(instruction: dis.Instruction) -> int:
    # KW_NAMES (3.11, 3.12) tells the call which arguments have names and pushes nothing.
    arg = instruction.arg if instruction.opcode >= dis.HAVE_ARGUMENT else None
    return dis.stack_effect(instruction.opcode, arg, jump=False)


def _chain(instructions: _Instructions) -> list[dis.Instruction]:
    """The attributes at the end, and the name that they begin with."""
    chain: list[dis.Instruction] = []
    for each in reversed(instructions):
        if each.opname in _BESIDE:
            continue
        chain.append(each)
        if not each.opname.startswith(("LOAD_ATTR", "LOAD_METHOD")):
            break
    return chain[::-1]


def _resolve(expression: _Instructions, frame: FrameType) -> Any:
    """The object that the expression names, found without running any code; None if it is not."""
    first, *attributes = expression
    # From 3.13 on one instruction may put two names on the stack.
    name = str(first.argval[-1] if isinstance(first.argval, tuple) else first.argval)
    scopes: list[Mapping[str, Any]] = [frame.f_globals, vars(builtins)]
    if first.opname == "LOAD_GLOBAL":
        found: Any = _first(scopes, name)
    elif first.opname == "LOAD_NAME":
        found = _first([frame.f_locals, *scopes], name)
    elif first.opname.startswith(("LOAD_FAST", "LOAD_DEREF", "LOAD_CLOSURE")):
        found = _variable(frame, name)
    else:
        return None
    for attribute in attributes:
        found = _member(found, str(attribute.argval))
    is_wrapped = is_a(found, staticmethod) or is_a(found, classmethod)
    return found.__func__ if is_wrapped else found


def _first(scopes: Iterable[Mapping[str, Any]], name: str) -> Any:
    return next((scope[name] for scope in scopes if name in scope), None)


def _variable(frame: FrameType, name: str) -> Any:
    """
    A variable of a function; None where it is not set, or cannot be read without harm.

    Before 3.13 `f_locals` leaves a copy of all variables with the frame until the function ends,
    and it is the dict that the service has from `locals()`. 3.12 can read one variable without.
    """
    if sys.version_info >= (3, 13):
        return frame.f_locals.get(name)
    if sys.version_info < (3, 12):
        return frame.f_locals.get(name) if _ends_with_block(frame.f_code) else None
    read = _reader()
    try:
        return read(frame, name) if read is not None else None
    except NameError:
        return None


def _ends_with_block(code: CodeType) -> bool:
    """Whether a function returns before its loop goes on, and has no copy of its variables."""
    return not code.co_flags & _SUSPENDED and not _COPIES & set(code.co_names)


@cache
def _reader() -> Callable[[FrameType, str], Any] | None:
    """`PyFrame_GetVar`, where there is one."""
    try:
        read = ctypes.PyDLL(None).PyFrame_GetVar
    except (AttributeError, OSError):
        return None
    read.argtypes = [ctypes.py_object, ctypes.py_object]
    read.restype = ctypes.py_object
    return cast("Callable[[FrameType, str], Any]", read)


def _member(owner: Any, name: str) -> Any:
    if owner is None:
        return None
    if is_a(owner, ModuleType):
        return held_by(owner).get(name)
    own = _own_members(owner)
    if name in own:
        return own[name]
    kind = owner if is_a(owner, type) else type(owner)
    bases = map(held_by, told_by(kind, "__mro__"))
    return next((held[name] for held in bases if name in held), None)


def _own_members(owner: Any) -> Mapping[str, Any]:
    """What the object itself holds, unless its class has taken the matter into its own hands."""
    try:
        own = object.__getattribute__(owner, "__dict__")
    except AttributeError:
        return {}
    return own if isinstance(own, Mapping) else {}


def _name(found: Any) -> str:
    """`module.name` of a C function; `module.type.name` of a C type's method, `module.type`."""
    owner = getattr(found, "__objclass__", None) if type(found) in _METHODS else None
    if isinstance(owner, type):
        return f"{owner.__module__}.{owner.__name__}.{found.__name__}"
    if type(found) in _FUNCTIONS:
        bound_to = found.__self__
        if isinstance(bound_to, ModuleType) or bound_to is None:
            return f"{found.__module__}.{found.__name__}"
        kind = bound_to if isinstance(bound_to, type) else type(bound_to)
        return f"{kind.__module__}.{kind.__name__}.{found.__name__}"
    kind = found if isinstance(found, type) else type(found)
    return f"{kind.__module__}.{kind.__name__}"


_FUNCTIONS = (type(len),)
_METHODS = (type(str.join), type(object.__init__))
