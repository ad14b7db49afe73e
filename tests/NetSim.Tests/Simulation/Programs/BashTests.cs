using NUnit.Framework;

namespace NetSim.Tests.Simulation.Programs;

public sealed class BashTests
{
    [TestCase("cat <<END\nsum $((1+2))\nEND\necho after", "sum 3\nafter\n", TestName = "A_here_document_is_expanded")]
    [TestCase("cat <<'END'\n$HOME\nEND", "$HOME\n", TestName = "A_here_document_with_a_quoted_delimiter_is_not")]
    [TestCase("cat <<-END\n\tone\n\tEND", "one\n", TestName = "A_here_document_may_be_indented_by_tabs")]
    [TestCase("cat <<< 'a  b'", "a  b\n", TestName = "A_here_string_ends_in_a_newline")]
    [TestCase("trap 'echo bye' EXIT; echo hi; exit 3", "hi\nbye\n", TestName = "A_trap_runs_at_the_exit")]
    [TestCase("a=(x 'y z' w); a[3]=v; for i in \"${a[@]}\"; do echo \"$i\"; done; echo ${#a[@]} ${a[1]} $a", "x\ny z\nw\nv\n4 y z x\n", TestName = "An_array_keeps_its_elements_apart")]
    [TestCase("echo a:b:c | (IFS=:; read x y z; echo $z$y$x)", "cba\n", TestName = "Read_splits_at_IFS")]
    [TestCase("IFS=, read x y <<< '1,2'; echo $y$x", "21\n", TestName = "An_IFS_before_read_holds_for_it_alone")]
    [TestCase("set -e; if false; then echo no; fi; false || echo kept; echo on; false; echo never", "kept\non\n", TestName = "Set_e_ends_at_a_failure_that_no_condition_asks_for")]
    [TestCase("v=abcdef; echo ${v:1:3} ${v/cd/-} ${v//[ae]/x}", "bcd ab-ef xbcdxf\n", TestName = "Parts_and_replacements_of_a_value")]
    [TestCase("set -o pipefail; false | true; echo $?", "1\n", TestName = "With_pipefail_a_pipe_fails_with_any_of_its_commands")]
    [TestCase("printf 'w1 80\nw2 81\n' | while read h p; do echo \"$p-$h\"; done", "80-w1\n81-w2\n", TestName = "While_read_takes_line_by_line")]
    public void Bash_does_it(string text, string output) => Assert.That(new Stage().Run("c1", "bash", "-c", text).Output, Is.EqualTo(output));

    [Test]
    public void A_pattern_gives_way_to_the_files_it_fits()
    {
        var stage = new Stage();
        stage.Write("c1", "/tmp/b.txt", "");
        stage.Write("c1", "/tmp/a.txt", "");

        Assert.That(stage.Shell("echo /tmp/*.txt /none/*").Output, Is.EqualTo("/tmp/a.txt /tmp/b.txt /none/*\n"));
    }

    [Test]
    public void A_connection_opened_by_redirection_is_written_and_read()
    {
        var stage = new Stage();
        stage.Start("c2", "sh", "-c", "echo hello | nc -l -p 7 -q 1");
        stage.Simulator.RunFor(TimeSpan.FromSeconds(1));

        Assert.That(stage.Run("c1", "bash", "-c", "exec 3<>/dev/tcp/172.18.0.3/7; echo hi >&3; head -n 1 <&3").Output, Is.EqualTo("hello\n"));
    }

    [Test]
    public void A_refused_connection_by_redirection_fails_the_command()
    {
        var process = new Stage().Run("c1", "bash", "-c", "(echo > /dev/tcp/172.18.0.3/81) 2>/dev/null && echo open || echo closed");

        Assert.That(process.Output, Is.EqualTo("closed\n"));
    }
}
