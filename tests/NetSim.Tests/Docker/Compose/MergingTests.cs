using NetSim.Docker.Compose;
using NetSim.Docker.Compose.Project;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Compose;

/// <summary>Several files, extends, include, !reset and !override, as compose-go's override and loader tests have them.</summary>
public sealed class MergingTests
{
    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    [Test]
    public void Ports_of_a_later_file_are_added_and_the_same_one_is_not_doubled() =>
        Assert.That(Over("image: a\n    ports: [\"8080:80\", 9000]", "ports: [\"8080:80/tcp\", \"8443:443\"]").Ports.Select(p => $"{p.Published}:{p.Target}"), Is.EqualTo(new[] { "8080:80/tcp", ":9000/tcp", "8443:443/tcp" }));

    [Test]
    public void A_range_that_meets_one_of_its_ports_is_not_doubled() =>
        Assert.That(Over("image: a\n    ports: [\"8080-8081:80-81\"]", "ports: [{ target: 81, published: \"8081\" }]").Ports.Select(p => $"{p.Published}:{p.Target}"), Is.EqualTo(new[] { "8080:80/tcp", "8081:81/tcp" }));

    [Test]
    public void Environment_is_merged_by_name_over_both_forms() =>
        Assert.That(Over("image: a\n    environment: { A: 1, B: 1 }", "environment: [B=2, C=3]").Environment, Is.EqualTo(new[] { "A=1", "B=2", "C=3" }));

    [Test]
    public void Commands_replace_each_other() => Assert.That(Over("image: a\n    command: [a, b]", "command: c d").Command, Is.EqualTo(new[] { "c", "d" }));

    [Test]
    public void Networks_of_both_forms_are_merged_by_name() =>
        Assert.That(Over("image: a\n    networks: [front, back]", "networks: { back: { aliases: [b] } }", "\nnetworks: { front: , back: }").Networks.Select(n => $"{n.Key} {string.Join(',', n.Aliases)}"), Is.EqualTo(new[] { "back b", "front " }));

    [Test]
    public void Dns_and_search_domains_are_added_up() => Assert.That(Over("image: a\n    dns: 1.1.1.1", "dns: [2.2.2.2, 1.1.1.1]").Dns, Is.EqualTo(new[] { "1.1.1.1", "2.2.2.2" }));

    [Test]
    public void Extra_hosts_are_added_up_over_both_forms() =>
        Assert.That(Over("image: a\n    extra_hosts: [\"a=1.1.1.1\"]", "extra_hosts: { b: [2.2.2.2, \"[::1]\"] }").ExtraHosts, Is.EqualTo(new[] { "a:1.1.1.1", "b:2.2.2.2", "b:::1" }));

    [Test]
    public void What_is_reset_is_gone() => Assert.That(Over("image: a\n    ports: [80]\n    hostname: h", "ports: !reset []\n    hostname: !reset null") is var s ? (s.Ports.Count, s.Hostname) : default, Is.EqualTo((0, "")));

    [Test]
    public void What_overrides_stands_alone() => Assert.That(Over("image: a\n    ports: [80, 81]", "ports: !override [82]").Ports.Select(p => p.Target), Is.EqualTo(new[] { "82/tcp" }));

    [Test]
    public void A_null_leaves_what_was_there() => Assert.That(Over("image: a\n    hostname: h", "hostname:").Hostname, Is.EqualTo("h"));

    [Test]
    public void Pools_of_the_same_subnet_are_one() =>
        Assert.That(Files("services: { a: { image: a, networks: [n] } }\nnetworks: { n: { ipam: { config: [{ subnet: 10.1.0.0/24 }] } } }", "networks: { n: { ipam: { config: [{ subnet: 10.1.0.0/24, gateway: 10.1.0.9 }] } } }")
            .Networks[0].Request.Subnets.Select(s => (s.Subnet, s.Gateway)), Is.EqualTo(new[] { ("10.1.0.0/24", (string?)"10.1.0.9") }));

    [Test]
    public void A_mapping_is_not_overridden_by_a_word() =>
        Assert.That(() => Over("image: a\n    healthcheck: { test: [NONE] }", "healthcheck: none"), Throws.Exception.With.Message.Contains("services.web.healthcheck: a mapping (/shop/compose.yaml:4:18) can't be overridden by a string"));

    [Test]
    public void An_override_file_is_found_beside_a_file_of_the_usual_name() =>
        Assert.That(Projects.Load(("compose.yaml", "services: { a: { image: a } }"), ("compose.override.yaml", "services: { a: { hostname: over } }")).Services[0].Hostname, Is.EqualTo("over"));

    [Test]
    public void An_override_file_is_not_taken_when_files_are_named() =>
        Assert.That(Projects.Load(new ComposeWish { FilesAlone = true }, NoVariables, ("compose.yaml", "services: { a: { image: a } }"), ("compose.override.yaml", "services: { a: { hostname: over } }")).Services[0].Hostname, Is.Empty);

    [Test]
    public void Documents_of_a_file_are_laid_over_each_other() =>
        Assert.That(Projects.Load("services: { a: { image: a } }\n---\nservices: { a: { hostname: h } }\n").Services[0].Hostname, Is.EqualTo("h"));

    [Test]
    public void A_service_extends_one_of_its_file_and_keeps_its_own_words() =>
        Assert.That(Projects.Load("services:\n  base: { image: a, environment: { A: 1, B: 1 }, ports: [80] }\n  web: { extends: base, environment: { B: 2 }, ports: [81] }\n").Services[1] is var s ? (s.Image, string.Join(' ', s.Environment), s.Ports.Count) : default,
            Is.EqualTo(("a", "A=1 B=2", 2)));

    [Test]
    public void A_service_resets_what_it_extends() =>
        Assert.That(Projects.Load("services:\n  base: { image: a, ports: [80] }\n  web: { extends: base, ports: !reset [] }\n").Services[1].Ports, Is.Empty);

    [Test]
    public void A_service_of_another_file_brings_the_files_of_its_own_folder() =>
        Assert.That(Projects.Load(("compose.yaml", "services: { web: { extends: { file: common/base.yaml, service: base } } }"), ("common/base.yaml", "services: { base: { image: a, env_file: base.env } }"), ("common/base.env", "A=1")).Services[0].Environment,
            Is.EqualTo(new[] { "A=1" }));

    [Test]
    public void Extending_goes_on_from_file_to_file() =>
        Assert.That(Projects.Load(("compose.yaml", "services: { web: { extends: { file: b.yaml, service: b } } }"), ("b.yaml", "services: { b: { extends: { file: c.yaml, service: c }, hostname: h } }"), ("c.yaml", "services: { c: { image: c } }")).Services[0] is var s ? (s.Image, s.Hostname) : default,
            Is.EqualTo(("c", "h")));

    [Test]
    public void An_included_project_has_its_own_variables_and_networks() =>
        Assert.That(Projects.Load(("compose.yaml", "include: [sub/compose.yaml]\nservices: { web: { image: a, networks: [inner] } }"), ("sub/compose.yaml", "services: { db: { image: \"redis:${TAG}\", networks: [inner] } }\nnetworks: { inner: { internal: true } }"), ("sub/.env", "TAG=7"))
            is var p ? (string.Join(' ', p.Services.Select(s => s.Image)), p.Networks[0].Request.Internal) : default, Is.EqualTo(("redis:7 a", true)));

    [Test]
    public void This_file_wins_over_what_it_includes() =>
        Assert.That(Projects.Load(("compose.yaml", "include: [{ path: sub.yaml }]\nservices: { db: { hostname: mine } }"), ("sub.yaml", "services: { db: { image: redis, hostname: theirs } }")).Services[0].Hostname, Is.EqualTo("mine"));

    private static ComposeService Over(string under, string over, string more = "") => Files($"services:\n  web:\n    {under}{more}\n", $"services:\n  web:\n    {over}\n").Services[0];

    private static ComposeProject Files(string under, string over) => Projects.Load(new ComposeWish { Files = ["over.yaml"] }, NoVariables, ("compose.yaml", under), ("over.yaml", over));
}
