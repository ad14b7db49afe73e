using NetSim.Simulation.Programs.Protocols;

namespace NetSim.Simulation.Programs.Tools;

/// <summary>curl 7.88.1: HTTP/1.1 without TLS.</summary>
internal sealed class Curl : IProgram
{
    private static readonly string[] WithValue = ["m", "max-time", "connect-timeout", "o", "output", "w", "write-out", "X", "request", "H", "header", "d", "data", "data-raw",
        "A", "user-agent", "r", "range", "data-binary", "json", "connect-to", "max-redirs", "retry-max-time", "F", "form", "K", "config", "c", "cookie-jar", "url", "E", "cacert", "dns-servers", "limit-rate", "z", "C", "u", "user", "e", "referer", "x", "proxy", "resolve", "retry", "retry-delay", "interface", "b", "cookie", "T", "local-port"];

    public string Name => "curl";

    public async Task<int> Run(ProcessContext process)
    {
        var arguments = new Arguments(process.Arguments, WithValue);
        var urls = arguments.Operands.Concat(arguments.Values("url")).ToList();
        if (urls.Count == 0) return process.Fail(2, "curl: try 'curl --help' or 'curl --manual' for more information");
        int code = 0;
        foreach (string url in urls) code = await Fetch(process, arguments, url);
        return code;
    }

    private static async Task<int> Fetch(ProcessContext process, Arguments arguments, string url)
    {
        if (!HttpUrl.TryParse(url, out var target)) return Problem(process, arguments, 3, "URL using bad/illegal format or missing URL");
        if (!Schemes.Contains(target.Scheme)) return Problem(process, arguments, 1, $"Protocol \"{target.Scheme}\" not supported or disabled in libcurl");
        var run = new CurlRun(process, arguments, target);
        var (code, text) = await run.Go();
        for (int i = (int)arguments.Number(0, "retry"); i > 0 && (code == 28 || code == 7 && arguments.Has("retry-connrefused") || run.IsTransient); i--)
        {
            await process.Clock.Delay(TimeSpan.FromSeconds(arguments.Number(1, "retry-delay")));
            (code, text) = await (run = new(process, arguments, target)).Go();
        }
        for (int hops = 0; code == 0 && arguments.Has("L", "location") && run.Redirect is { } next && hops < 50; hops++)
        {
            (code, text) = await (run = new(process, arguments, next)).Go();
        }
        if (code == 0) run.Print();
        if (arguments.Value("w", "write-out") is { } format) process.Output.Write(run.WriteOut(format));
        return code == 0 ? 0 : Problem(process, arguments, code, text);
    }

    private static readonly string[] Schemes = ["http", "https", "ftp", "telnet"];

    private static int Problem(ProcessContext process, Arguments arguments, int code, string text)
    {
        if (!arguments.Has("s", "silent") || arguments.Has("S", "show-error")) process.Error.Write($"curl: ({code}) {text}\n");
        return code;
    }
}
