using System.Text;

namespace NetSim.Simulation.Programs;

/// <summary>Where a program's output goes.</summary>
public abstract class TextSink
{
    /// <summary>Takes text.</summary>
    public abstract void Write(string text);

    /// <summary>The last writer is gone.</summary>
    public virtual void Close() { }

    /// <summary>/dev/null.</summary>
    public static TextSink Null { get; } = new Nothing();

    private sealed class Nothing : TextSink
    {
        public override void Write(string text) { }
    }
}

/// <summary>Keeps what it takes, for the step's outcome.</summary>
public sealed class CollectedText : TextSink
{
    private readonly StringBuilder _text = new();

    /// <inheritdoc/>
    public override void Write(string text) => _text.Append(text);

    /// <summary>All so far.</summary>
    public override string ToString() => _text.ToString();
}

/// <summary>A file opened for writing; each write is seen by readers at once.</summary>
public sealed class FileSink : TextSink
{
    private readonly IFiles _files;
    private readonly string _path;

    /// <summary>Opens a file: emptied, or to be appended to.</summary>
    public FileSink(IFiles files, string path, bool append)
    {
        _files = files;
        _path = path;
        if (!append || files.Read(path) is null) files.Write(path, "");
    }

    /// <inheritdoc/>
    public override void Write(string text) => _files.Write(_path, _files.Read(_path) + text);
}

/// <summary>Thrown into a program that writes to a pipe whose reader is gone (SIGPIPE).</summary>
public sealed class PipeClosedException : Exception;

/// <summary>A pipe between two programs, or a terminal nobody types at.</summary>
public sealed class TextPipe : TextSink
{
    private readonly StringBuilder _waiting = new();
    private TaskCompletionSource? _reader;
    private bool _closed;
    private bool _abandoned;

    /// <summary>An empty input that has ended (/dev/null).</summary>
    public static TextPipe Empty() => Of("");

    /// <summary>An input that is complete already.</summary>
    public static TextPipe Of(string text)
    {
        var pipe = new TextPipe();
        pipe.Write(text);
        pipe.Close();
        return pipe;
    }

    /// <inheritdoc/>
    public override void Write(string text)
    {
        if (_abandoned) throw new PipeClosedException();
        if (text.Length == 0 || _closed) return;
        _waiting.Append(text);
        Wake();
    }

    /// <inheritdoc/>
    public override void Close()
    {
        _closed = true;
        Wake();
    }

    /// <summary>The reader is gone: who writes now is killed.</summary>
    public void Abandon() => _abandoned = true;

    /// <summary>What has come, at least one character; null at the end.</summary>
    public async Task<string?> Read()
    {
        while (_waiting.Length == 0)
        {
            if (_closed) return null;
            _reader ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            await _reader.Task;
        }
        string text = _waiting.ToString();
        _waiting.Clear();
        return text;
    }

    /// <summary>A line without its end; null at the end of the input.</summary>
    public async Task<string?> ReadLine()
    {
        var line = new StringBuilder();
        while (await Read() is { } text)
        {
            line.Append(text);
            int end = line.ToString().IndexOf('\n', StringComparison.Ordinal);
            if (end < 0) continue;
            _waiting.Insert(0, line.ToString(end + 1, line.Length - end - 1));
            return line.ToString(0, end);
        }
        return line.Length > 0 ? line.ToString() : null;
    }

    /// <summary>Everything up to the end.</summary>
    public async Task<string> ReadAll()
    {
        var all = new StringBuilder();
        while (await Read() is { } text) all.Append(text);
        return all.ToString();
    }

    private void Wake()
    {
        var reader = _reader;
        _reader = null;
        reader?.TrySetResult();
    }
}
