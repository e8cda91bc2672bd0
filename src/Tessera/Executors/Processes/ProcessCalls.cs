using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>Has functions of users called in worker processes. What they take travels there with each question.</summary>
internal sealed class ProcessCalls(ProcessTasks tasks, int step) : CallsElsewhere
{
    public override object? Call(int number, ReadOnlySpan<int> inputs, Func<int, object?> valueOf)
    {
        int[] needed = [.. inputs.ToArray().Distinct()];
        object? result = null;
        tasks.Do(
            question =>
            {
                question.Write(step);
                question.Write(number);
                question.Write(needed.Length);
                foreach (int input in needed)
                {
                    question.Write(input);
                    question.Write(valueOf(input));
                }
            },
            answer => result = answer.Read<object?>());
        return result;
    }
}
