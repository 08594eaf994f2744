// The table of trials.

import { h, replace } from "../base/dom.js";
import { get, ofStudy } from "../base/api.js";
import { panel } from "../parts/panel.js";
import { attempt } from "../parts/toast.js";
import { TrialBrowser } from "../parts/trial-browser.js";

export function open(feed, search) {
    const place = h("div");
    let browser = null, closed = false;
    // The table has a column per parameter: which there are is asked first.
    attempt(() => get(ofStudy(feed.name, "search-space"))).then(got => {
        if (closed || !got)
            return;
        browser = new TrialBrowser(feed, got.params, "trials", search);
        replace(place, browser.element);
    });
    return {
        element: panel("Trials", place),
        close() {
            closed = true;
            browser?.close();
        },
    };
}
