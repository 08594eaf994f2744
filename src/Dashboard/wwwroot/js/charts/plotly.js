// plotly.js, fetched when the first chart is drawn. Most charts need lines, points and bars, which the small bundle has; contours need the large one.

import { h } from "../base/dom.js";

const file = name => new URL(`../../vendor/${name}.min.js`, import.meta.url).href;

const files = { basic: file("plotly-basic"), full: file("plotly") };

const loading = new Map();

/** @param bundle "basic" or "full" */
export function plotly(bundle = "basic") {
    if (!loading.has(bundle)) {
        loading.set(bundle, new Promise((loaded, failed) => {
            const script = h("script", { src: files[bundle] });
            // Each bundle says "Plotly" of itself: taken as it comes, so that one does not stand for the other.
            script.onload = () => loaded(window.Plotly);
            script.onerror = () => {
                loading.delete(bundle);
                failed(new Error("The charts' library could not be loaded."));
            };
            document.head.append(script);
        }));
    }

    return loading.get(bundle);
}

/** plotly.js reads some markup in texts, links among it. A name of the user's is text and nothing else. */
export function plain(text) {
    return String(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
