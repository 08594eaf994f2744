// What of the trials a table shows: in the address of the page, in the question to the API, and as sentences.

export const states = ["complete", "running", "waiting", "pruned", "fail"];

/** A question: { offset, limit, state: [], search, filters: [{ name, low, high } or { name, choice }], sort, objective }. */
export function fromAddress(search, limit = 50) {
    return {
        offset: wholeNumber(search.get("offset"), 0), limit: wholeNumber(search.get("limit"), limit),
        state: (search.get("state") ?? "").split(",").filter(state => states.includes(state)),
        search: search.get("search") ?? "", sort: search.get("sort") ?? "-number", objective: wholeNumber(search.get("objective"), 0),
        filters: search.getAll("filter").map(parse).filter(filter => filter),
    };
}

/** As names and values; what is as it is anyway is left out of addresses. */
export function toAddress(asked, limit = 50) {
    const pairs = toApi(asked);
    const usual = { offset: 0, limit, sort: "-number", objective: 0 };
    return Object.entries(pairs).filter(([name, value]) => value !== null && value !== usual[name])
        .flatMap(([name, value]) => Array.isArray(value) ? value.map(one => [name, one]) : [[name, String(value)]]);
}

export function toApi(asked) {
    return {
        offset: asked.offset, limit: asked.limit, sort: asked.sort, state: asked.state.length ? asked.state.join(",") : null, search: asked.search || null,
        objective: asked.objective, filter: asked.filters.map(write),
    };
}

/** "x:0.1..0.5" or "kind=a"; either end of a stretch may be missing. */
export function write(filter) {
    return "choice" in filter ? `${filter.name}=${filter.choice}` : `${filter.name}:${filter.low ?? ""}..${filter.high ?? ""}`;
}

export function say(filter) {
    if ("choice" in filter)
        return `${filter.name} is ${filter.choice}`;
    return filter.low === null ? `${filter.name} at most ${filter.high}` : filter.high === null ? `${filter.name} at least ${filter.low}` : `${filter.name} from ${filter.low} to ${filter.high}`;
}

export function parse(text) {
    // Names may hold colons and points themselves: what counts is at the end.
    const stretch = /^(.+):([^:]*)\.\.([^:]*)$/s.exec(text);
    if (stretch)
        return { name: stretch[1], low: end(stretch[2]), high: end(stretch[3]) };
    const choice = /^([^=]+)=(.*)$/s.exec(text);
    return choice && { name: choice[1], choice: choice[2] };
}

function end(text) {
    const value = Number(text);
    return text.trim() === "" || Number.isNaN(value) ? null : value;
}

function wholeNumber(text, otherwise) {
    return /^\d{1,9}$/.test(text ?? "") ? Number(text) : otherwise;
}
