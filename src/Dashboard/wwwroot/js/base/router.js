// The address after # says what is shown, so that every view can be linked, kept and gone back to:
// #/studies/NAME/trials?state=complete. A name with a stroke in it is one part: a%2Fb.

/** What the address says: { parts: ["studies", "a/b"], query: URLSearchParams }. */
export function route() {
    const hash = location.hash.startsWith("#/") ? location.hash.slice(2) : "";
    const [path, search = ""] = hash.split(/\?(.*)/s, 2);
    return { parts: path.split("/").filter(part => part).map(decode), query: new URLSearchParams(search) };
}

/** Address of a view. */
export function href(parts, query) {
    const search = new URLSearchParams(query ?? "").toString();
    return `#/${parts.map(part => encodeURIComponent(part)).join("/")}${search ? `?${search}` : ""}`;
}

export function go(parts, query) {
    location.hash = href(parts, query);
}

/** What the view itself changed (a filter, a page): the address follows, and nothing is drawn anew. */
export function note(parts, query) {
    history.replaceState(null, "", href(parts, query));
}

function decode(part) {
    try {
        return decodeURIComponent(part);
    } catch {
        // Typed by hand, with a stray %.
        return part;
    }
}
