using NetSim.Cli;
using NetSim.Cli.Output;
using NetSim.Workbench.Live;

if (args is ["capture" or "replay", ..]) LiveRecording.HeedInterrupts();
return await Netsim.Run(args, Door.OfProcess());
