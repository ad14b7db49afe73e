using NetSim.Simulation.Events;

namespace NetSim.Simulation.Programs;

/// <summary>Waiting for one of several things, or for all, in simulated time. (The task library's own WhenAny and WhenAll may leave the thread of the event loop.)</summary>
internal static class Waiting
{
    /// <summary>The index of the task that ends first; failures count as ends.</summary>
    public static Task<int> First(params IReadOnlyList<Task> tasks)
    {
        var first = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        for (int i = 0; i < tasks.Count; i++) _ = Watch(tasks[i], i, first);
        return first.Task;
    }

    /// <summary>Waits for all, in order; the first failure in that order is thrown.</summary>
    public static async Task All(params IReadOnlyList<Task> tasks)
    {
        foreach (var t in tasks) await t;
    }

    /// <summary>The result, or null when the time passed first.</summary>
    public static async Task<T?> Within<T>(Task<T> task, IClock clock, TimeSpan? limit)
        where T : class
    {
        if (limit is not { } span) return await task;
        return await First(task, clock.Delay(span)) == 0 ? await task : null;
    }

    private static async Task Watch(Task task, int index, TaskCompletionSource<int> first)
    {
        try
        {
            await task;
        }
#pragma warning disable CA1031 // the one who awaits the task itself gets the failure
        catch (Exception)
#pragma warning restore CA1031
        {
        }
        first.TrySetResult(index);
    }
}
