#!/usr/bin/env python3
"""Writes WorkerPool.Apply.cs and WorkerPool.Arguments.cs: the same few lines for each number of arguments.

usage: python3 arguments.py, in this folder
"""

MOST = 4
HEAD = """using System.Runtime.CompilerServices;

namespace Tessera;

// Written by arguments.py; change that.
public sealed partial class WorkerPool
{
"""
TEXT = '[CallerArgumentExpression(nameof(function))] string expression = ""'


def types(count):
    return ["T"] if count == 1 else [f"T{i + 1}" for i in range(count)]


def apply():
    yield HEAD
    sample = "Apply{TResult}(Func{TResult}, MapOptions?, string)"
    yield f"""    /// <summary>Calls a function in a worker and waits for its result.</summary>
    /// <param name="function">Is called in a worker; for processes it travels there with the variables that it captures.</param>
    /// <param name="options">How.</param>
    /// <param name="expression">The text of the function, for messages; the compiler fills it in.</param>
    /// <exception cref="WorkerException">The function failed; says why.</exception>
    /// <exception cref="System.Runtime.Serialization.SerializationException">The function captures something that can't travel to a process.</exception>
    /// <exception cref="OperationCanceledException">The options' token fired, or the pool was terminated.</exception>
    /// <exception cref="InvalidOperationException">The pool was closed.</exception>
    /// <exception cref="ObjectDisposedException">The pool was disposed of.</exception>
"""
    forms = (
        # name, result, the function's result, how it is called, what is done with it, its documentation
        ("Apply", "TResult", "TResult", "Call", ".Results()[0]", sample, ""),
        ("ApplyAsync", "Task<TResult>", "TResult", "Call", ".FirstAsync()", sample, "Begins to call a function in a worker."),
        ("ApplyAsync", "Task<TResult>", "Task<TResult>", "Begin", ".FirstAsync()", "ApplyAsync{TResult}(Func{TResult}, MapOptions?, string)",
         "The same for an asynchronous function: a call that waits holds no worker."),
    )
    for count in range(MOST + 1):
        names = [f"argument{i + 1}" if count > 1 else "argument" for i in range(count)]
        generic = ", ".join(types(count) + ["TResult"])
        parameters = "".join(f"{t} {n}, " for t, n in zip(types(count), names))
        function = ["(byte _) => function()", "function"][count] if count < 2 else "Spread(function)"
        argument = ["(byte)0", "argument"][count] if count < 2 else f"({', '.join(names)})"
        for name, result, given, call, end, inherited, summary in forms:
            if count > 0:
                yield f'    /// <inheritdoc cref="{name}{{TResult}}(Func{{{given.replace("<", "{").replace(">", "}")}}}, MapOptions?, string)"/>\n'
            elif summary:
                yield f'    /// <summary>{summary}</summary>\n    /// <inheritdoc cref="{inherited}"/>\n'
            yield f"    public {result} {name}<{generic}>(\n        Func<{', '.join(types(count) + [given])}> function, {parameters}MapOptions? options = null, {TEXT}) =>\n"
            yield f"        Single({call}({function}), Named(function, expression), {argument}, options){end};\n\n"
    yield "".join(without_result(sample))
    yield "}\n"


def without_result(sample):
    """Functions that give nothing answer a zero."""
    forms = (
        ("void", "Apply", "Action", ".Results()", "Calls a function that has no result in a worker, and waits for its end.", sample),
        ("Task", "ApplyAsync", "Action", ".Task", "Begins to call a function that has no result in a worker.", "Apply(Action, MapOptions?, string)"),
        ("Task", "ApplyAsync", "Func<Task>", ".Task", "The same for an asynchronous function: a call that waits holds no worker.", "ApplyAsync(Action, MapOptions?, string)"),
    )
    for result, name, function, end, summary, inherited in forms:
        for count in range(MOST + 1):
            if count == 0:
                yield f'    /// <summary>{summary}</summary>\n    /// <inheritdoc cref="{inherited}"/>\n'
            else:
                yield f'    /// <inheritdoc cref="{name}({function.replace("<", "{").replace(">", "}")}, MapOptions?, string)"/>\n'
            names = [f"argument{i + 1}" if count > 1 else "argument" for i in range(count)]
            generic = f"<{', '.join(types(count))}>" if count else ""
            parameters = "".join(f"{t} {n}, " for t, n in zip(types(count), names))
            given = types(count) + (["Task"] if function == "Func<Task>" else [])
            taken = "Func" if function == "Func<Task>" else "Action"
            kind = taken + (f"<{', '.join(given)}>" if given else "")
            argument = ["(byte)0", "argument"][count] if count < 2 else f"({', '.join(names)})"
            item = ["byte", "T"][count] if count < 2 else f"({', '.join(types(count))})"
            items = ["", "items"][count] if count < 2 else ", ".join(f"items.Item{i + 1}" for i in range(count))
            parameter = "_" if count == 0 else "items"
            if taken == "Func":
                call = f"Begin<{item}, byte>(async {parameter} =>\n        {{\n            await Begun(function({items})).ConfigureAwait(false);\n            return 0;\n        }})"
            else:
                call = f"Call<{item}, byte>({parameter} =>\n        {{\n            function({items});\n            return 0;\n        }})"
            yield f"    public {result} {name}{generic}(\n        {kind} function, {parameters}MapOptions? options = null, {TEXT}) =>\n"
            last = count == MOST and taken == "Func"
            yield f"        Single({call}, Named(function, expression), {argument}, options){end};\n" + ("" if last else "\n")


def tuples():
    yield HEAD
    for count in range(2, MOST + 1):
        generic = ", ".join(types(count) + ["TResult"])
        tuple_type = f"({', '.join(types(count))})"
        items = ", ".join(f"items.Item{i + 1}" for i in range(count))
        for name, result, body in (
            ("Map", "TResult[]", "Whole(Call(Spread(function)), Named(function, expression), Of(inputs), options).Results()"),
            ("MapAsync", "Task<TResult[]>", "Whole(Call(Spread(function)), Named(function, expression), Of(inputs), options).Task"),
            ("MapLazy", "IEnumerable<TResult>", "Consume(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: true))"),
            ("MapUnordered", "IEnumerable<TResult>", "Consume(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: false))"),
            ("MapLazyAsync", "IAsyncEnumerable<TResult>", "ConsumeAsync(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: true))"),
            ("MapUnorderedAsync", "IAsyncEnumerable<TResult>", "ConsumeAsync(Streamed(Call(Spread(function)), Named(function, expression), inputs, options, inOrder: false))"),
        ):
            yield f'    /// <inheritdoc cref="{name}{{T, TResult}}(Func{{T, TResult}}, IEnumerable{{T}}, MapOptions?, string)"/>\n'
            yield f"    public {result} {name}<{generic}>(\n        Func<{generic}> function, IEnumerable<{tuple_type}> inputs, MapOptions? options = null,\n        {TEXT}) =>\n        {body};\n\n"
        yield f"    private static Func<{tuple_type}, TResult> Spread<{generic}>(Func<{generic}> function) => items => function({items});\n"
        if count < MOST:
            yield "\n"
    yield "}\n"


if __name__ == "__main__":
    for path, lines in (("WorkerPool.Apply.cs", apply()), ("WorkerPool.Arguments.cs", tuples())):
        with open(path, "w") as file:
            file.write("".join(lines))
