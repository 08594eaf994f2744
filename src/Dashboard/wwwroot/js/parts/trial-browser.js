// A trial table with its filters, and the address that follows both.

import { button, h } from "../base/dom.js";
import { address, ofStudy } from "../base/api.js";
import { note } from "../base/router.js";
import { download } from "./csv.js";
import { attempt } from "./toast.js";
import { TrialFilters } from "./trial-filters.js";
import { TrialTable } from "./trial-table.js";
import { fromAddress, toAddress } from "./trial-query.js";

export class TrialBrowser {
    /**
     * @param side of the study in whose address the question stands
     * @param limit how many rows a page has at first
     * @param asked called with each new question, for what is linked to the table
     */
    constructor(feed, params, side, search, { limit = 50, asked = () => { } } = {}) {
        this.feed = feed;
        this.side = side;
        this.limit = limit;
        this.told = asked;
        this.asked = fromAddress(search, limit);
        const changed = now => this.ask(now);
        this.filters = new TrialFilters(feed.study, params, this.asked, changed);
        this.table = new TrialTable(feed, params, this.asked, changed);
        const selected = () => attempt(() => download(feed.study, params.map(param => param.name), this.asked, this.table.total));
        this.element = h("div", null, this.filters.element,
            h("div", { class: "row controls" },
                h("a", { href: address(ofStudy(feed.name, "export")) + "?format=csv", download: true }, "CSV of all trials"), button("CSV of these trials", selected)),
            this.table.element);
        this.table.show(this.asked);
    }

    ask(now) {
        this.asked = now;
        note(["studies", this.feed.name, this.side], toAddress(now, this.limit));
        this.filters.show(now);
        this.table.show(now);
        this.told(now);
    }

    close() {
        this.table.close();
    }
}
