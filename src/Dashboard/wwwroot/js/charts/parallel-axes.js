// The axes of parallel coordinates: where a value stands on its axis, from 0 at the bottom to 1 at the top, and which values a stretch of the axis holds.

import { short, text } from "../base/format.js";

/** An axis of numbers over what trials had. */
function ofNumbers(name, label, column, rows, log) {
    const of = log ? Math.log10 : x => x, back = log ? at => 10 ** at : at => at;
    let low = Infinity, high = -Infinity;
    for (const row of rows) {
        const at = of(column[row]);
        if (Number.isFinite(at)) {
            low = Math.min(low, at);
            high = Math.max(high, at);
        }
    }

    // All the same: it stands in the middle.
    if (!(high > low))
        [low, high] = Number.isFinite(low) ? [low - 0.5, high + 0.5] : [0, 1];
    return {
        name, label, column, choices: null,
        place: value => (of(value) - low) / (high - low),
        ticks: Array.from({ length: 5 }, (_, i) => ({ at: i / 4, text: short(back(low + (high - low) * i / 4)) })),
        /** As the trial table's filters say it. */
        filter: ([from, to]) => ({ name, low: Number(back(low + (high - low) * from).toPrecision(6)), high: Number(back(low + (high - low) * to).toPrecision(6)) }),
        stretch: ({ low: from, high: to }) => [from === null ? 0 : (of(from) - low) / (high - low), to === null ? 1 : (of(to) - low) / (high - low)],
    };
}

function ofChoices(name, column, choices) {
    const place = value => {
        const at = choices.indexOf(value);
        return choices.length < 2 ? 0.5 : at / (choices.length - 1);
    };
    return {
        name, label: name, column, choices, place,
        ticks: choices.map(value => ({ at: place(value), text: text(value) })),
        // One choice: the nearest to the middle of what was brushed.
        filter: ([from, to]) => ({ name, choice: text(choices[Math.round((from + to) / 2 * (choices.length - 1))]) }),
        stretch: ({ choice }) => {
            const at = place(choices.find(value => text(value) === choice));
            return [at - 0.02, at + 0.02];
        },
    };
}

/**
 * @param objectives [{ name: "value" or "value1", label, column }]
 * @param params [{ name, distribution }]
 */
export function axesOf(columns, rows, objectives, params) {
    return [
        ...objectives.map(one => ofNumbers(one.name, one.label, one.column, rows, false)),
        ...params.map(({ name, distribution }) => distribution.name === "CategoricalDistribution"
            ? ofChoices(name, columns.params.get(name), distribution.attributes.choices)
            : ofNumbers(name, name, columns.params.get(name), rows, distribution.attributes.log)),
    ];
}
