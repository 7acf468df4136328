namespace ReviewConsole.Core.Proposals;

/// <summary>Collects what is wrong, up to a number that a person would still read.</summary>
internal sealed class InputErrors
{
    private const int Most = 100;

    private List<InputError>? _items;

    public bool Any => _items is not null;

    public bool Full => _items?.Count >= Most;

    public IReadOnlyList<InputError> Items => _items ?? [];

    public void Invalid(Place at, string detail) => Add(at, InputCodes.Invalid, detail);

    public void TooLarge(string detail) => Add(Place.Root, InputCodes.TooLarge, detail);

    public void NotSupported(Place at, string detail) => Add(at, InputCodes.NotSupported, detail);

    public void UnknownMember(Place at, string name, string known) => Add(
        at.At(name),
        InputCodes.UnknownMember,
        $"“{Short(name)}” is not known here. Known are {known}. Members that begin with x- are kept and ignored.");

    private static string Short(string name) => name.Length <= 60 ? name : name[..60] + "…";

    private void Add(Place at, string code, string detail)
    {
        _items ??= [];
        if (_items.Count < Most)
        {
            _items.Add(new InputError(at.ToString(), code, detail));
        }
    }
}
