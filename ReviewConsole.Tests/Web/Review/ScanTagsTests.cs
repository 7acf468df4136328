using FsCheck;
using FsCheck.Fluent;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>The numbers of boxes on a scan can all be read.</summary>
public sealed class ScanTagsTests
{
    [Fact]
    public void Boxes_with_the_same_corner_have_their_numbers_apart()
    {
        Box[] boxes = [new(54, 90, 420, 42), new(54, 90, 420, 160)];
        var tags = ScanTags.Place(boxes, 500, 1000);
        Assert.False(Meet(tags[0], tags[1]));
        Assert.All(tags, tag => Assert.DoesNotContain(boxes, box => Meet(box, tag)));
    }

    [Fact]
    public void Numbers_do_not_grow_with_the_picture()
    {
        Box[] boxes = [new(300, 400, 100, 90), new(300, 600, 100, 90)];
        Assert.Equal(ScanTags.Place(boxes, 1000, 1500)[0].Width / 3, ScanTags.Place(boxes, 1000, 1500, 3)[0].Width, 6);
    }

    [Fact]
    public void At_the_edge_of_the_image_a_number_leaves_the_text_in_its_box_free()
    {
        Box box = new(2, 580, 360, 24);
        Assert.False(Meet(box, Assert.Single(ScanTags.Place([box], 500, 1000))));
    }

    [Fact]
    public void A_box_as_large_as_the_image_has_its_number_inside()
    {
        var tag = Assert.Single(ScanTags.Place([new(0, 0, 500, 1000)], 500, 1000));
        Assert.True(tag is { X: >= 0, Y: >= 0 } && tag.X + tag.Width <= 500 && tag.Y + tag.Height <= 1000);
    }

    [Fact]
    public void A_number_would_rather_stand_on_a_box_than_touch_another_number()
    {
        Box[] boxes = [new(216, 836, 30, 38), new(212, 688, 30, 86), new(185, 798, 70, 72), new(220, 860, 12, 21)];
        var tags = ScanTags.Place(boxes, 500, 1000);
        Assert.All(tags.Index(), one => Assert.DoesNotContain(tags.Skip(one.Index + 1), other => Meet(one.Item, other)));
    }

    [Fact]
    public void Few_boxes_anywhere_have_numbers_in_the_image_that_do_not_meet() =>
        Prop.ForAll(Boxes(), boxes =>
        {
            var tags = ScanTags.Place(boxes, 500, 1000);
            return tags.All(tag => tag is { X: >= 0, Y: >= 0 } && tag.X + tag.Width <= 500.001 && tag.Y + tag.Height <= 1000.001)
                && tags.Index().All(one => tags.Skip(one.Index + 1).All(other => !Meet(one.Item, other)));
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<Box[]> Boxes()
    {
        var box = from x in Gen.Choose(0, 400) from y in Gen.Choose(0, 900) from width in Gen.Choose(4, 100) from height in Gen.Choose(4, 100) select new Box(x, y, width, height);
        return Arb.From(box.ArrayOf(4));
    }

    private static bool Meet(Box a, Box b) => a.X + .001 < b.X + b.Width && b.X + .001 < a.X + a.Width && a.Y + .001 < b.Y + b.Height && b.Y + .001 < a.Y + a.Height;
}
