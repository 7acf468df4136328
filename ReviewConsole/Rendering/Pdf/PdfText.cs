using System.Globalization;
using System.Text;
using System.Xml;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Rendering;

/// <summary>Reads what <c>pdftotext -bbox</c> prints: XHTML with a page and its words as elements.</summary>
internal static class PdfText
{
    /// <summary>Null when it is not of that form or has no page.</summary>
    public static PdfDocument? Read(byte[] printed)
    {
        // Words may carry control characters, which XML does not know.
        var text = new StringBuilder(Encoding.UTF8.GetString(printed));
        for (var i = 0; i < text.Length; i++)
        {
            if (!XmlConvert.IsXmlChar(text[i]) && !char.IsSurrogate(text[i]))
            {
                text[i] = '\uFFFD';
            }
        }

        try
        {
            using var reader = XmlReader.Create(
                new StringReader(text.ToString()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, CheckCharacters = false });
            return Pages(reader);
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            return null;
        }
    }

    private static PdfDocument? Pages(XmlReader reader)
    {
        var pages = new List<(double Width, double Height, List<PdfWord> Words)>();
        reader.MoveToContent();
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "page")
            {
                pages.Add((Number(reader, "width"), Number(reader, "height"), []));
                reader.Read();
            }
            else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "word" && pages.Count > 0)
            {
                var (left, top) = (Number(reader, "xMin"), Number(reader, "yMin"));
                var box = new Box(left, top, Number(reader, "xMax") - left, Number(reader, "yMax") - top);
                pages[^1].Words.Add(new PdfWord(reader.ReadElementContentAsString(), box));
            }
            else
            {
                reader.Read();
            }
        }

        return pages.Count > 0 && pages.TrueForAll(static page => page is { Width: > 0, Height: > 0 })
            ? new PdfDocument([.. pages.Select(static (page, i) => new PdfPage(i + 1, page.Width, page.Height, page.Words))])
            : null;
    }

    private static double Number(XmlReader reader, string name) => double.Parse(reader.GetAttribute(name) ?? "", CultureInfo.InvariantCulture);
}
