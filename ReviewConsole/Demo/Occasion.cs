namespace ReviewConsole.Demo;

/// <summary>
/// The n-th time a case comes up. Round 0 is the case as it was written; later rounds have other customers and numbers, so that a console that runs for hours
/// does not fill with copies.
/// </summary>
internal sealed record Occasion(int Round)
{
    private static readonly DemoPerson[] s_people =
    [
        new("Mara Lindqvist", "mara.lindqvist@postbox.example"), new("Owen Tull", "owen.tull@mailhaven.example"), new("Rosa Delgado", "rosa.delgado@postbox.example"),
        new("Amit Deshpande", "amit.d@mailhaven.example"), new("Clara Voss", "clara.voss@inkwell.example"), new("Jerome Baptiste", "jbaptiste@postbox.example"),
        new("Hana Sokolova", "hana.sokolova@inkwell.example"), new("Peter Anand", "peter.anand@mailhaven.example"), new("Lucía Ferrer", "lucia.ferrer@postbox.example"),
        new("Nils Aaberg", "nils.aaberg@inkwell.example"), new("Tessa Wolcott", "tessa.wolcott@mailhaven.example"), new("Kwame Mensah", "kwame.mensah@postbox.example"),
        new("Ingrid Halloran", "ihalloran@inkwell.example"), new("Sota Mori", "sota.mori@mailhaven.example"), new("Delphine Roux", "delphine.roux@postbox.example"),
        new("Victor Amundsen", "victor.amundsen@inkwell.example"), new("Bea Thornquist", "bea.thornquist@mailhaven.example"),
    ];

    /// <summary>A customer; the same index is another person in the next round.</summary>
    public DemoPerson Person(int index) => s_people[(index + (Round * 7)) % s_people.Length];

    /// <summary>A number that grows with the rounds.</summary>
    public int Number(int first) => first + (Round * 37);
}

/// <summary>An invented customer.</summary>
internal sealed record DemoPerson(string Name, string Email)
{
    /// <summary>The first name.</summary>
    public string First => Name.Split(' ')[0];

    /// <summary>The customer number, made from the name.</summary>
    public string Id => Name.ToLowerInvariant().Replace(' ', '-');
}
