namespace NetSim.Analysis.Findings;

/// <summary>Looks for one kind of fault.</summary>
internal abstract class Diagnosis
{
    /// <summary>The name of the fault in the catalogue.</summary>
    public abstract string Name { get; }

    /// <summary>All names that it gives to what it finds.</summary>
    public virtual IReadOnlyList<string> Names => [Name];

    /// <summary>What is found.</summary>
    public abstract IEnumerable<Finding> Find(DiagnosisCase c);
}
