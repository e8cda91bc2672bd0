using Tessera.Kernels;

namespace Tessera.Tests.Kernels;

public class KernelBackendTests
{
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Compiled_kernels_equal_the_plain_one_bit_for_bit(int seed)
    {
        var random = new RandomPrograms(seed);
        for (int round = 0; round < 10; round++)
        {
            KernelProgram program = random.Next();
            int count = random.Length();
            byte[][] inputs = [.. program.Inputs.Select(input => random.Row(input.Type, input.IsScalar ? 1 : count))];
            byte[][] outputs = [.. program.Outputs.Select(output =>
                random.Row(program.Nodes[output.Node].Type, output.Kind == KernelOutputKind.Store ? count : program.Lanes))];

            byte[][] expected = KernelRun.Run(new PlainKernel(program), inputs, outputs, count, random.Misalignment());
            int width = 512;
            foreach (Kernel kernel in KernelRun.Compiled(program))
            {
                byte[][] actual = KernelRun.Run(kernel, inputs, outputs, count, random.Misalignment());
                for (int slot = 0; slot < outputs.Length; slot++)
                {
                    KernelRun.AssertSame(
                        program.Nodes[program.Outputs[slot].Node].Type, expected[slot], actual[slot],
                        $"{width} bits, {count} elements, output {slot} of {RandomPrograms.Text(program)}");
                }

                width /= 2;
            }
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];
}
