using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// A place in a policy file, read strictly: unknown keys, wrong types and missing values become errors with line and path, and reading goes on.
/// A place without a node answers nulls.
/// </summary>
internal sealed class PolicyNode
{
    private readonly YamlNode? _node;
    private readonly Mark _place;
    private readonly List<PolicyError> _errors;

    /// <param name="around">Where a missing value would have to stand.</param>
    private PolicyNode(YamlNode? node, Mark around, string path, List<PolicyError> errors)
    {
        _node = node;
        _place = node?.Start ?? around;
        Path = path;
        _errors = errors;
    }

    public string Path { get; }

    public bool Exists => _node is not null;

    public bool IsList => _node is YamlSequenceNode;

    public bool IsMap => _node is YamlMappingNode;

    /// <summary>How many items or keys are there.</summary>
    public int Count => _node switch { YamlSequenceNode list => list.Children.Count, YamlMappingNode map => map.Children.Count, _ => 0 };

    /// <summary>The file's root, or null and an error when it is not one plain YAML document.</summary>
    public static PolicyNode? Parse(string text, List<PolicyError> errors)
    {
        try
        {
            if (!PolicyText.Check(text, errors))
            {
                return null;
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
            {
                return new PolicyNode(root, root.Start, "", errors);
            }

            errors.Add(new PolicyError(1, 1, "policy", "Must be one document with keys and values."));
        }
        catch (YamlException fault)
        {
            errors.Add(new PolicyError((int)fault.Start.Line, (int)fault.Start.Column, "policy", $"Not YAML: {fault.Message}"));
        }

        return null;
    }

    public void Fail(string detail) => _errors.Add(new PolicyError((int)_place.Line, (int)_place.Column, Path.Length == 0 ? "policy" : Path, detail));

    /// <summary>The value of a key; a place without a node when it is not there.</summary>
    public PolicyNode this[string key] => new(
        _node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null, _place, Join(key), _errors);

    /// <summary>An error for each key that is not among these.</summary>
    public PolicyNode Only(params ReadOnlySpan<string> keys)
    {
        foreach (var (key, value) in Map())
        {
            if (!keys.Contains(key))
            {
                value.Fail($"“{key}” is not known here. Known are {string.Join(", ", keys.ToArray())}.");
            }
        }

        return this;
    }

    public IEnumerable<(string Key, PolicyNode Value)> Map()
    {
        if (_node is null)
        {
            yield break;
        }

        if (_node is not YamlMappingNode map)
        {
            Fail("Must have keys and values.");
            yield break;
        }

        foreach (var (key, value) in map.Children)
        {
            if (key is YamlScalarNode { Value: { Length: > 0 } name })
            {
                yield return (name, new PolicyNode(value, value.Start, Join(name), _errors));
            }
            else
            {
                new PolicyNode(null, key.Start, Path, _errors).Fail("Has a key that is not a word; write one.");
            }
        }
    }

    public IEnumerable<PolicyNode> Items()
    {
        if (_node is null)
        {
            return [];
        }

        if (_node is YamlSequenceNode list)
        {
            return list.Children.Select((item, i) => new PolicyNode(item, item.Start, string.Create(CultureInfo.InvariantCulture, $"{Path}[{i}]"), _errors));
        }

        Fail("Must be a list.");
        return [];
    }

    public PolicyNode Required()
    {
        if (_node is null)
        {
            Fail("Is required.");
        }

        return this;
    }

    /// <param name="most">Characters.</param>
    public string? Text(int most) => Text() is not { } text ? null
        : text.Length <= most ? text
        : Nothing(string.Create(CultureInfo.InvariantCulture, $"Has more than {most} characters; make it shorter."));

    public string? Text()
    {
        if (_node is null)
        {
            return null;
        }

        if (_node is YamlScalarNode { Value: { Length: > 0 } text })
        {
            return text;
        }

        Fail("Must be a text.");
        return null;
    }

    public bool? Flag() => Text() switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => Null<bool>("Must be true or false."),
    };

    public int? Whole(int least, int most) => Text() is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : Null<int>(string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from {least} to {most}."));

    /// <summary>A share from 0 to 1; <c>true</c> is every one, <c>false</c> none.</summary>
    public double? Rate() => Text() switch
    {
        null => null,
        "true" => 1,
        "false" => 0,
        var text when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1 => share,
        _ => Null<double>("Must be true, false or a share from 0 to 1, like 0.1."),
    };

    public T? Choice<T>(IReadOnlyDictionary<string, T> choices) where T : struct => Text() is not { } text ? null
        : choices.TryGetValue(text, out var choice) ? choice
        : Null<T>($"Must be one of {string.Join(", ", choices.Keys)}.");

    /// <summary>A duration like <c>10 s</c>, <c>15 min</c>, <c>24 h</c>, <c>7 d</c>, up to a year, in seconds.</summary>
    public int? Seconds()
    {
        if (Text() is not { } text)
        {
            return null;
        }

        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var unit = parts.Length == 2 ? parts[1] switch { "s" => 1, "min" => 60, "h" => 3600, "d" => 86400, _ => 0 } : 0;
        return unit > 0 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && (long)count * unit <= 366L * 86400
            ? count * unit
            : Null<int>("Must be a duration like “10 s”, “15 min”, “24 h” or “7 d”.");
    }

    /// <summary>A duration of at least a minute, in minutes.</summary>
    public int? Minutes() => Seconds() is not { } seconds ? null : seconds >= 60 ? seconds / 60 : Null<int>("Must be at least a minute.");

    /// <summary>The text of a scalar, which may be empty; null for anything else.</summary>
    public string? Scalar => (_node as YamlScalarNode)?.Value;

    /// <summary>True for a scalar that was written without quotes.</summary>
    public bool IsPlain => _node is YamlScalarNode { Style: ScalarStyle.Plain };

    private T? Null<T>(string detail) where T : struct
    {
        Fail(detail);
        return null;
    }

    private string? Nothing(string detail)
    {
        Fail(detail);
        return null;
    }

    private string Join(string key) => Path.Length == 0 ? key : Path + "." + key;
}
