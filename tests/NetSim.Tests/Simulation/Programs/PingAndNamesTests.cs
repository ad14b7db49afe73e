using NetSim.Model.Addressing;
using NetSim.Model.Naming;
using NetSim.Model.Packets;
using NetSim.Model.Tracing;
using NUnit.Framework;

namespace NetSim.Tests.Simulation.Programs;

public sealed class PingAndNamesTests
{
    [Test]
    public void Ping_by_address_prints_what_iputils_prints()
    {
        var ping = new Stage().Run("c1", "ping", "-c", "2", "-i", "0.2", "172.18.0.3");

        Assert.That(ping.Output, Does.Match(
            @"^PING 172\.18\.0\.3 \(172\.18\.0\.3\) 56\(84\) bytes of data\.\n64 bytes from 172\.18\.0\.3: icmp_seq=1 ttl=64 time=[\d.]+ ms\n64 bytes from 172\.18\.0\.3: icmp_seq=2 ttl=64 time=[\d.]+ ms\n\n" +
            @"--- 172\.18\.0\.3 ping statistics ---\n2 packets transmitted, 2 received, 0% packet loss, time 20\dms\nrtt min/avg/max/mdev = [\d.]+/[\d.]+/[\d.]+/[\d.]+ ms\n$"));
    }

    [Test]
    public void Ping_to_an_absent_neighbour_tells_who_says_so()
    {
        var ping = new Stage().Run("c1", "ping", "-c", "3", "-W", "2", "172.18.0.98");

        Assert.That((ping.ExitCode, ping.Output), Is.EqualTo((1,
            "PING 172.18.0.98 (172.18.0.98) 56(84) bytes of data.\nFrom 172.18.0.2 icmp_seq=1 Destination Host Unreachable\nFrom 172.18.0.2 icmp_seq=2 Destination Host Unreachable\n" +
            "From 172.18.0.2 icmp_seq=3 Destination Host Unreachable\n\n--- 172.18.0.98 ping statistics ---\n3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 2000ms\npipe 3\n")));
    }

    [Test]
    public void A_name_of_the_hosts_file_needs_no_server()
    {
        var stage = new Stage();
        stage.Write("c1", "/etc/hosts", "127.0.0.1\tlocalhost\n172.18.0.3\tdb.corp.test db\n");

        Assert.That(stage.Shell("getent ahostsv4 db").Output, Is.EqualTo("172.18.0.3      STREAM db.corp.test\n172.18.0.3      DGRAM  \n172.18.0.3      RAW    \n"));
    }

    [Test]
    public void An_unknown_name_is_no_name_when_the_server_says_so()
    {
        var stage = WithServer();

        var ping = stage.Run("c1", "ping", "-c", "1", "nosuch");

        Assert.That((ping.ExitCode, ping.Error), Is.EqualTo((2, "ping: nosuch: Name or service not known\n")));
    }

    [Test]
    public void A_and_aaaa_are_asked_from_one_socket()
    {
        var stage = WithServer();

        stage.Run("c1", "ping", "-c", "1", "nosuch");

        var sockets = stage.Trace.Changes.OfType<Change.SocketOpened>().Where(s => s.Program == "ping" && s.Protocol == IpProtocol.Udp);
        Assert.That(sockets.Count(), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Dig_prints_the_servers_answer()
    {
        var dig = WithServer().Run("c1", "dig", "www.example.test");

        Assert.That(dig.Output, Does.Match(
            @"^\n; <<>> DiG 9\.18\.49-1~deb12u3-Debian <<>> www\.example\.test\n;; global options: \+cmd\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: \d+\n" +
            @";; flags: qr aa rd ra; QUERY: 1, ANSWER: 2, AUTHORITY: 0, ADDITIONAL: 1\n\n;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:; udp: 1232\n;; QUESTION SECTION:\n;www\.example\.test\.\t\tIN\tA\n\n" +
            @";; ANSWER SECTION:\nwww\.example\.test\.\t300\tIN\tCNAME\texample\.test\.\nexample\.test\.\t\t300\tIN\tA\t203\.0\.113\.10\n\n;; Query time: 0 msec\n;; SERVER: 172\.18\.0\.3#53\(172\.18\.0\.3\) \(UDP\)\n" +
            @";; WHEN: \w+ \w+ \d\d \d\d:\d\d:\d\d UTC \d{4}\n;; MSG SIZE  rcvd: 75\n\n$"));
    }

    [Test]
    public void The_search_list_is_tried_before_the_bare_name_when_dots_are_few()
    {
        var stage = WithServer();
        stage.Write("c1", "/etc/resolv.conf", "search corp.test\nnameserver 172.18.0.3\n");

        Assert.That(stage.Shell("getent hosts intranet").Output, Is.EqualTo("203.0.113.21    intranet.corp.test\n"));
    }

    [Test]
    public void The_container_resolver_answers_names_of_its_networks()
    {
        var stage = WithResolver();

        Assert.That(stage.Shell("dig @127.0.0.11 -p 40000 +short DB").Output, Is.EqualTo("172.18.0.3\n"));
    }

    [Test]
    public void The_container_resolver_answers_reverse_questions()
    {
        var stage = WithResolver();

        Assert.That(stage.Shell("dig @127.0.0.11 -p 40000 +noall +answer -x 172.18.0.3").Output, Is.EqualTo("3.0.18.172.in-addr.arpa. 600\tIN\tPTR\tdb.app.\n"));
    }

    [Test]
    public void The_container_resolver_answers_servfail_after_4_seconds_of_silence()
    {
        var stage = WithResolver();
        var before = stage.Simulator.Now;

        string output = stage.Shell("dig @127.0.0.11 -p 40000 +time=15 +tries=1 example.test").Output;

        Assert.That((output.Contains("status: SERVFAIL", StringComparison.Ordinal), output.Contains(";; flags: qr rd; ", StringComparison.Ordinal), Math.Round((stage.Simulator.Now - before).TotalSeconds)), Is.EqualTo((true, true, 4.0)));
    }

    [Test]
    public void The_container_resolver_learns_without_a_second_socket()
    {
        var stage = WithResolver();
        stage.Simulator.Apply(new Change.NamePublished(new("other", "web", "web", TwoContainers.Address(9), Primary: true)));

        stage.Simulator.Apply(new Change.ResolverSet(stage.Simulator.Topology["c1"].Resolver! with { Networks = ["app", "other"] }));

        Assert.That((stage.Shell("dig @127.0.0.11 -p 40000 +short web").Output, stage.Simulator.Warnings.Count), Is.EqualTo(("172.18.0.9\n", 0)));
    }

    private static Stage WithServer()
    {
        var stage = new Stage();
        stage.Write("c1", "/etc/resolv.conf", "nameserver 172.18.0.3\n");
        stage.Start("c2", "dnsmasq", "--listen-address=172.18.0.3", "--local-ttl=300", "--host-record=example.test,203.0.113.10", "--cname=www.example.test,example.test", "--host-record=intranet.corp.test,203.0.113.21");
        return stage;
    }

    private static Stage WithResolver()
    {
        var stage = new Stage();
        stage.Simulator.Apply(new Change.NamePublished(new("app", "db", "db", TwoContainers.Address(3), Primary: true)));
        stage.Simulator.Apply(new Change.ResolverSet(new ResolverSpec
        {
            Namespace = "c1",
            UdpPort = new(40000),
            TcpPort = new(40001),
            Networks = ["app"],
            Upstreams = [new(IpAddress.Parse("172.18.0.99"), "host")],
        }));
        return stage;
    }
}
