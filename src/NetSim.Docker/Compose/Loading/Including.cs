using NetSim.Docker.Compose.Language;
using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Loading;

/// <summary>`include`: other projects' files, each read with its own folder and .env, whose services, networks and the like become this project's; what both have is merged, this file over the included one.
/// Source: compose-go v2 loader/include.go ApplyInclude, importResource; compose-spec 14-include.md.</summary>
internal sealed class Including(ModelLoader loader, SourceFiles sources)
{
    private static readonly string[] Resources = ["services", "networks", "volumes", "secrets", "configs", "models"];

    /// <summary>A file with what it includes.</summary>
    /// <exception cref="Model.Input.InputException">An included file is not there, or includes itself.</exception>
    public ComposeMap Apply(ComposeMap file, FileContext context)
    {
        if (file["include"] is not ComposeList list) return file;
        var path = ComposePath.Top.Next("include");
        var whole = file.Without("include");
        foreach (var item in list.Items)
        {
            FileShape.File.Check(new ComposeMap(file.Place, [new("include", list.Place, new ComposeList(item.Place, [item]))]), ComposePath.Top);
            whole = Import(Included(item, context, path), whole);
        }
        return whole;
    }

    private ComposeMap Included(ComposeValue item, FileContext context, ComposePath path)
    {
        var entry = item as ComposeMap;
        var files = Paths(entry is null ? item : entry["path"]).Select(p => (p.Place, At: SourceFiles.At(context.Folder, p.Text))).ToList();
        if (files.Count == 0) throw item.Place.Wrong($"{path}: names no file");
        foreach (var (place, at) in files)
        {
            if (context.Open.Contains(at)) throw place.Wrong($"include cycle detected: {string.Join(" includes ", [.. context.Open, at])}");
            if (!sources.Has(at)) throw place.Wrong($"{path}: there is no file {at}");
        }
        string folder = entry?["project_directory"] is ComposeScalar d ? SourceFiles.At(context.Folder, d.Text) : SourceFiles.FolderOf(files[0].At);
        var included = loader.Load(files.ConvertAll(f => f.At), folder, Variables(entry, context, folder), context.Open);
        return Rebasing.Apply(included, folder);
    }

    /// <summary>The project's variables win over those of the included folder's .env or env_file.</summary>
    private Dictionary<string, string> Variables(ComposeMap? entry, FileContext context, string folder)
    {
        var all = new Dictionary<string, string>(context.Variables, StringComparer.Ordinal);
        var named = Paths(entry?["env_file"]).ToList();
        var files = named.Count > 0 ? named.Where(f => f.Text != "/dev/null").Select(f => (f.Place, At: SourceFiles.At(context.Folder, f.Text))) : [(default, SourceFiles.At(folder, ".env"))];
        foreach (var (place, at) in files)
        {
            var found = sources.Variables(at, all.GetValueOrDefault);
            if (found is null && named.Count > 0) throw place.Wrong($"env file {at} not found");
            foreach (var (name, value) in found ?? new Dictionary<string, string>(StringComparer.Ordinal)) all.TryAdd(name, value);
        }
        return all;
    }

    private static ComposeMap Import(ComposeMap included, ComposeMap whole)
    {
        foreach (string kind in Resources)
        {
            if (included[kind] is not ComposeMap theirs) continue;
            whole = whole.With(kind, whole[kind] is ComposeMap ours ? Merging.Maps(theirs, ours, ComposePath.Top.Next(kind)) : theirs);
        }
        return whole;
    }

    private static IEnumerable<ComposeScalar> Paths(ComposeValue? node) => node switch
    {
        ComposeScalar s => [s],
        ComposeList l => l.Items.OfType<ComposeScalar>(),
        _ => [],
    };
}
