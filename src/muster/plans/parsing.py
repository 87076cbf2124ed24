"""Text to expression, and back.

`parse` is total: it gives an `Expression`, or raises `NotAnExpression` with words in both languages and the column
(counted from 1) where reading stopped. Nesting and length are bounded, so that no text can exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NoReturn

from msgspec import Struct

from muster.plans.conditions import (
    CALENDAR_NAMES,
    FUNCTIONS,
    And,
    Call,
    Choose,
    Compare,
    Constant,
    Expression,
    FieldOf,
    ListOf,
    Name,
    Node,
    Not,
    Or,
    Span,
    Sum,
)
from muster.plans.model import Words

LONGEST = 4000  # characters
DEEPEST = 40  # brackets, `not`, `if` and terms of a sum inside one another

KEYWORDS = frozenset({"if", "then", "else", "or", "and", "not", "in", "true", "false"})
COMPARISONS = ("==", "!=", "<=", ">=", "<", ">", "in")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Functions whose arguments are not ordinary values: the id of a task, a weekday.
OF_TASKS = frozenset({"done", "received", "done_by"})

UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

_SPAN = r"\d+(?:\.\d+)?(?:mo|wd|[smhdy])"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<span>(?:{_SPAN})+)(?![\w.])
    | (?P<number>\d+(?:\.\d+)?)(?![\w.])
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<name>[^\W\d]\w*(?:-\w+)*)
    | (?P<sign>==|!=|<=|>=|<|>|\+|-|\(|\)|\[|\]|,|\.)
    )""",
    re.VERBOSE,
)
_ONE_SPAN = re.compile(r"(\d+)(?:\.(\d+))?(mo|wd|[smhdy])")

# What people type out of habit, and what it is called here.
_HABITS = {
    "=": "==", "===": "==", "<>": "!=", "≠": "!=", "!": "not", "&&": "and", "&": "and", "||": "or", "|": "or",
    "≥": ">=", "≤": "<=", "（": "(", "）": ")", "，": ",", "＝": "==", "＞": ">", "＜": "<",
    "且": "and", "并且": "and", "或": "or", "或者": "or", "非": "not", "“": '"', "”": '"',
}  # fmt: skip
_HABIT = re.compile(r"\s*(===|<>|&&|\|\||[=!&|≠≥≤（），＝＞＜“”])")


class NotAnExpression(Exception):
    """The text cannot be read as an expression; `words` say why, `column` (from 1) says where."""

    def __init__(self, words: Words, column: int) -> None:
        super().__init__(words.en)
        self.words = words
        self.column = column


class _Token(Struct, frozen=True):
    kind: str  # span, number, text, name, sign, end
    text: str
    at: int  # position from 0


def _fail(zh: str, en: str, at: int) -> NoReturn:
    raise NotAnExpression(Words(zh, en), at + 1)


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        # "=" must not be read as the beginning of nothing: "==" is matched above, a lone "=" is a habit.
        if match is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            habit = _HABIT.match(text, at)
            if habit:
                typed = habit.group(1)
                meant = _HABITS[typed]
                _fail(f"不认识“{typed}”，请写作 {meant}", f"“{typed}” is not known here; write {meant}", start)
            if text[start] in "\"'":
                _fail("引号没有成对", "the quotation mark is not closed", start)
            if text[start].isdigit():
                word = re.match(r"[\w.]+", text[start:])
                typed = word.group(0) if word else text[start]
                _fail(
                    f"“{typed}”既不是数，也不是时长（时长写作 30m、2h、1d、5wd、1mo、2y）",
                    f"“{typed}” is neither a number nor a span (spans: 30m, 2h, 1d, 5wd, 1mo, 2y)",
                    start,
                )
            _fail(f"不认识的字符“{text[start]}”", f"the character “{text[start]}” has no meaning here", start)
        kind = match.lastgroup or ""
        word_text = match.group(kind)
        found.append(_Token(kind, word_text, match.start(kind)))
        at = match.end()
    found.append(_Token("end", "", end))
    return found


def span_of(text: str) -> Span:
    """`1h30m` as a Span. Raises ValueError where `text` is no span or gives no whole number of its unit."""
    if not re.fullmatch(f"(?:{_SPAN})+", text, re.ASCII):
        raise ValueError(text)
    seconds = working_days = months = 0
    for whole, part, unit in _ONE_SPAN.findall(text):
        if unit in UNIT_SECONDS:
            size = UNIT_SECONDS[unit]
            seconds += int(whole) * size
            if part:
                extra, rest = divmod(int(part) * size, 10 ** len(part))
                if rest:
                    raise ValueError(text)
                seconds += extra
        elif part:
            raise ValueError(text)
        elif unit == "wd":
            working_days += int(whole)
        else:
            months += int(whole) * (12 if unit == "y" else 1)
    # Beyond a thousand years no date exists to add it to.
    if seconds > 1000 * 366 * 86400 or working_days > 366_000 or months > 12_000:
        raise ValueError(text)
    return Span(seconds, working_days, months)


class _Reader:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.position = 0
        self.depth = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.position]

    def advance(self) -> _Token:
        token = self.next
        self.position += 1
        return token

    def sees(self, *texts: str) -> bool:
        token = self.next
        return token.kind in ("name", "sign") and token.text in texts

    def takes(self, text: str) -> bool:
        if self.sees(text):
            self.position += 1
            return True
        return False

    def needs(self, text: str) -> None:
        if not self.takes(text):
            self.unexpected(text)

    def unexpected(self, wanted: str = "") -> NoReturn:
        token = self.next
        zh_wanted, en_wanted = (f"，这里应为“{wanted}”", f"; “{wanted}” is needed") if wanted else ("", "")
        if token.kind == "end":
            _fail("表达式不完整" + zh_wanted, "the expression ends too early" + en_wanted, token.at)
        if token.text in _HABITS:
            meant = _HABITS[token.text]
            _fail(f"“{token.text}”请写作 {meant}", f"write {meant} instead of “{token.text}”", token.at)
        _fail(f"这里不应出现“{token.text}”" + zh_wanted, f"“{token.text}” does not fit here" + en_wanted, token.at)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            _fail(
                f"嵌套超过 {DEEPEST} 层，请拆成几个推算要素",
                f"nested more than {DEEPEST} deep; split it into derived facts",
                self.next.at,
            )

    def expression(self) -> Node:
        self.deeper()
        node = self.choice() if self.sees("if") else self.disjunction()
        self.depth -= 1
        return node

    def choice(self) -> Node:
        self.needs("if")
        condition = self.expression()
        self.needs("then")
        yes = self.expression()
        self.needs("else")
        return Choose(condition, yes, self.expression())

    def disjunction(self) -> Node:
        parts = [self.conjunction()]
        while self.takes("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self) -> Node:
        parts = [self.negation()]
        while self.takes("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negation(self) -> Node:
        if self.takes("not"):
            self.deeper()
            node = Not(self.negation())
            self.depth -= 1
            return node
        return self.comparison()

    def comparison(self) -> Node:
        left = self.sum()
        if not self.sees(*COMPARISONS):
            if self.sees("not") and self.tokens[self.position + 1].text == "in":
                _fail("“不在其中”请写作 not (x in [..])", "write not (x in [..])", self.next.at)
            return left
        operator = self.advance().text
        node = Compare(operator, left, self.sum())
        if self.sees(*COMPARISONS):
            _fail(
                "一次只比较两个值，多个比较用 and 连接",
                "compare two values at a time, and join comparisons with and",
                self.next.at,
            )
        return node

    def sum(self) -> Node:
        node = self.atom()
        terms = 0
        while self.sees("+", "-"):
            terms += 1
            self.deeper()
            operator = self.advance().text
            node = Sum(operator, node, self.atom())
        self.depth -= terms
        return node

    def atom(self) -> Node:
        token = self.next
        match token.kind:
            case "number":
                return Constant(self.number())
            case "span":
                self.advance()
                try:
                    return Constant(span_of(token.text))
                except ValueError:
                    _fail(
                        f"时长“{token.text}”不能使用：须为整数，且不超过一千年",
                        f"the span “{token.text}” cannot be used: whole numbers, at most a thousand years",
                        token.at,
                    )
            case "text":
                self.advance()
                return Constant(token.text[1:-1])
            case "name":
                return self.named()
        if self.takes("("):
            node = self.expression()
            self.needs(")")
            return node
        if self.takes("["):
            return ListOf(self.several("]"))
        if not self.sees("-") or self.tokens[self.position + 1].kind != "number":
            self.unexpected()
        self.advance()
        return Constant(-self.number())

    def number(self) -> int | float:
        token = self.advance()
        if len(token.text) > 18:
            _fail("数字过长", "the number is too long", token.at)
        return float(token.text) if "." in token.text else int(token.text)

    def named(self) -> Node:
        token = self.next
        if token.text in ("true", "false"):
            self.advance()
            return Constant(token.text == "true")
        if token.text in KEYWORDS:
            self.unexpected()
        self.advance()
        if self.takes("("):
            return self.call(token)
        if self.takes("."):
            field = self.next
            if field.kind != "name" or field.text in KEYWORDS:
                self.unexpected()
            self.advance()
            return FieldOf(token.text, field.text)
        return Name(token.text)

    def call(self, token: _Token) -> Node:
        if token.text not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            _fail(f"没有函数“{token.text}”；可用：{known}", f"no function “{token.text}”; there are {known}", token.at)
        arguments = self.several(")")
        least, most = FUNCTIONS[token.text]
        if len(arguments) < least or (most and len(arguments) > most):
            wanted = str(least) if most == least else f"{least}+"
            _fail(
                f"{token.text}() 需要 {wanted} 个参数，这里有 {len(arguments)} 个",
                f"{token.text}() takes {wanted} argument(s), {len(arguments)} given",
                token.at,
            )
        if token.text in OF_TASKS and not isinstance(arguments[0], Name):
            _fail(f"{token.text}() 里写任务的 id", f"{token.text}() takes the id of a task", token.at)
        if token.text == "confirmed" and not isinstance(arguments[0], Name):
            _fail("confirmed() 里写等级体系的 id", "confirmed() takes the id of a scale", token.at)
        if token.text == "next" and not (isinstance(arguments[0], Name) and arguments[0].id in WEEKDAYS):
            _fail("next() 的第一个参数是 monday … sunday", "next() takes monday … sunday first", token.at)
        return Call(token.text, arguments)

    def several(self, closing: str) -> tuple[Node, ...]:
        if self.takes(closing):
            return ()
        items = [self.expression()]
        while self.takes(","):
            items.append(self.expression())
        self.needs(closing)
        return tuple(items)


@lru_cache(maxsize=8192)
def parse(text: str) -> Expression:
    """The expression that `text` writes, with what it reads. Raises NotAnExpression.

    `timed` is set for what the text itself says; that a derived fact it reads is timed, only a whole plan knows.
    """
    if len(text) > LONGEST:
        _fail(f"表达式超过 {LONGEST} 字", f"longer than {LONGEST} characters", LONGEST)
    if not text.strip():
        _fail("表达式是空的", "the expression is empty", 0)
    reader = _Reader(text)
    tree = reader.expression()
    if reader.next.kind != "end":
        reader.unexpected()
    return Expression(text.strip(), tree, *what_it_reads(tree))


def constant(value: bool | int | float | str | Span) -> Expression:
    """An expression that is one constant, for values that a plan gives as text and not as an expression."""
    tree = Constant(value)
    return Expression(render(tree), tree)


def children(node: Node) -> tuple[Node, ...]:
    """The parts of `node` that are values themselves; the task of done() and the weekday of next() are not."""
    match node:
        case Call(function=function, arguments=arguments):
            if function in OF_TASKS:
                return ()
            return arguments[1:] if function == "next" else arguments
        case ListOf(items=items):
            return items
        case Not(of=of):
            return (of,)
        case And(parts=parts) | Or(parts=parts):
            return parts
        case Compare(left=left, right=right) | Sum(left=left, right=right):
            return (left, right)
        case Choose(condition=condition, yes=yes, no=no):
            return (condition, yes, no)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything under it, outermost first."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(reversed(children(each)))


def what_it_reads(
    tree: Node, is_value: Callable[[str], bool] = lambda name: False
) -> tuple[frozenset[str], frozenset[str], bool]:
    """Names read, tasks spoken of, and whether time alone can turn it; what `is_value` says is no name is left out."""
    reads: set[str] = set()
    tasks: set[str] = set()
    timed = False
    for node in walk(tree):
        if isinstance(node, Name):
            if not is_value(node.id):
                reads.add(node.id)
            timed = timed or node.id in CALENDAR_NAMES
        elif isinstance(node, Call):
            if node.function in OF_TASKS and isinstance(node.arguments[0], Name):
                tasks.add(node.arguments[0].id)
            timed = timed or node.function == "elapsed"
    return frozenset(reads), frozenset(tasks), timed


# --- back to text -------------------------------------------------------------------------------------------------


def render_span(span: Span) -> str:
    """`1h30m`: the span as a plan writes it, largest unit first."""
    parts: list[str] = []
    years, months = divmod(span.months, 12)
    for amount, unit in ((years, "y"), (months, "mo"), (span.working_days, "wd")):
        if amount:
            parts.append(f"{amount}{unit}")
    rest = span.seconds
    for unit in ("d", "h", "m", "s"):
        amount, rest = divmod(rest, UNIT_SECONDS[unit])
        if amount:
            parts.append(f"{amount}{unit}")
    return "".join(parts) or "0s"


# How tightly each node binds; an operand that binds less is put in brackets.
_CHOOSE, _OR, _AND, _NOT, _COMPARE, _SUM, _ATOM = range(7)


def _written(node: Node) -> tuple[str, int]:
    match node:
        case Constant(value=bool() as value):
            return ("true" if value else "false"), _ATOM
        case Constant(value=Span() as value):
            return render_span(value), _ATOM
        case Constant(value=str() as value):
            quote = "'" if '"' in value else '"'
            return f"{quote}{value}{quote}", _ATOM
        case Constant(value=value):
            return (f"{value:f}".rstrip("0") + "0" if isinstance(value, float) else str(value)), _ATOM
        case Name(id=name):
            return name, _ATOM
        case FieldOf(base=base, field=field):
            return f"{base}.{field}", _ATOM
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(render(each) for each in arguments)})", _ATOM
        case ListOf(items=items):
            return f"[{', '.join(render(each) for each in items)}]", _ATOM
        case Not(of=of):
            return f"not {_operand(of, _NOT)}", _NOT
        case And(parts=parts):
            return " and ".join(_operand(each, _NOT) for each in parts), _AND
        case Or(parts=parts):
            return " or ".join(_operand(each, _AND) for each in parts), _OR
        case Compare(operator=operator, left=left, right=right):
            return f"{_operand(left, _SUM)} {operator} {_operand(right, _SUM)}", _COMPARE
        case Sum(operator=operator, left=left, right=right):
            return f"{_operand(left, _SUM)} {operator} {_operand(right, _ATOM)}", _SUM
        case Choose(condition=condition, yes=yes, no=no):
            return f"if {render(condition)} then {render(yes)} else {render(no)}", _CHOOSE


def _operand(node: Node, least: int) -> str:
    text, binding = _written(node)
    return text if binding >= least else f"({text})"


def render(node: Node) -> str:
    """`node` as text that `parse` reads back into the same tree."""
    return _written(node)[0]
