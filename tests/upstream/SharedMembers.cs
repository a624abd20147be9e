using System.Reflection;

// Writes which public members two sets of assemblies have in common, a type a line: SharedMembers OURS,… THEIRS,…
var (ours, theirs) = (Members(args[0]), Members(args[1]));
foreach (var (type, names) in ours)
{
    var shared = names.Intersect(theirs.GetValueOrDefault(type, [])).Order(StringComparer.Ordinal).ToList();
    if (shared.Count > 0)
        Console.WriteLine($"{type}: {string.Join(' ', shared)}");
}

static SortedDictionary<string, HashSet<string>> Members(string assemblies)
{
    var files = assemblies.Split(',');
    var folders = files.Select(file => Path.GetDirectoryName(Path.GetFullPath(file))!).Append(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
    var known = folders.SelectMany(folder => Directory.GetFiles(folder, "*.dll")).DistinctBy(Path.GetFileName);
    using var context = new MetadataLoadContext(new PathAssemblyResolver(known));
    var members = new SortedDictionary<string, HashSet<string>>(StringComparer.Ordinal);
    foreach (var type in files.SelectMany(file => context.LoadFromAssemblyPath(Path.GetFullPath(file)).GetTypes()).Where(type => type.IsVisible))
    {
        // what a base type of the same assembly has counts as the type's own
        for (var level = type; level?.Assembly == type.Assembly; level = level.BaseType)
        {
            var names = level.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(member => member is MethodBase { IsPrivate: false, IsAssembly: false } or FieldInfo { IsPrivate: false, IsAssembly: false })
                .Select(member => member.Name);
            if (!members.TryGetValue(type.FullName!, out var all))
                members.Add(type.FullName!, all = []);
            all.UnionWith(names);
        }
    }

    return members;
}
