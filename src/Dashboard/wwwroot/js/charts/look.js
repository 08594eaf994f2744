// How all charts look, in the colours of the page.

import { colour } from "../base/theme.js";
import { plain } from "./plotly.js";

/** What plotly.js is told of every chart: nothing of it leads to another host. */
export const config = {
    displaylogo: false, responsive: true, showSendToCloud: false, showEditInChartStudio: false,
    modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"], doubleClick: "reset",
};

/** Colours of series, told apart by people who see fewer colours too. */
export const series = () => ["one", "two", "three", "four", "five", "six", "seven", "eight"].map(name => colour(`series-${name}`));

/** A colour per state of trials. */
export const stateColours = () => Object.fromEntries(["running", "waiting", "complete", "pruned", "fail"].map(state => [state, colour(`state-${state}`)]));

/** From first trial to last, light to dark or the other way. */
export const scale = () => [[0, colour("scale-low")], [0.5, colour("scale-mid")], [1, colour("scale-high")]];

/** An axis of numbers or times. Their labels are short: to measure them, as other axes do, would draw all points three times. */
export const numbers = (title, more = {}) => ({ title: { text: plain(title) }, automargin: false, ...more });

/** A chart's layout over the one that all have. */
export function dressed(layout) {
    const [ink, faint, line] = [colour("ink"), colour("faint"), colour("line")];
    const axis = { gridcolor: line, zerolinecolor: line, linecolor: faint, tickcolor: faint, automargin: true };
    const base = {
        paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", font: { color: ink, family: "system-ui, sans-serif", size: 12 },
        margin: { l: 64, r: 16, t: 12, b: 44 }, hovermode: "closest", uirevision: "kept", colorway: series(), autosize: true,
        legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0 },
        hoverlabel: { bgcolor: colour("raised"), bordercolor: faint, font: { color: ink } },
        modebar: { bgcolor: "rgba(0,0,0,0)", color: faint, activecolor: ink },
    };
    const whole = { ...base, ...layout };
    for (const name of Object.keys(whole)) {
        if (/^[xy]axis\d*$/.test(name))
            whole[name] = { ...axis, ...whole[name] };
    }

    whole.xaxis ??= axis;
    whole.yaxis ??= axis;
    return whole;
}
