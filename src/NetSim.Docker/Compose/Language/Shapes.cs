using NetSim.Docker.Compose.Reading;

namespace NetSim.Docker.Compose.Language;

/// <summary>Shapes that many parts of a Compose file share.</summary>
internal static class Shapes
{
    /// <summary>A string.</summary>
    public static Shape Text { get; } = Shape.Of(ScalarKind.Text);

    /// <summary>A boolean, or a string that says one.</summary>
    public static Shape Flag { get; } = Shape.Of(ScalarKind.Boolean | ScalarKind.Text);

    /// <summary>A number, or a string that says one.</summary>
    public static Shape Number { get; } = Shape.Of(ScalarKind.Integer | ScalarKind.Float | ScalarKind.Text);

    /// <summary>Strings.</summary>
    public static Shape Texts { get; } = Shape.ListOf(Text);

    /// <summary>A string, or strings.</summary>
    public static Shape TextOrTexts { get; } = Text.Or(Texts);

    /// <summary>Strings or numbers.</summary>
    public static Shape Words { get; } = Shape.ListOf(Number);

    /// <summary>A mapping of single values, or a list of "key=value".</summary>
    public static Shape Pairs { get; } = Shape.MapOf(Shape.Of(ScalarKind.Null | ScalarKind.Boolean | ScalarKind.Integer | ScalarKind.Float | ScalarKind.Text)).Or(Texts);

    /// <summary>Options of a driver.</summary>
    public static Shape Options { get; } = Shape.MapOf(Number);

    /// <summary>A command: one string as a shell would split it, or words, or nothing.</summary>
    public static Shape Command { get; } = TextOrTexts.Or(Shape.Of(ScalarKind.Null));

    /// <summary>Names and addresses of extra hosts.</summary>
    public static Shape Hosts { get; } = Shape.MapOf(TextOrTexts).Or(Texts);

    /// <summary>Nothing at all.</summary>
    public static Shape Nothing { get; } = Shape.Of(ScalarKind.Null);

    /// <summary>true, false, or a mapping with a name (obsolete).</summary>
    public static Shape External { get; } = Flag.Or(Shape.Map().With(Text, "name"));

    /// <summary>A secret or config that a service takes.</summary>
    public static Shape Mounted { get; } = Shape.ListOf(Text.Or(Shape.Map().With(Text, "source", "target", "uid", "gid").With(Number, "mode")));
}
