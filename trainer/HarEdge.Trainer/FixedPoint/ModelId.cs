using System.Security.Cryptography;
using System.Text;

namespace HarEdge.Trainer.FixedPoint;

/// <summary>
/// Content hash of a model: first 12 hex digits of the SHA-256 of its JSON without id and manifest, on one line without spaces.
/// Two models with the same id give the same answer to every window.
/// </summary>
internal static class ModelId
{
    private const int Digits = 12;

    /// <summary>The id the model's content has.</summary>
    public static string Of(FixedPointModel model)
    {
        var node = ModelJson.ToNode(model);
        node.Remove("id");
        node.Remove("manifest");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.FormatCompact(node))))[..Digits];
    }

    /// <summary>The model with its id set.</summary>
    public static FixedPointModel Stamp(FixedPointModel model) => model with { Id = Of(model) };
}
