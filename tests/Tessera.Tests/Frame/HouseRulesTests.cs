using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Tessera.Tests.Frame;

public partial class HouseRulesTests
{
    public static TheoryData<string> Assemblies => ["Tessera", "Tessera.Hdf5", "Tessera.Tiff"];

    [Fact]
    public void No_source_file_is_over_400_lines() =>
        AssertNone(Repository.Sources("src").Where(source => source.Text.AsSpan().Count('\n') > 400).Select(source => source.Path));

    [Fact]
    public void No_file_has_a_name_that_says_nothing() =>
        AssertNone(Repository.Sources("src").Select(source => source.Path).Where(path => EmptyName().IsMatch(Path.GetFileName(path))));

    [Fact]
    public void Exceptions_are_of_exact_types() =>
        AssertNone(
            from source in Repository.Sources("src")
            from line in source.Text.Split('\n').Index()
            where BareException().IsMatch(line.Item)
            select $"{source.Path}:{line.Index + 1}: {line.Item.Trim()}");

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Public_types_are_in_the_namespace_Tessera(string assembly) =>
        AssertNone(Assembly.Load(assembly).GetExportedTypes().Where(type => type.Namespace != "Tessera").Select(type => type.FullName!));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Internal_classes_are_sealed_or_abstract(string assembly) =>
        AssertNone(
            from type in Assembly.Load(assembly).GetTypes()
            where type.IsClass && !type.IsVisible && !type.IsSealed && !type.IsAbstract // static classes are both
            where !type.FullName!.Contains('<') && !type.IsDefined(typeof(CompilerGeneratedAttribute))
            where type.Namespace?.StartsWith("Tessera", StringComparison.Ordinal) == true
            select type.FullName);

    private static void AssertNone(IEnumerable<string> offenders) =>
        Assert.True(!offenders.Any(), string.Join('\n', offenders));

    [GeneratedRegex(@"Helper|Utils|Manager|Misc|Base\.cs$|Info\.cs$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"throw new (System\.)?Exception\(")]
    private static partial Regex BareException();
}
