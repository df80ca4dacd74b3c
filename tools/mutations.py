"""Small deliberate mistakes in Python functions: a comparison turned, a number moved, a reason left out.

Only the inside of functions is changed; texts for people, defaults of arguments and names of parameters are left alone.
"""

from __future__ import annotations

import ast
import copy
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
EFFECTS = {"STOP": "HOLD", "HOLD": "CONFIRM", "CONFIRM": "HOLD", "DUE": "CONFIRM", "INFO": "CONFIRM"}
LEFT_OUT = {"order", "not_before", "since", "window_from", "prompt", "effect", "facts"}
"""Arguments that a finding may have; a mutant leaves one out."""


@dataclass(frozen=True)
class Mutant:
    """One mistake: where it is, what it is in words, and the module with it, ready to compile."""

    key: str
    function: str
    line: int
    what: str
    tree: Callable[[], ast.Module]


def mutants(source: str, name: str) -> Iterator[Mutant]:
    """Every mutant of a module's functions and methods, in the order of the file.

    ``name`` stands in the keys. A key stays what it is while its function's text does, so results can be kept.
    """
    module = ast.parse(source)
    for qualified, node, holder in functions(module):
        text = hashlib.sha256(ast.dump(node).encode()).hexdigest()[:12]
        for number, (line, what, change) in enumerate(_changes(node)):
            key = f"{name}:{qualified}:{text}:{number}"
            yield Mutant(key, qualified, line, what, _with(module, node, holder, change))


def functions(module: ast.Module) -> Iterator[tuple[str, FunctionNode, list[ast.stmt]]]:
    """Functions of the module and methods of its classes: name within the module, node, the list it stands in."""
    for node in module.body:
        if isinstance(node, FunctionNode):
            yield node.name, node, module.body
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, FunctionNode):
                    yield f"{node.name}.{inner.name}", inner, node.body


def code_of(tree: ast.Module, function: str, filename: str) -> CodeType:
    """The compiled code of one function of the module."""
    found = [code for code in _codes(compile(tree, filename, "exec")) if code.co_qualname == function]
    return found[0]


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


Change = Callable[[FunctionNode], None]


def _with(module: ast.Module, node: FunctionNode, holder: list[ast.stmt], change: Change) -> Callable[[], ast.Module]:
    def tree() -> ast.Module:
        changed = copy.deepcopy(node)
        change(changed)
        ast.fix_missing_locations(changed)
        place = next(number for number, statement in enumerate(holder) if statement is node)
        whole = copy.copy(module)
        if holder is module.body:
            whole.body = [*holder[:place], changed, *holder[place + 1 :]]
        else:
            whole.body = [_swapped(item, holder, place, changed) for item in module.body]
        return whole

    return tree


def _swapped(item: ast.stmt, holder: list[ast.stmt], place: int, changed: FunctionNode) -> ast.stmt:
    if not isinstance(item, ast.ClassDef) or item.body is not holder:
        return item
    whole = copy.copy(item)
    whole.body = [*holder[:place], changed, *holder[place + 1 :]]
    return whole


def _changes(function: FunctionNode) -> Iterator[tuple[int, str, Change]]:
    """Every change of the function: its line, its words, and what applies it to a copy."""
    skipped = _not_ours(function)
    for place, node in enumerate(ast.walk(function)):
        if id(node) in skipped:
            continue
        before = _shown(node)
        for what, edit in _edits(node):
            yield getattr(node, "lineno", function.lineno), f"{before}: {what}", _applied(place, edit)


def _applied(place: int, edit: Callable[[ast.AST], None]) -> Change:
    def change(function: FunctionNode) -> None:
        edit(list(ast.walk(function))[place])

    return change


def _shown(node: ast.AST) -> str:
    shown = " ".join(ast.unparse(node).split())
    return shown if len(shown) <= 90 else shown[:87] + "…"


def _not_ours(function: FunctionNode) -> set[int]:
    """Nodes that are left alone: arguments, annotations, docstrings, texts, keys of parameters."""
    alone: list[ast.AST] = [function.args, *function.decorator_list]
    for node in ast.walk(function):
        if isinstance(node, ast.JoinedStr):
            alone += [part for part in node.values if isinstance(part, ast.Constant)]
            alone += [
                part.format_spec for part in node.values if isinstance(part, ast.FormattedValue) and part.format_spec
            ]
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            alone.append(node)
        elif isinstance(node, ast.AnnAssign):
            alone.append(node.annotation)
        elif isinstance(node, FunctionNode) and node.returns:
            alone.append(node.returns)
        elif isinstance(node, ast.arg) and node.annotation:
            alone.append(node.annotation)
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            if isinstance(node.slice.value, str):
                alone.append(node.slice)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "cast":
            alone.append(node.args[0])
    return {id(inner) for node in alone for inner in ast.walk(node)}


Edit = tuple[str, Callable[[ast.AST], None]]


def _edits(node: ast.AST) -> Iterator[Edit]:
    for kind, edits in _EDITS:
        if isinstance(node, kind):
            yield from edits(node)


def _set(field: str, new: object, what: str) -> Edit:
    return what, lambda node: setattr(node, field, new)


def _compare(node: ast.Compare) -> Iterator[Edit]:
    for number, operator in enumerate(node.ops):
        other = COMPARISONS[type(operator)]
        turned = [*node.ops[:number], other(), *node.ops[number + 1 :]]
        yield _set("ops", turned, f"{type(operator).__name__} becomes {other.__name__}")


def _boolean(node: ast.BoolOp) -> Iterator[Edit]:
    now, new = ("and", ast.Or) if isinstance(node.op, ast.And) else ("or", ast.And)
    yield _set("op", new(), f"{now} becomes {'or' if now == 'and' else 'and'}")


def _unary(node: ast.UnaryOp) -> Iterator[Edit]:
    if isinstance(node.op, ast.Not):
        inner = ast.Call(ast.Name("bool", ast.Load()), [copy.deepcopy(node.operand)], [])
        # The node itself can't be swapped for its child here, so `not x` becomes `not (not x)`.
        yield _set("operand", ast.UnaryOp(ast.Not(), inner), "not is taken away")


def _arithmetic(node: ast.BinOp) -> Iterator[Edit]:
    texts = any(isinstance(part, ast.JoinedStr | ast.Constant) and _is_text(part) for part in (node.left, node.right))
    if type(node.op) in ARITHMETIC and not texts:
        other = ARITHMETIC[type(node.op)]
        yield _set("op", other(), f"{type(node.op).__name__} becomes {other.__name__}")


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _constant(node: ast.Constant) -> Iterator[Edit]:
    value = node.value
    if isinstance(value, bool):
        yield _set("value", not value, f"becomes {not value}")
    elif isinstance(value, int | float):
        yield _set("value", value + 1, f"becomes {value + 1}")
    elif isinstance(value, str) and value and not any(letter.isspace() for letter in value) and value.isidentifier():
        yield _set("value", f"XX{value}", "another word")


def _name(node: ast.Name) -> Iterator[Edit]:
    if node.id in NAMES:
        yield _set("id", NAMES[node.id], f"becomes {NAMES[node.id]}")


def _attribute(node: ast.Attribute) -> Iterator[Edit]:
    if isinstance(node.value, ast.Name) and node.value.id == "Effect" and node.attr in EFFECTS:
        yield _set("attr", EFFECTS[node.attr], f"becomes {EFFECTS[node.attr]}")


def _call(node: ast.Call) -> Iterator[Edit]:
    for keyword in node.keywords:
        if keyword.arg in LEFT_OUT:
            kept = [other for other in node.keywords if other is not keyword]
            yield _set("keywords", kept, f"{keyword.arg} is left out")


def _return(node: ast.Return) -> Iterator[Edit]:
    if node.value is not None and not (
        isinstance(node.value, ast.Constant) and node.value.value in (None, True, False)
    ):
        yield _set("value", ast.Constant(None), "returns None")


def _block(node: ast.If | ast.For | FunctionNode) -> Iterator[Edit]:
    """A bare ``return`` or ``continue`` that is passed over."""
    for number, statement in enumerate(node.body):
        bare = isinstance(statement, ast.Continue) or (isinstance(statement, ast.Return) and statement.value is None)
        if bare:
            kept = [*node.body[:number], ast.Pass(), *node.body[number + 1 :]]
            yield _set("body", kept, f"{type(statement).__name__.lower()} is passed over")


def _expression(node: ast.Expr) -> Iterator[Edit]:
    if isinstance(node.value, ast.Yield | ast.YieldFrom):
        yield _set("value", ast.YieldFrom(ast.Tuple([], ast.Load())), "nothing is yielded")


_EDITS: tuple[tuple[type, Callable[..., Iterator[Edit]]], ...] = (
    (ast.Compare, _compare),
    (ast.BoolOp, _boolean),
    (ast.UnaryOp, _unary),
    (ast.BinOp, _arithmetic),
    (ast.Constant, _constant),
    (ast.Name, _name),
    (ast.Attribute, _attribute),
    (ast.Call, _call),
    (ast.Return, _return),
    (ast.If, _block),
    (ast.For, _block),
    (ast.Expr, _expression),
)
