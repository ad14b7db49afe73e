Console.Error.WriteLine("netsim: no verb yet");
return 2;
