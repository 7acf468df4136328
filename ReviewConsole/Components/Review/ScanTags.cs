using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>Where the numbers of boxes stand on a scan: beside their box, inside the image, and on no other number or box as long as one of the places is free.</summary>
internal static class ScanTags
{
    private const double Gap = .05;

    /// <summary>One square a box, in the order of the boxes and in image pixels.</summary>
    /// <param name="zoom">How many times larger than the whole width the image is on the screen: numbers do not grow with it.</param>
    public static IReadOnlyList<Box> Place(IReadOnlyList<Box> boxes, double width, double height, double zoom = 1)
    {
        // A number that reads well when the whole width is on the screen, and is not taller than the lowest box: a line of small print.
        var most = Math.Max(10, width * .026) / Math.Max(1, zoom);
        var side = Math.Clamp(boxes.Select(box => box.Height * .75).DefaultIfEmpty().Min(), most * .6, most) * 1.3;
        var placed = new List<Box>(boxes.Count);
        foreach (var box in boxes)
        {
            placed.Add(Places(box, side).Select(place => Inside(place, width, height)).MinBy(place => (Cover(place, placed), Cover(place, boxes))));
        }

        return placed;
    }

    // In order of liking: the first wins among equals.
    private static IEnumerable<Box> Places(Box box, double side)
    {
        var away = side * (1 + Gap);
        yield return new Box(box.X - away, box.Y, side, side);
        yield return new Box(box.X, box.Y - away, side, side);
        yield return new Box(box.X + box.Width + (side * Gap), box.Y, side, side);
        yield return new Box(box.X - away, box.Y + box.Height - side, side, side);
        yield return new Box(box.X, box.Y + box.Height + (side * Gap), side, side);
        yield return new Box(box.X + box.Width - side, box.Y - away, side, side);
        yield return new Box(box.X, box.Y, side, side);
    }

    private static Box Inside(Box place, double width, double height) =>
        place with { X = Math.Clamp(place.X, 0, Math.Max(0, width - place.Width)), Y = Math.Clamp(place.Y, 0, Math.Max(0, height - place.Height)) };

    private static double Cover(Box place, IReadOnlyList<Box> others) => others.Sum(other => Side(place.X, place.Width, other.X, other.Width) * Side(place.Y, place.Height, other.Y, other.Height));

    private static double Side(double from, double length, double otherFrom, double otherLength) =>
        Math.Max(0, Math.Min(from + length, otherFrom + otherLength) - Math.Max(from, otherFrom));
}
