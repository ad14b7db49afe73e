namespace NetSim.Capture.Live;

/// <summary>Where a live capture is written to.</summary>
public sealed record LiveTarget
{
    /// <summary>The file, which is replaced; "-" is standard output. Of several files, what their names are made from: "eth0.pcapng" gives "eth0_00001_20261124150000.pcapng".</summary>
    public required string Path { get; init; }

    /// <summary>Whether it goes on in further files.</summary>
    public FileRing Ring { get; init; } = new();

    /// <summary>Ends the capture when so many bytes are written; null: goes on.</summary>
    public long? MostBytes { get; init; }

    /// <summary>Ends the capture when so many files are full; null: goes on.</summary>
    public int? MostFiles { get; init; }

    /// <summary>Is called when the file is there and the kernel keeps packets; null: nobody.</summary>
    public Action? Begun { get; init; }

    /// <summary>Is told of every packet after it is taken; null: nobody.</summary>
    public LivePacketHandler? Seen { get; init; }

    /// <summary>Is called whenever all that came is handed on; null: nobody.</summary>
    public Action? Idle { get; init; }
}
