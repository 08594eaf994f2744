using System.Collections.Immutable;
using System.Globalization;

namespace Optuna.Visualization;

/// <summary>Colours for values, from 0 to 1; the schemes are ColorBrewer's.</summary>
internal sealed class ColorScale
{
    internal static readonly ColorScale Blues = new(
        0xf7fbff, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6, 0x4292c6, 0x2171b5, 0x08519c, 0x08306b);

    internal static readonly ColorScale Reds = new(
        0xfff5f0, 0xfee0d2, 0xfcbba1, 0xfc9272, 0xfb6a4a, 0xef3b2c, 0xcb181d, 0xa50f15, 0x67000d);

    /// <summary>From blue over yellow to red.</summary>
    internal static readonly ColorScale BlueYellowRed = new(
        0x313695, 0x4575b4, 0x74add1, 0xabd9e9, 0xe0f3f8, 0xffffbf, 0xfee090, 0xfdae61, 0xf46d43, 0xd73027, 0xa50026);

    private readonly int[] _colors;

    private ColorScale(params int[] colors)
    {
        _colors = colors;
        Stops = [.. colors.Select((c, i) => new ColorStop((double)i / (colors.Length - 1), string.Create(CultureInfo.InvariantCulture, $"#{c:x6}")))];
    }

    internal ImmutableArray<ColorStop> Stops { get; }

    /// <summary>The CSS colour at a place.</summary>
    /// <param name="at">From 0 to 1.</param>
    internal string Sample(double at)
    {
        var scaled = Math.Clamp(at, 0, 1) * (_colors.Length - 1);
        var lower = Math.Min((int)scaled, _colors.Length - 2);
        var share = scaled - lower;
        return string.Create(CultureInfo.InvariantCulture, $"rgb({Mix(16)}, {Mix(8)}, {Mix(0)})");

        int Mix(int shift)
        {
            var (a, b) = ((_colors[lower] >> shift) & 255, (_colors[lower + 1] >> shift) & 255);
            return (int)Math.Round(a + ((b - a) * share));
        }
    }
}
