using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Language;

/// <summary>Fills variables into all values of a file (never into keys). Source: compose-go v2 interpolation/interpolation.go Interpolate.</summary>
internal sealed class Interpolation(IReadOnlyDictionary<string, string> variables, ComposeWarnings warnings)
{
    /// <summary>A file with its variables filled in. What stands under x-netsim belongs to NetSim and keeps its dollars.</summary>
    /// <exception cref="Model.Input.InputException">A required variable is missing, or a text has a wrong form.</exception>
    public ComposeMap Fill(ComposeMap file) =>
        new(file.Place, file.Entries.Select(e => e.Key == "x-netsim" ? e : e with { Value = Fill(e.Value, ComposePath.Top.Next(e.Key)) }).ToList());

    private ComposeValue Fill(ComposeValue node, ComposePath path) => node switch
    {
        ComposeMap m => m with { Entries = m.Entries.Select(e => e with { Value = Fill(e.Value, path.Next(e.Key)) }).ToList() },
        ComposeList l => l with { Items = l.Items.Select(i => Fill(i, path.Next("[]"))).ToList() },
        ComposeScalar { Type: ScalarKind.Text } s when s.Text.Contains('$', StringComparison.Ordinal) => s with { Text = Text(s, path) },
        _ => node,
    };

    private string Text(ComposeScalar s, ComposePath path)
    {
        var substitution = new Substitution(variables.GetValueOrDefault, name => warnings.Once("unset " + name, $"{s.Place}: the \"{name}\" variable is not set; it is taken to be empty"));
        try
        {
            return substitution.Fill(s.Text);
        }
        catch (SubstitutionException e)
        {
            throw s.Place.Wrong(e.Required ? $"{path}: {e.Message}" : $"invalid interpolation format for {path}: {e.Message}");
        }
    }
}
