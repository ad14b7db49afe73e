using NetSim.Docker.Compose;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Compose;

public sealed class ComposeProjectTests
{
    private const string One = "services: { a: { image: a } }";

    [TestCase(One, null, null, "shop")]
    [TestCase("name: My Shop!\n" + One, null, null, "myshop")]
    [TestCase("name: ${N:-x}-y\n" + One, null, null, "x-y")]
    [TestCase("name: mine\n" + One, "theirs", null, "theirs")]
    [TestCase("name: mine\n" + One, "theirs", "given", "given")]
    public void A_project_is_called_by_its_option_its_variable_its_name_or_its_folder(string text, string? variable, string? option, string name)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (variable is not null) environment["COMPOSE_PROJECT_NAME"] = variable;

        Assert.That(Projects.Load(new ComposeWish { Name = option }, environment, ("compose.yaml", text)).Name, Is.EqualTo(name));
    }

    [Test]
    public void A_name_that_is_given_must_be_one() =>
        Assert.That(() => Projects.Load(new ComposeWish { Name = "My Shop" }, new Dictionary<string, string>(StringComparer.Ordinal), ("compose.yaml", One)), Throws.Exception.With.Message.StartsWith("-p: invalid project name \"My Shop\""));

    [Test]
    public void The_environment_wins_over_the_file_of_variables()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "outer" };

        var service = Projects.Load(new ComposeWish(), environment, ("compose.yaml", "services: { a: { image: \"${A}-${B}\" } }"), (".env", "A=inner\nB=inner\n")).Services[0];

        Assert.That(service.Image, Is.EqualTo("outer-inner"));
    }

    [Test]
    public void A_file_of_variables_that_is_named_takes_the_place_of_the_usual_one() =>
        Assert.That(Projects.Load(new ComposeWish { EnvFiles = ["/shop/test.env"] }, new Dictionary<string, string>(StringComparer.Ordinal), ("compose.yaml", "services: { a: { image: \"x${A}\" } }"), (".env", "A=1"), ("test.env", "A=2")).Services[0].Image, Is.EqualTo("x2"));

    [Test]
    public void A_variable_that_is_not_set_is_said_once_with_its_place() =>
        Assert.That(Projects.Load("services:\n  a: { image: \"a${X}\", hostname: \"b${X}\" }\n").Warnings, Is.EqualTo(new[] { "/shop/compose.yaml:2:15: the \"X\" variable is not set; it is taken to be empty" }));

    [Test]
    public void Environment_takes_a_value_from_outside_and_leaves_out_what_is_nowhere()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["A"] = "1" };

        Assert.That(Projects.Load(new ComposeWish(), environment, ("compose.yaml", "services: { a: { image: a, environment: [A, B, C=3] } }")).Services[0].Environment, Is.EqualTo(new[] { "A=1", "C=3" }));
    }

    [Test]
    public void Environment_wins_over_its_files_and_a_later_file_over_an_earlier() =>
        Assert.That(Projects.Load(("compose.yaml", "services: { a: { image: a, environment: { C: own }, env_file: [one.env, { path: two.env }, { path: none.env, required: false }] } }"), ("one.env", "A=1\nB=1\nC=1"), ("two.env", "B=${A}2")).Services[0].Environment,
            Is.EqualTo(new[] { "A=1", "B=12", "C=own" }));

    [TestCase("", "a")]
    [TestCase("debug", "a b")]
    [TestCase("other,debug", "a b c")]
    [TestCase("*", "a b c")]
    public void Profiles_say_which_services_are_there(string profiles, string names)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["COMPOSE_PROFILES"] = profiles };

        var project = Projects.Load(new ComposeWish(), environment, ("compose.yaml", "services: { a: { image: a }, b: { image: b, profiles: [debug] }, c: { image: c, profiles: [other] } }"));

        Assert.That(string.Join(' ', project.ServiceNames), Is.EqualTo(names));
    }

    [TestCase("80", ":80/tcp")]
    [TestCase("\"8080:80\"", "8080:80/tcp")]
    [TestCase("\"127.0.0.1:8080:80/udp\"", "127.0.0.1 8080:80/udp")]
    [TestCase("\"[::1]:8080:80\"", "::1 8080:80/tcp")]
    [TestCase("\"127.0.0.1::80\"", "127.0.0.1 :80/tcp")]
    [TestCase("\"3000-3001\"", ":3000/tcp, :3001/tcp")]
    [TestCase("\"9090-9091:8080-8081\"", "9090:8080/tcp, 9091:8081/tcp")]
    [TestCase("\"8000-9000:80\"", "8000-9000:80/tcp")]
    [TestCase("{ target: 80, published: 8080, host_ip: 127.0.0.1, protocol: udp, mode: host, name: web, app_protocol: http }", "127.0.0.1 8080:80/udp")]
    [TestCase("{ target: \"80\", published: \"8000-9000\" }", "8000-9000:80/tcp")]
    [TestCase("{ target: 80 }", ":80/tcp")]
    public void A_port_is_understood_in_all_its_forms(string form, string meaning) =>
        Assert.That(string.Join(", ", Projects.Load($"services: {{ a: {{ image: a, ports: [{form}] }} }}").Services[0].Ports.Select(p => $"{p.HostAddress} {p.Published}:{p.Target}".TrimStart())), Is.EqualTo(meaning));

    [TestCase("echo one two", "echo|one|two")]
    [TestCase("sh -c 'a && b'", "sh|-c|a && b")]
    [TestCase("echo \\\"x\\\"", "echo|\"x\"")]
    [TestCase("echo $$HOME $$(date)", "echo|$HOME|$(date)")]
    [TestCase("echo a && echo b", "echo|a")]
    public void A_command_is_split_without_a_shell(string command, string words) =>
        Assert.That(string.Join('|', Projects.Load($"services:\n  a:\n    image: a\n    command: {command}\n").Services[0].Command!), Is.EqualTo(words));

    [Test]
    public void A_command_that_a_shell_would_have_to_read_is_warned_of() =>
        Assert.That(Projects.Load("services:\n  a:\n    image: a\n    command: echo a && echo b\n").Warnings[0], Does.StartWith("/shop/compose.yaml:4:14: services.a.command ends before \"&& echo b\""));

    [Test]
    public void The_obsolete_version_is_warned_of() => Assert.That(Projects.Load("version: \"3\"\n" + One).Warnings[0], Does.StartWith("/shop/compose.yaml:1:1: the attribute `version` is obsolete"));

    [Test]
    public void Extension_fields_stand_anywhere() =>
        Assert.That(Projects.Load("x-base: &base { image: a, x-mine: { deep: [1] } }\nservices: { a: { <<: *base, x-more: 1 } }\nnetworks: { default: { x-net: 1 } }").ServiceNames, Is.EqualTo(new[] { "a" }));

    [Test]
    public void What_is_of_no_concern_to_networking_is_taken_without_a_word() =>
        Assert.That(Projects.Load("""
            services:
              a:
                image: a
                build: { context: ., args: [X=1], target: dev }
                volumes: [data:/var, "./x:/y:ro", { type: tmpfs, target: /t }]
                healthcheck: { test: curl -f http://localhost, interval: 1m30s, retries: 3 }
                logging: { driver: json-file, options: { max-size: 10m } }
                deploy: { resources: { limits: { cpus: "0.5", memory: 50M } }, placement: { constraints: [node.role == manager] } }
                ulimits: { nproc: 65535, nofile: { soft: 1, hard: 2 } }
                secrets: [key]
                configs: [{ source: conf, target: /c }]
                stop_grace_period: 1m
                develop: { watch: [{ path: ., action: sync, target: /app }] }
            volumes: { data: }
            secrets: { key: { file: ./key } }
            configs: { conf: { content: x } }
            """).Warnings, Is.Empty);
}
