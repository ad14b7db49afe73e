namespace NetSim.Docker.Compose.Language;

/// <summary>What a Compose file may say at its top, and its networks, volumes, secrets and configs. Source: compose-spec schema/compose-spec.json; 06-networks.md.</summary>
internal static class FileShape
{
    /// <summary>A whole file.</summary>
    public static Shape File { get; } = Shape.Map()
        .With(Shapes.Text, "version")
        .With(Shapes.Text, "name")
        .With(Shape.ListOf(Include), "include")
        .With(Shape.MapOf(ServiceShapes.Service), "services")
        .With(Shapes.Nothing.Or(Shape.MapOf(Shapes.Nothing.Or(Network))), "networks")
        .With(Shapes.Nothing.Or(Shape.MapOf(Shapes.Nothing.Or(Shape.Map().With(Shapes.Text, "name", "driver").With(Shapes.Options, "driver_opts").With(Shapes.External, "external").With(Shapes.Pairs, "labels")))), "volumes")
        .With(Shapes.Nothing.Or(Shape.MapOf(Secret)), "secrets")
        .With(Shapes.Nothing.Or(Shape.MapOf(Secret)), "configs")
        .With(Shape.Anything, "models");

    private static Shape Include => Shapes.Text.Or(Shape.Map().With(Shapes.TextOrTexts, "path", "env_file").With(Shapes.Text, "project_directory").Requiring("path"));

    private static Shape Network => Shape.Map()
        .With(Shapes.Text, "name", "driver")
        .With(Shapes.Options, "driver_opts")
        .With(Shapes.External, "external")
        .With(Shapes.Flag, "internal", "enable_ipv4", "enable_ipv6", "attachable")
        .With(Shapes.Pairs, "labels")
        .With(Shape.Map().With(Shapes.Text, "driver").With(Shape.MapOf(Shapes.Text), "options").With(Shape.ListOf(Pool), "config"), "ipam");

    private static Shape Pool => Shape.Map().With(Shapes.Text, "subnet", "ip_range", "gateway").With(Shape.MapOf(Shapes.Text), "aux_addresses");

    private static Shape Secret => Shape.Map().With(Shapes.Text, "name", "environment", "file", "content", "driver", "template_driver").With(Shapes.External, "external").With(Shapes.Pairs, "labels").With(Shapes.Options, "driver_opts");
}
