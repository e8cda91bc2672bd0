using System.Text;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>What a plan is known by in another process: the hash of its text, and how that begins, which tells where a plan that isn't the same first differs.</summary>
internal sealed class PlanSeal
{
    /// <summary>Characters of the text that travel: all of nearly every plan.</summary>
    private const int Most = 1 << 16;

    /// <summary>Characters of each text around a difference.</summary>
    private const int Shown = 60;

    private readonly string _hash;
    private readonly string _beginning;

    public PlanSeal(Plan plan) => (_hash, _beginning) = Written(plan);

    /// <summary>Refuses a plan that isn't the same.</summary>
    /// <exception cref="InvalidOperationException">Has the first difference of both texts.</exception>
    public void Check(Plan plan)
    {
        (string hash, string other) = Written(plan);
        if (hash == _hash)
            return;
        int same = _beginning.AsSpan().CommonPrefixLength(other);
        throw new InvalidOperationException(
            same == Most
                ? $"A worker process planned a computation differently, after the first {Most} characters of the plan. This is an error in Tessera; please report it."
                : $"A worker process planned a computation differently: '{Around(other, same)}' where '{Around(_beginning, same)}' was meant, after {same} characters " +
                  "of the plan. This is an error in Tessera; please report it.");
    }

    private static string Around(string text, int place) => text[Math.Max(0, place - Shown)..Math.Min(text.Length, place + Shown)];

    private static (string Hash, string Beginning) Written(Plan plan)
    {
        using var hash = new ContentHash();
        var beginning = new StringBuilder();
        foreach (string line in plan.Text)
        {
            hash.Add(line);
            if (beginning.Length < Most)
                beginning.Append(line).Append('\n');
        }

        return (hash.Digits(), beginning.ToString(0, Math.Min(beginning.Length, Most)));
    }
}
