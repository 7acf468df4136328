using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api.Described;

/// <summary>
/// What <c>/openapi/v1.json</c> says beyond paths: the schemas of wire-schemas.json, which are written by hand as the bodies are, who may call, and that every refusal is
/// problem+json.
/// </summary>
internal static class WireDescription
{
    private const string Json = "application/json";
    private static readonly OpenApiComponents s_components = Read();

    public static IServiceCollection AddWireDescription(this IServiceCollection services) => services.AddOpenApi("v1", static options =>
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            var own = document.Components ??= new OpenApiComponents();
            own.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
            foreach (var (name, schema) in s_components.Schemas!)
            {
                own.Schemas[name] = schema;
            }

            own.SecuritySchemes = s_components.SecuritySchemes;
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            foreach (var body in metadata.OfType<WireBody>())
            {
                Describe(operation, body, context.Document!);
            }

            if (metadata.OfType<CallerRequirement>().LastOrDefault() is { } callers)
            {
                operation.Security = [.. Callers(callers, context.Document!)];
                (operation.Responses ??= [])["default"] = new OpenApiResponse
                {
                    Description = "Refused", Content = Content("application/problem+json", "Problem", context.Document!),
                };
            }

            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiOperation operation, WireBody body, OpenApiDocument document)
    {
        if (body.Status is not { } status)
        {
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Content(Json, body.Schema, document) };
        }
        else if (operation.Responses![status.ToString(CultureInfo.InvariantCulture)] is OpenApiResponse response)
        {
            response.Content = Content(Json, body.Schema, document);
        }
    }

    private static IEnumerable<OpenApiSecurityRequirement> Callers(CallerRequirement callers, OpenApiDocument document)
    {
        if (callers.Scope is { } scope)
        {
            yield return new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("sourceKey", document)] = [scope] };
        }

        if (callers.People)
        {
            yield return new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("personCookie", document)] = [] };
        }
    }

    private static Dictionary<string, OpenApiMediaType> Content(string type, string schema, OpenApiDocument document) =>
        new(StringComparer.Ordinal) { [type] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(schema, document) } };

    private static OpenApiComponents Read()
    {
        using var stream = typeof(WireDescription).Assembly.GetManifestResourceStream("wire-schemas.json")!;
        using var text = new StreamReader(stream);
        return OpenApiDocument.Parse(text.ReadToEnd(), "json").Document!.Components!;
    }
}
