namespace Tessera.Steps;

/// <summary>The bytes that the tasks of a step work with, as the executor that does them needs them.</summary>
internal interface ITaskBytes
{
    /// <summary>Bytes that a task needs while it runs, over the blocks that it leaves.</summary>
    long ScratchBytes(int task);

    /// <summary>The part of them that the task takes from its worker's scratch memory at a time, before it is rounded up to what is rented.</summary>
    long StackBytes(int task);
}
