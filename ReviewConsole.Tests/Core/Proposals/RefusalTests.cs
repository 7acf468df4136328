using ReviewConsole.Core.Proposals;
using Xunit;

namespace ReviewConsole.Tests.Core.Proposals;

/// <summary>One change of a valid body, and where the error points.</summary>
public sealed class RefusalTests
{
    private const string Gone = "(gone)";

    public static TheoryData<string, string, string, string> Cases()
    {
        var long201 = $"\"{new string('x', 201)}\"";
        var long301 = $"\"{new string('x', 301)}\"";
        var cases = new TheoryData<string, string, string, string>();
        Required("/source", "/source/system", "/action", "/action/name", "/action/arguments", "/impact/amount/value", "/impact/amount/currency", "/signals/0/name",
            "/signals/0/value", "/checks/0/id", "/checks/0/name", "/checks/0/result", "/alternatives/0/action", "/alternatives/0/action/name",
            "/alternatives/0/action/arguments", "/evidence/9/id", "/evidence/0/kind", "/evidence/0/content", "/evidence/4/content", "/evidence/11/blob", "/draft/format",
            "/draft/content", "/fields/0/name", "/fields/0/type", "/preconditions/0/name", "/preconditions/0/fingerprint", "/group/id", "/group/size",
            "/evidence/0/highlights/0/text", "/evidence/2/content/0/from", "/evidence/2/content/0/text", "/evidence/5/content/columns", "/evidence/5/content/rows",
            "/evidence/6/content/0/key", "/evidence/6/content/0/value", "/evidence/7/content/from", "/evidence/7/content/to", "/evidence/7/content/subject",
            "/evidence/8/content/before", "/evidence/8/content/after", "/evidence/9/content/uri");
        Unknown("", "/source", "/initiator", "/subject", "/action", "/impact", "/impact/amount", "/signals/0", "/reasoning", "/checks/0", "/alternatives/0", "/evidence/0",
            "/evidence/0/origin", "/evidence/0/highlights/0", "/evidence/2/content/0", "/evidence/5/content", "/evidence/6/content/0", "/evidence/7/content",
            "/evidence/8/content", "/evidence/9/content", "/draft", "/fields/0", "/preconditions/0", "/group", "/expires", "/deliver");
        Object("/source", "/initiator", "/subject", "/action", "/action/arguments", "/action/argumentsSchema", "/impact", "/impact/amount", "/signals/0", "/reasoning",
            "/checks/0", "/alternatives/0", "/evidence/9", "/evidence/0/origin", "/evidence/0/highlights/0", "/evidence/2/content/0", "/evidence/5/content",
            "/evidence/6/content/0", "/evidence/7/content", "/evidence/7/content/headers", "/evidence/8/content", "/evidence/9/content", "/draft", "/draft/target",
            "/fields/0", "/preconditions/0", "/group", "/expires", "/deliver");
        Array("/signals", "/checks", "/checks/0/evidence", "/alternatives", "/evidence", "/evidence/0/highlights", "/evidence/2/content", "/evidence/5/content/columns",
            "/evidence/5/content/rows", "/evidence/5/content/rows/0", "/evidence/6/content", "/evidence/7/content/to", "/evidence/7/content/cc", "/fields",
            "/preconditions", "/tags");
        Flag("/impact/reversible", "/impact/externallyVisible", "/impact/legallySensitive", "/impact/affectsTrust", "/reasoning/safeToShow", "/evidence/0/required",
            "/fields/0/required");
        Text("/externalId", "/source/system", "/source/agent", "/source/version", "/source/runId", "/initiator/id", "/initiator/label", "/caseId", "/kind", "/title",
            "/action/name", "/impact/consequence", "/signals/0/name", "/signals/0/basis", "/reasoning/summary", "/checks/0/name", "/checks/0/detail",
            "/alternatives/0/why", "/evidence/0/title", "/evidence/0/content", "/evidence/1/content", "/evidence/3/content", "/evidence/0/mediaType", "/evidence/0/name",
            "/evidence/0/origin/system", "/evidence/0/origin/uri", "/evidence/2/content/0/text", "/evidence/5/content/columns/0", "/evidence/7/content/to/0",
            "/evidence/7/content/date", "/evidence/7/content/headers/X-A", "/evidence/8/content/language", "/evidence/9/content/label", "/draft/content",
            "/draft/baseline", "/fields/0/label", "/fields/0/type", "/preconditions/0/fingerprint", "/group/id", "/deliver/webhook", "/tags/0");
        foreach (var blank in new[] { "/externalId", "/source/system", "/kind", "/title", "/action/name", "/signals/0/name", "/fields/0/name", "/tags/0", "/evidence/9/id" })
        {
            Add(blank, "\" \"", blank);
        }

        foreach (var id in new[]
        {
            "/externalId", "/source/system", "/source/agent", "/caseId", "/kind", "/subject/id", "/action/name", "/signals/0/name", "/checks/1/id", "/evidence/9/id",
            "/fields/1/name", "/group/id", "/preconditions/0/name", "/tags/0", "/deliver/webhook",
        })
        {
            Add(id, long201, id);
        }

        Add("/title", long301, "/title");
        Add("/evidence/0/title", long301, "/evidence/0/title");
        Add("/evidence", $"[{Repeat(51, i => $$"""{"id":"n{{i}}","kind":"text","content":""}""")}]", "/evidence", extra: true);
        Add("/fields", $"[{Repeat(301, i => $$"""{"name":"n{{i}}","type":"text"}""")}]", "/fields");
        Add("/checks", $"[{Repeat(101, i => $$"""{"id":"n{{i}}","name":"n","result":"pass"}""")}]", "/checks");
        Add("/signals", $"[{Repeat(21, i => $$"""{"name":"n{{i}}","value":1}""")}]", "/signals");
        Add("/tags", $"[{Repeat(21, i => $"\"t{i}\"")}]", "/tags");

        foreach (var share in new[] { "1.01", "-0.1", "\"0.5\"", "true" })
        {
            Add("/signals/0/value", share, "/signals/0/value");
            Add("/fields/0/confidence", share, "/fields/0/confidence");
        }

        foreach (var money in new[] { "1250", "\"1,250.00\"", "\"1250.\"", "\".5\"", "\"1e3\"", "\"\"", "\"+1\"", "\" 1\"", "\"1.123456789\"", "\"1234567890123456789\"", "\"١\"" })
        {
            Add("/impact/amount/value", money, "/impact/amount/value");
        }

        foreach (var currency in new[] { "\"usd\"", "\"US\"", "\"USDT\"", "1", "\"€€€\"" })
        {
            Add("/impact/amount/currency", currency, "/impact/amount/currency");
        }

        Add("/checks/0/result", "\"failed\"", "/checks/0/result");
        Add("/checks/0/result", "1", "/checks/0/result");
        foreach (var reserved in new[] { "evidence", "evidence:e1", "console:amount" })
        {
            Add("/checks/0/id", $"\"{reserved}\"", "/checks/0/id");
        }

        Add("/checks/0/evidence/0", "\"nope\"", "/checks/0/evidence/0");
        Add("/fields/0/evidence", "\"nope\"", "/fields/0/evidence");
        Add("/checks/1/id", "\"REF-2\"", "/checks/1/id");
        Add("/evidence/1/id", "\"e0\"", "/evidence/1/id");
        Add("/signals/1/name", "\"model\"", "/signals/1/name");
        Add("/fields/1/name", "\"total\"", "/fields/1/name");
        Add("/preconditions/-", """{"name":"reservation","fingerprint":"v18"}""", "/preconditions/1/name");
        Add("/evidence/0/kind", "\"hologram\"", "/evidence/0/kind");
        Add("/evidence/0/kind", "\"Text\"", "/evidence/0/kind");
        Add("/evidence/0/role", "\"main\"", "/evidence/0/role");
        Add("/evidence/0/blob", $"\"{SampleBody.Sha}\"", "/evidence/0/blob");
        Add("/evidence/0/base64", "\"aGVsbG8=\"", "/evidence/0/base64");
        Add("/evidence/10/content", "\"x\"", "/evidence/10/content");
        Add("/evidence/10/blob", $"\"{SampleBody.Sha}\"", "/evidence/10/base64");
        Add("/evidence/11/blob", "\"abc\"", "/evidence/11/blob");
        Add("/evidence/11/blob", $"\"{SampleBody.Sha.ToUpperInvariant()}\"", "/evidence/11/blob");
        Add("/evidence/11/size", "5", "/evidence/11/size", InputCodes.UnknownMember);
        Add("/evidence/11/file", "\"images/0.jpg\"", "/evidence/11/file", InputCodes.UnknownMember);
        foreach (var base64 in new[] { "aGVsbG8", "aGVs bG8=", "aGVsbG9=", "-_-_", "", "aGVsbG8=\\n" })
        {
            Add("/evidence/10/base64", $"\"{base64}\"", "/evidence/10/base64");
        }

        Add("/evidence/10/base64", $"\"{Convert.ToBase64String(new byte[(1024 * 1024) + 1])}\"", "/evidence/10/base64");
        Add("/evidence/5/content/rows/0/0", "[]", "/evidence/5/content/rows/0/0");
        Add("/evidence/5/content/rows/1", "[1]", "/evidence/5/content/rows/1");
        foreach (var time in new[] { "\"2026-05-20\"", "\"2026-05-20T09:30:00\"", "\"20.05.2026\"", "\"2026-13-01T00:00:00Z\"", "1780000000000", "\"\"" })
        {
            Add("/expires/at", time, "/expires/at");
            Add("/evidence/0/origin/at", time, "/evidence/0/origin/at");
            Add("/evidence/2/content/0/at", time, "/evidence/2/content/0/at");
        }

        Add("/expires/outcome", "\"approve\"", "/expires/outcome");
        Add("/draft/format", "\"rtf\"", "/draft/format");
        foreach (var box in new[] { "[1,2,3]", "[1,2,3,4,5]", "[1,2,-3,4]", "[-1,2,3,4]", "[1,2,0,4]", "[1,2,\"3\",4]", "{}", "1" })
        {
            Add("/fields/0/box", box, "/fields/0/box");
        }

        Add("/fields/0/page", "0", "/fields/0/page");
        Add("/fields/0/page", "1.5", "/fields/0/page");
        Add("/retryOf", "\"4711\"", "/retryOf");
        Add("/retryOf", "4711", "/retryOf");
        Add("/group/size", "0", "/group/size");
        Add("/group/size", "2", "/group/size", InputCodes.NotSupported);
        Add("/deliver/dialect", "\"langgraph\"", "/deliver/dialect", InputCodes.NotSupported);
        Add("/answer", "\"yes\"", "/answer", InputCodes.UnknownMember);
        return cases;

        void Add(string path, string json, string pointer, string code = InputCodes.Invalid, bool extra = false) =>
            cases.Add(path, json, "#" + pointer, extra ? code + "+" : code);

        void Required(params string[] paths)
        {
            foreach (var path in paths)
            {
                Add(path, Gone, path);
            }
        }

        void Unknown(params string[] paths)
        {
            foreach (var path in paths)
            {
                Add(path + "/surprise", "1", path + "/surprise", InputCodes.UnknownMember);
            }
        }

        void Object(params string[] paths)
        {
            foreach (var path in paths)
            {
                Add(path, "7", path);
            }
        }

        void Array(params string[] paths)
        {
            foreach (var path in paths)
            {
                Add(path, "{}", path, extra: path == "/evidence");
            }
        }

        void Flag(params string[] paths)
        {
            foreach (var path in paths)
            {
                Add(path, "\"true\"", path);
            }
        }

        void Text(params string[] paths)
        {
            foreach (var path in paths)
            {
                Add(path, "[]", path);
            }
        }

        string Repeat(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_refused_at_its_place_and_nowhere_else(string path, string json, string pointer, string code)
    {
        var reading = SampleBody.Read(SampleBody.With(path, json == Gone ? null : json));

        Assert.Null(reading.Proposal);
        var expected = (pointer, code.TrimEnd('+'));
        Assert.Contains(expected, reading.Errors.Select(e => (e.Pointer, e.Code)));
        if (!code.EndsWith('+'))
        {
            Assert.Single(reading.Errors);
        }

        Assert.All(reading.Errors, e => Assert.False(string.IsNullOrWhiteSpace(e.Detail)));
    }
}
