using System.Diagnostics;

namespace Tessera.Pools;

// Batches: sent, answered, and handed back when the process dies.
internal sealed partial class ProcessWorker
{
    private const int MostAhead = 4;
    private const int LargestAhead = 2048; // bytes of a question

    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(0.2);

    private readonly Queue<Batch> _flight = new(); // sent, and not answered
    private long _answered; // questions, since the process began
    private int _ahead = 1; // batches that may be sent before the first is answered

    /// <summary>
    /// Has the process do a batch, and others of the same job as long as they are quick: these are sent ahead, so that neither side waits for the other to
    /// wake up.
    /// </summary>
    protected override bool Do(Batch batch)
    {
        Job job = batch.Job;
        if (_process is null && !Prepare())
        {
            // It died while this batch was being taken, in a map within the inputs of this one, and there will be no other.
            batch.Fail(new InvalidOperationException($"The pool {crew.Name} has ended."));
            return false;
        }

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
        catch (Exception failure)
        {
            // Not meant to happen. Nobody may wait for these batches, whatever it was.
            Batch[] held = [.. _flight];
            Drop();
            Array.ForEach(held, lost => lost.Fail(failure));
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

        UpdateStop(batch.Job); // here, because a batch of another job may have been done since the one before
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
            batch.GiveBack(Suspect(batch, batch.Count), process.Died($"before its answer about {batch.Job.FunctionName} was read"));
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
}
