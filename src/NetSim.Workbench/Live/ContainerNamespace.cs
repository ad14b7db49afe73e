using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NetSim.Model.Input;

namespace NetSim.Workbench.Live;

/// <summary>Finds the network namespace of a running container, by asking the engine (GET /containers/NAME/json of Docker's Engine API: State.Pid).</summary>
public static class ContainerNamespace
{
    private const string UsualSocket = "/var/run/docker.sock";
    private const string Scheme = "unix://";

    /// <summary>A file such as "/proc/4711/ns/net".</summary>
    /// <param name="container">Name or id.</param>
    /// <exception cref="MachineException">No engine answers, or there is no such running container.</exception>
    public static string Find(string container) => Find(container, Environment.GetEnvironmentVariable("DOCKER_HOST"));

    /// <summary>Finds it at an engine.</summary>
    /// <param name="container">Name or id.</param>
    /// <param name="host">"unix:///var/run/docker.sock"; empty or null: the usual socket.</param>
    internal static string Find(string container, string? host)
    {
        if (string.IsNullOrEmpty(host)) host = Scheme + UsualSocket;
        if (!host.StartsWith(Scheme, StringComparison.Ordinal)) throw new MachineException($"DOCKER_HOST is {host}, and only an engine of this machine can be captured on.", $"DOCKER_HOST={Scheme}{UsualSocket} netsim ...");
        string socket = host[Scheme.Length..];
        using var client = Client(socket);
        try
        {
            using var answer = client.GetAsync($"/containers/{Uri.EscapeDataString(container)}/json").GetAwaiter().GetResult();
            if (answer.StatusCode == HttpStatusCode.NotFound) throw new MachineException($"There is no container \"{container}\"{Running(client)}.", "docker ps");
            answer.EnsureSuccessStatusCode();
            return NamespaceOf(container, answer.Content.ReadAsStringAsync().GetAwaiter().GetResult());
        }
        catch (HttpRequestException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied })
        {
            throw new MachineException($"Asking the engine at {socket} needs the right to its socket.", "run it with sudo");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TaskCanceledException)
        {
            throw new MachineException($"No Docker Engine answers at {socket} ({(e.InnerException ?? e).Message.TrimEnd('.')}); it is asked where a container's interfaces are.", "sudo systemctl start docker");
        }
    }

    private static HttpClient Client(string socket) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancelled) =>
        {
            var made = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await made.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancelled);
                return new NetworkStream(made, ownsSocket: true);
            }
            catch
            {
                made.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new("http://docker"),
        Timeout = TimeSpan.FromSeconds(10),
    };

    private static string NamespaceOf(string container, string json)
    {
        using var document = JsonDocument.Parse(json);
        int process = document.RootElement.TryGetProperty("State", out var state) && state.TryGetProperty("Pid", out var pid) && pid.TryGetInt32(out int number) ? number : 0;
        if (process == 0) throw new MachineException($"The container \"{container}\" is not running.", $"docker start {container}");
        string file = $"/proc/{process}/ns/net";
        if (!File.Exists(file)) throw new MachineException($"The process {process} of the container \"{container}\" is not to be seen here: the engine runs on another machine or in another process namespace.", "run netsim where the engine runs");
        return file;
    }

    private static string Running(HttpClient client)
    {
        using var answer = client.GetAsync("/containers/json").GetAwaiter().GetResult();
        if (!answer.IsSuccessStatusCode) return "";
        using var document = JsonDocument.Parse(answer.Content.ReadAsStringAsync().GetAwaiter().GetResult());
        var names = document.RootElement.EnumerateArray().Select(c => c.GetProperty("Names").EnumerateArray().Select(n => n.GetString()!.TrimStart('/')).FirstOrDefault() ?? "").Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "; none is running" : $"; running are {string.Join(", ", names)}";
    }
}
