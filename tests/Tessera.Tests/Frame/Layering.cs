using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tessera.Tests.Frame;

/// <summary>Binds sources as the compiler does, and finds what each file uses of the other rooms.</summary>
internal sealed class Layering
{
    /// <summary>Stands for the project's ImplicitUsings.</summary>
    private const string GlobalUsings =
        "global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic; " +
        "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>A partial method without its other half, which a source generator writes in the real build.</summary>
    private const string GeneratedPartial = "CS8795";

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview);

    /// <summary>What every set of sources is added to: the platform, without the built engine, whose types would be there twice.</summary>
    private static readonly CSharpCompilation Platform = CSharpCompilation.Create(
        "Layering",
        [CSharpSyntaxTree.ParseText(GlobalUsings, Language)],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("Tessera", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true)
            .WithNullableContextOptions(NullableContextOptions.Enable));

    private readonly CSharpCompilation _compilation;

    /// <param name="sources">Files by their path from src/Tessera.</param>
    public Layering(IEnumerable<(string Path, string Text)> sources) =>
        _compilation = Platform.AddSyntaxTrees(sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, Language, source.Path)));

    private IEnumerable<SyntaxTree> Files => _compilation.SyntaxTrees.Where(tree => tree.FilePath != "");

    /// <summary>What keeps the sources from being understood; a name that isn't bound could hide a use.</summary>
    public IEnumerable<string> Errors() => _compilation.GetDiagnostics()
        .Where(found => found.Severity == DiagnosticSeverity.Error && found.Id != GeneratedPartial)
        .Select(found => found.ToString());

    /// <summary>One line for each use that the rows forbid: file and line, what is used, and the rows.</summary>
    public IReadOnlyList<string> Violations() => [.. Files.AsParallel().AsOrdered().SelectMany(Violations).Distinct()];

    /// <summary>One line for each place where a room has to do with where bytes lie, or with kernels that are made ready to run: file and line, and the type.</summary>
    public IReadOnlyList<string> Machinery(string room) =>
        [.. Files.Where(file => Rooms.Of(file.FilePath) == room).SelectMany(Machinery).Distinct()];

    private IEnumerable<string> Machinery(SyntaxTree tree)
    {
        SemanticModel model = _compilation.GetSemanticModel(tree);
        return
            from node in tree.GetRoot().DescendantNodes().OfType<ExpressionSyntax>()
            from type in (ITypeSymbol?[])[model.GetTypeInfo(node).Type, model.GetSymbolInfo(node).Symbol as ITypeSymbol]
            where type is not null && IsMachinery(type)
            let line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1
            select $"{tree.FilePath}:{line}: has to do with {type.ToDisplayString()}";
    }

    /// <summary>True for addresses and kernels, and whatever is made of their types.</summary>
    private static bool IsMachinery(ITypeSymbol type) => type switch
    {
        IPointerTypeSymbol or IFunctionPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => true,
        IArrayTypeSymbol array => IsMachinery(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } generic when generic.TypeArguments.Any(IsMachinery) => true,
        _ => IsKernel(type),
    };

    private static bool IsKernel(ITypeSymbol? type) => type is not null && ((type.Name == "Kernel" && FilesOf(type).Any()) || IsKernel(type.BaseType));

    private IEnumerable<string> Violations(SyntaxTree tree)
    {
        string room = Rooms.Of(tree.FilePath);
        if (!Rooms.Exists(room))
            return [$"{tree.FilePath}: {room} is no room; put the file into one that the table in Rooms.cs lists"];

        SemanticModel model = _compilation.GetSemanticModel(tree);
        return
            from node in tree.GetRoot().DescendantNodes()
            where node is ExpressionSyntax or ConstructorInitializerSyntax or AttributeSyntax
            let symbol = Used(model.GetSymbolInfo(node))
            where symbol is not null
            let objections = FilesOf(symbol).Select(file => Rooms.Objection(room, Rooms.Of(file))).ToArray()
            where objections.Length > 0 && objections.All(objection => objection is not null)
            let line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1
            select $"{tree.FilePath}:{line}: uses {symbol.ToDisplayString()}, but {objections[0]}";
    }

    private static ISymbol? Used(SymbolInfo info) => info.Symbol ?? info.CandidateSymbols.FirstOrDefault();

    /// <summary>The files that declare a symbol; none for namespaces, locals and what comes from outside.</summary>
    private static IEnumerable<string> FilesOf(ISymbol symbol)
    {
        ISymbol? declared = symbol is IMethodSymbol { ReducedFrom: { } whole } ? whole : symbol.OriginalDefinition;
        if (declared is INamespaceSymbol or ILocalSymbol or IParameterSymbol or IRangeVariableSymbol or ILabelSymbol or ITypeParameterSymbol)
            return [];

        while (declared is not null && declared.DeclaringSyntaxReferences.IsEmpty)
            declared = declared.ContainingType; // an implicit constructor, an accessor of a record: where its type is
        return declared is null ? [] : declared.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath);
    }
}
