using NetSim.Docker.Compose.Language;
using NetSim.Docker.Compose.Reading;
using NetSim.Model.Input;

namespace NetSim.Docker.Compose.Loading;

/// <summary>`extends`: a service laid over another of the same file or of another one. Source: compose-go v2 loader/extends.go applyServiceExtends, override/extends.go; compose-spec 05-services.md "extends".</summary>
internal sealed class Extending(SourceFiles sources, ComposeWarnings warnings, FileContext context)
{
    private static readonly ComposePath Path = ComposePath.Top.Next("services").Next("x");
    private readonly Dictionary<(string File, string Service), ComposeValue> _done = [];
    private readonly List<(string File, string Service)> _open = [];

    /// <summary>A file whose services are whole.</summary>
    /// <exception cref="InputException">A service is not there, or extends itself.</exception>
    public ComposeMap Apply(ComposeMap file)
    {
        if (file["services"] is not ComposeMap services) return file;
        if (!services.Entries.Any(e => e.Value is ComposeMap s && s.Find("extends") is not null)) return file;
        return file.With("services", services with { Entries = services.Entries.Select(e => e with { Value = Whole(e.Key, services, context.File, context.Folder) }).ToList() });
    }

    private ComposeValue Whole(string name, ComposeMap services, string file, string folder)
    {
        if (_done.TryGetValue((file, name), out var done)) return done;
        var node = services.Find(name)!.Value;
        if (node is not ComposeMap service || service["extends"] is not { } extends) return node;
        if (_open.Contains((file, name))) throw extends.Place.Wrong($"services extend each other in a circle: {string.Join(" extends ", _open.Select(o => o.Service).Append(name))}");
        _open.Add((file, name));
        var over = Base(name, extends, services, file, folder) is ComposeMap under ? Merging.Maps(under, service.Without("extends"), Path) : service.Without("extends");
        _open.RemoveAt(_open.Count - 1);
        var whole = over with { Meeting = service.Meeting };
        return _done[(file, name)] = whole;
    }

    private ComposeValue Base(string name, ComposeValue extends, ComposeMap services, string file, string folder)
    {
        var reference = extends as ComposeScalar ?? (extends as ComposeMap)?["service"] as ComposeScalar;
        if (reference is null) throw extends.Place.Wrong($"services.{name}.extends: should name a service, such as extends: {{ service: base }}");
        if ((extends as ComposeMap)?["file"] is not ComposeScalar other) return Find(name, reference, services, file, folder);
        string path = SourceFiles.At(folder, other.Text);
        if (!sources.Has(path)) throw other.Place.Wrong($"services.{name}.extends: there is no file {path}");
        var their = Services(path) ?? throw other.Place.Wrong($"services.{name}.extends: {path} has no services");
        string theirFolder = SourceFiles.FolderOf(path);
        var found = Find(name, reference, their, path, theirFolder);
        return found is ComposeMap m ? Rebasing.Service(m, theirFolder) : found;
    }

    private ComposeValue Find(string name, ComposeScalar reference, ComposeMap services, string file, string folder)
    {
        if (services.Find(reference.Text) is null)
            throw reference.Place.Wrong($"cannot extend service \"{name}\": service \"{reference.Text}\" not found in {file}{Suggestion.For(reference.Text, services.Entries.Select(e => e.Key))}");
        return Merging.Clean(Whole(reference.Text, services, file, folder));
    }

    /// <summary>The services of another file, filled in; its documents are laid over each other.</summary>
    private ComposeMap? Services(string path)
    {
        ComposeMap? all = null;
        foreach (var document in sources.Documents(path))
        {
            var filled = new Interpolation(context.Variables, warnings).Fill(document);
            all = all is null ? filled : Merging.Maps(all, filled, ComposePath.Top);
        }
        return all?["services"] as ComposeMap;
    }
}
