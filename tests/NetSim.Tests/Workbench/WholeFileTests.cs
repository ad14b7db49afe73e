using NetSim.Model.Input;
using NetSim.Workbench.Exporting;
using NUnit.Framework;

namespace NetSim.Tests.Workbench;

public sealed class WholeFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("netsim-test").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void What_breaks_off_leaves_nothing_and_keeps_the_former_file()
    {
        string path = Path.Combine(_folder, "a.txt");
        File.WriteAllText(path, "before");

        Assert.That(() => WholeFile.Write(path, _ => throw new InvalidOperationException()), Throws.InvalidOperationException);
        Assert.That((File.ReadAllText(path), Directory.GetFiles(_folder).Length), Is.EqualTo(("before", 1)));
    }

    [Test]
    public void A_place_that_cannot_be_written_is_told_in_a_sentence() =>
        Assert.That(() => WholeFile.Write(Path.Combine(_folder, "no", "a.txt"), _ => { }), Throws.TypeOf<MachineException>().With.Message.Contains("can't be written"));
}
