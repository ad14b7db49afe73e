using NUnit.Framework;

namespace NetSim.Tests.Simulation.Programs;

public sealed class FilterTests
{
    [TestCase("echo 'a b c' | awk '{print $2}'", "b\n")]
    [TestCase("printf '1 x\\n2 y\\n' | awk '$1 > 1 {print $NF, NR}'", "y 2\n")]
    [TestCase("printf 'a:b\\n' | awk -F: '/a/ {print $2 \"-\" $1}'", "b-a\n")]
    [TestCase("seq 1 4 | awk '{ s += $1 } END { print s }'", "10\n")]
    [TestCase("printf 'a\\nb\\na\\n' | awk '{ n[$1]++ } END { for (k in n) print k, n[k] }'", "a 2\nb 1\n")]
    [TestCase("echo 7 | awk '{ printf \"%03d|%-4s|%.1f\\n\", $1, \"x\", $1 / 2 }'", "007|x   |3.5\n")]
    [TestCase("echo 10.0.0.7 | awk '{ split($0, p, \".\"); if (p[4] > 5) print \"big\"; else print \"small\" }'", "big\n")]
    [TestCase("printf 'one\\ntwo\\n' | sed 's/o/0/g'", "0ne\ntw0\n")]
    [TestCase("seq 1 5 | sed -n '2,3p'", "2\n3\n")]
    [TestCase("seq 1 5 | sed '/3/d;$d'", "1\n2\n4\n")]
    [TestCase("echo 'port 8080' | sed -E 's/port ([0-9]+)/\\1!/'", "8080!\n")]
    [TestCase("echo abc | sed 's/\\(a\\)\\(b\\)/\\2\\1/'", "bac\n")]
    [TestCase("seq 1 5 | xargs -n 2 echo", "1 2\n3 4\n5\n")]
    [TestCase("printf 'a\\nb\\n' | xargs -I X echo X-X", "a-a\nb-b\n")]
    [TestCase("echo hello | tee /tmp/t | rev; cat /tmp/t", "olleh\nhello\n")]
    [TestCase("printf '' | md5sum", "d41d8cd98f00b204e9800998ecf8427e  -\n")]
    [TestCase("expr 3 + 4; basename /a/b.txt .txt; dirname /a/b.txt", "7\nb\n/a\n")]
    [TestCase("mkdir -p /tmp/d/e && touch /tmp/d/f && ls /tmp/d && rm -r /tmp/d && ls -d /tmp/d", "e\nf\n")]
    public void Filters_print_what_the_real_ones_do(string text, string printed) => Assert.That(new Stage().Shell(text).Output, Is.EqualTo(printed));

    [TestCase("for ((i=0;i<3;i++)); do echo $i; done", "0\n1\n2\n")]
    [TestCase("[[ abc == a* && 1 -lt 2 ]] && echo match", "match\n")]
    [TestCase("echo {1..3} x{a,b}", "1 2 3 xa xb\n")]
    [TestCase("n=1; (( n += 4 )); echo $n $((n++)) $n", "5 5 6\n")]
    [TestCase("sleep 100 & kill $!; wait $!; echo $?", "143\n")]
    [TestCase("[ -d /etc ] && [ ! -e /nosuch ] && echo both", "both\n")]
    [TestCase("kill %1 2>/dev/null; echo $?", "1\n")]
    public void The_shell_knows_bash(string text, string printed) => Assert.That(new Stage().Shell(text).Output, Is.EqualTo(printed));

    [Test]
    public void Pythons_web_server_serves_files_and_lists_folders()
    {
        var stage = new Stage(2);
        stage.Write("c1", "/srv/a.txt", "text\n");
        stage.Start("c1", "python3", "-m", "http.server", "8000");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(stage.Run("c2", "sh", "-c", "curl -s http://172.18.0.2:8000/srv/a.txt; curl -s http://172.18.0.2:8000/srv/ | grep a.txt; curl -s -o /dev/null -w '%{http_code} %{content_type}' http://172.18.0.2:8000/none").Output,
            Is.EqualTo("text\n<li><a href=\"a.txt\">a.txt</a></li>\n404 text/html;charset=utf-8"));
    }

    [Test]
    public void Socat_tells_its_programs_who_is_there()
    {
        var stage = new Stage(2);
        stage.Start("c1", "socat", "TCP-LISTEN:9100,fork", "SYSTEM:echo you are $SOCAT_PEERADDR");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(stage.Run("c2", "nc", "-w", "1", "172.18.0.2", "9100").Output, Is.EqualTo("you are 172.18.0.3\n"));
    }
}
