using System.Collections;

namespace NetSim.Scenarios.Running;

/// <summary>A list that is made when it is first looked at: most commands ask only a part of what they may see.</summary>
internal sealed class OnDemand<T>(Func<IReadOnlyList<T>> make) : IReadOnlyList<T>
{
    private readonly Lazy<IReadOnlyList<T>> _list = new(make);

    /// <inheritdoc/>
    public int Count => _list.Value.Count;

    /// <inheritdoc/>
    public T this[int index] => _list.Value[index];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _list.Value.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Makes lists on demand.</summary>
internal static class OnDemand
{
    /// <summary>A list that <paramref name="make"/> makes when it is first looked at.</summary>
    public static OnDemand<T> List<T>(Func<IReadOnlyList<T>> make) => new(make);
}
