namespace HarEdge.Trainer.Evaluation.Unknown;

/// <summary>
/// What the unknown rule does: windows of the model's classes should pass, windows of other activities should not. Shares are 0..1,
/// NaN where there are no such windows.
/// </summary>
/// <param name="Known">Windows of the model's classes.</param>
/// <param name="Inside">Windows wholly inside another activity.</param>
/// <param name="Mostly">Windows at least half in another activity, the former included.</param>
internal sealed record UnknownTrial(RuleOutcome Known, RuleOutcome Inside, RuleOutcome Mostly)
{
    /// <summary>The share of known windows that a rule may reject where rules are compared.</summary>
    public const double AllowedShare = 0.02;

    /// <summary>How well the rule's features order windows wholly inside another activity above known ones.</summary>
    public double AurocInside => Auroc.Of(Known.Strangeness, Inside.Strangeness);

    /// <summary>The same for windows at least half in another activity.</summary>
    public double AurocMostly => Auroc.Of(Known.Strangeness, Mostly.Strangeness);

    /// <summary>
    /// Share of the windows wholly inside another activity that are stranger than all but <see cref="AllowedShare"/> of these known
    /// windows. The threshold is looked up in the scored data itself: what the features could do, not what the device does.
    /// </summary>
    public double InsideAtAllowedShare
    {
        get
        {
            if (Known.Windows == 0 || Inside.Windows == 0)
            {
                return double.NaN;
            }

            var threshold = Known.Strangeness.OrderDescending().ElementAt((int)(Known.Windows * AllowedShare));
            return (double)Inside.Strangeness.Count(value => value > threshold) / Inside.Windows;
        }
    }
}

/// <summary>Windows of one kind before the unknown rule.</summary>
/// <param name="Strangeness">One number a window, see <see cref="Unknown.Strangeness"/>.</param>
/// <param name="Rejected">Windows the rule called unknown.</param>
internal sealed record RuleOutcome(IReadOnlyList<double> Strangeness, int Rejected)
{
    /// <summary>Number of windows.</summary>
    public int Windows => Strangeness.Count;

    /// <summary>Share the rule called unknown.</summary>
    public double RejectedShare => Windows == 0 ? double.NaN : (double)Rejected / Windows;
}
