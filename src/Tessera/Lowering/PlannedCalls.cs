using System.Runtime.CompilerServices;
using Tessera.Expressions;
using Tessera.Recipes;
using Tessera.Serialization;
using Tessera.Steps;

namespace Tessera.Lowering;

/// <summary>Computes another value in a run of its own, within this one.</summary>
internal delegate Task<object?> NestedRun(ValueExpression value, Claims claims, CancellationToken cancellation);

/// <summary>The calls of a plan as expressions: functions of users, values that become known while the run is on, the elements of arrays.</summary>
/// <param name="calls">In the order of their numbers.</param>
/// <param name="values">Where their values go.</param>
/// <param name="received">The elements of the arrays among the values, by number.</param>
/// <param name="nested">For values that become known while the run is on.</param>
/// <param name="claims">Shared with runs within this one; null where there can be none.</param>
internal sealed class PlannedCalls(
    CallGraph calls, ValuesOutput values, IReadOnlyDictionary<int, ReceivedOutput> received, NestedRun nested, Claims? claims) : ICalls
{
    private const int FewArguments = 8;

    public int Count => calls.Count;

    public ReadOnlySpan<int> InputsOf(int call) => calls.InputsOf(call);

    public string NameOf(int call) => calls[call].Name;

    public string DescriptionOf(int call)
    {
        string site = calls[call].Site.ToString();
        return CallName.Of(calls[call]) + (site == "" ? "" : $", called at {site}");
    }

    public string TextOf(int call) => CallText.Of(calls[call]);

    public ReceivedOutput? ElementsOf(int call) => received.GetValueOrDefault(call);

    public bool AddContent(int call, ContentHash content) => CallContent.Add(calls[call], content);

    public object KindOf(int call) => calls[call] switch
    {
        FunctionCall function => (function.Function.Original.Method, function.Name), // every closure is a delegate of its own
        _ => calls[call].Name,
    };

    public IEnumerable<string> DataOf(int call)
    {
        HashSet<string>? names = null; // most calls take none that have names
        foreach (object? argument in calls[call].Arguments)
        {
            if (argument is Data data)
                (names ??= []).Add(data.Name);
        }

        return names is null ? [] : names;
    }

    /// <summary>What fails in the run within, for a value that became known, has been told there.</summary>
    public ComputationException Failure(int call, Exception cause) => calls[call] is Bind && cause is ComputationException told
        ? told
        : new ComputationException(CallName.Of(calls[call]), calls[call].Site.ToString(), cause, isCall: true);

    public Task? Start(int call, CallPlace place)
    {
        if (claims is null)
        {
            object? value = ValueOf(call, place, out Task<object?>? pending);
            values[call] = value;
            return pending is null ? null : KeepAsync(pending, call);
        }

        Task kept = claims.Claim(calls[call], out TaskCompletionSource<object?> mine) is { } others
            ? KeepAsync(OfOthersAsync(others, place.Cancellation), call)
            : FulfilAsync(mine, call, place);
        return kept.IsCompletedSuccessfully ? null : kept;
    }

    /// <summary>Does a call. Where its value is yet to come, null and what it comes from.</summary>
    private object? ValueOf(int call, CallPlace place, out Task<object?>? pending)
    {
        pending = null;
        switch (calls[call])
        {
            case FunctionCall function:
                object? result = Invoke(function, call, place);
                if (!function.Function.IsAsync)
                    return result;
                pending = (Task<object?>)result!;
                break;
            case Bind bind:
                ReadOnlySpan<int> source = calls.InputsOf(call);
                object? next = bind.Next(source.IsEmpty ? Plain(bind.Arguments[0], place) : values[source[0]]);
                if (next is not ValueExpression expression || CallGraph.IsPlain(expression))
                    return Plain(next, place);
                pending = nested(expression, claims!.Within(bind), place.Cancellation);
                break;
            case ArrayValue array:
                return array.Finish(received[call].Elements());
        }

        if (!pending!.IsCompletedSuccessfully)
            return null;
        object? known = pending.Result;
        pending = null;
        return known;
    }

    private object? Invoke(FunctionCall function, int call, CallPlace place)
    {
        ReadOnlySpan<object?> given = function.OwnArguments;
        ReadOnlySpan<int> inputs = calls.InputsOf(call);
        int input = 0;
        if (place.Elsewhere is { } elsewhere && WorkersPart.IsCalledThere(function))
        {
            foreach (object? argument in given)
                input += IsComputed(argument) ? 1 : 0;
            return elsewhere.Call(call, inputs[..input], number => values[number]);
        }

        Few few = default;
        Span<object?> arguments = given.Length <= FewArguments ? ((Span<object?>)few)[..given.Length] : new object?[given.Length];
        for (int i = 0; i < given.Length; i++)
            arguments[i] = IsComputed(given[i]) ? values[inputs[input++]] : Plain(given[i], place);
        if (place.Constants is { } copies)
            Renew(given, arguments, copies);
        return function.Function.Body(arguments);
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

    private static object? Plain(object? argument, CallPlace place) => argument switch
    {
        Data data => data.Value,
        RunToken => place.Cancellation,
        _ => argument,
    };

    private async Task KeepAsync(Task<object?> pending, int call) => values[call] = await pending.ConfigureAwait(false);

    private async Task FulfilAsync(TaskCompletionSource<object?> mine, int call, CallPlace place)
    {
        try
        {
            object? value = ValueOf(call, place, out Task<object?>? pending);
            values[call] = pending is null ? value : await pending.ConfigureAwait(false);
            mine.SetResult(values[call]);
        }
        catch (OperationCanceledException) when (place.Cancellation.IsCancellationRequested)
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
