using NetSim.Docker.Engine;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Containers;

/// <summary>What runc refuses, in the words that 20.10.24, 26.1.5 and 28.5.2 were recorded with.</summary>
public sealed class TaskCreationTests
{
    [TestCase("20.10.24", "docker: Error response from daemon: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH: unknown.\n")]
    [TestCase("26.1.5", "docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH: unknown.\n")]
    [TestCase("28.5.2", "docker: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: \"nosuch\": executable file not found in $PATH\n\nRun 'docker run --help' for more information\n")]
    public void A_program_that_the_image_lacks_fails_with_127(string engine, string error)
    {
        var result = Host(engine).Run("docker run -d tiny nosuch");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((127, error)));
    }

    [Test]
    public void A_container_whose_program_is_missing_stays_created_with_127()
    {
        var host = Host("28.5.2");
        host.Run("docker run -d --name x1 tiny nosuch");

        var result = host.Run("docker inspect -f '{{.State.Status}} {{.State.ExitCode}}' x1");

        Assert.That(result.Output, Is.EqualTo("created 127\n"));
    }

    [Test]
    public void A_container_whose_program_is_missing_gives_its_address_back()
    {
        var host = Host("28.5.2");
        host.Run("docker run -d tiny nosuch");
        host.Run("docker run -d --name y1 tiny sleep 1d");

        var result = host.Run("docker inspect -f '{{.NetworkSettings.IPAddress}}' y1");

        Assert.That(result.Output, Is.EqualTo("172.17.0.2\n"));
    }

    [Test]
    public void An_image_whose_programs_are_not_known_lacks_none()
    {
        var result = Host("28.5.2").Run("docker run -d lab/tools nosuch");

        Assert.That(result.ExitCode, Is.Zero);
    }

    [TestCase("20.10.24", "unable to start container process: error during container init: open /proc/sys/net/ipv4/nosuch: no such file or directory: unknown")]
    [TestCase("28.5.2", "unable to start container process: error during container init: open sysctl net.ipv4.nosuch file: unsafe procfs detected: openat2 fsmount:fscontext:proc/./sys/net/ipv4/nosuch: no such file or directory")]
    public void A_sysctl_that_is_not_there_fails_the_start(string engine, string words)
    {
        var result = Host(engine).Run("docker run -d --sysctl net.ipv4.nosuch=1 tiny sleep 1d");

        Assert.That((result.ExitCode, result.Error.Contains(words, StringComparison.Ordinal)), Is.EqualTo((127, true)));
    }

    [TestCase("net.ipv4.ip_forward")]
    [TestCase("net.ipv4.conf.eth0.rp_filter")]
    [TestCase("net.ipv6.conf.all.disable_ipv6")]
    [TestCase("net.core.somaxconn")]
    public void A_sysctl_that_is_there_starts(string key)
    {
        var result = Host("26.1.5").Run($"docker run -d --sysctl {key}=1 tiny sleep 1d");

        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public void A_sysctl_of_the_network_is_refused_in_the_hosts_namespace()
    {
        var result = Host("26.1.5").Run("docker run -d --net host --sysctl net.ipv4.ip_forward=1 tiny sleep 1d");

        Assert.That((result.ExitCode, result.Error.Contains("sysctl \"net.ipv4.ip_forward\" not allowed in host network namespace: unknown", StringComparison.Ordinal)), Is.EqualTo((125, true)));
    }

    private static LabHost Host(string engine) => new(EngineVersion.TryParse(engine, out var version) ? version : throw new ArgumentException(engine));
}
