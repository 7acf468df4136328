using System.Reflection;
using System.Xml.Linq;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.House;

/// <summary>Who may know whom: DESIGN.md §4.5, rules 1, 2, 3 and 7, read from projects and compiled assemblies.</summary>
public sealed class LayeringTests
{
    private const string Ours = "ReviewConsole";
    private static readonly Assembly s_host = typeof(ReviewConsole.Components.App).Assembly;
    private static readonly Assembly s_core = typeof(ReviewConsole.Core.Identity.Person).Assembly;
    private static readonly Assembly s_client = Assembly.Load("ReviewConsole.Client");
    private static readonly string[] s_base = ["Ledger", "Identity", "Proposals"];

    /// <summary>What each room of Core may use. The first three know one another; <c>Store</c> serves every room and is known to the read sides.</summary>
    private static readonly Dictionary<string, string[]> s_rooms = new(StringComparer.Ordinal)
    {
        ["Ledger"] = s_base,
        ["Identity"] = s_base,
        ["Proposals"] = s_base,
        ["Gate"] = s_base,
        ["Reviews"] = [.. s_base, "Gate"],
        ["Queue"] = [.. s_base, "Gate", "Reviews", "Store"],
        ["Delivery"] = [.. s_base, "Gate", "Reviews", "Store"],
        ["Oversight"] = [.. s_base, "Gate", "Reviews", "Store"],
        ["Store"] = [.. s_base, "Gate", "Reviews", "Queue", "Delivery", "Oversight"],
    };

    [Fact]
    public void The_client_references_nothing_of_ours_and_core_neither_aspnet_nor_the_client()
    {
        Assert.DoesNotContain(References(s_client), name => name.StartsWith(Ours, StringComparison.Ordinal));
        Assert.DoesNotContain(References(s_core), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name.StartsWith(Ours, StringComparison.Ordinal));
        Assert.Empty(ProjectReferences("ReviewConsole.Client"));
        Assert.Empty(ProjectReferences("ReviewConsole.Core"));
    }

    [Fact]
    public void Only_host_tests_and_benchmarks_reference_both()
    {
        var both = Directory.EnumerateDirectories(Repository.Root).Select(folder => Path.GetFileName(folder)).Where(name => File.Exists(ProjectFile(name)))
            .Where(name => ProjectReferences(name) is var references && references.Contains("ReviewConsole.Core") && references.Contains("ReviewConsole.Client"))
            .Order(StringComparer.Ordinal);
        Assert.Equal(["ReviewConsole", "ReviewConsole.Benchmarks", "ReviewConsole.Tests"], both);
    }

    [Fact]
    public void Rooms_of_core_know_only_the_rooms_below_them()
    {
        var wrong = from type in s_core.GetTypes()
                    let room = RoomOf(type, "Core")
                    where room is not null
                    from used in TypeUses.Of(type)
                    where used.Assembly == s_core
                    let other = RoomOf(used, "Core")
                    where other is not null && other != room && !s_rooms[room].Contains(other, StringComparer.Ordinal)
                    select $"{Name(type)} uses {Name(used)}";
        Assert.Empty(wrong.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_room_of_core_has_a_rule() =>
        Assert.Empty(s_core.GetTypes().Select(type => RoomOf(type, "Core")).OfType<string>().Distinct(StringComparer.Ordinal).Except(s_rooms.Keys, StringComparer.Ordinal));

    [Fact]
    public void A_component_sees_no_context_no_connection_and_no_writer()
    {
        var wrong = from type in s_host.GetTypes()
                    where RoomOf(type, "") == "Components"
                    from used in TypeUses.Of(type)
                    where typeof(DbContext).IsAssignableFrom(used) || used.Namespace is "Microsoft.Data.Sqlite"
                        || used.Namespace?.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) == true
                        || used.FullName is "ReviewConsole.Core.Store.Writer" or "ReviewConsole.Core.Store.WriteScope"
                    select $"{Name(type)} uses {Name(used)}";
        Assert.Empty(wrong.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_public_in_the_host_belongs_to_components() =>
        Assert.Empty(s_host.GetExportedTypes()
            .Where(type => RoomOf(type, "") != "Components" && !typeof(IComponent).IsAssignableFrom(type) && type.Name is not ("Program" or "_Imports")).Select(Name));

    [Fact]
    public void What_is_public_in_core_is_a_components_parameter()
    {
        var parameters = s_host.GetExportedTypes().Where(type => RoomOf(type, "") == "Components").SelectMany(Closure).ToHashSet();
        Assert.Empty(s_core.GetExportedTypes().Where(type => !parameters.Contains(type)).Select(Name));
    }

    [Fact]
    public void Classes_are_sealed_unless_they_are_built_upon()
    {
        var types = s_host.GetTypes().Concat(s_core.GetTypes()).Concat(s_client.GetTypes()).ToList();
        var bases = types.Select(type => type.BaseType).OfType<Type>().Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).ToHashSet();
        Assert.Empty(types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !bases.Contains(type)
            && type.Namespace?.StartsWith(Ours, StringComparison.Ordinal) == true && !typeof(IComponent).IsAssignableFrom(type) && type.Name[0] is not ('<' or '_')).Select(Name));
    }

    /// <summary>Types in the public face of a type, and in theirs.</summary>
    private static IEnumerable<Type> Closure(Type type)
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>([type]);
        while (open.TryPop(out var next))
        {
            foreach (var used in next.GetProperties().Select(property => property.PropertyType).SelectMany(Parts).Where(used => used.Assembly == s_core || used.Assembly == s_host))
            {
                if (found.Add(used))
                {
                    open.Push(used);
                }
            }
        }

        return found;
    }

    private static IEnumerable<Type> Parts(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
        : type.HasElementType ? Parts(type.GetElementType()!) : [type];

    /// <summary>The first part of the namespace below the project's own, also for what the compiler made inside.</summary>
    private static string? RoomOf(Type type, string project)
    {
        var space = type.Namespace ?? "";
        var root = project.Length == 0 ? Ours : $"{Ours}.{project}";
        return space.StartsWith(root + ".", StringComparison.Ordinal) ? space[(root.Length + 1)..].Split('.')[0] : null;
    }

    private static string Name(Type type) => type.FullName ?? type.Name;

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name ?? "");

    private static string ProjectFile(string project) => Path.Combine(Repository.Root, project, project + ".csproj");

    private static string[] ProjectReferences(string project) =>
        [.. XDocument.Load(ProjectFile(project)).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];
}
