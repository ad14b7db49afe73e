using NetSim.Benchmarks;

return args switch
{
    ["count", var file] => Count.Run(file),
    ["w1", .. var options] => Workload.Run(new UdpFlood(), options),
    ["w2", .. var options] => Workload.Run(new TcpBulk(), options),
    ["w3", .. var options] => Workload.Run(new Transactions(), options),
    ["peer", .. var options] => Peer.Run(options),
    ["trace-seek", .. var options] => TraceSeek.Run(options),
    ["scale", .. var options] => ScaleBench.Run(options),
    ["model-lines"] => ModelBench.Lines(5),
    ["model-bundle"] => ModelBench.FromBundle(5),
    ["matrix"] => MatrixBench.Run(3),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: NetSim.Benchmarks w1|w2|w3 [--pcap FILE] [--trace] [--repeat N] | peer [cubic|reno] [SEED] | count CAPTURE | model-lines | model-bundle | matrix | scale [N ...] [--publish] | trace-seek [FILE] [SEEKS]");
    return 2;
}
