using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>How a picture is looked at: its width in per cent of the frame, and turned by quarters to the right.</summary>
internal readonly record struct ScanLook(int Zoom, int Turn)
{
    public const int Step = 50;

    /// <summary>A small receipt on a large page is looked at where its boxes are; what fills its page is looked at as a whole.</summary>
    public static ScanLook Fit(IReadOnlyList<Box> boxes, double width)
    {
        // One box says nothing of where the print is.
        var share = boxes.Count < 2 || width <= 0 ? 1 : (boxes.Max(box => box.X + box.Width) - boxes.Min(box => box.X)) * Margin / width;
        return new ScanLook(share >= Most ? 100 : Math.Min(300, (int)Math.Round(10 / share) * 10), 0);
    }

    /// <summary>Of a page whose words are known all of them are in view, and only its margins are not.</summary>
    public static ScanLook FitPrint(IReadOnlyList<Box> words, double width) =>
        new(words.Count == 0 || width <= 0 ? 100 : Math.Clamp(10 * (int)(10 / ((words.Max(box => box.X + box.Width) - words.Min(box => box.X)) * Air / width)), 100, 200), 0);

    /// <summary>Where the middle of the boxes is, as a share of the width.</summary>
    public static double Middle(IReadOnlyList<Box> boxes, double width) =>
        boxes.Count == 0 || width <= 0 ? .5 : Math.Clamp((boxes.Max(box => box.X + box.Width) + boxes.Min(box => box.X)) / 2 / width, 0, 1);

    public ScanLook By(int steps) => this with { Zoom = Math.Clamp(Zoom + (steps * Step), 50, 400) };

    /// <summary>Turned it is looked at as a whole first.</summary>
    public ScanLook Turned() => new(100, (Turn + 1) % 4);

    // Boxes are tighter than the print around them.
    private const double Margin = 1.25;

    private const double Air = 1.04;

    private const double Most = .7;
}
