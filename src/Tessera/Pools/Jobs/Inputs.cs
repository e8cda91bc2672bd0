using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Tessera.Pools;

/// <summary>Where a job's inputs come from. Used by one thread at a time.</summary>
internal abstract class Inputs<T> : IDisposable
{
    /// <summary>How many there are, where that is known.</summary>
    public virtual long? Count => null;

    /// <summary>Those before this one may be read ahead.</summary>
    public virtual void Allow(long end)
    {
    }

    /// <summary>True where taking them is quick and runs no code of the user's.</summary>
    public virtual bool IsPlain => false;

    /// <summary>Takes the next ones; fewer than asked for, or none, where there are no more for now.</summary>
    /// <param name="destination">Is filled from its beginning.</param>
    /// <param name="isOver">True where there will be none after these.</param>
    public abstract int Take(Span<T> destination, out bool isOver);

    public virtual void Dispose()
    {
    }

    public static Inputs<T> Of(IEnumerable<T> inputs) => inputs switch
    {
        T[] array => new Listed(array),
        List<T> list => new Listed(list),
        _ => new Enumerated(inputs),
    };

    /// <summary>An array or a list, copied in parts.</summary>
    private sealed class Listed(IEnumerable<T> items) : Inputs<T>
    {
        private int _next;

        public override long? Count => Items.Length;

        public override bool IsPlain => true;

        private ReadOnlySpan<T> Items => items is T[] array ? array : CollectionsMarshal.AsSpan((List<T>)items);

        public override int Take(Span<T> destination, out bool isOver)
        {
            ReadOnlySpan<T> left = Items[_next..];
            int count = Math.Min(destination.Length, left.Length);
            left[..count].CopyTo(destination);
            _next += count;
            isOver = count == left.Length;
            return count;
        }
    }

    /// <summary>Any sequence, whose end is seen only when it is asked for more.</summary>
    private sealed class Enumerated(IEnumerable<T> items) : Inputs<T>
    {
        private readonly IEnumerator<T> _items = items.GetEnumerator();
        private ExceptionDispatchInfo? _failure; // comes after those that were taken before it

        public override long? Count => items.TryGetNonEnumeratedCount(out int count) ? count : null;

        public override bool IsPlain { get; } = items is IReadOnlyList<T> or IList<T>; // as a range of numbers is; what Select makes isn't

        public override int Take(Span<T> destination, out bool isOver)
        {
            _failure?.Throw();
            isOver = false;
            int count = 0;
            try
            {
                for (; count < destination.Length; count++)
                {
                    isOver = !_items.MoveNext();
                    if (isOver)
                        return count;
                    destination[count] = _items.Current;
                }
            }
            catch (Exception failure) when (count > 0)
            {
                _failure = ExceptionDispatchInfo.Capture(failure);
            }

            return count;
        }

        public override void Dispose() => _items.Dispose();
    }
}
