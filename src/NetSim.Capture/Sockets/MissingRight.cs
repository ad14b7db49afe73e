namespace NetSim.Capture.Sockets;

/// <summary>How a missing right is mended: with that right alone, or with all.</summary>
internal static class MissingRight
{
    /// <summary>For CAP_NET_RAW.</summary>
    public const string Remedy = "run it with sudo, or with that right alone: sudo setpriv --reuid=$(id -u) --regid=$(id -g) --init-groups --inh-caps=+net_raw --ambient-caps=+net_raw netsim ...";
}
