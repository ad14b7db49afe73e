namespace NetSim.Simulation.Programs;

/// <summary>A program that containers, the host and the outside can run: one file each, registered in <see cref="ProgramCatalogue"/>.</summary>
public interface IProgram
{
    /// <summary>The word it is called by: "ping".</summary>
    string Name { get; }

    /// <summary>Runs to its end and returns the exit code. A server runs until it is killed.</summary>
    Task<int> Run(ProcessContext process);
}
