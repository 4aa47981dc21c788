namespace HarEdge.Cli.Tests.Web;

/// <summary>Scripts that measure colors as they are drawn, by WCAG 2.2 §1.4.3.</summary>
internal static class Contrast
{
    /// <summary>Relative luminance of an element's background, by selector.</summary>
    public const string Luminance = "(selector) => {" + Functions + "return luminance(getComputedStyle(document.querySelector(selector)).backgroundColor); }";

    /// <summary>Every visible text whose contrast to its ground is below 4.5 : 1, with the contrast.</summary>
    public const string TooLow = "() => {" + Functions + """
        const low = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const element = walker.currentNode.parentElement;
          if (walker.currentNode.textContent.trim() === '' || !element.checkVisibility() || element.closest('.unseen, .skip, noscript')) continue;
          let ground = element;
          while (/^rgba.*, 0\)$/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
          const [a, b] = [luminance(getComputedStyle(element).color), luminance(getComputedStyle(ground).backgroundColor)];
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < 4.5) low.push(`${walker.currentNode.textContent.trim()}: ${ratio.toFixed(2)}`);
        }
        return low; }
        """;

    private const string Functions = """
        const luminance = (color) => {
          const [r, g, b] = color.match(/[\d.]+/g).slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        """;
}
