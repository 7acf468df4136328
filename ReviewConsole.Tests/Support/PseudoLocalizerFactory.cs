using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ReviewConsole.Tests.Support;

/// <summary>The pseudo-locale qps-ploc: every text that came through a localizer stands in ⟦brackets⟧, so that one which did not can be seen.</summary>
internal sealed class PseudoLocalizerFactory(ILoggerFactory logging) : IStringLocalizerFactory
{
    private readonly ResourceManagerStringLocalizerFactory _real = new(Options.Create(new LocalizationOptions()), logging);

    public IStringLocalizer Create(Type resourceSource) => new Bracketed(_real.Create(resourceSource));

    public IStringLocalizer Create(string baseName, string location) => new Bracketed(_real.Create(baseName, location));

    private sealed class Bracketed(IStringLocalizer real) : IStringLocalizer
    {
        public LocalizedString this[string name] => Around(real[name]);

        public LocalizedString this[string name, params object[] arguments] => Around(real[name, arguments]);

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => real.GetAllStrings(includeParentCultures).Select(Around);

        private static LocalizedString Around(LocalizedString text) => new(text.Name, $"⟦{text.Value}⟧", text.ResourceNotFound, text.SearchedLocation);
    }
}
