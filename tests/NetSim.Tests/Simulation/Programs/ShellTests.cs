using NUnit.Framework;

namespace NetSim.Tests.Simulation.Programs;

public sealed class ShellTests
{
    [TestCase("echo a; echo b", "a\nb\n")]
    [TestCase("true && echo yes || echo no", "yes\n")]
    [TestCase("false && echo yes || echo no", "no\n")]
    [TestCase("X=5; echo \"$X\" '$X' $((X*2+1))", "5 $X 11\n")]
    [TestCase("for i in 1 2 3; do echo n$i; done", "n1\nn2\nn3\n")]
    [TestCase("echo one two | tr ' ' '\\n' | tail -1", "two\n")]
    [TestCase("printf '%s-%03d\\n' a 7 b 8", "a-007\nb-008\n")]
    [TestCase("hostname >/tmp/n; cat /tmp/n /tmp/n", "c1\nc1\n")]
    [TestCase("echo x >/tmp/f; echo y >>/tmp/f; cat </tmp/f", "x\ny\n")]
    [TestCase("echo $(echo `hostname`)", "c1\n")]
    [TestCase("if [ 1 -lt 2 ]; then echo less; else echo more; fi", "less\n")]
    [TestCase("case web1 in db*) echo d;; web?) echo w;; esac", "w\n")]
    [TestCase("f() { echo $1-$#; }; f a b", "a-2\n")]
    [TestCase("exit 3 | cat; echo $?", "0\n")]
    [TestCase("(exit 4); echo $?", "4\n")]
    [TestCase("echo ${NOPE:-other} ${HOME:+no} ${#PATH}", "other 4\n")]
    [TestCase("A=x.tar.gz; echo ${A%.*} ${A##*.}", "x.tar gz\n")]
    [TestCase("sleep 1 & wait; echo done", "done\n")]
    [TestCase("i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i", "3\n")]
    [TestCase("set -- a 'b c'; for x in \"$@\"; do echo [$x]; done", "[a]\n[b c]\n")]
    [TestCase("echo a 1>&2 2>/dev/null; echo b", "b\n")]
    [TestCase("echo one; exec echo two; echo three", "one\ntwo\n")]
    [TestCase("seq 3 | while read n; do echo \"<$n>\"; done", "<1>\n<2>\n<3>\n")]
    [TestCase("printf 'b\\na\\n' | sort | head -1", "a\n")]
    [TestCase("echo abc | grep -c b; echo a:b | cut -d: -f2", "1\nb\n")]
    public void A_line_prints_what_a_real_shell_prints(string line, string printed) =>
        Assert.That(new Stage(1).Shell(line).Output, Is.EqualTo(printed));

    [Test]
    public void An_unknown_command_ends_with_127_and_a_warning()
    {
        var stage = new Stage(1);

        var shell = stage.Shell("frobnicate");

        Assert.That((shell.ExitCode, shell.Error, stage.Simulator.Warnings.Count), Is.EqualTo((127, "sh: line 1: frobnicate: command not found\n", 1)));
    }

    [TestCase("echo 'open")]
    [TestCase("if true; then")]
    [TestCase("a | | b")]
    [TestCase("echo $(")]
    [TestCase("for in")]
    public void A_broken_line_is_a_syntax_error(string line) =>
        Assert.That(new Stage(1).Shell(line).ExitCode, Is.EqualTo(2));

    [Test]
    public void Random_text_never_throws()
    {
        const string letters = "ab $(){}[]|&;<>'\"`\\\n*?#=!-1";
        var chance = new Random(7);
        var stage = new Stage(1);
        for (int i = 0; i < 1500; i++)
        {
            var text = new string(Enumerable.Range(0, chance.Next(1, 24)).Select(_ => letters[chance.Next(letters.Length)]).ToArray());
            var process = stage.Start("c1", "sh", "-c", text);
            stage.Simulator.RunFor(TimeSpan.FromMilliseconds(10));
            process.Signal("KILL");
        }
        Assert.That(stage.Simulator.Now.Nanoseconds, Is.Positive);
    }

    [Test]
    public void A_program_after_exec_takes_the_shells_place_for_signals()
    {
        var stage = new Stage(1);
        var shell = stage.StartAs("ctr:c1", "c1", null, "sh", "-c", "exec redis-server");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        shell.Signal("TERM");

        Assert.That(shell.ExitCode, Is.Zero);
    }

    [Test]
    public void A_containers_first_process_that_does_not_catch_term_stays()
    {
        var stage = new Stage(1);
        var sleep = stage.StartAs("ctr:c1", "c1", null, "sleep", "1d");

        sleep.Signal("TERM");

        Assert.That(sleep.HasEnded, Is.False);
    }

    [Test]
    public void When_a_containers_first_process_dies_the_others_die_with_it()
    {
        var stage = new Stage(1);
        var first = stage.StartAs("ctr:c1", "c1", null, "sleep", "1d");
        var other = stage.Start("c1", "sleep", "1d");

        first.Signal("KILL");

        Assert.That((first.ExitCode, other.ExitCode), Is.EqualTo((137, 137)));
    }

    [Test]
    public void A_stopped_process_goes_on_where_it_was_when_it_is_continued()
    {
        var stage = new Stage(1);
        var process = stage.Start("c1", "sh", "-c", "sleep 1; echo on");
        process.Signal("STOP");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(5));
        string before = process.Output;

        process.Signal("CONT");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That((before, process.Output), Is.EqualTo(("", "on\n")));
    }

    [Test]
    public void Timeout_ends_a_program_with_124()
    {
        Assert.That(new Stage(1).Shell("timeout 2 sleep 9; echo $?").Output, Is.EqualTo("124\n"));
    }
}
