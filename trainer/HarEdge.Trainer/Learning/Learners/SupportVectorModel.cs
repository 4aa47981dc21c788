namespace HarEdge.Trainer.Learning.Learners;

/// <summary>
/// A support vector machine with the Gaussian kernel over standardized columns, one machine for each pair of classes, solved by sequential minimal optimization with second-order
/// choice of the working set (Fan, Chen, Lin, JMLR 6, 2005).
/// </summary>
/// <param name="cost">Penalty of a row on the wrong side of the margin.</param>
/// <param name="width">Factor on the kernel's exponent; 1 makes exp(−|x−y|²/columns).</param>
internal sealed class SupportVectorLearner(double cost = 10, double width = 1) : TableLearner
{
    // Every kernel value stands in memory: 12,000 rows are 576 MB. More rows are drawn by class and seed.
    private const int MostRows = 12_000;

    /// <inheritdoc/>
    public override string Name => "support vector machine";

    /// <inheritdoc/>
    public override TrainedLearner Learn(float[][] columns, int[] labels, int classes, int seed, CancellationToken cancellation)
    {
        var sample = RowSample.Of(labels, classes, MostRows, seed);
        var scaling = ValueScaling.Of(columns);
        var all = scaling.ApplyToRows(columns);
        float[][] rows = [.. sample.Select(row => all[row])];
        int[] sampled = [.. sample.Select(row => labels[row])];
        var gamma = (float)(width / rows[0].Length);
        var kernel = GaussianKernel.Of(rows, gamma, cancellation);
        List<(int First, int Second)> pairs = [.. Enumerable.Range(0, classes).SelectMany(first => Enumerable.Range(first + 1, classes - first - 1).Select(second => (first, second)))
            .Where(pair => Array.IndexOf(sampled, pair.first) >= 0 && Array.IndexOf(sampled, pair.second) >= 0)];
        var machines = new PairMachine[pairs.Count];
        Parallel.For(0, pairs.Count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, p =>
        {
            int[] members = [.. Enumerable.Range(0, rows.Length).Where(row => sampled[row] == pairs[p].First || sampled[row] == pairs[p].Second)];
            machines[p] = MinimalOptimization.Solve(kernel, members, Array.ConvertAll(members, row => sampled[row] == pairs[p].First), pairs[p].First, pairs[p].Second, cost);
        });

        // Only rows that support a machine are kept.
        int[] used = [.. machines.SelectMany(machine => machine.Rows).Distinct().Order()];
        var place = new Dictionary<int, int>();
        foreach (var row in used)
        {
            place[row] = place.Count;
        }

        return new SupportVectorModel(
            scaling, classes, gamma, [.. used.Select(row => rows[row])], [.. machines.Select(machine => machine with { Rows = Array.ConvertAll(machine.Rows, row => place[row]) })]);
    }
}

/// <summary>Support vectors and the machines over them.</summary>
internal sealed class SupportVectorModel(ValueScaling scaling, int classes, float gamma, float[][] vectors, PairMachine[] machines) : TrainedLearner
{
    private const double NeverScore = -1e6;

    // How steeply a distance from the border becomes a probability before calibration.
    private const double Steepness = 2;

    private readonly float[] squares = Array.ConvertAll(vectors, vector => InnerProducts.Product(vector, vector));

    /// <inheritdoc/>
    public override TableLearnerKind Kind => TableLearnerKind.Svc;

    /// <inheritdoc/>
    public override ClassScores Score(float[][] columns)
    {
        var rows = scaling.ApplyToRows(columns);
        var scores = new ClassScores(rows.Length, classes);
        var isKnown = Enumerable.Range(0, classes).Select(c => Array.Exists(machines, machine => machine.First == c || machine.Second == c)).ToArray();
        Parallel.For(0, rows.Length, row =>
        {
            var kernel = new float[vectors.Length];
            var square = InnerProducts.Product(rows[row], rows[row]);
            for (var v = 0; v < kernel.Length; v++)
            {
                kernel[v] = GaussianKernel.Value(square, squares[v], InnerProducts.Product(rows[row], vectors[v]), gamma);
            }

            var sums = scores[row];
            for (var c = 0; c < classes; c++)
            {
                sums[c] = isKnown[c] ? 0 : NeverScore;
            }

            foreach (var machine in machines)
            {
                double decision = machine.Bias;
                for (var i = 0; i < machine.Rows.Length; i++)
                {
                    decision += machine.Factors[i] * kernel[machine.Rows[i]];
                }

                sums[machine.First] += LogSigmoid(Steepness * decision);
                sums[machine.Second] += LogSigmoid(-Steepness * decision);
            }
        });
        return scores;
    }

    /// <inheritdoc/>
    public override void Write(BinaryWriter writer)
    {
        scaling.Write(writer);
        writer.Write(classes);
        writer.Write(gamma);
        writer.Write(vectors.Length);
        foreach (var vector in vectors)
        {
            writer.WriteArray(vector);
        }

        writer.Write(machines.Length);
        foreach (var machine in machines)
        {
            writer.Write(machine.First);
            writer.Write(machine.Second);
            writer.Write(machine.Bias);
            writer.WriteArray(machine.Rows);
            writer.WriteArray(machine.Factors);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SupportVectorModel ReadFrom(BinaryReader reader)
    {
        var scaling = ValueScaling.Read(reader);
        var classes = reader.ReadInt32();
        var gamma = reader.ReadSingle();
        var vectors = new float[reader.ReadInt32()][];
        for (var v = 0; v < vectors.Length; v++)
        {
            vectors[v] = reader.ReadFloats();
        }

        var machines = new PairMachine[reader.ReadInt32()];
        for (var m = 0; m < machines.Length; m++)
        {
            var (first, second, bias) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadSingle());
            machines[m] = new PairMachine(first, second, reader.ReadInts(), reader.ReadFloats(), bias);
        }

        return new SupportVectorModel(scaling, classes, gamma, vectors, machines);
    }

    private static double LogSigmoid(double x) => x > 0 ? -Math.Log(1 + Math.Exp(-x)) : x - Math.Log(1 + Math.Exp(x));
}
