using System.Runtime.Serialization;
using Tessera.Diagnostics;

namespace Tessera.Serialization;

/// <summary>
/// A hash table with its items beside it. Hash codes differ from process to process, so tables are filled anew, once their keys have all
/// their contents.
/// </summary>
/// <remarks>
/// The hash code of a key may depend on another table, which then must be filled before. Which ones depend on which isn't known, so all
/// are filled, those met last first, and filled again while hash codes of their keys still change: a set inside the key of a dictionary
/// needs one pass where the set was met after the dictionary, and two where before.
/// </remarks>
internal abstract class WaitingTable
{
    private bool _isFilled;
    private int _hash;

    /// <summary>
    /// Fills tables, from number <paramref name="first"/> on, until their keys hash as they did when they were added. Until
    /// <paramref name="isAll"/> is true, keys may be without their contents, and their tables wait on.
    /// </summary>
    public static void FillAll(List<WaitingTable> tables, int first, bool isAll)
    {
        bool changed = tables.Count > first;
        for (int pass = 0; changed && pass < tables.Count + 2; pass++)
        {
            changed = false;
            for (int i = tables.Count - 1; i >= first; i--)
                changed |= tables[i].Fill(isAll);
        }
        if (isAll && (changed || tables.Exists(table => !table._isFilled)))
            tables.Find(table => !table._isFilled || changed)!.Fail();
    }

    /// <summary>A number made of the hash codes of all keys.</summary>
    protected abstract int HashOfKeys();

    /// <summary>Empties the table and adds all items; false if two keys are equal.</summary>
    protected abstract bool TryFill();

    protected abstract Type TypeOfTable { get; }

    /// <summary>True where the table isn't as it was before.</summary>
    private bool Fill(bool isAll)
    {
        try
        {
            int hash = HashOfKeys();
            if (_isFilled && hash == _hash)
                return false;
            (_isFilled, _hash) = (TryFill(), hash);
            return true;
        }
        catch (Exception) when (!isAll)
        {
            _isFilled = false; // a key that isn't there yet; the next filling tells if it is more
            return false;
        }
    }

    private void Fail() => throw new SerializationException(_isFilled
        ? $"The keys of a {TypeName.Of(TypeOfTable)} change their hash codes when it is filled. Let hash codes depend on what doesn't change."
        : $"Two keys of a {TypeName.Of(TypeOfTable)} have become equal on the way to this process. Compare keys by what travels: their fields.");
}
