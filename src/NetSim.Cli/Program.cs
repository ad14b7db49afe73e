using NetSim.Cli;
using NetSim.Cli.Output;

return await Netsim.Run(args, Door.OfProcess());
