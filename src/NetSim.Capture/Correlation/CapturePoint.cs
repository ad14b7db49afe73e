using NetSim.Capture.Files;

namespace NetSim.Capture.Correlation;

/// <summary>An interface of one of the files that are read together.</summary>
/// <param name="Number">Its number over all files.</param>
/// <param name="File">The file as the user named it.</param>
/// <param name="Interface">What the file says of it.</param>
internal sealed record CapturePoint(int Number, string File, CaptureInterface Interface);
