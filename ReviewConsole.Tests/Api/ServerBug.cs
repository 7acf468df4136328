namespace ReviewConsole.Tests.Api;

/// <summary>What is wrong with a server that is started to be found out.</summary>
internal enum ServerBug
{
    None,

    /// <summary>A batch is answered when it is written; the commit is left for later, and a kill comes first.</summary>
    AnswersBeforeCommit,

    /// <summary>The header that names a submit is lost on its way in.</summary>
    KnowsNoKeys,
}
