using NetSim.Docker.Compose.Language;
using NetSim.Docker.Compose.Reading;
using NetSim.Model.Input;

namespace NetSim.Docker.Compose.Loading;

/// <summary>Makes one tree of the files of a project: each filled in, with what it includes and extends, laid over those before, and held against the shape of a Compose file.
/// Source: compose-go v2 loader/loader.go loadYamlModel, loadYamlFile.</summary>
internal sealed class ModelLoader(SourceFiles sources, ComposeWarnings warnings)
{
    /// <summary>The tree.</summary>
    /// <param name="files">In order.</param>
    /// <param name="folder">What relative paths are relative to.</param>
    /// <param name="variables">What fills in ${A}.</param>
    /// <param name="open">Files that include these.</param>
    /// <exception cref="InputException">Something in it can't be meant.</exception>
    public ComposeMap Load(IReadOnlyList<string> files, string folder, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> open)
    {
        ComposeMap? all = null;
        foreach (string file in files)
        {
            foreach (var document in sources.Documents(file)) all = Lay(all, document, new(file, folder, variables, [.. open, file]));
        }
        return all ?? throw new InputException(files[0], "", "the file is empty; a Compose file begins with services:");
    }

    private ComposeMap Lay(ComposeMap? under, ComposeMap document, FileContext context)
    {
        var filled = new Interpolation(context.Variables, warnings).Fill(document);
        var whole = new Including(this, sources).Apply(filled, context);
        whole = new Extending(sources, warnings, context).Apply(whole);
        var all = under is null ? (ComposeMap)Merging.Clean(whole) : Merging.Maps(under, whole, ComposePath.Top);
        all = (ComposeMap)Unicity.Enforce(all, ComposePath.Top);
        FileShape.File.Check(all, ComposePath.Top);
        if (all.Find("version") is { } version)
            warnings.Add($"{version.Place}: the attribute `version` is obsolete, it is ignored; remove it to avoid confusion");
        return (ComposeMap)Unicity.Enforce(Lengthen(all.Without("version")), ComposePath.Top);
    }

    private static ComposeMap Lengthen(ComposeMap all)
    {
        if (all["services"] is not ComposeMap services) return all;
        var path = ComposePath.Top.Next("services");
        return all.With("services", services with { Entries = services.Entries.Select(e => e with { Value = PortForms.Lengthen((ComposeMap)e.Value, path.Next(e.Key)) }).ToList() });
    }
}
