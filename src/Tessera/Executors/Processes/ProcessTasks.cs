using Tessera.Memory;
using Tessera.Pools;
using Tessera.Serialization;
using Tessera.Steps;
using Tessera.Storage;

namespace Tessera.Executors;

/// <summary>Brings the tasks of one plan to worker processes, to which what the plan was made of travels once.</summary>
internal sealed class ProcessTasks : IDisposable
{
    private readonly ProcessCrew _crew;
    private readonly TaskJob _job;
    private readonly SharedSources _sources;
    private readonly CancellationTokenRegistration _stopping;

    /// <exception cref="System.Runtime.Serialization.SerializationException">Something in the expression can't travel.</exception>
    public ProcessTasks(Plan plan, CancellationToken stopping, ProcessCrew crew)
    {
        _crew = crew;
        IPlanOrigin origin = plan.Origin!();
        _sources = new SharedSources(crew.Blocks, crew.Pages);
        try
        {
            SentWork sent = _sources.While(
                () => crew.Send(new PlanTaskWork(origin, new PlanSeal(plan), crew.Pages.Path), TaskJob.Name));
            _job = new TaskJob(crew, sent);
        }
        catch
        {
            _sources.Dispose();
            throw;
        }

        _stopping = stopping.UnsafeRegister(_ => _job.Stop(), null);
    }

    /// <summary>Memory that the processes share.</summary>
    public BlockPool Blocks => _crew.Blocks;

    /// <inheritdoc cref="TaskJob.Do"/>
    public void Do(Action<MessageWriter> write, Action<MessageReader> read) => _job.Do(write, read);

    /// <summary>Tells a process where a block lies.</summary>
    public void WriteRange(MessageWriter question, nint address)
    {
        (long offset, long bytes) = _crew.Pages.RangeOf(address);
        question.Write(offset);
        question.Write(bytes);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _job.Dispose();
        _sources.Dispose();
    }
}
