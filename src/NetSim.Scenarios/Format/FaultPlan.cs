using NetSim.Model.Addressing;
using NetSim.Model.Topology;

namespace NetSim.Scenarios.Format;

/// <summary>Which of the two ways through a cable a fault is on.</summary>
public enum FaultWay
{
    /// <summary>Both.</summary>
    Both,
    /// <summary>What its end sends.</summary>
    Out,
    /// <summary>What it receives.</summary>
    In,
}

/// <summary>What goes wrong. An end is a container, "host" or "outside".</summary>
public abstract record FaultPlan
{
    private FaultPlan() { }

    /// <summary>The ends that it names.</summary>
    public virtual IEnumerable<string> Ends => [];

    /// <summary>Can it be undone by itself after a while?</summary>
    public virtual bool CanBeUndone => true;

    /// <summary>On the cable behind an interface.</summary>
    public sealed record OnLink(string On, string Interface, FaultWay Way, LinkFault Fault) : FaultPlan
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Ends => [On];
    }

    /// <summary>A relay in user space between a container's interface and its bridge, one chance for both ways: what a recording's `impair` puts there.</summary>
    public sealed record Relay(string On, string Interface, LinkFault Fault) : FaultPlan
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Ends => [On];
    }

    /// <summary>The far end of an interface's cable goes down (its carrier is lost) or up again.</summary>
    public sealed record LinkState(string On, string Interface, bool Up) : FaultPlan
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Ends => [On];
    }

    /// <summary>Frames between the containers of different groups are lost.</summary>
    public sealed record Partition(IReadOnlyList<IReadOnlyList<string>> Groups) : FaultPlan
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Ends => Groups.SelectMany(g => g);
    }

    /// <summary>The DNS resolver of a container ends or comes back.</summary>
    public sealed record Resolver(string On, bool Up) : FaultPlan
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Ends => [On];
    }

    /// <summary>A container is killed, or (with <paramref name="Process"/>) a process at an end.</summary>
    public sealed record Kill(string On, string? Process) : FaultPlan
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Ends => [On];

        /// <inheritdoc/>
        public override bool CanBeUndone => false;
    }

    /// <summary>An interface takes an address that another one has.</summary>
    public sealed record SecondAddress(string On, string Interface, IpAddress Address) : FaultPlan
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Ends => [On];
    }

    /// <summary>All faults on the cables of an end ("all": of everything) are over, and their links up.</summary>
    public sealed record Heal(string On) : FaultPlan
    {
        /// <inheritdoc/>
        public override IEnumerable<string> Ends => On == "all" ? [] : [On];

        /// <inheritdoc/>
        public override bool CanBeUndone => false;
    }
}
