using System.Text;
using System.Text.Json;
using ReviewConsole.Client;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Demo;
using ReviewConsole.Demo.Cases;
using ReviewConsole.Rendering;
using ReviewConsole.Tests.Core.Gate;
using Xunit;
using CheckResult = ReviewConsole.Client.CheckResult;

namespace ReviewConsole.Tests.Demo;

public sealed class DemoCaseTests
{
    private const int Rounds = 3;

    private static IEnumerable<(DemoCase Case, ReviewRequest Request)> Proposals =>
        from demo in DemoCases.All from round in Enumerable.Range(0, Rounds) select (demo, demo.Propose(new Occasion(round)));

    [Fact]
    public void Every_case_is_a_proposal_that_the_console_accepts_in_every_round()
    {
        foreach (var (demo, request) in Proposals)
        {
            Assert.Empty(Read(request, revision: false).Errors.Select(e => $"{demo.Key} {e.Pointer} {e.Detail}"));
            Assert.Equal((demo.System, demo.Kind), (request.Source.System, request.Kind));
        }
    }

    [Fact]
    public void Answers_and_second_attempts_are_accepted_too()
    {
        foreach (var (demo, request) in Proposals)
        {
            var reply = demo.Reply?.Invoke(request);
            Assert.Empty(reply is null ? [] : Read(reply, revision: true).Errors);
            Assert.Equal(reply is null, reply?.Answer is null);
            var better = demo.Better?.Invoke(request);
            Assert.Empty(better is null ? [] : Read(better, revision: false).Errors);
            Assert.NotEqual(request.Digest(), better?.Digest());
            Assert.Equal(request.Digest(), reply?.Digest() ?? request.Digest());
        }
    }

    [Fact]
    public void There_are_at_least_six_cases_of_each_kind_and_as_many_flaws_as_promised()
    {
        var kinds = DemoCases.All.GroupBy(static c => c.Kind, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.Count(), StringComparer.Ordinal);
        Assert.Equal(["accountChange", "agentDecision", "deployment", "email", "extraction", "refund"], kinds.Keys.Order(StringComparer.Ordinal));
        Assert.All(kinds, static kind => Assert.True(kind.Value >= 6, kind.Key));
        Assert.True(DemoCases.All.Count(static c => c.Flaw is Flaw.OnlyInEvidence) >= 10);
        Assert.Equal(2, DemoCases.All.Count(static c => c.Flaw is Flaw.HiddenCharacters));
        Assert.Equal(2, DemoCases.All.Count(static c => c.Flaw is Flaw.MissingEvidence));
        var requests = DemoCases.All.Select(static c => c.Propose(new Occasion(0))).ToList();
        Assert.True(requests.Count(static r => r is { Kind: "email", Draft.Baseline: not null }) >= 20);
        Assert.True(kinds["deployment"] >= 12);
        Assert.True(requests.Count(static r => r.Evidence!.Any(static e => e.Kind == "pdf")) >= 8);
        Assert.Equal(DemoCases.All.Count, DemoCases.All.Select(static c => c.Key).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_flaw_in_the_evidence_is_told_by_no_check_and_by_nothing_on_the_wire()
    {
        foreach (var demo in DemoCases.All.Where(static c => c.Flaw is Flaw.OnlyInEvidence))
        {
            var request = demo.Propose(new Occasion(0));
            Assert.All(request.Checks!, static check => Assert.Equal(CheckResult.Pass, check.Result));
            Assert.Contains(request.Evidence!, static e => e.Required == true);
            Assert.DoesNotContain(demo.Truth!, Encoding.UTF8.GetString(Bytes(request)), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Hidden_characters_are_in_the_cases_that_promise_them_and_in_no_other()
    {
        foreach (var (demo, request) in Proposals)
        {
            var text = string.Concat(Texts(JsonDocument.Parse(Bytes(request)).RootElement));
            Assert.Equal((demo.Key, demo.Flaw is Flaw.HiddenCharacters), (demo.Key, text.EnumerateRunes().Any(static r => HiddenCharacters.IsHidden(r.Value) && r.Value is not ('\r' or '\n'))));
        }
    }

    [Fact]
    public void All_kinds_and_roles_of_evidence_occur_and_every_quotation_is_verbatim()
    {
        var all = Proposals.SelectMany(static p => p.Request.Evidence!).ToList();
        Assert.Equal(Enum.GetNames<EvidenceKind>().Order(StringComparer.OrdinalIgnoreCase), all.Select(static e => e.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        Assert.Empty(WireNames.EvidenceRoles.Except(all.Select(static e => e.Role!), StringComparer.Ordinal));
        foreach (var (demo, request) in Proposals)
        {
            foreach (var piece in request.Evidence!.Where(static e => e.Highlights is not null))
            {
                var texts = Texts(piece.Content!.Value).ToList();
                Assert.All(piece.Highlights!, mark => Assert.True(texts.Exists(t => t.Contains(mark.Text, StringComparison.Ordinal)), $"{demo.Key}: {mark.Text}"));
            }
        }
    }

    [Fact]
    public void Every_picture_is_there_small_and_holds_every_box()
    {
        foreach (var (demo, request) in Proposals)
        {
            foreach (var piece in request.Evidence!.Where(static e => e.Blob is not null))
            {
                var (bytes, mediaType) = DemoPictures.Bytes(piece.Blob!);
                Assert.InRange(bytes.Length, 1, 60 * 1024);
                var (width, height) = string.Equals(mediaType, "image/png", StringComparison.Ordinal) ? (BigEndian(bytes, 16), BigEndian(bytes, 20)) : (595, 842);
                foreach (var box in request.Fields?.Where(f => f.Evidence == piece.Id && f.Box is not null).Select(static f => f.Box!) ?? [])
                {
                    Assert.True(box[0] >= 0 && box[1] >= 0 && box[0] + box[2] <= width && box[1] + box[3] <= height, $"{demo.Key} {string.Join(',', box)}");
                }
            }
        }

        static int BigEndian(byte[] bytes, int at) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
    }

    [Fact]
    public void The_default_policy_lets_some_through_and_spreads_the_rest_over_every_risk_and_queue()
    {
        var gates = DemoCases.All.ToDictionary(static c => c.Key, static c => GateCases.Ask(Read(c.Propose(new Occasion(0)), revision: false).Proposal!), StringComparer.Ordinal);
        Assert.Equal(
            ["docs-to-staging", "locked-out", "october-power", "route-to-bikes"],
            gates.Where(static g => g.Value.Verdict is Verdict.Proceed).Select(static g => g.Key).Order(StringComparer.Ordinal));
        var reviewed = gates.Values.Where(static g => g.Verdict is Verdict.Review).ToList();
        Assert.True(reviewed.Count(static g => g.Risk is Risk.High) >= 10);
        Assert.True(reviewed.Count(static g => g.Risk is Risk.Medium) >= 10);
        Assert.Equal(["pallet-return", "wrong-larch", "new-bank-details"], gates.Where(static g => g.Value.Approvals == 2).Select(static g => g.Key), StringComparer.Ordinal);
        Assert.Equal(
            ["accounts", "deployments", "documents", "experts", "general", "legal", "payments"],
            reviewed.Select(static g => g.Queue).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(gates.Where(static g => g.Key is not "slipped-point"), static g => Assert.False(g.Value.Matched().Contains("declared-differs", StringComparer.Ordinal), g.Key));
        Assert.Contains("declared-differs", gates["slipped-point"].Matched());
        Assert.Equal(Risk.Low, GateCases.Ask(Read(DemoCases.All.Single(static c => c.Key == "locked-out").Propose(new Occasion(0)), revision: false).Proposal!, new Facts(GateCases.Now, 0.01)).Risk);
    }

    [Fact]
    public void The_sequence_is_that_of_its_seed_and_each_round_brings_every_case_once()
    {
        static IEnumerable<string> Sequence(int seed) => Enumerable.Range(0, DemoCases.All.Count * 2).Select(n => DemoCases.At(seed, n)).Select(static p => DemoCases.ExternalId(p.Case, p.Occasion, 1));
        Assert.Equal(Sequence(7), Sequence(7));
        Assert.NotEqual(Sequence(7), Sequence(8));
        Assert.Equal(DemoCases.All.Count * 2, Sequence(7).Distinct(StringComparer.Ordinal).Count());
        var (demo, occasion) = DemoCases.At(7, 3);
        Assert.Equal(Bytes(demo.Propose(occasion)), Bytes(demo.Propose(occasion with { })));
    }

    [Fact]
    public void The_page_about_the_demonstration_tells_what_is_the_matter_with_every_case()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ReviewConsole.sln")))
        {
            folder = folder.Parent!;
        }

        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "demo.md"));
        Assert.All(DemoCases.All, demo => Assert.Contains($"`{demo.Key}`", page, StringComparison.Ordinal));
        Assert.All(DemoCases.All.Where(static c => c.Truth is not null), demo => Assert.Contains(demo.Truth!, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Rounds_differ_and_names_lead_back_to_their_case()
    {
        foreach (var demo in DemoCases.All)
        {
            Assert.Equal(Rounds, Enumerable.Range(0, Rounds).Select(round => demo.Propose(new Occasion(round)).Digest()).Distinct(StringComparer.Ordinal).Count());
            var parsed = DemoCases.Parse(DemoCases.ExternalId(demo, new Occasion(4), 2));
            Assert.Equal((demo, new Occasion(4), 2), parsed!.Value);
        }

        Assert.All(["refund-4711", "late-parcel.x.1", "nobody.0.1", null], static id => Assert.Null(DemoCases.Parse(id)));
    }

    private static byte[] Bytes(ReviewRequest request) => JsonSerializer.SerializeToUtf8Bytes(request, Wire.Json);

    private static ProposalReading Read(ReviewRequest request, bool revision)
    {
        var body = Bytes(request);
        return revision ? ProposalReader.ReadRevision(body, ProposalLimits.Default) : ProposalReader.Read(body, ProposalLimits.Default);
    }

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(static p => Texts(p.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };
}
