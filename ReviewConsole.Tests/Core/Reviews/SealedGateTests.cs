using System.Collections.Frozen;
using System.Text.Json;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

public sealed class SealedGateTests
{
    [Fact]
    public void What_is_sealed_is_canonical_and_comes_back_as_it_was()
    {
        var body = TestDesk.Refund();
        body["action"]!["arguments"]!["amount"] = "1250.50";
        body["subject"] = new System.Text.Json.Nodes.JsonObject { ["id"] = "mia" };
        body["checks"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["id"] = "A", ["name"] = "ä \u2028 \"", ["result"] = "warn" });
        var proposal = ProposalReader.Read(JsonSerializer.SerializeToUtf8Bytes(body), ProposalLimits.Default).Proposal!;
        foreach (var (draw, unshowable) in new[] { (0.1, new[] { "chat" }), (1 / 3d, []), (0d, []) })
        {
            var gate = ReviewConsole.Core.Gate.Gate.Evaluate(PolicyReader.Default, proposal, new Facts(1_234_567_890_123, draw, ReviewedBefore: true)
            {
                CommitFirstDraw = 1 - draw,
                Unshowable = unshowable.ToFrozenSet(StringComparer.Ordinal),
                Changed = draw > 0.2 ? null : unshowable.ToFrozenSet(StringComparer.Ordinal),
                Calibrated = draw > 0.2 ? new Dictionary<string, CalibratedFact> { ["m\u2028"] = new(41, 45, 0.792m), [CalibratedFact.Lowest] = new(20, 20, 0.838m) } : CalibratedFact.None,
                Windows = unshowable.ToFrozenDictionary(static name => name + "\u2028", _ => new WindowFact(draw > 0.05 ? 3 : null, 12.50m), StringComparer.Ordinal),
            }) with
            {
                CommitFirst = draw > 0.2, SelfReported = ["ä"], Recipient = draw > 0.2 ? "c-\u2028" : null, NotBy = draw > 0.2 ? NotBy.Editor | NotBy.PolicyAuthor : NotBy.Nobody,
                DemandedEvidence = unshowable, ReasonCodes = new Dictionary<string, IReadOnlyList<string>> { ["reject"] = unshowable, ["approve"] = ["A", "B"] },
            };
            var bytes = SealedGate.Write(gate);
            Assert.Equal(CanonicalJson.Of(JsonElement.Parse(bytes)), bytes);
            var back = SealedGate.Read(bytes);
            Assert.Equal(gate.ToJson(), back.ToJson());
            Assert.Equal(bytes, SealedGate.Write(back));
            Assert.Equal((gate.ExpiresAt, gate.Facts.SampleDraw, gate.HoldSeconds, gate.ClaimMinutes), (back.ExpiresAt, back.Facts.SampleDraw, back.HoldSeconds, back.ClaimMinutes));
            Assert.Equal(gate.ConsoleChecks.Select(static check => check.Id), back.ConsoleChecks.Select(static check => check.Id));
            Assert.Equal(gate.RequiredEvidence, back.RequiredEvidence);
            Assert.Equal((gate.CommitFirst, gate.Facts.CommitFirstDraw, "ä"), (back.CommitFirst, back.Facts.CommitFirstDraw, back.SelfReported.Single()));
            Assert.Equal((gate.NotBy, gate.DemandedEvidence.Count, "A B"), (back.NotBy, back.DemandedEvidence.Count, string.Join(' ', back.ReasonCodes["approve"])));
            Assert.Equal(gate.Facts.Calibrated, back.Facts.Calibrated);
            Assert.Equal((gate.Recipient, "mia"), (back.Recipient, back.Subject));
        }
    }

    [Fact]
    public void What_was_sealed_before_anybody_was_asked_first_is_read_as_not_asked()
    {
        var proposal = ProposalReader.Read(JsonSerializer.SerializeToUtf8Bytes(TestDesk.Refund()), ProposalLimits.Default).Proposal!;
        var sealedThen = System.Text.Json.Nodes.JsonNode.Parse(SealedGate.Write(ReviewConsole.Core.Gate.Gate.Evaluate(PolicyReader.Default, proposal, new Facts(0, 0.5))))!.AsObject();
        Assert.True(sealedThen.Remove("commitFirst") && sealedThen.Remove("selfReported") && sealedThen["facts"]!.AsObject().Remove("commitFirstDraw"));

        var back = SealedGate.Read(JsonSerializer.SerializeToUtf8Bytes(sealedThen));

        Assert.False(back.CommitFirst);
        Assert.Empty(back.SelfReported);
        Assert.NotEmpty(back.Reasons);
    }

    [Fact]
    public void Every_kind_of_value_comes_back_as_it_was()
    {
        GateValue[] values =
        [
            GateValue.Missing, GateValue.Unknown, GateValue.Of(true), GateValue.Of(false), GateValue.Of(0.82m), GateValue.Of(1e-7m),
            GateValue.Money(123456789012345678.12345678m), GateValue.Money(-0.5m), GateValue.Of("x"),
        ];
        var proposal = ProposalReader.Read(JsonSerializer.SerializeToUtf8Bytes(TestDesk.Refund()), ProposalLimits.Default).Proposal!;
        var gate = ReviewConsole.Core.Gate.Gate.Evaluate(PolicyReader.Default, proposal, new Facts(0, 0)) with
        {
            Trace = [new RuleTrace("one", true, [.. values.Select(static value => new ConditionTrace("field", "equals", value, value, null))])],
        };

        var back = SealedGate.Read(SealedGate.Write(gate)).Trace[0].Conditions;

        Assert.Equal(values, back.Select(static condition => condition.Value));
        Assert.Equal(values, back.Select(static condition => condition.Seen));
        Assert.All(back, static condition => Assert.Null(condition.Holds));
    }
}
