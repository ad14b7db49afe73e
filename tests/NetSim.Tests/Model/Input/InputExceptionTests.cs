using NetSim.Model.Input;
using NUnit.Framework;

namespace NetSim.Tests.Model.Input;

public sealed class InputExceptionTests
{
    [TestCase("14", "web.yaml:14: network \"a\" is not declared")]
    [TestCase("byte 24", "web.yaml:byte 24: network \"a\" is not declared")]
    [TestCase("", "web.yaml: network \"a\" is not declared")]
    public void The_message_is_one_line_with_file_and_place(string place, string message) =>
        Assert.That(new InputException("web.yaml", place, "network \"a\" is not declared").Message, Is.EqualTo(message));

    [Test]
    public void What_the_machine_lacks_comes_with_the_command_that_mends_it() =>
        Assert.That(new MachineException("libpcap is missing.", "apt-get install libpcap0.8").Message, Is.EqualTo("libpcap is missing. Mend it with: apt-get install libpcap0.8"));
}
