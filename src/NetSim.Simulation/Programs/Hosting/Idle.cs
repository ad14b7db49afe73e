namespace NetSim.Simulation.Programs.Hosting;

/// <summary>Stands for a container's program that is not modelled: it runs and does nothing.</summary>
internal sealed class Idle : IProgram
{
    public string Name => "(idle)";

    public async Task<int> Run(ProcessContext process)
    {
        await new TextPipe().Read();
        return 0;
    }
}
