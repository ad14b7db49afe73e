namespace NetSim.Docker.Compose.Up;

/// <summary>The Compose that is modelled, for every engine.</summary>
internal static class ComposeVersion
{
    /// <summary>As `docker compose version --short` says it.</summary>
    public const string Number = "2.40.3";
}
