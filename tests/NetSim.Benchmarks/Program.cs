using NetSim.Benchmarks;

return args switch
{
    ["w1", .. var options] => Workload.Run(new UdpFlood(), options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: NetSim.Benchmarks w1 [--pcap FILE] [--trace] [--repeat N]");
    return 2;
}
