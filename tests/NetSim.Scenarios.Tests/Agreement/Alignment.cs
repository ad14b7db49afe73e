namespace NetSim.Scenarios.Tests.Agreement;

/// <summary>The longest common subsequence of two lists: which rows of each stand in it.</summary>
internal static class Alignment
{
    public static (bool[] A, bool[] B) Of(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        var longest = new int[a.Count + 1, b.Count + 1];
        for (int i = a.Count - 1; i >= 0; i--)
            for (int j = b.Count - 1; j >= 0; j--)
                longest[i, j] = a[i] == b[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        bool[] keptA = new bool[a.Count], keptB = new bool[b.Count];
        for (int i = 0, j = 0; i < a.Count && j < b.Count;)
        {
            if (a[i] == b[j]) keptA[i++] = keptB[j++] = true;
            else if (longest[i + 1, j] >= longest[i, j + 1]) i++;
            else j++;
        }
        return (keptA, keptB);
    }
}
