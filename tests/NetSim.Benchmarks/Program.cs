Console.Error.WriteLine("usage: NetSim.Benchmarks w1|w2|w3|count");
return 2;
