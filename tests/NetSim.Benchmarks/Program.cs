using NetSim.Benchmarks;

return args switch
{
    ["count", var file] => Count.Run(file),
    ["w1", .. var options] => Workload.Run(new UdpFlood(), options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: NetSim.Benchmarks w1 [--pcap FILE] [--trace] [--repeat N] | count CAPTURE");
    return 2;
}
