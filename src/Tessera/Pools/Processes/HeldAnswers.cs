using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>
/// Answers of a worker process. While further small questions wait, answers are kept back, so that several are sent together; but none longer than a moment, however
/// long the next question takes.
/// </summary>
internal sealed class HeldAnswers : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly MessageChannel _channel;
    private readonly Timer _clock;
    private bool _isHeld;

    public HeldAnswers(MessageChannel channel)
    {
        _channel = channel;
        _clock = new Timer(_ => SendHeld());
    }

    /// <exception cref="ChannelEndedException">The parent is gone.</exception>
    public void Send(MessageWriter answer)
    {
        lock (_gate)
        {
            _channel.Send(answer);
            if (!_channel.HasMessage)
            {
                _channel.Flush();
                _isHeld = false;
            }
            else if (!_isHeld)
            {
                _isHeld = true;
                _clock.Change(Longest, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose() => _clock.Dispose();

    private void SendHeld()
    {
        lock (_gate)
        {
            if (!_isHeld)
                return;
            _isHeld = false;
            try
            {
                _channel.Flush();
            }
            catch (ChannelEndedException)
            {
                // The parent is gone, which this process is about to find out.
            }
        }
    }
}
