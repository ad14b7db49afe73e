namespace NetSim.Model.Input;

/// <summary>Bad input: which file, where in it, and what would be right. Caught only in the doors, which print it as one line and exit with 3.</summary>
public sealed class InputException : Exception
{
    /// <summary>Bad input at a place of a file.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="place">A line ("14"), a line and column ("14:3"), or a byte ("byte 24"); empty when the file as a whole is meant.</param>
    /// <param name="problem">What is wrong and what would be right, as one sentence without the place.</param>
    public InputException(string file, string place, string problem)
        : base(place.Length == 0 ? $"{file}: {problem}" : $"{file}:{place}: {problem}")
    {
        File = file;
        Place = place;
        Problem = problem;
    }

    /// <summary>The file as the user named it.</summary>
    public string File { get; }

    /// <summary>What is wrong and what would be right, without the place.</summary>
    public string Problem { get; }

    /// <summary>Where in the file; empty when the file as a whole is meant.</summary>
    public string Place { get; }
}
