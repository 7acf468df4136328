using System.Runtime.InteropServices;
using System.Text.Json;

namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>Collects what does not fit, up to what a person would still read, and stops a check that becomes too long: a stranger chose the size of both sides.</summary>
internal sealed class SchemaFaults
{
    private const int Most = 100;
    private const int MostVisits = 200_000;

    // Bytes of a value that count as one more visit: comparing it goes through all of them.
    private const int VisitLength = 20;

    private readonly List<SchemaFault> _items = [];
    private int _visits;

    public bool Full => _items.Count >= Most || _visits > MostVisits;

    public IReadOnlyList<SchemaFault> Items => _items;

    public void Add(SchemaFault fault) => _items.Add(fault);

    /// <summary>Counts a look at a value; false when there were too many.</summary>
    /// <param name="whole">All of it is compared, not its kind alone.</param>
    public bool Visit(JsonElement value, bool whole)
    {
        _visits = Math.Min(MostVisits + 1, _visits + 1 + (whole ? JsonMarshal.GetRawUtf8Value(value).Length / VisitLength : 0));
        if (_visits <= MostVisits)
        {
            return true;
        }

        if (_items is not [.., { Rule: SchemaRule.TooLarge }])
        {
            _items.Add(new SchemaFault(Place.Root.At("arguments"), SchemaRule.TooLarge));
        }

        return false;
    }
}
