using ReviewConsole.Components.Review;
using ReviewConsole.Core.Identity;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>What a page knows of a review, without the page.</summary>
internal static class DeskWorkspace
{
    public static Workspace Open(this TestDesk desk, Guid id, PersonActor me)
    {
        var detail = desk.Reviews.Read(id, me.Id)!;
        var content = detail.Content!;
        return new Workspace(new ReviewModel(id, content.Revision, content.Proposal, content.Gate, []), detail, me, desk.Directory);
    }

    /// <summary>Reads again, as the page does after a signal.</summary>
    public static void Read(this Workspace open, TestDesk desk) => open.Detail = desk.Reviews.Read(open.Review.Id, open.Me!.Id)!;
}
