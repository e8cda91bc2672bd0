using BenchmarkDotNet.Running;
using Tessera.KernelBench;

// dotnet run -c Release --project bench/Kernels -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(KernelConfig).Assembly).Run(args, new KernelConfig());
