// The one way to the coordinator. Addresses are relative to the page, so that a proxy may serve it under a path of its own.

const root = "api/v1/";

/** What the API refused, with its own sentence. status 0: it was not reached at all. */
export class ApiError extends Error {
    constructor(status, code, detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }
}

/** Told with the error whenever the API asks for a token. */
export const unauthorized = new EventTarget();

export const get = (path, signal) => call("GET", path, undefined, { signal });
export const put = (path, body) => call("PUT", path, body);
export const patch = (path, body) => call("PATCH", path, body);
export const remove = path => call("DELETE", path);

/** Every POST of ours may be sent again with the same effect: a key says that it is the same wish. */
export const post = (path, body = {}, headers = {}) => call("POST", path, body, { headers: { "Idempotency-Key": freshKey(), ...headers } });

/** Path of a study, or of something below it. */
export const ofStudy = (name, ...below) => ["studies", name, ...below].map(part => encodeURIComponent(part)).join("/");

/** ?a=1&b=2 of what is neither null nor undefined; lists repeat their name. */
export function query(values) {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(values)) {
        for (const one of Array.isArray(value) ? value : [value]) {
            if (one !== null && one !== undefined)
                search.append(name, one);
        }
    }

    const text = search.toString();
    return text ? `?${text}` : "";
}

/** For links and event streams. */
export const address = path => root + path;

async function call(method, path, body, { headers, signal } = {}) {
    let response;
    try {
        response = await fetch(root + path, {
            method, signal, credentials: "same-origin",
            // The API takes no change without this type, also where there is no body: a form of another page cannot send it.
            headers: method === "GET" ? { ...headers } : { "Content-Type": "application/json", ...headers },
            body: body === undefined ? undefined : JSON.stringify(body),
        });
    } catch (error) {
        if (error.name === "AbortError")
            throw error;
        throw new ApiError(0, "unreachable", "The coordinator cannot be reached.");
    }

    const text = await response.text();
    if (response.ok)
        return text ? JSON.parse(text) : null;
    const failed = problem(response, text);
    // Who has just given a wrong token is at the door already.
    if (failed.status === 401 && path !== "session")
        unauthorized.dispatchEvent(new Event("unauthorized"));
    throw failed;
}

function problem(response, text) {
    try {
        const { code, detail, title } = JSON.parse(text);
        return new ApiError(response.status, code, detail ?? title);
    } catch {
        // A proxy's own page, for example: its markup is nothing to show.
        return new ApiError(response.status, "unknown", `The coordinator answered ${response.status} ${response.statusText}.`);
    }
}

function freshKey() {
    // Not randomUUID: browsers have that only where the connection is encrypted.
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, "0")).join("");
}
