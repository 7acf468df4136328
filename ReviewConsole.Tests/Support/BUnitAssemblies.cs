using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace ReviewConsole.Tests.Support;

/// <summary>
/// Answers the runtime when bUnit asks for AngleSharp companions in the versions it was built with: the copies beside the tests serve
/// (build/BUnit.targets says why they differ).
/// </summary>
internal static class BUnitAssemblies
{
    [ModuleInitializer]
    internal static void Answer() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Name is "AngleSharp.Diffing" or "AngleSharp.Css" && PathOf(name) is { } path ? context.LoadFromAssemblyPath(path) : null;

    private static string? PathOf(AssemblyName name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name.Name + ".dll");
        return File.Exists(path) ? path : null;
    }
}
