using System.Globalization;

namespace Tessera.Pools;

/// <summary>The cultures that a worker's functions see: those of who began the job, unless the worker's initializer has chosen others.</summary>
internal sealed class WorkerCultures
{
    private CultureInfo? _culture, _uiCulture; // the initializer's

    /// <summary>Runs an initializer under the cultures of who gave it, and keeps those that it sets.</summary>
    public void Initialize(Action initializer, Cultures callers)
    {
        callers.Set();
        initializer();
        Cultures now = Cultures.Current;
        _culture = ReferenceEquals(now.Culture, callers.Culture) ? null : now.Culture;
        _uiCulture = ReferenceEquals(now.UICulture, callers.UICulture) ? null : now.UICulture;
    }

    /// <summary>On the worker's thread, before what a job has it do.</summary>
    public void Enter(Cultures callers) => new Cultures(_culture ?? callers.Culture, _uiCulture ?? callers.UICulture).Set();
}
