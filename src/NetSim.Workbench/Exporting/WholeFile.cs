using NetSim.Model.Input;

namespace NetSim.Workbench.Exporting;

/// <summary>Writes a file whole or not at all: under another name first, which is then changed.</summary>
public static class WholeFile
{
    /// <summary>Writes through a stream.</summary>
    /// <exception cref="MachineException">The file can't be written there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        if (Directory.Exists(path)) throw new MachineException($"{path} can't be written: it is a folder; name a file in it", "");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)) throw new MachineException($"{path} can't be written: there is no folder {folder}", "");
        string half = path + ".part";
        try
        {
            using (var stream = new FileStream(half, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16)) write(stream);
            File.Move(half, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"{path} can't be written: {e.Message}", "");
        }
        finally
        {
            if (File.Exists(half)) File.Delete(half);
        }
    }
}
