using Tessera.Diagnostics;

namespace Tessera.Pools;

/// <summary>Tells the caller how many inputs are done. Where it isn't known how many there are, those taken so far count as all.</summary>
internal sealed class JobProgress
{
    private readonly ProgressReporter _reporter;
    private readonly bool _isKnown;

    public JobProgress(IProgress<RunProgress> progress, long? inputs)
    {
        _isKnown = inputs is not null;
        _reporter = new ProgressReporter(progress, TimeProvider.System);
        _reporter.RunStarted((int)Math.Min(inputs ?? 0, int.MaxValue), TimeProvider.System.GetTimestamp());
    }

    public void Taken(int inputs)
    {
        if (!_isKnown)
            _reporter.Expect(inputs);
    }

    public void Done(int inputs) => _reporter.Advance(inputs);

    public void End() => _reporter.RunFinished(null, TimeProvider.System.GetTimestamp());
}
