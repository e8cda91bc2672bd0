namespace Tessera.Pools;

/// <summary>The other process has closed its end of the channel, or is gone. No other failure of reading or writing is this one.</summary>
internal sealed class ChannelEndedException(Exception? cause = null) : IOException("The other process has closed its end of the channel.", cause);
