using HarEdge.Core;
using HarEdge.Trainer.CodeGeneration;

namespace HarEdge.Trainer.Tests.CodeGeneration;

public class AnswerTextTests
{
    [Fact]
    public void Numbers_reads_every_int() =>
        Assert.Equal([0, -2147483648, 2147483647, 7, -1], AnswerText.Numbers("0 -2147483648 2147483647 7 -1", 5));

    [Fact]
    public void A_number_is_written_once_with_how_often_it_follows()
    {
        int[] numbers = [0, 0, 0, -5, -5, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, int.MinValue, int.MinValue, int.MinValue];
        Assert.Equal("0*3 -5 -5 7*12 -2147483648*3", KnownAnswersGenerator.NumbersText(numbers));
        Assert.Equal(numbers, AnswerText.Numbers("0*3 -5 -5 7*12 -2147483648*3", numbers.Length));
    }

    [Fact]
    public void Numbers_reads_back_what_was_written() =>
        Gen.OneOf(Gen.Int, Gen.Int[-1, 1]).Array[1, 40].Sample(numbers => Assert.Equal(numbers, AnswerText.Numbers(KnownAnswersGenerator.NumbersText(numbers), numbers.Length)));

    [Fact]
    public void One_step_reaches_from_one_end_of_the_scale_to_the_other()
    {
        Assert.Equal(short.MaxValue, AnswerText.Next(short.MinValue, AnswerText.LargestStep));
        Assert.Equal(short.MinValue, AnswerText.Next(short.MaxValue, -AnswerText.LargestStep));
    }

    [Fact]
    public void A_decoded_window_follows_the_signal_within_half_a_step() =>
        Gen.Short.Array[12].Sample(signal =>
        {
            var decoded = Decoded(signal);
            for (var i = 0; i < signal.Length; i++)
            {
                var previous = i < 6 ? 0 : decoded[i - 6];
                var best = Enumerable.Range(-AnswerText.LargestStep, 2 * AnswerText.LargestStep + 1).Min(step => Math.Abs(AnswerText.Next(previous, step) - signal[i]));
                Assert.Equal(best, Math.Abs(decoded[i] - signal[i]));
            }
        });

    [Fact]
    public void Texts_are_printable_ascii() =>
        Gen.Short.Array[60].Sample(signal => Assert.All(SampleEncoder.Encode(signal), c => Assert.InRange(c, '!', '~')));

    private static short[] Decoded(short[] signal) => SampleEncoder.Decode(SampleEncoder.Encode(signal));
}
