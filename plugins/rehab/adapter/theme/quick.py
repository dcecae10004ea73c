"""Jinja's templates compiled to code that does less for each page, with the same output.

In: an environment. Out: the same, whose templates show values, call macros and import parts by shorter ways. Pages are
made of some thousand values and some hundred macros each, and that was half of what rendering took
(docs/decisions/0042-templates-compiled-shorter.md).

What is shown goes into a list of strings, so it need not become `Markup` first. A macro without extras is a function,
and can be called as one. A part that is imported with its page's context is made once and kept as long as every name
that it asks that context for means the very same value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from rehab.site.notes import ALL, ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2 import Environment
    from jinja2.compiler import Frame, MacroRef
    from jinja2.environment import Template, TemplateModule

    from rehab.site.notes import Notes

_escape: Final[Callable[[str], str]] = getattr(markupsafe, "_escape_inner", escape)
"""Escapes a string into a string. Where the library has no such thing, its own function does the same in more steps."""
_HERE: Final = "rehab.adapter.theme.quick"
_NEEDS: Final = "rehab_needs"
"""What a compiled template is told of itself: the names that it asks its context for, and the parts that it imports."""


def shown(value: Any) -> str:  # noqa: ANN401 - whatever a template shows
    """Return what `escape` returns, as any string."""
    kind = type(value)
    if kind is str:
        return _escape(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return] # it was just looked at
    return escape(value)


class QuickMacro(Macro):
    """A macro that is called as a function where it asks for nothing but its arguments."""

    def __init__(self, *words: Any) -> None:  # noqa: ANN401 - Jinja's own arguments
        """Find out whether it can be called the short way."""
        super().__init__(*words)
        plain = not (self.caller or self.catch_kwargs or self.catch_varargs or self.explicit_caller)
        self.most = self._argument_count if plain and not self._environment.is_async else -1

    def draw(self, words: tuple[Any, ...]) -> str:
        """Return what it draws of at most as many values as it takes."""
        text = self._func(*words, *((missing,) * (self._argument_count - len(words))))
        return str.__new__(Markup, text)


class QuickContext(Context):
    """A context that calls macros the short way, and tells which of some names it is asked for."""

    def resolve_or_missing(self, key: str) -> Any:  # noqa: ANN401 - Jinja's own
        """Return the value of a name, or Jinja's word for none."""
        modules: Modules = self.environment.rehab_modules  # type: ignore[attr-defined] # `make_quick` sets it
        if key in modules.telling:
            modules.notes.now.add(modules.notes.of(ELSEWHERE)[ALL])
        return Context.resolve_or_missing(self, key)

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - Jinja's own
        """Call something as Jinja does."""
        if type(called) is QuickMacro and len(args) <= called.most and self.eval_ctx.autoescape:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            if not kwargs:
                return called.draw(args)
        return Context.call(self, called, *args, **kwargs)


class QuickCode(CodeGenerator):
    """Writes the code of templates."""

    def __init__(self, *words: Any, **more: Any) -> None:  # noqa: ANN401 - Jinja's own arguments
        """Begin with a template of which nothing is known."""
        super().__init__(*words, **more)
        self.asked: set[str] = set()
        self.imported: set[str] = set()
        self.closed = True

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Write a template, and what it asks for."""
        self.writeline(f"from {_HERE} import QuickMacro, default_of, module_of, shown")
        super().visit_Template(node, frame)
        needs = (sorted(self.asked), sorted(self.imported)) if self.closed else None
        self.writeline(f"{_NEEDS} = {needs!r}")

    def enter_frame(self, frame: Frame) -> None:
        """Remember which names the context is asked for."""
        super().enter_frame(frame)
        for action, name in frame.symbols.loads.values():
            if action == VAR_LOAD_RESOLVE and name:
                self.asked.add(name)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write an inclusion: what is included may ask for anything."""
        self.closed = False
        super().visit_Include(node, frame)

    def visit_Extends(self, node: nodes.Extends, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write what a template extends: it may ask for anything."""
        self.closed = False
        super().visit_Extends(node, frame)

    def visit_ContextReference(self, node: nodes.ContextReference, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """Write the context itself: who has it may ask for anything."""
        self.closed = False
        super().visit_ContextReference(node, frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write the making of a macro."""
        self.write("Quick")
        super().macro_def(macro_ref, frame)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:  # noqa: ANN401 - Jinja's
        """Write text as it is; what a filter makes of it may be another thing on another site."""
        if not isinstance(node, nodes.TemplateData | nodes.Const):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401 - Jinja's
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("shown(")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if isinstance(name, str):
            self.imported.add(name)
        else:
            self.closed = False
        if not isinstance(name, str) or self.environment.is_async:
            super()._import_common(node, frame)
        elif not node.with_context:
            self.write(f"default_of(environment, {name!r}, {self.name!r})")
        else:
            self.write(f"module_of(environment, {name!r}, {self.name!r}, context, {self.dump_local_context(frame)})")


class Modules:
    """The parts that were made last, each with the values that it was made of, and what was read of the site for it.

    `telling` are the names in contexts that lead to what `notes` know nothing of.
    """

    def __init__(self, notes: Notes) -> None:
        """Begin with nothing."""
        self.notes = notes
        self.telling: frozenset[str] = frozenset()
        self._templates: dict[str, Template] = {}
        self._names: dict[str, tuple[str, ...] | None] = {}
        self._last: dict[str, tuple[tuple[Any, ...], TemplateModule, Iterable[int]]] = {}

    def template(self, environment: Environment, name: str, parent: str | None = None) -> Template:
        """Return a template of an environment that does not look whether its files have changed."""
        if name not in self._templates:
            self._templates[name] = environment.get_template(name, parent)
        return self._templates[name]

    def find(self, template: Template, ask: Callable[[str], Any], make: Callable[[], TemplateModule]) -> TemplateModule:
        """Return the module of a part for a context that answers `ask`; `make` makes it anew."""
        name = template.name or ""
        names = self._names_of(template, name)
        if names is None:
            return make()
        return self._kept(name, tuple([ask(each) for each in names]), make)

    def alone(self, template: Template) -> TemplateModule:
        """Return the module of a part that is given no context."""
        return self._kept(f"{template.name} alone", (), lambda: template.module)

    def _kept(self, name: str, values: tuple[Any, ...], make: Callable[[], TemplateModule]) -> TemplateModule:
        known = self._last.get(name)
        if known is None or any(one is not other for one, other in zip(known[0], values, strict=True)):
            with self.notes.apart() as read:
                made = make()
            known = self._last[name] = (values, made, read)
        self.notes.now.update(known[2])
        return known[1]

    def _names_of(self, template: Template, name: str) -> tuple[str, ...] | None:
        if name not in self._names:
            found = _needs(template, set())
            self._names[name] = None if found is None else tuple(sorted(found))
        return self._names[name]


def _needs(template: Template, seen: set[str]) -> set[str] | None:
    """Return the names that a template and all that it imports ask their context for; None where nobody can tell."""
    told = template.root_render_func.__globals__.get(_NEEDS)
    if told is None:
        return None
    names, imported = set(told[0]), told[1]
    for each in imported:
        if each not in seen:
            seen.add(each)
            more = _needs(template.environment.get_template(each, template.name), seen)
            if more is None:
                return None
            names |= more
    return names


def module_of(
    environment: Environment, name: str, parent: str | None, context: Context, local: Mapping[str, Any]
) -> TemplateModule:
    """Return a part as `{% import ... with context %}` makes it. Called by compiled templates."""
    modules: Modules = environment.rehab_modules  # type: ignore[attr-defined] # `make_quick` sets it
    template = modules.template(environment, name, parent)

    def ask(word: str) -> Any:  # noqa: ANN401 - whatever stands in a context
        value = local.get(word, missing)
        return context.resolve_or_missing(word) if value is missing else value

    return modules.find(template, ask, lambda: template.make_module(context.get_all(), True, local))  # noqa: FBT003 - Jinja's


def default_of(environment: Environment, name: str, parent: str | None) -> TemplateModule:
    """Return a part as `{% import ... without context %}` makes it. Called by compiled templates."""
    modules: Modules = environment.rehab_modules  # type: ignore[attr-defined] # as above
    return modules.alone(modules.template(environment, name, parent))


def module_with(environment: Environment, name: str, words: Mapping[str, Any]) -> TemplateModule:
    """Return a part as `Template.make_module` makes it of some variables."""
    modules: Modules = environment.rehab_modules  # type: ignore[attr-defined] # as above
    template = modules.template(environment, name)
    world = {**environment.globals, **words}
    return modules.find(template, lambda word: world.get(word, missing), lambda: template.make_module({**words}))


def make_quick(environment: Environment, notes: Notes) -> None:
    """Compile the templates of an environment to shorter code from now on; what parts read of a site is noted."""
    environment.code_generator_class = QuickCode
    environment.optimized = False  # its code serves sites with other filters, too
    environment.context_class = QuickContext
    environment.rehab_modules = Modules(notes)  # type: ignore[attr-defined] # as above
