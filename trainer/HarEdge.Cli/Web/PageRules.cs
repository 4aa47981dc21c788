using Microsoft.AspNetCore.Http;

namespace HarEdge.Cli.Web;

/// <summary>
/// Who may ask for what. The page shows what a person wears and does, so no other page may read it: not by another name for this machine
/// (DNS rebinding), not from another origin, not in a frame. And nothing can be written,
/// but that the page of <c>haredge play</c> may press its own buttons.
/// </summary>
internal static class PageRules
{
    /// <summary>Everything comes from this server, nothing is inline, nothing is evaluated.</summary>
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types haredge";

    private static readonly string[] OwnNames = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>Puts the headers of every answer, refusals included.</summary>
    public static void AddHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), serial=(), usb=()";
        headers.CacheControl = "no-store";
    }

    /// <summary>Why a request is refused; null when it is not.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="takesActions">Whether the page has buttons that do something; only it may press them.</param>
    public static Refusal? Refuse(HttpRequest request, bool takesActions)
    {
        // The port is free: it differs when a tunnel leads here.
        if (!OwnNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            return new Refusal(StatusCodes.Status421MisdirectedRequest, "This page answers to localhost and 127.0.0.1 only.");
        }

        if (takesActions && HttpMethods.IsPost(request.Method))
        {
            // Every browser names the origin of a POST.
            return request.Headers.Origin is [{ } origin] && origin == "http://" + request.Host.Value && !IsFromElsewhere(request)
                ? null
                : new Refusal(StatusCodes.Status403Forbidden, "Only the page itself may press its buttons.");
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return new Refusal(StatusCodes.Status405MethodNotAllowed, "This page only shows; it takes no input.");
        }

        return IsFromElsewhere(request) ? new Refusal(StatusCodes.Status403Forbidden, "Other pages may not read this one.") : null;
    }

    private static bool IsFromElsewhere(HttpRequest request)
    {
        if (request.Headers.Origin is [{ } origin] && origin != "http://" + request.Host.Value)
        {
            return true;
        }

        // "none": typed by the user. A link on another page may lead to the page itself, and to nothing else.
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site is not ("" or "same-origin" or "none")
            && !(request.Path == "/" && request.Headers["Sec-Fetch-Mode"] == "navigate" && request.Headers["Sec-Fetch-Dest"] == "document");
    }
}

/// <summary>A request that is not answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Reason">One sentence, sent as text.</param>
internal sealed record Refusal(int Status, string Reason);
