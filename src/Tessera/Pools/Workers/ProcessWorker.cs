using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>Has a worker process do its batches, and replaces it where it dies.</summary>
internal sealed partial class ProcessWorker(ProcessCrew crew, int number) : Worker(crew, number)
{
    private const int MostStarts = 3;

    private readonly MessageWriter _question = new();
    private readonly MessageReader _answer = new();
    private readonly MessageWriter _telling = new();
    private readonly List<SentWork> _known = []; // by the process
    private readonly Lock _control = new(); // the process's page of shared memory is not released while somebody writes to it
    private volatile WorkerProcess? _process;
    private Surroundings? _told; // to the process

    public override bool NeedsCare => _process is { HasEnded: true } || _known.Exists(work => work.IsOver);

    protected override TimeSpan Aim { get; } = TimeSpan.FromMilliseconds(5);

    public override void Terminate() => _process?.Kill();

    protected override bool Prepare()
    {
        if (_process is { HasEnded: false } && Left > 0)
        {
            ForgetOver();
            return true;
        }

        End();
        for (int start = 1; !crew.IsTerminated; start++)
        {
            try
            {
                return StartProcess();
            }
            catch (WorkerDiedException failure)
            {
                Drop();
                if (start < MostStarts || crew.IsTerminated)
                    continue;
                crew.Break(new WorkerException($"The pool can't start its worker processes: {failure.Message}", null, failure));
                return false;
            }
            catch (Exception failure)
            {
                Drop();
                crew.Break(new WorkerException($"The pool can't start its worker processes: {failure.Message}", null, failure));
                return false;
            }
        }

        return false;
    }

    private bool StartProcess()
    {
        Left = crew.Options.MaxTasksPerWorker ?? int.MaxValue;
        _told = Surroundings.OfNewProcess();
        _process = WorkerProcess.Start(crew.Wake);
        if (crew.IsTerminated)
            _process.Kill(); // Terminate came before there was one
        _process.Connect();
        if (crew.Initializer is not { } initializer)
            return true;

        try
        {
            Compose(initializer, static _ => { });
            Send(initializer);
            _process.Channel.Flush();
            _process.Channel.Receive(_answer);
            _answered++;
            if (ReadRefusal() is not { } failure)
                return true;
            crew.Break(WorkerException.Of("The pool's initializer", null, failure));
            return false;
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            throw _process.Died("in the pool's initializer");
        }
    }

    private void Compose(SentWork work, Action<MessageWriter> write)
    {
        _question.Clear();
        _question.Write(Request.Execute);
        _question.Write(work.Id);
        write(_question);
    }

    /// <summary>Asks the process to do a work, which it is given first if it hasn't got it.</summary>
    private void Send(SentWork work)
    {
        MessageChannel channel = _process!.Channel;
        if (work.Surroundings != _told)
            Tell(work.Surroundings, channel);
        if (!_known.Contains(work))
            Define(work, channel);
        channel.Send(_question);
        _question.Clear(); // lets go of the inputs
    }

    /// <summary>Tells the process what functions see of the program around them, as far as it has changed.</summary>
    private void Tell(Surroundings surroundings, MessageChannel channel)
    {
        _telling.Clear();
        _telling.Write(Request.Surroundings);
        if (surroundings.WriteChange(_told!, _telling))
            channel.Send(_telling);
        _told = surroundings;
        _telling.Clear();
    }

    private void Define(SentWork work, MessageChannel channel)
    {
        if (work.Definition is { } definition) // else its job has been abandoned, and the process says that it doesn't know it
            channel.Send(definition);
        _known.Add(work);
    }

    /// <summary>Has the process release works that nobody will ask for, and of what they captured.</summary>
    private void ForgetOver()
    {
        SentWork[] over = [.. _known.Where(known => known.IsOver)];
        if (over.Length == 0)
            return;
        MessageChannel channel = _process!.Channel;
        try
        {
            foreach (SentWork work in over)
            {
                _question.Clear();
                _question.Write(Request.Forget);
                _question.Write(work.Id);
                channel.Send(_question);
                _known.Remove(work);
            }

            channel.Flush();
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            _process.Kill(); // it is as good as gone
            _known.RemoveAll(work => work.IsOver);
        }
    }

    private Exception? ReadRefusal()
    {
        if (_answer.Read<Served>() == Served.Answer)
            return null;
        Exception refusal = TravellingException.Read(_answer);
        _answer.Finish();
        return refusal;
    }

    protected override void StopNow(Job job) => UpdateStop(job);

    /// <summary>Tells the process from where on inputs aren't wanted. Several threads may do so; the last one writes what is valid.</summary>
    private void UpdateStop(Job job)
    {
        lock (_control)
        {
            if (_process is { } process && IsOn(job))
                process.Control.StopAt = job.StopAt;
        }
    }

    protected override void End()
    {
        if (_process is not { } process)
            return;
        try
        {
            if (!crew.IsTerminated && !process.HasEnded)
            {
                _question.Clear();
                _question.Write(Request.Exit);
                process.Channel.Send(_question);
                process.Channel.Flush();
                process.WaitForEnd();
            }
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            // It has ended already.
        }

        Drop();
    }

    private void Drop()
    {
        WorkerProcess? process;
        lock (_control)
        {
            process = _process;
            _process = null;
        }

        process?.Dispose();
        _known.Clear();
        _flight.Clear();
        (_answered, _ahead) = (0, 1);
    }

    private static bool IsEnd(Exception failure) => failure is ChannelEndedException;
}
