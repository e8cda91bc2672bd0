using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Tessera.Pools;

/// <summary>A worker process, as its parent sees it: the process, the channel to it, and what it writes.</summary>
/// <remarks>
/// How it starts. A private folder is made (readable by this user alone) with a socket and a page of shared memory; the process is told the folder by
/// an environment variable and a secret by its standard input, and the first who connects with that secret is it. The folder is gone before the first
/// request. Standard input stays open: its end tells the worker that the parent is gone.
/// </remarks>
internal sealed class WorkerProcess : IDisposable
{
    public const int SecretBytes = 32;
    public const string SocketName = "socket";
    public const string PageName = "control";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ForStart = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ForOutput = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly string _directory;
    private readonly byte[] _secret;
    private readonly ErrorLines _errors = new();
    private readonly CancellationTokenSource _exited = new();
    private readonly Task _output;
    private Socket? _listener;
    private MessageChannel? _channel;

    private WorkerProcess(Process process, string directory, byte[] secret, Socket listener, ControlPage control, Action exited)
    {
        (_process, _directory, _secret, _listener, Control) = (process, directory, secret, listener, control);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) =>
        {
            _exited.Cancel();
            exited();
        };
        process.Start();
        Id = process.Id;
        _output = Task.WhenAll(ForwardAsync(process.StandardOutput, static line => Console.Out.WriteLine(line)), ForwardAsync(process.StandardError, ForwardError));
    }

    public int Id { get; }

    public ControlPage Control { get; }

    public MessageChannel Channel => _channel!;

    public bool HasEnded => _exited.IsCancellationRequested;

    /// <summary>Starts a process.</summary>
    /// <param name="exited">Is called when it has ended.</param>
    public static WorkerProcess Start(Action exited)
    {
        string directory = PrivateDirectory();
        Socket? listener = null;
        ControlPage? control = null;
        try
        {
            listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(Path.Combine(directory, SocketName)));
            listener.Listen();
            control = ControlPage.Create(Path.Combine(directory, PageName));
            var process = new Process { StartInfo = WorkerCommand.In(directory) };
            return new WorkerProcess(process, directory, RandomNumberGenerator.GetBytes(SecretBytes), listener, control, exited);
        }
        catch
        {
            listener?.Dispose();
            control?.Dispose();
            Directory.Delete(directory, recursive: true);
            throw;
        }
    }

    /// <summary>A new folder that this user alone can enter. The path of a socket must be short, and the temporary folder's may not be.</summary>
    private static string PrivateDirectory()
    {
        const int longest = 70;
        const string common = "/tmp";
        if (OperatingSystem.IsWindows() || Path.GetTempPath().Length <= longest || !Directory.Exists(common))
            return Directory.CreateTempSubdirectory("tessera-").FullName; // mode 700
        string name = Path.Combine(common, $"tessera-{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}");
        return Directory.CreateDirectory(name, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    /// <summary>Waits until the process is there and has shown that it is the one.</summary>
    /// <exception cref="WorkerDiedException">It ended before.</exception>
    public void Connect()
    {
        try
        {
            SendSecret();
            _channel = new MessageChannel(AcceptAsync().WaitAsync(ForStart).GetAwaiter().GetResult());
        }
        catch (Exception failure) when (failure is OperationCanceledException or TimeoutException or IOException or SocketException)
        {
            throw Died("before it was ready");
        }
        finally
        {
            _listener!.Dispose();
            _listener = null;
            DeleteDirectory();
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    /// <summary>What is known once it has ended or its channel has; ends it, should it live.</summary>
    /// <param name="when">Completes "it ended …".</param>
    public WorkerDiedException Died(string when)
    {
        if (!_process.WaitForExit(TimeSpan.FromSeconds(1))) // its sockets close a moment before it is gone
            Kill();
        _process.WaitForExit(Grace);
        _output.Wait(ForOutput); // a process that it began may hold the stream for longer
        return WorkerDiedException.Of(when, Id, _process.HasExited ? _process.ExitCode : null, _errors.ToList());
    }

    /// <summary>Waits for a process that was asked to end, and kills it where it doesn't.</summary>
    public void WaitForEnd()
    {
        if (!_process.WaitForExit(Grace))
            Kill();
        _process.WaitForExit(Grace);
        _output.Wait(ForOutput);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
            _process.WaitForExit(Grace);
        }

        _channel?.Dispose();
        _listener?.Dispose();
        Control.Dispose();
        CloseInput();
        _process.Dispose();
        DeleteDirectory();
    }

    /// <summary>The process object leaves open what it gave out.</summary>
    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // The secret didn't arrive.
        }
    }

    private void SendSecret()
    {
        _process.StandardInput.WriteLine(Convert.ToHexString(_secret));
        _process.StandardInput.Flush();
    }

    private async Task<Socket> AcceptAsync()
    {
        while (true)
        {
            Socket socket = await _listener!.AcceptAsync(_exited.Token).ConfigureAwait(false);
            if (await ShowsSecretAsync(socket).ConfigureAwait(false))
                return socket;
            socket.Dispose(); // somebody else
        }
    }

    private async Task<bool> ShowsSecretAsync(Socket socket)
    {
        byte[] shown = new byte[SecretBytes];
        using var time = CancellationTokenSource.CreateLinkedTokenSource(_exited.Token);
        time.CancelAfter(Grace);
        try
        {
            for (int done = 0; done < shown.Length;)
            {
                int received = await socket.ReceiveAsync(shown.AsMemory(done), time.Token).ConfigureAwait(false);
                if (received == 0)
                    return false;
                done += received;
            }
        }
        catch (Exception failure) when (failure is SocketException || (failure is OperationCanceledException && !_exited.IsCancellationRequested))
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(shown, _secret);
    }

    private void ForwardError(string line)
    {
        _errors.Add(line);
        Console.Error.WriteLine(line);
    }

    /// <summary>Reads to the end whatever happens, because a process whose pipe is full waits. Never fails, because nobody could be told.</summary>
    private static async Task ForwardAsync(StreamReader lines, Action<string> forward)
    {
        using (lines)
        {
            try
            {
                while (await lines.ReadLineAsync().ConfigureAwait(false) is { } line)
                    TryForward(line, forward);
            }
            catch (Exception)
            {
                // The stream is closed or broken.
            }
        }
    }

    private static void TryForward(string line, Action<string> forward)
    {
        try
        {
            forward(line);
        }
        catch (Exception)
        {
            // The program's console doesn't take it: it is closed, or a writer of the program's own.
        }
    }

    private void DeleteDirectory()
    {
        try
        {
            Directory.Delete(_directory, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It was deleted before.
        }
    }
}
