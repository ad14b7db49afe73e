using System.Runtime.ExceptionServices;
using NetSim.Model.Input;

namespace NetSim.Capture.Sockets;

/// <summary>Runs something in another network namespace: on a thread that enters it and ends with it. What it opens there stays there.</summary>
internal static class NamespaceEntry
{
    private const int NetworkNamespace = 0x4000_0000;

    /// <summary>Runs in the namespace of a file, or here when there is none.</summary>
    /// <exception cref="MachineException">There is no such namespace, or no right to enter it.</exception>
    public static T Run<T>(string? file, Func<T> work)
    {
        if (file is null) return work();
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(file);
                result = work();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    private static void Enter(string file)
    {
        try
        {
            using var handle = File.OpenHandle(file);
            if (SystemCalls.SetNamespace(handle.DangerousGetHandle().ToInt32(), NetworkNamespace) == 0) return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MachineException($"There is no network namespace {file} that can be opened.", "ip netns list");
        }
        throw new MachineException($"Entering the network namespace {file} needs the right CAP_SYS_ADMIN.", "run it with sudo");
    }
}
