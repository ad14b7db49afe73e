namespace NetSim.Docker.Books;

/// <summary>The numbers of interfaces in the host's namespace: a counter that never gives one twice, as the kernel's.</summary>
internal sealed class HostNumbers
{
    private int _last;

    /// <summary>Learns of interfaces that others made.</summary>
    public void SeenUpTo(int index) => _last = Math.Max(_last, index);

    /// <summary>The next number.</summary>
    public int Next() => ++_last;
}
