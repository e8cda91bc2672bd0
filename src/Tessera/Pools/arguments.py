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
    for count in range(MOST + 1):
        names = [f"argument{i + 1}" if count > 1 else "argument" for i in range(count)]
        generic = ", ".join(types(count) + ["TResult"])
        parameters = "".join(f"{t} {n}, " for t, n in zip(types(count), names))
        if count == 0:
            start = "Single(Call((byte _) => function()), Named(function, expression), (byte)0, options)"
        elif count == 1:
            start = "Single(Call(function), Named(function, expression), argument, options)"
        else:
            start = f"Single(Call(Spread(function)), Named(function, expression), ({', '.join(names)}), options)"
        sample = "Apply{TResult}(Func{TResult}, MapOptions?, string)"
        if count == 0:
            doc = """    /// <summary>Calls a function in a worker and waits for its result.</summary>
    /// <param name="function">Is called in a worker; for processes it travels there with the variables that it captures.</param>
    /// <param name="options">How.</param>
    /// <param name="expression">The text of the function, for messages; the compiler fills it in.</param>
    /// <exception cref="WorkerException">The function failed; says why.</exception>
    /// <exception cref="System.Runtime.Serialization.SerializationException">The function captures something that can't travel to a process.</exception>
    /// <exception cref="OperationCanceledException">The options' token fired, or the pool was terminated.</exception>
    /// <exception cref="InvalidOperationException">The pool was closed.</exception>
"""
        else:
            doc = f"    /// <inheritdoc cref=\"{sample}\"/>\n"
        for name, result, end in (("Apply", "TResult", ".Results()[0]"), ("ApplyAsync", "Task<TResult>", ".FirstAsync()")):
            text = doc
            if count == 0 and name == "ApplyAsync":
                text = f"    /// <summary>Begins to call a function in a worker.</summary>\n    /// <inheritdoc cref=\"{sample}\"/>\n"
            elif name == "ApplyAsync":
                text = text.replace(sample, "ApplyAsync{TResult}(Func{TResult}, MapOptions?, string)")
            yield text
            yield f"    public {result} {name}<{generic}>(\n        Func<{generic}> function, {parameters}MapOptions? options = null, {TEXT}) =>\n        {start}{end};\n"
            if not (count == MOST and name == "ApplyAsync"):
                yield "\n"
    yield "}\n"


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
