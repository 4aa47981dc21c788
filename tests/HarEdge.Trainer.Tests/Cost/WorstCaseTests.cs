using System.Reflection;
using HarEdge.Core;
using HarEdge.Trainer.Cost;
using HarEdge.Trainer.Cost.WorstCase;
using HarEdge.Trainer.Portability;
using HarEdge.Trainer.Tests.Portability;

namespace HarEdge.Trainer.Tests.Cost;

public class WorstCaseTests
{
    [Fact]
    public void No_kernel_exceeds_its_bound_on_any_window()
    {
        using var code = new CountedAssembly(CompiledCore.Image);
        var machine = new AbstractMachine(code.Assembly, code.Image);
        IReadOnlyList<short[][]> windows = [.. NoiseWindows.Make(3, 128), .. NoiseData.Make(0).Recordings.Select(r => r.Channels).SelectMany(Cut)];
        CountedWindow[] counted = [.. windows.Select(window => new CountedWindow(code, window, 64))];
        var layout = new FeatureLayout(128, HarEdge.Core.Kernels.Tilt.Pack(8210, -1313, -226));
        foreach (var i in Enumerable.Range(0, layout.Count).Where(i => i % 3 == 0 || i == layout.Count - 1))
        {
            var feature = layout[i];
            var owner = code.Assembly.GetType(feature.Kernel.Method.DeclaringType!.FullName!)!;
            var kernel = owner.GetMethod(feature.Kernel.Method.Name)!;
            var bound = Bound(machine, counted[0].Instance, owner, kernel, feature);
            long most = 0;
            foreach (var window in counted)
            {
                window.Prepare([]);
                kernel.Invoke(null, [window.Instance, feature.Channel, feature.Parameter]);
                window.Prepare([]);
                most = Math.Max(most, window.Count(() => kernel.Invoke(null, [window.Instance, feature.Channel, feature.Parameter])));
            }

            Assert.True(most <= bound, $"{feature.Name} executed {most}, more than its bound {bound}");
            Assert.True(bound <= 3 * most, $"the bound {bound} of {feature.Name} is far above {most}");
        }
    }

    [Fact]
    public void Code_whose_path_does_not_depend_on_data_has_its_exact_count_as_bound()
    {
        using var code = new CountedAssembly(CompiledCore.Image);
        var machine = new AbstractMachine(code.Assembly, code.Image);
        var window = new CountedWindow(code, NoiseWindows.Make(1, 128)[0], 64);
        var owner = code.Assembly.GetType("HarEdge.Core.Kernels.Covariance")!;
        var kernel = owner.GetMethod("OfChannels")!;
        var feature = new FeatureLayout(128).Find("cov.ax.ay");
        window.Prepare([]);
        Assert.Equal(
            window.Count(() => kernel.Invoke(null, [window.Instance, feature.Channel, feature.Parameter])),
            Bound(machine, window.Instance, owner, kernel, feature));
    }

    [Fact]
    public void The_root_of_no_number_takes_more_than_its_bound()
    {
        using var code = new CountedAssembly(CompiledCore.Image);
        var machine = new AbstractMachine(code.Assembly, code.Image);
        var bound = machine.Run("HarEdge.Core.FixedMath", "Sqrt", [AbstractValue.Unknown], AbstractHeap.AsConstructed(_ => true)).Cost;
        var sqrt = code.CoreType("FixedMath").GetMethod("Sqrt")!.CreateDelegate<Func<long, int>>();
        long most = 0;
        foreach (var value in Roots())
        {
            code.Reset();
            sqrt(value);
            most = Math.Max(most, code.Instructions());
        }

        Assert.InRange(bound, most, most * 3 / 2);
    }

    [Theory]
    [InlineData("int n = 0; for (int i = 0; i < 10; i++) { n += data[i]; } return n;", 10)]
    [InlineData("int n = 0; for (int i = 0; i < data.Length; i += 2) { n += data[i]; } return n;", 8)]
    [InlineData("int n = 0; for (int i = 0; i < 4; i++) { for (int j = i; j < 4; j++) { n += data[j]; } } return n;", 10)]
    public void Counted_loops_are_run_to_their_end(string body, int turns) =>
        Assert.InRange(BoundOf(body, new int[16]), turns * 8, turns * 20);

    [Fact]
    public void Of_two_arms_the_dearer_is_paid()
    {
        const string Dear = "int n = 0; if (data[0] > 5) { n = data[1] * data[2] + data[3]; } return n;";
        const string Both = "int n = 0; if (data[0] > 5) { n = data[1] * data[2] + data[3]; } else { n = data[1]; } return n;";
        Assert.InRange(BoundOf(Both, new int[4]) - BoundOf(Dear, new int[4]), 0, 1);
    }

    [Fact]
    public void A_switch_on_data_pays_its_dearest_case() => Assert.True(
        BoundOf("switch (data[0]) { case 0: return 1; case 1: return data[1] + data[2] + data[3]; case 2: return 2; default: return 3; }", new int[4])
        > BoundOf("switch (data[0]) { case 0: return 1; case 1: return 4; case 2: return 2; default: return 3; }", new int[4]));

    [Theory]
    [InlineData("int n = data[0]; while (n > 0) { n--; } return n;", "HarEdge.Core.Planted.Run whose end depends on the data")]
    [InlineData("int n = 0; for (int i = 0; i < data[0]; i++) { n++; } return n;", "has no proven bound")]
    [InlineData("System.GC.Collect(); return 0;", "System.GC::Collect")]
    public void Code_without_a_bound_is_refused(string body, string reason) =>
        Assert.Contains(reason, Assert.Throws<UnprovableException>(() => BoundOf(body, new int[4])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_virtual_call_on_an_object_that_is_not_known_pays_the_dearest_override()
    {
        const string Types = """
            public abstract class Shape { public abstract int Area(int[] d); }
            public sealed class Flat : Shape { public override int Area(int[] d) { return 0; } }
            public sealed class Deep : Shape { public override int Area(int[] d) { return d[0] * d[1] + d[2] * d[3]; } }
            """;
        const string Call = "public static int Run(int[] data, Shape shape) { return shape.Area(data); }";
        const string Known = "public static int Run(int[] data, Shape shape) { return data[0] * data[1] + data[2] * data[3]; }";
        var called = BoundOfSource(Types + "public static class Planted { " + Call + " }", [AbstractValue.Reference(new int[4]), AbstractValue.Unknown]);
        var inlined = BoundOfSource(Types + "public static class Planted { " + Known + " }", [AbstractValue.Reference(new int[4]), AbstractValue.Unknown]);
        Assert.Equal(inlined + 4, called);
    }

    private static IEnumerable<short[][]> Cut(short[][] channels) =>
        Enumerable.Range(0, channels[0].Length / 64 - 1).Select(i => channels.Select(channel => channel[(i * 64)..(i * 64 + 128)]).ToArray());

    private static IEnumerable<long> Roots()
    {
        for (var bits = 0; bits < 62; bits++)
        {
            var power = 1L << bits;
            foreach (var value in new[] { power - 1, power, power + 1, power / 3 * 2, power / 5 * 8, power / 7 * 9, 2 * power - 1 })
            {
                yield return Math.Min(value, (1L << 62) - 1);
            }
        }

        var random = new Random(7);
        for (var i = 0; i < 50_000; i++)
        {
            yield return random.NextInt64(1L << 62) >> random.Next(62);
        }
    }

    private static long Bound(AbstractMachine machine, object window, Type owner, MethodInfo kernel, Feature feature) => machine.Run(
        owner.FullName!,
        kernel.Name,
        [AbstractValue.Reference(window), AbstractValue.Int(feature.Channel), AbstractValue.Int(feature.Parameter)],
        EmptyCaches(window)).Cost;

    // As after sliding: whatever the live window has computed, the bound is for a fresh one.
    private static AbstractHeap EmptyCaches(object window)
    {
        var heap = AbstractHeap.AsConstructed(_ => false);
        const BindingFlags Private = BindingFlags.Instance | BindingFlags.NonPublic;
        var flags = (bool[])window.GetType().GetField("known", Private)!.GetValue(window)!;
        return heap.WithCleared(flags, AbstractValue.Int(0), AbstractValue.Int(flags.Length))
            .WithField(window, window.GetType().GetField("sortedChannel", Private)!, AbstractValue.Int(-1));
    }

    private static long BoundOf(string body, int[] data) =>
        BoundOfSource("public static class Planted { public static int Run(int[] data) { " + body + " } }", [AbstractValue.Reference(data)]);

    private static long BoundOfSource(string types, AbstractValue[] arguments)
    {
        var image = DeviceCompiler.CompileForDesktop(new DeviceSource("Planted.cs", "namespace HarEdge.Core { " + types + " }"));
        using var code = new CountedAssembly(image);
        return new AbstractMachine(code.Assembly, code.Image).Run("HarEdge.Core.Planted", "Run", arguments, AbstractHeap.AsConstructed(_ => true)).Cost;
    }
}
