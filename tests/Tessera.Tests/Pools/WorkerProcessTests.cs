using System.IO.Pipes;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.Win32.SafeHandles;
using Tessera.Pools;
using Tessera.Serialization;

namespace Tessera.Tests.Pools;

/// <summary>One worker process and its parent, without a pool.</summary>
public class WorkerProcessTests
{
    private static string FolderOf(WorkerProcess process) =>
        (string)typeof(WorkerProcess).GetField("_directory", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(process)!;

    [Fact]
    public void Who_connects_without_the_secret_is_refused()
    {
        using var process = WorkerProcess.Start(static () => { });
        string folder = FolderOf(process);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));

        // They come before the process does, and are taken first.
        using Socket wrong = Connected(), cut = Connected(), silent = Connected();
        wrong.Send(new byte[WorkerProcess.SecretBytes]);
        cut.Send(new byte[3]);
        cut.Shutdown(SocketShutdown.Send);
        silent.Shutdown(SocketShutdown.Send);
        process.Connect();
        Assert.False(Directory.Exists(folder));
        Assert.Equal((0, 0, 0), (Rest(wrong), Rest(cut), Rest(silent)));

        var exit = new MessageWriter();
        exit.Write(Request.Exit);
        process.Channel.Send(exit);
        process.WaitForEnd();
        Assert.False(Marks.IsAlive(process.Id));

        Socket Connected()
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(Path.Combine(folder, WorkerProcess.SocketName)));
            return socket;
        }

        static int Rest(Socket socket)
        {
            try
            {
                return socket.Receive(new byte[1]);
            }
            catch (SocketException)
            {
                return 0; // closed with what was sent unread
            }
        }
    }

    [Fact]
    public void One_that_is_let_go_before_it_connected_is_gone()
    {
        int ended = 0;
        var process = WorkerProcess.Start(() => Interlocked.Increment(ref ended));
        string folder = FolderOf(process);
        process.Dispose();
        Assert.False(Marks.IsAlive(process.Id));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void One_that_ends_before_it_connected_is_told_as_dead()
    {
        using var process = WorkerProcess.Start(static () => { });
        process.Kill();
        var death = Assert.Throws<WorkerDiedException>(process.Connect);
        Assert.Equal((process.Id, 137), (death.ProcessId, death.ExitCode));
        Assert.Contains("before it was ready", death.Message);
        Assert.False(Directory.Exists(FolderOf(process)));
    }

    [Fact]
    public async Task One_that_is_let_go_leaves_no_stream_open()
    {
        var process = WorkerProcess.Start(static () => { });
        var started = (System.Diagnostics.Process)typeof(WorkerProcess).GetField("_process", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(process)!;
        var output = (Task)typeof(WorkerProcess).GetField("_output", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(process)!;
        PipeStream[] streams = [(PipeStream)started.StandardInput.BaseStream, (PipeStream)started.StandardOutput.BaseStream, (PipeStream)started.StandardError.BaseStream];
        SafePipeHandle[] handles = [.. streams.Select(stream => stream.SafePipeHandle)];
        process.Dispose();
        await output;
        Assert.All(handles, handle => Assert.True(handle.IsClosed));
    }

    [Fact]
    public void The_keys_that_interrupt_a_program_leave_its_workers_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using WorkerPool pool = WorkerPool.Processes(1);
        int worker = pool.Apply(() => Environment.ProcessId);
        foreach (string signal in new[] { "INT", "QUIT" }) // as the terminal sends them to all that run in it
        {
            using var kill = System.Diagnostics.Process.Start("sh", ["-c", $"kill -{signal} {worker}"]);
            kill.WaitForExit();
            Assert.Equal(worker, pool.Apply(() => Environment.ProcessId));
        }
    }
}
