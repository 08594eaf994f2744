// All studies: searched, sorted, made, renamed, deleted, and chosen for comparison.

import { button, choice, field, h, replace } from "../base/dom.js";
import { address, get, query } from "../base/api.js";
import { follow } from "../base/live.js";
import { go, href, note } from "../base/router.js";
import { may } from "../base/session.js";
import { count, short, time, values } from "../base/format.js";
import { throttle } from "../base/throttle.js";
import { countsBar, modeBadge } from "../parts/badges.js";
import { createStudy } from "../parts/create-study.js";
import { drop, rename } from "../parts/study-actions.js";
import { complain } from "../parts/toast.js";

const sorts = [["-updated", "Last changed"], ["-created", "Newest"], ["name", "Name"], ["trials", "Number of trials"], ["best", "Best value"]];
const limit = 50;

export async function open(main, parts, search) {
    document.title = "Studies – Optuna";
    const page = new Studies(search);
    replace(main, page.element);
    await page.load();
    return page;
}

class Studies {
    #chosen = new Set();
    #body = h("tbody");
    #status = h("p", { class: "muted", role: "status" });
    #compare = button("Compare", () => go(["compare"], [...this.#chosen].map(name => ["study", name])), { disabled: true });
    #previous = button("Previous page", () => this.#ask({ offset: Math.max(0, this.asked.offset - limit) }));
    #next = button("Next page", () => this.#ask({ offset: this.asked.offset + limit }));

    constructor(search) {
        this.asked = { search: search.get("search") ?? "", sort: search.get("sort") ?? "-updated", offset: Number(search.get("offset")) || 0 };
        const text = h("input", { type: "search", value: this.asked.search });
        let timer;
        text.addEventListener("input", () => {
            clearTimeout(timer);
            timer = setTimeout(() => this.#ask({ search: text.value, offset: 0 }), 250);
        });
        this.element = h("div", null,
            h("div", { class: "row spread" }, h("h1", null, "Studies"), may("write") ? button("New study", () => createStudy(study => go(["studies", study.name])), { class: "primary" }) : null),
            h("div", { class: "row controls" }, field("Search", text), field("Sort by", choice(sorts, this.asked.sort, sort => this.#ask({ sort, offset: 0 }))), this.#compare),
            h("div", { class: "table-scroll", tabindex: 0, role: "region", "aria-label": "Studies" }, h("table", { class: "studies" }, h("caption", { class: "sr" }, "Studies"),
                h("thead", null, h("tr", null, ["Compare", "Study", "Mode", "Trials", "Best", "Sampler", "Last changed", "Actions"].map(title => h("th", { scope: "col" }, title)))), this.#body)),
            h("div", { class: "row pager" }, this.#previous, this.#next, this.#status));
        this.ask = throttle(() => this.load().catch(complain), 1000);
        this.close = follow(() => address("events"), { studies: this.ask, deleted: this.ask });
    }

    async load() {
        const { studies, total } = await get("studies" + query({ ...this.asked, search: this.asked.search || null, limit }));
        const { offset } = this.asked;
        const focused = this.#body.contains(document.activeElement) ? document.activeElement.dataset.key : null;
        replace(this.#body, studies.length ? studies.map(study => this.#row(study)) : h("tr", null, h("td", { colspan: 8, class: "empty" }, this.asked.search ? "No study fits." : "There are no studies yet.")));
        if (focused)
            [...this.#body.querySelectorAll("[data-key]")].find(one => one.dataset.key === focused)?.focus({ preventScroll: true });
        this.#previous.disabled = offset === 0;
        this.#next.disabled = offset + limit >= total;
        this.#status.textContent = studies.length ? `${count(offset + 1)} to ${count(offset + studies.length)} of ${count(total)}` : `${count(total)} studies`;
    }

    #ask(part) {
        Object.assign(this.asked, part);
        note([], Object.entries(this.asked).filter(([, value]) => value && value !== "-updated"));
        this.load().catch(complain);
    }

    #row(study) {
        const box = h("input", { type: "checkbox", "aria-label": `Compare ${study.name}`, "data-key": `compare ${study.name}` });
        box.checked = this.#chosen.has(study.name);
        box.addEventListener("change", () => {
            this.#chosen[box.checked ? "add" : "delete"](study.name);
            this.#compare.disabled = this.#chosen.size < 2;
        });
        const act = (text, work, role) => may(role) ? button(text, work, { class: "bare", "aria-label": `${text} ${study.name}`, "data-key": `${text} ${study.name}` }) : null;
        return h("tr", null,
            h("td", null, box),
            h("th", { scope: "row", class: "wrap" }, h("a", { href: href(["studies", study.name]), "data-key": study.name }, study.name), h("small", null, study.directions.join(", "))),
            h("td", null, modeBadge(study.mode)), h("td", null, countsBar(study.counts)),
            h("td", { class: "number" }, study.best_trial ? values(study.best_trial.values) : study.directions.length > 1 ? h("span", { class: "muted" }, "front") : short(null)),
            h("td", null, study.sampler), h("td", null, time(study.updated)),
            h("td", null, act("Rename", () => rename(study, this.ask), "write"), act("Delete", () => drop(study, this.ask), "admin")));
    }
}
