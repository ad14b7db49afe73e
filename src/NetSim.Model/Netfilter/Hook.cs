namespace NetSim.Model.Netfilter;

/// <summary>Where in the kernel's way of a packet a chain is asked.</summary>
public enum Hook
{
    /// <summary>Arrived, before routing.</summary>
    Prerouting,
    /// <summary>For this namespace.</summary>
    Input,
    /// <summary>Passing through (routed, or bridged with bridge-nf-call-iptables).</summary>
    Forward,
    /// <summary>Made here.</summary>
    Output,
    /// <summary>About to leave.</summary>
    Postrouting,
}

/// <summary>The address family that a table is for: iptables or ip6tables.</summary>
public enum IpFamily
{
    /// <summary>iptables.</summary>
    V4,
    /// <summary>ip6tables.</summary>
    V6,
}
