namespace NetSim.Simulation.Programs;

/// <summary>A program that containers, the host and the outside can run: one file each, with a line in the list of built-in programs.</summary>
public interface IProgram
{
    /// <summary>The word it is called by: "ping"; a behaviour that an image binds to a command line has a name of its own: "web-counter".</summary>
    string Name { get; }

    /// <summary>Is this command line of it modelled?</summary>
    bool Models(IReadOnlyList<string> arguments) => true;

    /// <summary>Runs to its end and returns the exit code. A server runs until it is killed.</summary>
    Task<int> Run(ProcessContext process);
}
