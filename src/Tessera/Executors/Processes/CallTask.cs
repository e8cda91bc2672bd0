using Tessera.Serialization;
using Tessera.Steps;

namespace Tessera.Executors;

/// <summary>A call: told are the values that it takes, and it tells its own.</summary>
internal sealed class CallTask(CallsStep step) : PlacedTask
{
    private readonly List<int> _known = [];

    public override void Take(int task, MessageReader question)
    {
        int count = question.Read<int>();
        var inputs = new (int Number, object? Value)[count];
        for (int i = 0; i < count; i++)
            inputs[i] = (question.Read<int>(), question.Read<object?>());
        foreach ((int number, object? value) in inputs)
        {
            step.Values[number] = value;
            _known.Add(number);
        }

        _known.Add(task);
    }

    public override void Answer(int task, MessageWriter answer) => answer.Write(step.Values[task]);

    public override void Forget() => _known.ForEach(number => step.Values[number] = null);
}
