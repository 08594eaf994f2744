// Fewer points that look the same: a browser draws two thousand in a moment and a hundred thousand in none.

/** What a chart shows at most. */
export const most = 2000;

/**
 * Of the rows that lie within a range of x, at most about `limit`, in order: of every stretch of x the lowest and the highest y, so that nothing that stands out is lost,
 * and as many others, evenly, so that what is dense looks dense.
 * @param rows indices into x and y
 * @param range [low, high] of x, or null for all
 * @param log whether x is drawn on a logarithmic axis
 * @returns {{rows: number[], within: number}} the rows kept, and how many there were
 */
export function thin(rows, x, y, range = null, limit = most, log = false) {
    const inside = range === null ? rows : rows.filter(row => x[row] >= range[0] && x[row] <= range[1]);
    if (inside.length <= limit)
        return { rows: inside, within: inside.length };
    const along = log ? row => Math.log(x[row]) : row => x[row];
    const [low, high] = extent(inside, along);
    const stretches = Math.max(1, Math.floor(limit / 4));
    const lowest = new Array(stretches).fill(-1), highest = new Array(stretches).fill(-1);
    for (const row of inside) {
        const at = high > low ? Math.min(stretches - 1, Math.floor((along(row) - low) / (high - low) * stretches)) : 0;
        if (lowest[at] < 0 || y[row] < y[lowest[at]])
            lowest[at] = row;
        if (highest[at] < 0 || y[row] > y[highest[at]])
            highest[at] = row;
    }

    const kept = new Set(sample(inside, Math.floor(limit / 2)));
    for (let at = 0; at < stretches; at++) {
        if (lowest[at] >= 0)
            kept.add(lowest[at]).add(highest[at]);
    }

    return { rows: [...kept].sort((a, b) => a - b), within: inside.length };
}

/** At most `limit` of the rows, evenly. */
export function sample(rows, limit) {
    if (rows.length <= limit)
        return rows;
    return Array.from({ length: limit }, (_, i) => rows[Math.floor(i * rows.length / limit)]);
}

function extent(rows, along) {
    let low = Infinity, high = -Infinity;
    for (const row of rows) {
        low = Math.min(low, along(row));
        high = Math.max(high, along(row));
    }

    return [low, high];
}
