using NetSim.Model.Input;

namespace NetSim.Docker.Compose.Reading;

/// <summary>Where something stands in a Compose file, both numbers from 1; line 0 is the file as a whole.</summary>
internal readonly record struct ComposePlace(string File, int Line, int Column)
{
    /// <summary>A complaint about it.</summary>
    public InputException Wrong(string problem) => new(File, Line == 0 ? "" : $"{Line}:{Column}", problem);

    /// <summary>"compose.yaml:4:7".</summary>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}
