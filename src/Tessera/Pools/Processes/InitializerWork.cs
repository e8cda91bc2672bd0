using Tessera.Serialization;

namespace Tessera.Pools;

/// <summary>The user's initializer, in a worker process.</summary>
internal sealed class InitializerWork(Action initializer) : RemoteWork
{
    public override void Execute(MessageReader question, MessageWriter answer, ControlPage control)
    {
        question.Finish();
        try
        {
            ReceivedSurroundings.Instance.Initialize(initializer);
            answer.Write(Served.Answer);
        }
        catch (Exception failure)
        {
            answer.Write(Served.Refused);
            TravellingException.Write(answer, failure);
        }
    }
}
