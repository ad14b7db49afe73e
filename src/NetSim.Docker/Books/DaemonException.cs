namespace NetSim.Docker.Books;

/// <summary>dockerd refuses a request; the client prints "Error response from daemon: " and the message.</summary>
internal sealed class DaemonException(string message) : Exception(message)
{
    /// <summary>The exit code that a container gets whose process could not start; null for any other refusal.</summary>
    public int? TaskExitCode { get; init; }
}
