// Trials, a page at a time: filtered, sorted and cut by the coordinator, so that a long study costs no more than a short one.

import { button, choice, field, h, replace } from "../base/dom.js";
import { get, ofStudy, query } from "../base/api.js";
import { href } from "../base/router.js";
import { count, duration, objectiveNames, short, text, time } from "../base/format.js";
import { throttle } from "../base/throttle.js";
import { stateBadge } from "./badges.js";
import { toApi } from "./trial-query.js";

export class TrialTable {
    #head = h("tr");
    #body = h("tbody");
    #status = h("p", { class: "muted", role: "status" });
    #previous = button("Previous page", () => this.#page(-1));
    #next = button("Next page", () => this.#page(1));
    #end = new AbortController();
    #asking = null;

    /** @param changed called with the new question when a heading or a page is chosen */
    constructor(feed, params, asked, changed) {
        Object.assign(this, { feed, params, asked, changed });
        const limits = choice(["10", "25", "50", "100", "500"], String(asked.limit), limit => changed({ ...this.asked, offset: 0, limit: Number(limit) }));
        this.element = h("div", null,
            h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Trials" },
                h("table", { class: "trials" }, h("caption", { class: "sr" }, `Trials of ${feed.name}`), h("thead", null, this.#head), this.#body)),
            h("div", { class: "row pager" }, this.#previous, this.#next, field("Rows", limits), this.#status));
        this.ask = throttle(() => this.#load(), 1000);
        feed.on("trials", this.ask, this.#end.signal);
    }

    /** Another question; asked at once. */
    show(asked) {
        this.asked = asked;
        return this.#load();
    }

    close() {
        this.#end.abort();
        this.#asking?.abort();
        this.ask.close();
    }

    async #load() {
        this.#asking?.abort();
        const asking = this.#asking = new AbortController();
        try {
            const { trials, total } = await get(ofStudy(this.feed.name, "trials") + query(toApi(this.asked)), asking.signal);
            this.total = total;
            this.#draw(trials);
        } catch (error) {
            if (error.name !== "AbortError")
                this.#status.textContent = error.message;
        }
    }

    #draw(trials) {
        const { offset, limit } = this.asked;
        replace(this.#head, this.#columns().map(column => this.#heading(column)));
        const focused = this.#body.contains(document.activeElement) ? document.activeElement.closest("tr")?.dataset.trial : null;
        replace(this.#body, trials.length === 0 ? h("tr", null, h("td", { colspan: this.#columns().length, class: "empty" }, "No such trials.")) : trials.map(trial => this.#row(trial)));
        // The rows are new; who stood on one stands there still.
        if (focused)
            this.#body.querySelector(`tr[data-trial="${focused}"] a`)?.focus({ preventScroll: true });
        this.#previous.disabled = offset === 0;
        this.#next.disabled = offset + limit >= this.total;
        this.#status.textContent = trials.length ? `${count(offset + 1)} to ${count(offset + trials.length)} of ${count(this.total)}` : `${count(this.total)} trials`;
    }

    /** [heading, key to sort by, cell of a trial, class] */
    #columns() {
        return [
            ["Trial", "number", trial => h("a", { href: href(["studies", this.feed.name, "trials", String(trial.number)]) }, String(trial.number)), "number"],
            ["State", null, trial => [stateBadge(trial.state), trial.feasible === false ? h("span", { class: "badge infeasible" }, "infeasible") : null]],
            ...objectiveNames(this.feed.study).map((name, i) => [name, `value/${i}`, trial => short(trial.values?.[i] ?? null), "number"]),
            ...this.params.map(({ name }) => [name, `param:${name}`, trial => trial.params[name] === undefined ? "" : text(trial.params[name]),
                "wrap"]),
            ["Duration", "duration", trial => duration(trial.duration), "number"],
            ["Started", "start", trial => time(trial.start)],
            ["Worker", null, trial => trial.worker ?? "", "wrap"],
        ];
    }

    #row(trial) {
        return h("tr", { "data-trial": trial.number }, this.#columns().map(([, , cell, kind]) => h("td", { class: kind }, cell(trial))));
    }

    #heading([title, key, , kind]) {
        if (!key)
            return h("th", { scope: "col" }, title);
        const [name, objective = 0] = key.startsWith("value/") ? ["value", Number(key.slice(6))] : [key];
        const mine = this.asked.sort.replace(/^-/, "") === name && (name !== "value" || this.asked.objective === objective);
        const down = this.asked.sort.startsWith("-");
        const sort = () => this.changed({ ...this.asked, offset: 0, objective, sort: mine && !down ? `-${name}` : name });
        return h("th", { scope: "col", class: kind, "aria-sort": mine ? (down ? "descending" : "ascending") : null },
            button([title, h("span", { "aria-hidden": "true" }, mine ? (down ? " ▼" : " ▲") : "")], sort, { class: "bare sort" }));
    }

    #page(by) {
        this.changed({ ...this.asked, offset: Math.max(0, this.asked.offset + by * this.asked.limit) });
    }
}
