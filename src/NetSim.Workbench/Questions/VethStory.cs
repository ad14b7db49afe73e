using NetSim.Model.Addressing;
using NetSim.Model.Tracing;

namespace NetSim.Workbench.Questions;

/// <summary>A veth pair that a command made: its ends as they are in the end.</summary>
internal sealed class VethStory
{
    private (string Space, string Name, MacAddress Mac) _one;
    private (string Space, string Name, MacAddress Mac) _other;

    /// <summary>"veth1a2b3c4 of the host ⇄ eth0 of web, MAC 02:42:ac:12:00:02 (from its address)".</summary>
    public string Text
    {
        get
        {
            var (outer, inner) = _one.Space == "host" ? (_one, _other) : (_other, _one);
            return $"{outer.Name} of the {outer.Space} ⇄ {inner.Name} of {inner.Space}, MAC {inner.Mac}{(inner.Mac.ToString().StartsWith("02:42:", StringComparison.Ordinal) ? " (from its address)" : "")}";
        }
    }

    /// <summary>Learns from a change; pairs are found by the name of their first end when they were made.</summary>
    public static void Follow(Change change, Dictionary<string, VethStory> pairs)
    {
        if (change is Change.VethMade v) pairs[v.Interface.Name] = new() { _one = (v.Namespace, v.Interface.Name, v.Interface.Mac), _other = (v.PeerNamespace, v.Peer.Name, v.Peer.Mac) };
        if (change is Change.InterfaceMoved m)
            foreach (var p in pairs.Values) p.Change(m.Namespace, m.Name, e => (m.ToNamespace, m.NewName, e.Mac));
        if (change is Change.InterfaceChanged { Mac: { } mac } c)
            foreach (var p in pairs.Values) p.Change(c.Namespace, c.Name, e => (e.Space, e.Name, mac));
    }

    private void Change(string space, string name, Func<(string Space, string Name, MacAddress Mac), (string, string, MacAddress)> change)
    {
        if (_one.Space == space && _one.Name == name) _one = change(_one);
        else if (_other.Space == space && _other.Name == name) _other = change(_other);
    }
}
