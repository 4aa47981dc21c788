namespace HarEdge.Cli.Web;

/// <summary>The page of one session: what it shows and the server behind it.</summary>
internal sealed class WebPage : IDisposable
{
    private readonly SnapshotFeed feed = new();
    private readonly PageServer server;

    /// <param name="port">TCP port on loopback; 0 for any free one.</param>
    /// <param name="makeView">Makes the view that fills it.</param>
    /// <param name="act">Does what a button of the page says; null when it has none.</param>
    /// <exception cref="Trainer.InputException">The TCP port is taken, or not allowed.</exception>
    public WebPage(int port, Func<SnapshotFeed, WebView> makeView, Func<string, bool>? act = null)
    {
        View = makeView(feed);
        server = new PageServer(port, feed, new PageAnswers(View.Inside, act));
    }

    /// <summary>Where a browser finds it.</summary>
    public Uri Address => server.Address;

    /// <summary>Draws it.</summary>
    public WebView View { get; }

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();
}
