namespace NetSim.Docker.Books;

/// <summary>dockerd refuses a request; the client prints "Error response from daemon: " and the message.</summary>
internal sealed class DaemonException(string message) : Exception(message);
