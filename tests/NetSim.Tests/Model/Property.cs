using FsCheck;
using FsCheck.Fluent;

namespace NetSim.Tests.Model;

/// <summary>Properties over generated values, from the same seed in every run.</summary>
internal static class Property
{
    /// <summary>Throws with the smallest counterexample when <paramref name="property"/> does not hold for all of 500 values.</summary>
    public static void Holds<T>(Func<T, bool> property) =>
        Check.One(Config.QuickThrowOnFailure.WithReplay(1, 1).WithMaxTest(500), Prop.ForAll(property));
}
