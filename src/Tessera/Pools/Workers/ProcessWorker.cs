using System.Diagnostics;
using System.Net.Sockets;
using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>Has a worker process do its batches, and replaces it where it dies.</summary>
internal sealed class ProcessWorker(ProcessCrew crew, int number) : Worker(crew, number)
{
    private const int MostStarts = 3;

    private const int MostAhead = 4;
    private const int LargestAhead = 2048; // bytes of a question

    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(0.2);

    private readonly Queue<Batch> _flight = new(); // sent, and not answered
    private long _answered; // questions, since the process began
    private int _ahead = 1; // batches that may be sent before the first is answered
    private readonly MessageWriter _question = new();
    private readonly MessageReader _answer = new();
    private readonly List<SentWork> _known = []; // by the process
    private readonly Lock _control = new(); // the process's page of shared memory is not let go while somebody writes to it
    private volatile WorkerProcess? _process;

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

    /// <summary>
    /// Has the process do a batch, and others of the same job as long as they are quick: these are sent ahead, so that neither side waits for the other to
    /// wake up.
    /// </summary>
    protected override bool Do(Batch batch)
    {
        Job job = batch.Job;
        UpdateStop(job);
        try
        {
            Send(batch);
            while (_flight.Count > 0)
            {
                _process!.Channel.Flush();
                if (!Receive())
                    return true;
                if (_flight.Count <= _ahead / 2 && _ahead > 1 && job.MaySendAhead)
                    SendAhead(job);
            }
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            HandBack(job);
        }

        return true;
    }

    private void SendAhead(Job job)
    {
        while (_flight.Count < _ahead && Left > 0 && TakeFrom(job) is { } next)
        {
            Left -= next.Count;
            Send(next);
        }
    }

    private void Send(Batch batch)
    {
        try
        {
            Compose(batch.Job.Sent, batch.Write);
        }
        catch (Exception refusal)
        {
            _question.Clear();
            batch.Fail(refusal); // an input can't be written, for whatever reason the user's types have
            return;
        }

        // What is sent ahead must fit into the socket, or both sides might wait for the other to read.
        _flight.Enqueue(batch);
        while (_question.TotalBytes > LargestAhead && _flight.Count > 1)
        {
            _process!.Channel.Flush();
            Receive();
        }

        Send(batch.Job.Sent);
    }

    /// <summary>Waits for the answer to the first of the batches that are under way.</summary>
    /// <returns>False where its time was up, and the process is ended.</returns>
    private bool Receive()
    {
        WorkerProcess process = _process!;
        Batch batch = _flight.Peek();
        long started = Stopwatch.GetTimestamp();
        if (batch.Job.TimeOfProcess is { } time && !process.Channel.Wait(time))
        {
            process.Kill();
            Drop();
            batch.Fail(MapOptions.TimedOut(time));
            return false;
        }

        process.Channel.Receive(_answer);
        _answered++;
        _flight.Dequeue();
        bool isQuick = Stopwatch.GetElapsedTime(started) < Quick && batch.Job.TimeOfProcess is null;
        _ahead = isQuick ? Math.Min(MostAhead, 2 * _ahead) : 1;
        try
        {
            if (ReadRefusal() is { } refusal)
                batch.Fail(refusal);
            else
                batch.Read(_answer);
        }
        catch (Exception failure) when (!IsEnd(failure))
        {
            batch.Fail(failure); // a result can't be read
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            batch.GiveBack();
            throw;
        }

        return true;
    }

    /// <summary>The process is gone. Only what it was doing may be the reason; what it had done but not told, and what it hadn't begun, is not.</summary>
    private void HandBack(Job job)
    {
        long begun = _process!.Control.Questions, item = _process.Control.Item;
        WorkerDiedException death = _process.Died($"while it was working on {job.FunctionName}");
        long first = _answered + 1;
        Batch[] lost = [.. _flight];
        Drop();
        for (int i = 0; i < lost.Length; i++)
        {
            if (first + i == Math.Max(begun, first))
                lost[i].GiveBack(first + i == begun ? Suspect(lost[i], item) : null, death);
            else
                lost[i].GiveBack();
        }
    }

    /// <summary>The input that a process was at; also the last one that it has done but not told, where none may run twice.</summary>
    private static int? Suspect(Batch batch, long item)
    {
        if (item < 0)
            return null;
        if (item < batch.Count)
            return (int)item;
        return batch.Job.Options.Retries == 0 ? batch.Count - 1 : null;
    }

    protected override void CheckFree()
    {
        if (_flight.Count > 0)
        {
            throw new InvalidOperationException(
                $"The sequence of inputs waits for the pool {crew.Name}, whose worker is taking inputs from it in the middle of its work. " +
                "Use another pool for one of the two maps, or take the inputs into a list first.");
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
        if (!_known.Contains(work))
            Define(work, channel);
        channel.Send(_question);
        _question.Clear(); // lets go of the inputs
    }

    private void Define(SentWork work, MessageChannel channel)
    {
        if (work.Definition is { } definition) // else its job has been abandoned, and so has this process
            channel.Send(definition);
        _known.Add(work);
    }

    /// <summary>Has the process let go of works that nobody will ask for, and of what they captured.</summary>
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
            // It has ended, and is replaced when that is noticed.
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

    /// <summary>Tells the process from where on inputs aren't wanted. Several threads may do so; the last one writes what holds.</summary>
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

    private static bool IsEnd(Exception failure) => failure is SocketException or EndOfStreamException or IOException;
}
