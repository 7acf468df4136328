using System.Text;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Tests.Core.Proposals;

public sealed class FieldPlacesTests
{
    private static readonly Field s_here = new("here", "text", null, Box: new Box(1, 2, 3, 4));
    private static readonly Field s_nowhere = new("nowhere", "text", null);

    [Fact]
    public void Places_that_a_correction_changed_come_back_and_no_others()
    {
        IReadOnlyList<Field> after = [s_here with { Box = new Box(10, 2, 3, 4.5) }, s_nowhere with { Box = new Box(5, 6, 7, 8), Page = 2 }];
        var bytes = FieldPlaces.Bytes([s_here, s_nowhere], after)!;
        Assert.Equal("""[{"box":[10,2,3,4.5],"name":"here"},{"box":[5,6,7,8],"name":"nowhere","page":2}]""", Encoding.UTF8.GetString(bytes));
        Assert.Equal(after, FieldPlaces.Apply([s_here, s_nowhere], bytes));
    }

    [Fact]
    public void Without_a_moved_box_there_is_nothing_to_keep()
    {
        Assert.Null(FieldPlaces.Bytes([s_here, s_nowhere], [s_here, s_nowhere]));
        Assert.Null(FieldPlaces.Bytes(null, null));
    }
}
