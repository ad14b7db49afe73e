using NetSim.Docker.Compose.Language;
using NUnit.Framework;

namespace NetSim.Tests.Docker.Compose;

/// <summary>Expected values as compose-go's template tests have them.</summary>
public sealed class SubstitutionTests
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal) { ["FOO"] = "first", ["BAR"] = "", ["JSON"] = "{\"json\":2}" };

    [TestCase("foo", "foo")]
    [TestCase("$FOO-bar", "first-bar")]
    [TestCase("This ${FOO} var", "This first var")]
    [TestCase("This $missing var", "This  var")]
    [TestCase("This ${BAR} var", "This  var")]
    [TestCase("$${foo}", "${foo}")]
    [TestCase("$$FOO", "$FOO")]
    [TestCase("a $ string", "a $ string")]
    [TestCase("^REGEX$", "^REGEX$")]
    [TestCase("$}", "$}")]
    [TestCase("ok ${missing:-def}", "ok def")]
    [TestCase("ok ${missing-def}", "ok def")]
    [TestCase("ok ${BAR:-def}", "ok def")]
    [TestCase("ok ${BAR-def}", "ok ")]
    [TestCase("ok ${FOO:-def}", "ok first")]
    [TestCase("ok ${UNSET:+there}", "ok ")]
    [TestCase("ok ${UNSET+there}", "ok ")]
    [TestCase("ok ${FOO:+there}", "ok there")]
    [TestCase("ok ${BAR+there}", "ok there")]
    [TestCase("ok ${BAR:+there}", "ok ")]
    [TestCase("ok ${BAR:-/non:-alphanumeric}", "ok /non:-alphanumeric")]
    [TestCase("+ok ${UNSET:-${BAR-defaultValue}}", "+ok ")]
    [TestCase(":?ok ${BAR:-defaultValue}", ":?ok defaultValue")]
    [TestCase("ok ${UNSET_VAR-${FOO} ${FOO}}", "ok first first")]
    [TestCase("ok ${BAR:-$FOO}", "ok first")]
    [TestCase("ok ${BAR+$FOO ${FOO:+second}}", "ok first second")]
    [TestCase("${UNSET:-{}}", "{}")]
    [TestCase("${JSON}", "{\"json\":2}")]
    [TestCase("http://${FOO:-a}:${PORT:-80}/", "http://first:80/")]
    public void Variables_are_filled_in_as_Compose_does(string text, string filled) => Assert.That(Fill(text), Is.EqualTo(filled));

    [TestCase("${")]
    [TestCase("${}")]
    [TestCase("${ }")]
    [TestCase("${ foo}")]
    [TestCase("${foo }")]
    [TestCase("${foo!}")]
    [TestCase("${foo:}")]
    public void A_wrong_form_is_refused(string text) => Assert.That(() => Fill(text), Throws.TypeOf<SubstitutionException>());

    [TestCase("${UNSET:?say it}", "required variable UNSET is missing a value: say it")]
    [TestCase("${BAR:?empty}", "required variable BAR is missing a value: empty")]
    [TestCase("${UNSET?}", "required variable UNSET is missing a value")]
    [TestCase("${UNSET:?not ${FOO}}", "required variable UNSET is missing a value: not first")]
    public void A_required_variable_that_is_missing_is_named(string text, string message) => Assert.That(() => Fill(text), Throws.TypeOf<SubstitutionException>().With.Message.EqualTo(message));

    [Test]
    public void A_default_that_is_not_used_is_not_missed()
    {
        var missed = new List<string>();

        new Substitution(Variables.GetValueOrDefault, missed.Add).Fill("${FOO:-${A}} ${UNSET:+${B}} ${UNSET:-${C}}");

        Assert.That(missed, Is.EqualTo(new[] { "C" }));
    }

    [Test]
    public void A_default_within_defaults_without_end_is_refused() =>
        Assert.That(() => Fill(string.Concat(Enumerable.Repeat("${A:-", 10_000)) + new string('}', 10_000)), Throws.TypeOf<SubstitutionException>());

    private static string Fill(string text) => new Substitution(Variables.GetValueOrDefault, static _ => { }).Fill(text);
}
