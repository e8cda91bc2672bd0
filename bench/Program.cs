using Tessera.Bench;

if (args is ["--cold"])
    return ColdStart.FirstResult();
if (args is ["--worker", string work, string contender, string folder])
    return Worker.Serve(work, contender, folder);
if (args is ["--help" or "-h"])
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

if (!CommandLine.TryParse(args, out CommandLine? asked, out string? fault))
{
    Console.Error.WriteLine(fault);
    Console.Error.WriteLine(CommandLine.Usage);
    return 2;
}

return asked.Lists ? CommandLine.List() : Benchmark.Run(asked);
