using System.Runtime.CompilerServices;
using Tessera.Expressions;
using Tessera.Recipes;
using Tessera.Serialization;

namespace Tessera.Lowering;

/// <summary>Computes another value in a run of its own, within this one.</summary>
internal delegate Task<object?> NestedRun(ValueExpression value, Claims claims, CancellationToken cancellation);

/// <summary>All the calls of a plan, a task each, and the values that they give.</summary>
/// <param name="calls">In the order of their numbers.</param>
/// <param name="values">Where they go.</param>
/// <param name="received">The elements of the arrays among the values, by number.</param>
/// <param name="nested">For values that become known while the run is on.</param>
/// <param name="claims">Shared with runs within this one; null where there can be none.</param>
internal sealed class CallsStep(
    CallGraph calls, ValuesOutput values, IReadOnlyDictionary<int, ReceivedOutput> received, NestedRun nested, Claims? claims) : Step("calls")
{
    private const int FewArguments = 8;

    public override long TaskCount => calls.Count;

    public override Region RegionOf(int task) => default;

    public override string NameOf(int task) => calls[task].Name;

    public override string DescriptionOf(int task)
    {
        string site = calls[task].Site.ToString();
        return CallName.Of(calls[task]) + (site == "" ? "" : $", called at {site}");
    }

    public override object KindOf(int task) => calls[task] switch
    {
        FunctionCall call => (call.Function.Original.Method, call.Name), // every closure is a delegate of its own
        _ => calls[task].Name,
    };

    public override IEnumerable<string> DataOf(int task) => calls[task].Arguments.ToArray().OfType<Data>().Select(data => data.Name);

    /// <summary>What fails in the run within, for a value that became known, has been told there.</summary>
    public override ComputationException Failure(int task, Exception cause) => calls[task] is Bind && cause is ComputationException told
        ? told
        : new ComputationException(CallName.Of(calls[task]), calls[task].Site.ToString(), cause, isCall: true);

    public override void Visit(int task, IRecipeVisitor visitor)
    {
        foreach (int input in calls.InputsOf(task))
            visitor.Block(values, input);
        if (received.Count == 0 || !received.TryGetValue(task, out ReceivedOutput? elements))
            return;
        for (long cell = 0; cell < elements.Count; cell++)
            visitor.Block(elements, cell);
    }

    /// <summary>Those of elements that a call delivers; the elements of an array are counted as its cells are filled.</summary>
    public override long OutputBytes(int task) => values.TakenBytes(task);

    public override long ScratchBytes(int task) => 0;

    public override void Execute(int task, TaskContext context) => Start(task, context)?.GetAwaiter().GetResult();

    public override Task? Start(int task, TaskContext context)
    {
        if (claims is null)
        {
            object? value = ValueOf(task, context, out Task<object?>? pending);
            values[task] = value;
            return pending is null ? null : KeepAsync(pending, task);
        }

        Task kept = claims.Claim(calls[task], out TaskCompletionSource<object?> mine) is { } others
            ? KeepAsync(OfOthersAsync(others, context.Cancellation), task)
            : FulfilAsync(mine, task, context);
        return kept.IsCompletedSuccessfully ? null : kept;
    }

    /// <summary>Does a call. Where its value is yet to come, null and what it comes from.</summary>
    private object? ValueOf(int task, TaskContext context, out Task<object?>? pending)
    {
        pending = null;
        switch (calls[task])
        {
            case FunctionCall call:
                object? result = Invoke(call, task, context);
                if (!call.Function.IsAsync)
                    return result;
                pending = (Task<object?>)result!;
                break;
            case Bind bind:
                ReadOnlySpan<int> source = calls.InputsOf(task);
                object? next = bind.Next(source.IsEmpty ? Plain(bind.Arguments[0], context) : values[source[0]]);
                if (next is not ValueExpression expression || CallGraph.IsPlain(expression))
                    return Plain(next, context);
                pending = nested(expression, claims!.Within(bind), context.Cancellation);
                break;
            case ArrayValue array:
                return array.Finish(received[task].Take());
        }

        if (!pending!.IsCompletedSuccessfully)
            return null;
        object? known = pending.Result;
        pending = null;
        return known;
    }

    private object? Invoke(FunctionCall call, int task, TaskContext context)
    {
        ReadOnlySpan<object?> given = call.OwnArguments;
        ReadOnlySpan<int> inputs = calls.InputsOf(task);
        int input = 0;
        if (context.Elsewhere is { } elsewhere && WorkersPart.IsCalledThere(call))
        {
            foreach (object? argument in given)
                input += IsComputed(argument) ? 1 : 0;
            return elsewhere.Call(task, inputs[..input], number => values[number]);
        }

        Few few = default;
        Span<object?> arguments = given.Length <= FewArguments ? ((Span<object?>)few)[..given.Length] : new object?[given.Length];
        for (int i = 0; i < given.Length; i++)
            arguments[i] = IsComputed(given[i]) ? values[inputs[input++]] : Plain(given[i], context);
        if (context.Constants is { } copies)
            Renew(given, arguments, copies);
        return call.Function.Body(arguments);
    }

    /// <summary>Puts copies in the place of constants that a function might change.</summary>
    private static void Renew(ReadOnlySpan<object?> given, Span<object?> arguments, Copies copies)
    {
        List<int>? places = null;
        for (int i = 0; i < given.Length; i++)
        {
            if (given[i] is not RunToken && !IsComputed(given[i]) && arguments[i] is { } constant && !FixedTypes.Has(constant.GetType()))
                (places ??= []).Add(i);
        }

        if (places is null)
            return;
        var constants = new object?[places.Count];
        for (int i = 0; i < constants.Length; i++)
            constants[i] = arguments[places[i]];
        constants = copies.Of(constants);
        for (int i = 0; i < constants.Length; i++)
            arguments[places[i]] = constants[i];
    }

    private static bool IsComputed(object? argument) => argument is ValueExpression value && !CallGraph.IsPlain(value);

    private static object? Plain(object? argument, TaskContext context) => argument switch
    {
        Data data => data.Value,
        RunToken => context.Cancellation,
        _ => argument,
    };

    private async Task KeepAsync(Task<object?> pending, int task) => values[task] = await pending.ConfigureAwait(false);

    private async Task FulfilAsync(TaskCompletionSource<object?> mine, int task, TaskContext context)
    {
        try
        {
            object? value = ValueOf(task, context, out Task<object?>? pending);
            values[task] = pending is null ? value : await pending.ConfigureAwait(false);
            mine.SetResult(values[task]);
        }
        catch (OperationCanceledException) when (context.Cancellation.IsCancellationRequested)
        {
            mine.SetCanceled();
            throw;
        }
        catch (Exception failure)
        {
            mine.SetException(failure);
            _ = mine.Task.Exception; // seen: it is this task that fails
            throw;
        }
    }

    /// <summary>
    /// Where another run was stopped before it had the value, this one will be too, and for the reason that the other was: it waits for that.
    /// </summary>
    private static async Task<object?> OfOthersAsync(Task<object?> others, CancellationToken stopping)
    {
        try
        {
            return await others.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (others.IsCanceled)
        {
            await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(false);
            throw;
        }
    }

    [InlineArray(FewArguments)]
    private struct Few
    {
        private object? _first;
    }
}
