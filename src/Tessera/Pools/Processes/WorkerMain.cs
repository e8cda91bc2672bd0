using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Tessera.Memory;
using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>The life of a worker process: it connects to its parent, then does what it is asked until it is asked to end.</summary>
internal static class WorkerMain
{
    private static volatile bool _isEnding;

    private static PosixSignalRegistration[] _unheeded = []; // as long as they are referred to

    public static void Run(string directory)
    {
        IgnoreKeys();
        HideFromPrograms();
        BlockPool.Shared.IdleBytes = BlockPool.LeastIdleBytes;
        var serving = new Thread(() => Live(directory), Worker.StackBytes) { Name = "Tessera worker" }; // functions have the room that they have in a thread
        serving.UnsafeStart();
        serving.Join();
        Environment.Exit(0);
    }

    /// <summary>The terminal interrupts all that run in it. Whether this is the end is for the parent to say: when it goes, so do we.</summary>
    private static void IgnoreKeys()
    {
        if (!OperatingSystem.IsWindows())
            _unheeded = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true))];
    }

    /// <summary>Programs that a function starts are no workers.</summary>
    private static void HideFromPrograms()
    {
        string[] hooks = Environment.GetEnvironmentVariable(WorkerCommand.HooksVariable)!.Split(Path.PathSeparator);
        Environment.SetEnvironmentVariable(WorkerCommand.HooksVariable, hooks.Length == 1 ? null : string.Join(Path.PathSeparator, hooks[..^1]));
        Environment.SetEnvironmentVariable(WorkerCommand.DirectoryVariable, null);
        if (Environment.GetEnvironmentVariable(WorkerCommand.QuietVariable) is not null)
            Environment.SetEnvironmentVariable(WorkerCommand.DiagnosticsVariable, null);
        Environment.SetEnvironmentVariable(WorkerCommand.QuietVariable, null);
    }

    private static void Live(string directory)
    {
        Stream input = Console.OpenStandardInput();
        Console.SetIn(TextReader.Null);
        try
        {
            byte[] secret = ReadSecret(input);
            new Thread(() => WatchParent(input, directory)) { Name = "Tessera parent watch", IsBackground = true }.UnsafeStart();

            using var control = ControlPage.Open(Path.Combine(directory, WorkerProcess.PageName));
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(directory, WorkerProcess.SocketName)));
            socket.Send(secret);
            Serve(new MessageChannel(socket), control);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            EndWithParent(directory); // which has closed its ends, or never came so far
        }
    }

    private static byte[] ReadSecret(Stream input)
    {
        byte[] digits = new byte[2 * WorkerProcess.SecretBytes];
        input.ReadExactly(digits);
        while (input.ReadByte() is not ('\n' or -1))
        {
        }

        return Convert.FromHexString(System.Text.Encoding.ASCII.GetString(digits));
    }

    /// <summary>The parent holds the other end of our standard input, and the operating system closes it when the parent is gone, however it went.</summary>
    private static void WatchParent(Stream input, string directory)
    {
        while (input.ReadByte() >= 0)
        {
        }

        if (!_isEnding) // it wasn't we who were asked to end
            EndWithParent(directory);
    }

    private static void EndWithParent(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // As it should be.
        }

        Process.GetCurrentProcess().Kill(); // at once, whatever functions are doing
    }

    private static void Serve(MessageChannel channel, ControlPage control)
    {
        var works = new Dictionary<int, object>(); // a work, or the exception that kept it from arriving
        var question = new MessageReader();
        var answer = new MessageWriter();
        using var answers = new HeldAnswers(channel);
        while (true)
        {
            channel.Receive(question);
            switch (question.Read<Request>())
            {
                case Request.Exit:
                    _isEnding = true;
                    return;
                case Request.Define:
                    works[question.Read<int>()] = ReadWork(question);
                    break;
                case Request.Forget:
                    works.Remove(question.Read<int>(), out object? forgotten);
                    question.Finish();
                    (forgotten as RemoteWork)?.Forget();
                    break;
                case Request.Surroundings:
                    ReceivedSurroundings.Instance.Read(question);
                    break;
                case Request.Execute:
                    answer.Clear();
                    control.Item = -1;
                    control.Questions++;
                    works.TryGetValue(question.Read<int>(), out object? work);
                    Execute(work ?? new InvalidOperationException("Nobody wants this work any more."), question, answer, control);
                    answers.Send(answer);
                    answer.Clear(); // lets go of what was answered
                    break;
            }
        }
    }

    private static object ReadWork(MessageReader question)
    {
        try
        {
            RemoteWork work = question.Read<RemoteWork>();
            question.Finish();
            return work;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static void Execute(object work, MessageReader question, MessageWriter answer, ControlPage control)
    {
        try
        {
            if ((work as Exception ?? ReceivedSurroundings.Instance.Failure) is { } failure)
            {
                Refuse(answer, failure);
                return;
            }

            ReceivedSurroundings.Instance.Enter();
            ((RemoteWork)work).Execute(question, answer, control);
        }
        catch (Exception failure)
        {
            answer.Clear();
            Refuse(answer, failure);
        }
    }

    private static void Refuse(MessageWriter answer, Exception failure)
    {
        answer.Write(Served.Refused);
        TravellingException.Write(answer, failure);
    }
}
