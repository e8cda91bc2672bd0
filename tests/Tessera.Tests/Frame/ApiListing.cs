using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tessera.Tests.Frame;

/// <summary>
/// What users of an assembly can name, one member a line, sorted by type:
/// <code>
/// Shape | readonly struct : IEquatable&lt;Shape&gt;, IReadOnlyList&lt;long&gt;
/// Shape | long Length { get; }
/// Shape | static Shape Create(ReadOnlySpan&lt;long&gt; sizes)
/// </code>
/// Members that replace those of <see cref="object"/>, and those that the compiler adds to a record, are left out. Extension members stand
/// as they are compiled, as static methods.
/// </summary>
internal static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, string> Operators = new()
    {
        ["op_Equality"] = "==",
        ["op_Inequality"] = "!=",
        ["op_LessThan"] = "<",
        ["op_GreaterThan"] = ">",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThanOrEqual"] = ">=",
        ["op_Addition"] = "+",
        ["op_UnaryPlus"] = "+",
        ["op_Subtraction"] = "-",
        ["op_UnaryNegation"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_Modulus"] = "%",
        ["op_BitwiseAnd"] = "&",
        ["op_BitwiseOr"] = "|",
        ["op_ExclusiveOr"] = "^",
        ["op_OnesComplement"] = "~",
        ["op_LogicalNot"] = "!",
        ["op_LeftShift"] = "<<",
        ["op_RightShift"] = ">>",
        ["op_UnsignedRightShift"] = ">>>",
        ["op_True"] = "true",
        ["op_False"] = "false",
    };

    public static IReadOnlyList<string> Of(Assembly assembly) =>
    [
        .. from type in assembly.GetExportedTypes()
           where !type.FullName!.Contains('<')
           let name = ApiNames.Of(type)
           orderby name
           from line in new[] { TypeLine(type) }.Concat(Members(type).Order(StringComparer.Ordinal))
           select $"{name} | {line}",
    ];

    private static string TypeLine(Type type)
    {
        string constraints = ApiNames.Constraints(type.GetGenericArguments());
        if (type.IsEnum)
            return $"enum : {ApiNames.Of(type.GetEnumUnderlyingType())}";
        if (typeof(Delegate).IsAssignableFrom(type))
            return $"delegate {Method(type.GetMethod("Invoke")!)}{constraints}";

        bool isRecord = type.GetMethod("<Clone>$") is not null;
        string kind = type.IsInterface ? "interface" : type.IsValueType ? "struct" : isRecord ? "record" : "class";
        string modifiers = type switch
        {
            { IsInterface: true } => "",
            { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref " : ""),
            { IsAbstract: true, IsSealed: true } => "static ",
            { IsAbstract: true } => "abstract ",
            { IsSealed: true } => "sealed ",
            _ => "",
        };
        Type[] all = type.GetInterfaces();
        IEnumerable<Type> own = all.Where(one => one.IsVisible && !all.Any(other => other.GetInterfaces().Contains(one)));
        IEnumerable<string> bases = own.Select(one => ApiNames.Of(one)).Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
            bases = bases.Prepend(ApiNames.Of(parent));
        string list = string.Join(", ", bases);
        return modifiers + kind + (list == "" ? "" : " : " + list) + constraints;
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
            return [];
        if (type.IsEnum)
            return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {field.GetRawConstantValue()}");

        PropertyInfo[] properties = type.GetProperties(Declared);
        EventInfo[] events = type.GetEvents(Declared);
        HashSet<MethodInfo?> accessors =
        [
            .. properties.SelectMany(property => property.GetAccessors(nonPublic: true)),
            .. events.SelectMany(one => new[] { one.AddMethod, one.RemoveMethod }),
        ];
        return
        [
            .. type.GetConstructors(Declared).Where(IsOpen).Select(one => $"{Access(one)}new({Parameters(one)})"),
            .. type.GetFields(Declared).Where(field => field.IsPublic || (field.IsFamily && !type.IsSealed)).Select(Field),
            .. properties.Where(one => one.GetAccessors(nonPublic: true).Any(IsOpen) && one.Name != "EqualityContract").Select(Property),
            .. events.Where(one => IsOpen(one.AddMethod!)).Select(Event),
            .. type.GetMethods(Declared).Where(one => IsOpen(one) && !accessors.Contains(one) && !IsKnownAnyway(one)).Select(Method),
        ];
    }

    private static string Event(EventInfo one) => $"{Access(one.AddMethod!)}event {ApiNames.Of(one.EventHandlerType!)} {one.Name}";

    /// <summary>Visible outside: public, or protected in a type that can be derived from.</summary>
    private static bool IsOpen(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    private static bool IsKnownAnyway(MethodInfo method) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name.Contains('<') ||
        method.GetBaseDefinition().DeclaringType == typeof(object);

    private static string Field(FieldInfo field)
    {
        string type = ApiNames.Of(field.FieldType, new NullabilityInfoContext().Create(field));
        if (field.IsLiteral)
            return $"const {type} {field.Name} = {ApiNames.Of(field.GetRawConstantValue(), field.FieldType)}";
        string access = (field.IsPublic ? "" : "protected ") + (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        return $"{access}{type} {field.Name}";
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo[] open = [.. property.GetAccessors(nonPublic: true).Where(IsOpen)];
        string type = ApiNames.Of(property.PropertyType, new NullabilityInfoContext().Create(property));
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length > 0 ? $"this[{Parameters(open[0], index)}]" : property.Name;
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string get = open.Contains(property.GetMethod) ? "get; " : "";
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string set = !open.Contains(property.SetMethod) ? "" : isInit ? "init; " : "set; ";
        return $"{Access(open[0])}{required}{type} {name} {{ {get}{set}}}";
    }

    private static string Method(MethodInfo method)
    {
        string result = ApiNames.Of(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter));
        string reference = method.ReturnType.IsByRef ? "ref " : "";
        Type[] generics = method.IsGenericMethod ? method.GetGenericArguments() : [];
        string arguments = generics.Length == 0 ? "" : $"<{string.Join(", ", generics.Select(generic => generic.Name))}>";
        string name = method.Name switch
        {
            "op_Implicit" => $"implicit operator {result}",
            "op_Explicit" => $"explicit operator {result}",
            ['o', 'p', '_', ..] => $"{result} operator {Operators.GetValueOrDefault(method.Name, method.Name)}",
            _ => $"{reference}{result} {method.Name}{arguments}",
        };
        return $"{Access(method)}{name}({Parameters(method)}){ApiNames.Constraints(generics)}";
    }

    private static string Access(MethodBase method)
    {
        bool isVirtual = method is { IsVirtual: true, IsFinal: false, DeclaringType.IsInterface: false };
        bool isOverride = isVirtual && ((MethodInfo)method).GetBaseDefinition() != method;
        return (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : "") +
            (isOverride ? "override " : method.IsAbstract && isVirtual ? "abstract " : isVirtual ? "virtual " : "");
    }

    private static string Parameters(MethodBase method) => Parameters(method, method.GetParameters());

    private static string Parameters(MethodBase method, ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
    {
        string prefix = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            { Position: 0 } when method.IsDefined(typeof(ExtensionAttribute)) => "this ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        string type = ApiNames.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));
        string value = parameter.HasDefaultValue ? " = " + ApiNames.Of(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{prefix}{type} {parameter.Name}{value}";
    }));
}
