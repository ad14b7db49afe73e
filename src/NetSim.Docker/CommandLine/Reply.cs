using System.Text;
using NetSim.Docker.Books;
using NetSim.Model.Topology;

namespace NetSim.Docker.CommandLine;

/// <summary>What a command prints and returns, while it is made.</summary>
internal sealed class Reply
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    /// <summary>Standard output.</summary>
    public string Output => _output.ToString();

    /// <summary>Standard error.</summary>
    public string Error => _error.ToString();

    /// <summary>Exit code.</summary>
    public int ExitCode { get; set; }

    /// <summary>The process to wait for, or null.</summary>
    public ProcessSpec? Foreground { get; set; }

    /// <summary>A line on standard output.</summary>
    public void Line(string text) => _output.Append(text).Append('\n');

    /// <summary>Text on standard output.</summary>
    public void Text(string text) => _output.Append(text);

    /// <summary>A line on standard error.</summary>
    public void ErrorLine(string text) => _error.Append(text).Append('\n');

    /// <summary>A refusal by the daemon.</summary>
    public void Refused(string message)
    {
        ErrorLine("Error response from daemon: " + message);
        ExitCode = 1;
    }

    /// <summary>Does the same with each of several names: prints the name that it went well with, the refusal otherwise, and goes on.</summary>
    /// <returns>The names that were refused.</returns>
    public List<string> ForEach(IEnumerable<string> names, Action<string> what, Func<string, DaemonException, string>? text = null)
    {
        var refused = new List<string>();
        foreach (string name in names)
        {
            try
            {
                what(name);
                Line(name);
            }
            catch (DaemonException fault)
            {
                ErrorLine(text?.Invoke(name, fault) ?? "Error response from daemon: " + fault.Message);
                ExitCode = 1;
                refused.Add(name);
            }
        }
        return refused;
    }
}
