"""Writes the overloads of Delayed.Function and Delayed.Call, for functions of 0 to 8 arguments. Run it in this folder after a change."""

ARITIES = range(9)
COUNTS = "no|one|two|three|four|five|six|seven|eight".split("|")

HEADER = """using System.Runtime.CompilerServices;
using Tessera.Expressions;
using Tessera.Kernels;

namespace Tessera;

// Written by functions.py, which stands beside this file.
"""

# File, the delegate type of the function for its argument types, what it gives, and the statement that makes it a kernel of its call.
KINDS = {
    "Results": ("Func", "TResult", "Made(function, a => {call}, name, expression, pure)", "gives a result"),
    "Tasks": ("Func", "Task<TResult>", "MadeAsync(function, a => Boxed({call}), name, expression, pure)", "is asynchronous"),
    "ValueTasks": ("Func", "ValueTask<TResult>", "MadeAsync(function, a => Boxed({call}.AsTask()), name, expression, pure)", "is asynchronous"),
    "Actions": ("Action", None, "Made(function, a => {{ {call}; return null; }}, name, expression, pure: false)", "gives nothing"),
    "TaskActions": ("Func", "Task", "MadeAsync(function, a => Boxed({call}), name, expression, pure: false)", "is asynchronous and gives nothing"),
    "ValueTaskActions": (
        "Func", "ValueTask", "MadeAsync(function, a => Boxed({call}.AsTask()), name, expression, pure: false)", "is asynchronous and gives nothing"),
}


def angle(types):
    return f"<{', '.join(types)}>" if types else ""


def wrapped(parameters):
    """Parameters four a line, each line ended."""
    parameters = list(parameters)
    return "".join(" ".join(parameters[i:i + 4]) + "\n        " for i in range(0, len(parameters), 4))


def overloads(kind, gives, make, what):
    text = ""
    for arity in ARITIES:
        types = [f"T{i + 1}" for i in range(arity)]
        with_result = gives is not None and "TResult" in gives
        generic = angle(types + (["TResult"] if with_result else []))
        function = kind + angle(types + ([gives] if gives else []))
        kernel = make.format(call=f"function({', '.join(f'({t})a[{i}]!' for i, t in enumerate(types))})")
        arguments = [f"argument{i + 1}" for i in range(arity)]
        lifted = f"DelayedFunction{generic}" if with_result else f"DelayedAction{generic}"
        result = "Delayed<TResult>" if with_result else "Delayed"
        given = "".join(f", Given({argument})" for argument in arguments)
        pure = "bool pure = false, " if with_result else ""
        passed_pure = "pure, " if with_result else ""
        # What gives a task is asynchronous, not a function whose result is a task; where a lambda could give either kind, it gives a Task.
        priority = 0 if gives is None else 2 if gives.startswith("Task") else 1 if gives.startswith("ValueTask") else 0
        rank = f"    [OverloadResolutionPriority({priority})]\n" if priority else ""
        text += f"""
    /// <summary>Delays a function of {COUNTS[arity]} argument{'' if arity == 1 else 's'} that {what}.</summary>
    /// <inheritdoc cref="Function{{TResult}}(Func{{TResult}}, string?, bool, string)" path="/param|/returns|/remarks"/>
{rank}    public static {lifted} Function{generic}(
        {function} function, string? name = null, {pure}[CallerArgumentExpression(nameof(function))] string expression = "")
    {{
        UserFunction kernel = {kernel};
        return ({', '.join(arguments + ['_', 'file', 'line'])}) =>
            new {result}(FunctionCall.Of(kernel.CalledAt(file, line){given}));
    }}

    /// <summary>Delays one call of a function of {COUNTS[arity]} argument{'' if arity == 1 else 's'} that {what}.</summary>
    /// <inheritdoc cref="Call{{TResult}}(Func{{TResult}}, string?, bool, string, string, int)" path="/param|/returns"/>
{rank}    public static {result} Call{generic}(
        {function} function,{chr(10) + '        ' if types else ' '}{wrapped(f'Delayed<{t}> {a},' for t, a in zip(types, arguments))}string? name = null, {pure}[CallerArgumentExpression(nameof(function))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Function(function, name, {passed_pure}expression)({', '.join(arguments + ['default', 'file', 'line'])});
"""
    return text


def document_first(text):
    """The first overload of all carries the documentation that the others inherit."""
    text = text.replace(
        '    /// <inheritdoc cref="Function{TResult}(Func{TResult}, string?, bool, string)" path="/param|/returns|/remarks"/>\n',
        """    /// <param name="function">
    /// Called when a result is computed, by whatever thread is free; it must not change its arguments. A lambda says the types of its parameters,
    /// <c>Delayed.Function((int n) =&gt; n + 1)</c>; a method is given with its types, <c>Delayed.Function&lt;int, int&gt;(Increment)</c>.
    /// </param>
    /// <param name="name">For messages and pictures; the method's name, or the text of the lambda, when left out.</param>
    /// <param name="pure">True where equal arguments give equal results: then such calls are one task of a computation.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <returns>A function that computes nothing: it takes plain and delayed arguments and gives a delayed result.</returns>
    /// <remarks>Within one computation each call runs once, however many others need it; in the next one it runs again, unless it is persisted.</remarks>
""", 1)
    return text.replace(
        '    /// <inheritdoc cref="Call{TResult}(Func{TResult}, string?, bool, string, string, int)" path="/param|/returns"/>\n',
        """    /// <param name="function">Called when the result is computed.</param>
    /// <param name="name">For messages and pictures; the method's name, or the text of the lambda, when left out.</param>
    /// <param name="pure">True where equal arguments give equal results: then such calls are one task of a computation.</param>
    /// <param name="expression">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler, for messages.</param>
    /// <param name="line">Filled in by the compiler, for messages.</param>
    /// <returns>Nothing is called yet.</returns>
""", 1)


for file, kind in KINDS.items():
    body = overloads(*kind)
    body = document_first(body) if file == "Results" else body
    with open(f"Delayed.{file}.cs", "w", encoding="utf-8") as out:
        out.write(f"{HEADER}public partial class Delayed\n{{\n{body.lstrip(chr(10))}}}\n")

with open("DelayedFunction.cs", "w", encoding="utf-8") as out:
    out.write("using System.Runtime.CompilerServices;\n\nnamespace Tessera;\n\n// Written by functions.py, which stands beside this file.\n")
    for name, result in (("DelayedFunction", "Delayed<TResult>"), ("DelayedAction", "Delayed")):
        for arity in ARITIES:
            types = [f"T{i + 1}" for i in range(arity)]
            generic = angle([f"{t}" for t in types] + (["TResult"] if "TResult" in result else []))
            arguments = wrapped(f"Delayed<{t}> argument{i + 1}," for i, t in enumerate(types))
            out.write(f"""
/// <summary>
/// Calls a function of {COUNTS[arity]} argument{'' if arity == 1 else 's'} later: gives its result as a delayed value, at once. Made by <see cref="Delayed"/>.
/// </summary>
public delegate {result} {name}{generic}(
    {arguments.replace('        ', '    ')}EndOfArguments end = default, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0);
""")
