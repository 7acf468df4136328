using ReviewConsole.Components.Review;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Tests.Web.Review;

public sealed class FieldTypesTests
{
    [Theory]
    [InlineData("iban", "DE89 3704 0044 0532 0130 00", true)]
    [InlineData("iban", "gb29nwbk60161331926819", true)]
    [InlineData("iban", "DE89 3704 0044 0532 0130 01", false)]
    [InlineData("iban", "DE98 3704 0044 0532 0130 00", false)]
    [InlineData("iban", "3704 0044", false)]
    [InlineData("money", "9.00", true)]
    [InlineData("money", "1,250.00", true)]
    [InlineData("money", "1.250,00 €", true)]
    [InlineData("money", "RM 9.00", true)]
    [InlineData("money", "-$3.50", true)]
    [InlineData("money", "1 250.00 USD", true)]
    [InlineData("money", "9.OO", false)]
    [InlineData("money", "nine", false)]
    [InlineData("money", "1.2.3", false)]
    [InlineData("money", "", false)]
    [InlineData("number", "-12.5", true)]
    [InlineData("number", "12 apples", false)]
    [InlineData("integer", "12", true)]
    [InlineData("integer", "12.0", false)]
    [InlineData("percent", "7.5 %", true)]
    [InlineData("percent", "x %", false)]
    [InlineData("currency", "EUR", true)]
    [InlineData("currency", "€", true)]
    [InlineData("currency", "euro", false)]
    [InlineData("date", "25/01/2018", true)]
    [InlineData("date", "2018-02-30", false)]
    [InlineData("email", "ana@example.org", true)]
    [InlineData("email", "ana at example.org", false)]
    [InlineData("boolean", "Yes", true)]
    [InlineData("boolean", "perhaps", false)]
    [InlineData("text", "anything", true)]
    [InlineData("no such type", "anything", true)]
    public void A_text_is_of_its_type_or_not(string type, string text, bool accepted) => Assert.Equal(accepted, FieldTypes.Accepts(type, text));

    [Fact]
    public void A_picture_opens_where_its_boxes_are_when_they_fill_little_of_it()
    {
        Assert.Equal(new ScanLook(290, 0), ScanLook.Fit([new(300, 100, 250, 20), new(320, 400, 260, 20)], 1000));
        Assert.Equal(new ScanLook(100, 0), ScanLook.Fit([new(50, 100, 800, 20)], 1000));
        Assert.Equal(new ScanLook(100, 0), ScanLook.Fit([new(10, 10, 5, 5)], 1000));
        Assert.Equal(300, ScanLook.Fit([new(10, 10, 5, 5), new(20, 10, 5, 5)], 1000).Zoom);
        Assert.Equal(120, ScanLook.FitPrint([new(72, 80, 30, 11), new(480, 90, 43, 11)], 595).Zoom);
        Assert.Equal((100, 200, 100), (ScanLook.FitPrint([new(5, 5, 590, 9)], 595).Zoom, ScanLook.FitPrint([new(200, 5, 90, 9)], 595).Zoom, ScanLook.FitPrint([], 595).Zoom));
        Assert.Equal(.44, ScanLook.Middle([new(300, 100, 250, 20), new(320, 400, 260, 20)], 1000), 2);
    }
}
