using NUnit.Framework;

namespace NetSim.Tests.Simulation.Programs.Iperf;

public sealed class Iperf3Tests
{
    private static Stage Served()
    {
        var stage = new Stage(2);
        stage.StartAs("ctr:c1", "c1", "lab/tools", "iperf3", "-s");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));
        return stage;
    }

    [Test]
    public void A_number_of_bytes_is_sent_in_whole_blocks_and_all_of_it_arrives()
    {
        string text = Served().Run("c2", "iperf3", "-c", "172.18.0.2", "-n", "200K").Output;

        Assert.That(text, Does.Match(@"\[  5\]   0\.00-\d\.\d\d   sec   256 KBytes  [\d. ]+ [KMG]?bits/sec    0             sender\n").And.EndsWith("\niperf Done.\n"));
    }

    [Test]
    public void Segments_sent_again_are_told()
    {
        var stage = Served();
        stage.Run("host", "tc", "qdisc", "add", "dev", "vethc1", "root", "netem", "loss", "5%");
        stage.Run("c2", "tc", "qdisc", "add", "dev", "eth0", "root", "netem", "loss", "5%");

        Assert.That(stage.Run("c2", "iperf3", "-c", "172.18.0.2", "-n", "1M").Output, Does.Match(@"bits/sec +[1-9]\d* +sender\n"));
    }

    [Test]
    public void Datagrams_leave_at_the_rate_asked_for()
    {
        string text = Served().Run("c2", "iperf3", "-c", "172.18.0.2", "-u", "-b", "1M", "-t", "1").Output;

        Assert.That(text, Does.Contain("[  5]   0.00-1.00   sec   123 KBytes  1.01 Mbits/sec  0.000 ms  0/87 (0%)  receiver\n"));
    }

    [Test]
    public void In_reverse_the_server_sends()
    {
        string text = Served().Run("c2", "iperf3", "-c", "172.18.0.2", "-n", "100K", "-R").Output;

        Assert.That(text, Does.Match(@"Reverse mode, remote host 172\.18\.0\.2 is sending\n(.*\n)+.*128 KBytes.*sender\n"));
    }

    [Test]
    public void Several_streams_have_lines_of_their_own_and_a_sum()
    {
        string text = Served().Run("c2", "iperf3", "-c", "172.18.0.2", "-P", "3", "-t", "1").Output;

        Assert.That(text, Does.Match(@"\[  5\].*sender\n\[  5\].*receiver\n\[  7\].*sender\n\[  7\].*receiver\n\[  9\].*sender\n\[  9\].*receiver\n\[SUM\].*sender\n\[SUM\].*receiver\n"));
    }

    [Test]
    public void Two_runs_follow_each_other_on_one_server()
    {
        var stage = Served();
        stage.Run("c2", "iperf3", "-c", "172.18.0.2", "-n", "1K");

        Assert.That(stage.Run("c2", "iperf3", "-c", "172.18.0.2", "-n", "1K").ExitCode, Is.Zero);
    }

    [Test]
    public void Without_a_server_the_client_says_so()
    {
        var end = new Stage(2).Run("c2", "iperf3", "-c", "172.18.0.2", "-t", "1");

        Assert.That((end.ExitCode, end.Error), Is.EqualTo((1, "iperf3: error - unable to connect to server: Connection refused\n")));
    }

    [Test]
    public void A_one_off_server_ends_with_its_test_and_then_prints_what_it_saw()
    {
        var stage = new Stage(2);
        stage.StartAs("exec:s", "c1", "lab/tools", "iperf3", "-s", "-1");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));
        stage.Run("c2", "iperf3", "-c", "172.18.0.2", "-n", "100K");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(stage.Host.Find("exec:s")!.Output, Does.Match(@"^-+\nServer listening on 5201 \(test #1\)\n-+\nAccepted connection from 172\.18\.0\.3, port \d+\n\[  5\] local 172\.18\.0\.2 port 5201 connected to 172\.18\.0\.3 port \d+\n"));
    }

    [Test]
    public void Json_holds_the_sums()
    {
        string text = Served().Run("c2", "iperf3", "-c", "172.18.0.2", "-n", "100K", "-J").Output;

        Assert.That(System.Text.Json.Nodes.JsonNode.Parse(text)!["end"]!["sum_sent"]!["bytes"]!.GetValue<long>(), Is.EqualTo(131072));
    }
}
