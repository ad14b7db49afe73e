using System.Globalization;
using NetSim.Model.Addressing;

namespace NetSim.Docker.Books;

/// <summary>Where ids, random names and random MAC addresses come from: the seeded chance of the run.</summary>
internal sealed class IdSource(Random chance)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>64 hex digits. One whose first 12 digits are all decimal is not taken (it could not be a host name).
    /// Source: moby v28.5.2 pkg/stringid/stringid.go GenerateRandomID.</summary>
    public string NewId()
    {
        while (true)
        {
            string id = Hex(64);
            if (!id.AsSpan(0, 12).ContainsAnyExceptInRange('0', '9')) continue;
            return id;
        }
    }

    /// <summary>"veth" and seven hex digits, unique. Source: moby v28.5.2 libnetwork/netutils/utils_linux.go GenerateIfaceName.</summary>
    public string NewVeth()
    {
        while (true)
        {
            string name = "veth" + Hex(7);
            if (_names.Add(name)) return name;
        }
    }

    /// <summary>Six random octets, locally administered and not multicast.</summary>
    public MacAddress NewMac() => new(((ulong)chance.NextInt64(0, 1L << 48) | 0x0200_0000_0000) & ~0x0100_0000_0000UL);

    /// <summary>02:42 and four random octets: a bridge's address up to 27.</summary>
    public MacAddress NewDockerMac() => new(0x0242_0000_0000UL | (uint)chance.NextInt64(0, 1L << 32));

    /// <summary>A port of the ephemeral range, for the container DNS resolver.</summary>
    public Port NewPort() => new((ushort)chance.Next(32768, 61000));

    /// <summary>A number below <paramref name="end"/>.</summary>
    public int Next(int end) => chance.Next(end);

    /// <summary>The ULA prefix fdXX:XXXX:XXXX::/48 of this daemon.</summary>
    public Subnet NewUla() => new(IpAddress.FromV6((0xFDUL << 56) | ((ulong)chance.NextInt64(0, 1L << 40) << 16), 0), 48);

    private string Hex(int digits) => string.Create(digits, chance, (span, random) =>
    {
        for (int i = 0; i < span.Length; i++) span[i] = random.Next(16).ToString("x", CultureInfo.InvariantCulture)[0];
    });
}
