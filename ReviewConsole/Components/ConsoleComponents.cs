using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Radzen;
using ReviewConsole.Components.Layout;

namespace ReviewConsole.Components;

/// <summary>The screens as the composition sees them: services, languages, error pages and endpoints.</summary>
internal static class ConsoleComponents
{
    private static readonly string[] s_languages = ["en", "de"];

    public static IServiceCollection AddConsoleComponents(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddScoped<Announcer>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            var cultures = s_languages.Select(CultureInfo.GetCultureInfo).ToList();
            options.DefaultRequestCulture = new RequestCulture(s_languages[0]);
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
            // A link must not choose another person's language: cookie, then browser.
            options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
        });
        return services;
    }

    // The framework's own key.
    private const string ReloadAssets = "ReloadStaticAssetsAtRuntime";

    /// <summary>Language of the request, and pages in words for what fails outside /api. Belongs before routing, sign-in and antiforgery.</summary>
    public static IApplicationBuilder UseConsolePages(this IApplicationBuilder app)
    {
        app.UseRequestLocalization();
        app.UseWhen(static context => !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal), static pages =>
        {
            pages.UseExceptionHandler("/error", createScopeForErrors: true);
        });
        // Only what a browser navigates to gets the page in words: run again with another method, it would be refused for lack of a token.
        app.UseWhen(
            static context => !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && HttpMethods.IsGet(context.Request.Method),
            static pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        return app;
    }

    /// <summary>Static assets and every page.</summary>
    public static RazorComponentsEndpointConventionBuilder MapConsoleComponents(this WebApplication app)
    {
        // In Development the framework would compress every file anew for each page and forbid keeping it: half a second of every first page. Names carry a
        // fingerprint, so a rebuilt file is another file. Who edits styles under a running server sets this to true.
        if (app.Configuration[ReloadAssets] is null)
        {
            app.Configuration[ReloadAssets] = "false";
        }

        app.MapStaticAssets().AllowAnonymous();
        return app.MapRazorComponents<App>().AddInteractiveServerRenderMode(static options =>
        {
            // Evidence is an attacker's text next to our secrets: compressing both in one stream leaks by length (TRUST.md §3).
            options.DisableWebSocketCompression = true;
        });
    }
}
