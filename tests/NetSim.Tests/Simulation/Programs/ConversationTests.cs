using NetSim.Simulation.Programs;
using NUnit.Framework;

namespace NetSim.Tests.Simulation.Programs;

public sealed class ConversationTests
{
    private static readonly Dictionary<string, ImagePrograms> Images = new()
    {
        ["lab/webapp"] = new() { Bindings = [new(["python3", "/app/webapp.py"], "web-counter", new Dictionary<string, string>())] },
        ["jamtur01/redis"] = new() { Bindings = [new([], "served-redis", new Dictionary<string, string> { ["port"] = "6379" })] },
        ["jamtur01/sinatra"] = new() { Bindings = [new([], "served-http", new Dictionary<string, string> { ["port"] = "4567", ["calls"] = "redis://db:6379 INCR hits", ["body"] = "{result} {hostname} {client}\n" })] },
        ["lab/web"] = new() { Files = new Dictionary<string, string> { ["/www/index.html"] = "hello from lab/web\n" } },
    };

    private static Stage Story()
    {
        var stage = new Stage(3, images: Images);
        foreach (string c in (string[])["c1", "c2", "c3"]) stage.Write(c, "/etc/hosts", "127.0.0.1\tlocalhost\n172.18.0.2\tdb\n172.18.0.3\tweb\n");
        stage.StartAs("ctr:c1", "c1", "jamtur01/redis:latest", "/usr/local/bin/run");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));
        return stage;
    }

    [Test]
    public void The_web_counter_counts_in_redis_and_says_who_asked()
    {
        var stage = Story();
        stage.StartAs("ctr:c2", "c2", "lab/webapp", "python3", "/app/webapp.py");
        stage.Run("c3", "curl", "-sS", "http://web:4567/");

        Assert.That(stage.Run("c3", "curl", "-sS", "-i", "http://web:4567/").Output.ReplaceLineEndings("\n"),
            Does.Match("^HTTP/1.1 200 OK\nServer: BaseHTTP/0.6 Python/3.11.2\nDate: .* GMT\nContent-Length: 28\n\nhits 2 on c2 for 172.18.0.4\n$"));
    }

    [Test]
    public void Without_redis_the_web_counter_answers_500()
    {
        var stage = new Stage(3, images: Images);
        stage.Write("c2", "/etc/hosts", "172.18.0.2\tdb\n");
        stage.StartAs("ctr:c2", "c2", "lab/webapp", "python3", "/app/webapp.py");

        Assert.That(stage.Run("c3", "curl", "-sS", "http://172.18.0.3:4567/").Output, Is.EqualTo("no redis: [Errno 111] Connection refused\n"));
    }

    [Test]
    public void A_served_http_fills_its_template()
    {
        var stage = Story();
        stage.StartAs("ctr:c2", "c2", "jamtur01/sinatra", "ruby", "app.rb");

        Assert.That(stage.Run("c3", "curl", "-sS", "http://web:4567/").Output, Is.EqualTo("1 c2 172.18.0.4\n"));
    }

    [TestCase("SET greeting hello", "OK\n")]
    [TestCase("GET nothing", "\n")]
    [TestCase("INCR n", "1\n")]
    [TestCase("PING", "PONG\n")]
    [TestCase("FROB x", "ERR unknown command 'FROB', with args beginning with: 'x' \n\n")]
    public void Redis_cli_prints_raw_replies(string command, string printed) =>
        Assert.That(Story().Run("c3", ["redis-cli", "-h", "db", .. command.Split(' ')]).Output, Is.EqualTo(printed));

    [Test]
    public void Redis_cli_tells_that_nobody_listens()
    {
        var cli = new Stage().Run("c1", "redis-cli", "-h", "172.18.0.3", "PING");

        Assert.That((cli.ExitCode, cli.Error), Is.EqualTo((1, "Could not connect to Redis at 172.18.0.3:6379: Connection refused\n")));
    }

    [Test]
    public void Busybox_httpd_serves_the_files_of_the_image()
    {
        var stage = Story();
        stage.StartAs("ctr:c2", "c2", "lab/web", "sh", "-c", "hostname >/www/name; exec httpd -f -p 80 -h /www");

        Assert.That((stage.Run("c3", "curl", "-sS", "http://web/").Output, stage.Run("c3", "curl", "-sS", "http://web/name").Output), Is.EqualTo(("hello from lab/web\n", "c2\n")));
    }

    [Test]
    public void Curl_tells_a_refusal_as_curl_7_88_does()
    {
        var curl = new Stage().Run("c1", "curl", "-sS", "-m", "5", "http://172.18.0.3:81/");

        Assert.That((curl.ExitCode, curl.Error), Is.EqualTo((7, "curl: (7) Failed to connect to 172.18.0.3 port 81 after 0 ms: Couldn't connect to server\n")));
    }

    [Test]
    public void Curl_tells_an_absent_neighbour_after_three_seconds()
    {
        var curl = new Stage().Run("c1", "curl", "-sS", "-m", "10", "http://172.18.0.99/");

        Assert.That($"{curl.ExitCode} {curl.Error}", Does.Match(@"^7 curl: \(7\) Failed to connect to 172\.18\.0\.99 port 80 after 30\d\d ms: Couldn't connect to server\n$"));
    }

    [Test]
    public void Socat_forks_a_program_for_each_connection()
    {
        var stage = new Stage();
        stage.Start("c2", "socat", "-U", "TCP-LISTEN:4567,fork,reuseaddr", "EXEC:/bin/hostname");
        stage.Run("c1", "socat", "-u", "TCP:172.18.0.3:4567", "-");

        Assert.That(stage.Run("c1", "socat", "-u", "-T", "3", "TCP:172.18.0.3:4567,connect-timeout=3", "-").Output, Is.EqualTo("c2\n"));
    }

    [Test]
    public void Socat_echoes_datagrams_through_a_program()
    {
        var stage = new Stage();
        stage.Start("c2", "socat", "-T", "5", "UDP-RECVFROM:5353,fork", "EXEC:/bin/cat");

        Assert.That(stage.Shell("echo one | socat -t 1 - UDP:172.18.0.3:5353,sourceport=40001").Output, Is.EqualTo("one\n"));
    }

    [Test]
    public void Socat_ends_with_1_when_a_datagram_is_refused()
    {
        var shell = new Stage().Shell("echo x | socat -t 1 - UDP:172.18.0.3:81");

        Assert.That($"{shell.ExitCode} {shell.Error}", Does.Match(@"^1 \d{4}/\d\d/\d\d [\d:]+ socat\[1\] E read\(5, 0x[0-9a-f]+, 8192\): Connection refused\n$"));
    }

    [Test]
    public void Netcat_talks_while_its_input_is_open_and_tells_the_port()
    {
        var stage = Story();

        var shell = stage.Run("c3", "sh", "-c", "(sleep 1; echo PING; sleep 1) | nc -q 1 -v db 6379 2>&1");

        Assert.That(shell.Output, Is.EqualTo("Connection to db (172.18.0.2) 6379 port [tcp/redis] succeeded!\n+PONG\r\n"));
    }

    [Test]
    public void Docker_proxy_dials_the_container_for_each_client()
    {
        var stage = Story();
        stage.StartAs("proxy:tcp:0.0.0.0:32768", "host", null, "docker-proxy", "-proto", "tcp", "-host-ip", "0.0.0.0", "-host-port", "32768", "-container-ip", "172.18.0.2", "-container-port", "6379");

        Assert.That(stage.Run("c3", "redis-cli", "-h", "172.18.0.1", "-p", "32768", "PING").Output, Is.EqualTo("PONG\n"));
    }

    [Test]
    public void A_killed_server_closes_its_connections()
    {
        var stage = Story();
        var shell = stage.Start("c3", "sh", "-c", "socat -u TCP:db:6379 -; echo over");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        stage.Host.Find("ctr:c1")!.Signal("KILL");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That((shell.Output, stage.Simulator.Topology["c1"].Sockets.Count(s => s.Remote is null)), Is.EqualTo(("over\n", 0)));
    }

    [Test]
    public void A_stopped_server_still_takes_connections_and_answers_when_continued()
    {
        var stage = Story();
        stage.Host.Find("ctr:c1")!.Signal("STOP");
        var cli = stage.Start("c3", "redis-cli", "-h", "db", "PING");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(3));
        string before = cli.Output;

        stage.Host.Find("ctr:c1")!.Signal("CONT");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That((before, cli.Output), Is.EqualTo(("", "PONG\n")));
    }

    [Test]
    public void Two_runs_of_a_conversation_make_the_same_changes()
    {
        static IEnumerable<string> Once()
        {
            var stage = Story();
            stage.StartAs("ctr:c2", "c2", "lab/webapp", "python3", "/app/webapp.py");
            stage.Run("c3", "curl", "-sS", "http://web:4567/");
            return stage.Trace.Changes.Select(c => c.ToString()!).ToList();
        }

        var first = Once();

        Assert.That(Once(), Is.EqualTo(first));
    }

    [Test]
    public void An_image_server_that_is_not_modelled_runs_on_and_is_warned_of()
    {
        var stage = new Stage(1);

        var process = stage.StartAs("ctr:c1", "c1", "nginx", "nginx", "-g", "daemon off;");

        Assert.That((process.HasEnded, stage.Simulator.Warnings[0]), Is.EqualTo((false, "nginx -g daemon off; is not modelled: it runs in c1 and does nothing")));
    }

    [Test]
    public void A_client_that_gave_up_sends_no_more()
    {
        var stage = new Stage();
        stage.Run("c1", "curl", "-sS", "-m", "2", "http://172.18.0.98/");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(5));

        Assert.That(stage.Simulator.Topology["c1"].Sockets, Is.Empty);
    }

    [Test]
    public void Netcat_whose_peer_is_gone_goes_on_while_it_has_input()
    {
        var stage = Story();
        var shell = stage.Start("c3", "sh", "-c", "(sleep 5) | nc db 6379; echo rc $?");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        stage.Host.Find("ctr:c1")!.Signal("KILL");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(2));
        bool before = shell.HasEnded;
        stage.Simulator.RunFor(TimeSpan.FromSeconds(3));

        Assert.That((before, shell.Output), Is.EqualTo((false, "rc 0\n")));
    }
}
