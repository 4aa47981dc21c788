using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HarEdge.Trainer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HarEdge.Cli.Web;

/// <summary>
/// Serves the page and what is new of it to browsers on this machine, and to nobody else. Reads no settings and no environment, so nothing
/// can open it to the network.
/// </summary>
internal sealed class PageServer : IDisposable
{
    // A page, a stream and a few files for each tab.
    private const int MostConnections = 64;
    private const int LongestRequestBytes = 16 * 1024;
    private static readonly TimeSpan LongestHeaders = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(2);
    private static readonly byte[] DataStart = "data: "u8.ToArray();
    private static readonly byte[] DataEnd = "\n\n"u8.ToArray();

    private readonly SnapshotFeed feed;
    private readonly PageAnswers answers;
    private readonly WebApplication application;

    /// <summary>Starts to serve.</summary>
    /// <param name="port">TCP port on loopback; 0 for any free one.</param>
    /// <param name="feed">What is new; closed when the server stops.</param>
    /// <param name="answers">What else the page may ask; null for nothing.</param>
    /// <exception cref="InputException">The port is taken, or not allowed.</exception>
    public PageServer(int port, SnapshotFeed feed, PageAnswers? answers = null)
    {
        this.feed = feed;
        this.answers = answers ?? new PageAnswers(_ => null, null);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Bound(options, port));

        // The command line has the say about Ctrl-C.
        builder.Services.AddSingleton<IHostLifetime, ServedLifetime>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = LongestStop);
        application = builder.Build();
        application.Run(Answer);
        try
        {
            application.StartAsync().GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            Dispose();
            throw new InputException(
                $"Port {port} of this machine cannot be used for the page: {(e.InnerException ?? e).Message}",
                $"Another monitor may run already; else name another port: --web-port {(port < 65535 ? port + 1 : 0)}, or 0 for any free one.",
                1,
                e);
        }
    }

    /// <summary>Where the page is.</summary>
    public Uri Address => new(application.Urls.Single() + "/");

    /// <inheritdoc/>
    public void Dispose()
    {
        feed.Close();
        ((IDisposable)application).Dispose();
    }

    private static void Bound(KestrelServerOptions options, int port)
    {
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = MostConnections;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.MaxRequestHeadersTotalSize = LongestRequestBytes;
        options.Limits.RequestHeadersTimeout = LongestHeaders;
    }

    private Task Answer(HttpContext context)
    {
        PageRules.AddHeaders(context.Response.Headers);
        if (PageRules.Refuse(context.Request, answers.Act is not null) is { } refusal)
        {
            return Write(context, refusal);
        }

        var path = context.Request.Path;
        if (HttpMethods.IsPost(context.Request.Method))
        {
            return path.StartsWithSegments("/actions", out var action) && answers.Act!(action.Value!.TrimStart('/'))
                ? Write(context, "application/json", "{}"u8.ToArray())
                : Write(context, new Refusal(StatusCodes.Status404NotFound, "There is no such button."));
        }

        if (path == "/snapshots")
        {
            return Stream(context);
        }

        if (path.StartsWithSegments("/windows", out var number) && int.TryParse(number.Value!.TrimStart('/'), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return answers.Window(index) is { } window
                ? Write(context, "application/json", window)
                : Write(context, new Refusal(StatusCodes.Status404NotFound, "This window is not kept any more."));
        }

        return PageFiles.Find(path) is { } file
            ? Write(context, file.ContentType, file.Content)
            : Write(context, new Refusal(StatusCodes.Status404NotFound, "There is no such page."));
    }

    private static Task Write(HttpContext context, string contentType, byte[] content)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = content.Length;
        return context.Response.Body.WriteAsync(content, context.RequestAborted).AsTask();
    }

    private static Task Write(HttpContext context, Refusal refusal)
    {
        context.Response.StatusCode = refusal.Status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (refusal.Status == StatusCodes.Status405MethodNotAllowed)
        {
            context.Response.Headers.Allow = "GET, HEAD";
        }

        return context.Response.WriteAsync(refusal.Reason + "\n", context.RequestAborted);
    }

    // Server-sent events: "data: JSON", an empty line, and so on.
    private async Task Stream(HttpContext context)
    {
        if (feed.Open() is not { } reader)
        {
            await Write(context, new Refusal(StatusCodes.Status503ServiceUnavailable, $"{SnapshotFeed.MostReaders} browsers watch already; close one."));
            return;
        }

        try
        {
            context.Response.ContentType = "text/event-stream";
            var body = context.Response.Body;

            // The page knows that it is connected, even if nothing comes for a while.
            await body.FlushAsync(context.RequestAborted);
            while (await reader.NextAsync(context.RequestAborted) is { } picture)
            {
                await body.WriteAsync(DataStart, context.RequestAborted);
                await body.WriteAsync(picture, context.RequestAborted);
                await body.WriteAsync(DataEnd, context.RequestAborted);
                await body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser has closed the page, or reads so slowly that the server has given it up.
        }
        finally
        {
            feed.Leave(reader);
        }
    }

    // Starts at once and waits for nothing.
    private sealed class ServedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>What the page may ask beyond its files and its stream.</summary>
/// <param name="Window">A window by its number, as JSON; null when there is none.</param>
/// <param name="Act">Does what a button says, and says whether there is such a button; null when the page has none.</param>
internal sealed record PageAnswers(Func<int, byte[]?> Window, Func<string, bool>? Act);

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
