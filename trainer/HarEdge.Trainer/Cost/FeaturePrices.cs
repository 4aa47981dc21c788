using HarEdge.Core;
using HarEdge.Trainer.Datasets;
using HarEdge.Trainer.FixedPoint;
using HarEdge.Trainer.Portability;
using HarEdge.Trainer.Windows;

namespace HarEdge.Trainer.Cost;

/// <summary>
/// What each feature costs a decision, in IL instructions the device executes: its own work, and the work it shares with other
/// features, which is paid once. The price of a set is the sum over its features plus the sum over the union of what they share.
/// </summary>
internal sealed class FeaturePrices
{
    /// <summary>
    /// Instructions of the generated line <c>features[i] = Kernel(window, channel, parameter)</c> around the kernel itself: four
    /// loads, a constant, the call and the store.
    /// </summary>
    public const int GeneratedCall = 7;

    // Few kernels depend on the data at all.
    private const int WindowsMeasured = 8;

    // Compiling and instrumenting Core takes a second or two, and its code is the same for every run.
    private static readonly Lazy<CountedAssembly> CountedCore = new(() => new CountedAssembly(DeviceCompiler.CompileForDesktop()));

    private FeaturePrices(double[] alone, IReadOnlyList<SharedWork> shared, double[] sharedPrices, int[][] sharedOfFeature)
    {
        Alone = alone;
        Shared = shared;
        SharedPrices = sharedPrices;
        SharedOfFeature = sharedOfFeature;
    }

    /// <summary>For each feature of the layout its mean instructions when all it shares is there already.</summary>
    public IReadOnlyList<double> Alone { get; }

    /// <summary>Everything features share.</summary>
    public IReadOnlyList<SharedWork> Shared { get; }

    /// <summary>For each shared item its mean instructions when all it needs itself is there already.</summary>
    public IReadOnlyList<double> SharedPrices { get; }

    /// <summary>For each feature the indices of all shared items it needs, directly or through another item.</summary>
    public IReadOnlyList<IReadOnlyList<int>> SharedOfFeature { get; }

    /// <summary>Instructions a window of a set of features, shared work once.</summary>
    /// <param name="features">Distinct indices of the layout.</param>
    public double Of(IReadOnlyCollection<int> features) =>
        features.Sum(feature => Alone[feature])
        + features.SelectMany(feature => SharedOfFeature[feature]).Distinct().Sum(item => SharedPrices[item]);

    /// <summary>What adding a feature to a set costs: its own work and the shared work the set has not paid yet.</summary>
    /// <param name="feature">Index of the layout, not in the set.</param>
    /// <param name="present">Distinct indices of the layout.</param>
    public double Marginal(int feature, IReadOnlyCollection<int> present) => MarginalTo(present)(feature);

    /// <summary><see cref="Marginal"/> for many features and the same set.</summary>
    /// <param name="present">Distinct indices of the layout.</param>
    public Func<int, double> MarginalTo(IReadOnlyCollection<int> present)
    {
        var isPaid = new bool[Shared.Count];
        foreach (var item in present.SelectMany(feature => SharedOfFeature[feature]))
        {
            isPaid[item] = true;
        }

        return feature =>
        {
            var price = Alone[feature];
            foreach (var item in SharedOfFeature[feature])
            {
                price += isPaid[item] ? 0 : SharedPrices[item];
            }

            return price;
        };
    }

    /// <summary>Prices of features that share nothing.</summary>
    /// <param name="alone">For each feature its instructions.</param>
    public static FeaturePrices Unshared(IReadOnlyList<double> alone) => new([.. alone], [], [], [.. alone.Select(_ => Array.Empty<int>())]);

    /// <summary>Measures the prices on windows spread evenly over recordings.</summary>
    /// <param name="layout">The features.</param>
    /// <param name="recordings">At least one run must be as long as a window.</param>
    /// <param name="windowSamples">The layout's.</param>
    /// <param name="hopSamples">Samples from one window to the next.</param>
    public static FeaturePrices Measure(FeatureLayout layout, IReadOnlyList<Recording> recordings, int windowSamples, int hopSamples) =>
        Measure(layout, SpreadWindows.Take(recordings, windowSamples, WindowsMeasured), hopSamples);

    /// <summary>Measures the prices on given windows.</summary>
    /// <param name="layout">The features.</param>
    /// <param name="windows">Windows × six channels × the layout's samples; at least one window.</param>
    /// <param name="hopSamples">Samples from one window to the next: what two windows share is paid once.</param>
    public static FeaturePrices Measure(FeatureLayout layout, IReadOnlyList<short[][]> windows, int hopSamples)
    {
        // Counted code is for one thread at a time.
        lock (CountedCore)
        {
            return Measure(CountedCore.Value, layout, windows, hopSamples);
        }
    }

    private static FeaturePrices Measure(CountedAssembly code, FeatureLayout layout, IReadOnlyList<short[][]> windows, int hopSamples)
    {
        Action<object>[] kernels = [.. Enumerable.Range(0, layout.Count).Select(feature => KernelCall(code, layout[feature]))];
        CountedWindow[] counted = [.. windows.Select(channels => new CountedWindow(code, channels, hopSamples))];
        IReadOnlyList<SharedWork>[] used = [.. kernels.Select(kernel => SharedBy(counted, window => kernel(window.Instance)))];
        SharedWork[] shared = [.. used.SelectMany(items => items).Distinct().OrderBy(item => item.Channel).ThenBy(item => item.Kind)];
        double[] sharedPrices = [.. shared.Select(item => MeanPriceOf(counted, item))];
        double[] alone = [.. kernels.Select((kernel, feature) => GeneratedCall + counted.Average(window =>
        {
            window.Prepare(used[feature]);
            return window.Count(() => kernel(window.Instance));
        }))];
        return new FeaturePrices(alone, shared, sharedPrices, [.. used.Select(items => items.Select(item => Array.IndexOf(shared, item)).Order().ToArray())]);
    }

    private static double MeanPriceOf(IReadOnlyList<CountedWindow> windows, SharedWork item)
    {
        IReadOnlyList<SharedWork> needed = [.. SharedBy(windows, window => window.Do(item)).Where(other => other != item)];
        return windows.Average(window =>
        {
            window.Prepare(needed);
            var first = window.Count(() => window.Do(item));
            var again = window.Count(() => window.Do(item));
            return first - again;
        });
    }

    // What a kernel shares does not depend on the data except where it leaves early: every window is asked.
    private static IReadOnlyList<SharedWork> SharedBy(IReadOnlyList<CountedWindow> windows, Action<CountedWindow> work)
    {
        var items = new HashSet<SharedWork>();
        foreach (var window in windows)
        {
            window.Prepare([]);
            work(window);
            items.UnionWith(window.Done());
        }

        // Derived channels need sums of measured ones, so channels ascending, sums and fills before sorting.
        return [.. items.OrderBy(item => item.Kind == SharedWorkKind.Sorted).ThenBy(item => item.Channel)];
    }

    private static Action<object> KernelCall(CountedAssembly code, Feature feature)
    {
        var method = feature.Kernel.Method;
        var owner = code.Assembly.GetType(method.DeclaringType!.FullName!, throwOnError: true)!;
        var kernelType = code.CoreType("Kernel");
        var kernel = owner.GetMethod(method.Name)!.CreateDelegate(kernelType);
        return window => kernel.DynamicInvoke(window, feature.Channel, feature.Parameter);
    }
}

/// <summary>
/// What a decision takes in generated code, in machine instructions on Xtensa with its samples decoded and filtered, from the price in IL instructions of Core's
/// kernels by which features are chosen; and back. Two straight lines through the run files of HAPT's models, all within 12 %: up to the budget of code a feature
/// becomes straight code, beyond it a call of its kernel.
/// </summary>
internal static class MachinePrice
{
    private const double AtNothing = 275_000;
    private const double PerInstruction = 41.5;
    private const double PerInstructionBeyond = 72.8;
    private const double CodeIsFullFrom = 50_000;

    /// <summary>Machine instructions of a price.</summary>
    public static double Of(double instructions) =>
        AtNothing + PerInstruction * Math.Min(instructions, CodeIsFullFrom) + PerInstructionBeyond * Math.Max(0, instructions - CodeIsFullFrom);

    /// <summary>The price of so many machine instructions; at least 1.</summary>
    public static int ToInstructions(double machineInstructions)
    {
        var full = Of(CodeIsFullFrom);
        return Math.Max(1, (int)Math.Round(machineInstructions <= full
            ? (machineInstructions - AtNothing) / PerInstruction
            : CodeIsFullFrom + (machineInstructions - full) / PerInstructionBeyond));
    }

    /// <summary>Milliseconds of a price on a chip.</summary>
    public static double Milliseconds(double instructions, Chip chip) => Of(instructions) / Xtensa * chip.Milliseconds(1).Likely;

    // Machine instructions of a weight there.
    private static double Xtensa => ChipTable.Default.Chips[0].MachineInstructionsPerWeight;
}

/// <summary>What a decision of a model costs by the prices of its features: quick enough for a search, where the cost meter runs the code.</summary>
internal static class ModelPrice
{
    /// <summary>Instructions of one input of a linear stage besides its feature: transform, shift, clamp and a multiply-add a class.</summary>
    public const double LinearInput = 80;

    /// <summary>Mean instructions a decision.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layout">Features of the prices.</param>
    /// <param name="prices">Measured prices.</param>
    /// <param name="present">Columns computed besides, as by an unknown rule that is added later.</param>
    /// <param name="windowsOfStage">How many windows each stage decided.</param>
    public static double Of(FixedPointModel model, FeatureLayout layout, FeaturePrices prices, IReadOnlyList<int> present, IReadOnlyList<int> windowsOfStage)
    {
        var slots = new ModelSlots(model);
        int Column(int slot) => layout.Find(model.Features[slot]).Index;
        double OfStage(int stage) =>
            prices.Of([.. slots.Always.Concat(slots.BeyondAlways(stage)).Select(Column).Concat(present).Distinct()])
            + (model.Stages[stage] is LinearStage linear ? LinearInput * linear.Inputs.Count : 0);
        double windows = Math.Max(1, windowsOfStage.Sum());
        return DecisionOverhead.Of(model.Classes.Count)
            + Enumerable.Range(0, model.Stages.Count).Where(stage => windowsOfStage[stage] > 0).Sum(stage => OfStage(stage) * windowsOfStage[stage] / windows);
    }
}

/// <summary>
/// What a decision executes besides the features, measured by the cost meter: a temporal filter that examines every pair of
/// classes, 33 instructions each, and about 1,400 for sliding the window, the confidence, clearing features of other stages and the loop.
/// </summary>
internal static class DecisionOverhead
{
    private const int PerPairOfClasses = 33;
    private const int Rest = 1400;

    /// <summary>Instructions a decision.</summary>
    public static int Of(int classes) => PerPairOfClasses * classes * classes + Rest;

    /// <summary>What a budget leaves for the student's features.</summary>
    /// <param name="mostInstructions">Budget of a decision.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="unknownRule">Price of the features the unknown rule reads.</param>
    public static int InstructionsForFeatures(int mostInstructions, int classes, double unknownRule) =>
        mostInstructions - (int)unknownRule - Of(classes);
}
