using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ReviewConsole.Client;
using ReviewConsole.Tests.Support;
using Xunit;
using Outcome = ReviewConsole.Client.Outcome;
using CoreJson = ReviewConsole.Core.Ledger.CanonicalJson;

namespace ReviewConsole.Tests.Api;

public sealed class ClientGuardTests
{
    private readonly FakeTime _time = new();

    private static ReviewRequest Proposed { get; } = new()
    {
        Source = new("orders"),
        Action = ProposedAction.Of("issue_refund", new { order = "A-17", amount = 1250 }),
    };

    private Outcome Approved => new()
    {
        ReviewId = "r1",
        Decision = Decision.Approved,
        Instruction = Instruction.Resume,
        Action = Proposed.Action,
        ProposedDigest = Proposed.Digest(),
        ActionDigest = Proposed.Digest(),
        ValidUntil = _time.GetUtcNow().AddHours(24),
    };

    private Outcome Corrected
    {
        get
        {
            var action = ProposedAction.Of("issue_refund", new { order = "A-17", amount = 900 });
            return Approved with { Decision = Decision.Corrected, Action = action, ActionDigest = ActionDigest.Of(action) };
        }
    }

    [Fact]
    public void The_digest_is_that_of_the_canonical_bytes()
    {
        // The bytes: {"arguments":{"amount":1250,"order":"A-17"},"name":"issue_refund"}
        Assert.Equal("sha256:e86f0e199e3c021f5ef9d74e2fb8f49ece94f327a5d7363302fef29146266295", Proposed.Digest());
    }

    [Fact]
    public void Draft_target_and_field_values_follow_the_rule_of_absent_and_null()
    {
        var action = ProposedAction.Of("n", new { });
        var nothing = JsonDocument.Parse("null").RootElement;
        Assert.Equal(ActionDigest.Of(action, new Draft("text", "x")), ActionDigest.Of(action, new Draft("text", "x") { Target = nothing, Baseline = "y" }));
        Assert.NotEqual(ActionDigest.Of(action), ActionDigest.Of(action, null, []));
        Assert.Equal(ActionDigest.Of(action, null, [new("a", null)]), ActionDigest.Of(action, null, [new("a", nothing)]));
        Assert.NotEqual(ActionDigest.Of(action, new Draft("text", "x").To(new { to = (string?)null })), ActionDigest.Of(action, new Draft("text", "x").To(new { })));
    }

    [Fact]
    public void An_approved_action_is_returned_as_it_was_proposed()
    {
        var action = Approved.RequireApproved(Proposed, _time);
        Assert.Equal(("issue_refund", 1250, false, Proposed.Digest()), (action.Name, action.Arguments.GetProperty("amount").GetInt32(), action.Corrected, action.Digest));
    }

    [Fact]
    public void A_corrected_action_is_returned_as_it_was_corrected()
    {
        var action = Corrected.RequireApproved(Proposed, _time);
        Assert.Equal((900, true), (action.Arguments.GetProperty("amount").GetInt32(), action.Corrected));
    }

    [Fact]
    public void The_executor_may_run_what_was_approved_and_nothing_else()
    {
        Assert.Equal(900, Corrected.RequireApproved("issue_refund", new { amount = 900, order = "A-17" }, time: _time).Arguments.GetProperty("amount").GetInt32());
        AssertRefused(NotApprovedReason.DigestDiffers, () => Corrected.RequireApproved("issue_refund", Proposed.Action.Arguments, time: _time));
        AssertRefused(NotApprovedReason.AnotherAction, () => Approved.RequireApproved("close_account", Proposed.Action.Arguments, time: _time));
        AssertRefused(NotApprovedReason.DigestDiffers, () => Approved.RequireApproved("issue_refund", Proposed.Action.Arguments, new Draft("text", "x"), time: _time));
        AssertRefused(NotApprovedReason.DigestDiffers, () => Approved.RequireApproved("issue_refund", Proposed.Action.Arguments, fields: [], time: _time));
    }

    [Theory]
    [InlineData(Instruction.Unknown)]
    [InlineData(Instruction.Retry)]
    [InlineData(Instruction.Rollback)]
    [InlineData(Instruction.Cancel)]
    public void Only_resume_runs(Instruction instruction)
        => AssertRefused(NotApprovedReason.NotResume, () => (Approved with { Instruction = instruction }).RequireApproved(Proposed, _time));

    [Fact]
    public void An_approval_ends_at_its_time_and_one_without_time_never_begins()
    {
        var approved = Approved;
        _time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        approved.RequireApproved(Proposed, _time);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        AssertRefused(NotApprovedReason.NoLongerValid, () => approved.RequireApproved(Proposed, _time));
        AssertRefused(NotApprovedReason.NoLongerValid, () => (Approved with { ValidUntil = null }).RequireApproved(Proposed, _time));
    }

    [Fact]
    public void Changed_bytes_are_refused_wherever_they_changed()
    {
        AssertRefused(NotApprovedReason.DigestDiffers, () => (Approved with { Action = ProposedAction.Of("issue_refund", new { order = "A-17", amount = 1251 }) }).RequireApproved(Proposed, _time));
        AssertRefused(NotApprovedReason.DigestDiffers, () => (Approved with { Draft = new("text", "x") }).RequireApproved(Proposed, _time));
        AssertRefused(NotApprovedReason.DigestDiffers, () => (Approved with { Fields = [] }).RequireApproved(Proposed, _time));
        AssertRefused(NotApprovedReason.DigestDiffers, () => (Approved with { ActionDigest = null }).RequireApproved(Proposed, _time));
        AssertRefused(NotApprovedReason.DigestDiffers, () => (Approved with { Action = null }).RequireApproved(Proposed, _time));
        AssertRefused(NotApprovedReason.DigestDiffers, () => (Corrected with { Decision = Decision.Approved }).RequireApproved(Proposed, _time));
    }

    [Fact]
    public void An_answer_to_another_proposal_is_refused()
    {
        var other = Proposed with { Action = ProposedAction.Of("issue_refund", new { order = "A-18", amount = 1250 }) };
        AssertRefused(NotApprovedReason.AnotherProposal, () => Approved.RequireApproved(other, _time));
        var renamed = ProposedAction.Of("close_account", new { });
        AssertRefused(
            NotApprovedReason.AnotherAction,
            () => (Corrected with { Action = renamed, ActionDigest = ActionDigest.Of(renamed) }).RequireApproved(Proposed, _time));
    }

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("1e400")]
    [InlineData("0.1000000000000000000000000000001")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"a\":1,\"a\":1}")]
    public void What_has_no_canonical_form_is_refused_by_both_canonicalisers(string json)
    {
        var value = JsonDocument.Parse($"{{\"deep\":[{json}]}}").RootElement;
        Assert.StartsWith("/deep/0", Assert.Throws<CanonicalJsonException>(() => CanonicalJson.Of(value)).Pointer, StringComparison.Ordinal);
        Assert.Throws<ReviewConsole.Core.Ledger.CanonicalJsonException>(() => CoreJson.Of(value));
    }

    [Theory]
    [InlineData("""{"b":[1.0,-0,1e21,1e20,123456789012345680000,0.000001,1e-7,-1.5E+3,5e-324,1.7976931348623157e308],"a":"\u0000\u001f\"\\\/\b\f\n\r\té€😀\u2028"}""")]
    [InlineData("""{"\u20ac":"Euro","\r":"CR","\ufb33":"Dalet","1":"One","\ud83d\ude00":"Smile","\u0080":"Control","\u00f6":"o"}""")]
    [InlineData("""[null,true,false,{},[],"",{"":{"~/":0}}]""")]
    public void Both_canonicalisers_write_the_same_bytes(string json)
    {
        var value = JsonDocument.Parse(json).RootElement;
        Assert.Equal(Encoding.UTF8.GetString(CoreJson.Of(value)), Encoding.UTF8.GetString(CanonicalJson.Of(value)));
    }

    [Fact]
    public void Both_canonicalisers_write_the_same_number_for_any_double()
        => Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), static bits =>
        {
            var number = BitConverter.UInt64BitsToDouble(bits);
            if (!double.IsFinite(number))
            {
                return true;
            }

            var value = JsonSerializer.SerializeToElement(number);
            return CoreJson.Of(value).AsSpan().SequenceEqual(CanonicalJson.Of(value));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithQuietOnSuccess(true));

    private static void AssertRefused(NotApprovedReason why, Action act) => Assert.Equal(why, Assert.Throws<NotApprovedException>(act).Why);
}
