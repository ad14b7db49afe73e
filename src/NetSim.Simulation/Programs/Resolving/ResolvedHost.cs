using NetSim.Model.Addressing;

namespace NetSim.Simulation.Programs.Resolving;

/// <summary>What getaddrinfo says besides addresses.</summary>
internal enum ResolveError
{
    /// <summary>Found.</summary>
    None,
    /// <summary>EAI_NONAME.</summary>
    NoName,
    /// <summary>EAI_NODATA: the name is known, but has no address of the family.</summary>
    NoData,
    /// <summary>EAI_AGAIN: no server answered.</summary>
    Again,
}

/// <summary>The addresses of a name, in the order in which they are to be tried.</summary>
/// <param name="Addresses">Best first.</param>
/// <param name="Names">The canonical name, then other names of /etc/hosts.</param>
/// <param name="Error">Why there are none.</param>
internal sealed record ResolvedHost(IReadOnlyList<IpAddress> Addresses, IReadOnlyList<string> Names, ResolveError Error)
{
    /// <summary>Nothing found.</summary>
    public static ResolvedHost Failed(ResolveError error) => new([], [], error);

    /// <summary>gai_strerror.</summary>
    public string ErrorText => Error switch
    {
        ResolveError.NoData => "No address associated with hostname",
        ResolveError.Again => "Temporary failure in name resolution",
        _ => "Name or service not known",
    };
}

/// <summary>Which addresses are wanted.</summary>
internal enum Family
{
    /// <summary>A and AAAA.</summary>
    Both,
    /// <summary>A.</summary>
    V4,
    /// <summary>AAAA.</summary>
    V6,
}
