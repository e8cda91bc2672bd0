using Tessera.Lowering;
using Tessera.Steps;

namespace Tessera;

/// <summary>The sinks of arrays that are saved in one run. Disposing abandons those that were begun and not completed.</summary>
/// <example>
/// Three sinks, and the second can't be completed: Begin begins all, Complete completes the first and throws, Dispose abandons the second and the third.
/// </example>
internal sealed class OpenSinks(IReadOnlyList<ArrayOutput> outputs) : IDisposable
{
    private int _begun, _completed;

    /// <summary>Begins all, and says what to compute.</summary>
    public PlannedOutput[] Begin()
    {
        for (; _begun < outputs.Count; _begun++)
            outputs[_begun].Sink.Begin(outputs[_begun].Array.ElementType, outputs[_begun].Array.Shape);
        foreach (ArrayOutput output in outputs)
            Results.CheckChunks(output.Array, output.Sink);
        return [.. outputs.Select(output => new PlannedOutput(output.Array, new SinkDestination(output.Sink, output.Array.ElementType)))];
    }

    /// <summary>All is written: completes them in their order.</summary>
    public void Complete()
    {
        for (; _completed < outputs.Count; _completed++)
            outputs[_completed].Sink.Complete();
    }

    public void Dispose()
    {
        for (int i = _completed; i < _begun; i++)
        {
            try
            {
                outputs[i].Sink.Abandon();
            }
            catch (Exception)
            {
                // Told is why the sinks are abandoned; and the others are to be abandoned, too.
            }
        }
    }
}
