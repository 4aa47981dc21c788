namespace HarEdge.Cli.Web;

/// <summary>The page of one monitor: what it shows and the server behind it.</summary>
internal sealed class WebPage : IDisposable
{
    private readonly PageServer server;

    /// <param name="port">TCP port on loopback; 0 for any free one.</param>
    /// <param name="source">Name of the port or file that is watched.</param>
    /// <exception cref="Trainer.InputException">The TCP port is taken, or not allowed.</exception>
    public WebPage(int port, string source)
    {
        var feed = new PictureFeed();
        server = new PageServer(port, feed);
        View = new WebView(feed, source);
    }

    /// <summary>Where a browser finds it.</summary>
    public Uri Address => server.Address;

    /// <summary>Draws it.</summary>
    public WebView View { get; }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();
}
