namespace Tessera.Hdf5Format.Tests;

/// <summary>Attributes, and datasets of all that isn't a number, are read as the reference library wrote them.</summary>
public sealed class ValueReadingTests(ReferenceValues reference)
{
    [Fact]
    public void Every_value_of_the_reference_library_reads_back_equal()
    {
        Assert.True(reference.Cases.Count > 2000, $"{reference.Cases.Count} values were made.");
        var differing = new List<string>();
        foreach (IGrouping<string, ReferenceValues.Case> group in reference.Cases.GroupBy(one => one.File))
        {
            using Hdf5File file = reference.Open(group.Key);
            foreach (ReferenceValues.Case one in group)
            {
                string found = Found(file, one);
                if (found != one.Value)
                    differing.Add($"{one.File}:{one.Path} {one.Attribute}: {found} instead of {one.Value}");
            }
        }

        Assert.Empty(differing);
    }

    [Fact]
    public void No_attribute_is_left_out_and_none_comes_twice()
    {
        foreach (IGrouping<(string File, string Path), ReferenceValues.Case> group in reference.Cases.Where(one => one.Attribute is not null).GroupBy(one => (one.File, one.Path)))
        {
            using Hdf5File file = reference.Open(group.Key.File);
            Assert.Equal(group.Select(one => one.Attribute!).Order(StringComparer.Ordinal), file[group.Key.Path].Attributes.Keys.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void An_attribute_is_read_as_the_type_that_is_asked_for()
    {
        using Hdf5File file = reference.Open("values-new.h5");
        Hdf5Attributes numbers = file["few"].Attributes, texts = file["texts"].Attributes;

        Assert.Equal(127, numbers["one i1<"].Read<int>());
        Assert.Equal(127.0, numbers["one i1<"].Read<double>());
        Assert.Equal([1.5f, -0f, float.PositiveInfinity, -2.25f], numbers["<f8"].Read<float[]>());
        Assert.Equal([1.5, -0.0, double.PositiveInfinity, -2.25], numbers["<f2"].Read<double[]>());
        Assert.Equal([true, false, true], numbers["bools"].Read<bool[]>());
        Assert.Equal("exposure µs – ∆", texts["text"].Read<string>());
        Assert.Equal(["a", "", "ccc", "日本"], texts["texts"].Read<string[]>());
        Assert.Null(numbers["empty"].Value);
        Assert.Null(numbers["empty"].Shape);
        Assert.Equal([3L, 0], numbers["no elements"].Shape!.Value);
    }

    [Fact]
    public void A_type_that_loses_something_is_refused_and_the_message_says_what_it_is()
    {
        using Hdf5File file = reference.Open("values-new.h5");
        Hdf5Attributes numbers = file["few"].Attributes;

        string says = Assert.Throws<InvalidCastException>(() => numbers["one u8<"].Read<int>()).Message;
        Assert.Contains("'one u8<' of '/few'", says, StringComparison.Ordinal);
        Assert.Contains("uint64", says, StringComparison.Ordinal);
        Assert.Throws<InvalidCastException>(() => numbers["<f8"].Read<int[]>());
        Assert.Throws<InvalidCastException>(() => numbers["<f8"].Read<double>());
        Assert.Throws<InvalidCastException>(() => numbers["bool"].Read<int>());
        Assert.Throws<InvalidCastException>(() => numbers["i1<"].Read<byte[]>());
        Assert.Throws<InvalidCastException>(() => file["texts"].Attributes["text"].Read<double>());
        Assert.Throws<InvalidCastException>(() => numbers["empty"].Read<float>());
    }

    [Fact]
    public void An_attribute_that_is_not_there_is_told_with_those_that_are()
    {
        using Hdf5File file = reference.Open("values-new.h5");
        string says = Assert.Throws<KeyNotFoundException>(() => file["/texts"].Attributes["exposure"]).Message;

        Assert.Contains("'exposure'", says, StringComparison.Ordinal);
        Assert.Contains("'spaces'", says, StringComparison.Ordinal);
        Assert.Contains("none at all", Assert.Throws<KeyNotFoundException>(() => file["/targets"].Attributes["a"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dataset_of_compounds_is_an_array_for_each_member()
    {
        using Hdf5File file = reference.Open("values-old.h5");
        Hdf5Dataset table = file.Dataset("values/table");

        Assert.Equal("compound { frame: int32, time: float64, label: string of 4 bytes }", table.Type.ToString());
        Assert.Null(table.ElementType);
        string says = Assert.Throws<NotSupportedException>(() => table.Array<double>()).Message;
        Assert.Contains("ReadValue()", says, StringComparison.Ordinal);
        Assert.Contains("Array<int>(…, member: \"frame\")", says, StringComparison.Ordinal);
        var columns = table.ReadValue<IReadOnlyDictionary<string, object?>>();
        Assert.Equal(["frame", "time", "label"], columns.Keys);
        Assert.Equal(1.5, ((double[])columns["time"]!)[12]);
        Assert.Equal("ab", table.ReadValue<string[]>("label")[49]);
        Assert.Equal(Enumerable.Range(0, 50), table.ReadValue<int[]>("frame"));
        Assert.Contains("empty", Assert.Throws<NotSupportedException>(() => file.Array<double>("values/null")).Message, StringComparison.Ordinal);
        Assert.Null(file.Dataset("values/null").ReadValue());
        Assert.Equal(2.5, file.Dataset("values/number").ReadValue<double>());
    }

    [Fact]
    public void A_dataset_smaller_than_its_chunk_is_read()
    {
        using Hdf5File file = reference.Open("elsewhere.h5");
        Assert.Equal([0L, 1, 2, 3, 4], file.Array<long>("small of large chunk").Compute().ToArray());
    }

    private static string Found(Hdf5File file, ReferenceValues.Case one)
    {
        try
        {
            Hdf5Object item = file[one.Path];
            if (one.Attribute is not null)
                return item.Attributes[one.Attribute] is { } attribute ? CanonicalText.Of(attribute.Value, attribute.Type) : "";
            var dataset = (Hdf5Dataset)item;
            return CanonicalText.Of(dataset.ReadValue(), dataset.Type);
        }
        catch (Exception refused) when (refused is InvalidDataException or NotSupportedException or KeyNotFoundException)
        {
            return refused.Message;
        }
    }
}
