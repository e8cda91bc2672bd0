using System.Runtime.CompilerServices;
using Tessera.Kernels;
using Tessera.Recipes;

namespace Tessera.Executors;

/// <summary>
/// Rows of values that enter a row of states, element by element. Several rows enter in one go, one after another, so that the states are loaded and
/// stored once for all of them: they lie in the second-level cache, and passing through it for each row would bound a sum down columns at half of
/// what memory delivers.
/// <code>
/// 16 rows, six at most in one go:   rows 0 … 5   rows 6 … 11   rows 12 … 15
/// </code>
/// </summary>
internal sealed class ColumnFold
{
    /// <summary>
    /// Rows of all inputs that a kernel reads side by side. Where they lie a multiple of 4 KiB apart, they and two rows of states share the eight
    /// places that a first-level cache has for them.
    /// </summary>
    private const int MostRows = 6;

    /// <summary>Vectors that a turn of a kernel makes: of more the compiler makes bad code, and takes long for it.</summary>
    private const int MostVectors = 256;

    private readonly Reduction _reduction;
    private readonly FusedInputs _inputs;
    private readonly Func<KernelProgram, Kernel> _make;
    private readonly Kernel?[] _kernels; // by the number of rows that enter in one go; made when first needed
    private readonly ElementType? _cell;
    private readonly int _perRow; // addresses

    public ColumnFold(Reduction reduction, FusedInputs inputs, Func<KernelProgram, Kernel> make)
    {
        (_reduction, _inputs, _make, _cell) = (reduction, inputs, make, reduction.CellType);
        _perRow = inputs.Count + (_cell is null ? 0 : 1);
        _kernels = new Kernel?[Together(Program(1)) + 1];
    }

    /// <param name="addresses">Of the inputs and of the state's components at the first row; then the index of its first value.</param>
    /// <param name="rowStrides">From one row to the next, for each of these.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="length">Elements of a row.</param>
    /// <param name="folded">Values that each state has taken in before.</param>
    [SkipLocalsInit] // called for every row where rows are short
    public unsafe void Fold(ReadOnlySpan<nint> addresses, ReadOnlySpan<long> rowStrides, long rows, long length, long folded)
    {
        int most = _kernels.Length - 1, inputs = _inputs.Count, components = addresses.Length - inputs - 1;
        ReadOnlySpan<nint> state = addresses.Slice(inputs, components);
        Span<nint> arguments = stackalloc nint[(most * _perRow) + (2 * components)];
        long* cells = stackalloc long[most];
        for (long row = 0; row < rows;)
        {
            int together = (int)Math.Min(most, rows - row);
            for (int i = 0; i < together; i++, row++)
            {
                Span<nint> ofRow = arguments.Slice(i * _perRow, _perRow);
                for (int input = 0; input < inputs; input++)
                    ofRow[input] = addresses[input] + (nint)(row * rowStrides[input]);
                if (_cell is null)
                    continue;

                cells[i] = _cell == ElementType.Double
                    ? BitConverter.DoubleToInt64Bits(1.0 / (folded + row + 1))
                    : addresses[^1] + (row * rowStrides[^1]);
                ofRow[^1] = (nint)(cells + i);
            }

            Span<nint> given = arguments[..((together * _perRow) + (2 * components))];
            state.CopyTo(given[(together * _perRow)..]);
            state.CopyTo(given[^components..]);
            Kernel kernel = _kernels[together] ??= _make(Program(together)); // once a worker at worst
            kernel.Run(given, length);
        }
    }

    private KernelProgram Program(int rows)
    {
        var program = new KernelProgramBuilder();
        var values = new (int Value, int Cell)[rows];
        for (int row = 0; row < rows; row++)
            values[row] = (TileFold.Value(program, _reduction, _inputs), _cell is { } type ? program.Input(type, isScalar: true) : -1);

        int[] state = [.. _reduction.State.Select(component => program.Input(component.Type, isScalar: false))];
        foreach ((int value, int cell) in values)
            state = _reduction.FoldColumns(program, value, state, cell);
        foreach (int component in state)
            program.Output(component, KernelOutputKind.Store);
        return program.Build();
    }

    /// <summary>How many rows enter in one go, as far as a kernel of them is a good one.</summary>
    private int Together(KernelProgram one)
    {
        int rowsRead = _inputs.Program.Inputs.Count(input => !input.IsScalar);
        int vectorsPerNode = one.Nodes.Max(node => node.Type.Size) / one.Nodes.Min(node => node.Type.Size);
        return Math.Clamp(Math.Min(MostRows / Math.Max(1, rowsRead), MostVectors / (one.Nodes.Length * vectorsPerNode)), 1, MostRows);
    }
}
