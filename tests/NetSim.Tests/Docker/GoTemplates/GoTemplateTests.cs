using System.Text.Json.Nodes;
using NetSim.Docker.GoTemplates;
using NUnit.Framework;

namespace NetSim.Tests.Docker.GoTemplates;

public sealed class GoTemplateTests
{
    private static JsonNode Container => JsonNode.Parse("""
        {
          "Id": "f8f1baa28627", "Name": "/c1", "RestartCount": 2, "Running": true, "Text": "a <b> & \"c\"",
          "Config": { "Labels": { "b": "2", "a": "1" }, "ExposedPorts": { "80/tcp": {} }, "Cmd": ["sleep", "1d"], "Env": null },
          "HostConfig": { "Links": ["/db:/c1/db", "/db:/c1/cache"], "Dns": [] },
          "NetworkSettings": {
            "Ports": { "80/tcp": [ { "HostIp": "0.0.0.0", "HostPort": "8080" } ], "81/tcp": null },
            "Networks": {
              "zeta": { "IPAMConfig": null, "IPAddress": "172.18.0.2", "Gateway": "172.18.0.1" },
              "alpha": { "IPAMConfig": null, "IPAddress": "172.19.0.2", "Gateway": "172.19.0.1" } }
          }
        }
        """)!;

    [TestCase("{{.Name}} {{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}", "/c1 172.19.0.2 172.18.0.2 ")]
    [TestCase("{{range $k, $v := .NetworkSettings.Networks}}{{$k}} {{$v.IPAddress}} {{$v.Gateway}};{{end}}", "alpha 172.19.0.2 172.19.0.1;zeta 172.18.0.2 172.18.0.1;")]
    [TestCase("{{define \"ip\"}}{{.IPAddress}};{{end}}{{range .NetworkSettings.Networks}}{{template \"ip\" .}}{{end}}", "172.19.0.2;172.18.0.2;")]
    [TestCase("{{block \"b\" .Config.Cmd}}{{index $ 0}}{{end}}", "sleep")]
    [TestCase("{{html .Text}}|{{js .Text}}", "a &lt;b&gt; &amp; &#34;c&#34;|a \\u003Cb\\u003E \\u0026 \\\"c\\\"")]
    [TestCase("{{.HostConfig.Links}}", "[/db:/c1/db /db:/c1/cache]")]
    [TestCase("{{json .HostConfig}}", """{"Links":["/db:/c1/db","/db:/c1/cache"],"Dns":[]}""")]
    [TestCase("{{json .Text}}", "\"a <b> & \\\"c\\\"\"")]
    [TestCase("{{.NetworkSettings.Networks.alpha.IPAddress}}", "172.19.0.2")]
    [TestCase("{{(index .NetworkSettings.Networks \"zeta\").IPAddress}}", "172.18.0.2")]
    [TestCase("{{(index (index .NetworkSettings.Ports \"80/tcp\") 0).HostPort}}", "8080")]
    [TestCase("{{index .Config.Labels \"a\"}}{{index .Config.Labels \"zz\"}}.", "1.")]
    [TestCase("{{.Config.Labels}}", "map[a:1 b:2]")]
    [TestCase("{{.Config.ExposedPorts}}", "map[80/tcp:{}]")]
    [TestCase("{{.Config.Labels.nosuch}}", "<no value>")]
    [TestCase("{{.Config.Env}}", "[]")]
    [TestCase("{{.NetworkSettings.Networks.zeta.IPAMConfig}}", "<nil>")]
    [TestCase("{{if .Running}}up{{else}}down{{end}}", "up")]
    [TestCase("{{if .HostConfig.Dns}}dns{{else if eq .RestartCount 2}}two{{else}}none{{end}}", "two")]
    [TestCase("{{with .HostConfig.Dns}}x{{else}}none{{end}}", "none")]
    [TestCase("{{with .Config}}{{len .Labels}} {{$.Name}}{{end}}", "2 /c1")]
    [TestCase("{{range $i, $c := .Config.Cmd}}{{if $i}}, {{end}}{{$c}}{{end}}", "sleep, 1d")]
    [TestCase("{{range .HostConfig.Dns}}x{{else}}empty{{end}}", "empty")]
    [TestCase("{{join .Config.Cmd \"+\"}}", "sleep+1d")]
    [TestCase("{{join (split .Name \"c\") \"-\" | upper}}", "/-1")]
    [TestCase("{{.Name | printf \"%-6s|%q\" \"x\"}}", "x     |\"/c1\"")]
    [TestCase("{{printf \"%05d %t %v %%\" .RestartCount .Running .Config.Cmd}}", "00002 true [sleep 1d] %")]
    [TestCase("{{title \"hello world\"}} {{lower \"ABC\"}}", "Hello World abc")]
    [TestCase("{{range .Config.Cmd}}{{println .}}{{end}}", "sleep\n1d\n")]
    [TestCase("{{and .Running (not .HostConfig.Dns)}} {{or \"\" \"x\"}} {{ne 1 2}} {{lt 1 2}}", "true x true true")]
    [TestCase("{{eq .Name \"/a\" \"/c1\"}}", "true")]
    [TestCase("a {{- \" b \" -}} c", "a b c")]
    [TestCase("a{{/* remark */}}b{{- /* remark */ -}} c", "abc")]
    [TestCase("{{$x := .Name}}{{$x}}{{$x = \"y\"}}{{$x}}", "/c1y")]
    [TestCase("{{range $k, $v := .Config.Labels}}{{if eq $k \"b\"}}{{break}}{{end}}{{$k}}{{end}}", "a")]
    [TestCase("{{slice .Id 0 4}} {{truncate .Id 3}} {{pad .Id 1 1}}.", "f8f1 f8f  f8f1baa28627 .")]
    [TestCase("{{print 1 2 \"x\" 3}} {{`raw\\n`}} {{\"\\u00e4\\n\"}}", "1 2x3 raw\\n ä\n")]
    [TestCase("{{\"{{\"}}", "{{")]
    public void A_template_is_filled_in_as_the_docker_client_does(string template, string text)
    {
        Assert.That(GoTemplate.Execute(template, Container, GoTemplate.InspectMaps), Is.EqualTo(text));
    }

    [TestCase("{{.Label \"a\"}}", "1")]
    [TestCase("{{.Label \"zz\"}}.", ".")]
    [TestCase("{{.Nosuch}}", "<no value>")]
    public void Rows_of_a_list_have_labels_and_no_value_for_what_is_missing(string template, string text)
    {
        var row = JsonNode.Parse("""{ "Names": "c1", "Labels": "a=1,b=2" }""");

        Assert.That(GoTemplate.Execute(template, row), Is.EqualTo(text));
    }

    [TestCase("{{.Foo}}", "template: :1:2: executing \"\" at <.Foo>: map has no entry for key \"Foo\"")]
    [TestCase("{{.Config.Foo.Bar}}", "template: :1:9: executing \"\" at <.Config.Foo.Bar>: map has no entry for key \"Foo\"")]
    [TestCase("{{.NetworkSettings.Networks.nosuch.IPAddress}}", "template: :1:18: executing \"\" at <.NetworkSettings.Networks.nosuch.IPAddress>: map has no entry for key \"nosuch\"")]
    [TestCase("{{.Name.Foo}}", "template: :1:7: executing \"\" at <.Name.Foo>: can't evaluate field Foo in type interface {}")]
    [TestCase("{{index .Config.Cmd 5}}", "template: :1:2: executing \"\" at <index .Config.Cmd 5>: error calling index: index out of range: 5")]
    [TestCase("{{.Name", "template: :1: unclosed action")]
    [TestCase("{{if .Name}}x", "template: :1: unexpected EOF")]
    [TestCase("x{{end}}", "template: :1: unexpected {{end}}")]
    [TestCase("{{nosuch .Name}}", "template: :1: function \"nosuch\" not defined")]
    [TestCase("{{template \"x\" .}}", "template: :1:2: executing \"\" at <{{template \"x\" .}}>: template \"x\" not defined")]
    [TestCase("{{$x}}", "template: :1: undefined variable \"$x\"")]
    [TestCase("{{}}", "template: :1: missing value for command")]
    [TestCase("{{\"abc}}", "template: :1: unterminated quoted string")]
    [TestCase("a\n{{if}}{{end}}", "template: :2: missing value for if")]
    public void A_wrong_template_fails_with_the_words_of_the_docker_client(string template, string problem)
    {
        var failed = Assert.Throws<GoTemplateException>(() => GoTemplate.Execute(template, Container, GoTemplate.InspectMaps));

        Assert.That(failed.Message, Is.EqualTo($"template parsing error: {problem}"));
    }

    [Test]
    public void Hostile_templates_fail_in_no_other_way()
    {
        string[] words = ["{{", "}}", "{{-", "-}}", ".", ".Name", "$", "$x", ":=", "=", ",", "|", "(", ")", "range", "if", "else", "end", "with", "\"", "`", "'", "\\", "index", "printf", "%d", "1", "-", "json", "/*", "*/", " ", "break", "nil", "é"];
        var chance = new Random(7);
        var templates = Enumerable.Range(0, 30_000).Select(_ => "{{" + string.Concat(Enumerable.Range(0, chance.Next(14)).Select(_ => words[chance.Next(words.Length)] + (chance.Next(2) == 0 ? " " : "")))).ToList();

        Assert.That(() => templates.Count(IsTemplate), Throws.Nothing);
    }

    private static bool IsTemplate(string template)
    {
        try
        {
            return GoTemplate.Execute(template, Container, GoTemplate.InspectMaps).Length >= 0;
        }
        catch (GoTemplateException)
        {
            return false;
        }
    }
}
