// Numbers, times and names as people read them.

/** A number out of the API, where the infinities and NaN are texts. Null stays null. */
export function number(value) {
    return value === null || value === undefined ? null : typeof value === "number" ? value : Number(value);
}

/** At most six digits that mean something. */
export function short(value) {
    const n = number(value);
    if (n === null)
        return "–";
    if (!Number.isFinite(n) || Number.isInteger(n) && Math.abs(n) < 1e7)
        return String(n);
    const magnitude = Math.abs(n);
    return magnitude >= 1e7 || magnitude < 1e-4 ? n.toExponential(4).replace(/\.?0+e/, "e") : String(Number(n.toPrecision(6)));
}

/** A parameter's or attribute's value. */
export function text(value) {
    return typeof value === "number" ? short(value) : typeof value === "string" ? value : JSON.stringify(value);
}

export const values = list => list ? list.map(short).join(", ") : "–";

export const params = named => Object.entries(named).map(([name, value]) => `${name} ${text(value)}`).join(", ");

export function count(n) {
    return n.toLocaleString("en");
}

/** "12.3 s", "4 min 05 s", "2 h 10 min", "3 d 4 h". */
export function duration(seconds) {
    if (seconds === null || seconds === undefined)
        return "–";
    if (seconds < 60)
        return `${seconds < 10 ? Number(seconds.toPrecision(2)) : Math.round(seconds)} s`;
    const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86400)];
    if (hours < 1)
        return `${minutes} min ${String(Math.floor(seconds % 60)).padStart(2, "0")} s`;
    return days < 1 ? `${hours} h ${String(minutes % 60).padStart(2, "0")} min` : `${days} d ${hours % 24} h`;
}

/** In the reader's own zone. */
export function time(iso) {
    return iso ? new Date(iso).toLocaleString("sv") : "–";
}

/** Milliseconds since 1970 as plotly.js reads dates: it knows no zones and writes what it is given. */
export function plotTime(milliseconds) {
    const at = new Date(milliseconds);
    return new Date(milliseconds - 60_000 * at.getTimezoneOffset()).toISOString().slice(0, -1);
}

export function bytes(size) {
    const units = ["B", "kB", "MB", "GB", "TB"];
    const power = size < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(size) / 3));
    return `${Number((size / 1000 ** power).toPrecision(3))} ${units[power]}`;
}

/** What the study calls its objectives. */
export function objectiveNames(study) {
    return study.directions.map((_, i) => study.metric_names?.[i] ?? (study.directions.length === 1 ? "Objective value" : `Objective ${i}`));
}
