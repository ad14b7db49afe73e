using System.Net.Sockets;
using System.Text;
using NetSim.Model.Input;
using NetSim.Workbench.Live;
using NUnit.Framework;

namespace NetSim.Tests.Workbench.Live;

/// <summary>An engine as the tests need it: a Unix socket that answers questions for containers in HTTP.</summary>
public sealed class ContainerNamespaceTests
{
    private string _folder = "";

    private string Address => Path.Combine(_folder, "docker.sock");

    [SetUp]
    public void Make_a_folder() => _folder = Directory.CreateTempSubdirectory("netsim-engine").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_running_container_is_found_by_its_process()
    {
        using var engine = Engine();

        Assert.That(ContainerNamespace.Find("web", "unix://" + Address), Is.EqualTo($"/proc/{Environment.ProcessId}/ns/net"));
    }

    [Test]
    public void A_container_that_is_not_running_is_told_with_what_starts_it()
    {
        using var engine = Engine();

        Assert.That(() => ContainerNamespace.Find("stopped", "unix://" + Address), Throws.InstanceOf<MachineException>().With.Message.EqualTo("The container \"stopped\" is not running. Mend it with: docker start stopped"));
    }

    [Test]
    public void A_container_that_is_not_there_is_told_with_those_that_are()
    {
        using var engine = Engine();

        Assert.That(() => ContainerNamespace.Find("wbe", "unix://" + Address), Throws.InstanceOf<MachineException>().With.Message.EqualTo("There is no container \"wbe\"; running are db, web. Mend it with: docker ps"));
    }

    [Test]
    public void A_process_that_can_not_be_seen_here_is_told()
    {
        using var engine = Engine();

        Assert.That(() => ContainerNamespace.Find("elsewhere", "unix://" + Address), Throws.InstanceOf<MachineException>().With.Message.StartsWith("The process 99999999 of the container \"elsewhere\" is not to be seen here"));
    }

    [Test]
    public void No_engine_is_told_with_its_place() =>
        Assert.That(() => ContainerNamespace.Find("web", "unix://" + Address), Throws.InstanceOf<MachineException>().With.Message.StartsWith($"No Docker Engine answers at {Address} ("));

    [Test]
    public void An_engine_elsewhere_is_refused() =>
        Assert.That(() => ContainerNamespace.Find("web", "tcp://10.0.0.1:2375"), Throws.InstanceOf<MachineException>().With.Message.StartsWith("DOCKER_HOST is tcp://10.0.0.1:2375, and only an engine of this machine"));

    private Socket Engine()
    {
        var listening = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listening.Bind(new UnixDomainSocketEndPoint(Address));
        listening.Listen();
        new Thread(() => Serve(listening)) { IsBackground = true }.Start();
        return listening;
    }

    private static void Serve(Socket listening)
    {
        try
        {
            while (true)
            {
                using var asked = listening.Accept();
                var buffer = new byte[4096];
                string path = Encoding.ASCII.GetString(buffer, 0, asked.Receive(buffer)).Split(' ')[1];
                var (status, body) = Answer(path);
                asked.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private static (string Status, string Body) Answer(string path) => path switch
    {
        "/containers/web/json" => ("200 OK", $$"""{"State":{"Running":true,"Pid":{{Environment.ProcessId}} } }"""),
        "/containers/stopped/json" => ("200 OK", """{"State":{"Running":false,"Pid":0}}"""),
        "/containers/elsewhere/json" => ("200 OK", """{"State":{"Running":true,"Pid":99999999}}"""),
        "/containers/json" => ("200 OK", """[{"Names":["/web"]},{"Names":["/db"]}]"""),
        _ => ("404 Not Found", """{"message":"No such container"}"""),
    };
}
