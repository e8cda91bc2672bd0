using Tessera.Serialization;

namespace Tessera.Tests.Serialization;

public class ExceptionTests
{
    private sealed class OwnException(string message, string detail, object? thing = null) : InvalidOperationException(message)
    {
        public string Detail { get; } = detail;

        public object? Thing { get; } = thing;
    }

    private sealed class FailingException(Thread thread) : Exception
    {
        public override string Message => throw new NotSupportedException();

        public Thread Thread => thread;
    }

    private static Exception Thrown(Exception exception)
    {
        try
        {
            throw exception;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private static Exception Travelled(Exception exception)
    {
        var writer = new MessageWriter();
        writer.Write("before");
        TravellingException.Write(writer, exception);
        writer.Write("after");
        MessageReader reader = RoundTrip.Begin(writer);
        Assert.Equal("before", reader.Read<string>());
        Exception arrived = TravellingException.Read(reader);
        Assert.Equal("after", reader.Read<string>());
        reader.Finish();
        return arrived;
    }

    [Fact]
    public void An_exception_arrives_with_all_that_it_says()
    {
        Exception sent = Thrown(new OwnException("outer", "detail"));
        sent.Data["key"] = 5;
        sent.HelpLink = "https://example.org";
        var arrived = (OwnException)Travelled(sent);
        Assert.Equal("outer", arrived.Message);
        Assert.Equal("detail", arrived.Detail);
        Assert.Equal(5, arrived.Data["key"]);
        Assert.Equal(sent.HResult, arrived.HResult);
        Assert.Equal(sent.Source, arrived.Source);
        Assert.Equal(sent.HelpLink, arrived.HelpLink);
        Assert.Contains(nameof(Thrown), arrived.StackTrace);

        string? again = Thrown(arrived).StackTrace;
        Assert.Contains("End of stack trace from previous location", again);
        Assert.Equal(2, again!.Split(nameof(Thrown)).Length - 1);
    }

    [Fact]
    public void Inner_exceptions_arrive()
    {
        var sent = new AggregateException("all", Thrown(new ArgumentOutOfRangeException("index", 5, "too large")), new FileNotFoundException("none", "file.txt"));
        var arrived = (AggregateException)Travelled(sent);
        Assert.Equal(sent.Message, arrived.Message);
        var first = (ArgumentOutOfRangeException)arrived.InnerExceptions[0];
        Assert.Same(first, arrived.InnerException);
        Assert.Equal(("index", 5), (first.ParamName, first.ActualValue));
        Assert.Equal("file.txt", ((FileNotFoundException)arrived.InnerExceptions[1]).FileName);
    }

    [Fact]
    public void Cancellation_arrives_without_its_token_and_task()
    {
        using var source = new CancellationTokenSource();
        Assert.IsType<OperationCanceledException>(Travelled(new OperationCanceledException("cancelled", source.Token)));
        Assert.IsType<TaskCanceledException>(Travelled(new TaskCanceledException(new TaskCompletionSource().Task)));
    }

    [Fact]
    public void An_exception_that_cannot_travel_is_told_by_another()
    {
        Exception sent = Thrown(new OwnException("with a thread", "detail", new object[] { new byte[100_000], new Thread(() => { }) }));
        Exception arrived = Travelled(sent);
        RemoteException stand = Assert.IsType<RemoteException>(arrived);
        Assert.Equal("with a thread", stand.Message);
        Assert.Equal(typeof(OwnException).FullName, stand.TypeName);
        Assert.Contains(nameof(Thrown), stand.ToString());
        Assert.Equal(sent.HResult, stand.HResult);
    }

    [Fact]
    public void An_exception_that_cannot_even_tell_its_message_is_told() => Assert.Contains(
        "NotSupportedException while the exception told of itself",
        Travelled(new FailingException(new Thread(() => { }))).Message);
}
