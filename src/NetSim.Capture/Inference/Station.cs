using NetSim.Model.Addressing;

namespace NetSim.Capture.Inference;

/// <summary>A MAC address on a link and the addresses that come from it or go to it.</summary>
internal sealed class Station(MacAddress mac, int link)
{
    /// <summary>More than that are not kept: a gateway is a gateway.</summary>
    private const int MostAddresses = 4096;

    /// <summary>Its address on the link.</summary>
    public MacAddress Mac { get; } = mac;

    /// <summary>The link it is on.</summary>
    public int Link { get; set; } = link;

    /// <summary>Addresses that ARP proves, or that nobody else could have.</summary>
    public SortedSet<IpAddress> Own { get; } = [];

    /// <summary>Addresses that were met behind it, its own among them.</summary>
    public SortedSet<IpAddress> Met { get; } = [];

    /// <summary>The namespace it stands for; set when all is read.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>Does it pass packets on for others?</summary>
    public bool IsGateway { get; set; }

    /// <summary>Has it only addresses of the link itself, as the ends of cables have that a host makes?</summary>
    public bool IsBare => !IsGateway && Own.All(a => a.IsLinkLocal);

    /// <summary>Notes an address.</summary>
    public void Meet(IpAddress address, bool proven)
    {
        if (!LinkEnds.IsOne(address)) return;
        if (proven || address.IsLinkLocal) Own.Add(address);
        if (Met.Count < MostAddresses) Met.Add(address);
    }

    /// <summary>Decides what it is. A gateway is the MAC address of many addresses, or of one that can't be on a link of private ones.</summary>
    public void Settle(bool linkIsPrivate)
    {
        var foreign = Met.Where(a => a.IsV4 && !Own.Contains(a)).ToList();
        bool owns = Own.Any(a => a.IsV4);
        IsGateway = foreign.Count > 1 || foreign.Count == 1 && (owns || linkIsPrivate && !LinkEnds.IsPrivate(foreign[0]));
        if (IsGateway) return;
        Own.UnionWith(Met);
    }

    /// <summary>A gateway has the addresses behind it that lie in the subnet of the link.</summary>
    public void Claim(IReadOnlyList<IpAddress> neighbours)
    {
        if (!IsGateway) return;
        var near = neighbours.Where(n => n.IsV4 && LinkEnds.IsPrivate(n)).Select(n => new Subnet(n, 24)).ToHashSet();
        Own.UnionWith(Met.Where(a => a.IsV4 && near.Contains(new(a, 24))).ToList());
    }
}
