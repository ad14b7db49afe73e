using NetSim.Model.Input;

namespace NetSim.Scenarios.Reading;

/// <summary>Files that people wrote.</summary>
internal static class TextFile
{
    private const int Largest = 4 << 20;

    /// <summary>The text of a file, or null where there is none.</summary>
    /// <exception cref="InputException">It is there and can't be read, or is larger than anything a person writes.</exception>
    public static string? Read(string path)
    {
        try
        {
            if (!File.Exists(path)) return null;
            if (new FileInfo(path).Length > Largest) throw new InputException(path, "", "this is larger than 4 MiB, which no scenario is");
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, "", "the file can't be read: " + e.Message);
        }
    }
}
