using Microsoft.Extensions.Options;

namespace ReviewConsole.Hosting;

/// <summary>A section of settings that says everything that is wrong with itself.</summary>
internal interface ICheckedOptions
{
    /// <summary>The section's name in configuration.</summary>
    static abstract string Section { get; }

    /// <summary>One sentence a fault, naming the setting, without a full stop; empty when all is well.</summary>
    IEnumerable<string> Faults();
}

internal static class CheckedOptions
{
    /// <summary>
    /// Binds and checks a section at start; every section is asked before the first complaint is made, so that an operator sees all of them at once.
    /// A setting that the section does not know is a fault too: a misspelt one must not be ignored. The options themselves are a singleton.
    /// </summary>
    public static IServiceCollection AddCheckedOptions<T>(this IServiceCollection services)
        where T : class, ICheckedOptions, new()
    {
        services.AddOptions<T>().BindConfiguration(T.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>, Validation<T>>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);
        return services;
    }

    /// <exception cref="StartRefusedException">Some setting is wrong; the line names them all.</exception>
    public static void CheckAll(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
        }
        catch (Exception fault) when (fault is OptionsValidationException or AggregateException or InvalidOperationException)
        {
            var faults = fault is AggregateException many ? many.InnerExceptions.SelectMany(Lines) : Lines(fault);
            throw new StartRefusedException("Settings are wrong: " + string.Join("; ", faults) + ". Mend them and start again.");
        }
    }

    private static IEnumerable<string> Lines(Exception fault) =>
        fault is OptionsValidationException invalid ? invalid.Failures : [fault.Message.ReplaceLineEndings(" ").TrimEnd('.')];

    private sealed class Validation<T>(IConfiguration configuration) : IValidateOptions<T>
        where T : class, ICheckedOptions, new()
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var known = typeof(T).GetProperties().Select(property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var faults = configuration.GetSection(T.Section).GetChildren().Where(child => !known.Contains(child.Key))
                .Select(child => $"{child.Path} is not a setting").Concat(options.Faults()).ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
