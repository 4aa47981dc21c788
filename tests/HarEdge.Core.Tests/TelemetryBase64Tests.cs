namespace HarEdge.Core.Tests;

public class TelemetryBase64Tests
{
    [Fact]
    public void Whole_groups_are_encoded_as_the_standard_says() =>
        Gen.Byte.Array[1, 60].Sample(bytes =>
        {
            var count = bytes.Length - (bytes.Length % 3);
            var line = new TelemetryLine();
            line.Begin('R');
            line.AddBase64(bytes, 0, count);
            line.End();
            var text = new string(line.Buffer, 0, line.Length);
            Assert.Equal(Convert.ToBase64String(bytes, 0, count), text.Split(',')[2].Split('*')[0]);
        });
}
